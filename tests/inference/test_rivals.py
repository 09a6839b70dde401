"""Naive forecasts: what they are, and that nothing after their day enters them."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.inference.counts import FIRST, seen

from limen.inference.forecasts import LEVELS
from limen.inference.rivals import RANDOM_WALK, SEASONAL_NAIVE, levels_of, rivals_of, spread_of

ORIGIN = FIRST + timedelta(days=20)
AT = np.array(LEVELS)
VALUES = [100, 120, 90, 140, 200, 260, 80, 110, 125, 95, 150, 190, 250, 85, 105, 118, 99, 160, 210, 240, 70]
DAYS = [seen("x", day, value) for day, value in enumerate(VALUES)]


def day(number):
    return FIRST + timedelta(days=number)


def made(counts, origin=ORIGIN, **more):
    return rivals_of({"x": counts}, origin, **more)["x"]


def told(rival, start, end):
    return {name: found.values.tolist() for name, found in rival.predictions(day(start), day(end), AT).items()}


def test_the_random_walk_carries_the_last_count_on_and_spreads_with_the_root_of_the_days():
    rival = made(DAYS)
    steps = np.diff(np.log1p(VALUES))
    assert rival.spread == pytest.approx(np.sqrt(np.mean(steps**2)))
    for ahead in (1, 4, 9):
        walk = told(rival, 20 + ahead, 20 + ahead)[RANDOM_WALK]
        assert walk[3] == pytest.approx(VALUES[-1])
        assert np.log1p(walk[6]) == pytest.approx(np.log1p(70) + 1.6449 * rival.spread * np.sqrt(ahead), abs=1e-3)


def test_the_seasonal_naive_repeats_the_same_weekday_of_the_last_week():
    rival = made(DAYS)
    steps = np.log1p(VALUES[7:]) - np.log1p(VALUES[:-7])
    assert rival.weekly_spread == pytest.approx(spread_of(steps))
    for ahead in (1, 7, 8, 15):
        season = told(rival, 20 + ahead, 20 + ahead)[SEASONAL_NAIVE]
        weeks = -(-ahead // 7)
        assert season[3] == pytest.approx(VALUES[20 + ahead - 7 * weeks])
        spread = rival.weekly_spread * np.sqrt(weeks)
        assert np.log1p(season[5]) == pytest.approx(np.log1p(season[3]) + 1.2816 * spread, abs=1e-3)


def test_sums_over_days_lie_about_the_sum_of_the_days():
    rival = made([seen("x", number, 100 + number % 2) for number in range(21)])
    week = told(rival, 21, 27)
    assert week[RANDOM_WALK][3] == pytest.approx(700, rel=0.01)
    assert week[SEASONAL_NAIVE][3] == pytest.approx(703.5, rel=0.01)


def test_days_of_a_week_under_way_that_are_known_are_taken_as_they_were():
    walk = told(made(DAYS), 18, 24)[RANDOM_WALK]
    assert walk[0] > sum(VALUES[18:21])
    assert sum(VALUES[18:21]) + 4 * 70 * 0.8 < walk[3] < sum(VALUES[18:21]) + 4 * 70 * 1.3


@given(st.integers(0, 40), st.integers(0, 50), st.integers(0, 100_000))
def test_nothing_after_the_day_enters_them(start, days, value):
    later = [seen("x", 21 + number, value + number, where=f"later:{number}") for number in range(10)]
    late = [seen("x", 3, value, where="late", published_on=day(21))]
    straddling = [seen("x", 15, value, days=7)]
    span = 21 + start, 21 + start + days
    assert told(made([*late, *later, *straddling, *DAYS]), *span) == told(made(DAYS), *span)


def test_a_change_of_what_was_known_changes_them():
    changed = [*DAYS[:-1], replace(DAYS[-1], value=71)]
    assert told(made(changed), 22, 22) != told(made(DAYS), 22, 22)


def test_quantiles_rise_and_none_is_below_zero():
    rival = made([seen("x", number, value % 3) for number, value in enumerate(VALUES)])
    for span in ((21, 21), (21, 40), (15, 30)):
        for found in told(rival, *span).values():
            assert (np.diff(found) >= 0).all()
            assert min(found) >= 0


def test_the_same_counts_give_the_same_rival_in_any_order():
    assert told(made(DAYS[::-1]), 21, 50) == told(made(DAYS), 21, 50)


def test_of_counts_that_overlap_the_shortest_are_taken():
    known = levels_of([*DAYS[:3], seen("x", 0, 7000, days=7), seen("x", 7, 700, days=7)], ORIGIN, mean=False)
    assert [(one.start, one.days) for one in known] == [(day(0), 1), (day(1), 1), (day(2), 1), (day(7), 7)]
    assert known[-1].log == pytest.approx(np.log1p(100))


def test_weekly_counts_alone_give_a_random_walk_and_no_season():
    weekly = [seen("x", 7 * number, 700 + 70 * number, days=7) for number in range(3)]
    others = {"x": weekly, "y": [seen("y", number, value) for number, value in enumerate(VALUES)]}
    found = rivals_of(others, ORIGIN)["x"].predictions(day(21), day(27), AT)
    assert list(found) == [RANDOM_WALK]
    assert found[RANDOM_WALK].values[3] == pytest.approx(840, rel=0.05)


def test_with_too_few_steps_the_typical_spread_of_all_series_is_taken_and_without_any_there_is_no_rival():
    both = rivals_of({"x": DAYS[:1], "y": DAYS}, ORIGIN)
    assert both["x"].spread == both["y"].spread
    assert made(DAYS[:1]).predictions(day(30), day(30), AT) == {}
    assert rivals_of({"x": []}, ORIGIN) == {}


def test_a_stock_is_forecast_at_the_end_and_a_mean_a_day_is_not_added_up():
    stock, mean = made(DAYS, stocks=["x"]), made(DAYS, means=["x"])
    assert told(stock, 21, 27) == told(stock, 27, 27) == told(made(DAYS), 27, 27)
    assert told(mean, 21, 27)[RANDOM_WALK][3] == pytest.approx(70, rel=0.2)


def test_a_weekday_that_was_not_counted_lately_has_no_season():
    rival = made([one for one in DAYS if one.start.weekday() != 3])
    assert [SEASONAL_NAIVE in told(rival, number, number) for number in range(21, 28)] == [
        day(number).weekday() != 3 for number in range(21, 28)
    ]
    assert SEASONAL_NAIVE not in told(rival, 21, 27)


def test_days_that_are_over_are_not_forecast():
    assert made(DAYS).predictions(day(19), ORIGIN, AT) == {}
    assert made(DAYS, date(2022, 12, 31)).predictions(date(2023, 1, 1), date(2023, 1, 1), AT).keys() == {RANDOM_WALK}
