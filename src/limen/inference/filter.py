"""Now-casting: the posterior as it stood at the end of each week, by what had been counted until then.

A particle filter keeps members, gives each a weight by how well it foretold the new week's counts, and draws members anew by
their weights. Two things stand against the plain form (Gordon, Salmond and Smith 1993) here. Members cannot go on from where
they are with other parameters: what happened before hangs on these, so a member is one whole run from the first day. And a week
brings tens of counts for tens of parameters, so that a few members get all the weight (Snyder and others 2008, Obstacles to
high-dimensional particle filtering, Monthly Weather Review 136).

So weights are used while they are good for something: each week the members are weighed by the new counts given the old ones; if
the effective number of members (Kong 1992: one over the sum of the squared weights) is at least half of them, they are drawn
anew by systematic resampling; else the whole window is fitted again from the priors by `esmda`. Static parameters are drawn anew
without noise, since a refit brings back what resampling loses (compare Chopin 2002, A sequential particle filter method for
static models, Biometrika 89, who moves them by MCMC).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from limen.inference.fit import FIRST_DRAW, MEMBERS, SEED, STEPS, Problem, Told, fit, problem_of
from limen.inference.observe import ends
from limen.model.parameters import Key
from limen.scenario.scenario import Scenario

Reals = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

ENOUGH = 0.5
"""The least share of effective members with which weights are still good for something."""

_RESAMPLED = 0x66696C74


@dataclass(frozen=True)
class Standing:
    """The posterior at the end of a week.

    `points` (member, key). `effective`: to how many members the weights by this week's counts come down; None in the first week.
    `fitted`: whether the window was fitted again, because that was too few. `moved`: the parameters that counts speak for.
    """

    until: date
    new: int
    keys: tuple[Key, ...]
    points: Reals
    effective: float | None
    fitted: bool
    moved: frozenset[Key]


def week_by_week(
    scenario: Scenario, until: date | None = None, *, members: int = MEMBERS, steps: int = STEPS, seed: int = SEED,
    workers: int = 1, told: Told | None = None,
) -> Iterator[Standing]:  # fmt: skip
    """The posterior at the end of each week (on Sunday, and on the last day) that brought counts. Raises as `fit`."""
    before: Standing | None = None
    for end in ends_of_weeks(scenario, until):
        problem = problem_of(scenario, end)
        new = sum(before is None or count.seen.end > before.until for count in problem.counts.used)
        effective: float | None = None
        if before is not None:
            draws = range(FIRST_DRAW - members, FIRST_DRAW)
            simulated = problem.simulated(before.points, seed, draws, workers, lambda: None)
            weights = weights_of(problem, simulated, before.until)
            effective = float(1 / (weights**2).sum())
            if effective >= ENOUGH * members:
                points = before.points[resampled(weights, seed, end.toordinal())]
                before = Standing(end, new, problem.keys, points, effective, False, before.moved)
                yield before
                continue
        fitted = fit(problem, members=members, steps=steps, seed=seed, workers=workers, told=told)
        moved = frozenset(problem.keys[place] for place in fitted.moved)
        before = Standing(end, new, problem.keys, fitted.smoothed.posterior, effective, True, moved)
        yield before


def ends_of_weeks(scenario: Scenario, until: date | None) -> list[date]:
    """The Sundays by which something new had been counted, and the day of the last count. Raises NothingToFit."""
    found = ends(scenario, until)
    sundays = (end + timedelta(days=6 - end.weekday()) for end in found)
    return sorted({min(sunday, found[-1]) for sunday in sundays})


def weights_of(problem: Problem, simulated: Reals, known: date) -> Reals:
    """The weight of each member by the counts after the day `known`, given those until then; they add up to 1.

    Errors of counts hang together, so it is the ratio of the densities of all counts and of the old ones.
    """
    off = problem.counts.observed - simulated
    old = np.array([count.seen.end <= known for count in problem.counts.used])
    logs = log_density(off, problem.error)
    if old.any():
        logs = logs - log_density(off[:, old], problem.error[np.ix_(old, old)])
    weights = np.exp(logs - logs.max())
    found: Reals = weights / weights.sum()
    return found


def log_density(off: Reals, covariance: Reals) -> Reals:
    """The logarithm of the normal density of each row, up to a constant."""
    white = np.linalg.solve(np.linalg.cholesky(covariance), off.T)
    found: Reals = -0.5 * (white**2).sum(axis=0)
    return found


def resampled(weights: Reals, seed: int, number: int) -> Places:
    """Members drawn anew by their weights, systematically (Kitagawa 1996): each as often as its weight says, or once more."""
    stream = np.random.Generator(np.random.Philox(np.random.SeedSequence([_RESAMPLED, seed, number])))
    marks = (np.arange(len(weights)) + stream.random()) / len(weights)
    found: Places = np.minimum(np.searchsorted(np.cumsum(weights), marks), len(weights) - 1)
    return found
