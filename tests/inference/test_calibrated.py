"""Simulation-based calibration (Talts and others 2018): the fit is right on average over what the priors hold for possible.

Truths are drawn from the priors, counts simulated from them with errors, and each fitted. Then the truth is as likely to lie
anywhere among the members of its posterior, and intervals hold as many truths as they say. Everything is keyed, so that the test
says the same every time.
"""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import chisquare

from limen.inference.fit import fit, problem_of
from limen.inference.observe import Counts

from .counted import counted

TRUTHS, MEMBERS, BINS = 48, 40, 4
FIRST = 5_000_000
INFORMED = (
    ("trips a day", "Bridge by car"), ("trips a day", "flight to West"), ("leaving a day", "liable"),
    ("leaving of others a day", ""),
)  # fmt: skip


@pytest.fixture(scope="module")
def fits(tmp_path_factory):
    """By truth: the truth, and the posterior that its counts led to."""
    problem = problem_of(counted(tmp_path_factory.mktemp("small")))
    root = np.linalg.cholesky(problem.error)
    found = []
    for number in range(TRUTHS):
        truth = problem.prior(range(FIRST + number, FIRST + number + 1), 7)[0]
        simulated = problem.counts.simulated(problem.trace(truth.tolist(), 7, FIRST + number))
        noisy = np.expm1(simulated + root @ np.random.default_rng(number).standard_normal(len(simulated)))
        used = tuple(
            replace(count, seen=replace(count.seen, value=max(value, 0.0)))
            for count, value in zip(problem.counts.used, noisy.tolist(), strict=True)
        )
        found.append((truth, fit(replace(problem, counts=Counts(used, ())), members=MEMBERS, seed=100 + number)))
    return found


def ranks(fits, place):
    return np.array([(fitted.smoothed.posterior[:, place] < truth[place]).mean() for truth, fitted in fits])


@pytest.mark.parametrize("key", INFORMED)
def test_the_truth_is_anywhere_among_the_members(fits, key):
    place = fits[0][1].problem.keys.index(key)
    assert chisquare(np.histogram(ranks(fits, place), BINS, (0, 1))[0]).pvalue > 0.01


@pytest.mark.parametrize("key", INFORMED)
def test_counts_bring_the_members_nearer_to_the_truth(fits, key):
    place = fits[0][1].problem.keys.index(key)
    missed = [fitted.smoothed.posterior[:, place].mean() - truth[place] for truth, fitted in fits]
    assert np.sqrt(np.mean(np.square(missed))) < 0.9


def test_intervals_hold_as_many_truths_as_they_say(fits):
    moved = [
        (fitted.smoothed.posterior[:, place] < truth[place]).mean() for truth, fitted in fits for place in fitted.moved
    ]
    assert len(moved) > 150
    off = np.abs(np.array(moved) - 0.5)
    assert (off < 0.45).mean() == pytest.approx(0.9, abs=0.06)
    assert (off < 0.25).mean() == pytest.approx(0.5, abs=0.08)
