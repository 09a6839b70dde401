"""Which series a scenario's forecast tells: its own, and by state what counts of other publishers are about."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from limen.evidence.figures import Series
from limen.inference.matching import Matcher, likes_of
from limen.inference.targets import DAILY, MONTHLY, SINCE, WEEKLY, Target, targets
from limen.model.labels import STOCKS, Labels
from limen.results.counted import all_columns, columns
from limen.results.series import pick_of
from limen.scenario.scenario import Scenario

EXITS, REFUSALS, APPLICATIONS, ABROAD, ENTRIES = "exits", "refusals", "first-time applications", "abroad", "entries"
BY_STATE = {
    EXITS: ((DAILY, WEEKLY), "crossings"),
    REFUSALS: ((WEEKLY, MONTHLY, SINCE), "persons"),
    APPLICATIONS: ((MONTHLY, SINCE), "persons"),
    ABROAD: ((WEEKLY, MONTHLY), "persons"),
}
"""What is told by state beside the scenario's series, over which spans, in which unit. Exits where entries are a series."""

COLUMNS = ("series", "title", "measure", "states", "ways", "unit", "per_day", "stock", "place", "every")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A series that is forecast, over spans `every`. `place`: the state, or group of states, that it is all of; else empty."""

    series: Series
    every: tuple[str, ...]
    place: str = ""

    @property
    def location(self) -> str:
        """Where it is, in one text: the place, else its states, else `all`."""
        return self.place or "+".join(self.series.states) or "all"

    def targets(self, reference: date, first: date, last: date, since: date) -> Iterable[Target]:
        """Its targets that end after the reference date, of the days from `first` to `last`."""
        for every in self.every:
            yield from targets(self.series.id, every, reference, first, last, since)


def wanted(scenario: Scenario, labels: Labels) -> list[Wanted]:
    """The scenario's series that are counted, over days, weeks and months; then by state what BY_STATE names.

    Of series that count the same (single days, and sums that overlap with them) the first is told.
    """
    first = {_counts(series): series for series in reversed(tuple(scenario.series.values()))}
    own = [
        Wanted(series, (DAILY, WEEKLY, MONTHLY), place_of(series))
        for series in scenario.series.values()
        if series is first[_counts(series)] and columns(labels, pick_of(series))
    ]
    told = {(one.series.measure, one.place) for one in own if one.place}
    entered = {series.states for series in scenario.series.values() if series.measure == ENTRIES}
    more = []
    for measure, (every, unit) in BY_STATE.items():
        stock = measure in STOCKS
        for place, states in _places(scenario, labels, measure, groups=measure == APPLICATIONS):
            if measure == EXITS and states not in entered:
                continue
            id_ = f"{measure.replace(' ', '-')}-{place.replace(' ', '-')}"
            if id_ not in scenario.series and (measure, place) not in told:
                title = f"{measure[0].upper()}{measure[1:]}, {place}"
                more.append(Wanted(Series(id_, title, measure, states, (), unit, False, stock), every, place))
    return own + more


def _counts(series: Series) -> tuple[object, ...]:
    """What a series counts: series that agree in it differ in their title only."""
    return series.measure, frozenset(series.states), frozenset(series.ways), series.per_day, series.stock


def place_of(series: Series) -> str:
    """The state of which a series counts all; empty where it is of several, or of some ways only."""
    return series.states[0] if len(series.states) == 1 and not series.ways else ""


def _places(scenario: Scenario, labels: Labels, measure: str, groups: bool) -> Iterable[tuple[str, tuple[str, ...]]]:
    """The states for which a measure is counted, and the groups of states of the policy that hold some of them."""
    states = list(dict.fromkeys(one.state for one in all_columns(labels) if one.measure == measure and one.state))
    yield from ((state, (state,)) for state in states)
    words = scenario.policy.words
    fact = words.facts.get(words.place.in_ or "")
    for name, group in (fact.groups if fact and groups else {}).items():
        inside = tuple(state for state in states if state in group)
        if len(inside) > 1:
            yield name, inside


def land_borders(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """By state, the names that stand for its whole land border: those of its crossing, where it has only one."""
    ways: dict[str, list[tuple[str, str]]] = {}
    for way in scenario.world.ways.values():
        if way.mode.value in ("road", "rail"):
            ways.setdefault(way.state, []).append((way.name, way.place))
    return {state: tuple(dict.fromkeys(found[0])) for state, found in ways.items() if len(found) == 1}


def origins(scenario: Scenario) -> tuple[str, ...]:
    """The states that the scenario's people come from."""
    places = scenario.world.places
    return tuple(dict.fromkeys(places[name].state for name in scenario.population.origins if places[name].state))


def matcher_for(scenario: Scenario, told: Iterable[Wanted]) -> Matcher:
    """What is known of the series that are forecast, and of counts like the scenario's."""
    told = list(told)
    return Matcher(
        {one.series.id: one.series for one in told}, {one.series.id: one.place for one in told if one.place},
        likes_of(scenario.observations), land_borders(scenario), origins(scenario),
    )  # fmt: skip


def as_csv(told: Iterable[Wanted]) -> str:
    """What is forecast as a table: the columns of a scenario's `series.csv`, the place, and over which spans."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in told:
        series = one.series
        writer.writerow(
            (series.id, series.title, series.measure, "; ".join(series.states), "; ".join(series.ways), series.unit,
             int(series.per_day), int(series.stock), one.place, "; ".join(one.every))
        )  # fmt: skip
    return text.getvalue()
