"""Scores against values that are known: of perfect forecasts, of the normal distribution, of the library, of the definition."""

import subprocess
import sys
from statistics import NormalDist

import numpy as np
import pytest
import scoringrules
from hypothesis import given
from hypothesis import strategies as st

from limen.inference.forecasts import LEVELS, Prediction
from limen.inference.scores import crps, inside, pit, pit_histogram, scored, skill, wis
from limen.results.quantiles import LEVELS as HUB_LEVELS

counts = st.floats(0, 1e6)
forecasts = st.lists(st.floats(0, 1e6), min_size=7, max_size=7).map(
    lambda values: Prediction(np.array(LEVELS), np.sort(values))
)


def normal(middle, spread, levels=LEVELS):
    distribution = NormalDist(middle, spread)
    return Prediction(np.array(levels), np.array([distribution.inv_cdf(level) for level in levels]))


def interval_score(low, high, alpha, count):
    return (high - low) + 2 / alpha * max(low - count, 0) + 2 / alpha * max(count - high, 0)


def test_a_perfect_forecast_scores_nothing():
    perfect = scored(Prediction(np.array(LEVELS), np.full(7, 42.0)), 42)
    assert (perfect.wis, perfect.wis_log, perfect.crps, perfect.crps_log) == (0, 0, 0, 0)
    assert perfect.inside == (True, True, True)
    assert perfect.bias == pytest.approx(0)


@given(forecasts, counts)
def test_the_weighted_interval_score_is_that_of_bracher_and_others(predicted, count):
    levels, values = LEVELS, predicted.values
    whole = abs(count - values[3]) / 2
    for k in range(3):
        alpha = 2 * levels[k]
        whole += alpha / 2 * interval_score(values[k], values[-1 - k], alpha, count)
    assert wis(predicted, count) == pytest.approx(whole / 3.5, rel=1e-9, abs=1e-9)


@given(forecasts, counts)
def test_scores_are_never_negative_and_do_not_fall_as_the_count_moves_away(predicted, count):
    assert wis(predicted, count) >= 0
    assert crps(predicted, count) >= 0
    above = predicted.values[-1] + np.array([0, 1, 10, 1000])
    assert (np.diff([wis(predicted, one) for one in above]) > 0).all()
    assert (np.diff([crps(predicted, one) for one in above]) > 0).all()


@pytest.mark.parametrize("count", [60, 95, 100, 104, 118])
def test_of_a_normal_forecast_it_is_near_the_analytic_value(count):
    exact = scoringrules.crps_normal(count, 100.0, 10.0)
    assert crps(normal(100, 10, HUB_LEVELS), count) == pytest.approx(exact, rel=0.01)
    assert crps(normal(100, 10), count) == pytest.approx(exact, rel=0.04)
    draws = np.array([NormalDist(100, 10).inv_cdf((i + 0.5) / 5000) for i in range(5000)])
    assert crps(Prediction(np.array([0.5]), np.array([100.0]), draws), count) == pytest.approx(exact, rel=1e-3)


def test_of_draws_it_is_that_of_the_distribution_that_they_are():
    draws = np.array([7.0, 1.0, 4.0])
    pairs = np.abs(draws[:, None] - draws).mean()
    of_draws = crps(Prediction(np.array([0.5]), np.array([4.0]), draws), 5.0)
    assert of_draws == pytest.approx(np.abs(draws - 5).mean() - pairs / 2)


def test_a_point_scores_its_absolute_error():
    point = Prediction(np.array(LEVELS), np.full(7, 10.0))
    assert wis(point, 13) == pytest.approx(3)
    assert crps(point, 13) == pytest.approx(3)
    assert scored(point, 13).wis_log == pytest.approx(np.log(14 / 11))


def test_on_the_log_scale_a_miss_by_the_same_factor_weighs_the_same():
    values = np.array([80, 85, 90, 100, 110, 120, 125.0])
    small, large = (scored(Prediction(np.array(LEVELS), values * k - 1), 150 * k - 1) for k in (10, 10_000))
    assert small.wis_log == pytest.approx(large.wis_log)
    assert small.crps_log == pytest.approx(large.crps_log)


def test_intervals_hold_their_ends_and_are_unknown_where_they_are_not_given():
    predicted = normal(0, 1)
    assert [inside(predicted, value, 90) for value in (predicted.values[0], predicted.values[-1] + 1e-6)] == [
        True,
        False,
    ]
    assert inside(Prediction(np.array([0.25, 0.5, 0.75]), np.array([1.0, 2, 3])), 2, 90) is None


@pytest.mark.parametrize("levels", [LEVELS, HUB_LEVELS])
def test_where_forecasts_are_calibrated_the_pit_is_even_and_intervals_hold_their_share(levels):
    random = np.random.default_rng(1)
    means = random.normal(1000, 100, 4000)
    truths = random.normal(means, 50)
    found = [scored(normal(mean, 50, levels), truth) for mean, truth in zip(means, truths)]
    assert pit_histogram([one.pit for one in found]) == pytest.approx([0.1] * 10, abs=0.025)
    for place, share in enumerate((0.5, 0.8, 0.9)):
        assert np.mean([one.inside[place] for one in found]) == pytest.approx(share, abs=0.025)
    assert np.mean([one.bias for one in found]) == pytest.approx(0, abs=0.03)


def test_the_pit_of_draws_and_of_counts_that_are_often_zero_is_even_too():
    random = np.random.default_rng(2)
    of_draws, of_zeros = [], []
    zeros = np.array([0, 0, 0, 0, 1, 2, 3.0])
    for _ in range(3000):
        draws, truth = random.poisson(3, 19).astype(float), random.poisson(3)
        of_draws.append(pit(Prediction(np.array([0.5]), np.array([3.0]), draws), truth))
        of_zeros.append(pit(Prediction(np.array(LEVELS), zeros), np.interp(random.random(), LEVELS, zeros)))
    assert pit_histogram(of_draws) == pytest.approx([0.1] * 10, abs=0.02)
    assert pit_histogram(of_zeros)[:4] == pytest.approx([0.1] * 4, abs=0.02)


def test_too_low_and_too_high_forecasts_are_told_apart():
    predicted = normal(100, 10)
    assert scored(predicted, 200).bias == pytest.approx(-0.95)
    assert scored(predicted, 10).bias == pytest.approx(0.95)


def test_skill_is_the_share_by_which_a_score_is_less():
    assert skill(8, 10) == pytest.approx(0.2)
    assert skill(12, 10) == pytest.approx(-0.2)
    assert skill(1, 0) is None


def test_an_empty_histogram_is_all_zero():
    assert pit_histogram([]) == [0.0] * 10


def test_the_library_is_imported_only_where_something_is_scored():
    loaded = "import sys, limen.inference.scored, limen.face.score; sys.exit('scoringrules' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loaded], check=False).returncode == 0
