"""Fitting a scenario to its counts: the model, the counts with their errors, and the smoother put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from limen.evidence.figures import Parameter
from limen.flow.draws import in_order
from limen.flow.program import Trace
from limen.inference.errors import covariance
from limen.inference.esmda import FEWEST_MEMBERS, Smoothed, smooth
from limen.inference.observe import Counts, NothingToFit, chosen, ends
from limen.model.compile import all_parameters, free
from limen.model.parameters import Key, standard, valued
from limen.model.run import Model, model_of
from limen.scenario.courses import varies
from limen.scenario.scenario import Scenario

Reals = npt.NDArray[np.float64]

MEMBERS, STEPS, SEED = 200, 4, 1

FIRST_DRAW = 1_000_000
"""Chance in a fit is that of draws from this number on: no run meets a member with the very chance that it was fitted with."""

Told = Callable[[int, int], None]
"""Is told how many simulations are done, of how many."""


@dataclass(frozen=True)
class Problem:
    """What is fitted: a model of the days until the last count, its parameters in doubt, the counts, the covariance of errors."""

    scenario: Scenario
    until: date
    model: Model
    keys: tuple[Key, ...]
    counts: Counts
    error: Reals

    @property
    def parameters(self) -> dict[Key, Parameter]:
        """All parameters and shares of practice by key."""
        return dict(all_parameters(self.scenario))

    def prior(self, draws: range, seed: int) -> Reals:
        """The points of draws from the priors (draw, key): from 0 on those of `limen run --prior` with that seed."""
        return np.array([[standard(key, seed, draw) for key in self.keys] for draw in draws])

    def trace(self, point: Sequence[float], seed: int, draw: int) -> Trace:
        """What is simulated at a point of the priors."""
        values = valued(all_parameters(self.scenario), dict(zip(self.keys, point, strict=True)))
        return self.model.simulate_with(values, seed, draw)

    def simulated(self, points: Reals, seed: int, draws: range, workers: int, told: Callable[[], None]) -> Reals:
        """What each of the points would have counted (member, count). `draws`: the number of each one's chance."""
        place = {draw: index for index, draw in enumerate(draws)}

        def one(draw: int) -> Reals:
            return self.counts.simulated(self.trace(points[place[draw]].tolist(), seed, draw))

        return np.array([row for _, row in in_order(one, draws, workers=workers, finished=lambda _: told())])


@dataclass(frozen=True)
class Fitted:
    """A problem with its ensemble before and after, and how it was made."""

    problem: Problem
    smoothed: Smoothed
    steps: int
    seed: int

    @property
    def members(self) -> int:
        """How many members the ensemble has."""
        return len(self.smoothed.posterior)

    @property
    def moved(self) -> list[int]:
        """The places of the parameters that counts speak for, in the order of the keys."""
        return [int(place) for place in np.flatnonzero(self.smoothed.informed)]


def problem_of(scenario: Scenario, until: date | None = None, known: date | None = None) -> Problem:
    """What is to be fitted: the scenario without its posterior, cut after the last count that ends by `until` (None: all).

    Nothing that was counted later is looked at, nor what was published after the day `known` (None: `until`). Raises
    NothingToFit, and what `model_of` raises.
    """
    until = until or scenario.period.end - timedelta(days=1)
    known = known or until
    ends(scenario, until)
    scenario = replace(scenario, observations=tuple(seen for seen in scenario.observations if seen.known_on(known)))
    if not any(seen.series in scenario.series for seen in scenario.observations):
        raise NothingToFit(f"No count of a series of {scenario.name} had been published by {known}.")
    last = ends(scenario, until)[-1]
    short = replace(
        scenario,
        posterior=None,
        period=replace(
            scenario.period, end=last + timedelta(days=1), report_from=min(scenario.period.report_from, last)
        ),
        observations=tuple(seen for seen in scenario.observations if seen.end <= until),
    )
    model = model_of(short)
    counts = chosen(short, model.labels, until)
    keys = tuple(free(short))
    if not keys:
        raise NothingToFit(f"{scenario.name} has no parameter in doubt: there is nothing to fit.")
    error = covariance(counts, model.simulate(0, None), model.labels, varies(short.parameters))
    return Problem(short, until, model, keys, counts, error)


def fit(
    scenario: Scenario | Problem, until: date | None = None, *, members: int = MEMBERS, steps: int = STEPS, seed: int = SEED,
    workers: int = 1, told: Told | None = None,
) -> Fitted:  # fmt: skip
    """Fits a scenario to its counts until a day: `members` draws from the priors, moved in `steps` steps.

    The same seed gives the same posterior for any number of `workers` (threads). Raises NothingToFit, ValueError for too few
    members or steps, and what `model_of` raises.
    """
    if members < FEWEST_MEMBERS or steps < 1:
        raise ValueError(f"A fit takes at least {FEWEST_MEMBERS} members and one step, not {members} and {steps}.")
    problem = scenario if isinstance(scenario, Problem) else problem_of(scenario, until)
    total, done = members * (steps + 1), 0

    def finished() -> None:
        nonlocal done
        done += 1
        if told is not None:
            told(done, total)

    def simulate(points: Reals) -> Reals:
        first = FIRST_DRAW + done
        return problem.simulated(points, seed, range(first, first + members), workers, finished)

    def prior(number: int) -> Reals:
        return problem.prior(range(number * members, (number + 1) * members), seed)

    smoothed = smooth(prior, simulate, problem.counts.observed, problem.error, steps, seed)
    return Fitted(problem, smoothed, steps, seed)
