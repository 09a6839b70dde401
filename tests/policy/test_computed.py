"""Facts that follow from dates, at their boundaries."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from limen.policy.computed import COMPUTED, age_on_the_day, days_in_any_180
from limen.text.forms import parse_date

DAYS = st.dates(date(2020, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        ("2004-05-10", "2022-05-09", 17),
        ("2004-05-10", "2022-05-10", 18),
        ("2004-05-10", "2004-05-10", 0),
        ("2004-02-29", "2022-02-28", 17),
        ("2004-02-29", "2022-03-01", 18),
        ("2004-02-29", "2024-02-28", 19),
        ("2004-02-29", "2024-02-29", 20),
        ("2000-12-31", "2022-01-01", 21),
    ],
)
def test_a_year_of_age_is_completed_on_the_birthday(born, day, age):
    assert age_on_the_day([born])(date.fromisoformat(day)) == age


def test_nobody_has_an_age_before_birth():
    with pytest.raises(ValueError, match="before the date of birth"):
        age_on_the_day(["2022-05-02"])(date(2022, 5, 1))


@pytest.mark.parametrize("texts", [[], ["May 1992"], ["1992-02-30"], ["1992-01-01", "1993-01-01"]])
def test_a_date_of_birth_is_one_day(texts):
    with pytest.raises(ValueError, match="one day such as"):
        age_on_the_day(texts)


def test_the_ninetieth_day_is_permitted_and_the_next_is_not():
    entry = date(2022, 1, 1)
    days = days_in_any_180([f"{entry}.."])
    assert days(entry) == 1
    assert days(entry + timedelta(89)) == 90
    assert days(entry + timedelta(90)) == 91


def test_a_stay_of_ninety_days_leaves_the_window_after_ninety_more():
    entry = date(2022, 1, 1)
    days = days_in_any_180([f"{entry}..{entry + timedelta(89)}"])
    assert days(entry + timedelta(179)) == 91
    assert days(entry + timedelta(180)) == 90
    assert days(entry + timedelta(181)) == 89
    assert days(entry + timedelta(269)) == 1


def test_the_days_of_entry_and_of_exit_both_count():
    assert days_in_any_180(["2022-03-01..2022-03-02"])(date(2022, 3, 10)) == 3
    assert days_in_any_180(["2022-03-01..2022-03-01"])(date(2022, 3, 10)) == 2


def test_the_day_itself_counts_once():
    assert days_in_any_180([])(date(2022, 3, 10)) == 1
    assert days_in_any_180(["2022-03-10..2022-03-10"])(date(2022, 3, 10)) == 1


def test_days_of_two_stays_that_overlap_count_once():
    assert days_in_any_180(["2022-03-01..2022-03-05", "2022-03-04..2022-03-07"])(date(2022, 3, 20)) == 8


def test_a_stay_after_the_day_does_not_count():
    assert days_in_any_180(["2022-03-11..", "2022-04-01..2022-04-09"])(date(2022, 3, 10)) == 1


@pytest.mark.parametrize(
    "text", ["March", "2022-03", "2022-03-05..2022-03-04", "..2022-03-04", "2022-03-01...2022-03-02"]
)
def test_a_stay_has_a_first_day_and_ends_after_it(text):
    with pytest.raises(ValueError, match="is not a stay"):
        days_in_any_180([text])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(DAYS, st.integers(0, 200) | st.none()), max_size=4), DAYS)
def test_days_in_any_180_are_those_of_the_calendar(stays, day):
    texts = [f"{entry}..{'' if length is None else entry + timedelta(length)}" for entry, length in stays]
    window = [day - timedelta(back) for back in range(180)]
    stayed = [
        one for one in window
        if one == day or any(entry <= one and (n is None or one <= entry + timedelta(n)) for entry, n in stays)
    ]  # fmt: skip
    assert days_in_any_180(texts)(day) == len(stayed)


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2022, 1, 1)), st.dates(date(2022, 1, 1), date(2030, 1, 1)))
def test_age_grows_by_one_and_only_on_birthdays(born, day):
    age = age_on_the_day([str(born)])
    birthday = (day.month, day.day) == (born.month, born.day)
    leap = (born.month, born.day) == (2, 29) and (day.month, day.day) == (3, 1)
    grown = age(day) - age(day - timedelta(1)) if day > born else 0
    assert grown in ({1} if birthday and day > born else {0, 1} if leap else {0})


def test_the_functions_are_named_as_in_the_format():
    assert list(COMPUTED) == ["age on the day", "days in any 180"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-09-30", date(2022, 9, 30)), ("2024-02-29", date(2024, 2, 29)), ("2022-02-29", None), ("2022-9-30", None),
        ("30.09.2022", None), ("20220930", None), ("2022-W01-1", None), ("0999-01-01", None), ("1000-01-01", date(1000, 1, 1)),
        ("9999-12-31", date(9999, 12, 31)), ("2022-09-30T00:00", None), ("", None), ("٢٠٢٢-٠٩-٣٠", None),
    ],
)  # fmt: skip
def test_a_day_is_written_in_one_way(text, day):
    assert parse_date(text) == day
