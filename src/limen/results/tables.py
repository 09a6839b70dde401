"""The tables of a run as plain data: by destination, by gate, beside what was counted and quoted. Faces print them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import xarray as xr

from limen.model.labels import Labels
from limen.results.counted import Counted, Counts, Pick, count, gates, weeks
from limen.results.ensemble import About, labels_of
from limen.results.ranges import Range, published, range_of
from limen.results.series import Beside, Fit, QuotedBeside, Told, beside_observed, beside_quoted, fits, percent, pick_of

ENTRIES = "entries"
FLOWS = {"refusals": "refusals", "border_claims": "claims at the border", "applications": "first-time applications"}
PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Week:
    """A week from Monday to Sunday: `entries` into the state, the median; None: 1 to 9, not published."""

    start: str
    end: str
    entries: float | None


@dataclass(frozen=True, slots=True)
class Destination:
    """A state, with what is counted there: flows over the days that are told, and requests pending at their end.

    What is None as a whole is not counted in this run. `busiest` is the week with the most entries and `change` that week
    against the one before, in percent. `fit`: how far its entries are from their counts.
    """

    state: str
    name: str
    entries: Range
    weeks: list[Week]
    busiest: Week | None
    change: Range | None
    refusals: Range | None
    border_claims: Range | None
    applications: Range | None
    pending: Range | None
    fit: Fit | None


@dataclass(frozen=True, slots=True)
class GateRow:
    """A gate, and the states that one comes to through it.

    The most who waited there on one day, the day on which the median was highest, and how many were served in all.
    """

    gate: str
    states: list[str]
    most_waiting: Range
    day: str
    served: Range


@dataclass(frozen=True, slots=True)
class RunTable:
    """What a run came to. `run` says what it is and which command gives it again, `draws` how many there are so far.

    `start` and `end` are the days that are told, both included. Flows by state are sums over these days: entries and exits in
    crossings, everything else in persons.
    """

    run: About
    draws: int
    folder: str
    start: str
    end: str
    destinations: list[Destination]
    gates: list[GateRow]
    quoted: list[QuotedBeside]
    observed: list[Beside]
    fits: list[Fit]


def picks(labels: Labels, told: Told) -> list[Pick]:
    """All sums that the tables and the scenario's series are made from."""
    by_state = [Pick(measure, (state,)) for state in states(labels) for measure in (ENTRIES, *FLOWS.values(), PENDING)]
    return [*map(pick_of, told.series.values()), *by_state, Pick(ENTRIES), Pick("departures")]


def states(labels: Labels) -> list[str]:
    """The states that one can enter, in order of the columns."""
    return list(dict.fromkeys(meter.state for meter in labels.meters if meter.measure == ENTRIES and meter.state))


def names_of(told: Told) -> dict[str, str]:
    """What the states are called, by code, as far as the scenario says."""
    return {place.state: place.name for place in told.world.places.values() if place.kind == "state"}


def read(data: xr.Dataset, told: Told) -> Counted:
    """Reads all that the tables and series need, in one pass over the draws, from the first simulated day on."""
    return count(data, picks(labels_of(data), told))


def table(data: xr.Dataset, told: Told, run: About, counted: Counted, folder: str = "") -> RunTable:
    """The tables of a run that is kept in `folder`, from what `read` gave. Raises ValueError where there is no draw."""
    if counted.draws == 0:
        raise ValueError("There is no draw yet.")
    observed = beside_observed(told, counted)
    names, shown = names_of(told), counted.since(told.period.report_from)
    rows = [_destination(state, names.get(state, state), shown, told, observed) for state in states(labels_of(data))]
    return RunTable(
        run, counted.draws, folder, shown.days[0].isoformat(), shown.days[-1].isoformat(),
        sorted(rows, key=lambda row: -(row.entries.median or 0)), _gates(data, told), beside_quoted(told, counted), observed,
        fits(observed),
    )  # fmt: skip


def _destination(state: str, name: str, counted: Counted, told: Told, observed: list[Beside]) -> Destination:
    entries = counted.values[Pick(ENTRIES, (state,))]
    more = {
        field: published(counted.values[pick].sum(axis=1))
        if (pick := Pick(measure, (state,))) in counted.values
        else None
        for field, measure in FLOWS.items()
    }
    pending = counted.values.get(Pick(PENDING, (state,)))
    by_week, busiest, change = _weekly(counted.days, entries)
    alone = {series.id for series in told.series.values() if series.measure == ENTRIES and series.states == (state,)}
    fit = fits([row for row in observed if row.series in alone])
    return Destination(
        state, name, published(entries.sum(axis=1)), by_week, busiest, change, more["refusals"], more["border_claims"],
        more["applications"], None if pending is None else published(pending[:, -1]), fit[-1] if fit else None,
    )  # fmt: skip


def _weekly(days: tuple[date, ...], entries: Counts) -> tuple[list[Week], Week | None, Range | None]:
    """Entries by week, the week with the most, and how that week differs from the one before."""
    spans = weeks(days)
    sums = [entries[:, (start - days[0]).days : (end - days[0]).days + 1].sum(axis=1) for start, end in spans]
    by_week = [
        Week(start.isoformat(), end.isoformat(), published(found).median) for (start, end), found in zip(spans, sums)
    ]
    if not by_week:
        return [], None, None
    most = int(np.argmax([np.median(found) for found in sums]))
    against = percent(sums[most].astype(float), sums[most - 1].astype(float)) if most else None
    return by_week, by_week[most], None if against is None else range_of(against)


def _gates(data: xr.Dataset, told: Told) -> list[GateRow]:
    names, days, waiting, served = gates(data, told.period.report_from)
    leads: dict[str, list[str]] = {}
    for way in told.world.ways.values():
        leads.setdefault(way.gate, []).append(way.state)
    rows = []
    for place, name in enumerate(names):
        day = int(np.argmax(np.median(waiting[:, :, place], axis=0)))
        rows.append(
            GateRow(
                name, list(dict.fromkeys(leads.get(name, []))), published(waiting[:, :, place].max(axis=1)),
                days[day].isoformat(), published(served[:, :, place].sum(axis=1)),
            )
        )  # fmt: skip
    return sorted(rows, key=lambda row: -(row.most_waiting.median or 0))
