"""Many draws: in order, the same whoever does them, and not lost when somebody presses Ctrl-C."""

import multiprocessing
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial

import pytest

from limen.flow.draws import in_order
from limen.flow.kernel import Engine

from .worlds import copies, same, town


@pytest.fixture(scope="module")
def task():
    world = copies(town, 6, 5)
    return partial(Engine(world.program).simulate, world.rates, 7)


@pytest.fixture(scope="module")
def alone(task):
    return [task(draw) for draw in range(23)]


@pytest.mark.parametrize("workers", [1, 2, 4])
@pytest.mark.parametrize("batch", [None, 1, 5, 100])
def test_neither_workers_nor_batches_change_a_byte(task, alone, workers, batch):
    found = list(in_order(task, range(23), workers=workers, batch=batch))
    assert [draw for draw, _ in found] == list(range(23))
    assert all(map(same, alone, (trace for _, trace in found)))


def test_an_executor_of_the_callers_is_used_and_left_open(task, alone):
    with ThreadPoolExecutor(2) as pool:
        for _ in range(2):
            assert all(map(same, alone, (trace for _, trace in in_order(task, range(23), executor=pool, batch=4))))


def test_processes_give_the_same_bytes(task, alone):
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        found = list(in_order(task, range(23), executor=pool, workers=2))
    assert all(map(same, alone, (trace for _, trace in found)))


def test_a_run_that_goes_on_later_or_in_another_order_gives_the_same_bytes(task, alone):
    later = dict(in_order(task, [*range(22, 9, -1)]))
    first = dict(in_order(task, range(10)))
    assert all(same(alone[draw], (first | later)[draw]) for draw in range(23))


def test_results_come_in_order_and_progress_as_it_is_made():
    released = threading.Event()
    told = []

    def task(draw):
        if draw == 0:
            assert released.wait(10)
        return draw * 10

    def finished(draw):
        told.append(draw)
        if len(told) == 3:
            released.set()

    assert list(in_order(task, range(5), workers=2, finished=finished)) == [(i, i * 10) for i in range(5)]
    assert sorted(told) == [0, 1, 2, 3, 4]
    assert told[0] == 1


def test_no_more_is_begun_than_can_soon_be_delivered():
    begun = []
    stream = in_order(begun.append, range(1000), workers=1)
    next(stream)
    time.sleep(0.05)
    assert len(begun) < 20
    stream.close()
    assert len(begun) < 20


def test_ctrl_c_begins_nothing_new_and_loses_nothing_that_is_finished():
    begun, found, held = [], [], threading.Event()

    def task(draw):
        begun.append(draw)
        if draw == 1:
            held.wait(10)
        return draw

    def finished(draw):
        if draw == 3:
            held.set()
            raise KeyboardInterrupt

    def run():
        for draw, _ in in_order(task, range(1000), workers=2, finished=finished):
            found.append(draw)

    with pytest.raises(KeyboardInterrupt):
        run()
    assert found == sorted(found)
    assert set(found) == set(begun)
    assert {0, 1, 2, 3} <= set(found)
    assert len(found) < 20


def test_a_run_can_be_stopped():
    stop = threading.Event()

    def finished(draw):
        if draw == 4:
            stop.set()

    found = [draw for draw, _ in in_order(lambda draw: draw, range(1000), workers=1, finished=finished, stop=stop)]
    assert found[:5] == [0, 1, 2, 3, 4]
    assert len(found) < 20


def test_an_error_names_its_draw_and_comes_after_the_draws_before():
    def task(draw):
        if draw == 6:
            raise ZeroDivisionError("nothing to share")
        return draw

    found = []

    def run():
        for draw, _ in in_order(task, range(100), workers=2):
            found.append(draw)

    with pytest.raises(ZeroDivisionError, match="nothing to share") as caught:
        run()
    assert caught.value.__notes__ == ["in draw 6"]
    assert found == [0, 1, 2, 3, 4, 5]


def test_no_draws_give_no_results():
    assert list(in_order(lambda draw: draw, [])) == []


def test_a_batch_has_a_draw():
    with pytest.raises(ValueError, match="at least one draw"):
        next(in_order(lambda draw: draw, range(3), batch=0))
