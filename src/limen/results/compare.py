"""The same draws under two policies: what differs, by series, measure and state.

Both policies see the same random numbers, so the difference is taken draw by draw and its intervals are far narrower than those
of either number; where the policies say the same, it is zero in every draw.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np

from limen.flow.draws import in_order
from limen.flow.program import Trace
from limen.model.labels import PERSONS, UNITS, Labels
from limen.results.cells import cells
from limen.results.counted import Counted, Counts, Pick, Reals, Sums, all_columns
from limen.results.ensemble import About, Simulated
from limen.results.ranges import LEVELS, WITHHELD, Range, range_of
from limen.results.series import FEWEST_BEFORE, Told, pick_of, value
from limen.results.tables import names_of


class OtherLabels(ValueError):
    """The two models count different things or days, so nothing can be subtracted."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One number under both policies, and changed minus base, draw by draw.

    `name` is the id of a series or a measure; `state` is empty where it is not told by state. Means add up: that of `changed` is
    that of `base` and of `difference` together; quantiles do not. `percent`: the mean difference in percent of the mean base,
    None where there was too little. `same`: it is zero in every draw; `clear`: its 90% interval lies on one side of zero.

    By state, a base or changed number of people from 1 to 9 is not published, and then neither is what would give it away: the
    difference, and another number of the same sum.
    """

    name: str
    title: str
    state: str
    unit: str
    base: Range
    changed: Range
    difference: Range
    percent: float | None
    same: bool
    clear: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two policies compared: `changes` says how the second differs, `start` and `end` are the days told, both included.

    Flows are sums over these days (or the mean a day, where a series is per day), stocks those at their end. `measures` in all,
    `states` by state.
    """

    run: About
    changes: list[str]
    draws: int
    start: str
    end: str
    series: list[Difference]
    measures: list[Difference]
    states: list[Difference]


def both(
    base: Simulated, changed: Simulated, told: Told, seed: int, draws: int, workers: int, tell: Callable[[int], None]
) -> tuple[Counted, Counted]:
    """Takes the same draws of both models, and adds up what is compared. Raises OtherLabels."""
    if base.labels != changed.labels:
        raise OtherLabels("The two policies lead to models that count different things.")
    picks = [*map(pick_of, told.series.values()), *measures(base.labels), *by_state(base.labels)]
    sums = [Sums(base.labels, picks, told.period.report_from) for _ in (base, changed)]

    def task(draw: int) -> tuple[Trace, Trace]:
        return base.simulate(seed, draw), changed.simulate(seed, draw)

    with closing(in_order(task, range(draws), workers=workers)) as found:
        for draw, pair in found:
            for adding, trace in zip(sums, pair):
                adding.add(trace.meters, trace.stocks)
            tell(draw + 1)
    one, other = (adding.counted() for adding in sums)
    return one, other


def measures(labels: Labels) -> list[Pick]:
    """Every measure that is counted, in the order of the words."""
    there = {column.measure for column in all_columns(labels)}
    known = list(UNITS)
    return [
        Pick(measure)
        for measure in sorted(there, key=lambda one: (known.index(one) if one in known else len(known), one))
    ]


def by_state(labels: Labels) -> list[Pick]:
    """Every measure in every state in which it is counted."""
    there = dict.fromkeys((column.measure, column.state) for column in all_columns(labels) if column.state)
    return [
        Pick(pick.measure, (state,)) for pick in measures(labels) for measure, state in there if measure == pick.measure
    ]


def compared(
    base: Counted, changed: Counted, told: Told, labels: Labels, run: About, changes: Sequence[str]
) -> Comparison:
    """What differs, from the sums of both."""
    start, end = base.days[0], base.days[-1]
    names = names_of(told)
    series = []
    for one in told.series.values():
        before, after = value(one, base, start, end), value(one, changed, start, end)
        if before is not None and after is not None:
            series.append(
                _difference(one.id, one.title, "", one.unit, before, after, range_of(before), range_of(after))
            )
    picks = [*measures(labels), *by_state(labels)]
    public = {pick_of(one) for one in told.series.values()}
    totals = [{pick: _total(pick, counts.values[pick]) for pick in picks} for counts in (base, changed)]
    shown = [cells(total, public) for total in totals]
    rows = [
        _difference(
            pick.measure, names.get(state, state) if (state := "".join(pick.states)) else pick.measure, state,
            UNITS.get(pick.measure, PERSONS), totals[0][pick], totals[1][pick], shown[0][pick], shown[1][pick],
        )
        for pick in picks
    ]  # fmt: skip
    in_all, apart = [row for row in rows if not row.state], [row for row in rows if row.state]
    return Comparison(run, list(changes), base.draws, start.isoformat(), end.isoformat(), series, in_all, apart)


def _total(pick: Pick, counts: Counts) -> Reals:
    total: Reals = (counts[:, -1] if pick.stock else counts.sum(axis=1)).astype(np.float64)
    return total


def _difference(
    name: str, title: str, state: str, unit: str, base: Reals, changed: Reals, one: Range, other: Range
) -> Difference:
    """`base` and `changed` by draw; `one` and `other` are what of them is published."""
    less = changed - base
    hidden = any(found.few or found.withheld for found in (one, other))
    percent = 100 * float(less.mean()) / float(base.mean()) if base.mean() >= FEWEST_BEFORE and not hidden else None
    return Difference(
        name, title, state, unit, one, other, WITHHELD if hidden else range_of(less), percent,
        bool((base == changed).all()), _clear(less),
    )  # fmt: skip


def _clear(difference: Reals) -> bool:
    low, high = np.quantile(difference, (LEVELS["low90"], LEVELS["high90"]))
    return bool(low > 0 or high < 0)
