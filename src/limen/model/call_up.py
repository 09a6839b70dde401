"""The call-up: whom it may take on which day, and when as many have been taken as were to be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from limen.evidence.figures import Event

Reals = npt.NDArray[np.float64]


def presses(events: Sequence[Event], kind: str, day: date) -> bool:
    """Whether an event presses people of a kind on a day."""
    return any(one.start <= day and (one.end is None or day < one.end) for one in events if kind in one.presses)


def until_enough(chance: Reals, people: Reals, most: float) -> Reals:
    """The chances a day of being called up (kind, day), 0 from the day on which `most` of `people` (kind) have been.

    Those called up are counted as they are expected from the chances alone: how many a draw takes differs from `most` by chance,
    and falls short of it by those who leave. On the last day the chance is as much as is still lacking.
    """
    left, lacking = people.astype(np.float64), most
    ended = np.zeros_like(chance)
    for day in range(chance.shape[1]):
        taken = left * chance[:, day]
        if not taken.any():
            continue
        part = min(1.0, lacking / taken.sum())
        if part <= 0:
            break
        ended[:, day] = part * chance[:, day]
        left, lacking = left - part * taken, lacking - part * float(taken.sum())
    return ended
