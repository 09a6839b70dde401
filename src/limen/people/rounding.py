"""Controlled rounding: whole persons whose total is exact and whose margins are each within one person.

Every cell is first rounded down or up: row after row, what a row has left over goes where most is owed so far, so that errors
cancel instead of adding up. Where a margin is then more than one person off, persons are moved one by one from one group to
another, each time a move that lowers the sum of the fourth powers of all errors; where none does, of higher powers, which look
more to the largest error; where none does, a few moves by a fixed sequence of random numbers start the search anew.

For one or two margins such a rounding always exists and is a network flow (Cox and Ernst 1982, INFOR 20(4)); for more it may not
(Causey, Cox and Ernst 1985, Journal of the American Statistical Association 80(392)), so the search can fail, and then says by
how much. Equal tables give equal counts, and a group of weight zero stays empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from limen.people.raking import Table, Total

Counts = npt.NDArray[np.int64]
Places = npt.NDArray[np.intp]
WITHIN = 1.0
MOST_STARTS = 60
POWERS = (4, 12, 40)
BESIDE_TRIED = 40
EVERYWHERE_TRIED = 6
SHAKEN = 4
EVENLY = 0.1
"""How much of two moves that help alike, the one that takes a group less far from its exact number is preferred."""
SLACK = 1e-6


@dataclass(frozen=True)
class Rounded:
    """Whole persons, and by how many persons the margin that is furthest off is off."""

    counts: Counts
    off: float


def round_to_whole(table: Table, totals: Sequence[Total]) -> Rounded:
    """Whole numbers near a table whose sum is the table's, rounded, and whose margins are within one person of `totals`.

    Where a total of the table itself is more than one person off (margins that contradict each other a little), the table's own
    counts instead.

    >>> round_to_whole(np.full((3, 3), 1 / 3), [Total((1,), np.ones((3, 1))), Total((0,), np.ones((1, 3)))]).counts.sum()
    np.int64(3)
    """
    counts = _row_by_row(table, totals)
    moving = _Moving(table, counts.reshape(-1), totals)
    return Rounded(counts, moving.settle())


def _row_by_row(table: Table, totals: Sequence[Total]) -> Counts:
    """Each cell rounded down or up, the total exact: what a row has left over goes where the margins are owed most so far."""
    shape = table.shape
    rows = table.reshape(-1, shape[-1])
    ends = np.floor(np.cumsum(rows.sum(axis=1)) + 0.5).astype(np.int64)
    ends[-1:] = int(np.floor(table.sum() + 0.5))
    counts = np.floor(rows + SLACK).astype(np.int64)
    last = len(shape) - 1
    owed = [np.zeros(total.persons.shape) for total in totals if last not in total.over]
    told = 0
    for number, place in enumerate(np.ndindex(shape[:-1])):
        row, whole = rows[number], counts[number]
        debts = [debt[_within(place, debt)] for debt in owed]
        for debt in debts:
            np.add(debt, row - whole, out=debt)
        more = int(ends[number]) - told - int(whole.sum())
        able = np.flatnonzero(row > 0) if more > 0 else np.flatnonzero(whole > 0)
        wish = np.sum(debts, axis=0)[able] if debts else (row - whole)[able]
        chosen = able[np.argsort(-wish if more > 0 else wish, kind="stable")][: abs(more)]
        whole[chosen] += np.sign(more)
        for debt in debts:
            debt[chosen] -= np.sign(more)
        told += int(whole.sum())
    return counts.reshape(shape)


def _within(place: tuple[int, ...], debt: Table) -> tuple[int, ...]:
    """The place in an array that has length 1 along the axes that a margin sums over."""
    return tuple(0 if size == 1 else at for at, size in zip(place, debt.shape))


class _Moving:
    """Moves persons between groups until every margin is within one person."""

    def __init__(self, table: Table, counts: Counts, totals: Sequence[Total]) -> None:
        self.counts = counts
        self.able = np.flatnonzero(table.reshape(-1) > 0)
        self.exact = table.reshape(-1)[self.able]
        self.cells: list[Places] = []
        self.errors: list[Table] = []
        self.shape = shape = table.shape
        self.place_of = np.full(table.size, -1, dtype=np.intp)
        self.place_of[self.able] = np.arange(len(self.able))
        for total in totals:
            sums = table.sum(axis=total.over, keepdims=True)
            wanted = np.where(np.abs(sums - total.persons) <= WITHIN, total.persons, sums)
            numbered = np.broadcast_to(np.arange(wanted.size).reshape(wanted.shape), shape).reshape(-1)
            found = np.bincount(numbered, weights=counts, minlength=wanted.size)
            self.cells.append(numbered[self.able])
            self.errors.append(np.asarray(found - wanted.reshape(-1), dtype=np.float64))

    @property
    def off(self) -> float:
        """By how many persons the worst margin is off."""
        return max((float(np.abs(errors).max()) for errors in self.errors), default=0.0)

    def settle(self) -> float:
        """Moves until all is within one person, or no start is left; keeps the best that was found."""
        if not len(self.able):
            return self.off
        best, kept = self.off, self.counts.copy()
        for start in range(MOST_STARTS):
            for power in POWERS:
                while self.off > WITHIN + SLACK and self._move(power):
                    pass
            if self.off < best:
                best, kept = self.off, self.counts.copy()
            if best <= WITHIN + SLACK:
                break
            random = np.random.default_rng(start)
            for _ in range(SHAKEN):
                giving = np.flatnonzero(self.counts[self.able] > 0)
                if len(giving):
                    self._transfer(int(random.choice(giving)), int(random.integers(len(self.able))))
        self.counts[:] = kept
        return best

    def _move(self, power: int) -> bool:
        """Moves a person out of, or into, the total that is furthest off; whether there was a move that helps."""
        worst = max(range(len(self.errors)), key=lambda number: float(np.abs(self.errors[number]).max()))
        cell = int(np.abs(self.errors[worst]).argmax())
        giving = bool(self.errors[worst][cell] > 0)
        members = np.flatnonzero(self.cells[worst] == cell)
        if giving:
            members = members[self.counts[self.able[members]] > 0]
        pull = EVENLY * self._apart(members)
        for cells, errors in zip(self.cells, self.errors):
            pull += (errors ** (power - 1))[cells[members]]
        members = members[np.argsort(-pull if giving else pull, kind="stable")]
        everywhere = np.arange(len(self.able))
        return any(
            self._exchange(int(one), self._beside(int(one)), giving, power) for one in members[:BESIDE_TRIED]
        ) or any(self._exchange(int(one), everywhere, giving, power) for one in members[:EVERYWHERE_TRIED])

    def _apart(self, groups: Places) -> Table:
        """By how many persons each of the groups is above its exact number."""
        return np.asarray(self.counts[self.able[groups]] - self.exact[groups], dtype=np.float64)

    def _beside(self, source: int) -> Places:
        """The groups that differ from this in one respect only."""
        flat = int(self.able[source])
        beside = []
        for axis, place in enumerate(np.unravel_index(flat, self.shape)):
            step = int(np.prod(self.shape[axis + 1 :]))
            beside.append(flat + (np.arange(self.shape[axis]) - int(place)) * step)
        found = self.place_of[np.concatenate(beside)]
        return found[found >= 0]

    def _exchange(self, one: int, others: Places, giving: bool, power: int) -> bool:
        """Moves a person from (`giving`) or to one group, to or from the best of the others, if that helps."""
        sign = 1 if giving else -1
        if not giving:
            others = others[self.counts[self.able[others]] > 0]
        if not len(others):
            return False
        gain = np.zeros(len(others))
        for cells, errors in zip(self.cells, self.errors):
            change = (errors + sign) ** power - errors**power
            mine = cells[one]
            change += (errors[mine] - sign) ** power - errors[mine] ** power
            change[mine] = 0.0
            gain += change[cells[others]]
        helps = np.flatnonzero(gain < -SLACK)
        if not len(helps):
            return False
        best = (gain + EVENLY * sign * self._apart(others))[helps].argmin()
        other = int(others[helps[best]])
        self._transfer(*((one, other) if giving else (other, one)))
        return True

    def _transfer(self, source: int, target: int) -> None:
        self.counts[self.able[source]] -= 1
        self.counts[self.able[target]] += 1
        for cells, errors in zip(self.cells, self.errors):
            errors[cells[source]] -= 1
            errors[cells[target]] += 1
