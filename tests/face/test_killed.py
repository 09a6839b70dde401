"""A run of the real model that is killed in the middle, continued to the same bytes."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.model.small import small

from limen.face.cli import limen
from limen.results.store import opened

COMMAND = "import sys; from limen.face.cli import main; sys.exit(main(sys.argv[1:]))"
DRAWS = "100"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no such signal")


def bytes_of(folder):
    """All files but the one that says of which command they are."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "README.txt"
    }  # fmt: skip


def run(*words):
    return CliRunner().invoke(limen, ["run", "small", "--quiet", "--no-report", *words])


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory):
    """A folder with the scenario, and an unbroken run of it."""
    folder = tmp_path_factory.mktemp("unbroken")
    small(folder / "small")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert run("--draws", DRAWS, "-o", "r", "--workers", "1").exit_code == 0
    return folder


@pytest.fixture
def whole(unbroken, tmp_path, monkeypatch):
    """The bytes of the unbroken run; beside the scenario, where there is no run yet."""
    shutil.copytree(unbroken / "small", tmp_path / "small")
    monkeypatch.chdir(tmp_path)
    return bytes_of(unbroken / "r")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_run_that_is_killed_is_readable_and_continues_to_the_bytes_of_one_that_was_not(whole, workers):
    words = ["run", "small", "--quiet", "--no-report", "--draws", DRAWS, "-o", "r", "--workers", workers]
    with subprocess.Popen([sys.executable, "-c", COMMAND, *words]) as process:
        while not Path("r/draws.zarr/flows/4.0.0").exists() and process.poll() is None:
            time.sleep(0.01)
        process.kill()
    assert process.returncode == -signal.SIGKILL
    with opened("r") as data:
        assert 4 <= data.sizes["draw"] < int(DRAWS)
    done = run("--resume", "-o", "r")
    assert done.exit_code == 0, done.output
    assert bytes_of(Path("r")) == whole


def test_a_draw_that_was_cut_short_is_said_and_taken_again(unbroken, whole):
    shutil.copytree(unbroken / "r", "r")
    broken = Path("r/draws.zarr/flows/7.0.0")
    broken.write_bytes(broken.read_bytes()[:100])
    done = run("--resume", "-o", "r")
    assert done.exit_code == 0, done.output
    assert done.stderr == f"Of {DRAWS} draws in r, those from draw 7 on are taken again: it cannot be read whole.\n"
    assert bytes_of(Path("r")) == whole
