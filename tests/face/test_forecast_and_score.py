"""`limen forecast` and `limen score`, from a small scenario to scores, and what they say when something is wrong."""

import csv
import hashlib
import json
import shlex
from datetime import date, timedelta
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from tests.model.small import PARAMETERS
from tests.scenario.small import FILES, write_small

from limen.face.cli import limen
from limen.face.schema import schema_of
from limen.inference.folder import FILES as KEPT
from limen.inference.forecasts import read_forecasts
from limen.results.store import opened

HEAD = (
    "period_start,period_end,place,border_or_counterpart,measure,value,unit,published_by,source_title,source_url,confidence,"
    "derived,note,series\n"
)
ORIGIN = "2022-01-17"
SURPRISE = {
    "policy/rules.yaml": FILES["policy/rules.yaml"].replace(
        "readings:", "  surprise: {cite: Order, rank: law, published: 2022-01-19}\nreadings:"
    ) + "- {rule: East shuts, entry: must refuse, in: East, from: 2022-01-20, source: surprise}\n"
}  # fmt: skip
SHUT = "east-shuts"


def counts_csv(first, last, level=900, series="entries to East"):
    days = [date.fromisoformat(first) + timedelta(days=number) for number in range(40)]
    rows = [
        f"{day},{day},East,Home->East,entries,{level + 40 * (day.toordinal() % 7)},crossings,East,Counts,,high,0,,{series}\n"
        for day in days
        if day <= date.fromisoformat(last)
    ]
    return HEAD + "".join(rows)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The small scenario with daily counts before the origin, and a rule that is published two days after it."""
    folder = tmp_path_factory.mktemp("scenario") / SHUT
    practice = FILES["evidence/practice.csv"] + "".join(
        f"{door},,,{answer},,,{0 if answer == 'conflict' else 0.9},,,counts,high,\n"
        for door in ("exit", "entry", "asylum procedure")
        for answer in ("gap", "presumed shut", "presumed open", "conflict", "may")
        if (door, answer) != ("entry", "may")
    )
    counts = {"evidence/observations/east.csv": counts_csv("2022-01-03", ORIGIN), "evidence/practice.csv": practice}
    return str(write_small(folder, {"evidence/parameters.csv": PARAMETERS, **counts, **SURPRISE}))


@pytest.fixture(scope="module")
def made(small, tmp_path_factory):
    """Two forecasts of it: as known on the origin, and given what followed."""
    folder = tmp_path_factory.mktemp("forecasts")
    known = limen_("forecast", small, "--known-on", ORIGIN, "--draws", "12", "-q", "-o", str(folder / "known"))
    given = limen_("forecast", small, "--origin", ORIGIN, "--draws", "12", "-q", "-o", str(folder / "given"))
    assert (known.exit_code, given.exit_code) == (0, 0), known.output + given.output
    return folder, known.stdout


@pytest.fixture
def later(tmp_path):
    path = tmp_path / "later.csv"
    path.write_text(counts_csv("2022-01-18", "2022-01-28"))
    return path


def limen_(*arguments):
    return CliRunner().invoke(limen, [str(one) for one in arguments])


def totals(folder):
    found = read_forecasts(folder / "quantiles.csv").predictions
    return {
        key: one.values[3] for key, one in found.items() if key.series == "entries to East" and key.start == key.end
    }


def test_a_forecast_says_what_it_is_what_was_not_known_and_what_gives_it_again(made):
    folder, said = made
    for part in (
        "as known on 2022-01-17",
        "1 rule",
        "the simulated part of the year",
        "Parameters as assumed, not fitted",
    ):
        assert part in said
    about = json.loads((folder / "known" / "forecast.json").read_text())
    assert about["left_out"]["rules"] == ["East shuts"]
    assert (about["origin"], about["known_on"], about["counts"]) == (ORIGIN, ORIGIN, 15)
    assert about["run"]["seed"] == 1
    assert len(about["run"]["hashes"]["policy/rules.yaml"]) == 64
    assert json.loads((folder / "given" / "forecast.json").read_text())["known_on"] == ""


def test_the_folder_holds_what_its_readme_names(made):
    folder, _ = made
    names = {path.name for path in (folder / "known").iterdir()}
    listed = {name.partition(", .")[0] for name in KEPT}
    assert names == listed | {f"{rival}.csv" for rival in ("random-walk", "seasonal-naive")}
    readme = (folder / "known" / "README.txt").read_text()
    assert all(name in readme for name in KEPT)


def test_quantiles_are_the_same_in_both_files_and_lie_after_the_origin(made):
    folder, _ = made
    for name in ("quantiles", "random-walk", "seasonal-naive"):
        ones = [read_forecasts(folder / "known" / f"{name}.{ending}") for ending in ("csv", "parquet")]
        assert ones[0].targets == ones[1].targets
        assert ones[0].predictions.keys() == ones[1].predictions.keys()
        assert all(key.end > date.fromisoformat(ORIGIN) for key in ones[0].predictions)
    names = {target.name for target in read_forecasts(folder / "known" / "quantiles.csv").targets.values()}
    assert {
        "daily entries to East", "weekly entries to East", "monthly pending in East", "daily exits-East", "weekly refusals-East",
        "monthly first-time-applications-East", "since 2022-01-08 first-time-applications-East", "weekly abroad-West",
    } <= names  # fmt: skip


def test_what_was_published_later_bears_on_the_forecast_given_it_and_not_on_the_other(made, small, tmp_path):
    folder, _ = made
    known, given = totals(folder / "known"), totals(folder / "given")
    before = [key for key in known if key.start < date(2022, 1, 19)]
    after = [key for key in known if key.start >= date(2022, 1, 22)]
    assert all(known[key] == given[key] for key in before)
    assert sum(given[key] for key in after) < 0.5 * sum(known[key] for key in after)
    again = tmp_path / SHUT
    never = {**SURPRISE, "policy/rules.yaml": FILES["policy/rules.yaml"]}
    files = {path: (Path(small) / path).read_text() for path in FILES}
    write_small(again, {**files, **never})
    assert limen_("forecast", again, "--known-on", ORIGIN, "--draws", "12", "-q", "-o", tmp_path / "f").exit_code == 0
    for name in ("quantiles.csv", "random-walk.csv", "seasonal-naive.csv"):
        assert (tmp_path / "f" / name).read_bytes() == (folder / "known" / name).read_bytes()


def test_the_command_of_a_forecast_gives_the_same_bytes(made, tmp_path):
    folder, _ = made
    about = json.loads((folder / "known" / "forecast.json").read_text())
    assert limen_(*shlex.split(about["run"]["command"])[1:], "-q", "-o", tmp_path / "again").exit_code == 0
    for path in (folder / "known").glob("*.csv"):
        one, other = (
            hashlib.sha256((place / path.name).read_bytes()).digest()
            for place in (folder / "known", tmp_path / "again")
        )
        assert one == other


def test_a_forecast_is_made_once(made, small):
    folder, _ = made
    done = limen_("forecast", small, "--known-on", ORIGIN, "-o", folder / "known")
    assert done.exit_code == 2
    assert "holds a forecast already; it is made once" in done.output


def test_json_of_both_follows_its_schema(made, small, later, tmp_path):
    folder, _ = made
    done = limen_("forecast", small, "--known-on", ORIGIN, "--draws", "2", "-q", "--json", "-o", tmp_path / "f")
    jsonschema.validate(json.loads(done.stdout), schema_of("forecast"))
    done = limen_("score", folder / "known", "--observations", later, "--json")
    found = json.loads(done.stdout)
    jsonschema.validate(found, schema_of("score"))
    assert found["counts"] == 11
    assert limen_("score", folder / "known", "--observations", later, "-o", tmp_path / "s.json").exit_code == 0
    assert json.loads((tmp_path / "s.json").read_text()) == found


def test_scores_are_printed_by_series_and_week_beside_both_rivals(made, later):
    folder, _ = made
    done = limen_("score", folder / "known", "--observations", later, "-v")
    assert done.exit_code == 0, done.output
    for part in (
        "entries to East",
        "Random",
        "Seasonal",
        "random walk",
        "Rivals as they were kept",
        "11 counts",
        "by tenths",
    ):
        assert part in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 110


def test_it_says_plainly_that_it_loses_to_the_random_walk(made, tmp_path):
    folder, _ = made
    path = tmp_path / "flat.csv"
    path.write_text(counts_csv("2022-01-18", "2022-01-24", level=910))
    done = limen_("score", folder / "given", "--observations", path)
    assert "the forecast loses to the random walk" in done.stdout
    assert "loses" in next(line for line in done.stdout.splitlines() if line.startswith("entries to East"))


def test_a_file_alone_is_scored_with_rivals_made_from_counts_known_on_its_day(made, later, tmp_path):
    folder, _ = made
    alone = tmp_path / "quantiles.parquet"
    alone.write_bytes((folder / "known" / "quantiles.parquet").read_bytes())
    earlier = tmp_path / "earlier.csv"
    earlier.write_text(counts_csv("2022-01-03", ORIGIN))
    kept = json.loads(limen_("score", folder / "known", "--observations", later, "--json").stdout)
    own = json.loads(limen_("score", alone, "--observations", later, earlier, "--json").stdout)
    without = json.loads(limen_("score", alone, "--observations", later, "--json").stdout)
    assert own["rows"][-1]["random_walk"]["wis_log"] == pytest.approx(
        kept["rows"][-1]["random_walk"]["wis_log"], rel=1e-5
    )
    assert own["rows"][-1]["wis_log"] == pytest.approx(kept["rows"][-1]["wis_log"])
    assert without["rows"][-1]["random_walk"] is None
    assert "No random walk could be made" in " ".join(without["said"])


def test_counts_that_name_no_series_are_matched_by_a_map(made, tmp_path):
    folder, _ = made
    counts, named = tmp_path / "counts.csv", tmp_path / "map.csv"
    counts.write_text(counts_csv("2022-01-18", "2022-01-20", series="").replace(",entries,", ",arrivals,"))
    named.write_text("place,border_or_counterpart,measure,series\nEast,,arrivals,entries to East\n")
    done = limen_("score", folder / "known", "--observations", counts)
    assert done.exit_code == 4
    assert "a map can say so" in done.stdout
    assert "No count judges this forecast" in done.stderr
    assert limen_("score", folder / "known", "--observations", counts, "--map", named).exit_code == 0
    named.write_text("place,border_or_counterpart,measure,series\nEast,,arrivals,entires to East\n")
    done = limen_("score", folder / "known", "--observations", counts, "--map", named)
    assert done.exit_code == 3
    assert "Did you mean 'entries to East'" in done.output


def test_a_run_is_scored_by_its_draws_over_any_days(small, later, tmp_path):
    assert limen_("run", small, "--draws", "9", "-q", "--no-report", "-o", tmp_path / "run").exit_code == 0
    odd = tmp_path / "odd.csv"
    odd.write_text(
        HEAD + "2022-01-19,2022-01-22,East,Home->East,entries,3000,crossings,East,Counts,,high,0,,entries to East\n"
    )
    done = limen_("score", tmp_path / "run", "--origin", ORIGIN, "--observations", later, odd, "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert (found["counts"], found["reference"]) == (12, ORIGIN)
    (sums,) = [one for one in found["judgements"] if one["start"] != one["end"]]
    with opened(tmp_path / "run") as data:
        chosen = (data["measure"] == "entries") & (data["way"] != "") & (data["state"] == "East")
        draws = data["flows"].sel(day=slice("2022-01-19", "2022-01-22")).isel(meter=chosen.values).sum(("day", "meter"))
        assert sums["quantiles"]["0.5"] == float(draws.median())
    assert "A run is no forecast" in found["about"]
    assert limen_("score", tmp_path / "run", "--origin", "2023-01-01", "--observations", later).exit_code == 2
    with (tmp_path / "run" / "quantiles.csv").open() as file:
        assert next(csv.reader(file))[0] == "reference_date"
    as_file = limen_("score", tmp_path / "run" / "quantiles.csv", "--observations", later, "--json")
    assert json.loads(as_file.stdout)["counts"] == 11


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["forecast", "{small}", "-o", "{tmp}/f"], 2, "Name the day"),
        (["forecast", "{small}", "--known-on", "2022-02-30", "-o", "{tmp}/f"], 2, "is not a day"),
        (["forecast", "{small}", "--known-on", "2022-01-31", "-o", "{tmp}/f"], 2, "can be forecast from a day from 2022-01-08"),
        (["forecast", "{small}", "--known-on", "2021-01-31", "-o", "{tmp}/f"], 2, "can be forecast from"),
        (["forecast", "nowhere", "--known-on", ORIGIN, "-o", "{tmp}/f"], 4, "no folder or scenario"),
        (["forecast", "{small}", "--known-on", ORIGIN, "-o", "{tmp}"], 2, "is not an empty folder"),
        (["score", "{made}/known"], 2, "Name the counts"),
        (["score", "{made}/known", "--observations", "{tmp}/none.csv"], 4, "no file"),
        (["score", "{tmp}/none", "--observations", "{later}"], 4, "There is no file or folder"),
        (["score", "{tmp}/none.csv", "--observations", "{later}"], 4, "none.csv"),
        (["score", "{tmp}/bad.txt", "--observations", "{later}"], 2, "ends in .csv or .parquet"),
        (["score", "{tmp}", "--observations", "{later}"], 4, "neither a forecast"),
        (["score", "{made}/known", "--observations", "{tmp}/bad.csv"], 3, "bad.csv:1:1"),
        (["score", "{tmp}/bad.csv", "--observations", "{later}"], 3, "bad.csv:1:1"),
        (["score", "{made}/known", "--origin", ORIGIN, "--observations", "{later}"], 2, "--origin is of runs"),
        (["score", "{made}/known", "--observations", "{later}", "-o", "{tmp}/x.pdf"], 2, "the ending picks the format"),
    ],
)  # fmt: skip
def test_what_is_wrong_ends_with_a_clear_message_and_its_code(made, small, later, tmp_path, arguments, code, said):
    for name in ("bad.csv", "bad.txt"):
        (tmp_path / name).write_text("colour,shape\nred,round\n")
    places = {"small": small, "tmp": tmp_path, "later": later, "made": made[0]}
    done = limen_(*(argument.format(**places) for argument in arguments))
    assert done.exit_code == code, done.output
    assert said in done.output


def test_a_forecast_that_lost_its_description_is_missing_data(later, tmp_path):
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "forecast.json").write_text("{}")
    done = limen_("score", broken, "--observations", later)
    assert done.exit_code == 4
    assert "is not of format 1" in done.output
    assert "Traceback" not in done.output
