"""A program as it was built, with what its numbers mean."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from limen.flow.program import Counts, Ints, Program, Reals

Key = Hashable


@dataclass(frozen=True, slots=True)
class Built:
    """A program, and what its numbers mean: the key of each cell, gate, row, meter, stock and signal by its number.

    `branch_at`, `transition_at`: where the i-th branch or transition that was written stands in the program; so
    `rates.hazard = built.by_branch(mine)` where `mine` is in the order of writing.
    """

    program: Program
    cells: list[Key]
    gates: list[Key]
    rows: list[Key]
    meters: list[Key]
    stocks: list[Key]
    signals: list[Key]
    branch_at: Ints
    transition_at: Ints

    def by_branch(self, values: npt.ArrayLike) -> Reals:
        """Numbers of branches in the order of writing, in the order of the program."""
        return _moved(values, self.branch_at)

    def by_transition(self, values: npt.ArrayLike) -> Reals:
        """Numbers of transitions in the order of writing, in the order of the program."""
        return _moved(values, self.transition_at)

    def initial(self, people: dict[Key, int]) -> Counts:
        """`Rates.initial`, of people by the key of their cell."""
        number = {key: i for i, key in enumerate(self.cells)}
        counts = np.zeros(len(self.cells), np.int64)
        for key, count in people.items():
            counts[number[key]] = count
        return counts


def _moved(values: npt.ArrayLike, to: Ints) -> Reals:
    found = np.empty(len(to))
    found[to] = values
    return found
