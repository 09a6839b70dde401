"""Forecasts from the draws of a model: every target's quantiles, and the draws themselves where a run kept them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np

from limen.evidence.figures import Series
from limen.flow.draws import in_order
from limen.inference.forecasts import LEVELS, Prediction
from limen.inference.targets import Target
from limen.inference.wanted import Wanted
from limen.results.counted import Counted, Sums
from limen.results.ensemble import Simulated
from limen.results.quantiles import LEVELS as HUB_LEVELS
from limen.results.series import pick_of, value


def simulated(
    model: Simulated, told: Iterable[Wanted], seed: int, draws: int, threads: int, tell: Callable[[int], None]
) -> Counted:
    """Takes draws of a model and adds up what is forecast, from the first day that is simulated."""
    sums = Sums(model.labels, [pick_of(one.series) for one in told])
    for done, (_, trace) in enumerate(in_order(partial(model.simulate, seed), range(draws), workers=threads), 1):
        sums.add(trace.meters, trace.stocks)
        tell(done)
    return sums.counted()


def predictions(
    told: Sequence[Wanted], counted: Counted, reference: date, since: date
) -> Iterator[tuple[Target, str, Prediction]]:
    """Every target after the reference date with its place and quantiles. `since`: from when the long sums are taken."""
    levels = np.array(LEVELS)
    for one in told:
        for target in one.targets(reference, counted.days[0], counted.days[-1], since):
            found = value(one.series, counted, target.start, target.end)
            if found is not None and len(found):
                yield target, one.location, Prediction(levels, np.quantile(found, levels))


@dataclass(frozen=True)
class DrawnForecasts:
    """A run as forecasts: any span of days that it simulated, with its draws and the 23 quantiles that hubs ask for."""

    series: Mapping[str, Series]
    counted: Counted
    reference: date

    @property
    def ids(self) -> tuple[str, ...]:
        """The series that the run counts."""
        return tuple(name for name, series in self.series.items() if pick_of(series) in self.counted.values)

    def find(self, series: str, start: date, end: date, place: str) -> Prediction | None:  # noqa: ARG002
        """What was drawn of a series over days, None where these were not simulated."""
        draws = value(self.series[series], self.counted, start, end)
        if draws is None or not len(draws):
            return None
        levels = np.array(HUB_LEVELS)
        return Prediction(levels, np.quantile(draws, levels), draws)
