"""Each sampler against the exact chances of scipy, by chi-square, on both sides of every fork in it."""

import numpy as np
import pytest
from numba import njit
from scipy import stats

from limen.flow.philox import begin
from limen.flow.samplers import binomial, hypergeometric, multinomial

DRAWS = 100_000
LEAST = 1e-4
"""Seeds are fixed and there are about sixty tests: less than this is a fault, not bad luck."""


@njit
def binomials(stream, n, p, out):
    for i in range(len(out)):
        begin(stream, i, 1, 1)
        out[i] = binomial(stream, n, p)


@njit
def hypergeometrics(stream, good, bad, sample, out):
    for i in range(len(out)):
        begin(stream, i, 2, 1)
        out[i] = hypergeometric(stream, good, bad, sample)


@njit
def multinomials(stream, people, weight, whole, out, left):
    for i in range(len(out)):
        begin(stream, i, 3, 1)
        left[i] = multinomial(stream, people, weight, len(weight), whole, out[i])


def drawn(sampler, *parameters, draws=DRAWS):
    found = np.empty(draws, np.int64)
    sampler(np.array([20220921, 0, 0, 0, 0, 0, 0, 0], np.uint64), *parameters, found)
    return found


def p_value(found, law):
    """Chi-square over at most 200 bins of about equal chance; whatever lies outside the support fails at once."""
    assert law.support()[0] <= found.min()
    assert found.max() <= law.support()[1]
    edges = np.unique(law.ppf(np.linspace(0, 1, 201)[1:-1]))
    below = law.cdf(edges)
    chances = np.diff(np.concatenate([[0.0], below, [1.0]]))
    counts = np.bincount(np.searchsorted(edges, found), minlength=len(chances)).astype(float)
    expected = chances * len(found)
    if expected[-1] < 5:
        counts[-2] += counts[-1]
        expected[-2] += expected[-1]
        counts, expected = counts[:-1], expected[:-1]
    if len(expected) == 1:
        return 1.0
    return stats.chi2.sf(((counts - expected) ** 2 / expected).sum(), len(expected) - 1)


@pytest.mark.parametrize(
    ("n", "p"),
    [
        (1, 0.3), (1, 0.7), (2, 0.5), (3, 0.999), (15, 0.4), (16, 0.4), (17, 0.5),  # products, then powers
        (100, 0.0999), (100, 0.1), (100, 0.1001), (100, 0.9), (100, 0.9001),  # inversion, then rejection
        (20, 0.5), (21, 0.5), (40, 0.5), (200, 0.25), (1_000, 0.03), (10_000, 0.6), (1_000_000, 0.0001),
        (10**9, 1e-9), (10**9, 9e-9), (10**9, 1.1e-8), (10**9, 0.37), (10**9, 1 - 1e-8), (10**12, 0.5), (8 * 10**15, 0.01),
    ],
)  # fmt: skip
def test_the_binomial_has_the_exact_chances(n, p):
    assert p_value(drawn(binomials, n, p), stats.binom(n, p)) > LEAST


@pytest.mark.parametrize(
    ("n", "p", "always"), [(0, 0.5, 0), (7, 0.0, 0), (7, 1.0, 7), (7, 1.5, 7), (7, -0.1, 0), (7, 1e-300, 0)]
)
def test_the_binomial_leaves_nothing_to_chance_where_there_is_none(n, p, always):
    assert (drawn(binomials, n, p, draws=100) == always).all()


@pytest.mark.parametrize(
    ("good", "bad", "sample"),
    [
        (1, 1, 1), (5, 5, 5), (3, 10, 6), (10, 3, 6), (10, 3, 12), (4, 4, 7), (50, 1, 25),
        (38, 40, 19), (40, 40, 19), (19, 60, 40), (20, 60, 40), (60, 20, 40), (100, 300, 38), (100, 300, 43),  # both methods
        (300, 3_000, 300), (3_000, 300, 300), (300, 3_000, 3_100), (1_000, 1_000, 1_000),
        (10**5, 10**9, 10**4), (10**5, 10**9, 10**6), (10**9, 10**5, 10**6), (400_000, 600_000, 1_234),
    ],
)  # fmt: skip
def test_the_hypergeometric_has_the_exact_chances(good, bad, sample):
    assert p_value(drawn(hypergeometrics, good, bad, sample), stats.hypergeom(good + bad, good, sample)) > LEAST


@pytest.mark.parametrize(
    ("good", "bad", "sample", "always"), [(0, 5, 3, 0), (5, 0, 3, 3), (5, 4, 9, 5), (5, 4, 0, 0), (5, 4, 20, 5)]
)
def test_the_hypergeometric_leaves_nothing_to_chance_where_there_is_none(good, bad, sample, always):
    assert (drawn(hypergeometrics, good, bad, sample, draws=100) == always).all()


def test_a_billion_people_before_a_gate_have_the_right_mean_and_spread():
    law = stats.hypergeom
    good, bad, sample = 10**9, 3 * 10**9, 10**9
    found = drawn(hypergeometrics, good, bad, sample)
    variance = sample * 0.25 * 0.75 * (1 - sample / (good + bad))
    assert law.mean(good + bad, good, sample) == sample / 4
    scaled = (found - sample / 4) / np.sqrt(variance)
    assert stats.kstest(scaled, "norm").pvalue > LEAST


@pytest.mark.parametrize(("weights", "whole"), [([1.0, 2.0, 1.0], 0.0), ([0.2, 0.0, 0.3], 1.0), ([0.7, 0.9], 1.0)])
def test_the_multinomial_has_the_exact_chances(weights, whole):
    people, draws = 4, 50_000
    out, left = np.empty((draws, len(weights)), np.int64), np.empty(draws, np.int64)
    multinomials(np.array([5, 0, 0, 0, 0, 0, 0, 0], np.uint64), people, np.array(weights), whole, out, left)
    assert (out.sum(axis=1) + left == people).all()
    shares = np.array([*weights, max(0.0, whole - sum(weights))]) / max(sum(weights), whole)
    found, counts = np.unique(np.column_stack([out, left]), axis=0, return_counts=True)
    expected = stats.multinomial(people, shares).pmf(found) * draws
    assert expected.sum() == pytest.approx(draws)
    assert stats.chi2.sf(((counts - expected) ** 2 / expected).sum(), len(found) - 1) > LEAST


def test_shares_that_sum_to_one_but_for_rounding_leave_nobody_behind():
    weights = np.array([0.1] * 10)
    out, left = np.empty((1000, 10), np.int64), np.empty(1000, np.int64)
    multinomials(np.array([5, 0, 0, 0, 0, 0, 0, 0], np.uint64), 1000, weights, 1.0, out, left)
    assert sum(weights.tolist()) < 1
    assert not left.any()


def test_an_outcome_without_weight_is_never_taken():
    out, left = np.empty((1000, 4), np.int64), np.empty(1000, np.int64)
    multinomials(np.array([5, 0, 0, 0, 0, 0, 0, 0], np.uint64), 50, np.array([0.0, 1.0, 2.0, 0.0]), 0.0, out, left)
    assert not out[:, [0, 3]].any()
    multinomials(np.array([5, 0, 0, 0, 0, 0, 0, 0], np.uint64), 50, np.zeros(4), 0.0, out, left)
    assert not out.any()
    assert (left == 50).all()
