"""Figures with where they come from: what was counted, and what is assumed with how much doubt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from limen.text.sourced import CONFIDENCES

__all__ = [
    "ANSWERS",
    "CONFIDENCES",
    "Basis",
    "Event",
    "Observation",
    "Parameter",
    "Practice",
    "Series",
    "Spread",
]

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Basis:
    """What a figure rests on: `source` (an id of the scenario's sources, or a text), how far it is to be relied on, and a note.

    `where` is the place in the file, as `file:line`.
    """

    source: str
    confidence: str
    note: str = ""
    where: str = ""


class Spread(Enum):
    """The shape of a prior: the value is its median, `low` and `high` its 5th and 95th percentile.

    LOGNORMAL for what is positive, NORMAL for what may have either sign, LOGIT (normal on the log odds) for a share in 0..1.
    FIXED has no doubt (`low` and `high` are the value).
    """

    FIXED = "fixed"
    LOGNORMAL = "lognormal"
    NORMAL = "normal"
    LOGIT = "logit"


@dataclass(frozen=True, slots=True)
class Parameter:
    """An assumed number: `name`, and `of` what (a state, a kind of people, a way; empty where there is one for all)."""

    name: str
    of: str
    value: float
    low: float
    high: float
    spread: Spread
    unit: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Practice:
    """How officials use a lawful answer: of people whom the rules give `answer` at `door`, the share for whom it opens.

    `state` and `way` empty: any. `answer` is one of ANSWERS. From `start` until before `end` (None: open). The most specific row
    (way, then state, then dates) counts; `share` is a Parameter with spread LOGIT or FIXED.
    """

    door: str
    state: str
    way: str
    answer: str
    start: date | None
    end: date | None
    share: Parameter

    @property
    def key(self) -> tuple[str, str]:
        """What its share is called among the parameters."""
        return PRACTICE, f"{self.door}|{self.state}|{self.way}|{self.answer}|{self.start}|{self.end}"


PRACTICE = "practice"
"""The name under which shares of practice stand among the parameters."""

ANSWERS = ("must open", "presumed open", "may", "presumed shut", "gap", "conflict", "must shut")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day and presses people to leave.

    `presses`: by kind of people, the name of the parameter with the chance a day of leaving at its height. The pressure rises for
    `rise_days`, falls by half every `half_life_days` (names of parameters), and ends before `end`.
    """

    name: str
    start: date
    end: date | None
    presses: dict[str, str]
    rise_days: str
    half_life_days: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Observation:
    """A count as it was published: of `measure` at `place` and `border`, over `start` to `end`, both included.

    Units are those of the publisher: crossings and persons are different units and are never added. `derived`: worked out by
    somebody, not published. `series`: the id of the scenario's series that it belongs to; empty: shown, compared with nothing.
    `published_on`: the day on which it was published, None where not stated (then it is taken to have been known at its end).
    """

    start: date
    end: date
    place: str
    border: str
    measure: str
    value: float
    unit: str
    published_by: str
    title: str
    url: str
    derived: bool
    series: str
    basis: Basis
    published_on: date | None = None

    def known_on(self, day: date) -> bool:
        """Whether it could be known on a day: its days were over, and it was published."""
        return self.end <= day and (self.published_on is None or self.published_on <= day)


@dataclass(frozen=True, slots=True)
class Series:
    """What of the simulation an observed series is compared with.

    Meters of `measure` at `state` by `ways` (empty: all), summed;
    over the days of the observation, divided by their number where `per_day`, or the stock at their end where `stock`.
    """

    id: str
    title: str
    measure: str
    states: tuple[str, ...]
    ways: tuple[str, ...]
    unit: str
    per_day: bool = False
    stock: bool = False
