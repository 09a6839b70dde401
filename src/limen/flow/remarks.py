"""What is odd in a program and its rates, and yet has a meaning."""

from __future__ import annotations

import numpy as np

from limen.flow.check import Mask, Names
from limen.flow.program import NONE, OUTSIDE, Program, Rates

ROUNDING = 1e-9


def remarks(program: Program, rates: Rates, names: Names | None = None) -> list[str]:
    """What is odd in sound rates of a sound program, and what it means."""
    most = np.minimum(
        np.where(rates.stretch[:, None] > 0, np.inf, rates.capacity), np.maximum(rates.capacity, rates.stretch_limit)
    )
    hazards = rates.hazard[:, None] * rates.rows[program.hazard_rows].prod(axis=1)
    sums = np.add.reduceat(np.vstack([hazards, np.zeros(rates.days)]), program.branch_start[:-1], axis=0)
    sums[np.diff(program.branch_start) == 0] = 0
    least, largest = sums.min(axis=1, initial=1), sums.max(axis=1, initial=0)

    def title(cell: int) -> str:
        return f"cell {cell}" if names is None else f"cell {cell} {names[cell]}"

    def where(odd: Mask) -> list[int]:
        return [int(i) for i in np.flatnonzero(odd)]

    anew = "those admitted leave with a chance of {:.6g}; the rest waits anew"
    scaled = "the hazards sum to {:.6g} and are scaled down to 1"
    return [
        *(f"gate {gate} never admits anybody: all wait" for gate in where(most.max(axis=1, initial=0) < 1)),
        *(f"{title(c)}: {anew.format(least[c])}" for c in where((program.gate != NONE) & (least < 1 - ROUNDING))),
        *(f"{title(c)}: {scaled.format(largest[c])}" for c in where(largest > 1 + ROUNDING)),
        *(f"{title(c)}: nobody can ever be there" for c in where(~_reached(program, rates))),
    ]


def _reached(program: Program, rates: Rates) -> Mask:
    """Cells where people are, come from OUTSIDE, or that a transition leads to from such a cell; and OUTSIDE."""
    reached = rates.initial > 0
    reached[OUTSIDE] = True
    reached[program.inflow_cell] |= rates.inflow.sum(axis=1) > 0
    origin = np.repeat(np.arange(program.cells), np.diff(program.transition_start[program.branch_start]))
    while True:
        further = reached.copy()
        further[program.target[reached[origin]]] = True
        if (further == reached).all():
            return reached
        reached = further
