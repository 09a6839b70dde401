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


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A way as people meet it in one mode: the numbers of its meetings. Groups to whom the same happens share it.

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


class Passages:
    """The ways that groups may take, and what they meet there. Groups of the same facts, as far away, meet the same."""

    def __init__(self, scenario: Scenario, doors: Doors) -> None:
        self.scenario, self.doors = scenario, doors
        self._known: dict[tuple[object, ...], dict[tuple[str, int], Passage]] = {}
        self._journeys: dict[str, list[tuple[Way, int]]] = {}

    def of(self, group: Group, mode: str) -> list[Passage]:
        """The ways that a route leads to from a group's origin, in the order of the ways."""
        origin = self.scenario.world.places[group.origin]
        known = self._known.setdefault((tuple(origin.facts.items()), group.papers, mode), {})
        found = []
        for way, journey in self._journeys_from(group.origin):
            passage = known.get((way.name, journey))
            if passage is None:
                met = tuple(self._meet(group, origin, way, step, mode) for step in way.steps)
                claim = None if way.claim is None else self._meet(group, origin, way, way.claim, mode, unasked=0.0)
                passage = Passage(way, met[:-1], met[-1] if met else None, claim, journey)
                known[way.name, journey] = passage
            found.append(passage)
        return found

    def _journeys_from(self, origin: str) -> list[tuple[Way, int]]:
        """The ways from an origin, and the days that it takes to get there."""
        if origin not in self._journeys:
            world = self.scenario.world
            routes = ((way, world.routes.get((origin, way.name))) for way in world.ways.values())
            self._journeys[origin] = [
                (way, max(1, round(route.hours / HOURS_A_DAY))) for way, route in routes if route is not None
            ]
        return self._journeys[origin]

    def _meet(self, group: Group, origin: Place, way: Way, step: Step, mode: str, unasked: float = 1.0) -> int:
        words = self.scenario.policy.words
        facts = step_facts(words, group.kind, group.holding, origin, step, leaving=mode == LEAVE)
        return self.doors.meet(step.door, facts, state_of(words, step), way.name, unasked)


def facts_abroad(scenario: Scenario, kind: Kind, holding: Holding, step: Step) -> dict[str, str]:
    """The facts of somebody abroad before a door: no region of origin is kept of them."""
    return step_facts(scenario.policy.words, kind, holding, NOWHERE, step, leaving=True)
