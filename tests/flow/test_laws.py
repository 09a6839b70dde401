"""What holds of every program: nobody is lost, nobody is counted twice, nobody is served out of turn."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from limen.flow import reference
from limen.flow.kernel import simulate
from limen.flow.program import Discipline

from .programs import entered, worlds
from .worlds import same

often = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
seeds = st.integers(0, 2**32 - 1)


def origin(program):
    branch_of = np.repeat(np.arange(len(program.fallback)), np.diff(program.transition_start))
    return np.repeat(np.arange(program.cells), np.diff(program.branch_start))[branch_of]


@often
@given(worlds(), seeds, seeds)
def test_nobody_is_lost_or_found(world, seed, draw):
    trace = simulate(world.program, world.rates, seed, draw)
    assert trace.final.sum() == world.rates.initial.sum()
    assert (trace.final[1:] >= 0).all()
    assert trace.final.dtype == np.int64


@often
@given(worlds(), seeds)
def test_every_meter_has_its_double_entry(world, seed):
    trace = simulate(world.program, world.rates, seed, 0)
    program, taken = world.program, entered(world, trace).sum(axis=0)
    reckoned = world.rates.initial.copy()
    np.add.at(reckoned, program.inflow_cell, world.rates.inflow.sum(axis=1))
    reckoned[0] -= world.rates.inflow.sum()
    np.add.at(reckoned, program.target, taken)
    np.subtract.at(reckoned, origin(program), taken)
    assert (reckoned == trace.final).all()
    if "moves" in world.built.meters:
        assert trace.meters[:, world.built.meters.index("moves")].sum() == taken.sum()


@often
@given(worlds(), seeds)
def test_stocks_count_everybody_every_day(world, seed):
    trace = simulate(world.program, world.rates, seed, 0)
    came = world.rates.initial.sum() + np.cumsum(world.rates.inflow.sum(axis=0))
    to_outside = world.program.target == 0
    lags, taken = world.program.lag, entered(world, trace)
    for day in range(world.rates.days):
        gone = sum(
            taken[: max(0, day + 2 - lags[t]), t].sum() for t in np.flatnonzero(to_outside)
        )  # who left on day d is outside at the end of d + lag - 1
        assert trace.stocks[day].sum() == came[day] - gone


@often
@given(worlds(), seeds)
def test_a_gate_serves_no_more_than_it_may_and_leaves_no_place_empty(world, seed):
    trace = simulate(world.program, world.rates, seed, 0)
    rates = world.rates
    most = np.minimum(
        rates.capacity.T + rates.stretch * trace.waiting, np.maximum(rates.capacity, rates.stretch_limit).T
    )
    assert (trace.served == np.minimum(trace.waiting, np.floor(most))).all()


@often
@given(worlds(disciplines=(Discipline.FIFO,), sure=True), seeds)
def test_nobody_is_served_before_somebody_who_came_on_an_earlier_day(world, seed):
    program, days = world.program, world.rates.days
    trace = simulate(program, world.rates, seed, 0)
    taken, start = entered(world, trace), origin(program)
    for gate in range(len(program.discipline)):
        line = np.flatnonzero(program.gate == gate)
        came = np.zeros((days + 1, len(line)), np.int64)
        came[0] = world.rates.initial[line]
        for i, cell in enumerate(line):
            for k in np.flatnonzero(program.inflow_cell == cell):
                came[1:, i] += world.rates.inflow[k]
            for t in np.flatnonzero(program.target == cell):
                for day in range(days - program.lag[t]):
                    came[1 + day + program.lag[t], i] += taken[day, t]
        so_far = np.cumsum(came, axis=0)
        gone = np.stack([np.cumsum(taken[:, start == cell].sum(axis=1)) for cell in line], axis=1) if len(line) else []
        before = np.vstack([np.zeros((1, len(line)), np.int64), so_far])
        for served in gone:
            assert any((a <= served).all() and (served <= b).all() for a, b in zip(before, so_far))


@often
@given(worlds(), seeds, seeds)
def test_the_same_seed_and_draw_give_the_same_bytes(world, seed, draw):
    assert same(*(simulate(world.program, world.rates, seed, draw) for _ in range(2)))


@often
@given(worlds(largest=10**7), seeds)  # NumPy's lottery takes fewer than a billion
def test_the_readable_law_keeps_the_same_laws(world, seed):
    trace = reference.simulate(world.program, world.rates, np.random.default_rng(seed))
    assert trace.final.sum() == world.rates.initial.sum()
    assert (trace.final[1:] >= 0).all()
    assert trace.stocks.sum() >= 0
