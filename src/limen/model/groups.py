"""Who meets which door on which way: the groups of a scenario before the doors of its ways, as trips and as departures."""

from __future__ import annotations

from dataclasses import dataclass

from limen.answers.steps import state_of, step_facts
from limen.model.doors import Doors
from limen.model.labels import LEAVE, TRIP
from limen.people.groups import Holding, Kind
from limen.scenario.scenario import Scenario
from limen.world.places import Place, Step, Way

MODES = (TRIP, LEAVE)
HOURS_A_DAY = 24.0
NOWHERE = Place("nowhere in particular", "origin", "", 0.0, 0.0, "", "")


@dataclass(frozen=True, slots=True)
class Group:
    """People of one origin, kind and holding: `count` of them."""

    origin: str
    kind: Kind
    holding: Holding
    count: int

    @property
    def papers(self) -> tuple[str, str]:
        """Kind and holding: what is kept of people once they are abroad."""
        return self.kind.name, self.holding.name


@dataclass(frozen=True, slots=True)
class Passage:
    """A way as one group meets it in one mode: the numbers of its meetings.

    `out`: the doors before the last, `entry` the last (None on a way without doors), `claim` that of asking for protection
    instead (None where that cannot be done).
    """

    way: Way
    out: tuple[int, ...]
    entry: int | None
    claim: int | None
    journey: int

    @property
    def met(self) -> tuple[int, ...]:
        """The numbers of all meetings on the way."""
        return (*self.out, *(one for one in (self.entry, self.claim) if one is not None))


def groups_of(scenario: Scenario) -> list[Group]:
    """The groups that have somebody in them, in the order of the tables."""
    people = scenario.population
    kinds, holdings = list(people.kinds.values()), list(people.holdings.values())
    return [Group(people.origins[o], kinds[k], holdings[h], int(people.counts[o, k, h])) for o, k, h in people.groups]


def passages(scenario: Scenario, doors: Doors, group: Group, mode: str) -> list[Passage]:
    """The ways that a route leads to from a group's origin, in the order of the ways."""
    found = []
    for way in scenario.world.ways.values():
        if (group.origin, way.name) not in scenario.world.routes:
            continue
        met = [_meet(scenario, doors, group, way, step, mode) for step in way.steps]
        claim = None if way.claim is None else _meet(scenario, doors, group, way, way.claim, mode, unasked=0.0)
        journey = max(1, round(scenario.world.routes[group.origin, way.name].hours / HOURS_A_DAY))
        found.append(Passage(way, tuple(met[:-1]), met[-1] if met else None, claim, journey))
    return found


def _meet(scenario: Scenario, doors: Doors, group: Group, way: Way, step: Step, mode: str, unasked: float = 1.0) -> int:
    words, origin = scenario.policy.words, scenario.world.places[group.origin]
    facts = step_facts(words, group.kind, group.holding, origin, step, leaving=mode == LEAVE)
    return doors.meet(step.door, facts, state_of(words, step), way.name, unasked)


def facts_abroad(scenario: Scenario, kind: Kind, holding: Holding, step: Step) -> dict[str, str]:
    """The facts of somebody abroad before a door: no region of origin is kept of them."""
    return step_facts(scenario.policy.words, kind, holding, NOWHERE, step, leaving=True)
