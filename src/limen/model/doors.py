"""The doors that groups meet: what the policy answers as people set out and as they arrive, and what they know is to close."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from limen.answers.bulk import Answers
from limen.answers.grouped import ahead_of, answered, at_moments_of
from limen.answers.moments import Moment
from limen.evidence.figures import ANSWERS
from limen.model.practice import Book, Chances
from limen.policy.rules import Policy
from limen.scenario.scenario import Scenario

Rows = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

SHUT = tuple(ANSWERS.index(one) for one in ("must shut", "presumed shut"))


class Meeting(NamedTuple):
    """Somebody before a door: the door, the facts there, and, for the practice, the state that decides and the way there.

    `unasked`: the chance where the door does not arise for such people.
    """

    door: str
    facts: Mapping[str, str]
    state: str
    way: str
    unasked: float = 1.0


@dataclass
class Doors:
    """All meetings of a model, numbered as they are noted."""

    meetings: list[Meeting] = field(default_factory=list)
    _numbers: dict[tuple[object, ...], int] = field(default_factory=dict)

    def meet(self, door: str, facts: Mapping[str, str], state: str, way: str, unasked: float = 1.0) -> int:
        """Notes a meeting and returns its number."""
        number = self._numbers.setdefault((door, frozenset(facts.items()), state, way, unasked), len(self.meetings))
        if number == len(self.meetings):
            self.meetings.append(Meeting(door, facts, state, way, unasked))
        return number


@dataclass(frozen=True, slots=True)
class Openings:
    """What stands behind the chance that a door opens, by meeting: rows of `chances`.

    `now`: under the policy, on the day. `first`: under the scenario's own policy. `arriving`: by the days that a journey takes,
    as people who set out on the day expect it on their arrival, by what was published until then. `closing` (meetings, days):
    the door is not shut, and is known to be within the days that people look ahead. `shut_at_first`: under the scenario's own
    policy, on the first day.
    """

    chances: Chances
    now: Rows
    first: Rows
    arriving: Mapping[int, Rows]
    closing: Flags
    shut_at_first: Flags


def openings(
    scenario: Scenario,
    policy: Policy,
    doors: Doors,
    days: Sequence[date],
    journeys: Mapping[int, Iterable[int]],
    ahead: int,
) -> Openings:
    """Asks the policy about all meetings on all days. `journeys`: by days of journey, the meetings at its end.

    Raises MissingPractice naming all that lacks.
    """
    meetings = doors.meetings
    asked = [(meeting.door, meeting.facts) for meeting in meetings]
    book = Book(scenario.practice, days)
    before = [(one.door, one.state, one.way, one.unasked) for one in meetings]

    def rows(answers: Answers, some: Sequence[int]) -> Rows:
        found = np.full(len(meetings), -1, dtype=np.int32)
        found[list(some)] = book.numbers([before[index] for index in some], answers)
        return found

    everyone = range(len(meetings))
    on_the_day: list[Moment] = [(day, None) for day in days]
    moments = [on_the_day, ahead_of(days, ahead), *(ahead_of(days, lag) for lag in journeys)]
    found = at_moments_of(policy, asked, list(chain.from_iterable(moments)), scenario.under)
    answers, soon, *arrivals = np.split(found, len(moments), axis=1)
    own = answers if policy is scenario.policy else answered(scenario.policy, asked, days, scenario.under)
    arriving = {}
    for (lag, met), expected in zip(journeys.items(), arrivals, strict=True):
        some = sorted(set(met))
        arriving[lag] = rows(expected[some], some)
    now = rows(answers, everyone)
    first = now if own is answers else rows(own, everyone)
    closing = ~np.isin(answers, SHUT) & np.isin(soon, SHUT)
    return Openings(book.chances(), now, first, arriving, closing, np.isin(own[:, 0], SHUT))
