"""Week by week: members are weighed while that is good for something, and fitted again where it is not."""

from datetime import date

import numpy as np
import pytest

from limen.inference.filter import ENOUGH, ends_of_weeks, log_density, resampled, week_by_week, weights_of
from limen.inference.fit import fit, problem_of
from limen.inference.observe import NothingToFit

from .counted import counted

MEMBERS = 40


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    return counted(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def weeks(scenario):
    return list(week_by_week(scenario, members=MEMBERS))


def test_weeks_end_on_sunday_and_on_the_day_of_the_last_count(scenario):
    sundays = [date(2022, 1, 9), date(2022, 1, 16), date(2022, 1, 23), date(2022, 1, 28)]
    assert ends_of_weeks(scenario, None) == sundays
    assert ends_of_weeks(scenario, date(2022, 1, 15)) == [date(2022, 1, 9), date(2022, 1, 14)]


def test_every_week_has_its_new_counts_and_the_last_stands_where_the_fit_does(scenario, weeks):
    assert sum(week.new for week in weeks) == len(problem_of(scenario).counts.used)
    assert weeks[0].fitted
    assert weeks[0].effective is None
    if weeks[-1].fitted:
        again = fit(scenario, weeks[-1].until, members=MEMBERS)
        assert np.array_equal(weeks[-1].points, again.smoothed.posterior)


def test_members_are_fitted_again_just_where_too_few_would_be_left(weeks):
    for week in weeks[1:]:
        assert 1 <= week.effective <= MEMBERS
        assert week.fitted == (week.effective < ENOUGH * MEMBERS)


def test_a_week_that_says_nothing_new_keeps_the_members(scenario, monkeypatch):
    monkeypatch.setattr("limen.inference.filter.ENOUGH", 0.0)
    weeks = list(week_by_week(scenario, date(2022, 1, 16), members=MEMBERS))
    assert [week.fitted for week in weeks] == [True, False]
    members = {tuple(row) for row in weeks[0].points.tolist()}
    assert {tuple(row) for row in weeks[1].points.tolist()} <= members
    assert weeks[1].moved == weeks[0].moved


def test_weights_are_larger_the_better_a_member_foretold(scenario):
    problem = problem_of(scenario)
    observed = problem.counts.observed
    new = np.array([count.seen.end > date(2022, 1, 23) for count in problem.counts.used])
    off = np.array([0.0, 0.2, 0.5])[:, None]
    weights = weights_of(problem, observed + np.where(new, off, 0.0), date(2022, 1, 23))
    assert weights.sum() == pytest.approx(1)
    assert weights[0] > weights[1] > weights[2]
    old = weights_of(problem, observed + np.zeros((3, 1)), date(2022, 1, 1))
    assert old == pytest.approx([1 / 3] * 3)


def test_the_density_is_the_normal_one():
    from scipy.stats import multivariate_normal

    covariance = np.array([[1.0, 0.3], [0.3, 0.5]])
    points = np.random.default_rng(1).standard_normal((5, 2))
    logs = multivariate_normal([0, 0], covariance).logpdf(points)
    assert log_density(points, covariance) - log_density(points[:1], covariance) == pytest.approx(logs - logs[0])


def test_members_are_drawn_as_often_as_their_weights_say():
    weights = np.array([0.5, 0.25, 0.125, 0.125])
    drawn = np.bincount(resampled(np.repeat(weights / 100, 100), 1, 3) // 100, minlength=4)
    assert drawn == pytest.approx(400 * weights, abs=1)
    assert np.array_equal(resampled(weights, 1, 3), resampled(weights, 1, 3))


def test_without_counts_there_is_no_week(scenario):
    with pytest.raises(NothingToFit):
        list(week_by_week(scenario, date(2022, 1, 3), members=MEMBERS))
