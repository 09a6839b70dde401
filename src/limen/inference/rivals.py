"""Naive forecasts made from counts alone, and only from those known on the day: what a model has to beat.

Counts become levels a day (a sum over its days divided by their number), told as y = log(1 + level). The *random walk* carries
the last level on; each day adds a normal step whose variance is that of the past steps. The *seasonal naive* repeats the same
weekday of the last week in which it was counted; each further week adds a step from week to week (Hyndman and Athanasopoulos,
Forecasting: Principles and Practice, 3rd ed., 2021, section 5.2). Quantiles of single days are exact; those of sums come from
paths drawn with a fixed seed, so the same counts give the same rival.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from statistics import NormalDist
from zlib import crc32

import numpy as np
import numpy.typing as npt

from limen.evidence.figures import Observation
from limen.inference.forecasts import Prediction

Reals = npt.NDArray[np.float64]

RANDOM_WALK, SEASONAL_NAIVE = RIVALS = ("random walk", "seasonal naive")
PATHS = 2000
FEWEST_STEPS = 3
"""Fewer past steps of a series tell nothing of its spread: then the typical spread of all series is taken."""
WEEK = 7
LONGEST_AGO = 4
"""Weeks back in which the same weekday is looked for."""


@dataclass(frozen=True, slots=True)
class Level:
    """A count as a level: `log` is log(1 + persons or crossings a day, or the stock), over the days from `start` to `end`."""

    start: date
    end: date
    log: float

    @property
    def days(self) -> int:
        """Over how many days."""
        return (self.end - self.start).days + 1

    @property
    def middle(self) -> float:
        """The middle of its days, as a number of days."""
        return (self.start.toordinal() + self.end.toordinal()) / 2


def levels_of(counts: Iterable[Observation], origin: date, mean: bool) -> list[Level]:
    """The levels that are known on a day, in order and without those that overlap: of these the shortest that ends first stays.

    `mean`: the counts are means a day, or stocks, and not sums.
    """
    known = [seen for seen in counts if seen.known_on(origin) and seen.value >= 0]
    found: list[Level] = []
    for seen in sorted(known, key=lambda seen: ((seen.end - seen.start).days, seen.end, seen.derived)):
        days = 1 if mean else (seen.end - seen.start).days + 1
        if all(seen.end < other.start or other.end < seen.start for other in found):
            found.append(Level(seen.start, seen.end, float(np.log1p(seen.value / days))))
    return sorted(found, key=lambda level: level.end)


@dataclass(frozen=True)
class Spreads:
    """Typical spreads of the logarithm over all series, for those that have too few counts: a day's step, and a week's."""

    day: float | None = None
    week: float | None = None


@dataclass(frozen=True)
class Rivals:
    """The naive forecasts of one series. `name` seeds the paths; `stock`: it is counted at the end of the days."""

    name: str
    levels: Sequence[Level]
    origin: date
    stock: bool = False
    mean: bool = False
    typical: Spreads = field(default_factory=Spreads)

    @cached_property
    def steps(self) -> list[float]:
        """Past steps of the level, each as a step of one day: the change over the root of the days between."""
        return [
            (late.log - early.log) / float(np.sqrt(late.middle - early.middle))
            for early, late in pairwise(self.levels)
            if late.middle > early.middle
        ]

    @cached_property
    def weekly_steps(self) -> list[float]:
        """Past steps from a day to the same weekday of the next week."""
        days = self._days
        return [level - days[before] for day, level in days.items() if (before := day - timedelta(days=WEEK)) in days]

    @cached_property
    def spread(self) -> float | None:
        """The standard deviation of a day's step."""
        return spread_of(self.steps) if len(self.steps) >= FEWEST_STEPS else self.typical.day

    @cached_property
    def weekly_spread(self) -> float | None:
        """The standard deviation of a week's step."""
        return spread_of(self.weekly_steps) if len(self.weekly_steps) >= FEWEST_STEPS else self.typical.week

    def predictions(self, start: date, end: date, levels: Reals) -> dict[str, Prediction]:
        """The naive forecasts of a span of days, both included, by rival; a rival that the counts do not allow is left out."""
        if end <= self.origin:
            return {}
        if self.stock:
            start = end
        found = {}
        if self.levels and self.spread is not None and end > self.levels[-1].end:
            found[RANDOM_WALK] = self._walk(start, end, levels)
        season = self._season(start, end, levels)
        if season is not None:
            found[SEASONAL_NAIVE] = season
        return found

    @cached_property
    def _days(self) -> dict[date, float]:
        """The levels of single days."""
        return {level.end: level.log for level in self.levels if level.days == 1}

    @property
    def _days_from(self) -> date:
        """The earliest day that may be repeated."""
        return self.origin - timedelta(days=WEEK * LONGEST_AGO)

    def _walk(self, start: date, end: date, levels: Reals) -> Prediction:
        last, spread = self.levels[-1], self.spread or 0.0
        if start == end:
            ahead = (end - last.end).days
            return _at(levels, last.log, spread * float(np.sqrt(ahead)))
        ahead = (end - last.end).days
        walked = last.log + spread * np.cumsum(self._normals(RANDOM_WALK, ahead), axis=1)
        first = (start - last.end).days - 1
        paths = [walked[:, max(0, first) :]]
        if first < 0:
            paths.insert(0, np.tile(self._past(start, last.end), (PATHS, 1)))
        return self._of(np.concatenate(paths, axis=1), levels)

    def _season(self, start: date, end: date, levels: Reals) -> Prediction | None:
        """None where a weekday of the span was not counted in the last weeks, or nothing is known of the spread."""
        if self.weekly_spread is None or not self._days:
            return None
        last = max(self._days)
        middles, weeks = [], []
        for number in range((end - start).days + 1):
            day = start + timedelta(days=number)
            back = 0 if day <= last and day in self._days else max(1, -(-(day - last).days // WEEK))
            while (same := day - timedelta(days=WEEK * back)) not in self._days and same >= self._days_from:
                back += 1
            if same < self._days_from:
                return None
            middles.append(self._days[same])
            weeks.append(back)
        if start == end:
            return _at(levels, middles[0], self.weekly_spread * float(np.sqrt(weeks[0])))
        normals = self._normals(SEASONAL_NAIVE, WEEK * max(weeks)).reshape(PATHS, WEEK, -1)
        walked = np.concatenate([np.zeros((PATHS, WEEK, 1)), np.cumsum(normals, axis=2)], axis=2)
        weekdays = [(start.weekday() + number) % WEEK for number in range(len(middles))]
        return self._of(np.array(middles) + self.weekly_spread * walked[:, weekdays, weeks], levels)

    def _past(self, start: date, end: date) -> Reals:
        """The level on each day of the past, known or carried on from the last that is."""
        found = []
        for number in range((end - start).days + 1):
            day = start + timedelta(days=number)
            past = [level for level in self.levels if level.start <= day]
            found.append((past[-1] if past else self.levels[0]).log)
        return np.array(found)

    def _of(self, paths: Reals, levels: Reals) -> Prediction:
        """The quantiles of the sum, or of the mean, of levels by day (path, day)."""
        numbers = np.maximum(np.expm1(paths), 0)
        told = numbers.mean(axis=1) if self.mean else numbers.sum(axis=1)
        return Prediction(levels, np.quantile(told, levels))

    def _normals(self, rival: str, days: int) -> Reals:
        """Standard normal numbers (path, day), half of them the negatives of the others, by rival and series."""
        seed = crc32(f"{rival}\x00{self.name}".encode())
        half = np.random.default_rng(seed).standard_normal((PATHS // 2, days))
        return np.concatenate([half, -half])


def spread_of(steps: Sequence[float]) -> float:
    """The root of the mean square of steps: a naive forecast takes them to be zero on average."""
    return float(np.sqrt(np.mean(np.square(steps))))


def rivals_of(
    counts: Mapping[str, Sequence[Observation]], origin: date, stocks: Iterable[str] = (), means: Iterable[str] = ()
) -> dict[str, Rivals]:
    """The rivals of all series with counts known on a day. `stocks`, `means`: the series that are stocks, or means a day."""
    stock, mean = set(stocks), set(means)
    levels = {name: levels_of(seen, origin, name in stock | mean) for name, seen in counts.items()}
    made = {name: Rivals(name, found, origin, name in stock, name in mean) for name, found in levels.items() if found}
    typical = Spreads(
        _typical([rival.steps for rival in made.values()]), _typical([rival.weekly_steps for rival in made.values()])
    )
    return {name: replace(rival, typical=typical) for name, rival in made.items()}


def _typical(several: Sequence[Sequence[float]]) -> float | None:
    """The median spread over series, None where there are too few steps in all."""
    if sum(map(len, several)) < FEWEST_STEPS:
        return None
    return float(np.median([spread_of(steps) for steps in several if steps]))


def _at(levels: Reals, middle: float, spread: float) -> Prediction:
    """Quantiles of exp(x) - 1 where x is normal, none below 0."""
    normal = NormalDist()
    logs = middle + spread * np.array([normal.inv_cdf(level) for level in levels.tolist()])
    return Prediction(levels, np.maximum(np.expm1(logs), 0))
