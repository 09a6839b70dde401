"""The tables of a run as plain data: by destination, way and gate, beside what was counted and quoted. Faces print them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import xarray as xr

from limen.model.labels import Labels
from limen.results.by_place import GateRow, OfficeRow, WayRow, gate_rows, way_rows
from limen.results.cells import ENTRIES, FLOWS, MODES, PENDING, in_cells
from limen.results.counted import Counted, Counts, Pick, count, weeks
from limen.results.ensemble import About, labels_of
from limen.results.ranges import Range, published, range_of
from limen.results.series import Beside, Fit, QuotedBeside, Told, beside_observed, beside_quoted, fits, percent, pick_of


@dataclass(frozen=True, slots=True)
class Week:
    """A week from Monday to Sunday: `entries` into the state, the median; None: 1 to 9, not published."""

    start: str
    end: str
    entries: float | None


@dataclass(frozen=True, slots=True)
class Destination:
    """A state, with what is counted there: flows over the days that are told, and requests pending at their end.

    `trips` and `to_stay` are the entries on ordinary trips and those of people who left for good or for long. What is None as a
    whole is not counted in this run. `busiest` is the week with the most entries and `change` that week against the one before,
    in percent; there are none where the entries in all are not published. `fit`: how far its entries are from their counts, by
    the series of them that has most.
    """

    state: str
    name: str
    entries: Range
    trips: Range | None
    to_stay: Range | None
    weeks: list[Week]
    busiest: Week | None
    change: Range | None
    refusals: Range | None
    border_claims: Range | None
    applications: Range | None
    pending: Range | None
    fit: Fit | None


@dataclass(frozen=True, slots=True)
class RunTable:
    """What a run came to. `run` says what it is and which command gives it again, `draws` how many there are so far.

    `start` and `end` are the days that are told, both included. Flows by state are sums over these days: entries and exits in
    crossings, everything else in persons. `left_out` counts of the scenario are not among `observed`: they belong to no series
    and lie outside of the days that are simulated.
    """

    run: About
    draws: int
    folder: str
    start: str
    end: str
    destinations: list[Destination]
    ways: list[WayRow]
    gates: list[GateRow]
    offices: list[OfficeRow]
    quoted: list[QuotedBeside]
    observed: list[Beside]
    fits: list[Fit]
    left_out: int


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


def table(
    data: xr.Dataset,
    told: Told,
    run: About,
    counted: Counted,
    folder: str = "",
    found: Mapping[Pick, Range] | None = None,
) -> RunTable:
    """The tables of a run that is kept in `folder`, from what `read` and `in_cells` gave. Raises ValueError without a draw."""
    if counted.draws == 0:
        raise ValueError("There is no draw yet.")
    found = in_cells(data, told) if found is None else found
    observed = beside_observed(told, counted)
    names, shown = names_of(told), counted.since(told.period.report_from)
    rows = [
        _destination(state, names.get(state, state), shown, told, observed, found) for state in states(labels_of(data))
    ]
    return RunTable(
        run, counted.draws, folder, shown.days[0].isoformat(), shown.days[-1].isoformat(),
        sorted(rows, key=lambda row: -(row.entries.median or 0)), way_rows(told, names, found), *gate_rows(data, told, names),
        beside_quoted(told, counted), observed, fits(observed), len(told.observations) - len(observed),
    )  # fmt: skip


def _destination(
    state: str, name: str, counted: Counted, told: Told, observed: list[Beside], found: Mapping[Pick, Range]
) -> Destination:
    here = (state,)
    entries = found[Pick(ENTRIES, here)]
    hidden = entries.withheld or entries.few
    weekly = _weekly(counted.days, counted.values[Pick(ENTRIES, here)]) if not hidden else ([], None, None)
    more = {field: found.get(Pick(measure, here)) for field, measure in FLOWS.items()}
    modes = {field: found.get(Pick(ENTRIES, here, mode=mode)) for field, mode in MODES.items()}
    alone = {series.id for series in told.series.values() if series.measure == ENTRIES and series.states == here}
    fit = max(fits([row for row in observed if row.series in alone]), key=lambda one: one.counts, default=None)
    return Destination(
        state, name, entries, modes["trips"], modes["to_stay"], *weekly, more["refusals"], more["border_claims"],
        more["applications"], found.get(Pick(PENDING, here)), fit,
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
