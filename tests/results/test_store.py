"""The folder of a run: what was stopped can be read, and continued to the same bytes."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
import zarr
from tests.results.fake import Fake

from limen.results.ensemble import about, dataset, labels_of
from limen.results.running import fill
from limen.results.store import NoResult, NotEmpty, OtherRun, create, opened, read_run, resume, write

unix = pytest.mark.skipif(os.name == "nt", reason="there is no such signal")


def run_of(draws=4, seed=7, **changes):
    return replace(about("sketch", "A sketch", seed, draws, "limen run sketch", {"a/b": "1", "a/c": "2"}), **changes)


def quietly(_):
    """Is told how many draws there are."""


def bytes_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def made(folder, draws=4, workers=1):
    model = Fake()
    fill(create(folder, model.labels, run_of(draws)), model, workers, quietly)
    return folder


def test_what_is_read_is_what_was_simulated(tmp_path):
    model = Fake()
    with opened(made(tmp_path / "r")) as data:
        expected = dataset(model.labels, {draw: model.simulate(7, draw) for draw in range(4)}, run_of())
        xr.testing.assert_identical(data.load(), expected)
        assert all(variable.dtype == np.int64 for variable in data.data_vars.values())
        assert labels_of(data) == model.labels


def test_anybody_can_open_the_draws_with_xarray_alone(tmp_path):
    with xr.open_zarr(made(tmp_path / "r") / "draws.zarr", chunks=None) as data:
        assert dict(data.sizes)["draw"] == 4
        assert data.attrs["seed"] == 7


def test_the_number_of_threads_changes_no_byte(tmp_path):
    assert bytes_of(made(tmp_path / "one", workers=1)) == bytes_of(made(tmp_path / "three", workers=3))


def test_a_run_that_was_stopped_is_readable_and_continues_to_the_same_bytes(tmp_path):
    model = Fake(stops_at=2)
    with pytest.raises(KeyboardInterrupt):
        fill(create(tmp_path / "r", model.labels, run_of()), model, 1, quietly)
    assert read_run(tmp_path / "r")["draws_done"] == 2
    with opened(tmp_path / "r") as data:
        assert data["draw"].values.tolist() == [0, 1]
    fill(resume(tmp_path / "r", model.labels, run_of()), Fake(), 2, quietly)
    assert bytes_of(tmp_path / "r") == bytes_of(made(tmp_path / "whole"))


KILLED = """
import os, signal, sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from tests.results.fake import Fake
from tests.results.test_store import run_of
from limen.results import store, draws
from limen.results.running import fill
where, at = sys.argv[3], int(sys.argv[4])

def dies(function, name):  # instead of saying that more than so many are kept
    def instead(*arguments):
        if name == where and arguments[-1] > at:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments)
    return instead

draws.Draws.keep = dies(draws.Draws.keep, "before the index")
store.write_run = dies(store.write_run, "after the index")
started = store.create(Path(sys.argv[1]), Fake().labels, run_of(500))
fill(started, Fake(), 2, lambda done: print(done, flush=True))
"""


def killed(folder, where="from outside", at=3):
    """A run in a process of its own, which is killed while it writes."""
    command = [sys.executable, "-c", KILLED, str(folder), str(Path(__file__).parents[2]), where, str(at)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        if where == "from outside":
            while int(process.stdout.readline()) < at:
                time.sleep(0)
            process.send_signal(signal.SIGKILL)
        process.communicate()
    assert process.returncode == -signal.SIGKILL


@unix
@pytest.mark.parametrize(
    ("where", "at"),
    [
        ("from outside", 1),
        ("from outside", 5),
        ("before the index", -1),
        ("before the index", 2),
        ("after the index", 1),
    ],
)
def test_whoever_opens_the_draws_of_a_killed_run_finds_whole_draws_and_how_many(tmp_path, where, at):
    """As xarray and zarr open them by themselves, knowing nothing of Limen."""
    killed(tmp_path / "r", where, at)
    path = tmp_path / "r" / "draws.zarr"
    if at < 0:
        assert not (path / ".zmetadata").exists()
        with pytest.raises(NoResult, match="stopped before the first"):
            opened(tmp_path / "r")
        return
    with xr.open_zarr(path, chunks=None) as data:
        done = data.sizes["draw"]
        assert at <= done < 500
        assert data["draw"].values.tolist() == list(range(done))
        for draw in {0, done - 1} & set(range(done)):
            expected = Fake().simulate(7, draw)
            assert (data["flows"].values[draw] == expected.meters).all()
            assert (data["served"].values[draw] == expected.served).all()
    group = zarr.open_group(path, mode="r")
    assert {group[name].shape[0] for name in ("draw", "flows", "stocks", "waiting", "served")} == {done}
    assert read_run(tmp_path / "r")["draws_done"] == done - (where == "after the index")
    if where == "before the index":
        assert done == at
        assert zarr.open_array(path / "flows", mode="r").shape[0] == at + 1, "it was killed with a draw half kept"


@unix
@pytest.mark.parametrize(
    ("where", "at"), [("from outside", 3), ("before the index", -1), ("before the index", 2), ("after the index", 1)]
)
def test_a_run_that_was_killed_is_readable_and_continues_to_the_same_bytes(tmp_path, where, at):
    folder, model = tmp_path / "r", Fake()
    killed(folder, where, at)
    done = 0
    if at >= 0:
        with opened(folder) as data:
            done = data.sizes["draw"]
            assert at <= done < 500
            assert (data["flows"].values[done - 1] == model.simulate(7, done - 1).meters).all()
    fill(resume(folder, model.labels, run_of(done + 3)), model, 1, quietly)
    assert bytes_of(folder) == bytes_of(made(tmp_path / "whole", done + 3))


def test_draws_are_counted_as_they_are_kept(tmp_path):
    store, model = create(tmp_path / "r", Fake().labels, run_of(3)), Fake()
    for draw in range(3):
        store.append([model.simulate(7, draw)])
        assert read_run(tmp_path / "r")["draws_done"] == draw + 1
        with xr.open_zarr(tmp_path / "r" / "draws.zarr", chunks=None) as data:
            assert data.sizes["draw"] == draw + 1


def test_a_draw_that_was_half_written_is_not_read_and_leaves_no_trace(tmp_path):
    model = Fake()
    store = create(tmp_path / "r", model.labels, run_of(3))
    store.append([model.simulate(7, 0)])
    broken = replace(model.simulate(7, 1), served=np.zeros((1, 1), dtype=np.int64))
    with pytest.raises(ValueError, match="served"):
        store.append([broken])
    with opened(tmp_path / "r") as data:
        assert data["draw"].values.tolist() == [0]
        assert data["flows"].shape[0] == 1
        assert (data["flows"].values[0] == model.simulate(7, 0).meters).all()
    fill(resume(tmp_path / "r", model.labels, run_of(3)), model, 1, quietly)
    assert bytes_of(tmp_path / "r") == bytes_of(made(tmp_path / "whole", 3))


def test_more_draws_can_be_added_to_a_finished_run(tmp_path):
    made(tmp_path / "r", 2)
    fill(resume(tmp_path / "r", Fake().labels, run_of(5)), Fake(), 1, quietly)
    assert bytes_of(tmp_path / "r") == bytes_of(made(tmp_path / "whole", 5))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"seed": 8}, "seed: 7 there, 8 now"),
        ({"hashes": {"b": "1", "c": "3"}}, r"files \(c is another\)"),
        ({"hashes": {"b": "1", "d": "3"}}, r"files \(c is gone, d is new\)"),
        ({"limen": "0.0.1"}, "version of Limen"),
        ({"numpy": "1.0"}, "numpy"),
        ({"until": "2022-09-30"}, "until"),
        ({"draws": 3}, "already has 4 draws"),
    ],
)
def test_another_run_cannot_continue_it(tmp_path, changes, said):
    before = bytes_of(made(tmp_path / "r"))
    with pytest.raises(OtherRun, match=said):
        resume(tmp_path / "r", Fake().labels, run_of(**changes))
    assert bytes_of(tmp_path / "r") == before


def test_where_a_scenario_lies_and_how_it_was_named_does_not_make_it_another(tmp_path):
    made(tmp_path / "r")
    elsewhere = about("../sketch", "A sketch", 7, 4, "limen run ../sketch", {"x/y/b": "1", "x/y/c": "2"})
    assert resume(tmp_path / "r", Fake().labels, elsewhere).done == 4


def test_a_folder_with_something_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(NotEmpty, match="not empty"):
        create(tmp_path, Fake().labels, run_of())
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_new_run_replaces_an_older_result_and_nothing_that_lies_beside_it(tmp_path):
    made(tmp_path / "r")
    (tmp_path / "r" / "notes.txt").write_text("mine")
    (tmp_path / "r" / "report.html").write_text("old")
    create(tmp_path / "r", Fake().labels, run_of(seed=8)).close()
    assert (tmp_path / "r" / "notes.txt").read_text() == "mine"
    assert not (tmp_path / "r" / "report.html").exists()
    with opened(tmp_path / "r") as data:
        assert data.sizes["draw"] == 0


@pytest.mark.parametrize("content", [None, "{", "[]", '{"format": 99}'])
def test_what_is_no_result_is_said_to_be_none(tmp_path, content):
    if content is not None:
        (tmp_path / "limen-run.json").write_text(content)
    with pytest.raises(NoResult):
        opened(tmp_path)


def test_draws_that_are_gone_are_said_to_be_gone(tmp_path):
    (made(tmp_path / "r") / "draws.zarr" / "flows" / ".zarray").unlink()
    with pytest.raises(NoResult, match="cannot be read"):
        opened(tmp_path / "r")


def test_what_a_run_is_stands_in_a_file_that_anything_can_read(tmp_path):
    found = json.loads((made(tmp_path / "r") / "limen-run.json").read_text())
    assert found["hashes"] == {"b": "1", "c": "2"}
    assert (found["draws"], found["draws_done"], found["seed"], found["format"]) == (4, 4, 7, 1)
    assert found["command"] == "limen run sketch"


def test_a_file_is_written_as_a_whole_or_not_at_all(tmp_path, monkeypatch):
    (tmp_path / "a").write_text("old")

    def full(*_):
        raise OSError("full")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="full"):
        write(tmp_path / "a", "new")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a", "old")]


def test_a_folder_is_named_by_a_text_too(tmp_path):
    with opened(str(made(tmp_path / "r"))) as data:
        assert data.sizes["draw"] == 4
    assert read_run(str(tmp_path / "r"))["seed"] == 7


def test_a_folder_in_place_of_a_file_is_said_and_left_alone(tmp_path):
    folder = made(tmp_path / "r")
    (folder / "gates.csv").mkdir()
    (folder / "gates.csv" / "mine.txt").write_text("mine")
    with pytest.raises(NotEmpty, match=r"gates\.csv is a folder"):
        create(folder, Fake().labels, run_of())
    with pytest.raises(IsADirectoryError) as raised:
        write(folder / "gates.csv", "x")
    assert raised.value.filename == str(folder / "gates.csv")
    assert (folder / "gates.csv" / "mine.txt").read_text() == "mine"


def test_what_goes_wrong_with_a_file_is_told_of_the_file_itself(tmp_path, monkeypatch):
    def full(self, _):
        raise OSError(errno.ENOSPC, "No space left on device", str(self))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left") as raised:
        write(tmp_path / "states.csv", "x")
    assert raised.value.filename == str(tmp_path / "states.csv")
    assert list(tmp_path.iterdir()) == []
