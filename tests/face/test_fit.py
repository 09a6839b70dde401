"""`limen fit`: what it prints, keeps and says when something is wrong; and runs that draw from what it kept."""

import json

import jsonschema
import pytest
from click.testing import CliRunner
from tests.inference.counted import counted

from limen.evidence.posterior import FILES
from limen.face.cli import limen
from limen.face.schema import schema_of
from limen.face.show_fit import name_of

QUICK = ("--members", "24", "--steps", "2", "--workers", "1", "-q")


def call(*arguments):
    return CliRunner().invoke(limen, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path, monkeypatch):
    counted(tmp_path / "small")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "small"


@pytest.fixture
def fitted(folder):
    done = call("fit", folder, *QUICK)
    assert done.exit_code == 0, done.output
    return done


def test_it_prints_what_became_of_assumptions_and_counts_and_keeps_the_posterior(folder, fitted):
    for part in ("Posterior", "trips a day: Bridge by car", "Off by, before", "assumptions in doubt", "worked out from",
                 "limen fit", "--members 24 --steps 2 --seed 1"):  # fmt: skip
        assert part in fitted.output
    assert all((folder / name).is_file() for name in FILES)


@pytest.mark.usefixtures("fitted")
def test_a_run_draws_from_the_posterior_and_says_so_and_not_with_prior(folder, tmp_path):
    said = {}
    for name, options in (("posterior", ()), ("prior", ("--prior",))):
        done = call("run", folder, "--draws", "3", "-q", "--no-report", "--out", tmp_path / name, *options)
        assert done.exit_code == 0, done.output
        said[name] = json.loads((tmp_path / name / "limen-run.json").read_text(encoding="utf-8"))
        assert ("Parameters are from the posterior of 24 members" in done.output) == (name == "posterior")
    assert said["posterior"]["parameters"] == "posterior of 24 members, fitted to counts until 2022-01-31"
    assert said["prior"]["parameters"] == "priors"
    assert said["prior"]["command"].endswith("--prior")
    again = call("run", folder, "--draws", "4", "-q", "--no-report", "--resume", "--out", tmp_path / "prior")
    assert again.exit_code == 0, again.output
    other = call(
        "run", folder, "--draws", "4", "-q", "--no-report", "--resume", "--prior", "--out", tmp_path / "posterior"
    )
    assert other.exit_code == 2
    assert "parameters" in other.output


@pytest.mark.usefixtures("fitted")
def test_a_posterior_that_is_older_than_its_files_is_said_to_be(folder, tmp_path):
    rows = folder / "evidence" / "parameters.csv"
    rows.write_text(rows.read_text(encoding="utf-8").replace("120,80,180", "130,80,180"), encoding="utf-8")
    done = call("run", folder, "--draws", "1", "-q", "--no-report", "--out", tmp_path / "out")
    assert done.exit_code == 0
    assert "older than its files: 1 file changed since it was fitted (evidence/parameters.csv)" in done.output
    done = call("run", folder, "--draws", "1", "-q", "--no-report", "--prior", "--out", tmp_path / "out")
    assert "older than its files" not in done.output


def test_json_is_as_its_schema_says(folder):
    done = call("fit", folder, *QUICK, "--json", "-o", "kept.csv")
    assert done.exit_code == 0, done.output
    jsonschema.validate(json.loads(done.output), schema_of("fit"))
    assert not (folder / FILES[0]).exists()


def test_an_output_of_another_kind_is_refused(folder):
    assert call("fit", folder, *QUICK, "-o", "kept.txt").exit_code == 2


def test_week_by_week_prints_how_estimates_change_and_keeps_nothing(folder):
    done = call("fit", folder, *QUICK, "--weekly")
    assert done.exit_code == 0, done.output
    for part in ("Until", "2022-01-09", "2022-01-28", "Effective of 24", "fitted again", "Assumption: median"):
        assert part in done.output
    assert not (folder / FILES[0]).exists()


def test_a_hold_out_prints_what_was_not_fitted_beside_rivals(folder):
    done = call("fit", folder, *QUICK, "--until", "2022-01-16", "--hold-out", "2022-01-28")
    assert done.exit_code == 0, done.output
    for part in ("Fitted to counts until 2022-01-16", "Last value", "Week before", "where there is a last value"):
        assert part in done.output
    assert not (folder / FILES[0]).exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--until", "2022-01-03"), "no count until 2022-01-03"),
        (("--members", "1"), "20<=x"),
        (("--steps", "0"), "1<=x"),
        (("--hold-out", "2022-01-20"), "goes with --until"),
        (("--until", "2022-01-20", "--hold-out", "2022-01-20"), "comes after"),
        (("--until", "2022-01-16", "--hold-out", "2022-01-20", "--weekly"), "Choose --weekly or --hold-out"),
        (("--weekly", "--json"), "does not go with"),
        (("--until", "soon"), "is not a day"),
    ],
)
def test_wrong_use_is_said(folder, options, said):
    done = call("fit", folder, *options)
    assert done.exit_code == 2
    assert said in done.output


def test_missing_numbers_are_said(folder):
    rows = folder / "evidence" / "parameters.csv"
    lines = rows.read_text(encoding="utf-8").splitlines(keepends=True)
    rows.write_text("".join(line for line in lines if not line.startswith("travel weighs")), encoding="utf-8")
    done = call("fit", folder)
    assert done.exit_code == 3
    assert "travel weighs" in done.output


def test_shares_of_practice_are_named_in_words():
    assert name_of(("practice", "exit|RU|Vaalimaa|must shut|2022-09-29|None")) == (
        "practice: exit, must shut, Vaalimaa from 2022-09-29"
    )
    assert name_of(("practice", "entry|||may|None|None")) == "practice: entry, may, anywhere"
    assert name_of(("pull", "FI")) == "pull: FI"
    assert name_of(("travel weighs", "")) == "travel weighs"
