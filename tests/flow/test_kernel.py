"""The engine: whose bits hang on nothing but seed and draw, and whose equal policies differ by nothing at all."""

import hashlib
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from scipy import stats

from limen.flow.check import FaultyProgram
from limen.flow.kernel import Engine, Unsound, simulate
from limen.flow.program import Discipline

from .worlds import Sketch, copies, port, same, town


@pytest.fixture(scope="module")
def world():
    return copies(town, 12, 30)


@pytest.fixture(scope="module")
def engine(world):
    return Engine(world.program)


def test_threads_give_the_same_bytes_however_many(world, engine):
    task = partial(engine.simulate, world.rates, 7)
    alone = [task(draw) for draw in range(12)]
    for threads in (2, 4):
        with ThreadPoolExecutor(threads) as pool:
            assert all(map(same, alone, pool.map(task, range(12))))


def test_draws_and_seeds_differ(world, engine):
    found = {engine.simulate(world.rates, *key).meters.tobytes() for key in [(1, 0), (1, 1), (2, 0), (0, 1)]}
    assert len(found) == 4


def test_an_engine_can_be_sent(world, engine):
    sent = pickle.loads(pickle.dumps(engine))
    assert same(sent.simulate(world.rates, 7, 3), engine.simulate(world.rates, 7, 3))


def test_a_trace_can_be_sent(world, engine):
    trace = engine.simulate(world.rates, 7, 3)
    assert same(pickle.loads(pickle.dumps(trace)), trace)


def test_arrays_of_another_layout_give_the_same_bytes(world, engine):
    rates = replace(world.rates, rows=np.asfortranarray(world.rates.rows), initial=world.rates.initial.astype(np.int32))
    rates.rows.setflags(write=False)
    assert same(engine.simulate(rates, 7, 0), engine.simulate(world.rates, 7, 0))


def test_what_was_given_is_not_changed(world, engine):
    before = [getattr(world.rates, name).tobytes() for name in ("rows", "initial", "inflow", "capacity")]
    engine.simulate(world.rates, 7, 0)
    assert before == [getattr(world.rates, name).tobytes() for name in ("rows", "initial", "inflow", "capacity")]


def test_the_first_days_of_a_longer_run_are_the_shorter_run(world, engine):
    rates = world.rates
    half = replace(
        rates,
        **{name: getattr(rates, name)[:, :6] for name in ("rows", "capacity", "stretch_limit", "scale", "inflow")},
    )
    long, short = engine.simulate(rates, 7, 0), engine.simulate(half, 7, 0)
    assert (long.meters[:6] == short.meters).all()
    assert (long.waiting[:6] == short.waiting).all()
    assert (long.stocks[:6] == short.stocks).all()


def test_equal_policies_differ_by_nothing(world, engine):
    one = replace(world.rates, capacity=world.rates.capacity.copy())
    assert same(engine.simulate(one, 7, 5), engine.simulate(world.rates, 7, 5))


def test_a_change_behind_a_door_that_nobody_reaches_changes_no_byte(world, engine):
    """In every copy but the first, nobody is there; the first copy's door is as it was."""
    built, rates = world.built, world.rates
    apart = np.array([key[0] != 0 for key in built.cells[1:]])
    rates = replace(rates, initial=np.where([False, *apart], 0, rates.initial))
    shut = replace(rates, capacity=np.where([[key[0] != 0] for key in built.gates], 0.0, rates.capacity))
    assert (shut.capacity != rates.capacity).any()
    assert same(engine.simulate(rates, 7, 0), engine.simulate(shut, 7, 0))


def test_what_a_policy_does_in_one_place_moves_no_random_number_of_another(world, engine):
    shut = replace(
        world.rates, capacity=np.where([[key[0] == 3] for key in world.built.gates], 0.0, world.rates.capacity)
    )
    one, two = engine.simulate(world.rates, 7, 0), engine.simulate(shut, 7, 0)
    elsewhere = [i for i, key in enumerate(world.built.meters) if key[0] != 3]
    there = [i for i, key in enumerate(world.built.meters) if key[0] == 3]
    assert (one.meters[:, elsewhere] == two.meters[:, elsewhere]).all()
    assert (one.meters[:, there] != two.meters[:, there]).any()


def pair(parts):
    """Sixty people in so many equal groups before a gate that serves six a day, and a way round it."""
    sketch = Sketch(10)
    gate = sketch.gate("gate", 6.0)
    away = sketch.cell("away", stock="away")
    for g in range(parts):
        home = sketch.cell(("home", g), 60 // parts)
        line = sketch.cell(("line", g), gate=gate)
        leave = sketch.branch(home, 0.3)
        sketch.way(leave, line, 0.8)
        sketch.way(leave, away, 0.2, meters=["round"])
        sketch.way(sketch.branch(line, 1.0), away, meters=["through"])
    return sketch.world()


def test_splitting_a_group_into_equal_ones_leaves_the_law_as_it_is():
    found = []
    for parts in (1, 2):
        world = pair(parts)
        engine = Engine(world.program)
        traces = [engine.simulate(world.rates, parts, draw) for draw in range(4000)]
        found.append([(t.waiting[5, 0], t.meters[:, 0].sum(), t.stocks[-1, 0]) for t in traces])
    one, two = np.array(found[0]).T, np.array(found[1]).T
    for a, b in zip(one, two):
        values = np.unique(np.concatenate([a, b]))
        table = np.array([[np.sum(sample == value) for value in values] for sample in (a, b)])
        often = table.sum(axis=0) >= 20
        table = np.column_stack([table[:, often], table[:, ~often].sum(axis=1)])
        assert stats.chi2_contingency(table[:, table.sum(axis=0) > 0]).pvalue > 1e-3


def test_a_gate_of_fractions_and_of_no_end():
    sketch = Sketch(3)
    for name, capacity in (("none", 0.9), ("some", 2.7), ("all", np.inf)):
        cell = sketch.cell(name, 1000, gate=sketch.gate(("gate", name), capacity))
        sketch.way(sketch.branch(cell, 1.0), 0, meters=[name])
    world = sketch.world()
    assert simulate(world.program, world.rates, 1, 0).served.tolist() == [[0, 2, 1000], [0, 2, 0], [0, 2, 0]]


def test_a_capacity_stretches_with_those_who_wait_up_to_its_limit():
    sketch = Sketch(1)
    for people in (10, 100, 10_000):
        cell = sketch.cell(people, people, gate=sketch.gate(people, 5.0, stretch=0.1, limit=20.0))
        sketch.way(sketch.branch(cell, 1.0), 0, meters=[people])
    world = sketch.world()
    assert simulate(world.program, world.rates, 1, 0).served.tolist() == [[6, 15, 20]]


def test_a_line_by_rank_serves_the_first_rank_first_and_a_lottery_everybody_alike():
    sketch = Sketch(1)
    office, boat = sketch.gate("office", 50.0, Discipline.PRIORITY), sketch.gate("boat", 500_000.0, Discipline.LOTTERY)
    for name, people, gate, rank in (
        ("b", 40, office, 2),
        ("a", 30, office, 1),
        ("x", 10**6, boat, 0),
        ("y", 10**6, boat, 0),
    ):
        sketch.way(sketch.branch(sketch.cell(name, people, gate=gate, priority=rank), 1.0), 0, meters=[name])
    world = sketch.world()
    counted = dict(zip(world.built.meters, simulate(world.program, world.rates, 1, 0).meters[0].tolist()))
    assert (counted["a"], counted["b"]) == (30, 20)
    assert counted["x"] + counted["y"] == 500_000
    assert abs(counted["x"] - 250_000) < 5 * 306  # its standard deviation


def test_who_moves_is_there_after_the_lag_and_on_the_way_until_the_evening_before():
    sketch = Sketch(5)
    here, there = sketch.cell("here", 7, stock="here"), sketch.cell("there", stock="there")
    sketch.way(sketch.branch(here, 1.0), there, lag=3, transit_stock="way")
    world = sketch.world()
    trace = simulate(world.program, world.rates, 1, 0)
    assert world.built.stocks == ["here", "there", "way"]
    assert trace.stocks.tolist() == [[0, 0, 7], [0, 0, 7], [0, 7, 0], [0, 7, 0], [0, 7, 0]]


def test_nobody_and_a_billion_can_be_simulated(world, engine):
    nobody = replace(world.rates, initial=np.zeros_like(world.rates.initial))
    assert engine.simulate(nobody, 1, 0).meters.sum() == 0
    many = engine.simulate(replace(world.rates, initial=world.rates.initial * 10**9), 1, 0)
    assert many.final.sum() == world.rates.initial.sum() * 10**9


def test_a_wrong_sum_is_never_a_result(world, engine, monkeypatch):
    import limen.flow.days

    for fault, words in enumerate(("lost or found", "fewer people than none", "than it may"), 1):
        monkeypatch.setattr(limen.flow.days, "simulate_days", lambda *_, fault=fault: (fault, 4))
        with pytest.raises(Unsound, match=f"day 4: .*{words}.*seed 7, draw 0"):
            engine.simulate(world.rates, 7, 0)


@pytest.mark.parametrize("key", [(-1, 0), (0, -1), (2**32, 0), (0, 2**32)])
def test_a_seed_that_does_not_fit_is_refused(world, engine, key):
    with pytest.raises(ValueError, match="from 0 to 4,294,967,295"):
        engine.simulate(world.rates, *key)


def test_an_engine_refuses_a_faulty_program(world):
    with pytest.raises(FaultyProgram, match="leads to no cell"):
        Engine(replace(world.program, target=world.program.target + 10**6))


SCRIPT = """
import hashlib, sys
sys.path.insert(0, {folder!r})
from tests.flow.worlds import copies, port
from limen.flow.kernel import simulate
world = copies(port, 3, 4)
trace = simulate(world.program, world.rates, 11, 3)
print(hashlib.sha256(trace.meters.tobytes() + trace.final.tobytes()).hexdigest())
"""


def test_the_engine_runs_without_being_compiled_and_gives_the_same_bytes(request):
    world = copies(port, 3, 4)
    trace = simulate(world.program, world.rates, 11, 3)
    expected = hashlib.sha256(trace.meters.tobytes() + trace.final.tobytes()).hexdigest()
    command = [sys.executable, "-W", "error", "-c", SCRIPT.format(folder=str(request.config.rootpath))]
    done = subprocess.run(
        command, env=os.environ | {"NUMBA_DISABLE_JIT": "1"}, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == expected, done.stderr


def test_numba_is_not_imported_with_the_package():
    modules = ", ".join(f"limen.flow.{name}" for name in ("program", "build", "check", "kernel", "draws", "reference"))
    script = f"import sys, {modules}; print('numba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
