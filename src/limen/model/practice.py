"""How lawful answers become chances: the doors that groups meet, what the policy answers, and what officials do with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from limen.answers.bulk import NOT_ASKED
from limen.answers.grouped import announced, answered
from limen.evidence.figures import ANSWERS, Practice
from limen.policy.rules import Policy
from limen.policy.standing import Known

Reals = npt.NDArray[np.float64]

SURE = {"must open": 1.0, "must shut": 0.0}
"""What an answer means where no practice is stated: what must be, is. Everything else has to be stated."""


class MissingPractice(ValueError):
    """The rules leave something to officials, and the scenario does not say what they do with it."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Somebody before a door: the door, the facts there, and, for the practice, the state that decides and the way there.

    `unasked`: the chance where the door does not arise for such people.
    """

    door: str
    facts: tuple[tuple[str, str], ...]
    state: str
    way: str
    unasked: float = 1.0


@dataclass
class Doors:
    """All meetings of a model. `meet` returns a number for each; equal chances on all days share one."""

    practice: Sequence[Practice]
    days: Sequence[date]
    _meetings: dict[Meeting, int] = field(default_factory=dict)

    def meet(self, door: str, facts: Mapping[str, str], state: str, way: str, unasked: float = 1.0) -> int:
        """Notes a meeting and returns its number."""
        meeting = Meeting(door, tuple(sorted(facts.items())), state, way, unasked)
        return self._meetings.setdefault(meeting, len(self._meetings))

    def answers(self, policy: Policy, under: Known) -> npt.NDArray[np.int8]:
        """The answers of the policy: (meetings, days) indices into ANSWERS, NOT_ASKED where the door does not arise."""
        return answered(policy, self._asked(), self.days, under)

    def soon(self, policy: Policy, under: Known, ahead: int) -> npt.NDArray[np.int8]:
        """The answers `ahead` days after each day, by what was published until that day; as `answers`."""
        return announced(policy, self._asked(), self.days, ahead, under)

    def _asked(self) -> list[tuple[str, dict[str, str]]]:
        return [(meeting.door, dict(meeting.facts)) for meeting in self._meetings]

    def chances(self, answers: npt.NDArray[np.int8], first: npt.NDArray[np.int8]) -> Chances:
        """What stands behind the chance that the door opens, by meeting, under two policies' answers.

        Raises MissingPractice naming all that lacks.
        """
        book = _Book(self.practice, self.days)
        number = self._numbers(book, answers)
        at_first = number if first is answers else self._numbers(book, first)
        if book.missing:
            raise MissingPractice(
                "\n".join(f"The scenario states no practice for {one}." for one in sorted(book.missing))
            )
        return Chances(number, at_first, np.array(book.rows).reshape(-1, len(self.days)), book.fixed, self.practice)

    def _numbers(self, book: _Book, answers: npt.NDArray[np.int8]) -> npt.NDArray[np.int32]:
        number = np.empty(len(self._meetings), dtype=np.int32)
        for meeting, index in self._meetings.items():
            number[index] = book.number(meeting, answers[index])
        return number


@dataclass(frozen=True, slots=True)
class Chances:
    """By meeting (`number`) the row of a table of chances; `table` gives the table for one draw.

    `first` are the rows under the scenario's own policy, where `number` are those of another.
    """

    number: npt.NDArray[np.int32]
    first: npt.NDArray[np.int32]
    shares: npt.NDArray[np.int32]
    fixed: Sequence[float]
    practice: Sequence[Practice]

    def table(self, shares: Sequence[float]) -> Reals:
        """(rows, days): the chances, from the share of each practice in a draw."""
        values = np.array([*self.fixed, *shares])
        found: Reals = values[self.shares]
        return found


class _Book:
    """Which practice counts for a door, state, way, answer and day. Fixed chances come first in the numbering."""

    def __init__(self, practice: Sequence[Practice], days: Sequence[date]) -> None:
        self.fixed: list[float] = [0.0, 1.0]
        self.days = days
        self.missing: set[str] = set()
        self.rows: list[npt.NDArray[np.int32]] = []
        self._numbers: dict[tuple[str, str, str, float, bytes], int] = {}
        self._by_door: dict[tuple[str, str], list[tuple[int, Practice]]] = {}
        self._cached: dict[tuple[str, str, str, str], npt.NDArray[np.int32]] = {}
        for index, row in enumerate(practice):
            self._by_door.setdefault((row.door, row.answer), []).append((index, row))

    def number(self, meeting: Meeting, codes: npt.NDArray[np.int8]) -> int:
        """The row of a meeting with these answers by day."""
        key = meeting.door, meeting.state, meeting.way, meeting.unasked, codes.tobytes()
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self.rows)
            self.rows.append(self.line(meeting, codes))
        return found

    def line(self, meeting: Meeting, codes: npt.NDArray[np.int8]) -> npt.NDArray[np.int32]:
        """By day: the place of the chance among the fixed ones and the shares."""
        found = np.zeros(len(self.days), dtype=np.int32)
        for code in np.unique(codes):
            here = codes == code
            if code == NOT_ASKED:
                found[here] = 1 if meeting.unasked else 0
                continue
            found[here] = self._days_of(meeting, ANSWERS[code])[here]
        return found

    def _days_of(self, meeting: Meeting, answer: str) -> npt.NDArray[np.int32]:
        key = meeting.door, meeting.state, meeting.way, answer
        if key in self._cached:
            return self._cached[key]
        found = np.full(len(self.days), self.fixed.index(SURE[answer]) if answer in SURE else -1, dtype=np.int32)
        rows = [
            (bool(row.way) * 4 + bool(row.state) * 2 + (row.start is not None or row.end is not None), index, row)
            for index, row in self._by_door.get((meeting.door, answer), ())
            if row.way in ("", meeting.way) and row.state in ("", meeting.state)
        ]
        for _, index, row in sorted(rows, key=lambda one: one[:2]):
            for place, day in enumerate(self.days):
                if (row.start is None or row.start <= day) and (row.end is None or day < row.end):
                    found[place] = len(self.fixed) + index
        if (found < 0).any():
            self.missing.add(f"the answer {answer!r} at the door {meeting.door!r} in {meeting.state or 'any state'}")
            found = np.maximum(found, 0)
        self._cached[key] = found
        return found
