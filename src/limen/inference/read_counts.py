"""Counts and maps that somebody brings: files in the format of a scenario's observations, read strictly and all at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from limen.evidence.figures import Observation
from limen.evidence.read_observations import OBSERVATIONS, read_observations
from limen.inference.matching import Like
from limen.text.faults import Fault, Faulty
from limen.text.nodes import LONGEST_TEXT
from limen.text.sourced import named
from limen.text.states import in_two_letters
from limen.text.table import Columns, Sheet, read_table

MAP = Columns("a map of counts to series", ("place", "border_or_counterpart", "measure", "series"))


class FaultyCounts(Faulty):
    """What is wrong in files of counts, or in a map of them."""


def count_files(paths: Iterable[Path]) -> list[Path]:
    """The files meant: each path, and of a folder its `.csv` files in order of name."""
    found: list[Path] = []
    for path in paths:
        found += sorted(path.glob("*.csv")) if path.is_dir() else [path]
    return list(dict.fromkeys(found))


def read_counts(paths: Sequence[Path]) -> list[Observation]:
    """The counts of all files, in order. Raises FaultyCounts with the faults of all, OSError where there is no such file."""
    faults: list[Fault] = []
    found: list[Observation] = []
    for path in paths:
        sheet = _sheet(path, OBSERVATIONS)
        found += read_observations(sheet, None, None)
        faults += sheet.document.faults
    if faults:
        raise FaultyCounts(faults)
    return found


def read_map(path: Path, series: Sequence[str]) -> dict[Like, tuple[str, ...]]:
    """Which series counts belong to: a table with place, border or counterpart (empty: any), measure and series.

    Raises FaultyCounts, also for a series that is not forecast.
    """
    sheet = _sheet(path, MAP)
    found: dict[Like, dict[str, None]] = {}
    for row in sheet.rows:
        place, measure, name = (row.needed(column) for column in ("place", "measure", "series"))
        if place and measure and name and named(row.document, name, series, "a series that is forecast"):
            like = in_two_letters(place.text), in_two_letters(row.text("border_or_counterpart")), measure.text
            found.setdefault(like, {})[name.text] = None
    if sheet.document.faults:
        raise FaultyCounts(sheet.document.faults)
    return {like: tuple(names) for like, names in found.items()}


def _sheet(path: Path, columns: Columns) -> Sheet:
    with path.open("rb") as file:
        return read_table(str(path), file.read(LONGEST_TEXT + 1), columns)
