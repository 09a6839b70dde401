"""What nobody can say in advance of a day or a week: how far flows stray from what parameters, rules and queues make of them.

How many set out for a state differs from day to day for reasons that no model holds (weather, a holiday, word that spreads), and
drifts over weeks. Without either, intervals are too narrow: multinomial chance alone is next to nothing among thousands. So the
logarithm of how many would set out for a state on a day has two parts more:

- *by day*: independent normal numbers; for those on trips with the standard deviation `trips change from day to day`, one for
  those who go and one for those who come back; for those who leave with `leaving changes from day to day`. They belong to chance:
  keyed by seed, draw and state, so that policies that are compared share them.
- *by week*: a random walk, a straight line within each week. That of trips has steps of `trips change from week to week` and is 0
  at the start of the week from which is reported. What draws those who leave to a state drifts besides by `leaving changes from
  week to week`, and the press of events, for all states alike, by `pressure changes from week to week`; both are 0 at the start
  of the week of the first event. The steps are latent parameters (`limen.scenario.courses`): counts inform those of the weeks in
  which there are counts, and the walk goes on from there.

A random walk is the simplest account of a discrepancy that lasts and is not known to return (West and Harrison 1997, Bayesian
Forecasting and Dynamic Models, ch. 2). Kennedy and O'Hagan (2001), Bayesian calibration of computer models, is the classic for
why a model's own discrepancy belongs into its fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from limen.model.parameters import Values
from limen.scenario.courses import COURSE, LEAVING_BY_DAY, TRIPS_BY_DAY, monday_of, mondays

Reals = npt.NDArray[np.float64]

Chance = tuple[int, int]
"""Seed and draw."""

_DAYS = 0x64617973
"""Tells the random numbers of days from all others."""


def walk(values: Values, of: str, size: str, days: Sequence[date], origin: date) -> Reals:
    """A walk by day: 0 on the Monday on or before `origin`, from which it wanders off both ways."""
    step = values.get(size)
    if step == 0 or not days:
        return np.zeros(len(days))
    weeks = mondays(min(days[0], origin), max(days[-1], origin) + timedelta(days=1))
    at = np.cumsum([0.0, *(step * values.of.get((COURSE, f"{of} {monday}"), 0.0) for monday in weeks)])
    knots = weeks[0].toordinal() + 7 * np.arange(len(at))
    found: Reals = np.interp([day.toordinal() for day in days], knots, at - at[weeks.index(monday_of(origin))])
    return found


class Days(NamedTuple):
    """The parts by day of a state: of trips there, of trips back, and of those who leave for it."""

    there: Reals
    back: Reals
    leaving: Reals


def by_day(values: Values, state: str, days: int, chance: Chance | None) -> Days:
    """The parts by day of a state: 0 where there is no chance."""
    if chance is None:
        return Days(*(np.zeros(days) for _ in Days._fields))
    streams = np.random.SeedSequence([_DAYS, *chance, crc32(state.encode())]).spawn(len(Days._fields))
    sizes = values.get(TRIPS_BY_DAY), values.get(TRIPS_BY_DAY), values.get(LEAVING_BY_DAY)
    return Days(*(size * _normals(stream, days) for size, stream in zip(sizes, streams, strict=True)))


def _normals(stream: np.random.SeedSequence, number: int) -> Reals:
    return np.random.Generator(np.random.Philox(stream)).standard_normal(number)
