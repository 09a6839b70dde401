"""How wrong it would have been: fit to the counts until a day, then look at those of the days after it.

Beside the model stand two rivals that know nothing: the *last value* (the count of the series before, per day, for as many days)
and the *seasonal naive* (the count of the same days of the week, one or more weeks before). Where there is none, the count is
not used to compare. What was simulated has the errors of counts added before it is asked whether its intervals hold them.

Priors are what the scenario states, and whoever stated them may have known later counts; then a hold-out shows how well the fit
hangs together, and not how well it foretells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from limen.evidence.figures import Observation, Series
from limen.inference.errors import covariance
from limen.inference.fit import FIRST_DRAW, MEMBERS, SEED, STEPS, Problem, Told, fit, problem_of
from limen.inference.observe import chosen
from limen.inference.told import with_errors
from limen.scenario.courses import varies
from limen.scenario.scenario import Scenario

Reals = npt.NDArray[np.float64]

MOST_WEEKS_BACK = 4


@dataclass(frozen=True, slots=True)
class HeldOut:
    """A count that was not fitted: what it was, the medians from the priors and after the fit, what rivals would have said.

    `in50`, `in90`: whether the interval after the fit, with the error of counts, holds it.
    """

    series: str
    start: date
    end: date
    observed: float
    prior: float
    fitted: float
    last: float | None
    seasonal: float | None
    in50: bool
    in90: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """How far off, as the mean absolute logarithm of foretold over counted (0.1: a tenth), and how often intervals held."""

    counts: int
    prior: float | None
    fitted: float | None
    rival: float | None
    in50: float
    in90: float


def hold_out(
    scenario: Scenario, until: date, last: date, *, members: int = MEMBERS, steps: int = STEPS, seed: int = SEED,
    workers: int = 1, told: Told | None = None,
) -> list[HeldOut]:  # fmt: skip
    """Fits until a day and compares with the counts that begin after it and end by `last`. Raises as `fit`."""
    fitted = fit(scenario, until, members=members, steps=steps, seed=seed, workers=workers, told=told).smoothed
    later = _later(problem_of(scenario, last, known=date.max), until)
    first, done, total = FIRST_DRAW - 2 * members, members * (steps + 1), members * (steps + 3)

    def finished() -> None:
        nonlocal done
        done += 1
        if told is not None:
            told(done, total)

    before, after = (
        later.simulated(points, seed, range(first, first + members), workers, finished)
        for points in (fitted.prior, fitted.posterior)
    )
    spread = with_errors(after, later.error, seed)
    known = [seen for seen in scenario.observations if seen.known_on(until) and not seen.derived]
    rows = []
    for place, count in enumerate(later.counts.used):
        seen, value = count.seen, np.log1p(count.seen.value)
        low90, low50, high50, high90 = np.quantile(spread[:, place], (0.05, 0.25, 0.75, 0.95)).tolist()
        rows.append(
            HeldOut(
                seen.series, seen.start, seen.end, seen.value,
                float(np.expm1(np.median(before[:, place]))), float(np.expm1(np.median(after[:, place]))),
                last_value(seen, known, scenario.series), seasonal(seen, known, scenario.series),
                low50 <= value <= high50, low90 <= value <= high90,
            )
        )  # fmt: skip
    return rows


def _later(problem: Problem, until: date) -> Problem:
    """The same model with the counts that begin after a day."""
    counts = chosen(problem.scenario, problem.model.labels, problem.until, until + timedelta(days=1))
    error = covariance(
        counts, problem.model.simulate(0, None), problem.model.labels, varies(problem.scenario.parameters)
    )
    return replace(problem, counts=counts, error=error)


def last_value(seen: Observation, known: Sequence[Observation], series: Mapping[str, Series]) -> float | None:
    """The latest count of the same thing before, a day, times the days; None where there is none."""
    same = [one for one in known if _same(one, seen, series)]
    if not same:
        return None
    latest = max(same, key=lambda one: (one.end, one.start))
    own = series[seen.series]
    return _a_day(latest, series) * (1 if own.per_day or own.stock else _length(seen))


def seasonal(seen: Observation, known: Sequence[Observation], series: Mapping[str, Series]) -> float | None:
    """The count of the same days of the week in the latest week before that has it; None where there is none."""
    for weeks in range(1, MOST_WEEKS_BACK + 1):
        back = timedelta(weeks=weeks)
        for one in known:
            if _same(one, seen, series) and (one.start, one.end) == (seen.start - back, seen.end - back):
                return one.value
    return None


def summary(rows: Sequence[HeldOut], rival: str = "") -> Summary | None:
    """All rows; with the name of a `rival` (last, seasonal) those that it has a number for. None where there are none."""
    some = [row for row in rows if not rival or getattr(row, rival) is not None]
    if not some:
        return None

    def error(name: str) -> float:
        return float(np.mean([abs(np.log1p(getattr(row, name)) - np.log1p(row.observed)) for row in some]))

    return Summary(
        len(some), error("prior"), error("fitted"), error(rival) if rival else None,
        float(np.mean([row.in50 for row in some])), float(np.mean([row.in90 for row in some])),
    )  # fmt: skip


def _same(one: Observation, other: Observation, series: Mapping[str, Series]) -> bool:
    """Whether two observations count the same thing, whatever over how many days."""
    if one.series not in series:
        return False
    a, b = series[one.series], series[other.series]
    return (a.measure, set(a.states), set(a.ways), a.stock) == (b.measure, set(b.states), set(b.ways), b.stock)


def _a_day(seen: Observation, series: Mapping[str, Series]) -> float:
    own = series[seen.series]
    return seen.value if own.per_day or own.stock else seen.value / _length(seen)


def _length(seen: Observation) -> int:
    return (seen.end - seen.start).days + 1
