"""What a forecast may be about, how it is called, and how far ahead it lies."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.inference.targets import DAILY, EVERY, MONTHLY, SINCE, WEEKLY, target_of, targets

ORIGIN, FIRST, LAST = date(2022, 9, 29), date(2022, 8, 15), date(2022, 12, 31)


def spans(every, **more):
    return [(one.start, one.end, one.horizon) for one in targets("x", every, ORIGIN, FIRST, LAST, **more)]


def test_days_begin_after_the_origin_with_horizon_one():
    found = spans(DAILY)
    assert found[0] == (date(2022, 9, 30), date(2022, 9, 30), 1)
    assert found[-1] == (LAST, LAST, 93)
    assert len(found) == 93


def test_weeks_run_from_monday_to_sunday_and_the_one_under_way_has_horizon_zero():
    found = spans(WEEKLY)
    assert found[0] == (date(2022, 9, 26), date(2022, 10, 2), 0)
    assert found[1] == (date(2022, 10, 3), date(2022, 10, 9), 1)
    assert found[-1][1] == date(2022, 12, 25)


def test_months_are_those_of_the_calendar_and_the_one_under_way_has_horizon_zero():
    assert spans(MONTHLY) == [
        (date(2022, 9, 1), date(2022, 9, 30), 0),
        (date(2022, 10, 1), date(2022, 10, 31), 1),
        (date(2022, 11, 1), date(2022, 11, 30), 2),
        (date(2022, 12, 1), date(2022, 12, 31), 3),
    ]


def test_a_week_or_month_that_began_before_the_simulated_days_is_left_out():
    origin = date(2022, 8, 16)
    assert next(targets("x", MONTHLY, origin, FIRST, LAST)).start == date(2022, 9, 1)
    assert next(targets("x", WEEKLY, origin, date(2022, 8, 16), LAST)).start == date(2022, 8, 22)


def test_a_long_sum_runs_from_its_day_to_the_last():
    (one,) = targets("x", SINCE, ORIGIN, FIRST, LAST, date(2022, 9, 1))
    assert (one.name, one.start, one.end, one.horizon) == ("since 2022-09-01 x", date(2022, 9, 1), LAST, 93)


@given(st.sampled_from([*EVERY, SINCE]), st.dates(FIRST, LAST - timedelta(days=1)))
def test_every_target_is_read_again_from_its_name_and_its_last_day(every, origin):
    for one in targets("entries to East", every, origin, FIRST, LAST, date(2022, 9, 1)):
        assert target_of(one.name, origin, one.end) == one
        assert one.end > origin
        assert one.horizon >= 0
        assert 7 * one.week >= (one.end - origin).days > 7 * (one.week - 1)


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("hourly x", "2022-10-01"), ("daily", "2022-10-01"), ("daily ", "2022-10-01"), ("monthly x", "2022-10-30"),
        ("since 2022-13-01 x", "2022-12-31"), ("since 2023-01-01 x", "2022-12-31"), ("since x", "2022-12-31"),
    ],
)  # fmt: skip
def test_what_is_no_target_is_none(name, end):
    assert target_of(name, ORIGIN, date.fromisoformat(end)) is None
