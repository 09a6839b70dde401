"""`limen run` and `limen compare` with a scenario that comes with Limen, and with one that lacks what the model reads."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import limen
from limen.face.cli import limen as program
from limen.results.store import opened

SCENARIO = Path(limen.__file__).parent / "scenarios" / "mobilisation-2022"


def run(*arguments):
    return CliRunner().invoke(program, list(arguments))


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_the_mobilisation_is_run_and_its_command_gives_the_same_again():
    done = run("run", "--draws", "2", "--until", "2022-10-09", "-o", "one", "-q")
    assert done.exit_code == 0, done.output
    for part in ("Finland", "Verkhny Lars", "Against the counts"):
        assert part in done.output
    command = json.loads(Path("one/limen-run.json").read_text())["command"].split()
    assert run(*command[1:], "-o", "two", "-q", "--workers", "1", "--no-report").exit_code == 0
    with opened(Path("one")) as one, opened(Path("two")) as two:
        assert (one["flows"].values == two["flows"].values).all()
        assert one["flows"].values.sum() > 0
    page = Path("one/report.html").read_text(encoding="utf-8")
    assert "<h1>" in page
    assert str(SCENARIO.parent) not in page + Path("one/limen-run.json").read_text()


def test_a_rule_that_is_withdrawn_changes_what_it_is_about():
    done = run(
        "compare", "mobilisation-2022", "--without", "short-stay visas refused in Estonia",
        "--draws", "2", "--until", "2022-10-09", "--json", "-q",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert str(SCENARIO.parent) not in done.stdout
    rows = {(row["name"], row["state"]): row for row in found["states"]}
    assert rows["entries", "EE"]["difference"]["median"] > 0


@pytest.mark.parametrize(
    ("file", "lines", "said"),
    [
        ("practice.csv", slice(1, 6), "practice.csv:1:1: The scenario states no practice"),
        ("parameters.csv", slice(1, 60), "parameters.csv:1:1: The scenario states no"),
    ],
)
def test_a_scenario_that_lacks_what_the_model_reads_is_missing_data(file, lines, said):
    shutil.copytree(SCENARIO, "lacking")
    for fitted in Path("lacking/evidence").glob("posterior.*"):
        fitted.unlink()
    path = Path("lacking/evidence") / file
    kept = path.read_text(encoding="utf-8").splitlines(keepends=True)
    del kept[lines]
    path.write_text("".join(kept), encoding="utf-8")
    done = run("run", "lacking", "--draws", "1", "-q")
    assert done.exit_code == 3, done.output
    assert said in done.output
    assert "Traceback" not in done.output


def test_a_scenario_that_is_a_policy_alone_says_what_it_lacks():
    done = run("run", "schengen-90-180", "-q")
    assert done.exit_code == 4
    assert "a policy without people and places" in done.output
