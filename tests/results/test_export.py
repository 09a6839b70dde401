"""What others read: quantiles, tables, citation; small numbers of people stay out of them."""

import csv
import io
from dataclasses import replace

import duckdb
import numpy as np
import pytest
from tests.results.fake import Fake, scenario

from limen.results import citation, export, quantiles
from limen.results.cells import in_cells
from limen.results.counted import Pick
from limen.results.ensemble import about
from limen.results.ranges import published, range_of
from limen.results.running import fill
from limen.results.store import WRITTEN, about_of, create, opened
from limen.results.tables import read, table


def quietly(_):
    """Is told how many draws there are."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    folder, made, model = tmp_path_factory.mktemp("r") / "r", scenario(), Fake()
    run = about("sketch", made.title, 1, 12, "limen run sketch --draws 12 --seed 1", made.hashes)
    fill(create(folder, model.labels, run), model, 2, quietly)
    with opened(folder) as data:
        counts = read(data, made)
        found = in_cells(data, made)
        export.export(folder, made, counts, table(data, made, about_of(folder), counts, str(folder), found), found)
    export.readme(folder, made)
    return folder, made, counts


def rows_of(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_quantiles_have_the_columns_of_the_hubverse_and_the_values_of_numpy(kept):
    folder, _, counts = kept
    rows = rows_of(folder / "quantiles.csv")
    assert list(rows[0]) == [
        "reference_date",
        "target",
        "horizon",
        "target_end_date",
        "location",
        "output_type",
        "output_type_id",
        "value",
    ]
    assert {row["reference_date"] for row in rows} == {"2022-08-31"}
    assert {row["output_type"] for row in rows} == {"quantile"}
    daily = [row for row in rows if row["target"] == "daily finland" and row["target_end_date"] == "2022-09-21"]
    assert [row["output_type_id"] for row in daily] == [f"{level:g}" for level in quantiles.LEVELS]
    assert {row["horizon"] for row in daily} == {"21"}
    expected = np.quantile(counts.values[Pick("entries", ("FI",))][:, 27], quantiles.LEVELS)
    assert [float(row["value"]) for row in daily] == pytest.approx(expected)


def test_weeks_are_whole_and_counted_from_the_first(kept):
    weekly = [row for row in rows_of(kept[0] / "quantiles.csv") if row["target"] == "weekly union"]
    found = list(dict.fromkeys((row["horizon"], row["target_end_date"]) for row in weekly))
    assert found == [
        ("1", "2022-09-11"), ("2", "2022-09-18"), ("3", "2022-09-25"),
        ("4", "2022-10-02"), ("5", "2022-10-09"), ("6", "2022-10-16"),
    ]  # fmt: skip
    assert {row["location"] for row in weekly} == {"FI+EE"}


def test_parquet_holds_the_same_rows_with_types(kept):
    query = "SELECT count(*), sum(value), min(target_end_date)::VARCHAR FROM read_parquet"
    found = duckdb.sql(f"{query}('{kept[0] / 'quantiles.parquet'}')").fetchall()[0]
    rows = rows_of(kept[0] / "quantiles.csv")
    assert found == (len(rows), pytest.approx(sum(float(row["value"]) for row in rows)), "2022-09-01")


def test_series_have_one_row_a_day(kept):
    rows = rows_of(kept[0] / "series.csv")
    assert [rows[0]["date"], rows[-1]["date"], len(rows)] == ["2022-09-01", "2022-10-16", 46]
    counts = kept[2].since(kept[1].period.report_from).values[Pick("pending", ("FI",))]
    assert float(rows[3]["pending"]) == np.median(counts[:, 3])
    assert float(rows[3]["pending_low90"]) == pytest.approx(np.quantile(counts[:, 3], 0.05))


def test_every_file_is_said_what_it_is_and_every_file_that_is_said_is_written(kept):
    folder = kept[0]
    text = (folder / "README.txt").read_text()
    there = {path.name for path in folder.iterdir()}
    assert there == set(WRITTEN) - {"report.html", "charts"}
    assert all(f"\n{name}\n" in text for name in there)
    assert "report.html" not in text
    assert set(export.FILES) == set(WRITTEN)


def test_numbers_of_people_from_1_to_9_are_not_published():
    assert published([0, 0]).median == 0
    assert published([1, 1]).median is None
    assert published([9, 9]).high90 is None
    assert published([10, 10]).median == 10
    assert published([-4, -4]).median is None
    assert published([1, 1, 40]).few
    assert range_of([4, 4]).median == 4
    assert range_of([1, 2, 9]).mean == 4


def test_ways_are_exported_with_place_mode_and_gate_and_entries_by_trips_and_those_to_stay(kept):
    rows = rows_of(kept[0] / "ways.csv")
    air = {row["measure"]: row for row in rows if row["way"] == "air to FI"}
    assert [(row["state"], row["place"], row["mode"], row["gate"]) for row in air.values()] == [
        ("FI", "Helsinki Airport", "air", "")
    ] * 3
    whole, *parts = (float(air[measure]["mean"]) for measure in ("entries", "trips", "to_stay"))
    assert whole == pytest.approx(sum(parts))
    states = {row["measure"]: row for row in rows_of(kept[0] / "states.csv") if row["state"] == "FI"}
    ways = sum(float(row["mean"]) for row in rows if row["state"] == "FI" and row["measure"] == "trips")
    assert float(states["trips"]["mean"]) == pytest.approx(ways)


def test_exported_tables_by_state_and_kind_say_fewer_than_10_instead(kept):
    rows = rows_of(kept[0] / "kinds.csv")
    assert {row["kind"] for row in rows} == {"liable", "others"}
    assert {row["measure"] for row in rows} == {"entries", "refusals", "first-time applications"}
    few = replace(scenario(), period=replace(scenario().period, report_from=scenario().period.end.replace(day=16)))
    with opened(kept[0]) as data:
        text = export.kinds_csv(in_cells(data, few))
        found = table(data, few, about_of(kept[0]), read(data, few))
        states = export.states_csv(found.destinations) + export.ways_csv(found.ways)
    assert "first-time applications,EE,liable,<10,<10" in text
    assert "<10" in states
    numbers = [
        float(cell)
        for line in (text + states).splitlines()
        for cell in line.split(",")
        if cell.replace(".", "").isdigit()
    ]
    assert not [number for number in numbers if 0 < number < 10]


def test_the_citation_names_seed_version_and_files_and_changes_with_them(kept):
    run = about_of(kept[0])
    text = citation.sentence(run, 12)
    for part in ("12 draws", "seed 1", run.limen, citation.mark(run), run.command):
        assert part in text
    others = [replace(run, seed=2), replace(run, hashes={}), replace(run, limen="9"), replace(run, draws=3)]
    assert len({citation.mark(one) for one in [run, *others]}) == 5
    assert citation.mark(replace(run, python="9")) == citation.mark(run)


def test_bibtex_prints_what_is_special_to_latex_as_it_stands(kept):
    text = citation.bibtex(replace(about_of(kept[0]), title="50% & {more}_~^\\", command="limen run a_b"), 12)
    assert r"50\% \& \{more\}\_\textasciitilde{}\textasciicircum{}\textbackslash{}" in text
    assert r"limen run a\_b" in text
    assert text.count("{") - text.count(r"\{") == text.count("}") - text.count(r"\}")
