"""At home: ordinary trips, the press to leave, the call-up; and the choice of a way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from limen.evidence.figures import WEEKDAYS
from limen.flow.program import NONE, Ints, Response
from limen.model.call_up import presses, until_enough
from limen.model.changes import DELAY, PULL, of_number
from limen.model.changes import by_day as changed_by_day
from limen.model.course import Days, by_day, walk
from limen.model.crossing import Through, chance_at_first
from limen.model.doors import Flags
from limen.model.groups import Group, Passage
from limen.model.labels import LEAVE, TRIP, Meter, Stock
from limen.model.options import Option, Way, Ways, columns
from limen.model.plan import ONES, Column, Numbers, Plan
from limen.model.press import first_of, pressure, season
from limen.model.setting_out import SettingOut
from limen.scenario.courses import LEAVING, LEAVING_BY_WEEK, TRIPS, TRIPS_BY_WEEK

MOST_RAISED = 0.1
"""Nobody's chance of a trip is raised by more than ten times because others of the group are away."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Where people of one group are at home."""

    home: int
    determined: int


@dataclass
class Home:
    """The part of the plan in the state of origin, for all groups."""

    plan: Plan
    waits: Mapping[str, int]
    serving: dict[str, int] = field(default_factory=dict)
    hiding: dict[str, int] = field(default_factory=dict)
    back: dict[str, int] = field(default_factory=dict)
    trips: Column = field(default_factory=Column)
    at_first: Column = field(default_factory=Column)
    trip_branches: Column = field(default_factory=Column)
    leaving: list[int] = field(default_factory=list)
    choices: Column = field(default_factory=Column)
    called: Column = field(default_factory=Column)
    hides: Column = field(default_factory=Column)
    gives_up: list[int] = field(default_factory=list)
    again: list[int] = field(default_factory=list)
    nowhere: list[int] = field(default_factory=list)
    setting_out: SettingOut = field(default_factory=SettingOut)
    groups: list[Group] = field(default_factory=list)
    _rows: dict[Passage, tuple[int, int]] = field(default_factory=dict)
    _on_trips: list[tuple[Way, tuple[Any, ...], Through]] = field(default_factory=list)
    _leaving: list[tuple[Way, int, tuple[Any, ...]]] = field(default_factory=list)
    _waiting: list[tuple[int, int]] = field(default_factory=list)

    def cells(self, group: Group) -> Cells:
        """Makes the cells of a group."""
        plan, kind = self.plan, group.kind.name
        if kind not in self.back:
            self.serving[kind] = plan.builder.cell(f"serving, {kind}", stock=Stock("serving", kind=kind))
            self.hiding[kind] = plan.builder.cell(f"hiding, {kind}", stock=Stock("hiding", kind=kind))
            self.back[kind] = plan.builder.cell(f"back at home, {kind}", stock=Stock("at home", kind=kind))
            self._call_up(self.back[kind], kind)
        name = f"{group.origin}, {kind}, {group.holding.name}"
        home = plan.builder.cell(f"at home: {name}", stock=Stock("at home", kind=kind))
        determined = plan.builder.cell(f"determined: {name}", stock=Stock("determined", kind=kind))
        plan.initial[home] = group.count
        return Cells(home, determined)

    def lay(self, group: Group, cells: Cells, trips: Sequence[Option], ways: Sequence[Option]) -> None:
        """Lays what people of a group may do at home; their ways are noted, and laid by `lay_ways`."""
        number = len(self.groups)
        self.groups.append(group)
        if trips:
            self._lay_trips(group, cells, trips, number)
        self._lay_leaving(group, cells, ways, number)
        builder, kind = self.plan.builder, group.kind.name
        self.gives_up.append(builder.branch(cells.determined))
        builder.transition(self.gives_up[-1], cells.home)
        hide = builder.branch(cells.determined)
        builder.transition(hide, self.hiding[kind])
        self.hides.add(hide, kind)
        self._call_up(cells.home, kind)
        self._call_up(cells.determined, kind)

    def _lay_trips(self, group: Group, cells: Cells, trips: Sequence[Option], number: int) -> None:
        more, stock = self.setting_out.row(self.plan, TRIP, number), self._travelling(group)
        branch = self.plan.builder.branch(cells.home, rows=(self.plan.row("trip day"), more))
        self.trip_branches.add(branch, number)
        for option in trips:
            way = option.passage.way
            tags = number, way.name, way.state, option.hours, group.holding.name
            self._on_trips.append((self._way(branch, option, "willing", more, stock), tags, option.crossing.at_first))

    def _lay_leaving(self, group: Group, cells: Cells, ways: Sequence[Option], number: int) -> None:
        """Both those at home who decide to leave and those who try again choose among all ways; those who find none wait."""
        plan, builder = self.plan, self.plan.builder
        more, stock = self.setting_out.row(self.plan, LEAVE, number), self._travelling(group)
        self.leaving.append(builder.branch(cells.home, rows=(plan.row("press", group.kind.name), more)))
        self.again.append(builder.branch(cells.determined))
        for option in ways:
            way = option.passage.way
            found = self._way(self.leaving[-1], option, "choice", more, stock)
            self._leaving.append((found, self.again[-1], (way.name, way.state, option.hours)))
        self._waiting.append((cells.determined, builder.counted((Meter("no open way"),))))

    def _travelling(self, group: Group) -> int:
        return self.plan.builder.stock(Stock("on the way", kind=group.kind.name))

    def _way(self, branch: int, option: Option, weighing: str, more: int, stock: int) -> Way:
        passage, way = option.passage, option.passage.way
        rows = self._rows.get(passage)
        if rows is None:
            row = self.plan.row(weighing, option.crossing.expected, way.state)
            strays = "trips stray" if weighing == "willing" else "leaving strays"
            rows = row, self.plan.row(strays, way.state, self._family(weighing, way.state))
            self._rows[passage] = rows
        wait = self.waits.get(way.gate, NONE)
        return Way(branch, option.line, passage.journey, *rows, wait, stock, more, option.crossing.last)

    def lay_ways(self, closing: Flags) -> None:
        """Lays the ways of all groups at once. `closing` (meetings, days): a door is known to close soon."""
        trips, leaving = columns([way for way, _, _ in self._on_trips]), columns([way for way, _, _ in self._leaving])
        numbers = self._set_out(trips.branch, trips, closing)
        self.trips.extend(numbers, (tags for _, tags, _ in self._on_trips))
        self.at_first.extend(numbers, ((through,) for _, _, through in self._on_trips))
        again = np.array([branch for _, branch, _ in self._leaving], dtype=np.int32)
        tags = [tags for _, _, tags in self._leaving]
        self.choices.extend(self._set_out(leaving.branch, leaving, closing), tags)
        self.choices.extend(self._set_out(again, leaving, None), tags)
        determined, counted = np.array(self._waiting, dtype=np.int32).reshape(-1, 2).T
        for branches in (self.leaving, self.again):
            laid = self.plan.builder.transitions(branches, determined, meters=counted, fallback=True)
            self.nowhere.extend(laid.tolist())

    def _set_out(self, branches: Ints, ways: Ways, closing: Flags | None) -> Ints:
        """The transitions to the lines of ways: they thin with yesterday's wait there, where the way has a gate."""
        laid = self.plan.builder.transitions(
            branches, ways.line, lag=ways.journey, row=ways.row, second_row=ways.course, signal=ways.wait,
            response=np.where(ways.wait == NONE, Response.NONE, Response.EXCESS), transit_stock=ways.stock,
        )  # fmt: skip
        if closing is not None:
            never = np.zeros((1, closing.shape[1]), dtype=np.bool_)
            soon = np.concatenate([closing, never])[ways.last]
            self.setting_out.add(ways.more, branches, laid, ways.row, ways.course, soon)
        return laid

    def _family(self, weighing: str, state: str) -> str:
        """How an alternative policy changes the weight of ways into a state: by appeal, by patience alone, or not at all."""
        family, numbers = ("appeal", (PULL, DELAY)) if weighing == "choice" else ("patience", (DELAY,))
        return family if any(of_number(self.plan.scenario, number, state) for number in numbers) else ""

    def _call_up(self, cell: int, kind: str) -> None:
        branch = self.plan.builder.branch(cell, rows=(self.plan.row("called", kind), ONES))
        self.plan.builder.transition(branch, self.serving[kind], meters=(Meter("called up", kind=kind),))
        self.called.add(branch, kind)

    def fill(self, numbers: Numbers) -> None:
        """The numbers of one draw."""
        values = numbers.values
        self._fill_trips(numbers)
        transitions, (_, _, hours) = self.choices.arrays()
        weight = self.choices.each(
            lambda way, state: values.get("pull", state) + values.get("pull of a way", way), 0, 1
        )
        numbers.weight[transitions] = np.exp(weight - values.get("travel weighs") * hours)
        numbers.sensitivity[transitions] = values.get("waiting weighs")
        numbers.weight[self.nowhere] = 0.0
        numbers.hazard[self.leaving] = [values.get("propensity to leave", group.holding.name) for group in self.groups]
        numbers.hazard[self.again] = values.get("tries again a day")
        numbers.hazard[self.gives_up] = values.get("gives up a day")
        numbers.hazard[self.hides.ids] = self.hides.each(lambda kind: values.get("hides a day", kind), 0)
        self._fill_days(numbers)
        self.setting_out.fill(numbers)

    def _fill_trips(self, numbers: Numbers) -> None:
        """Trips a day by way, shared out among those who could make them, by how often and from how far they travel.

        Where a way opens to some in part only, those who come through on the first day count; and since nobody sets out who is
        already on a trip, the chance of those at home is higher by as much as are away on average.
        """
        if not self.trips.ids:
            return
        values = numbers.values
        transitions, (group, _, _, hours, _) = self.trips.arrays()
        size = np.exp(-values.get("travel weighs") * hours)
        size *= self.trips.each(lambda state, held: values.get("propensity to travel", f"{held}>{state}", held), 2, 4)
        willing = self.at_first.each(lambda through: chance_at_first(through, numbers), 0)
        people = np.array([one.count for one in self.groups], dtype=np.float64)
        numbers_of = {name: number for number, name in enumerate(dict.fromkeys(tag[1] for tag in self.trips.tags))}
        way = self.trips.each(lambda name: numbers_of[name], 1).astype(np.int64)
        total = np.bincount(way, weights=size * willing * people[group])[way]
        chance = self.trips.each(lambda name: values.get("trips a day", name), 1) * size / np.maximum(total, 1e-300)
        days_away = self.trips.each(lambda state: values.get("days away", state), 2)
        away = np.bincount(group, weights=chance * willing * days_away, minlength=len(self.groups))
        chance = chance / np.maximum(1 - away[group], MOST_RAISED)
        numbers.weight[transitions] = chance
        numbers.sensitivity[transitions] = values.get("waiting deters trips")
        branches, (owner,) = self.trip_branches.arrays()
        together = np.bincount(group, weights=chance * willing, minlength=len(self.groups))
        numbers.hazard[branches] = together[owner]
        numbers.floor[branches] = (1 - values.get("trips that turn elsewhere")) * together[owner]

    def _fill_days(self, numbers: Numbers) -> None:
        """The rows that press, call up, and make trips by weekday and season.

        A journey takes at least a day, so that whoever sets out at the end of one day is at a near border on the next: what makes
        people set out is that of the day on which they travel.
        """
        plan, values = self.plan, numbers.values
        first = plan.scenario.period.start.toordinal() + 1
        days = [date.fromordinal(first + i) for i in range(numbers.days)]
        for row in plan.rows_of("trip day")[0]:
            numbers.rows[row] = [
                values.get("weekday factor", WEEKDAYS[day.weekday()]) * season(values, day) for day in days
            ]
        rows, keys = plan.rows_of("press")
        for row, (kind,) in zip(rows, keys, strict=True):
            numbers.rows[row] = pressure(plan.scenario.events, kind, days, values)
        rows, keys = plan.rows_of("called")
        kinds = [kind for (kind,) in keys]
        population = plan.scenario.population
        people = dict(zip(population.kinds, population.counts.sum(axis=(0, 2)), strict=True))
        active = [[presses(plan.scenario.events, kind, day - timedelta(days=1)) for day in days] for kind in kinds]
        chance = np.array([[values.get("called up a day", kind)] for kind in kinds]) * np.array(active)
        numbers.rows[rows] = until_enough(
            chance, np.array([people[kind] for kind in kinds]), values.get("called up in all")
        )

        self._fill_courses(numbers, days)

    def _fill_courses(self, numbers: Numbers, days: Sequence[date]) -> None:
        """How far each state's flows stray: who sets out, by the day on which they travel; who returns, by the day itself."""
        rows_of = {
            family: self.plan.rows_of(family) for family in ("trips stray", "leaving strays", "trips back stray")
        }
        states = dict.fromkeys(state for _, keys in rows_of.values() for state, *_ in keys)
        by_state = {state: by_day(numbers.values, state, numbers.days, numbers.chance) for state in states}
        for family, (rows, keys) in rows_of.items():
            for row, (state, *changed) in zip(rows, keys, strict=True):
                course = self._course(numbers, family, state, days, by_state[state])
                numbers.rows[row] = np.exp(course + sum(self._appeal(numbers, state, one) for one in changed))

    def _course(
        self, numbers: Numbers, family: str, state: str, days: Sequence[date], day: Days
    ) -> npt.NDArray[np.float64]:
        """The logarithm of how far a flow of a state strays, by day; `day` are its parts by day."""
        values, period, events = numbers.values, self.plan.scenario.period, self.plan.scenario.events
        if family == "trips stray":
            return day.there + walk(values, f"{TRIPS} {state}", TRIPS_BY_WEEK, days, period.report_from)
        if family == "trips back stray":
            return day.back
        since = first_of(events) if events else period.report_from
        return day.leaving + walk(values, f"{LEAVING} {state}", LEAVING_BY_WEEK, days, since)

    def _appeal(self, numbers: Numbers, state: str, family: str) -> npt.NDArray[np.float64] | float:
        """The logarithm of what a state draws more or less than it stands, less what the days that screening takes deter."""
        if not family:
            return 0.0
        scenario, values, days = self.plan.scenario, numbers.values, numbers.days
        delay = changed_by_day(scenario, values, DELAY, state, 0.0, days)
        if family == "patience":
            return -values.get("waiting deters trips") * delay
        return changed_by_day(scenario, values, PULL, state, 0.0, days) - values.get("waiting weighs") * delay
