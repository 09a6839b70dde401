"""Numbers that an alternative policy gives another value from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from limen.evidence.figures import Parameter, Spread


class How(Enum):
    """What a change does to a number: it becomes another, is multiplied, or has something added."""

    BECOMES = "becomes"
    TIMES = "times"
    PLUS = "plus"


SPREADS = {How.BECOMES: Spread.LOGNORMAL, How.TIMES: Spread.LOGNORMAL, How.PLUS: Spread.NORMAL}
"""The spread of a change that does not say its own."""

CHANGE = "change"
"""The name under which changes stand among the parameters."""


@dataclass(frozen=True, slots=True)
class Change:
    """A number of the model, of each of `of` ("" where there is one for all), that changes from `start` until before `end`.

    `by`: what it becomes, is multiplied with, or has added; one value for all of `of` in one draw.
    """

    number: str
    of: tuple[str, ...]
    start: date
    end: date | None
    how: How
    by: Parameter

    @property
    def key(self) -> tuple[str, str]:
        """What it is called among the parameters."""
        return CHANGE, f"{self.number}|{'; '.join(self.of)}|{self.start}|{self.how.value}"
