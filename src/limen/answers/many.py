"""Verdicts of a door for a table of people, with those of whom it is not asked and those who cannot exist."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from limen.policy.many import DoorTable, People
from limen.policy.meaning import on_facts
from limen.policy.outcome import Outcome
from limen.policy.standing import Standing
from limen.policy.words import Condition, Filled

NOT_ASKED, IMPOSSIBLE = "does not arise", "impossible"


def verdicts(today: Standing, door: str, people: People) -> npt.NDArray[np.str_]:
    """Each person's verdict at a door: as `Outcome.verdict` says it, or `does not arise`, or `impossible`.

    Raises ValueError where a column that the door's rules read is missing. A declared impossibility of which a column is missing
    rules nobody out; a door of which a column of `asked` is missing is taken to be asked.
    """
    words = today.words
    codes, which = np.unique(DoorTable.of(today, door).answers(people), return_inverse=True)
    names = np.array([*(Outcome.decode(int(code), words.findings).verdict for code in codes), NOT_ASKED, IMPOSSIBLE])
    chosen = np.broadcast_to(which, (people.count,)).copy()
    asked = _holds(words.doors[door].asked, people)
    chosen[np.broadcast_to(np.logical_not(True if asked is None else asked), (people.count,))] = len(codes)
    for clause in words.impossible:
        barred = _holds((clause,), people)
        if barred is not None:
            chosen[np.broadcast_to(barred, (people.count,))] = len(codes) + 1
    found: npt.NDArray[np.str_] = names[chosen]
    return found


def _holds(condition: Condition, people: People) -> Any:
    """Where a condition on facts holds; None where a column that it reads is missing."""
    needs = [need for clause in condition for need in clause.needs]
    if any(isinstance(need, Filled) or any(look.axis not in people.places for look in need) for need in needs):
        return None
    return on_facts(condition, lambda look: np.isin(people.places[look.axis], list(look.places)))
