"""What was counted, and what of a simulation it is a count of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from limen.evidence.figures import Observation, Series
from limen.flow.program import Trace
from limen.model.labels import Labels
from limen.results.counted import columns
from limen.results.series import pick_of
from limen.scenario.scenario import Scenario

Reals = npt.NDArray[np.float64]
Cell = tuple[str, str, date]
"""A measure, a state and a day: the grain in which counts overlap."""


class NothingToFit(ValueError):
    """There is no count that a fit could use; the message says why."""


@dataclass(frozen=True)
class Count:
    """One count with what it counts: columns of the flows or stocks of a trace, on the days from `first` to `last` (places)."""

    seen: Observation
    series: Series
    columns: npt.NDArray[np.int64]
    states: tuple[str, ...]
    stock: bool
    first: int
    last: int

    def value(self, trace: Trace) -> float:
        """What a simulation has in its place."""
        total = float(self._counts(trace).sum())
        return total / (self.last + 1 - self.first) if self.series.per_day else total

    def by_cell(self, trace: Trace, labels: Labels) -> dict[Cell, float]:
        """The same, told apart by state and day."""
        counts, found = self._counts(trace), dict[Cell, float]()
        for row, day in zip(counts, labels.days[self._first : self.last + 1], strict=True):
            for number, state in zip(row.tolist(), self.states, strict=True):
                cell = self.series.measure, state, day
                found[cell] = found.get(cell, 0.0) + number
        return found

    def _counts(self, trace: Trace) -> npt.NDArray[np.int64]:
        table = trace.stocks if self.stock else trace.meters
        return table[self._first : self.last + 1, self.columns]

    @property
    def _first(self) -> int:
        return self.last if self.stock else self.first


@dataclass(frozen=True)
class Counts:
    """The counts that a fit uses, in a fixed order, and those that it leaves out, with why."""

    used: tuple[Count, ...]
    left_out: tuple[tuple[Observation, str], ...]

    @property
    def observed(self) -> Reals:
        """What was counted, as log(1 + count): a scale on which factors add up and a count of nothing is a number."""
        return np.log1p([count.seen.value for count in self.used])

    def simulated(self, trace: Trace) -> Reals:
        """What a simulation has in their place, on the same scale."""
        return np.log1p([count.value(trace) for count in self.used])


def ends(scenario: Scenario, until: date | None = None) -> list[date]:
    """The last days of the counts of series, in order, until a day (None: all). Raises NothingToFit where there is none."""
    found = sorted(seen.end for seen in scenario.observations if seen.series in scenario.series)
    if not found:
        raise NothingToFit(f"{scenario.name} has no count that belongs to a series: there is nothing to fit to.")
    if until is not None and found[0] > until:
        message = f"{scenario.name} has no count until {until}: the first that belongs to a series ends on {found[0]}."
        raise NothingToFit(message)
    return [end for end in found if until is None or end <= until]


def chosen(scenario: Scenario, labels: Labels, until: date, since: date | None = None) -> Counts:
    """The counts of the scenario's series that end by `until` (and begin on `since` or later), in order of day and series.

    Left out is what somebody worked out from other counts where those others are at hand: a derived count, all of whose days lie
    within published ones of the same measure in the same states. Sums that overlap with days are used beside them: what they have
    in common errs in common (`errors`), so that nothing is counted twice. Raises NothingToFit where there is no count.
    """
    from_day = max(since or scenario.period.start, scenario.period.start)
    of_series = [seen for seen in scenario.observations if seen.series in scenario.series]
    inside = [seen for seen in of_series if from_day <= seen.start and seen.end <= until]
    published = [seen for seen in inside if not seen.derived]
    used, left_out = [], []
    for seen in sorted(inside, key=lambda seen: (seen.start, seen.end, seen.series, seen.basis.where)):
        series = scenario.series[seen.series]
        count = _count(seen, series, labels)
        if not len(count.columns):
            left_out.append((seen, "the model does not count this"))
        elif seen.derived and _days(seen) <= _published_days(scenario, published, series):
            left_out.append((seen, "worked out from published counts of the same days"))
        else:
            used.append(count)
    if not used:
        raise NothingToFit(f"{scenario.name} has no count until {until} that the model counts too.")
    return Counts(tuple(used), tuple(left_out))


def _count(seen: Observation, series: Series, labels: Labels) -> Count:
    pick = pick_of(series)
    found = columns(labels, pick)
    named = labels.stocks if pick.stock else labels.meters
    states = tuple(named[place].state for place in found)
    stock = pick.stock or series.stock
    first, last = ((day - labels.days[0]).days for day in (seen.start, seen.end))
    return Count(seen, series, np.array(found, dtype=np.int64), states, stock, first, last)


def _published_days(scenario: Scenario, published: Sequence[Observation], series: Series) -> set[date]:
    """The days within published counts of the same measure in the same states."""
    found: set[date] = set()
    for seen in published:
        other = scenario.series[seen.series]
        if (other.measure, set(other.states)) == (series.measure, set(series.states)):
            found |= _days(seen)
    return found


def _days(seen: Observation) -> set[date]:
    return {seen.start + timedelta(days=i) for i in range((seen.end - seen.start).days + 1)}
