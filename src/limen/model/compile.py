"""A scenario under a policy as a program: all parts of the model laid out, and the numbers of each draw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, partial
from itertools import chain
from typing import cast

import numpy as np

from limen.evidence.figures import MONTHS, WEEKDAYS, Event, Parameter, Spread
from limen.flow.build import Builder
from limen.flow.built import Built
from limen.flow.program import Counts, Program, Rates
from limen.model.abroad import Abroad
from limen.model.border import Border
from limen.model.course import Chance
from limen.model.crossing import Crossings, fill_crossings
from limen.model.doors import Doors, openings
from limen.model.groups import MODES, Group, Passage, Passages, groups_of
from limen.model.home import Home
from limen.model.labels import LEAVE, TRIP, Labels, Meter, Stock
from limen.model.meetings import meetings_abroad
from limen.model.options import Option
from limen.model.parameters import PARAMETERS, Key, MissingParameters, Values, drawn, fault_at, standard, top_of, valued
from limen.model.plan import Numbers, Plan
from limen.model.practice import Chances
from limen.model.screening import screened
from limen.policy.rules import Policy
from limen.scenario.courses import courses, is_assumption
from limen.scenario.scenario import Scenario
from limen.text.faults import nearest

TRIPS = "trips a day"


@dataclass(frozen=True)
class Compiled:
    """A program, what its columns are called, and how the numbers of a draw are made."""

    scenario: Scenario
    labels: Labels
    plan: Plan
    chances: Chances
    built: Built
    initial: Counts

    @property
    def program(self) -> Program:
        """What does not change from draw to draw."""
        return self.built.program

    def values(self, seed: int, draw: int | None) -> Values:
        """The parameters and the shares of practice in one draw; the medians where `draw` is None.

        Where the scenario has a posterior, its parameters come from the member of the draw's number, beginning anew after the
        last, and all others from their priors.
        """
        stated, posterior = self._stated, self.scenario.posterior
        if posterior is None:
            return drawn(stated, seed, draw)
        fitted = posterior.medians() if draw is None else posterior.member(draw)
        unfitted = (key for key, one in stated if one.spread is not Spread.FIXED and key not in fitted)
        prior = {} if draw is None else {key: standard(key, seed, draw) for key in unfitted}
        return valued(stated, {**prior, **fitted})

    @cached_property
    def _stated(self) -> list[tuple[Key, Parameter]]:
        return all_parameters(self.scenario)

    def rates(self, values: Values, chance: Chance | None = None) -> Rates:
        """The numbers of a draw with these values; `chance` (seed and draw) is that of days, None: none."""
        program, days = self.program, len(self.labels.days)
        branches, transitions = len(program.fallback), len(program.target)
        gates, signals = len(program.discipline), len(program.signal_start) - 1
        rows = np.ones((len(self.built.rows), days))
        shares = [values.of[row.key] for row in self.scenario.practice]
        chances = screened(self.scenario, values, self.chances, shares)
        numbers = Numbers(
            values, chances, rows, np.ones(branches), np.ones(transitions), np.zeros(branches),
            np.zeros(transitions), np.zeros((gates, days)), np.zeros(gates), np.zeros((gates, days)), np.ones((signals, days)),
            chance,
        )  # fmt: skip
        for fill in self.plan.fills:
            fill(numbers)
        built = self.built
        return Rates(
            rows=numbers.rows, hazard=built.by_branch(numbers.hazard), weight=built.by_transition(numbers.weight),
            floor=built.by_branch(numbers.floor), sensitivity=built.by_transition(numbers.sensitivity), capacity=numbers.capacity,
            stretch=numbers.stretch, stretch_limit=numbers.stretch_limit, scale=numbers.scale, initial=self.initial,
            inflow=np.zeros((0, days), dtype=np.int64),
        )  # fmt: skip


def all_parameters(scenario: Scenario) -> list[tuple[Key, Parameter]]:
    """The parameters of a scenario, shares of practice, what changes numbers, and steps of walks, each with a key of its own."""
    shares = ((row.key, row.share) for row in scenario.practice)
    changes = ((change.key, change.by) for change in scenario.changes)
    steps = courses(scenario.parameters, scenario.period, scenario.world, scenario.events)
    return [*scenario.parameters.items(), *shares, *changes, *steps.items()]


def free(scenario: Scenario) -> list[Key]:
    """Those of them that are in doubt, in order."""
    return [key for key, parameter in all_parameters(scenario) if parameter.spread is not Spread.FIXED]


def in_doubt(scenario: Scenario) -> dict[Key, Parameter]:
    """The assumptions of a scenario that are in doubt, without the steps of walks, which are how flows stray of themselves."""
    return {
        key: parameter
        for key, parameter in all_parameters(scenario)
        if parameter.spread is not Spread.FIXED and is_assumption(key)
    }


def compile_scenario(scenario: Scenario, policy: Policy | None = None) -> Compiled:
    """Lays the scenario out under its own policy, or under another with the same words.

    Which cells there are, and who makes ordinary trips by which way, follows from the scenario's own policy on the first day, so
    that all policies that are compared share their cells. Raises MissingParameters and MissingPractice naming all that lacks.
    """
    check_parameters(scenario)
    policy = policy or scenario.policy
    days = [scenario.period.start + timedelta(days=i) for i in range(scenario.period.days)]
    doors, groups = Doors(), groups_of(scenario)
    passages = Passages(scenario, doors)
    met = {(number, mode): passages.of(group, mode) for number, group in enumerate(groups) for mode in MODES}
    papers = list({group.papers: (group.kind, group.holding) for group in groups}.values())
    moves = [of.split(">")[1] for name, of in scenario.parameters if name == "moves on a day"]
    states = list(dict.fromkeys([*scenario.world.states, *moves]))
    meetings = meetings_abroad(scenario, policy, doors, papers, states)
    journeys: dict[int, set[int]] = {}
    for passage in chain.from_iterable(met.values()):
        journeys.setdefault(passage.journey, set()).update(passage.met)
    opened = openings(scenario, policy, doors, days, journeys, _ahead(scenario))

    plan = Plan(scenario, Builder())
    border = Border(plan)
    border.open_gates()
    home = Home(plan, border.waits)
    issuers = {group.papers: group.holding.issuer for group in groups}
    abroad = Abroad(plan, home, opened.now, meetings, issuers)
    crossings = Crossings(opened, {of for name, of in scenario.parameters if name == "trips a day"})
    for number, group in enumerate(groups):
        _lay_group(group, met[number, TRIP], met[number, LEAVE], home, border, abroad, crossings)
    border.lay()
    home.lay_ways(opened.closing)
    abroad.lay()
    for state in states:
        pending = scenario.parameters.get(("pending at the start", state))
        if pending is not None and state in abroad.first:
            abroad.earlier(state, abroad.first[state], round(pending.value))
    plan.fills += [partial(fill_crossings, plan), home.fill, border.fill, abroad.fill]
    border.close()
    built = plan.builder.build()
    initial = np.zeros(built.program.cells, dtype=np.int64)
    for cell, count in plan.initial.items():
        initial[cell] = count
    meters, stocks = cast("list[Meter]", built.meters), cast("list[Stock]", built.stocks)
    labels = Labels(tuple(meters), tuple(stocks), tuple(map(str, built.gates)), tuple(days))
    return Compiled(scenario, labels, plan, opened.chances, built, initial)


def _lay_group(
    group: Group,
    trips: list[Passage],
    ways: list[Passage],
    home: Home,
    border: Border,
    abroad: Abroad,
    crossings: Crossings,
) -> None:
    cells = home.cells(group)
    scenario = home.plan.scenario

    def options(passages: list[Passage], mode: str) -> list[Option]:
        found = []
        for passage in passages:
            line, crossing = border.line(group, passage, mode), crossings.of(passage)
            border.serve(line, group, cells, passage, crossing.now, mode, abroad)
            hours = scenario.world.routes[group.origin, passage.way.name].hours
            found.append(Option(passage, line, crossing, hours))
        return found

    home.lay(group, cells, options([one for one in trips if crossings.of(one).travelled], TRIP), options(ways, LEAVE))


def _ahead(scenario: Scenario) -> int:
    return round(scenario.parameters["days ahead", ""].value)


def check_parameters(scenario: Scenario) -> None:
    """Sees to it that every parameter the model reads is stated, and every one that is stated read. Raises MissingParameters.

    It names all that lack, and where the others stand. Without events, what is not read is taken for a parameter of events.
    """
    stated = scenario.parameters
    top = top_of(one.basis for one in stated.values())
    values = drawn(stated.items(), 0, None)
    kinds, states = list(scenario.population.kinds), scenario.world.states
    months = sorted({(scenario.period.start + timedelta(days=i)).month for i in range(scenario.period.days)})
    of = {"KIND": kinds, "STATE": states, "MONDAY": WEEKDAYS, "MONTH": [MONTHS[month - 1] for month in months]}
    faults = []
    for name, meaning in PARAMETERS.items():
        for one in of.get(meaning.partition(":")[0].split(" ")[0], [""]):
            try:
                values.get(name, one)
            except MissingParameters as missing:
                faults += [fault_at(top, fault.message) for fault in missing.faults]
    if not any(name == TRIPS for name, _ in stated):
        faults.append(fault_at(top, f"The scenario states no {TRIPS!r} for any way: {PARAMETERS[TRIPS]}."))
    named = {name for event in scenario.events for name in (*event.presses.values(), *_spans(event))}
    spans = {name for event in scenario.events for name in _spans(event)}
    for key, number in stated.items():
        if key[0] in spans and values.of[key] <= 0:
            faults.append(fault_at(number.basis.where, f"{number.name!r} is a number of days above 0."))
        if named and number.name not in PARAMETERS and number.name not in named:
            near = nearest(number.name, (*PARAMETERS, *named))
            faults.append(fault_at(number.basis.where, f"The model reads no parameter {number.name!r}.", near))
    if faults:
        raise MissingParameters(faults)


def _spans(event: Event) -> tuple[str, str]:
    return event.rise_days, event.half_life_days
