"""Which pictures a run has, in order: entries in all, destinations, gates, and every series that has counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import xarray as xr

from limen.evidence.figures import Series
from limen.results import charts
from limen.results.cells import ENTRIES
from limen.results.compare import Comparison, Difference
from limen.results.counted import Counted, Pick, gates
from limen.results.pictures import LIGHT, WIDE, Spec, Theme
from limen.results.pins import pins
from limen.results.series import Told, pick_of
from limen.results.tables import RunTable
from limen.results.words import days

MOST_BARS = 24
MOST_GATES = 6
MOST_SERIES = 16
A_DAY = " a day"
AFTER = timedelta(days=28)
"""A picture beside counts ends so long after the last of them."""


@dataclass(frozen=True)
class Picture:
    """A picture by its name (of a file, too), and what draws its specification for a theme and a width in pixels."""

    name: str
    draw: Callable[[Theme, int], Spec]

    def __call__(self, theme: Theme = LIGHT, width: int = WIDE) -> Spec:
        """The specification."""
        return self.draw(theme, width)


def of_run(data: xr.Dataset, told: Told, counted: Counted, table: RunTable) -> list[Picture]:
    """The pictures of a run."""
    counted = counted.since(told.period.report_from)
    marks = pins(told, counted.days[0], counted.days[-1], entries=counted)
    found: list[Picture] = []
    if (everyone := Pick(ENTRIES)) in counted.values:
        line = charts.Line("Entries to all destinations", counted.days, counted.values[everyone])
        found.append(
            Picture(
                "entries",
                lambda theme, width: charts.over_time(line, "crossings a day", marks, theme=theme, width=width),
            )
        )
    rows = [
        (row.name, row.entries.low80 or 0.0, row.entries.median or 0.0, row.entries.high80 or 0.0)
        for row in table.destinations[:MOST_BARS]
    ]
    says = f"crossings, {days(table.start, table.end)}; bars: median, lines: 80% of the draws"
    found.append(
        Picture("destinations", lambda theme, width: charts.bars(rows, "Entries by destination", says, theme, width))
    )
    if lines := _queues(data, told, table):
        found.append(
            Picture("gates", lambda theme, width: charts.queues(lines, "Waiting before the gates", marks, theme, width))
        )
    return [*found, *_series(told, counted)]


def of_comparison(told: Told, base: Counted, changed: Counted, comparison: Comparison) -> list[Picture]:
    """The pictures of a comparison: entries under both policies, their difference, and the difference by destination."""
    marks = pins(told, base.days[0], base.days[-1], entries=base)
    everyone = Pick(ENTRIES)
    found: list[Picture] = []
    if everyone in base.values:
        one = charts.Line("Entries to all destinations, as it stands", base.days, base.values[everyone])
        other = charts.Line("changed, median", changed.days, changed.values[everyone])
        less = charts.Line("Difference in entries: changed, less as it stands", base.days, other.values - one.values)
        found += [
            Picture(
                "both", lambda theme, width: charts.over_time(one, "crossings a day", marks, (), other, theme, width)
            ),
            Picture(
                "difference",
                lambda theme, width: charts.over_time(
                    less, "crossings a day", marks, (), None, theme, width, signed=True
                ),
            ),
        ]
    rows = [row for row in comparison.states if row.name == ENTRIES and not row.same and not row.difference.withheld]
    rows.sort(key=lambda row: -abs(row.difference.mean or 0.0))
    if rows:
        title, says = "Difference in entries by destination", "crossings; bars: mean, lines: 80% of the draws"
        ends = [_ends(row) for row in rows[:MOST_BARS]]
        found.append(
            Picture(
                "difference-by-state", lambda theme, width: charts.bars(ends, title, says, theme, width, signed=True)
            )
        )
    return found


def _ends(row: Difference) -> tuple[str, float, float, float]:
    return row.title, row.difference.low80 or 0.0, row.difference.mean or 0.0, row.difference.high80 or 0.0


def _queues(data: xr.Dataset, told: Told, table: RunTable) -> list[charts.Line]:
    names, dates, waiting, _ = gates(data, told.period.report_from)
    longest = [row.gate for row in table.gates[:MOST_GATES] if row.most_waiting.median != 0]
    return [charts.Line(name, dates, waiting[:, :, names.index(name)]) for name in longest]


def _series(told: Told, counted: Counted) -> list[Picture]:
    """A picture for each thing that is simulated and counted, with the counts of all series that mean it."""
    alike: dict[tuple[Pick, str], list[Series]] = {}
    for series in told.series.values():
        alike.setdefault((pick_of(series), series.unit.removesuffix(A_DAY)), []).append(series)
    found: list[Picture] = []
    for group in alike.values():
        seen = [
            charts.Counted(one.start, one.end, _a_day(series, one.value, one.start, one.end))
            for series in group
            for one in told.observations
            if one.series == series.id and counted.between(pick_of(series), one.start, one.end) is not None
        ]
        if seen and len(found) < MOST_SERIES:
            marks = pins(told, counted.days[0], max(one.end for one in seen) + AFTER, group[0].states, counted)
            found.append(Picture(f"series-{group[0].id}", _drawn(group[0], counted, marks, seen)))
    return found


def _drawn(
    series: Series, counted: Counted, marks: list[charts.Pin], seen: list[charts.Counted]
) -> Callable[[Theme, int], Spec]:
    last = max(one.end for one in seen) + AFTER
    days = [day for day in counted.days if day <= last]
    line = charts.Line(series.title, tuple(days), counted.values[pick_of(series)][:, : len(days)])
    stock = series.stock or pick_of(series).stock
    unit = series.unit if stock else series.unit.removesuffix(A_DAY) + A_DAY
    return lambda theme, width: charts.over_time(line, unit, marks, seen, theme=theme, width=width)


def _a_day(series: Series, value: float, start: date, end: date) -> float:
    """A count as it is drawn over days: of a sum its mean a day."""
    as_it_is = series.per_day or series.stock or pick_of(series).stock
    return value if as_it_is else value / ((end - start).days + 1)
