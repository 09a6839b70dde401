"""What was simulated beside what was counted and what texts quote: the same measure, at the same place, over the same days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

import numpy as np

from limen.evidence.figures import Event, Observation, Parameter, Series
from limen.policy.rules import Policy
from limen.results.counted import Counted, Pick, Reals
from limen.results.ranges import Range, range_of
from limen.scenario.scenario import Period, Quoted
from limen.world.places import World

FEWEST_BEFORE = 10
"""A change in percent is told only where the median before is at least this."""


class Told(Protocol):
    """What of a scenario results are told with: days, series, what they are compared with, and where it all is from."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def period(self) -> Period: ...  # noqa: D102
    @property
    def policy(self) -> Policy: ...  # noqa: D102
    @property
    def events(self) -> tuple[Event, ...]: ...  # noqa: D102
    @property
    def world(self) -> World: ...  # noqa: D102
    @property
    def series(self) -> Mapping[str, Series]: ...  # noqa: D102
    @property
    def observations(self) -> tuple[Observation, ...]: ...  # noqa: D102
    @property
    def quoted(self) -> tuple[Quoted, ...]: ...  # noqa: D102
    @property
    def parameters(self) -> Mapping[tuple[str, str], Parameter]: ...  # noqa: D102
    @property
    def sources(self) -> Mapping[str, str]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Beside:
    """A count beside what was simulated for the same days.

    `simulated` is None where `missing` says why there is none. `log_ratio`: the natural logarithm of the simulated median over
    the count; positive where more were simulated. `in50`, `in80`, `in90`: whether the interval holds the count.
    """

    series: str
    title: str
    start: str
    end: str
    place: str
    observed: float
    unit: str
    published_by: str
    source: str
    url: str
    derived: bool
    simulated: Range | None
    missing: str
    log_ratio: float | None
    in50: bool | None
    in80: bool | None
    in90: bool | None


@dataclass(frozen=True, slots=True)
class Fit:
    """How far a series is from its counts.

    `counts` are compared; `ratio`: simulated over counted (geometric mean); `typical_factor`: by which one misses (1: not at
    all); `in50`, `in80`, `in90`: the share of counts inside each interval.
    """

    series: str
    title: str
    counts: int
    ratio: float | None
    typical_factor: float | None
    in50: float
    in80: float
    in90: float


@dataclass(frozen=True, slots=True)
class QuotedBeside:
    """A figure that a text quotes, beside what was simulated; `unit` is `%` for a change."""

    title: str
    series: str
    start: str
    end: str
    quoted: float
    unit: str
    source: str
    simulated: Range | None
    missing: str


def pick_of(series: Series) -> Pick:
    """What of the simulation a series is."""
    return Pick(series.measure, series.states, series.ways)


def value(series: Series, counted: Counted, start: date, end: date) -> Reals | None:
    """Each draw's value of a series over days, both included; None where not all of them are simulated.

    Of a flow the sum, or the mean a day where the series is per day; of a stock that at the end of the last day.
    """
    found = counted.between(pick_of(series), start, end)
    if found is None:
        return None
    if series.stock or pick_of(series).stock:
        end_of_last: Reals = found[:, -1].astype(np.float64)
        return end_of_last
    total: Reals = found.sum(axis=1).astype(np.float64)
    return total / found.shape[1] if series.per_day else total


def change(series: Series, counted: Counted, start: date, end: date) -> Reals | None:
    """Each draw's change in percent against the same number of days just before; None where that cannot be told."""
    days = end - start + timedelta(days=1)
    now, before = value(series, counted, start, end), value(series, counted, start - days, end - days)
    return None if now is None or before is None else percent(now, before)


def percent(now: Reals, before: Reals) -> Reals | None:
    """The change in percent by draw; None where there was too little before to tell."""
    if before.size == 0 or np.median(before) < FEWEST_BEFORE or before.min() <= 0:
        return None
    changed: Reals = 100.0 * (now - before) / before
    return changed


def beside_observed(told: Told, counted: Counted) -> list[Beside]:
    """Every count that belongs to a series or lies within the days that are simulated, in the order of the series.

    Counts of days before the first that is told are not compared: a simulation needs some days to settle. Left out are those
    that belong to no series and lie outside of the days that are simulated.
    """
    rows = []
    order = {name: place for place, name in enumerate(told.series)}
    for seen in sorted(told.observations, key=lambda seen: (order.get(seen.series, len(order)), seen.start, seen.end)):
        series = told.series.get(seen.series)
        values = (
            value(series, counted, seen.start, seen.end) if series and seen.end >= told.period.report_from else None
        )
        if series is None and not (counted.days[0] <= seen.start and seen.end <= counted.days[-1]):
            continue
        missing = "" if values is not None else _missing(series, counted, seen.start, seen.end)
        if series and values is None and counted.days[0] <= seen.start <= seen.end < told.period.report_from:
            missing = "before the first day that is told"
        rows.append(_beside(seen, series, values, missing))
    return rows


def _beside(seen: Observation, series: Series | None, values: Reals | None, missing: str) -> Beside:
    simulated = None if values is None or not len(values) else range_of(values)
    middle = simulated.median if simulated else None
    ratio = float(np.log(middle / seen.value)) if middle and middle > 0 and seen.value > 0 else None
    source = seen.basis.source
    return Beside(
        seen.series, series.title if series else seen.measure, seen.start.isoformat(), seen.end.isoformat(), seen.place,
        seen.value, seen.unit, seen.published_by, seen.title or source, seen.url, seen.derived, simulated, missing, ratio,
        *(_inside(seen.value, simulated, level) for level in (50, 80, 90)),
    )  # fmt: skip


def _inside(observed: float, simulated: Range | None, level: int) -> bool | None:
    if simulated is None:
        return None
    low, high = getattr(simulated, f"low{level}"), getattr(simulated, f"high{level}")
    return bool(low <= observed <= high)


def _missing(series: Series | None, counted: Counted, start: date, end: date) -> str:
    if series is None:
        return "compared with nothing"
    if pick_of(series) not in counted.values:
        return "not counted in this run"
    if start < counted.days[0] or end > counted.days[-1]:
        return "days not simulated"
    return "too few to tell a change"


def fits(rows: Iterable[Beside]) -> list[Fit]:
    """How far each series is from its counts, without what others worked out from the counts.

    Series may overlap: their counts are not put together.
    """
    groups: dict[str, list[Beside]] = {}
    for row in rows:
        if row.simulated is not None and not row.derived:
            groups.setdefault(row.series, []).append(row)
    return [_fit(name, group[0].title, group) for name, group in groups.items()]


def _fit(series: str, title: str, rows: Sequence[Beside]) -> Fit:
    ratios = np.array([row.log_ratio for row in rows if row.log_ratio is not None])
    typical = float(np.exp(np.mean(np.abs(ratios)))) if len(ratios) else None
    shares = [float(np.mean([bool(getattr(row, name)) for row in rows])) for name in ("in50", "in80", "in90")]
    return Fit(series, title, len(rows), float(np.exp(ratios.mean())) if len(ratios) else None, typical, *shares)


def beside_quoted(told: Told, counted: Counted) -> list[QuotedBeside]:
    """The figures that texts quote, in the order of the scenario."""
    rows = []
    for quoted in told.quoted:
        series = told.series.get(quoted.series)
        tell = change if quoted.change else value
        values = tell(series, counted, quoted.start, quoted.end) if series else None
        start = quoted.start - (quoted.end - quoted.start + timedelta(days=1)) if quoted.change else quoted.start
        missing = "" if values is not None else _missing(series, counted, start, quoted.end)
        rows.append(
            QuotedBeside(
                quoted.title, quoted.series, quoted.start.isoformat(), quoted.end.isoformat(), quoted.value,
                "%" if quoted.change else series.unit if series else "", told.sources.get(quoted.source, quoted.source),
                None if values is None or not len(values) else range_of(values), missing,
            )
        )  # fmt: skip
    return rows
