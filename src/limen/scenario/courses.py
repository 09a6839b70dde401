"""The steps of random walks: latent parameters, of which a scenario states only how large they are.

How many set out towards a state drifts over weeks, and so does the press of events (`limen.model.course` says what is made of
it). Each step is a number of its own, standard normal before any count is seen; a fit informs those of weeks with counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from limen.evidence.figures import Basis, Event, Parameter, Spread
from limen.scenario.scenario import Period
from limen.world.places import World

Key = tuple[str, str]

COURSE = "course"
"""The name under which steps stand among the parameters; they are of what walks and the Monday of the week."""

TRIPS_BY_DAY, TRIPS_BY_WEEK = "trips change from day to day", "trips change from week to week"
LEAVING_BY_DAY, LEAVING_BY_WEEK = "leaving changes from day to day", "leaving changes from week to week"
PRESSURE_BY_WEEK = "pressure changes from week to week"
"""The parameters that say how large the changes are."""

TRIPS, LEAVING, PRESSURE = "trips to", "leaving for", "pressure"
"""What walks: the first two with the name of a state behind."""

_Z90 = 1.6448536269514722


def courses(stated: Collection[Key], period: Period, world: World, events: Iterable[Event]) -> dict[Key, Parameter]:
    """The steps, by key, of all walks whose size is among the parameters `stated`: of states with ways, and of the press."""
    starts = [event.start for event in events]
    states = list(dict.fromkeys(way.state for way in world.ways.values()))
    end = max([period.end, *starts])
    found: list[tuple[Key, Parameter]] = []
    if (TRIPS_BY_WEEK, "") in stated:
        weeks = mondays(min(period.start, period.report_from), end)
        found += [_step(f"{TRIPS} {state}", monday) for state in states for monday in weeks]
    if starts:
        weeks = mondays(min(starts), end)
        if (LEAVING_BY_WEEK, "") in stated:
            found += [_step(f"{LEAVING} {state}", monday) for state in states for monday in weeks]
        if (PRESSURE_BY_WEEK, "") in stated:
            found += [_step(PRESSURE, monday) for monday in weeks]
    return dict(found)


def monday_of(day: date) -> date:
    """The Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def varies(stated: Collection[Key]) -> bool:
    """Whether a model with these parameters strays by day and week of itself."""
    return (TRIPS_BY_DAY, "") in stated and (TRIPS_BY_WEEK, "") in stated


def mondays(start: date, end: date) -> list[date]:
    """The Mondays of the weeks from that of `start` to the last before `end`."""
    found, day = [], monday_of(start)
    while day < end:
        found.append(day)
        day += timedelta(weeks=1)
    return found


def is_assumption(key: Key) -> bool:
    """Whether a parameter is one that somebody stated, and no step of a walk."""
    return key[0] != COURSE


def _step(walk: str, monday: date) -> tuple[Key, Parameter]:
    key = COURSE, f"{walk} {monday}"
    basis = Basis("a step of a random walk: standard normal by definition", "high")
    return key, Parameter(*key, 0.0, -_Z90, _Z90, Spread.NORMAL, "standard deviations", basis)
