"""Screening at the border: of those whom the rules would admit, some are refused, rightly or in error."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from limen.model.changes import flagged
from limen.model.parameters import Values
from limen.model.practice import Chances
from limen.scenario.scenario import Scenario

ENTRY_DOOR = "entry"
"""The door before which people are screened, on a way; not that of moving on inside a free-travel area."""


def screened(scenario: Scenario, values: Values, chances: Chances, shares: Sequence[float]) -> npt.NDArray[np.float64]:
    """(rows, days): the chances of a draw, less those whom screening refuses where an alternative policy has it."""
    table = chances.table(shares)
    kept: dict[str, npt.NDArray[np.float64]] = {}
    for row, (door, state, way) in enumerate(chances.of):
        if door != ENTRY_DOOR or not way or not scenario.changes:
            continue
        if state not in kept:
            kept[state] = 1 - flagged(scenario, values, state, table.shape[1])
        table[row] *= kept[state]
    return table
