"""The folder of a dated forecast: quantiles, the naive rivals beside them, what was forecast, and all that it was made from.

It is written once: a forecast that could be made again after the fact would be none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from limen.evidence.figures import Observation, Series
from limen.inference.forecasts import LEVELS, FaultyForecast, Forecasts, Prediction, read_forecasts, write_forecasts
from limen.inference.matching import Like, Matcher, is_count
from limen.inference.rivals import RIVALS, Rivals, rivals_of
from limen.inference.targets import Target
from limen.inference.wanted import COLUMNS, Wanted, as_csv
from limen.results.store import NoResult, NotEmpty, write
from limen.text.table import Columns, read_table

FORMAT = 1
ABOUT, QUANTILES, TARGETS, README = "forecast.json", "quantiles.csv", "targets.csv", "README.txt"
RIVAL_FILES = {rival: f"{rival.replace(' ', '-')}.csv" for rival in RIVALS}

FILES = {
    "quantiles.parquet": "what is forecast: seven quantiles a target, in the columns of the hubverse",
    QUANTILES: "the same as CSV",
    "random-walk.parquet, .csv": "the naive forecast that carries the last count on, from counts known then",
    "seasonal-naive.parquet, .csv": "the naive forecast that repeats the same weekday of the last week, from counts known then",
    TARGETS: "the series that are forecast: what they count, where, in what unit, over which spans of days",
    ABOUT: "what it was made from: days, seed, draws, versions, SHA-256 of every file, what was not known, the command",
    README: "this list",
}
"""What the folder holds."""

NOTES = (
    "Daily, weekly (Monday to Sunday) and monthly targets end after the origin. A week or month that is under way on it has the "
    "horizon 0, and its first days are simulated, not counted.",
    "`since` targets are sums from the first day that results are told from: the simulated part of the year, not the year.",
    "Groups of states are those of the policy, as far as the scenario simulates their states.",
    "Flows are sums over the days, of a series per day their mean; stocks are numbers at the end of the last day.",
    "Entries and exits are crossings, everything else is persons. Nothing here is about any single person.",
)

_TABLE = Columns("a table of targets", COLUMNS, ())


@dataclass(frozen=True)
class ForecastAbout:
    """What a forecast is.

    `origin`: the day on which it was made, or is told as if; the days after it are forecast, up to `last`. `known_on`: the day on
    which rules, practice and events had to be known, empty where those that really followed are given. `run`: scenario, seed,
    draws, versions, hashes and command. `parameters`: where they come from. `left_out`: what was not known, by kind. `counts`:
    how many counts the rivals rest on. `likes`, `borders` and `origins`: see `limen.inference.matching.Matcher`.
    """

    origin: str
    known_on: str
    given: str
    last: str
    run: Mapping[str, Any]
    parameters: str
    left_out: Mapping[str, Any]
    counts: int = 0
    targets: int = 0
    likes: list[dict[str, Any]] = field(default_factory=list)
    borders: Mapping[str, Sequence[str]] = field(default_factory=dict)
    origins: Sequence[str] = ()
    notes: tuple[str, ...] = NOTES
    format: int = FORMAT


@dataclass(frozen=True)
class FileForecasts:
    """A file of forecasts: days that it names, and no others. Of a stock, only the last day counts."""

    forecasts: Forecasts
    stocks: frozenset[str] = field(default_factory=frozenset)

    @property
    def reference(self) -> date:
        """The day on which the forecast was made."""
        return self.forecasts.reference

    @property
    def ids(self) -> tuple[str, ...]:
        """The series that are forecast, in order of the file."""
        return tuple(dict.fromkeys(key.series for key in self.forecasts.predictions))

    def find(self, series: str, start: date, end: date, place: str) -> Prediction | None:
        """What is forecast of a series over days; of several places the one that is asked for."""
        found = {
            key.location: predicted
            for key, predicted in self.forecasts.predictions.items()
            if key.series == series and key.end == end and (key.start == start or series in self.stocks)
        }
        return next(iter(found.values())) if len(found) == 1 else found.get(place)


@dataclass(frozen=True)
class ForecastFolder:
    """A forecast's folder, read."""

    about: ForecastAbout
    forecasts: FileForecasts
    rivals: Mapping[str, FileForecasts]
    matcher: Matcher
    titles: Mapping[str, str]


def check_empty(folder: Path) -> None:
    """Raises NotEmpty where a forecast cannot be written into a folder: it holds something, and be it a forecast."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        what = "holds a forecast already; it is made once" if (folder / ABOUT).is_file() else "is not an empty folder"
        raise NotEmpty(f"{folder} {what}. Nothing was changed.")


def rivals_for(
    observations: Iterable[Observation], matcher: Matcher, ids: Sequence[str], origin: date
) -> tuple[dict[str, Rivals], int]:
    """The rivals of the series, from the counts that were known on a day and belong to them, and how many these are."""
    counts: dict[str, list[Observation]] = {}
    used = 0
    for seen in observations:
        names = matcher.candidates(seen, ids) if seen.known_on(origin) and is_count(seen) else []
        used += bool(names)
        for name in names:
            counts.setdefault(name, []).append(replace(seen, value=matcher.value(seen, name)))
    stocks = [name for name, one in matcher.series.items() if one.stock]
    means = [name for name, one in matcher.series.items() if one.per_day]
    return rivals_of(counts, origin, stocks, means), used


def write_folder(
    folder: Path,
    about: ForecastAbout,
    told: Sequence[Wanted],
    forecasts: Sequence[tuple[Target, str, Prediction]],
    rivals: Mapping[str, Rivals],
    matcher: Matcher,
) -> ForecastAbout:
    """Writes a forecast into an empty folder. What says what it is goes last: a folder without it is half a forecast."""
    check_empty(folder)
    folder.mkdir(parents=True, exist_ok=True)
    write_forecasts(folder / QUANTILES, forecasts)
    made = _naive(forecasts, rivals)
    for rival, name in RIVAL_FILES.items():
        write_forecasts(folder / name, made[rival])
    write(folder / TARGETS, as_csv(told))
    about = replace(
        about,
        targets=len(forecasts),
        likes=likes_as_rows(matcher.likes),
        borders=dict(matcher.borders),
        origins=matcher.origins,
    )
    write(folder / README, _readme(about))
    write(folder / ABOUT, json.dumps(asdict(about), ensure_ascii=False, indent=2) + "\n")
    return about


def _naive(
    forecasts: Sequence[tuple[Target, str, Prediction]], rivals: Mapping[str, Rivals]
) -> dict[str, list[tuple[Target, str, Prediction]]]:
    made: dict[str, list[tuple[Target, str, Prediction]]] = {rival: [] for rival in RIVALS}
    levels = np.array(LEVELS)
    for target, location, _ in forecasts:
        if target.series in rivals:
            for rival, predicted in rivals[target.series].predictions(target.start, target.end, levels).items():
                made[rival].append((target, location, predicted))
    return made


def _readme(about: ForecastAbout) -> str:
    run = about.run
    lines = [
        f"{run['title']}: a forecast of the days after {about.origin}, {about.given}",
        "",
        f"{run['draws']} draws, seed {run['seed']}, Limen {run['limen']}. {about.parameters} Made by",
        "",
        f"    {run['command']}",
        "",
        *(f"{name}\n    {says}" for name, says in FILES.items()),
        "",
        *about.notes,
    ]
    return "\n".join(lines) + "\n"


def read_folder(folder: Path) -> ForecastFolder:
    """Reads a forecast's folder. Raises NoResult where it is none, FaultyForecast for what is wrong in its tables."""
    about = _about(folder)
    series, places = _targets(folder / TARGETS)
    stocks = frozenset(name for name, one in series.items() if one.stock)
    forecasts = FileForecasts(read_forecasts((folder / QUANTILES).with_suffix(".parquet")), stocks)
    rivals = {}
    for rival, name in RIVAL_FILES.items():
        if len((folder / name).read_text(encoding="utf-8").splitlines()) > 1:
            rivals[rival] = FileForecasts(read_forecasts((folder / name).with_suffix(".parquet")), stocks)
    likes: dict[Like, tuple[str, ...]] = {
        (row["place"], row["border_or_counterpart"], row["measure"]): tuple(row["series"]) for row in about.likes
    }
    borders = {state: tuple(names) for state, names in about.borders.items()}
    titles = {name: one.title for name, one in series.items()}
    return ForecastFolder(
        about, forecasts, rivals, Matcher(series, places, likes, borders, tuple(about.origins)), titles
    )


def likes_as_rows(likes: Mapping[Like, Sequence[str]]) -> list[dict[str, Any]]:
    """Which series counts belong to, as plain data."""
    return [
        {"place": place, "border_or_counterpart": border, "measure": measure, "series": list(names)}
        for (place, border, measure), names in likes.items()
    ]


def _about(folder: Path) -> ForecastAbout:
    try:
        found = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        if isinstance(found, dict) and found.get("format") == FORMAT:
            return ForecastAbout(**{**found, "notes": tuple(found["notes"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoResult(f"{folder / ABOUT} cannot be read: {error}") from None
    raise NoResult(f"{folder / ABOUT} is not of format {FORMAT}, the one that this version of Limen reads.")


def _targets(path: Path) -> tuple[dict[str, Series], dict[str, str]]:
    """The series that are forecast, and of which place each is all."""
    sheet = read_table(str(path), path.read_bytes(), _TABLE)
    series, places = {}, {}
    for row in sheet.rows:
        states, ways = (tuple(word.text for word in row.items(column)) for column in ("states", "ways"))
        id_, title, measure, unit = (row.text(column) for column in ("series", "title", "measure", "unit"))
        series[id_] = Series(id_, title, measure, states, ways, unit, row.yes("per_day"), row.yes("stock"))
        if not row.word("place").empty:
            places[id_] = row.text("place")
    if sheet.document.faults:
        raise FaultyForecast(sheet.document.faults)
    return series, places
