"""The smoother, where the answer is known: counts that answer to parameters in a straight line."""

import numpy as np
import pytest

from limen.inference.esmda import Smoothed, links, smooth

SLOPES = np.array([[1.0, 0.5, 0.0], [0.0, 1.0, 0.0], [0.5, -0.5, 0.0], [1.0, 1.0, 0.0]])
"""By count and parameter: the third parameter answers to nothing."""


def ensemble(members, parameters=3, seed=5):
    return lambda number: np.random.default_rng([seed, number]).standard_normal((members, parameters))


def exact(observed, error):
    """Mean and covariance of the posterior of a straight line with standard normal priors."""
    covariance = np.linalg.inv(np.eye(3) + SLOPES.T @ np.linalg.inv(error) @ SLOPES)
    return covariance @ SLOPES.T @ np.linalg.inv(error) @ observed, covariance


def straight(points):
    return points @ SLOPES.T


@pytest.mark.parametrize("steps", [1, 4])
def test_a_straight_line_gets_its_exact_posterior(steps):
    observed, error = np.array([1.0, -0.5, 0.3, 0.8]), 0.2 * np.eye(4) + 0.1
    found = smooth(ensemble(8000), straight, observed, error, steps, 1)
    mean, covariance = exact(observed, error)
    assert found.posterior.mean(axis=0) == pytest.approx(mean, abs=0.05)
    assert np.cov(found.posterior.T)[:2, :2] == pytest.approx(covariance[:2, :2], abs=0.03)


def test_what_no_count_speaks_for_keeps_its_prior():
    found = smooth(ensemble(400), straight, np.ones(4), 0.1 * np.eye(4), 4, 1)
    assert found.informed.tolist() == [True, True, False]
    assert np.array_equal(found.posterior[:, 2], np.round(ensemble(400)(4)[:, 2], 4))


def test_many_parameters_that_matter_to_nothing_are_left_alone():
    found = smooth(ensemble(200, 300), lambda points: points[:, :3] @ SLOPES.T, np.ones(4), 0.1 * np.eye(4), 4, 1)
    assert found.informed[:2].all()
    assert found.informed[2:].sum() <= 3


def test_counts_without_worth_leave_the_prior_nearly_as_it_was():
    found = smooth(ensemble(400), straight, np.full(4, 3.0), 1e6 * np.eye(4), 4, 1)
    assert np.abs(found.posterior - found.prior)[:, :2].max() < 0.05


def test_what_does_not_move_is_an_error_of_the_counts_once_and_not_once_a_step():
    """A count of x + w, where w never moves: the variance of x is that under the error of the count and w together."""

    def simulate(points):
        return points[:, :1] + 0.8 * points[:, 1:].sum(axis=1, keepdims=True) / 40

    observed, error = np.array([0.5]), np.array([[0.2]])
    found = smooth(ensemble(2000, 1601), simulate, observed, error, 4, 1)
    variance = 0.2 + 0.8**2
    assert found.informed[0]
    assert found.informed.sum() < 5
    assert found.posterior[:, 0].mean() == pytest.approx(0.5 / (1 + variance), abs=0.05)
    assert found.posterior[:, 0].var() == pytest.approx(variance / (1 + variance), abs=0.05)


def test_a_small_ensemble_is_not_too_sure():
    """Forty members and thirty counts of two parameters: on average over many fits as wide as it should be."""
    slopes = np.random.default_rng(2).standard_normal((30, 2)) / 3
    error = np.eye(30)
    right = np.linalg.inv(np.eye(2) + slopes.T @ slopes)
    spread = [
        np.cov(
            smooth(ensemble(40, 2, seed), lambda points: points @ slopes.T, np.zeros(30), error, 4, seed).posterior.T
        ).trace()
        for seed in range(60)
    ]
    assert np.mean(spread) == pytest.approx(right.trace(), rel=0.15)


def test_more_counts_make_the_posterior_narrower():
    def of(counts):
        return smooth(
            ensemble(2000), lambda points: straight(points)[:, :counts], np.zeros(counts), 0.3 * np.eye(counts), 4, 1
        ).posterior.std(axis=0)

    assert (of(4)[:2] < of(2)[:2]).all()


def test_the_direction_is_that_of_the_counts():
    high, low = (smooth(ensemble(400), straight, np.full(4, to), 0.2 * np.eye(4), 4, 1) for to in (2.0, -2.0))
    assert straight(high.posterior).mean() > 0.5 > -0.5 > straight(low.posterior).mean()


def test_the_same_seed_gives_the_same_posterior_and_another_one_another():
    def of(seed):
        return smooth(ensemble(50), straight, np.ones(4), np.eye(4), 4, seed).posterior

    assert np.array_equal(of(1), of(1))
    assert not np.array_equal(of(1), of(2))


def test_a_count_that_never_varies_is_linked_to_nothing():
    points = ensemble(50)(0)
    assert not links(points, np.zeros((50, 2))).any()


@pytest.mark.parametrize(
    ("members", "steps", "counts", "said"),
    [(1, 4, 4, "at least 20 members, not 1"), (50, 0, 4, "at least one step"), (50, 4, 0, "no count to fit to")],
)
def test_what_cannot_be_smoothed_is_said(members, steps, counts, said):
    with pytest.raises(ValueError, match=said):
        smooth(ensemble(members), straight, np.zeros(counts), np.eye(counts), steps, 1)


def test_what_is_returned_tells_both_ends():
    found = smooth(ensemble(50), straight, np.ones(4), np.eye(4), 2, 1)
    assert isinstance(found, Smoothed)
    assert np.array_equal(found.simulated_before, straight(found.prior))
    assert np.array_equal(found.simulated_after, straight(found.posterior))
