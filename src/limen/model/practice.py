"""How lawful answers become chances: what officials do with what the rules leave open to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from limen.answers.bulk import NOT_ASKED
from limen.evidence.figures import ANSWERS, Practice
from limen.model.parameters import MissingData, fault_at, top_of

Reals = npt.NDArray[np.float64]

SURE = {"must open": 1.0, "must shut": 0.0}
"""What an answer means where no practice is stated: what must be, is. Everything else has to be stated."""


FILE = "evidence/practice.csv"


class MissingPractice(MissingData):
    """The rules leave something to officials, and the scenario does not say what they do with it."""


@dataclass(frozen=True, slots=True)
class Chances:
    """Rows of chances by day: which share of practice, or which fixed chance, counts on each day."""

    shares: npt.NDArray[np.int32]
    fixed: Sequence[float]
    of: Sequence[tuple[str, str, str]] = ()
    """The door, the state and the way of each row."""

    def table(self, shares: Sequence[float]) -> Reals:
        """(rows, days): the chances, from the share of each practice in a draw."""
        values = np.array([*self.fixed, *shares])
        found: Reals = values[self.shares]
        return found


Before = tuple[str, str, str, float]
"""Before a door: its name, the state that decides, the way there, and the chance where the door does not arise."""


class Book:
    """Which practice counts for a door, state, way, answer and day. Fixed chances come first in the numbering."""

    def __init__(self, practice: Sequence[Practice], days: Sequence[date]) -> None:
        self.fixed: list[float] = [0.0, 1.0]
        self.days = days
        self.top = top_of((row.share.basis for row in practice), FILE)
        self.missing: set[str] = set()
        self.rows: list[npt.NDArray[np.int32]] = []
        self._numbers: dict[tuple[Before, bytes], int] = {}
        self._by_door: dict[tuple[str, str], list[tuple[int, Practice]]] = {}
        self._cached: dict[tuple[str, str, str, str], npt.NDArray[np.int32]] = {}
        for index, row in enumerate(practice):
            self._by_door.setdefault((row.door, row.answer), []).append((index, row))

    def chances(self) -> Chances:
        """All rows. Raises MissingPractice naming all that lacks."""
        if self.missing:
            raise MissingPractice(
                fault_at(self.top, f"The scenario states no practice for {one}.") for one in sorted(self.missing)
            )
        of = [(door, state, way) for (door, state, way, _), _ in self._numbers]
        return Chances(np.array(self.rows).reshape(-1, len(self.days)), self.fixed, of)

    def numbers(self, before: Sequence[Before], answers: npt.NDArray[np.int8]) -> list[int]:
        """The rows of those who stand before doors and get these answers by day."""
        data, width = answers.tobytes(), answers.shape[1]
        found = []
        for place, whom in enumerate(before):
            key = whom, data[place * width : (place + 1) * width]
            number = self._numbers.get(key)
            if number is None:
                number = self._numbers[key] = len(self.rows)
                self.rows.append(self._line(*whom, answers[place]))
            found.append(number)
        return found

    def _line(
        self, door: str, state: str, way: str, unasked: float, codes: npt.NDArray[np.int8]
    ) -> npt.NDArray[np.int32]:
        """By day: the place of the chance among the fixed ones and the shares."""
        found = np.zeros(len(self.days), dtype=np.int32)
        for code in np.unique(codes):
            here = codes == code
            if code == NOT_ASKED:
                found[here] = 1 if unasked else 0
                continue
            found[here] = self._days_of(door, state, way, ANSWERS[code])[here]
        return found

    def _days_of(self, door: str, state: str, way: str, answer: str) -> npt.NDArray[np.int32]:
        key = door, state, way, answer
        if key in self._cached:
            return self._cached[key]
        found = np.full(len(self.days), self.fixed.index(SURE[answer]) if answer in SURE else -1, dtype=np.int32)
        rows = [
            (bool(row.way) * 4 + bool(row.state) * 2 + (row.start is not None or row.end is not None), index, row)
            for index, row in self._by_door.get((door, answer), ())
            if row.way in ("", way) and row.state in ("", state)
        ]
        for _, index, row in sorted(rows, key=lambda one: one[:2]):
            for place, day in enumerate(self.days):
                if (row.start is None or row.start <= day) and (row.end is None or day < row.end):
                    found[place] = len(self.fixed) + index
        if (found < 0).any():
            self.missing.add(f"the answer {answer!r} at the door {door!r} in {state or 'any state'}")
            found = np.maximum(found, 0)
        self._cached[key] = found
        return found
