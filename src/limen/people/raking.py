"""Iterative proportional fitting: a table with given totals that is as near to a seed as they allow.

Each round multiplies the table so that the totals of one margin after the other are right; the limit is the table of least
Kullback-Leibler divergence from the seed among those with these margins (Deming and Stephan 1940, Annals of Mathematical
Statistics 11(4); Csiszár 1975, Annals of Probability 3(1)). Zeros of the seed stay zeros.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

MOST_ROUNDS = 2_000
STEADY = 1e-10
"""Two rounds after which no total differs by more than this share of itself: the table has settled."""

Table = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Total:
    """A margin: the axes that are summed over, and the persons in what is left (those axes with length 1)."""

    over: tuple[int, ...]
    persons: Table


@dataclass(frozen=True)
class Raked:
    """The fitted table.

    `rounds` that it took, `settled`: whether it stopped changing; `off`: by margin, the share by which each total is off
    (infinite where nobody can be and somebody should).
    """

    table: Table
    rounds: int
    settled: bool
    off: tuple[Table, ...]

    @property
    def worst(self) -> float:
        """The largest share by which a total is off."""
        return max((float(off.max()) for off in self.off), default=0.0)


def rake(seed: Table, totals: Sequence[Total]) -> Raked:
    """Fits the seed to the totals. Where they contradict each other a little, the first of them holds exactly.

    >>> fitted = rake(np.ones((2, 2)), [Total((1,), np.array([[30.0], [10.0]])), Total((0,), np.array([[20.0, 20.0]]))])
    >>> fitted.table.tolist()
    [[15.0, 15.0], [5.0, 5.0]]
    """
    table = seed.astype(np.float64)
    before: list[Table] = []
    rounds, settled = 0, False
    while rounds < MOST_ROUNDS and not settled:
        rounds += 1
        now = []
        for total in reversed(totals):
            sums = _sums(table, total)
            now.append(sums)
            table *= np.divide(total.persons, sums, out=np.zeros_like(sums), where=sums > 0)
        settled = bool(before) and all(float(_shares(old, new).max()) < STEADY for old, new in zip(before, now))
        before = now
    return Raked(table, rounds, settled, tuple(_shares(_sums(table, total), total.persons) for total in totals))


def _sums(table: Table, total: Total) -> Table:
    return np.asarray(table.sum(axis=total.over, keepdims=True))


def _shares(found: Table, wanted: Table) -> Table:
    """By what share of `wanted` each differs; infinite where nobody is wanted or found and the other is not zero."""
    apart = np.abs(found - wanted)
    empty = (wanted <= 0) | ((found <= 0) & (apart > 0))
    return np.where(apart == 0, 0.0, np.divide(apart, wanted, out=np.full_like(apart, np.inf), where=~empty))
