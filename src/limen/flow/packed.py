"""Lists of lists in compressed rows, as `program.Program` keeps them: where each begins, and all members in a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from limen.flow.program import Ints


def ints(values: Any) -> Ints:
    """Whole numbers of 32 bits."""
    return np.array(values, np.int32)


def inverse(order: npt.NDArray[np.intp]) -> Ints:
    """Where each place of an order went."""
    found = np.empty(len(order), np.int32)
    found[order] = np.arange(len(order), dtype=np.int32)
    return found


def starts(of: Ints, count: int) -> Ints:
    """Where the members of each of `count` begin, from whom each belongs to; and last, how many there are."""
    return np.concatenate(([0], np.cumsum(np.bincount(of, minlength=count)))).astype(np.int32)


def packed(members: Sequence[tuple[int, ...]]) -> tuple[Ints, Ints]:
    """Where each list begins, and all members."""
    starts = np.cumsum([0, *map(len, members)]).astype(np.int32)
    return starts, ints([member for some in members for member in some])


def packed_by(sets: Sequence[tuple[int, ...]], of: Ints) -> tuple[Ints, Ints]:
    """In compressed rows, the members of the sets with these numbers."""
    set_start, member = packed(sets)
    size = np.diff(set_start)[of]
    starts = np.append(0, np.cumsum(size)).astype(np.int32)
    within = np.arange(starts[-1]) - np.repeat(starts[:-1], size)
    return starts, member[np.repeat(set_start[of], size) + within]
