"""The ways among which people at home choose: as they are told apart, and in numbers as they are laid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from limen.flow.program import Ints
from limen.model.crossing import Crossing
from limen.model.groups import Passage


class Option(NamedTuple):
    """A way that a group may take: the cell of its line, how one gets through, and how long one travels."""

    passage: Passage
    line: int
    crossing: Crossing
    hours: float


class Way(NamedTuple):
    """The numbers of an option as it is laid: of its branch, line, rows and stock, and of what `SettingOut` asks.

    `wait`: the signal of the line before its gate, NONE for none. `more`: the row of `SettingOut`. `last`: the meeting at its
    last door, NEVER for none.
    """

    branch: int
    line: int
    journey: int
    row: int
    course: int
    wait: int
    stock: int
    more: int
    last: int


class Ways(NamedTuple):
    """Ways as arrays; names as in `Way`."""

    branch: Ints
    line: Ints
    journey: Ints
    row: Ints
    course: Ints
    wait: Ints
    stock: Ints
    more: Ints
    last: Ints


def columns(ways: Sequence[Way]) -> Ways:
    """Each number of ways as an array."""
    return Ways(*np.array(ways, dtype=np.int32).reshape(-1, len(Way._fields)).T)
