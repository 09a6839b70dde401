"""Whole persons: the total is exact, every margin within one."""

import numpy as np
import pytest
from hypothesis import given, settings

from limen.people.raking import Total, rake
from limen.people.rounding import round_to_whole

from .test_raking import fittable


def off_by(counts, totals):
    return max(float(np.abs(counts.sum(axis=total.over, keepdims=True) - total.persons).max()) for total in totals)


@settings(deadline=None)
@given(fittable())
def test_the_total_is_exact_and_every_margin_within_one(given_):
    seed, totals = given_
    raked = rake(seed, totals)
    rounded = round_to_whole(raked.table, totals)
    assert rounded.counts.dtype == np.int64
    assert (rounded.counts >= 0).all()
    assert rounded.counts.sum() == np.floor(raked.table.sum() + 0.5)
    assert not rounded.counts[raked.table == 0].any()
    sums = [Total(total.over, raked.table.sum(axis=total.over, keepdims=True)) for total in totals]
    assert min(off_by(rounded.counts, totals), off_by(rounded.counts, sums)) <= 2.0
    assert rounded.off <= 1.0 + 1e-3


@settings(deadline=None)
@given(fittable())
def test_equal_tables_give_equal_counts(given_):
    seed, totals = given_
    table = rake(seed, totals).table
    first, second = (round_to_whole(table.copy(), totals).counts for _ in range(2))
    assert (first == second).all()


def test_whole_tables_stay_as_they_are():
    table = np.arange(24, dtype=float).reshape(2, 3, 4)
    totals = [
        Total((1, 2), table.sum(axis=(1, 2), keepdims=True)),
        Total((0, 1), table.sum(axis=(0, 1), keepdims=True)),
    ]
    assert (round_to_whole(table, totals).counts == table).all()


def test_small_groups_are_not_rounded_away_together():
    table = np.full((40, 5, 5), 0.3)
    totals = [
        Total((1, 2), table.sum(axis=(1, 2), keepdims=True)),
        Total((0, 1), table.sum(axis=(0, 1), keepdims=True)),
    ]
    rounded = round_to_whole(table, totals)
    assert rounded.counts.sum() == 300
    assert off_by(rounded.counts, totals) <= 1


def test_a_milliard_of_people_is_rounded_as_well():
    random = np.random.default_rng(4)
    table = random.gamma(0.5, size=(30, 8, 20)) * (random.random((30, 8, 20)) > 0.3)
    table *= 1e9 / table.sum()
    totals = [Total(over, table.sum(axis=over, keepdims=True)) for over in ((1, 2), (0, 1), (0, 2), (2,), (0,))]
    rounded = round_to_whole(table, totals)
    assert rounded.counts.sum() == 1_000_000_000
    assert off_by(rounded.counts, totals) <= 1 + 1e-3
    assert np.abs(rounded.counts - table).max() < 5


@pytest.mark.parametrize("shape", [(1, 1, 1), (3, 1, 1), (1, 4, 2)])
def test_nobody_is_nobody(shape):
    table = np.zeros(shape)
    assert not round_to_whole(table, [Total((1, 2), table.sum(axis=(1, 2), keepdims=True))]).counts.any()


def test_where_no_whole_table_is_near_enough_it_says_by_how_much():
    table = np.zeros((2, 2, 1))
    table[0, 0] = table[1, 1] = 0.5
    rounded = round_to_whole(table, [Total((1, 2), np.array([[[0.5]], [[0.5]]]))])
    assert rounded.counts.sum() == 1
    assert rounded.off == 0.5
