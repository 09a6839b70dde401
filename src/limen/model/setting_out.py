"""How many more, or fewer, of a group set out on a day than on an ordinary one: rush before a way closes, and what strays."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from limen.model.doors import Flags
from limen.model.labels import TRIP
from limen.model.plan import Numbers, Plan

Reals = npt.NDArray[np.float64]


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
    _of: list[tuple[int, int, int, int, int]] = field(default_factory=list)
    _closing: list[Flags] = field(default_factory=list)
    _laid: tuple[npt.NDArray[np.int64], Flags, npt.NDArray[np.int64], npt.NDArray[np.bool_]] | None = None

    def row(self, plan: Plan, mode: str, number: int) -> int:
        """The row of the group of this number."""
        row = plan.row("more", mode, number)
        self._rows[row] = mode
        return row

    def add(self, row: int, branch: int, transition: int, weighing: int, course: int, closing: Flags) -> None:
        """Notes a way that sets out by the row: its transition, the rows of its weight, and when it is known to close soon."""
        self._of.append((row, branch, transition, weighing, course))
        self._closing.append(closing)
        self._laid = None

    def fill(self, numbers: Numbers) -> None:
        """Fills the rows; hazards, floors, weights and their rows are filled before."""
        for row in self._rows:
            numbers.rows[row] = 1.0
        if not self._of:
            return
        of, closing, starts, trips = self._arrays()
        row, branch, transition, weighing, course = of.T
        plain = numbers.weight[transition][:, None] * numbers.rows[weighing]
        total = np.add.reduceat(plain, starts, axis=0)
        soon = np.add.reduceat(plain * closing, starts, axis=0) / np.maximum(total, 1e-300)
        found = 1 + (numbers.values.get("rush before closing") - 1) * soon
        strayed = np.add.reduceat(plain * numbers.rows[course], starts, axis=0)
        floor = np.maximum(numbers.floor[branch[starts]], 1e-300)[:, None]
        found[trips] *= (np.maximum(strayed, floor) / np.maximum(total, floor))[trips]
        numbers.rows[row[starts]] = found

    def _arrays(self) -> tuple[npt.NDArray[np.int64], Flags, npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """All ways in the order of their rows, where each row begins among them, and which rows are of trips. Made once."""
        if self._laid is None:
            of = np.array(self._of, dtype=np.int64)
            order = np.argsort(of[:, 0], kind="stable")
            of = of[order]
            starts = np.flatnonzero(np.diff(of[:, 0], prepend=-1))
            trips = np.array([self._rows[row] == TRIP for row in of[starts, 0].tolist()])
            self._laid = of, np.array(self._closing)[order], starts, trips
        return self._laid
