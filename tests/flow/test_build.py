"""Writing a program down in any order, and what the checks say of a faulty one."""

import time
from dataclasses import fields, replace

import numpy as np
import pytest

from limen.flow.build import Builder
from limen.flow.check import FaultyProgram, check_program, check_rates
from limen.flow.kernel import simulate
from limen.flow.order import ORDER_OF_THE_DAY, order_of_the_day
from limen.flow.program import Discipline, Program, Response
from limen.flow.remarks import remarks

from .worlds import Sketch, copies, port, same, town


@pytest.fixture(scope="module")
def world():
    return copies(port, 3, 2)


def test_branches_and_transitions_may_be_written_in_any_order():
    builder = Builder()
    one, two = builder.cell("one"), builder.cell("two")
    late, early = builder.branch(two), builder.branch(one)
    third, first = builder.transition(late, one, fallback=True), builder.transition(early, two, lag=5)
    second = builder.transition(early, one, fallback=True)
    built = builder.build()
    assert built.branch_at.tolist() == [1, 0]
    assert built.transition_at.tolist() == [2, 0, 1]
    assert built.program.lag[built.transition_at[first]] == 5
    assert built.program.fallback.tolist() == [built.transition_at[second], built.transition_at[third]]
    assert built.by_branch([10.0, 20.0]).tolist() == [20.0, 10.0]
    assert built.by_transition([1.0, 2.0, 3.0]).tolist() == [2.0, 3.0, 1.0]


def test_many_written_at_once_are_the_same_as_one_after_the_other():
    chance = np.random.default_rng(4)
    of, target = chance.integers(0, 30, 200), chance.integers(1, 10, 200)
    lag, row, signal = chance.integers(1, 5, 200), chance.integers(0, 3, 200), chance.integers(-1, 1, 200)
    meters = [("a",), (), ("b", "a")]
    which = chance.integers(0, 3, 200)

    def begun():
        builder = Builder()
        cells = [builder.cell(number, stock="all") for number in range(10)]
        rows = [0, builder.row("x"), builder.row("y")]
        builder.signal("line", cells[:3])
        assert [builder.meter(name) for name in "ab"] == [0, 1]
        return builder, [cells[number % 7] for number in range(30)], rows

    one, cells, rows = begun()
    branches = [one.branch(cell, rows=[rows[1], rows[2]]) for cell in cells]
    for i in range(200):
        one.transition(
            branches[of[i]], target[i], lag=lag[i], rows=[rows[row[i]]], signal=None if signal[i] < 0 else 0,
            response=Response.EXCESS if signal[i] == 0 else Response.NONE, meters=meters[which[i]], transit_stock="way",
        )  # fmt: skip
    last = [one.transition(branch, 1, fallback=True) for branch in branches]

    many, cells, rows = begun()
    branches = many.branches(cells, rows[1], rows[2])
    written = many.transitions(
        branches[of], target, lag=lag, row=np.array(rows)[row], signal=signal, transit_stock=many.stock("way"),
        response=np.where(signal == 0, Response.EXCESS, Response.NONE),
        meters=np.array([many.counted(some) for some in meters])[which],
    )  # fmt: skip
    assert written.tolist() == list(range(200))
    assert many.transitions(branches, 1, fallback=True).tolist() == last

    first, second = one.build(), many.build()
    for field in fields(Program):
        assert np.array_equal(getattr(first.program, field.name), getattr(second.program, field.name)), field.name
    assert (first.transition_at == second.transition_at).all()


def test_none_at_once_and_two_fallbacks_of_one_branch_at_once():
    builder = Builder()
    assert builder.transitions(builder.branches([]), [], row=[]).tolist() == []
    branches = builder.branches([builder.cell("c")] * 2)
    with pytest.raises(ValueError, match="branch 1 has two fallbacks"):
        builder.transitions([0, 1, 1], 1, fallback=True)
    assert branches.tolist() == [0, 1]


def test_a_key_has_one_number():
    builder = Builder()
    assert builder.row("a") == builder.row("a") == 1
    assert builder.meter(("x", 1)) == builder.meter(("x", 1)) == 0
    assert builder.stock("s") == builder.stock("s") == 0
    builder.cell("c")
    with pytest.raises(ValueError, match="two cells named 'c'"):
        builder.cell("c")


def test_two_fallbacks_and_three_rows_are_refused():
    builder = Builder()
    branch = builder.branch(builder.cell("c"))
    builder.transition(branch, 1, fallback=True)
    with pytest.raises(ValueError, match="two fallbacks"):
        builder.transition(branch, 1, fallback=True)
    with pytest.raises(ValueError, match="at most two rows"):
        builder.transition(branch, 1, rows=[0, 0, 0])


def test_a_hundred_thousand_transitions_are_built_in_seconds():
    start = time.process_time()
    builder = Builder()
    cells = [builder.cell(i, stock=i % 100) for i in range(25_000)]
    for i in range(25_000):
        branch = builder.branch(cells[i], rows=[builder.row(i % 50)])
        for k in range(4):
            builder.transition(branch, cells[(i + k) % 25_000], meters=[(k, i % 300), "all"])
    assert len(builder.build().program.target) == 100_000
    assert time.process_time() - start < 5


def test_a_day_can_be_shown(world):
    shown = order_of_the_day(world.program)
    assert [line.split(" (")[0] for line in shown.splitlines()] == [
        f"{i}. {name}" for i, (name, _) in enumerate(ORDER_OF_THE_DAY, 1)
    ]
    assert "4 gates" in shown


def at(array, index, value):
    changed = array.copy()
    changed[index] = value
    return changed


@pytest.mark.parametrize(
    ("name", "index", "value", "message"),
    [
        ("target", 0, 99, "transition 0 from cell 1 leads to no cell"),
        ("lag", 2, 0, "a lag is at least 1 day"),
        ("signal", 0, 9, "reads a signal that does not exist"),
        ("response", 0, 7, "has an unknown response"),
        ("response", 0, 1, "responds, but reads no signal"),
        ("transit_stock", 0, 0, "has a stock that does not exist"),
        ("target", 0, 0, None),  # it is counted
        ("fallback", 0, 5, "falls back on a transition that is not its own"),
        ("gate", 1, 9, "cell 1 waits at a gate that does not exist"),
        ("stock", 1, 9, "cell 1 counts in a stock that does not exist"),
        ("priority", 5, 1, "cell 5 has a priority, but no gate that asks for it"),
        ("discipline", 0, 9, "gate 0 has an unknown discipline"),
        ("signal_cell", 0, 0, "names no cell, or OUTSIDE"),
        ("meter", 0, 99, "names no meter"),
        ("inflow_cell", 0, 0, "adds to no cell, or to OUTSIDE"),
        ("gate", 0, 0, "OUTSIDE has branches, a gate or a stock"),
        ("hazard_rows", (0, 0), -1, "branch 0 of cell 1 reads a row below 0"),
        ("weight_rows", (0, 0), -1, "transition 0 from cell 1 reads a row below 0"),
        ("meter_start", 1, 0, None),
        ("branch_start", 1, 1, "OUTSIDE has branches"),
        ("branch_start", -1, 99, "branch_start is not a list of where each of 13 cells begins"),
    ],
)
def test_a_faulty_program_is_named(world, name, index, value, message):
    program = replace(world.program, **{name: at(getattr(world.program, name), index, value)})
    if message is None:
        check_program(program)
    else:
        with pytest.raises(FaultyProgram, match=message):
            check_program(program)


def test_all_faults_are_named_at_once(world):
    program = replace(world.program, lag=world.program.lag * 0, target=at(world.program.target, 0, -3))
    with pytest.raises(FaultyProgram) as caught:
        check_program(program, world.built.cells)
    assert len(caught.value.faults) == 7
    assert "transition 0 from (0, 'first') leads to no cell" in caught.value.faults
    assert "... and" in caught.value.faults[-1]


def test_people_are_lost_to_outside_only_where_a_meter_counts_them():
    sketch = Sketch(1)
    sketch.way(sketch.branch(sketch.cell("home"), 0.5), 0)
    with pytest.raises(FaultyProgram, match="transition 0 from home loses people to OUTSIDE and no meter counts them"):
        sketch.world()


@pytest.mark.parametrize(
    ("name", "index", "value", "message"),
    [
        ("hazard", 0, -0.1, r"hazard\[0\] is -0.1; it must be a number from 0 that is finite"),
        ("weight", 3, np.nan, r"weight\[3\] is nan"),
        ("weight", 3, np.inf, r"weight\[3\] is inf"),
        ("rows", (0, 1), 2.0, "row 0 is not all ones"),
        ("capacity", (1, 2), np.nan, r"capacity\[1, 2\] is nan"),
        ("capacity", (1, 2), np.inf, None),
        ("stretch", 0, np.inf, r"stretch\[0\] is inf"),
        ("scale", (0, 0), 0.0, "people are divided by it"),
        ("scale", (0, 0), 1e-310, "people are divided by it"),
        ("hazard", 0, 1e200, r"hazard\[0\] is 1e\+200; it must be at most 1e\+150 on every day, times its rows"),
        ("weight", 3, 1e308, r"weight\[3\] is 1e\+308; it must be at most 1e\+150"),
        ("sensitivity", 2, 1.0, "below 1 for a ramp"),
        ("initial", 0, 5, "there are people in OUTSIDE"),
        ("initial", 1, -5, r"initial\[1\] is -5"),
        ("initial", 1, 2**62, "more than can be counted"),
        ("inflow", (0, 0), -1, r"inflow\[0, 0\] is -1"),
    ],
)
def test_faulty_rates_are_named(world, name, index, value, message):
    rates = replace(world.rates, **{name: at(getattr(world.rates, name), index, value)})
    if message is None:
        check_rates(world.program, rates)
    else:
        with pytest.raises(FaultyProgram, match=message):
            check_rates(world.program, rates)


@pytest.mark.parametrize("at_branch", [True, False])
def test_finite_numbers_whose_product_is_not_are_named(at_branch):
    """A sampler that is given an infinite sum of weights would look for a number of people for ever."""
    sketch = Sketch(2)
    home, away = sketch.cell("home", 1000), sketch.cell("away")
    row = sketch.row("large", [1.0, 1e200])
    branch = sketch.branch(home, 0.5, rows=[row, row] if at_branch else [])
    for _ in range(2):
        sketch.way(branch, away, 1.0 if at_branch else 1e200, rows=[row])
    world = sketch.world()
    name = "hazard" if at_branch else "weight"
    with pytest.raises(FaultyProgram, match=rf"{name}\[0\] is (inf|1e\+400)"):
        simulate(world.program, world.rates, 1, 0)


def test_shapes_and_kinds_are_checked_first(world):
    program, rates = world.program, world.rates
    for changed, message in [
        (replace(program, lag=program.lag[:-1]), "lag has the shape"),
        (replace(program, lag=program.lag.astype(float)), "lag holds float64, not whole numbers"),
        (replace(program, transition_start=program.transition_start[::-1]), "transition_start is not a list"),
    ]:
        with pytest.raises(FaultyProgram, match=message):
            check_program(changed)
    for changed, message in [
        (replace(rates, hazard=rates.hazard[:-1]), "hazard has the shape"),
        (replace(rates, initial=rates.initial * 1.0), "initial holds float64: people are whole numbers"),
        (replace(rates, rows=rates.rows[:1]), "reads row 1, but there are only 1 rows"),
        (replace(rates, capacity=rates.capacity[:, :1]), "capacity has the shape"),
        (replace(rates, rows=rates.rows[0]), "rows has the shape"),
    ]:
        with pytest.raises(FaultyProgram, match=message):
            check_rates(program, changed)


def test_what_is_odd_but_has_a_meaning_is_remarked(world):
    rates = replace(world.rates, capacity=world.rates.capacity * 0.5, stretch=world.rates.stretch * 0)
    found = "\n".join(remarks(world.program, rates, world.built.cells))
    assert "gate 0 never admits anybody: all wait" in found
    assert "cell 1 (0, 'first'): those admitted leave with a chance of 0.6; the rest waits anew" in found
    assert "cell 5 (0, 'shore'): the hazards sum to 1.5 and are scaled down to 1" in found


def test_a_cell_that_nobody_can_reach_is_remarked():
    sketch = Sketch(1)
    home, _ = sketch.cell("home", 5), sketch.cell("nowhere")
    sketch.way(sketch.branch(home, 0.5), sketch.cell("away"))
    world = sketch.world()
    assert remarks(world.program, world.rates, world.built.cells) == ["cell 2 nowhere: nobody can ever be there"]


def test_a_gate_nobody_can_pass_lets_all_wait():
    sketch = Sketch(3)
    line = sketch.cell("line", 5, gate=sketch.gate("gate", 0.0, Discipline.LOTTERY))
    sketch.way(sketch.branch(line, 1.0), line)
    world = sketch.world()
    trace = simulate(world.program, world.rates, 1, 0)
    assert trace.waiting.tolist() == [[5], [5], [5]]
    assert trace.served.sum() == 0


def test_the_order_of_writing_changes_no_byte_of_a_world_without_it():
    one, two = (copies(town, 4, 3) for _ in range(2))
    assert same(simulate(one.program, one.rates, 1, 0), simulate(two.program, two.rates, 1, 0))
