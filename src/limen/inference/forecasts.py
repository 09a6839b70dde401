"""Files of forecasts: quantiles in the columns of the hubverse, as CSV or Parquet, read strictly and written once.

The columns are those of `limen.results.quantiles`; see the hubverse's documentation on model output, https://docs.hubverse.io.
A file is about one reference date. What is wrong in it is named by line and column, in Parquet by row and column.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from limen.inference.targets import Target, target_of
from limen.results.quantiles import COLUMNS
from limen.results.store import write
from limen.text.faults import Faulty
from limen.text.nodes import LONGEST_TEXT, Document, Word
from limen.text.table import Columns, Row, Sheet, read_table

Reals = npt.NDArray[np.float64]

TABLE = Columns("a table of forecasts", tuple(COLUMNS), ())
QUANTILE = "quantile"
LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
"""The quantiles that a forecast is written with: the median and the ends of the central 50, 80 and 90%."""

_EVEN = 1e-9


class FaultyForecast(Faulty):
    """What is wrong in a file of forecasts."""


@dataclass(frozen=True, eq=False)
class Prediction:
    """What is forecast of one target: values that it does not exceed with the probabilities `levels`, both rising.

    `draws`: the numbers that the quantiles were taken from, where they are at hand.
    """

    levels: Reals
    values: Reals
    draws: Reals | None = None


class Key(NamedTuple):
    """Which forecast: a series, the days meant, both included, and the place."""

    series: str
    start: date
    end: date
    location: str = "all"


@dataclass(frozen=True)
class Forecasts:
    """All forecasts of a file. Where two targets mean the same days of the same series, the first is kept."""

    reference: date
    predictions: dict[Key, Prediction]
    targets: dict[Key, Target]


def read_forecasts(path: Path) -> Forecasts:
    """Reads a file of forecasts, `.csv` or `.parquet`. Raises FaultyForecast with every fault, OSError where there is none."""
    sheet = _parquet_rows(path) if path.suffix == ".parquet" else _csv_rows(path)
    found = _forecasts(sheet)
    if sheet.document.faults or found is None:
        raise FaultyForecast(sheet.document.faults)
    return found


def write_forecasts(path: Path, forecasts: Iterable[tuple[Target, str, Prediction]]) -> None:
    """Writes targets with their places and predictions as CSV, and beside it the same as Parquet. `path` ends in .csv."""
    from limen.results.quantiles import parquet

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for target, location, predicted in forecasts:
        about = (target.reference, target.name, target.horizon, target.end, location, QUANTILE)
        for level, value in zip(predicted.levels.tolist(), predicted.values.tolist()):
            writer.writerow((*about, f"{level:g}", f"{value:.7g}"))
    write(path, text.getvalue())
    parquet(path, path.with_suffix(".parquet"))


def _csv_rows(path: Path) -> Sheet:
    with path.open("rb") as file:
        return read_table(str(path), file.read(LONGEST_TEXT + 1), TABLE)


def _parquet_rows(path: Path) -> Sheet:
    """The rows of a Parquet file as if they stood in a table: line 1 for the names of the columns, then one line a row."""
    import duckdb

    document = Document(str(path), "")
    sheet = Sheet(document)
    path.open("rb").close()
    try:
        with duckdb.connect(":memory:", config={"threads": 1}) as connection:
            found = connection.read_parquet(str(path))
            names, rows = found.columns, found.fetchall()
    except duckdb.Error as error:
        document.fault(None, f"This is no Parquet file that can be read: {str(error).splitlines()[0]}")
        return sheet
    for place, name in enumerate(names, 1):
        if name not in TABLE.all:
            document.fault(Word(name, 1, place), f"{name!r} is not a column of {TABLE.what}.", name, TABLE.all)
    for name in TABLE.required:
        if name not in names:
            document.fault(Word("", 1, 1), f"A table of forecasts needs the column {name!r}.")
    if not document.faults:
        for line, row in enumerate(rows, 2):
            cells = {name: _cell(value, line, place) for place, (name, value) in enumerate(zip(names, row), 1)}
            sheet.rows.append(Row(document, line, cells))
    sheet.whole = not document.faults
    return sheet


def _cell(value: object, line: int, column: int) -> Word:
    text = "" if value is None else f"{value:.17g}" if isinstance(value, float) else str(value)
    return Word(text, line, column, not text)


def _forecasts(sheet: Sheet) -> Forecasts | None:
    document = sheet.document
    if not sheet.rows and not document.faults:
        document.fault(None, "There is no forecast in this file.")
    reference = None
    groups: dict[tuple[Target, str], list[tuple[float, float, Row]]] = {}
    for row in sheet.rows:
        if document.full:
            break
        day = row.day("reference_date") if row.needed("reference_date") else None
        if day is not None and reference is not None and day != reference:
            row.fault("reference_date", f"A file is about one reference date; above it is {reference}.")
        reference = reference or day
        one = _row(row, day)
        if one is not None:
            target, level, value = one
            groups.setdefault((target, row.text("location") or "all"), []).append((level, value, row))
    predictions: dict[Key, Prediction] = {}
    targets: dict[Key, Target] = {}
    for (target, location), rows in groups.items():
        predicted = _prediction(rows)
        key = Key(target.series, target.start, target.end, location)
        if predicted is not None and key not in predictions:
            predictions[key], targets[key] = predicted, target
    return None if reference is None else Forecasts(reference, predictions, targets)


def _row(row: Row, reference: date | None) -> tuple[Target, float, float] | None:
    """The target, level and value of a row; its faults, where it has some."""
    end = row.day("target_end_date") if row.needed("target_end_date") else None
    name, horizon = row.needed("target"), row.number("horizon", 0)
    kind = row.choice("output_type", (QUANTILE,))
    level, value = row.number("output_type_id"), row.number("value")
    if level is not None and not 0 < level < 1:
        row.fault("output_type_id", f"A quantile has a level between 0 and 1; not {row.text('output_type_id')}.")
        level = None
    if name is None or end is None or reference is None:
        return None
    target = target_of(name.text, reference, end)
    if target is None:
        message = (
            f"{name.text!r} ending on {end} is no target: write 'daily', 'weekly', 'monthly' (ending with a month) or "
        )
        row.fault("target", f"{message}'since DAY', and the series.")
        return None
    if end <= reference:
        row.fault("target_end_date", f"It ends on {end}, which is not after the reference date {reference}.")
        return None
    if horizon is not None and horizon != target.horizon:
        row.fault(
            "horizon", f"{name.text!r} ending on {end} has the horizon {target.horizon}; not {row.text('horizon')}."
        )
    return None if None in (horizon, kind) or level is None or value is None else (target, level, value)


def _prediction(rows: list[tuple[float, float, Row]]) -> Prediction | None:
    """The rows of one target as they stand: levels rise, values do not fall, and both are even around the median."""
    seen: dict[float, int] = {}
    for level, _, row in rows:
        if level in seen:
            row.fault("output_type_id", f"This quantile of this target stands in line {seen[level]} already.")
            return None
        seen[level] = row.line
    for (level, value, _), (next_level, next_value, row) in pairwise(rows):
        if next_level < level:
            row.fault("output_type_id", f"The levels of a target rise from row to row; {level:g} stands above.")
            return None
        if next_value < value:
            row.fault("value", f"Quantiles do not cross: {next_value:g} is less than {value:g} at the level {level:g}.")
            return None
    levels = np.array([level for level, _, _ in rows])
    if abs(levels + levels[::-1] - 1).max() > _EVEN or not len(levels) % 2:
        message = "The levels of a target are even around the median: with 0.05 there is 0.95, and there is 0.5."
        rows[0][2].fault("output_type_id", message)
        return None
    return Prediction(levels, np.array([value for _, value, _ in rows]))
