"""A run day by day: a measure in all and by state, with intervals, what was counted on the same days, and queues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import xarray as xr

from limen.model.labels import PERSONS, UNITS
from limen.results.cells import ENTRIES, FLOWS, PENDING
from limen.results.counted import Counted, Pick, count, gates
from limen.results.ensemble import labels_of
from limen.results.pins import pins
from limen.results.ranges import FEWEST, LEVELS
from limen.results.series import Told, pick_of
from limen.results.tables import names_of, states

MEASURES = (ENTRIES, *FLOWS.values(), PENDING)
"""What is told by state and day."""

DEPARTURES = "departures"
SHOWN = ("low80", "median", "high80")


@dataclass(frozen=True, slots=True)
class Daily:
    """A number by day: the median and the ends of the central 80% of the draws. None: 1 to 9 persons, not published."""

    low80: list[float | None]
    median: list[float | None]
    high80: list[float | None]


@dataclass(frozen=True, slots=True)
class StateDaily:
    """The number of one state by day, and where the state is drawn."""

    state: str
    name: str
    latitude: float | None
    longitude: float | None
    daily: Daily


@dataclass(frozen=True, slots=True)
class CountedIn:
    """What was counted in a state, on the days from `start` to `end`, both included; `a_day`: its mean a day."""

    state: str
    series: str
    start: str
    end: str
    value: float
    a_day: float
    unit: str
    published_by: str
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A day on which something happened or a rule began or ended."""

    day: str
    says: str


@dataclass(frozen=True, slots=True)
class Queue:
    """How many were left waiting before a gate at the end of each day, and how long they wait at the pace of that day.

    `days`: waiting divided by served, by day, of the medians (Little 1961); None where too few were served.
    """

    gate: str
    daily: Daily
    days: list[float | None]


@dataclass(frozen=True, slots=True)
class ByDay:
    """A measure of a run by day. `less`: every number is a difference, this run less another, draw by draw."""

    measure: str
    unit: str
    less: bool
    draws: int
    days: list[str]
    home: str
    latitude: float
    longitude: float
    total: Daily
    departures: Daily | None
    states: list[StateDaily]
    counted: list[CountedIn]
    marks: list[Marked]
    queues: list[Queue]


def picks_by_day(data: xr.Dataset, measure: str) -> list[Pick]:
    """What has to be added up to tell a measure by day."""
    by_state = [Pick(measure, (state,)) for state in states(labels_of(data))]
    return [Pick(measure), Pick(DEPARTURES), Pick(ENTRIES), *by_state, *(Pick(ENTRIES, one.states) for one in by_state)]


def counted_by_day(data: xr.Dataset, told: Told, measure: str) -> Counted:
    """The sums of all draws that are needed, from the first day that is told."""
    return count(data, picks_by_day(data, measure), told.period.report_from)


def by_day(data: xr.Dataset, told: Told, measure: str, counted: Counted, base: Counted | None = None) -> ByDay:
    """A measure by day. With `base` the difference to another run of the same draws. Raises ValueError without a draw."""
    if counted.draws == 0:
        raise ValueError("There is no draw yet.")
    names, home = names_of(told), home_of(told)
    rows = []
    for state in states(labels_of(data)):
        pick = Pick(measure, (state,))
        if pick in counted.values:
            place = next((p for p in told.world.places.values() if p.kind == "state" and p.state == state), None)
            north, east = (place.latitude, place.longitude) if place else (None, None)
            rows.append(StateDaily(state, names.get(state, state), north, east, _daily(counted, base, pick, True)))
    departures = _daily(counted, base, Pick(DEPARTURES), False) if Pick(DEPARTURES) in counted.values else None
    marked = [Marked(pin.day.isoformat(), pin.label) for pin in pins(told, *_ends(counted), entries=base or counted)]
    return ByDay(
        measure, UNITS.get(measure, PERSONS), base is not None, counted.draws,
        [day.isoformat() for day in counted.days], home[0], home[1], home[2],
        _daily(counted, base, Pick(measure), False), departures, rows,
        _counted(told, measure, counted.days) if base is None else [], marked,
        _queues(data, told) if base is None else [],
    )  # fmt: skip


def home_of(told: Told) -> tuple[str, float, float]:
    """The state that is left, and the middle of its regions of origin, each counting once."""
    origins = [place for place in told.world.places.values() if place.kind == "origin"]
    middle = [float(np.median([getattr(place, axis) for place in origins])) for axis in ("latitude", "longitude")]
    return origins[0].state, middle[0], middle[1]


def _ends(counted: Counted) -> tuple[date, date]:
    return counted.days[0], counted.days[-1]


def _daily(counted: Counted, base: Counted | None, pick: Pick, apart: bool) -> Daily:
    """`apart`: it is of one state, so that numbers of people from 1 to 9 are not published, nor differences to such."""
    values = counted.values[pick]
    hidden = _few(values) if apart else np.zeros(values.shape[1], dtype=bool)
    if base is not None:
        other = base.values[pick]
        draws = min(len(values), len(other))
        hidden = hidden | _few(other) if apart else hidden
        values = values[:draws] - other[:draws]
    return _levels(values, hidden, apart and base is None)


def _levels(values: npt.NDArray[np.int64], hidden: npt.NDArray[np.bool_], apart: bool) -> Daily:
    found = np.quantile(values, [LEVELS[name] for name in SHOWN], axis=0)
    told = [
        [None if out or (apart and 0 < abs(one) < FEWEST) else round(float(one), 1) for one, out in zip(row, hidden)]
        for row in found
    ]
    return Daily(*told)


def _few(values: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    middle = np.median(values, axis=0)
    few: npt.NDArray[np.bool_] = (middle > 0) & (middle < FEWEST)
    return few


def _counted(told: Told, measure: str, days: Sequence[date]) -> list[CountedIn]:
    """What was counted of a measure in one state, as far as it lies on the days that are told."""
    found = []
    for seen in told.observations:
        series = told.series.get(seen.series)
        if series is None or series.measure != measure or len(series.states) != 1 or series.ways:
            continue
        if seen.start < days[0] or seen.end > days[-1]:
            continue
        whole = series.per_day or series.stock or pick_of(series).stock
        a_day = seen.value if whole else seen.value / ((seen.end - seen.start).days + 1)
        found.append(
            CountedIn(
                series.states[0], series.title, seen.start.isoformat(), seen.end.isoformat(), seen.value, a_day,
                seen.unit, seen.published_by, seen.title or seen.basis.source, seen.url,
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (one.state, one.start, one.end))


def _queues(data: xr.Dataset, told: Told) -> list[Queue]:
    """Those before which somebody waits, the longest first."""
    names, _, waiting, served = gates(data, told.period.report_from)
    middle, pace = np.median(waiting, axis=0), np.median(served, axis=0)
    order = sorted(range(len(names)), key=lambda place: -float(middle[:, place].max(initial=0)))
    return [
        Queue(names[place], _levels(waiting[:, :, place], _few(waiting[:, :, place]), True),
              [round(float(left / through), 2) if through >= FEWEST and left >= FEWEST else None
               for left, through in zip(middle[:, place], pace[:, place])])
        for place in order
        if middle[:, place].max(initial=0) >= FEWEST
    ]  # fmt: skip
