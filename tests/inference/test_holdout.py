"""Hold-outs: fitted until a day, compared with what came after it and with rivals that know nothing."""

import math
from datetime import date

import pytest

from limen.inference.holdout import hold_out, last_value, seasonal, summary

from .counted import counted

UNTIL, LAST = date(2022, 1, 16), date(2022, 1, 28)


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    return counted(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def rows(scenario):
    return hold_out(scenario, UNTIL, LAST, members=40)


def test_only_counts_that_begin_after_the_fit_are_compared(rows):
    assert {row.start for row in rows} == {date(2022, 1, day) for day in (17, 20, 22, 28)}


def test_rivals_say_the_last_value_and_the_week_before(scenario, rows):
    week = next(row for row in rows if row.series == "entries to East")
    assert week.last == 7 * 58
    assert week.seasonal == 690
    known = [seen for seen in scenario.observations if seen.end <= date(2022, 1, 21)]
    later = next(seen for seen in scenario.observations if seen.start == date(2022, 1, 22))
    assert seasonal(later, known, scenario.series) == 305
    assert last_value(later, known, scenario.series) == 305
    assert last_value(later, [], scenario.series) is None


def test_a_stock_is_not_divided_by_days(rows):
    assert all(row.last is None for row in rows if row.series == "pending in East")


def test_a_summary_compares_what_a_rival_has_a_number_for(rows):
    everything, against_last = summary(rows), summary(rows, "last")
    assert everything.counts == len(rows)
    assert everything.rival is None
    some = [row for row in rows if row.last is not None]
    assert against_last.counts == len(some) < len(rows)
    expected = sum(abs(math.log1p(row.last) - math.log1p(row.observed)) for row in some) / len(some)
    assert against_last.rival == pytest.approx(expected)
    assert summary([]) is None


def test_what_lies_in_the_narrow_interval_lies_in_the_wide_one(rows):
    assert all(row.in90 for row in rows if row.in50)
