"""What the days read together, laid together: a program and a draw's numbers as records, so that a cell costs one look at memory.

A program has its numbers in an array each, which is good for checking and for whole-array work. A day reads them crosswise: of
one transition nearly all, of most transitions none.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from limen.flow.program import Ints, Program, Rates

Records = Any
"""An array of records: `array[i].name`. Typed for readers only, since numba and NumPy call it differently."""
Record = Any

NUMBER, PLACE = np.int32, np.uint32
"""A place is never NONE: compiled code then need not ask whether it counts from the end."""

CELL = np.dtype([("branch_start", NUMBER), ("slot", NUMBER), ("ageless", NUMBER), ("stock", NUMBER)])
"""`slot`: of a gated cell, NONE for none; `ageless`: 1 where it is in a line in which all came on one day."""
BRANCH = np.dtype([("transition_start", NUMBER), ("row", PLACE), ("second_row", PLACE), ("fallback", NUMBER)])
WAY = np.dtype([
    ("target", PLACE), ("lag", NUMBER), ("row", PLACE), ("second_row", PLACE),
    ("signal", NUMBER), ("response", NUMBER), ("transit_stock", NUMBER), ("meter_start", NUMBER),
])  # fmt: skip
HAZARD = np.dtype([("hazard", np.float64), ("floor", np.float64)])
WEIGHT = np.dtype([("weight", np.float64), ("sensitivity", np.float64)])


def cells_of(program: Program, slot: Ints, ageless: Ints) -> Records:
    """A record a cell, and one more where the last one's branches end."""
    return _laid(CELL, branch_start=program.branch_start, slot=slot, ageless=ageless, stock=program.stock)


def branches_of(program: Program) -> Records:
    """A record a branch, and one more where the last one's transitions end."""
    row, second = program.hazard_rows.T
    return _laid(
        BRANCH, transition_start=program.transition_start, row=row, second_row=second, fallback=program.fallback
    )


def ways_of(program: Program) -> Records:
    """A record a transition, and one more where the last one's meters end."""
    row, second = program.weight_rows.T
    return _laid(
        WAY, target=program.target, lag=program.lag, row=row, second_row=second, signal=program.signal,
        response=program.response, transit_stock=program.transit_stock, meter_start=program.meter_start,
    )  # fmt: skip


def hazards_of(rates: Rates) -> Records:
    """A record a branch."""
    return _laid(HAZARD, hazard=rates.hazard, floor=rates.floor)


def weights_of(rates: Rates) -> Records:
    """A record a transition."""
    return _laid(WEIGHT, weight=rates.weight, sensitivity=rates.sensitivity)


def _laid(kind: np.dtype[np.void], **columns: npt.NDArray[Any]) -> Records:
    """Records of these columns, as many as the longest has; of the last one, only what follows it is read."""
    found = np.zeros(max(map(len, columns.values())), kind)
    for name, column in columns.items():
        found[name][: len(column)] = column
    return found.view(np.recarray)
