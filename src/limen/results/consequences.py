"""What a policy does, in one draw: to borders, to offices, and to people; each measure one number over the days that are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from limen.evidence.read_needs import NEED
from limen.flow.program import Trace
from limen.model.changes import Screening, by_day, screened_days
from limen.model.labels import LEAVE, Labels
from limen.model.parameters import Values, quantile, standard
from limen.results.counted import Pick, columns
from limen.scenario.scenario import Scenario

Counts = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]

DAYS_A_MONTH = 365.25 / 12
PERSONS, MONTHS = "persons", "months"
"""Units of measures."""

NOT_LET_GO = ("determined", "hiding")
HEARING, OTHER = "asylum states", "other states"
"""States in which the ways let somebody ask for protection, and all others."""


class Measure(NamedTuple):
    """A number of a policy: what it is, of which state or group of states (empty: all), and its unit."""

    name: str
    of: str
    unit: str


MEANINGS: Mapping[str, str] = {
    "entries": "crossings of the border by people who were admitted, ordinary trips too",
    "came to stay": "people admitted who left for good or for long",
    "refusals": "people refused entry at the border, as often as they tried",
    "stopped at the exit": "people who came to no border: not let out, not carried, or without the visa that the way needs",
    "longest queue": "people left before all gates at the end of the worst day",
    "days waited before gates": "the people left before gates, added up over the days",
    "claims at the border": "people without a right to enter whose request for protection was taken at the border",
    "first applications": "first requests for protection, at the border and inside",
    "pending": "requests for protection that are not decided on the last day",
    "months of backlog": "how long the office would need for them at its pace of the last day, without any new one",
    "applications per 1,000 who came": "first applications per 1,000 who came to stay in asylum states or asked at the border",
    "protected": "people to whom protection was granted, or temporary protection given",
    "under temporary protection": "of these, those who were given it as members of a group",
    "turned back unassessed": "people who asked for protection at the border and were sent away without an assessment",
    "in need, turned back unassessed": "of these, those who are assumed to need protection",
    "in need, no way out": "people assumed to need protection who tried to leave, were sent back and are still there at the end",
    "in need, no way out, worst day": "the same on the day on which they were most",
    "person-days stranded": "days that people spent before gates, or sent back and not giving up or hiding",
    "person-days overstaying": "days that people spent abroad after their permitted days had run out",
    "called up": "people called up, as they had not left",
    "wrongly refused": "people who pose no threat and were refused by screening",
    "wrongly admitted": "people who pose a threat and passed the screening",
}
"""What each measure counts."""


@dataclass(frozen=True)
class Measurer:
    """Measures the draws of one policy. `scenario` is the one with the policy's own changes."""

    scenario: Scenario
    labels: Labels
    _places: dict[tuple[str, str, str, str], list[int]] = field(default_factory=dict)

    @property
    def hearing(self) -> list[str]:
        """The states in which a claim can be made, in the order of the ways."""
        return list(dict.fromkeys(way.state for way in self.scenario.world.ways.values() if way.claim is not None))

    @property
    def first(self) -> int:
        """The first day that is told."""
        return (self.scenario.period.report_from - self.scenario.period.start).days

    def measures(self, trace: Trace, values: Values, seed: int, draw: int) -> dict[Measure, float]:
        """Every measure of a draw. The need of protection is drawn beside it: no flow depends on it."""
        found: dict[Measure, float] = {}
        flows, stocks = trace.meters[self.first :], trace.stocks[self.first :]
        left = (trace.waiting - trace.served)[self.first :]
        self._borders(found, flows, left)
        self._offices(found, flows, stocks, values)
        self._people(found, flows, stocks, left, seed, draw)
        self._screening(found, flows, values)
        return found

    def _borders(self, found: dict[Measure, float], flows: Counts, left: Counts) -> None:
        for state in self.scenario.world.states:
            found[Measure("came to stay", state, PERSONS)] = self._flow(flows, "entries", state, LEAVE)
            found[Measure("entries", state, "crossings")] = self._flow(flows, "entries", state)
            found[Measure("refusals", state, PERSONS)] = self._flow(flows, "refusals", state)
        hearing = set(self.hearing)
        for name, unit in (("entries", "crossings"), ("came to stay", PERSONS), ("refusals", PERSONS)):
            for group, inside in ((HEARING, True), (OTHER, False)):
                found[Measure(name, group, unit)] = sum(
                    found[Measure(name, state, unit)]
                    for state in self.scenario.world.states
                    if (state in hearing) == inside
                )
        found[Measure("stopped at the exit", "", PERSONS)] = self._flow(flows, "stopped at exit")
        found[Measure("longest queue", "", PERSONS)] = float(left.sum(axis=1).max(initial=0))
        found[Measure("days waited before gates", "", "person-days")] = float(left.sum())

    def _offices(self, found: dict[Measure, float], flows: Counts, stocks: Counts, values: Values) -> None:
        a_month, pending = 0.0, 0.0
        for state in self.hearing:
            found[Measure("first applications", state, PERSONS)] = self._flow(flows, "first-time applications", state)
            waiting = self._by_day(stocks[-1:], "pending", state)[0]
            found[Measure("pending", state, PERSONS)] = waiting
            base = values.get("decisions a day", state)
            days = self.scenario.period.days
            pace = by_day(self.scenario, values, "decisions a day", state, base, days)[-1] * DAYS_A_MONTH
            found[Measure("months of backlog", state, MONTHS)] = waiting / pace if pace > 0 else 0.0
            a_month, pending = a_month + pace, pending + waiting
        found[Measure("claims at the border", "", PERSONS)] = self._flow(flows, "claims at the border")
        found[Measure("first applications", "", PERSONS)] = self._flow(flows, "first-time applications")
        found[Measure("pending", "", PERSONS)] = pending
        found[Measure("months of backlog", "", MONTHS)] = pending / a_month if a_month > 0 else 0.0
        given = self._flow(flows, "temporary protection given")
        found[Measure("protected", "", PERSONS)] = self._flow(flows, "granted") + given
        found[Measure("under temporary protection", "", PERSONS)] = given
        came = found[Measure("came to stay", HEARING, PERSONS)] + found[Measure("claims at the border", "", PERSONS)]
        asked = found[Measure("first applications", "", PERSONS)]
        found[Measure("applications per 1,000 who came", "", "per 1,000")] = 1000 * asked / came if came else 0.0

    def _people(
        self,
        found: dict[Measure, float],
        flows: Counts,
        stocks: Counts,
        left: Counts,
        seed: int,
        draw: int,
    ) -> None:
        found[Measure("turned back unassessed", "", PERSONS)] = self._flow(flows, "turned back unassessed")
        kept, stuck = np.zeros(len(stocks)), np.zeros(len(stocks))
        in_need = 0.0
        for kind in self.scenario.population.kinds:
            here = sum(self._by_day(stocks, measure, kind=kind) for measure in NOT_LET_GO)
            stuck += here
            share = self.need(kind, seed, draw)
            kept += share * here
            in_need += share * self._flow(flows, "turned back unassessed", kind=kind)
        if self.scenario.needs:
            found[Measure("in need, turned back unassessed", "", PERSONS)] = in_need
            found[Measure("in need, no way out", "", PERSONS)] = float(kept[-1])
            found[Measure("in need, no way out, worst day", "", PERSONS)] = float(kept.max())
        over = self._by_day(stocks, "overstaying")
        found[Measure("person-days stranded", "", "person-days")] = float(left.sum() + stuck.sum())
        found[Measure("person-days overstaying", "", "person-days")] = float(over.sum())
        found[Measure("called up", "", PERSONS)] = self._flow(flows, "called up")

    def _screening(self, found: dict[Measure, float], flows: Counts, values: Values) -> None:
        """Who was refused or admitted in error: expected numbers, from those who were admitted on days of screening."""
        scenario, days = self.scenario, self.scenario.period.days
        refused = admitted = 0.0
        for state in scenario.world.states:
            if not (screened := screened_days(scenario, state, days)).any():
                continue
            errors = Screening.of(scenario, values, state, days)
            came = np.zeros(days)
            came[self.first :] = self._by_day(flows, "entries", state)
            came = np.where(screened, came / (1 - errors.flagged), 0.0)
            refused += float((came * errors.refused_in_error).sum())
            admitted += float((came * errors.admitted_in_error).sum())
        found[Measure("wrongly refused", "", PERSONS)] = refused
        found[Measure("wrongly admitted", "", PERSONS)] = admitted

    def need(self, kind: str, seed: int, draw: int) -> float:
        """The share of a kind that is assumed to need protection in one draw; 0 where nothing is assumed."""
        parameter = self.scenario.needs.get(kind)
        return 0.0 if parameter is None else quantile(parameter, standard((NEED, ""), seed, draw))

    def _flow(self, flows: Counts, measure: str, state: str = "", mode: str = "", kind: str = "") -> float:
        return float(self._by_day(flows, measure, state, mode, kind).sum())

    def _by_day(self, counts: Counts, measure: str, state: str = "", mode: str = "", kind: str = "") -> Reals:
        """By day, what a measure counts, of one state, mode or kind where it is named."""
        key = measure, state, mode, kind
        if key not in self._places:
            self._places[key] = list(
                columns(self.labels, Pick(measure, (state,) if state else (), kind=kind, mode=mode))
            )
        total: Reals = counts[:, self._places[key]].sum(axis=1).astype(np.float64)
        return total
