"""Who could lawfully reach a door, and who not: by state, kind of people and days, as a table for maps.

Every group of a scenario is walked over every way on all days at once. What is not stated of a group is ordinary, findings
included, and disputed texts are read as the scenario says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from limen.answers.bulk import OpenReading
from limen.answers.caution import warnings
from limen.answers.journey import Passage
from limen.answers.lawful import Reach
from limen.answers.reach import NOBODY, Reaching, Travel
from limen.answers.rows import places_of
from limen.answers.spans import Timeline
from limen.answers.wording import settled_readings
from limen.policy.circuit import LEAST, Gate
from limen.policy.lanes import in_lanes
from limen.policy.meaning import Truth
from limen.policy.standing import Epoch, Known
from limen.policy.words import Kind
from limen.scenario.scenario import Scenario
from limen.text.faults import no_such
from limen.world.places import Way


@dataclass(frozen=True, slots=True)
class Reached:
    """Whether one kind of people with one holding could reach a door in a state, on the days from `start` until before `end`.

    `origin` is empty where it is so of all regions of origin that have such people; `persons` counts them at the beginning.
    `way` is one on which most is reached, and on which least is risked. `stopped_by` is the first door on it, in
    `stopped_in`, that shuts (or can shut, where somebody could let through); empty where every door must open. `risk` is a
    door of the state that is left, which closes no way to protection: `exit: must stop`, or `exit: can stop`. `reach` is `no
    way` where none leads to such a door.
    """

    state: str
    latitude: float | None
    longitude: float | None
    door: str
    kind: str
    holding: str
    origin: str
    persons: int
    start: str
    end: str
    reach: str
    way: str
    stopped_by: str
    stopped_in: str
    risk: str


@dataclass(frozen=True, slots=True)
class WhoReaches:
    """The table, the readings that it is under, and how it is to be understood."""

    scenario: str
    door: str
    known_on: str | None
    readings: dict[str, str]
    rows: list[Reached]
    notes: list[str]


Outcome = tuple[str, str, str, str, str]
"""What is reached, on which way, which door in which state stops one, and what is risked."""

ORDER = (Reach.MUST, Reach.CAN, Reach.CANNOT)
NO_WAY = "no way"


def who_reaches(
    scenario: Scenario, door: str, *, start: date | None = None, end: date | None = None, irregular: bool = False,
    known_on: date | None = None, under: Known | None = None,
) -> WhoReaches:  # fmt: skip
    """Who could reach a door, from `start` until before `end` (by default the days of the scenario that are reported).

    Raises ValueError for a door that is not there or that no way ends before, OpenReading where an answer hangs on a text that
    nobody said how to read.
    """
    if door not in scenario.policy.words.doors:
        raise ValueError(no_such("door", door, scenario.policy.words.doors))
    travel = Travel(tuple(scenario.world.ways.values()), home_of(scenario))
    ways = travel.to(door, irregular)
    if not ways:
        raise ValueError(f"No way ends before the door {door!r}.")
    first, last = start or scenario.period.report_from, end or scenario.period.end
    timeline = Timeline(scenario.policy, known_on)
    reaching = Reaching(timeline, travel)
    walked = [(way, reaching.journeys.walk(steps)) for way, steps in ways]
    readings = {**scenario.under, **(under or {})}
    epochs = [place for place, epoch in enumerate(timeline.epochs) if _overlaps(epoch, first, last)]
    table = _Table(scenario, reaching, walked, epochs, readings)
    rows = []
    for state in scenario.world.states:
        latitude, longitude = _where(scenario, state)
        for kind, holding, origin, persons, spans in table.of(state):
            for (a, b), outcome in spans:
                days = max(first, a or first).isoformat(), min(last, b or last).isoformat()
                rows.append(Reached(state, latitude, longitude, door, kind, holding, origin, persons, *days, *outcome))
    told = settled_readings(scenario.policy.words, readings)
    period = scenario.period
    notes = warnings(scenario.policy, first, last - timedelta(days=1), known_on)
    if first < period.start or last > period.end:
        notes.append(
            f"The scenario is one of {period.start} until {period.end}. Its rules, ways and people were gathered for those days; "
            "of others less may be written here than was so."
        )
    return WhoReaches(scenario.title, door, known_on.isoformat() if known_on else None, told, rows, [
        *notes,
        "These are the written rules; it does not say that anybody got there.",
        "What is not stated of a kind of people is ordinary, what officials find included.",
    ])  # fmt: skip


def home_of(scenario: Scenario) -> str:
    """The state that is left."""
    return next((place.state for place in scenario.world.places.values() if place.kind == "origin"), "")


def _overlaps(epoch: Epoch, first: date, last: date) -> bool:
    return (epoch.start is None or epoch.start < last) and (epoch.end is None or epoch.end > first)


def _where(scenario: Scenario, state: str) -> tuple[float | None, float | None]:
    """Where a state is drawn: at its own place, else at the first of its places."""
    places = [place for place in scenario.world.places.values() if place.state == state]
    place = next((place for place in places if place.kind == "state"), places[0] if places else None)
    return (place.latitude, place.longitude) if place else (None, None)


@dataclass(frozen=True)
class _Table:
    scenario: Scenario
    reaching: Reaching
    walked: Sequence[tuple[Way, list[Passage]]]
    epochs: Sequence[int]
    readings: Known

    def of(self, state: str) -> list[tuple[str, str, str, int, list[tuple[tuple[date | None, date | None], Outcome]]]]:
        """By kind and holding, and by origin where it matters: how many they are, and what they reach on which days."""
        ways = [(way, passages) for way, passages in self.walked if way.state == state]
        population = self.scenario.population
        groups = population.groups
        outcomes = self._outcomes(ways, groups)
        together: dict[tuple[str, str], list[tuple[str, int, tuple[Outcome, ...]]]] = {}
        kinds, holdings = list(population.kinds), list(population.holdings)
        for (o, k, h), row in zip(groups, outcomes, strict=True):
            one = population.origins[o], int(population.counts[o, k, h]), row
            together.setdefault((kinds[k], holdings[h]), []).append(one)
        found = []
        for (kind, holding), several in together.items():
            alike = len({row for _, _, row in several}) == 1
            told = [("", sum(persons for _, persons, _ in several), several[0][2])] if alike else several
            found += [(kind, holding, origin, persons, self._spans(row)) for origin, persons, row in told]
        return found

    def _spans(self, row: Sequence[Outcome]) -> list[tuple[tuple[date | None, date | None], Outcome]]:
        """Neighbouring epochs with the same outcome, together."""
        found: list[tuple[tuple[date | None, date | None], Outcome]] = []
        for place, outcome in zip(self.epochs, row, strict=True):
            epoch = self.reaching.timeline.epochs[place]
            if found and found[-1][1] == outcome:
                found[-1] = (found[-1][0][0], epoch.end), outcome
            else:
                found.append(((epoch.start, epoch.end), outcome))
        return found

    def _outcomes(
        self, ways: Sequence[tuple[Way, list[Passage]]], groups: Sequence[tuple[int, int, int]]
    ) -> list[tuple[Outcome, ...]]:
        """For each group what it reaches in each epoch. Each pair of a group and an epoch is a lane."""
        days, lanes = len(self.epochs), len(self.epochs) * len(groups)
        truths = [truth for _, passages in ways for one in passages for truth in (one.must, one.can)]
        self._readings_said(truths)
        answers = iter(in_lanes(self.reaching.circuit, truths, {}, self._columns, lanes))
        opened = [(way, [(one, next(answers), next(answers)) for one in passages]) for way, passages in ways]
        place = self.reaching.words.place.in_ or ""
        return [tuple(_best(opened, group * days + day, place) for day in range(days)) for group in range(len(groups))]

    @cached_property
    def _columns(self) -> dict[int, list[int]]:
        """By axis, the place in each lane."""
        groups = self.scenario.population.groups
        days, day_axis, words = len(self.epochs), self.reaching.timeline.day_axis, self.reaching.words
        people = [self._person(*group) for group in groups]
        columns = {
            axis.number: [person.get(axis.number, axis.ordinary) for person in people for _ in range(days)]
            for axis in words.axes
        }
        columns[day_axis] = [*self.epochs] * len(groups)
        for axis, places in self.readings.items():
            columns[axis] = [min(places)] * (days * len(groups))
        return columns

    def _person(self, o: int, k: int, h: int) -> dict[int, int]:
        """What is stated of a group before it sets out, as places on axes."""
        population, words = self.scenario.population, self.reaching.words
        origin = self.scenario.world.places[population.origins[o]]
        kind, holding = list(population.kinds.values())[k], list(population.holdings.values())[h]
        facts = {**origin.facts, **kind.facts, **kind.leaving, **holding.facts}
        person = {axis: place for item in facts.items() for axis, place in places_of(words, *item)}
        issuer = holding.issuer or NOBODY
        states = self.reaching.states
        person[self.reaching.issuer] = states.index(issuer) if issuer in states else len(states) - 1
        return person

    def _readings_said(self, truths: Sequence[Truth]) -> None:
        """Sees to it that no answer hangs on a text of which nobody said how to read it."""
        circuit, axes = self.reaching.circuit, self.reaching.words.axes
        for gate in circuit.cone(truth.number for truth in truths if isinstance(truth, Gate)):
            if gate.step == LEAST and axes[gate.left].fact.kind is Kind.READING and gate.left not in self.readings:
                fact = axes[gate.left].fact
                raise OpenReading(f"An answer hangs on how one reads {fact.name!r}: {' or '.join(fact.values)}.")


def _best(opened: Sequence[tuple[Way, Sequence[tuple[Passage, int, int]]]], lane: int, place: str) -> Outcome:
    """On which way somebody reaches most in a lane and risks least, and at which door somebody is, or can be, stopped."""
    best: tuple[tuple[int, int], Outcome] | None = None
    for way, passages in opened:
        shut = next((one for one, _, can in passages if not one.risk and not can >> lane & 1), None)
        loose = next((one for one, must, _ in passages if not one.risk and not must >> lane & 1), None)
        reach = Reach.CANNOT if shut else Reach.CAN if loose else Reach.MUST
        stop = shut or loose
        risks = [(one, can >> lane & 1) for one, must, can in passages if one.risk and not must >> lane & 1]
        danger = max((2 - can for _, can in risks), default=0)
        rank = ORDER.index(reach), danger
        if best is None or rank < best[0]:
            risk = "; ".join(f"{one.step.door}: {'can' if can else 'must'} stop" for one, can in risks)
            stopped = (stop.step.door, stop.step.facts.get(place, "")) if stop else ("", "")
            best = rank, (reach.value, way.name, *stopped, risk)
    return best[1] if best else (NO_WAY, "", "", "", "")
