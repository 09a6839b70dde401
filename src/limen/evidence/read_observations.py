"""Reading `observations/*.csv` and `series.csv`: what was counted, and what it is compared with."""

from __future__ import annotations

from collections.abc import Collection
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
    sheet: Sheet, words: Vocabulary, ways: Collection[str] | None, measures: Collection[str] | None
) -> dict[str, Series]:
    """The series by id. `measures`: what a simulation counts, None: not checked."""
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


def read_observations(
    sheet: Sheet, series: Collection[str] | None, period: tuple[date, date] | None
) -> list[Observation]:
    """The rows in order.

    `series`: the ids of all series, None: not known. `period`: the first day that is simulated and the first that is no longer;
    an observation of a series lies within it.
    """
    found = []
    for row in sheet.rows:
        observation = _observation(row)
        word = row.word("series")
        if word.empty or not named(row.document, word, series, "a series"):
            pass
        elif observation is not None and period is not None:
            _compared(row, observation, period)
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
