"""Ensemble smoother with multiple data assimilation: from an ensemble of priors to one of posteriors.

Every member of the ensemble is a whole set of parameters, as standard normal points. Those sets are moved, all together, towards
what was counted, along the directions in which parameters and simulated counts vary together in the ensemble; and since that is
right only as far as counts answer to parameters in a straight line, it is done in several small steps, in each of which errors
have `steps` times their variance, so that together the counts count once.

Three things keep a small ensemble honest:

- *Which parameters.* Only those move whose correlation with some count is larger than chance would bring about (`links`; Luo and
  Bhakta 2020). All others keep their priors, and are drawn anew in each step.
- *What they do.* To those that move, the others and the simulation's own chance are one more error of the counts. Its covariance
  V is what the moving parameters leave unexplained in the prior ensemble. With errors R of the counts, `steps` = a, each step
  takes aR + (a - 1)V as error beside the V that its simulations have in them: a(R + V) in all.
- *How wide.* A small ensemble shrinks by chance correlations too. By how much is seen on numbers that bear on nothing
  (`DUMMIES`), which should keep their variance; the ensemble is widened again by as much as they lost (Evensen 2009).

With one step, or where counts answer in a straight line, this is the ensemble Kalman smoother, exact as members grow.

References: Emerick and Reynolds (2013), Ensemble smoother with multiple data assimilation, Computers & Geosciences 55. Luo and
Bhakta (2020), Automatic and adaptive localization for ensemble-based history matching, J. Petroleum Science and Engineering 184.
Evensen (2009), The ensemble Kalman filter for combined state and parameter estimation, IEEE Control Systems Magazine 29(3).
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

MOST_MOVED = 0.5
"""Of the members as many parameters at most may move: more could not be told apart. Those move that are linked most strongly."""

DUMMIES = 200

_ERRORS, _DUMMIES = 0x65736D64, 0x64756D79
"""Tell the random numbers of this method from those of the model, and from one another."""


@dataclass(frozen=True)
class Smoothed:
    """An ensemble before and after (member, parameter), and what it simulated (member, count).

    `linked` (parameter, count): the pairs that hang together. `informed`: the parameters that moved; the others have in
    `posterior` what a further draw from the prior gave.
    """

    prior: Reals
    posterior: Reals
    simulated_before: Reals
    simulated_after: Reals
    linked: Flags
    informed: Flags


def smooth(
    prior: Callable[[int], Reals],
    simulate: Callable[[Reals], Reals],
    observed: Reals,
    error: Reals,
    steps: int,
    seed: int,
) -> Smoothed:
    """Moves an ensemble by `steps` steps towards what was `observed` (count).

    `prior` gives draws from the priors (member, parameter): number 0 the ensemble to be moved, later ones for the parameters
    that do not move. `simulate` gives what each member would have counted (member, count), on a scale on which errors are normal
    with the covariance `error` (count, count). What is added by chance here is keyed by `seed`, the step and the member: the
    same seed gives the same posterior, however `simulate` goes about its work.

    Raises ValueError for fewer than FEWEST_MEMBERS members, without a step or without a count.
    """
    points = first = np.round(prior(0), DECIMALS)
    members = len(points)
    if members < FEWEST_MEMBERS:
        raise ValueError(f"An ensemble has at least {FEWEST_MEMBERS} members, not {members}.")
    if steps < 1:
        raise ValueError(f"There is at least one step, not {steps}.")
    if not len(observed):
        raise ValueError("There is no count to fit to.")
    before = simulated = simulate(points)
    linked = links(points, before)
    informed = moving(points, before, linked)
    added = steps * error + (steps - 1) * unexplained(points[:, informed], before)
    root = np.linalg.cholesky(added)
    for step in range(1, steps + 1):
        draws = np.array([_normals(_ERRORS, seed, step, member, len(observed)) for member in range(members)])
        dummies = np.array([_normals(_DUMMIES, seed, step, member, DUMMIES) for member in range(members)])
        moved = step_of(points[:, informed], dummies, simulated, observed + draws @ root.T, added)
        points = np.round(prior(step), DECIMALS)
        points[:, informed] = np.round(moved, DECIMALS)
        simulated = simulate(points)
    return Smoothed(first, points, before, simulated, linked, informed)


def step_of(points: Reals, dummies: Reals, simulated: Reals, target: Reals, added: Reals) -> Reals:
    """One step: each member moves by the gain times how far what it simulated is from its own target, then all are widened.

    `added`: the covariance of the errors in `target`. The factor of widening is the one that gives the dummies their variance
    back.
    """
    apart = simulated - simulated.mean(axis=0)
    shared = len(points) - 1
    inverse = np.linalg.solve(apart.T @ apart / shared + added, (target - simulated).T)

    def moved(some: Reals) -> Reals:
        cross = (some - some.mean(axis=0)).T @ apart / shared
        found: Reals = some + (cross @ inverse).T
        return found

    lost = float(np.mean(moved(dummies).var(axis=0) / dummies.var(axis=0)))
    found = moved(points)
    middle = found.mean(axis=0)
    widened: Reals = middle + (found - middle) / np.sqrt(min(lost, 1.0))
    return widened


def links(points: Reals, simulated: Reals) -> Flags:
    """The pairs of parameter and count whose correlation in the ensemble is not by chance.

    Where nothing hangs together, a correlation of n members is about normal with variance 1/n. The threshold is such that
    BY_CHANCE pairs would pass it by chance, of all pairs together.
    """
    members, pairs = len(points), points.shape[1] * simulated.shape[1]
    least = NormalDist().inv_cdf(1 - BY_CHANCE / 2 / pairs) / np.sqrt(members)
    found: Flags = np.abs(correlations(points, simulated)) > least
    return found


def moving(points: Reals, simulated: Reals, linked: Flags) -> Flags:
    """The parameters that move: those linked to a count, of too many the ones linked most strongly."""
    strength = np.where(linked, np.abs(correlations(points, simulated)), 0.0).max(axis=1)
    most = int(MOST_MOVED * len(points))
    least = np.sort(strength)[-most] if len(strength) > most else 0.0
    found: Flags = (strength > 0) & (strength >= least)
    return found


def unexplained(points: Reals, simulated: Reals) -> Reals:
    """The covariance of simulated counts that is left when the part that answers to `points` in a straight line is taken away."""
    members, number = points.shape
    design = np.column_stack([np.ones(members), points])
    rest = simulated - design @ np.linalg.lstsq(design, simulated, rcond=None)[0]
    found: Reals = rest.T @ rest / (members - 1 - number)
    return found


def correlations(points: Reals, simulated: Reals) -> Reals:
    """The correlation of every parameter with every count over the ensemble; 0 where one of them never varies."""
    off, apart = points - points.mean(axis=0), simulated - simulated.mean(axis=0)
    size = np.sqrt((off**2).sum(axis=0))[:, None] * np.sqrt((apart**2).sum(axis=0))
    found: Reals = off.T @ apart / np.where(size > 0, size, 1.0)
    return found


def _normals(purpose: int, seed: int, step: int, member: int, number: int) -> Reals:
    stream = np.random.SeedSequence([purpose, seed, step, member])
    return np.random.Generator(np.random.Philox(stream)).standard_normal(number)
