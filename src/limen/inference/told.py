"""What a fit came to: by parameter what became of its prior, by series how far counts are off before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from limen.inference.fit import Fitted
from limen.inference.posterior import INTERVAL
from limen.model.parameters import quantile
from limen.scenario.courses import is_assumption

Reals = npt.NDArray[np.float64]

NOT_INFORMED = 0.9
"""A parameter whose posterior is wider than so much of its prior is told as one that the counts do not inform."""

_ERRORS = 0x746F6C64


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """A parameter before and after: medians and 90% intervals in its unit.

    `left`: the standard deviation of the posterior over that of the prior, as standard normal points (1: nothing was learnt).
    `shift`: how far the mean moved, in standard deviations of the prior.
    """

    name: str
    of: str
    unit: str
    prior: tuple[float, float, float]
    posterior: tuple[float, float, float]
    left: float
    shift: float

    @property
    def informed(self) -> bool:
        """Whether the counts inform it."""
        return self.left <= NOT_INFORMED


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A series before and after: how far the median is off, and how often intervals with the errors of counts hold the count.

    `off`: the mean of the absolute logarithm of simulated over counted (0.1: about a tenth).
    """

    series: str
    counts: int
    off: tuple[float, float]
    in50: tuple[float, float]
    in90: tuple[float, float]


@dataclass(frozen=True, slots=True)
class FitTable:
    """All of it. `parameters`: assumptions that moved; `steps_moved`: how many steps of random walks did besides, of how many.

    `not_informed`: how many assumptions in doubt the counts say nothing about, those that did not move included.
    """

    scenario: str
    title: str
    until: str
    members: int
    steps: int
    seed: int
    command: str
    counts: int
    left_out: tuple[tuple[str, str, str, str], ...]
    in_doubt: int
    not_informed: int
    steps_moved: tuple[int, int]
    parameters: tuple[ParameterRow, ...]
    series: tuple[SeriesRow, ...]


def table_of(fitted: Fitted, command: str) -> FitTable:
    """The tables of a fit: parameters that moved, those informed most first; series in the order of the scenario, then all."""
    problem = fitted.problem
    stated = [place for place in fitted.moved if is_assumption(problem.keys[place])]
    rows = sorted((_parameter(fitted, place) for place in stated), key=lambda row: (row.left, row.name, row.of))
    informed, in_doubt = sum(row.informed for row in rows), sum(map(is_assumption, problem.keys))
    left_out = tuple(
        (seen.series, seen.start.isoformat(), seen.end.isoformat(), why) for seen, why in problem.counts.left_out
    )
    return FitTable(
        problem.scenario.name, problem.scenario.title, problem.until.isoformat(), fitted.members, fitted.steps, fitted.seed,
        command, len(problem.counts.used), left_out, in_doubt, in_doubt - informed,
        (len(fitted.moved) - len(stated), len(problem.keys) - in_doubt), tuple(rows),
        tuple(_series(fitted)),
    )  # fmt: skip


def _parameter(fitted: Fitted, place: int) -> ParameterRow:
    key = fitted.problem.keys[place]
    parameter = fitted.problem.parameters[key]
    points, before = fitted.smoothed.posterior[:, place], fitted.smoothed.prior[:, place]
    low, middle, high = (quantile(parameter, z) for z in np.quantile(points, (INTERVAL[0], 0.5, INTERVAL[1])).tolist())
    return ParameterRow(
        *key, parameter.unit, (parameter.value, parameter.low, parameter.high), (middle, low, high),
        float(points.std() / before.std()), float(points.mean() - before.mean()),
    )  # fmt: skip


def _series(fitted: Fitted) -> list[SeriesRow]:
    used = fitted.problem.counts.used
    ids = [count.seen.series for count in used]
    groups = {name: [place for place, one in enumerate(ids) if one == name] for name in fitted.problem.scenario.series}
    everything = {**groups, "": list(range(len(ids)))}
    before, after = (
        with_errors(simulated, fitted.problem.error, fitted.seed)
        for simulated in (fitted.smoothed.simulated_before, fitted.smoothed.simulated_after)
    )
    observed = fitted.problem.counts.observed
    return [
        SeriesRow(
            name, len(places),
            (off(fitted.smoothed.simulated_before, observed, places), off(fitted.smoothed.simulated_after, observed, places)),
            *((held(before, observed, places, level), held(after, observed, places, level)) for level in (0.5, 0.9)),
        )
        for name, places in everything.items() if places
    ]  # fmt: skip


def with_errors(simulated: Reals, error: Reals, seed: int) -> Reals:
    """Simulated counts (member, count) with an error of each member's own added: what would be counted."""
    stream = np.random.Generator(np.random.Philox(np.random.SeedSequence([_ERRORS, seed])))
    found: Reals = simulated + stream.standard_normal(simulated.shape) @ np.linalg.cholesky(error).T
    return found


def off(simulated: Reals, observed: Reals, places: Sequence[int]) -> float:
    """The mean distance of the median from the count."""
    chosen = list(places)
    return float(np.abs(np.median(simulated[:, chosen], axis=0) - observed[chosen]).mean())


def held(simulated: Reals, observed: Reals, places: Sequence[int], level: float) -> float:
    """The share of counts inside the central interval of a level."""
    chosen = list(places)
    low, high = np.quantile(simulated[:, chosen], ((1 - level) / 2, (1 + level) / 2), axis=0)
    return float(((low <= observed[chosen]) & (observed[chosen] <= high)).mean())
