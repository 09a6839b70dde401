"""Simulated beside counted and quoted: the same measure, place and days."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tests.results.fake import Fake, scenario

from limen.evidence.figures import Series
from limen.results.counted import Counted, Pick
from limen.results.ensemble import about, dataset
from limen.results.series import beside_observed, beside_quoted, change, fits, pick_of, value
from limen.results.tables import read
from limen.scenario.scenario import Quoted

DAYS = tuple(date(2022, 9, day) for day in range(1, 15))


def counted(measure="entries", rows=(range(14), range(100, 114))):
    return Counted(DAYS, len(rows), {Pick(measure): np.array([list(row) for row in rows])})


def series(measure="entries", **more):
    return Series("s", "S", measure, (), (), "crossings", **more)


def test_a_flow_is_the_sum_over_the_days_or_its_mean_a_day():
    found = value(series(), counted(), DAYS[0], DAYS[6])
    assert found.tolist() == [21, 721]
    assert value(series(per_day=True), counted(), DAYS[0], DAYS[6]).tolist() == [3, 103]


@pytest.mark.parametrize("marked", [True, False])
def test_a_stock_is_that_at_the_end_of_the_last_day(marked):
    assert value(series("pending", stock=marked), counted("pending"), DAYS[0], DAYS[6]).tolist() == [6, 106]


def test_a_change_is_against_as_many_days_just_before():
    found = change(series(), counted(rows=([10] * 7 + [8] * 7, [10] * 7 + [15] * 7)), DAYS[7], DAYS[13])
    assert found.tolist() == [-20, 50]


def test_a_change_against_nothing_or_too_little_is_not_told():
    assert change(series(), counted(rows=([0] * 7 + [8] * 7, [10] * 14)), DAYS[7], DAYS[13]) is None
    assert change(series(), counted(rows=([1] * 7 + [8] * 7,)), DAYS[7], DAYS[13]) is None
    assert change(series(), counted(), DAYS[6], DAYS[13]) is None


@pytest.fixture(scope="module")
def told():
    model, made = Fake(), scenario()
    run = about("sketch", "A sketch", 1, 40, "limen run sketch", {})
    data = dataset(model.labels, {draw: model.simulate(1, draw) for draw in range(40)}, run)
    return made, read(data, made)


def test_quantiles_of_what_was_simulated_are_those_of_numpy(told):
    made, counts = told
    row = next(row for row in beside_observed(made, counts) if row.series == "estonia")
    draws = value(made.series["estonia"], counts, date(2022, 9, 5), date(2022, 9, 11))
    assert [row.simulated.low90, row.simulated.low50, row.simulated.median, row.simulated.high80] == pytest.approx(
        np.quantile(draws, [0.05, 0.25, 0.5, 0.9])
    )
    assert row.log_ratio == pytest.approx(np.log(np.median(draws) / 14_000))
    assert (row.in50, row.in90) == (row.simulated.low50 <= 14_000 <= row.simulated.high50, True)


def test_counts_that_are_not_simulated_say_why(told):
    rows = {(row.series, row.start): row for row in beside_observed(*told)}
    assert rows["finland", "2022-01-01"].missing == "days not simulated"
    assert rows["", "2022-09-26"].missing == "compared with nothing"
    assert rows["finland", "2022-09-19"].missing == ""


def test_fits_leave_out_what_was_not_simulated_or_was_derived(told):
    made, counts = told
    rows = beside_observed(made, counts)
    found = {fit.series: fit for fit in fits(rows)}
    assert {name: fit.counts for name, fit in found.items()} == {
        "finland": 3,
        "estonia": 1,
    }  # no sum: series may overlap
    ratios = [row.log_ratio for row in rows if row.series == "finland" and row.simulated]
    assert found["finland"].ratio == pytest.approx(np.exp(np.mean(ratios)))
    assert found["finland"].typical_factor == pytest.approx(np.exp(np.mean(np.abs(ratios))))
    derived = [replace(row, derived=True) for row in rows if row.series == "finland"]
    assert fits(derived) == []


def test_quoted_figures_stand_beside_what_was_simulated(told):
    made, counts = told
    number, fall = beside_quoted(made, counts)
    assert (number.quoted, number.unit, fall.quoted, fall.unit) == (53_000, "crossings", -20, "%")
    week = value(made.series["union"], counts, date(2022, 9, 26), date(2022, 10, 2))
    before = value(made.series["union"], counts, date(2022, 9, 19), date(2022, 9, 25))
    assert number.simulated.median == np.median(week)
    assert fall.simulated.median == pytest.approx(np.median(100 * (week / before - 1)))
    assert fall.source.startswith("Frontex, situation")


def test_a_quoted_figure_for_days_that_are_not_simulated_says_so(told):
    made, counts = told
    early = Quoted("1.3 million", "union", date(2022, 2, 24), date(2022, 10, 2), 1.3e6, "frontex-2022")
    nowhere = replace(early, series="nothing")
    rows = beside_quoted(replace(made, quoted=(early, nowhere)), counts)
    assert [row.missing for row in rows] == ["days not simulated", "compared with nothing"]
    assert all(row.simulated is None for row in rows)


def test_a_series_that_the_run_does_not_count_says_so(told):
    made, counts = told
    other = replace(made, series={"finland": replace(made.series["finland"], measure="granted")})
    row = next(row for row in beside_observed(other, counts) if row.series == "finland")
    assert pick_of(other.series["finland"]) not in counts.values
    assert row.missing == "not counted in this run"


def test_counts_before_the_first_day_that_is_told_are_not_compared_but_longer_ones_are(told):
    made, counts = told
    settling = replace(made.observations[0], start=date(2022, 8, 26), end=date(2022, 8, 30))
    longer = replace(settling, end=date(2022, 9, 5))
    rows = beside_observed(replace(made, observations=(settling, longer)), counts)
    assert [(row.missing, row.simulated is None) for row in rows] == [
        ("before the first day that is told", True),
        ("", False),
    ]
