"""Raked tables keep their margins."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.people.raking import Total, rake

OVERS = [(1, 2), (0, 2), (0, 1), (2,), (1,), (0,)]


@st.composite
def fittable(draw, zeros=True):
    """A seed, and totals that some table of its shape has."""
    shape = draw(st.tuples(*[st.integers(1, 4)] * 3))
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    seed = random.gamma(0.7, size=shape) + 0.05
    if zeros:
        seed *= random.random(shape) > 0.2
    if not seed.any():
        seed[0, 0, 0] = 1.0
    truth = seed * random.gamma(2.0, size=shape)
    truth *= draw(st.sampled_from([1, 37, 1234.5, 1e6, 1e9])) / truth.sum()
    overs = draw(st.lists(st.sampled_from(OVERS), min_size=1, max_size=4, unique=True))
    return seed, [Total(over, truth.sum(axis=over, keepdims=True)) for over in overs]


@given(fittable(zeros=False))
def test_every_margin_is_kept(given_):
    seed, totals = given_
    raked = rake(seed, totals)
    assert raked.worst < 1e-6
    for total in totals:
        assert raked.table.sum(axis=total.over, keepdims=True) == pytest.approx(total.persons, rel=1e-6)


@given(fittable())
def test_zeros_stay_zeros_and_the_first_margin_holds_exactly(given_):
    seed, totals = given_
    table = rake(seed, totals).table
    assert not table[seed == 0].any()
    assert (table >= 0).all()
    assert table.sum(axis=totals[0].over, keepdims=True) == pytest.approx(totals[0].persons, rel=1e-9)


def test_without_a_seed_the_margins_are_independent():
    rows, columns = np.array([[30.0], [70.0]]), np.array([[10.0, 40.0, 50.0]])
    assert rake(np.ones((2, 3)), [Total((1,), rows), Total((0,), columns)]).table == pytest.approx(rows * columns / 100)


def test_the_odds_of_the_seed_are_kept():
    seed = np.array([[4.0, 1.0], [1.0, 1.0]])
    table = rake(seed, [Total((1,), np.array([[50.0], [50.0]])), Total((0,), np.array([[60.0, 40.0]]))]).table
    assert table[0, 0] * table[1, 1] / (table[0, 1] * table[1, 0]) == pytest.approx(4.0)


def test_a_total_that_nobody_can_reach_is_infinitely_off():
    seed = np.array([[1.0, 1.0], [0.0, 0.0]])
    raked = rake(seed, [Total((1,), np.array([[50.0], [50.0]]))])
    assert raked.worst == np.inf
    assert raked.off[0].tolist() == [[0.0], [1.0]] or raked.off[0][1, 0] > 0


def test_margins_that_contradict_each_other_settle_without_agreeing():
    whole = Total((1,), np.array([[50.0], [50.0]]))
    raked = rake(np.ones((2, 2)), [whole, Total((0,), np.array([[60.0, 60.0]]))])
    assert raked.settled
    assert raked.off[0].max() < 1e-9
    assert raked.off[1] == pytest.approx(np.full((1, 2), 1 / 6))


def test_a_table_that_never_settles_ends_all_the_same():
    seed = np.array([[1.0, 1.0], [0.0, 1.0]])
    raked = rake(seed, [Total((1,), np.array([[50.0], [50.0]])), Total((0,), np.array([[50.0, 50.0]]))])
    assert raked.rounds <= 2_000
    assert raked.worst < 0.005
