"""What of numbers of people may be published: none under 10, and none that gives such a one away."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.results.cells import cells, sums_of
from limen.results.counted import Pick

TOTAL = Pick("entries", ("FI",))
TRIP, LEAVE = Pick("entries", ("FI",), mode="trip"), Pick("entries", ("FI",), mode="leave")
ROAD, AIR, RAIL = (Pick("entries", ("FI",), (way,)) for way in ("road", "air", "rail"))


def hidden(values, public=()):
    found = cells({pick: [value] for pick, value in values.items()}, public)
    return {pick for pick, one in found.items() if one.few or one.withheld}


def test_a_number_from_1_to_9_is_not_told_nor_the_smallest_other_of_its_sum():
    assert hidden({ROAD: 300, AIR: 5, RAIL: 40, TOTAL: 345}) == {AIR, RAIL}
    assert hidden({ROAD: 300, AIR: 5, RAIL: 6, TOTAL: 311}) == {AIR, RAIL}
    assert hidden({ROAD: 300, AIR: 50, RAIL: 60, TOTAL: 410}) == set()


def test_nobody_is_told_as_0():
    assert hidden({ROAD: 300, AIR: 5, RAIL: 0, TOTAL: 305}) == {AIR, ROAD}
    assert hidden({ROAD: 0, AIR: 5, RAIL: 0, TOTAL: 5}) == {AIR, TOTAL}


def test_of_two_parts_both_are_withheld_and_the_total_is_told():
    assert hidden({TRIP: 400, LEAVE: 3, TOTAL: 403}) == {TRIP, LEAVE}


def test_what_is_withheld_in_one_sum_is_not_given_away_by_another():
    values = {}
    for way, trip, leave in (("road", 200, 4), ("air", 90, 60), ("rail", 500, 300)):
        values |= {
            Pick("entries", ("FI",), (way,), mode="trip"): trip,
            Pick("entries", ("FI",), (way,), mode="leave"): leave,
            Pick("entries", ("FI",), (way,)): trip + leave,
        }
    values |= {TRIP: 790, LEAVE: 364, TOTAL: 1154}
    kept = hidden(values)
    for parts, total in sums_of(values):
        assert len(kept.intersection([*parts, *total])) != 1
    assert {TOTAL, TRIP, LEAVE}.isdisjoint(kept)


def test_what_has_been_published_anyway_is_told():
    assert hidden({ROAD: 300, AIR: 5, RAIL: 40, TOTAL: 345}, {AIR}) == set()
    assert hidden({ROAD: 300, AIR: 5, RAIL: 40, TOTAL: 345}, {RAIL}) == {AIR, ROAD}


@given(st.lists(st.integers(0, 40), min_size=2, max_size=6))
def test_whatever_the_parts_are_no_small_one_follows_from_the_others(parts):
    values = {Pick("entries", ("FI",), (f"way {place}",)): value for place, value in enumerate(parts)}
    values[TOTAL] = sum(parts)
    kept = hidden(values)
    assert all(pick in kept for pick, value in values.items() if 0 < value < 10)
    told = [value for pick, value in values.items() if pick not in kept]
    if kept:
        assert len(kept) > 1 or np.count_nonzero(list(values.values())) == 1, told


@pytest.mark.parametrize("draws", [[4, 4, 4], [1, 2, 30]])
def test_a_number_is_few_by_its_mean_or_its_median(draws):
    assert cells({AIR: draws})[AIR].few
