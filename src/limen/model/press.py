"""What presses people to leave and makes them travel, by day: events, weekdays and seasons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from limen.evidence.figures import MONTHS, Event
from limen.model.course import walk
from limen.model.parameters import Values
from limen.scenario.courses import PRESSURE, PRESSURE_BY_WEEK


def first_of(events: Sequence[Event]) -> date:
    """The day on which the first event begins."""
    return min(event.start for event in events)


def season(values: Values, day: date) -> float:
    """The factor of a day's month; on the day after the scenario, of which nothing is stated, that of the day before."""
    told = any(("season factor", of) in values.of for of in ("", MONTHS[day.month - 1]))
    return values.get("season factor", MONTHS[(day if told else day - timedelta(days=1)).month - 1])


def pressure(events: Sequence[Event], kind: str, days: Sequence[date], values: Values) -> npt.NDArray[np.float64]:
    """The chance a day of leaving for somebody of a kind: that of quiet days, and what each event adds while it presses.

    An event's part rises in a straight line to its height and then falls by half every half-life; all events drift together.
    """
    found = np.full(len(days), values.get("leaves a day", kind))
    if not events:
        return found
    drift = np.exp(walk(values, PRESSURE, PRESSURE_BY_WEEK, days, first_of(events)))
    for event in events:
        if kind not in event.presses:
            continue
        height = values.get(event.presses[kind], kind)
        rise, half_life = values.get(event.rise_days), values.get(event.half_life_days)
        since = np.array([(day - event.start).days for day in days], dtype=np.float64)
        active = since >= 0
        if event.end is not None:
            active &= np.array([day < event.end for day in days])
        shape = np.minimum(1.0, (since + 1) / max(rise, 1.0)) * 0.5 ** (np.maximum(0.0, since + 1 - rise) / half_life)
        found += np.where(active, height * shape * drift, 0.0)
    return found
