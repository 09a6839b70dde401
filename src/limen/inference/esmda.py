"""Ensemble smoother with multiple data assimilation: from an ensemble of priors to one of posteriors.

Every member of the ensemble is a whole set of parameters. Those sets are moved, all together, towards what was counted, along the
directions in which parameters and simulated counts vary together in the ensemble; and since that is right only as far as counts
answer to parameters in a straight line, it is done in several small steps, in each of which the counts are taken to be less exact
than they are (error variance times `steps`), so that together they count once.

References: Emerick and Reynolds (2013), Ensemble smoother with multiple data assimilation, Computers & Geosciences 55;
localisation by correlation: Luo and Bhakta (2020), Automatic and adaptive localization for ensemble-based history matching,
Journal of Petroleum Science and Engineering 184.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Reals = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

FEWEST_MEMBERS = 20
DECIMALS = 4
"""Points are rounded to so many after each step: what the last bits of a machine's linear algebra are does not matter."""

BY_CHANCE = 0.2
"""How many pairs of a parameter and a count may be taken to hang together by chance alone, on average over fits."""

_ERRORS = 0x65736D64
"""Tells the random numbers of this method from those of the model."""


@dataclass(frozen=True)
class Smoothed:
    """An ensemble before and after (member, parameter), what it simulated (member, count), and which pairs were let speak.

    `linked` (parameter, count): the correlation in the prior is larger than would come about by chance; a parameter without any
    such count is not informed and keeps its prior exactly.
    """

    prior: Reals
    posterior: Reals
    simulated_before: Reals
    simulated_after: Reals
    linked: Flags

    @property
    def informed(self) -> Flags:
        """By parameter, whether any count speaks for it."""
        found: Flags = self.linked.any(axis=1)
        return found


def smooth(
    prior: Reals, simulate: Callable[[Reals], Reals], observed: Reals, error: Reals, steps: int, seed: int
) -> Smoothed:
    """Moves an ensemble of standard normal points (member, parameter) by `steps` steps towards what was `observed` (count).

    `simulate` gives what each member would have counted (member, count), on a scale on which errors are normal with the
    covariance `error` (count, count). Counts and errors that are added to them are keyed by `seed`, the step and the member: the
    same seed gives the same posterior, however `simulate` goes about its work. Raises ValueError for fewer than FEWEST_MEMBERS
    members, without a step or without a count.
    """
    members = len(prior)
    if members < FEWEST_MEMBERS:
        raise ValueError(f"An ensemble has at least {FEWEST_MEMBERS} members, not {members}.")
    if steps < 1:
        raise ValueError(f"There is at least one step, not {steps}.")
    if not len(observed):
        raise ValueError("There is no count to fit to.")
    root = np.linalg.cholesky(error)
    points = np.round(prior, DECIMALS)
    before = simulated = simulate(points)
    linked = links(points, before)
    for step in range(steps):
        draws = np.array([_normals(seed, step, member, len(observed)) for member in range(members)])
        target = observed + np.sqrt(steps) * draws @ root.T
        points = np.round(moved(points, simulated, target, steps * error, linked), DECIMALS)
        simulated = simulate(points)
    return Smoothed(np.round(prior, DECIMALS), points, before, simulated, linked)


def moved(points: Reals, simulated: Reals, target: Reals, error: Reals, linked: Flags) -> Reals:
    """One step: each member moves by the gain times how far what it simulated is from its own target."""
    off, apart = points - points.mean(axis=0), simulated - simulated.mean(axis=0)
    shared = len(points) - 1
    cross = np.where(linked, off.T @ apart / shared, 0.0)
    gain = np.linalg.solve(apart.T @ apart / shared + error, cross.T)
    found: Reals = points + (target - simulated) @ gain
    return found


def links(points: Reals, simulated: Reals) -> Flags:
    """The pairs of parameter and count whose correlation in the ensemble is not by chance.

    Where nothing hangs together, a correlation of n members is about normal with variance 1/n. The threshold is such that BY_CHANCE
    pairs would pass it by chance, of all pairs together.
    """
    members, pairs = len(points), points.shape[1] * simulated.shape[1]
    least = NormalDist().inv_cdf(1 - BY_CHANCE / 2 / pairs) / np.sqrt(members)
    found: Flags = np.abs(correlations(points, simulated)) > least
    return found


def correlations(points: Reals, simulated: Reals) -> Reals:
    """The correlation of every parameter with every count over the ensemble; 0 where one of them never varies."""
    off, apart = points - points.mean(axis=0), simulated - simulated.mean(axis=0)
    size = np.sqrt((off**2).sum(axis=0))[:, None] * np.sqrt((apart**2).sum(axis=0))
    found: Reals = off.T @ apart / np.where(size > 0, size, 1.0)
    return found


def _normals(seed: int, step: int, member: int, number: int) -> Reals:
    stream = np.random.SeedSequence([_ERRORS, seed, step, member])
    return np.random.Generator(np.random.Philox(stream)).standard_normal(number)
