"""A run's folder as others use it: tables for spreadsheets, quantiles for hubs, pictures, one page, and what each file is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np

from limen.results import citation, quantiles
from limen.results.by_place import GateRow, OfficeRow, WayRow
from limen.results.counted import Counted, Pick
from limen.results.gallery import Picture
from limen.results.pictures import png, svg
from limen.results.ranges import FEWEST, LEVELS, NUMBERS, Range
from limen.results.series import Beside, Told, pick_of, value
from limen.results.store import read_run, write
from limen.results.tables import Destination, RunTable
from limen.results.words import NOT_PUBLISHED

FILES = {
    "draws.zarr": "every draw, whole numbers by day and column: zarr, to be opened with xarray.open_zarr",
    "limen-run.json": "what was run: scenario, seed, draws, versions, SHA-256 of every file, the command that gives it again",
    "quantiles.parquet": "the scenario's series by day and week as 23 quantiles, in the columns of the hubverse",
    "quantiles.csv": "the same as CSV",
    "series.csv": "the scenario's series with one row a day: median and the ends of the 50, 80 and 90% intervals",
    "observed.csv": "what was counted, beside what was simulated for the same days",
    "states.csv": f"totals by destination state, entries on trips and to stay; numbers from 1 to {FEWEST - 1} say <{FEWEST}",
    "ways.csv": "totals by way, with its place, its mode of travel and its gate",
    "gates.csv": "the most who waited before each gate, and how many it let through in all",
    "offices.csv": "the most requests that waited before each asylum office, and how many it dealt with in all",
    "kinds.csv": "totals by measure, state and kind of people",
    "charts": "the pictures of the report, as SVG and PNG",
    "report.html": "the whole as one page that needs no network",
    "CITATION.bib": "how to cite this run, as BibTeX",
    "CITATION.txt": "the same as a sentence",
    "README.txt": "this list",
}
"""What a run's folder holds, by name."""


def export(folder: Path, told: Told, counted: Counted, table: RunTable, found: Mapping[Pick, Range]) -> None:
    """Writes the tables, quantiles and citation of a run into its folder. Pictures and page: `charts`, `report`.

    `found`: the numbers by state, way and kind, from `in_cells`.
    """
    write(folder / "quantiles.csv", quantiles.as_csv(told, counted))
    quantiles.parquet(folder / "quantiles.csv", folder / "quantiles.parquet")
    write(folder / "series.csv", series_csv(told, counted))
    write(folder / "observed.csv", observed_csv(table.observed))
    write(folder / "states.csv", states_csv(table.destinations))
    write(folder / "ways.csv", ways_csv(table.ways))
    write(folder / "gates.csv", gates_csv(table.gates))
    write(folder / "offices.csv", offices_csv(table.offices))
    write(folder / "kinds.csv", kinds_csv(found))
    write(folder / "CITATION.bib", citation.bibtex(table.run, table.draws))
    write(folder / "CITATION.txt", citation.sentence(table.run, table.draws) + "\n")


def pictures(folder: Path, found: Sequence[Picture]) -> None:
    """Draws pictures into the folder `charts`, as SVG and as PNG."""
    (folder / "charts").mkdir(exist_ok=True)
    for picture in found:
        drawn = svg(picture())
        write(folder / "charts" / f"{picture.name}.svg", drawn)
        write(folder / "charts" / f"{picture.name}.png", png(drawn))


def readme(folder: Path, told: Told) -> None:
    """Writes what each file of the folder is, of those that are there."""
    run = read_run(folder)
    lines = [
        told.title,
        "",
        f"{run['draws_done']} of {run['draws']} draws, seed {run['seed']}, Limen {run['limen']}. Given again by",
        "",
        f"    {run['command']}",
        "",
        *(f"{name}\n    {says}" for name, says in FILES.items() if (folder / name).exists() or name == "README.txt"),
        "",
        "Entries and exits are crossings of a border, not persons: who crosses twice counts twice. Everything else is persons.",
    ]
    write(folder / "README.txt", "\n".join(lines) + "\n")


def series_csv(told: Told, counted: Counted) -> str:
    """One row a day; by series the median under its id, and `id_low90` and so on for the ends of the intervals."""
    counted = counted.since(told.period.report_from)
    shown = [series for series in told.series.values() if pick_of(series) in counted.values]
    names = [name if name != "median" else "" for name in LEVELS]
    head = ["date", *(f"{series.id}_{name}".rstrip("_") for series in shown for name in sorted(names, key=bool))]
    order = sorted(range(len(names)), key=lambda place: bool(names[place]))
    body = []
    for day in counted.days:
        row = [day.isoformat()]
        for series in shown:
            found = value(series, counted, day, day)
            ends = (
                np.quantile(found, list(LEVELS.values())).tolist()
                if found is not None and len(found)
                else [np.nan] * len(LEVELS)
            )
            row += [f"{ends[place]:.10g}" for place in order]
        body.append(row)
    return _csv(head, body)


def observed_csv(rows: Sequence[Beside]) -> str:
    """Counts beside what was simulated; empty where nothing was."""
    plain = [field.name for field in fields(Beside) if field.name not in ("simulated", "title")]
    body = []
    for row in rows:
        ends = ["" if row.simulated is None else f"{getattr(row.simulated, name):.10g}" for name in NUMBERS]
        body.append([*("" if (found := getattr(row, name)) is None else str(found) for name in plain), *ends])
    return _csv([*plain, *(f"simulated_{name}" for name in NUMBERS)], body)


STATE_MEASURES = ("entries", "trips", "to_stay", "refusals", "border_claims", "applications", "pending")
WAY_MEASURES = STATE_MEASURES[:5]


def states_csv(rows: Sequence[Destination]) -> str:
    """Totals by state, one row for each measure of a state."""
    body = [[row.state, row.name, *cells] for row in rows for cells in _measured(row, STATE_MEASURES)]
    return _csv(["state", "name", "measure", *NUMBERS], body)


def ways_csv(rows: Sequence[WayRow]) -> str:
    """Totals by way, one row for each measure of a way."""
    body = [
        [row.way, row.state, row.place, row.mode, row.gate, *cells]
        for row in rows
        for cells in _measured(row, WAY_MEASURES)
    ]
    return _csv(["way", "state", "place", "mode", "gate", "measure", *NUMBERS], body)


def _measured(row: Destination | WayRow, measures: Sequence[str]) -> Iterator[list[str]]:
    for measure in measures:
        if (found := getattr(row, measure)) is not None:
            yield [measure, *_cells(found)]


def gates_csv(rows: Sequence[GateRow]) -> str:
    """Queues by gate: `day` is that on which the median was highest."""
    body = [[row.gate, "+".join(row.states), row.day, *_cells(row.most_waiting), *_cells(row.served)] for row in rows]
    return _csv(["gate", "states", "day", *_queued()], body)


def offices_csv(rows: Sequence[OfficeRow]) -> str:
    """Requests by office: `day` is that on which the median was highest."""
    body = [[row.office, row.state, row.day, *_cells(row.most_waiting), *_cells(row.served)] for row in rows]
    return _csv(["office", "state", "day", *_queued()], body)


def _queued() -> list[str]:
    return [f"{what}_{name}" for what in ("most_waiting", "served") for name in NUMBERS]


def kinds_csv(found: Mapping[Pick, Range]) -> str:
    """Totals by measure, state and kind of people: of flows over the days that are told, of stocks at their end."""
    body = [[pick.measure, "".join(pick.states), pick.kind, *_cells(one)] for pick, one in found.items() if pick.kind]
    return _csv(["measure", "state", "kind", *NUMBERS], body)


def _cells(found: Range) -> list[str]:
    if found.withheld:
        return [NOT_PUBLISHED for _ in NUMBERS]
    return [f"<{FEWEST}" if (end := getattr(found, name)) is None else f"{end:.10g}" for name in NUMBERS]


def _csv(head: Sequence[str], body: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(body)
    return text.getvalue()
