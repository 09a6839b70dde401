"""How many more, or fewer, of a group set out on a day than on an ordinary one: rush before a way closes, and what strays."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from limen.model.doors import Flags
from limen.model.labels import TRIP
from limen.model.plan import Numbers, Plan

Reals = npt.NDArray[np.float64]
Places = npt.NDArray[np.integer]

DAYS_AT_ONCE = 16
"""So many that what is summed stays in the processor's cache."""


@dataclass
class SettingOut:
    """By group, and trips or leaving apart, a row by which the chance to set out is multiplied.

    - *Rush*: more set out while a way that they would take is known to close soon, by the share of such ways.
    - *Straying*, of trips: where the flow to a state is higher than ordinary, so many more set out for it, and nobody is taken
      from other states for that. (Who leaves for good chooses among states: there a higher flow takes from others.)

    Of a trip the weights of ways sum to S, with straying S'; nobody goes where less than a floor is left. The engine takes the
    share S'/max(S', floor); the row max(S', floor)/max(S, floor) makes of it S'/max(S, floor), as it should be.
    """

    _rows: dict[int, str] = field(default_factory=dict)
    _of: list[Places] = field(default_factory=list)
    _closing: list[Flags] = field(default_factory=list)
    _laid: _Ways | None = None

    def row(self, plan: Plan, mode: str, number: int) -> int:
        """The row of the group of this number."""
        row = plan.row("more", mode, number)
        self._rows[row] = mode
        return row

    def add(
        self, rows: Places, branches: Places, transitions: Places, weighing: Places, courses: Places, closing: Flags
    ) -> None:
        """Notes ways that set out by these rows: transitions, the rows of their weights, when they are known to close soon."""
        self._of.append(np.stack([rows, branches, transitions, weighing, courses], axis=1))
        self._closing.append(closing)
        self._laid = None

    def fill(self, numbers: Numbers) -> None:
        """Fills the rows; hazards, floors, weights and their rows are filled before."""
        numbers.rows[list(self._rows)] = 1.0
        ways = self._arrays()
        if not len(ways.row):
            return
        rush = numbers.values.get("rush before closing") - 1
        weight, floor = numbers.weight[ways.transition], np.maximum(numbers.floor[ways.branch], 1e-300)
        for first in range(0, numbers.days, DAYS_AT_ONCE):
            days = slice(first, first + DAYS_AT_ONCE)
            rows = np.ascontiguousarray(numbers.rows[:, days].T)
            by_way = rows[:, ways.weighing] * weight
            total = _sums(by_way, ways.starts)
            soon = _sums(by_way * ways.closing[days], ways.starts) / np.maximum(total, 1e-300)
            strayed = _sums(by_way * rows[:, ways.course], ways.starts)
            straying = np.where(ways.trips, np.maximum(strayed, floor) / np.maximum(total, floor), 1.0)
            numbers.rows[ways.row, days] = ((1 + rush * soon) * straying).T

    def _arrays(self) -> _Ways:
        """All ways in the order of their rows; without those of rows that are always 1. Made once."""
        if self._laid is None:
            of = np.concatenate(self._of).astype(np.int64)
            order = np.argsort(of[:, 0], kind="stable")
            of, closing = of[order], np.concatenate(self._closing)[order]
            trips = np.array([self._rows[row] == TRIP for row in of[:, 0].tolist()], dtype=np.bool_)
            varies = np.isin(of[:, 0], of[trips | closing.any(axis=1), 0])
            of, closing, trips = of[varies], closing[varies], trips[varies]
            starts = np.flatnonzero(np.diff(of[:, 0], prepend=-1))
            row, branch, transition, weighing, course = of.T
            self._laid = _Ways(
                transition, weighing, course, np.ascontiguousarray(closing.T), starts, row[starts], branch[starts], trips[starts]
            )  # fmt: skip
        return self._laid


class _Ways(NamedTuple):
    """Ways whose rows are not always 1, in the order of their rows.

    By way: its transition, the rows of its weight, and whether it is known to close soon (day, way). `starts`: the first way of
    each row. By row: its number, its branch, and whether it is of trips.
    """

    transition: Places
    weighing: Places
    course: Places
    closing: Flags
    starts: Places
    row: Places
    branch: Places
    trips: Flags


def _sums(by_way: Reals, starts: Places) -> Reals:
    """(day, row): sums over the ways of each row."""
    found: Reals = np.add.reduceat(by_way, starts, axis=1)
    return found
