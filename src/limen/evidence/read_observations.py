"""Reading `observations/*.csv` and `series.csv`: what was counted, and what it is compared with."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from limen.evidence.figures import Basis, Observation, Series
from limen.text.sourced import Citations, named
from limen.text.table import Columns, Row, Sheet
from limen.text.vocabulary import Vocabulary

OBSERVATIONS = Columns(
    "a table of observations",
    (
        "period_start", "period_end", "place", "border_or_counterpart", "measure", "value", "unit", "published_by",
        "source_title", "source_url", "confidence", "derived",
    ),
    ("note", "series", "published_on"),
)  # fmt: skip
SERIES = Columns("a table of series", ("series", "title", "measure", "states", "ways", "unit", "per_day", "stock"))


def read_series(
    sheet: Sheet, words: Vocabulary, ways: Collection[str] | None, measures: Mapping[str, str] | None
) -> dict[str, Series]:
    """The series by id. `measures`: what a simulation counts, each with its unit, None: not checked."""
    series: dict[str, Series] = {}
    for row in sheet.rows:
        id_, title, measure, unit = (row.needed(column) for column in ("series", "title", "measure", "unit"))
        states, through = row.items("states"), row.items("ways")
        known = [words.state(row.document, state) for state in states]
        known += [named(row.document, way, ways, "a way") for way in through]
        per_day, stock = row.yes("per_day"), row.yes("stock")
        if per_day and stock:
            row.fault(
                "stock", "A stock at the end of days is not divided by their number: choose 'per_day' or 'stock'."
            )
        if measure is not None:
            known.append(named(row.document, measure, measures, "a measure that a simulation counts"))
        if measure is not None and unit is not None and measures is not None and measure.text in measures:
            known.append(_counted_in(row, measure.text, measures[measure.text], per_day and not stock))
        if id_ is None or title is None or measure is None or unit is None or not all(known):
            continue
        if id_.text in series:
            row.fault("series", f"The series {id_.text!r} stands here a second time.")
            continue
        series[id_.text] = Series(
            id_.text, title.text, measure.text, tuple(word.text for word in states),
            tuple(word.text for word in through), unit.text, per_day, stock,
        )  # fmt: skip
    return series


def _counted_in(row: Row, measure: str, unit: str, per_day: bool) -> bool:
    """Whether the unit of a series is that of its measure; a fault where it is not."""
    wanted = f"{unit} a day" if per_day else unit
    if row.text("unit") == wanted:
        return True
    row.fault("unit", f"{measure!r} is counted in {wanted!r}, not in {row.text('unit')!r}.")
    return False


def read_observations(
    sheet: Sheet,
    series: Collection[str] | None,
    period: tuple[date, date] | None,
    units: Mapping[str, str] | None = None,
) -> list[Observation]:
    """The rows in order.

    `series`: the ids of all series, None: not known. `period`: the first day that is simulated and the first that is no longer;
    an observation of a series lies within it. `units`: those of the series, which the observations of each share.
    """
    found = []
    for row in sheet.rows:
        observation = _observation(row)
        word = row.word("series")
        if word.empty or not named(row.document, word, series, "a series"):
            pass
        elif observation is not None and period is not None:
            _compared(row, observation, period)
        if observation is not None and units is not None:
            _in_unit_of(row, observation, units.get(word.text, observation.unit))
        if observation is not None:
            found.append(observation)
    return found


def _observation(row: Row) -> Observation | None:
    start, end = _day(row, "period_start"), _day(row, "period_end")
    if start is not None and end is not None and end < start:
        row.fault("period_end", f"It ends on {end}, before it begins on {start}.")
        return None
    place, measure, unit = (row.needed(column) for column in ("place", "measure", "unit"))
    change = "percent" in row.text("unit") or "%" in row.text("unit")
    value = row.number("value") if change else row.number("value", 0)
    figure = f"The observation {row.text('measure')!r} at {row.text('place')!r}"
    published_by, title, url = (row.text(column) for column in ("published_by", "source_title", "source_url"))
    if not published_by or not (title or url):
        row.fault(
            "published_by", f"{figure} has no source: it needs 'published_by', and 'source_title' or 'source_url'."
        )
    confidence = Citations.confidence(row.document, row.word("confidence"), row.word("period_start"), figure)
    derived, published_on = row.yes("derived"), row.day("published_on")
    if published_on is not None and end is not None and published_on < end:
        row.fault("published_on", f"It was published on {published_on}, before its days were over on {end}.")
    if start is None or end is None or place is None or measure is None or unit is None or value is None:
        return None
    basis = Basis(f"{published_by}, {title or url}", confidence, row.text("note"), f"{row.document.name}:{row.line}")
    return Observation(
        start, end, place.text, row.text("border_or_counterpart"), measure.text, value, unit.text,
        published_by, title, url, derived, row.text("series"), basis,
        published_on,
    )  # fmt: skip


def _day(row: Row, column: str) -> date | None:
    return None if row.needed(column) is None else row.day(column)


def _compared(row: Row, observation: Observation, period: tuple[date, date]) -> None:
    start, end = period
    if observation.start < start or observation.end >= end:
        message = (
            f"The observation of {observation.start} to {observation.end} lies outside the days that are simulated "
            f"({start} until {end}); leave 'series' empty to show it only."
        )
        row.fault("series", message)


def _in_unit_of(row: Row, observation: Observation, unit: str) -> None:
    """A fault where an observation is in another unit than its series: crossings and persons are never compared."""
    if observation.unit != unit:
        message = f"This is in {observation.unit!r}, and the series {observation.series!r} in {unit!r}."
        row.fault("unit", message)
