"""Numbers that an alternative policy changes from a day on: which there are, and their values by day in one draw."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from limen.evidence.changes import Change, How
from limen.model.parameters import Values
from limen.scenario.scenario import Scenario

Reals = npt.NDArray[np.float64]

CARRIES = "persons a day"
PULL, DELAY = "pull", "days of screening"
WRONGLY_REFUSED, WRONGLY_ADMITTED, THREATS = "wrongly refused", "wrongly admitted", "threats among travellers"

CHANGEABLE: Mapping[str, str] = {
    CARRIES: "GATE: persons that pass in a day; what it carries at most changes in proportion",
    "decisions a day": "STATE: first-instance decisions on protection, persons a day",
    PULL: "STATE: the logarithm of its weight in the choice of a way",
    "moves on a day": "STATE>STATE: the chance a day that somebody who left moves on to the other state",
    "returns a day": "STATE: the chance a day that somebody who left goes home",
    "asks for asylum a day": "STATE: the chance a day that somebody who left asks for protection there",
    "asks for temporary protection a day": "STATE: the chance a day that somebody who left asks for temporary protection",
    DELAY: "STATE: how long screening takes before entry, days",
    WRONGLY_REFUSED: "STATE: of travellers who pose no threat, those whom screening refuses, share",
    WRONGLY_ADMITTED: "STATE: of travellers who pose a threat, those whom screening admits, share",
    THREATS: "for all: travellers who pose a threat in the sense of the law, share",
}
"""By name: of what there is one (a word in capitals), what it is, and its unit."""


def changeable(scenario: Scenario) -> dict[str, Collection[str]]:
    """The numbers that an alternative of a scenario can change, and what each can be of (nothing: there is one for all)."""
    pairs = [of for name, of in scenario.parameters if name == "moves on a day"]
    states = [state for state in scenario.world.states if state not in _origins(scenario)]
    of: dict[str, Collection[str]] = {"GATE": list(scenario.world.gates), "STATE": states, "STATE>STATE": pairs}
    return {name: of.get(meaning.partition(":")[0], ()) for name, meaning in CHANGEABLE.items()}


def _origins(scenario: Scenario) -> set[str]:
    return {place.state for place in scenario.world.places.values() if place.kind == "origin"}


def of_number(scenario: Scenario, number: str, of: str) -> list[Change]:
    """The changes of a number, in order."""
    return [change for change in scenario.changes if change.number == number and of in change.of]


def by_day(scenario: Scenario, values: Values, number: str, of: str, base: float, days: int) -> Reals:
    """A number on each simulated day in one draw: as it stands, and from the day of each change on as changed."""
    found = np.full(days, base)
    for change in of_number(scenario, number, of):
        first, last = _days(change, scenario, days)
        by = values.of[change.key]
        here = found[first:last]
        found[first:last] = {How.BECOMES: np.full_like(here, by), How.TIMES: here * by, How.PLUS: here + by}[change.how]
    return found


def _days(change: Change, scenario: Scenario, days: int) -> tuple[int, int]:
    """The first simulated day on which a change holds, and the one after the last."""
    start = scenario.period.start
    return _index(change.start, start, days), days if change.end is None else _index(change.end, start, days)


def _index(day: date, start: date, days: int) -> int:
    return min(max((day - start).days, 0), days)


def screened_days(scenario: Scenario, state: str, days: int) -> npt.NDArray[np.bool_]:
    """The days on which there is screening at the border of a state: an alternative says how often it errs there."""
    found = np.zeros(days, dtype=bool)
    for change in (
        change for number in (WRONGLY_REFUSED, WRONGLY_ADMITTED) for change in of_number(scenario, number, state)
    ):
        first, last = _days(change, scenario, days)
        found[first:last] = True
    return found


@dataclass(frozen=True, slots=True)
class Screening:
    """What screening does on each day of one draw, as shares of the travellers before it.

    Those who pose no threat and are refused, those who pose one and are refused, and those who pose one and are admitted.
    """

    refused_in_error: Reals
    refused_rightly: Reals
    admitted_in_error: Reals

    @classmethod
    def of(cls, scenario: Scenario, values: Values, state: str, days: int) -> Screening:
        """The shares at the border of a state.

        Those who pose no threat are refused with the chance of an error, those who pose one unless screening fails to see it.
        Where a chance of error is not stated, screening refuses none of those whom it is about.
        """
        threats = by_day(scenario, values, THREATS, "", 0.0, days)
        innocent = np.clip(by_day(scenario, values, WRONGLY_REFUSED, state, 0.0, days), 0, 1)
        missed = np.clip(by_day(scenario, values, WRONGLY_ADMITTED, state, 1.0, days), 0, 1)
        return cls((1 - threats) * innocent, threats * (1 - missed), threats * missed)

    @property
    def flagged(self) -> Reals:
        """The share whom screening refuses."""
        return self.refused_in_error + self.refused_rightly


def flagged(scenario: Scenario, values: Values, state: str, days: int) -> Reals:
    """The share of travellers whom screening at the border of a state refuses, on each day; 0 where there is none."""
    if not screened_days(scenario, state, days).any():
        return np.zeros(days)
    return Screening.of(scenario, values, state, days).flagged
