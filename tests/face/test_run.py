"""`limen run`: what it prints, keeps and says when something is wrong."""

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner
from tests.model.small import PARAMETERS
from tests.scenario.small import write_small

from limen.face.cli import limen
from limen.face.many import command_line
from limen.face.schema import schema_of
from limen.results import export
from limen.results.store import opened

HERE = Path("mobilisation-2022-seed-1")


def run(*arguments):
    return CliRunner().invoke(limen, ["run", *arguments, *([] if "--no-report" in arguments else ["--no-report"])])


@pytest.mark.usefixtures("sketch")
def test_it_prints_destinations_quoted_figures_where_the_files_are_and_what_gives_it_again():
    done = run("--draws", "5")
    assert done.exit_code == 0, done.output
    for part in (
        "Finland",
        "Verkhny Lars",
        "53,000 in the week",
        "Against the counts",
        f"Kept in {HERE}",
        "5 of 5 draws",
    ):
        assert part in done.output
    assert done.stdout.splitlines()[-1].strip() == "limen run mobilisation-2022 --draws 5 --seed 1"
    assert max(map(len, done.stdout.splitlines())) <= 110


@pytest.mark.usefixtures("sketch")
def test_the_result_goes_to_standard_output_and_progress_elsewhere():
    done = run("--draws", "5")
    assert "of 5 draws" not in done.stdout
    assert "5 of 5 draws" in done.stderr
    assert run("--draws", "5", "-q").stderr == ""


@pytest.mark.usefixtures("sketch")
def test_the_command_that_a_result_names_gives_the_same_numbers_again():
    first = run("--draws", "3", "--seed", "9", "--until", "2022-10-02", "-o", "first")
    assert first.exit_code == 0, first.output
    command = json.loads(Path("first/limen-run.json").read_text())["command"]
    assert command == command_line(
        "limen", "run", "mobilisation-2022", "--draws", "3", "--seed", "9", "--until", "2022-10-02"
    )
    again = run(*command.split()[2:], "-o", "again")
    assert again.exit_code == 0, again.output
    with opened(Path("first")) as one, opened(Path("again")) as other:
        assert (one["flows"].values == other["flows"].values).all()
        assert one["day"].values[-1] == np.datetime64("2022-10-02")
    assert all((Path("again") / file.name).read_bytes() == file.read_bytes() for file in Path("first").glob("*.csv"))


@pytest.mark.usefixtures("sketch")
def test_json_follows_its_schema():
    done = run("--draws", "3", "--json", "-q")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    jsonschema.validate(found, schema_of("run"))
    assert found["command"] == "run"
    assert found["run"]["command"].startswith("limen run mobilisation-2022")
    assert [row["state"] for row in found["destinations"]] == ["FI", "GE", "EE"]


def test_an_interrupt_keeps_what_there_is_says_how_to_go_on_and_ends_with_130(sketch):
    sketch["stops_at"] = 3
    done = run("--draws", "8", "--workers", "1")
    assert done.exit_code == 130
    assert "Stopped after 3 of 8 draws" in done.stderr
    again = done.stderr.splitlines()[-1].removeprefix("Continue with: ").split()
    assert again[:2] == ["limen", "run"]
    with opened(HERE) as data:
        assert data.sizes["draw"] == 3
    sketch["stops_at"] = None
    resumed = run(*again[2:])
    assert resumed.exit_code == 0, resumed.output
    assert run("--draws", "8", "-o", "whole").exit_code == 0
    for file in (path for path in Path("whole").rglob("*") if path.is_file() and path.name != "README.txt"):
        assert (HERE / file.relative_to("whole")).read_bytes() == file.read_bytes(), file


SLOW = """
import sys, time
sys.path.insert(0, sys.argv[1])
from tests.results.fake import Fake, scenario
from limen.face import many
from limen.face.cli import main
class Slow(Fake):
    def simulate(self, seed, draw):
        time.sleep(0.05)
        return super().simulate(seed, draw)
many.scenario_named = lambda name, until=None: scenario()
many.model_of = lambda told, policy=None: Slow()
sys.exit(main(["run", "--draws", "400", "-o", sys.argv[2], "--workers", "2"]))
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal")
def test_a_real_interrupt_ends_with_130_and_no_traceback(tmp_path):
    folder = tmp_path / "r"
    command = [sys.executable, "-c", SLOW, str(Path(__file__).parents[2]), str(folder)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        while not (folder / "draws.zarr" / "flows" / "1.0.0").exists():
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "Traceback" not in said
    assert "Continue with: limen run mobilisation-2022 --resume" in said
    with opened(folder) as data:
        assert 1 <= data.sizes["draw"] < 400


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--draws", "-5"], 2, "-5 is not in the range"),
        (["--draws", "0"], 2, "not in the range"),
        (["--draws", "many"], 2, "not a valid integer"),
        (["--seed", str(2**32)], 2, "not in the range 0<=x<=4294967295"),
        (["--seed", "-1"], 2, "not in the range"),
        (["--workers", "0"], 2, "not in the range"),
        (["--until", "2022-02-30"], 2, "is not a day"),
        (["--until", "2030-01-01"], 2, "from 2022-09-01 to 2022-10-16"),
        (["mobilisation-2023"], 4, "Did you mean 'mobilisation-2022'?"),
        (["--resume"], 4, "There is no folder mobilisation-2022-seed-1"),
        (["--resume", "-o", "nowhere"], 4, "There is no folder nowhere"),
        (["-o", "mine"], 2, "not empty and holds no result"),
        (["-o", "mine", "--resume"], 4, "holds no result"),
        (["-o", "mine/thesis.txt"], 2, "is a file"),
    ],
)
@pytest.mark.usefixtures("sketch")
def test_what_is_wrong_is_said_in_one_message_with_its_exit_code(arguments, code, said):
    Path("mine").mkdir()
    Path("mine/thesis.txt").write_text("mine")
    done = run(*arguments)
    assert done.exit_code == code, done.output
    assert said in " ".join(done.output.split())
    assert "Traceback" not in done.output
    assert [path.name for path in Path("mine").iterdir()] == ["thesis.txt"]
    assert not HERE.exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write everywhere")
@pytest.mark.usefixtures("sketch")
def test_a_folder_that_may_not_be_written_is_said():
    Path("locked").mkdir(mode=0o500)
    done = run("-o", "locked/r")
    assert done.exit_code == 4
    assert "Permission denied" in done.output


@pytest.mark.usefixtures("sketch")
def test_a_result_is_not_continued_with_another_seed():
    assert run("--draws", "2", "-o", "r").exit_code == 0
    done = run("--draws", "4", "--seed", "2", "-o", "r", "--resume")
    assert done.exit_code == 2
    assert "seed: 1 there, 2 now" in done.output


@pytest.mark.usefixtures("sketch")
def test_draws_can_be_added_and_are_remembered():
    assert run("--draws", "2", "-o", "r").exit_code == 0
    assert run("--draws", "4", "-o", "r", "--resume").exit_code == 0
    done = run("-o", "r", "--resume")
    assert done.exit_code == 0
    assert "4 draws, seed 1" in done.output


@pytest.mark.usefixtures("sketch")
def test_the_command_for_the_same_again_names_the_folder_where_one_was_named():
    done = run("--draws", "2", "-o", "./-x y")
    assert done.stdout.splitlines()[-1].strip() == ("limen run mobilisation-2022 --draws 2 --seed 1 --out './-x y'")
    again = run(*shlex.split(done.stdout.splitlines()[-1])[2:])
    assert again.exit_code == 0, again.output
    assert (Path("-x y") / "README.txt").is_file()


def test_an_empty_name_does_not_stand_for_the_scenario_that_is_run_without_one():
    done = CliRunner().invoke(limen, ["run", ""])
    assert done.exit_code == 4
    assert "A name is empty" in done.output


@pytest.mark.usefixtures("sketch")
def test_an_interrupt_while_tables_are_written_keeps_the_draws_and_says_how_to_go_on(monkeypatch):
    whole = export.export

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(export, "export", interrupted)
    done = run("--draws", "4", "-o", "-r")
    assert done.exit_code == 130
    assert "The 4 draws are kept in -r." in done.stderr
    monkeypatch.setattr(export, "export", whole)
    again = shlex.split(done.stderr.splitlines()[-1].removeprefix("Continue with: "))
    assert again == ["limen", "run", "mobilisation-2022", "--resume", "--out", "./-r"]
    assert run(*again[2:]).exit_code == 0
    with opened("-r") as data:
        assert data.sizes["draw"] == 4


def test_faults_are_json_where_json_was_asked_for(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_small("small", edits={"world/gates.csv": {"300": "many"}})
    for command in (["run", "small", "--json"], ["compare", "small", "--without", "x", "--json"]):
        done = CliRunner().invoke(limen, command)
        assert done.exit_code == 3, done.output
        found = json.loads(done.stdout)
        jsonschema.validate(found, schema_of("validate"))
        assert found["command"] == command[0]
        assert [(fault["file"], fault["line"]) for fault in found["faults"]] == [("small/world/gates.csv", 2)]


def test_a_scenario_without_any_trips_is_not_taken_for_one_in_which_nobody_travels(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    without = "".join(line for line in PARAMETERS.splitlines(keepends=True) if not line.startswith("trips a day"))
    write_small("small", {"evidence/parameters.csv": without})
    done = CliRunner().invoke(limen, ["run", "small"])
    assert done.exit_code == 3
    assert "small/evidence/parameters.csv:1:1: The scenario states no 'trips a day' for any way" in done.output
