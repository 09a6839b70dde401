"""The same seed gives the same bits, whatever the threads, the order of draws and the process."""

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest

from limen.flow.draws import in_order
from limen.model.run import model_of
from limen.scenario.read import read_scenario

from .small import small

SEED, DRAWS = 5, 8
NAMES = ("meters", "stocks", "waiting", "served", "final")
IN_A_PROCESS = """
import sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from tests.model.test_determinism import digest_of
print(digest_of(Path(sys.argv[1])))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("model") / "small"
    small(folder)
    return folder


def digest_of(folder):
    """Of the program, the numbers of a draw, and the draw."""
    model = model_of(read_scenario(folder))
    compiled = model.compiled
    rates, trace = compiled.rates(compiled.values(SEED, 1), (SEED, 1)), model.simulate(SEED, 1)
    found = hashlib.sha256(repr((compiled.labels, compiled.built.cells, compiled.built.rows)).encode())
    for part in (compiled.program, rates, trace):
        for name in part.__slots__:
            found.update(np.asarray(getattr(part, name)).tobytes())
    return found.hexdigest()


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_a_new_model_on_several_threads_at_once_gives_the_bytes_of_one_draw_after_another(folder, threads):
    """What a model keeps between draws is made by the first that asks: here, by several at the same time."""
    scenario = read_scenario(folder)
    alone = [model_of(scenario).simulate(SEED, draw) for draw in range(DRAWS)]
    model, together = model_of(scenario), Barrier(threads)

    def task(draw):
        if draw < threads:
            together.wait(timeout=60)
        return model.simulate(SEED, draw)

    with ThreadPoolExecutor(threads) as pool:
        found = list(pool.map(task, range(DRAWS)))
    for one, other in zip(alone, found, strict=True):
        assert all((getattr(one, name) == getattr(other, name)).all() for name in NAMES)


def same(one, other):
    return all(getattr(one, name).tobytes() == getattr(other, name).tobytes() for name in NAMES)


@pytest.fixture(scope="module")
def alone(folder):
    """The draws, one after another."""
    model = model_of(read_scenario(folder))
    return [model.simulate(SEED, draw) for draw in range(DRAWS)]


@pytest.mark.parametrize("workers", [1, 2, 4])
@pytest.mark.parametrize("batch", [1, 3, 100])
def test_neither_threads_nor_batches_change_a_byte(folder, alone, workers, batch):
    task = partial(model_of(read_scenario(folder)).simulate, SEED)
    found = list(in_order(task, range(DRAWS), workers=workers, batch=batch))
    assert [draw for draw, _ in found] == list(range(DRAWS))
    assert all(map(same, alone, (trace for _, trace in found)))


@pytest.mark.parametrize("batch", [1, 3])
def test_processes_change_no_byte(folder, alone, batch):
    """A model goes to other processes as it is, and counts the same there."""
    task = partial(model_of(read_scenario(folder)).simulate, SEED)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        found = list(in_order(task, range(DRAWS), executor=pool, workers=2, batch=batch))
    assert [draw for draw, _ in found] == list(range(DRAWS))
    assert all(map(same, alone, (trace for _, trace in found)))


def test_the_order_of_draws_changes_no_byte(folder):
    scenario = read_scenario(folder)
    one, other = model_of(scenario), model_of(scenario)
    forth = {draw: one.simulate(SEED, draw) for draw in range(DRAWS)}
    back = {draw: other.simulate(SEED, draw) for draw in reversed(range(DRAWS))}
    for draw, trace in forth.items():
        assert all((getattr(trace, name) == getattr(back[draw], name)).all() for name in NAMES)


def test_another_process_that_sorts_its_sets_otherwise_gives_the_same_bytes(folder):
    root = str(Path(__file__).parents[2])
    found = {
        subprocess.run(
            [sys.executable, "-c", IN_A_PROCESS, str(folder), root],
            env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }  # fmt: skip
    assert found == {digest_of(folder)}
