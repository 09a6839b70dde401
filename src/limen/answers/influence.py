"""What an answer hangs on: what to ask next, which facts suffice, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from limen.answers.laid import Laid
from limen.answers.wording import worded
from limen.policy.standing import Known
from limen.policy.words import Axis, Kind

OPEN, SHUT, BOTH = 1, 2, 3
MOST_CHANGES = 2
MOST_NEAR = 6


def gains(laid: Laid, codes: npt.NDArray[Any]) -> dict[int, float]:
    """By axis: how much knowing the place on it lowers the chance that two kinds of people in question are answered unlike.

    Kinds count equally (Gini impurity; Breiman et al. 1984). Axes on which nothing depends are left out; one that matters only
    together with others has a gain near zero, but stays.
    """
    inside = laid.inside
    if not inside.any():
        return {}
    _, ids = np.unique(codes, return_inverse=True)
    ids = ids.reshape(codes.shape)
    count = int(ids.max()) + 1
    if count == 1:
        return {}
    before = _impurity(np.bincount(ids[inside], minlength=count)[None, :])
    found = {}
    for number in laid.everyone.asked:
        dim = laid.everyone.dims[number]
        rows = np.moveaxis(ids, dim, 0).reshape(ids.shape[dim], -1)
        within = np.moveaxis(inside, dim, 0).reshape(ids.shape[dim], -1)
        if not _varies(rows, within):
            continue
        tally = np.stack([np.bincount(row[mask], minlength=count) for row, mask in zip(rows, within, strict=True)])
        found[number] = max(0.0, before - _impurity(tally))
    return found


def _impurity(tally: npt.NDArray[np.int64]) -> float:
    totals = tally.sum(axis=1)
    shares = tally / np.maximum(totals, 1)[:, None]
    return float(((1 - (shares**2).sum(axis=1)) * totals).sum() / totals.sum())


def _varies(rows: npt.NDArray[Any], within: npt.NDArray[np.bool_]) -> bool:
    """Whether anywhere the value differs between possible places along the first axis."""
    highest = np.where(within, rows, -1).max(axis=0)
    lowest = np.where(within, rows, np.iinfo(np.int64).max).min(axis=0)
    return bool(np.any((highest != lowest) & (within.sum(axis=0) > 1)))


def _differing(laid: Laid, known: Known) -> tuple[npt.NDArray[np.int64], list[int]]:
    """For every kind of person, a bit for each known axis on which it differs from what is known; and the axes of the bits."""
    words = laid.standing.words
    bits: list[int] = []
    differing: Any = np.zeros((1,) * len(laid.everyone.dims), dtype=np.int64)
    for number in laid.everyone.asked:
        axis = words.axes[number]
        places = known.get(number)
        if places is None or axis.fact.kind is Kind.READING:
            continue
        other: npt.NDArray[np.bool_] = np.array([places.isdisjoint(one) for one in laid.everyone.classes[number]])
        if not other.any():
            continue
        along = tuple(-1 if dim == laid.everyone.dims[number] else 1 for dim in range(len(laid.everyone.dims)))
        differing = differing | (other.astype(np.int64) << len(bits)).reshape(along)
        bits.append(number)
    return laid.full(differing), bits


def enough(laid: Laid, codes: npt.NDArray[Any], known: Known) -> list[str] | None:
    """The fewest known facts that already force which answers are lawful, whatever else is so. None: they are not forced.

    A smallest set of facts that meets every kind of person with another answer in at least one difference (a minimum hitting
    set, found by size).
    """
    differing, bits = _differing(laid, known)
    own = laid.inside & (differing == 0)
    verdicts = np.unique(codes[own] & BOTH)
    if len(verdicts) != 1:
        return None
    other = laid.inside & ((codes & BOTH) != verdicts[0])
    masks = [int(mask) for mask in np.unique(differing[other])]
    masks = [mask for mask in masks if not any(less != mask and less & mask == less for less in masks)]
    for size in range(len(bits) + 1):
        for chosen in combinations(range(len(bits)), size):
            held = sum(1 << bit for bit in chosen)
            if all(mask & held for mask in masks):
                return [_known_fact(laid.standing.words.axes[bits[bit]], known) for bit in chosen]
    return None


def _known_fact(axis: Axis, known: Known) -> str:
    return worded(axis, known[axis.number])


@dataclass(frozen=True, slots=True)
class NearMiss:
    """The fewest changes after which a door that is shut could open, and the answer then."""

    changes: list[str]
    answer: str


def near_misses(laid: Laid, codes: npt.NDArray[Any], known: Known, spelled: Mapping[int, str]) -> list[NearMiss]:
    """How the person would have to differ, in at most two facts, for a shut door to open. Empty where it is not shut."""
    differing, bits = _differing(laid, known)
    own = laid.inside & (differing == 0)
    if not own.any() or np.any(codes[own] & OPEN):
        return []
    opens = laid.inside & ((codes & OPEN) != 0)
    if not opens.any():
        return []
    counts = sum((differing >> bit) & 1 for bit in range(len(bits)))
    fewest = int(np.asarray(counts)[opens].min())
    if fewest > MOST_CHANGES:
        return []
    words = laid.standing.words
    found: dict[tuple[tuple[int, int], ...], set[int]] = {}
    cells = np.argwhere(opens & (np.asarray(counts) == fewest))
    for cell in cells[:20_000]:
        mask = int(differing[tuple(cell)])
        changed = [bits[bit] for bit in range(len(bits)) if mask >> bit & 1]
        key = tuple((number, int(cell[laid.everyone.dims[number]])) for number in changed)
        found.setdefault(key, set()).add(int(codes[tuple(cell)]))
    misses = [
        NearMiss(
            [worded(words.axes[number], laid.everyone.classes[number][index]) for number, index in key],
            " / ".join(sorted({spelled[code] for code in reached})),
        )
        for key, reached in sorted(found.items(), key=lambda item: _facts_before_findings(words.axes, item[0]))
    ]
    return misses[:MOST_NEAR]


def _facts_before_findings(axes: tuple[Axis, ...], key: Iterable[tuple[int, int]]) -> tuple[Any, ...]:
    key = tuple(key)
    return any(axes[number].fact.finding for number, _ in key), key
