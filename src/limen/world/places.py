"""Places, the ways between them, and what they carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

PLACE_KINDS = ("origin", "crossing", "airport", "state")


@dataclass(frozen=True, slots=True)
class Place:
    """A region of origin, a crossing point, an airport or a state, at degrees north and east.

    `facts` are those of everyone who starts here (a region of registration, say).
    """

    name: str
    kind: str
    state: str
    latitude: float
    longitude: float
    source: str
    confidence: str
    note: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


class Mode(Enum):
    """How one travels."""

    ROAD = "road"
    RAIL = "rail"
    AIR = "air"
    SEA = "sea"
    GREEN = "green border"


@dataclass(frozen=True, slots=True)
class Step:
    """One decision on a way: a `door` of the policy, and the `facts` of whoever stands before it (state, where, crossing, ...).

    `relative` facts depend on which state issued the person's papers: by fact, (the value where it is the step's state, the value
    where it is another).
    """

    door: str
    facts: Mapping[str, str]
    relative: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Way:
    """A chain of doors out of the origin into `state`: each of `steps` has to open, in order.

    `claim`: the step of asking for protection at the end of the way instead of the last step; None where that is not reached.
    `gate`: whose queue one stands in. `place`: the crossing point or airport. A way by the green border has no steps to pass.
    """

    name: str
    state: str
    place: str
    mode: Mode
    gate: str
    steps: tuple[Step, ...]
    claim: Step | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """What a crossing point carries, one way, out of the origin.

    Persons a day, soft upwards to `up_to`: `per_waiting` further
    persons a day for each person who waits.
    """

    name: str
    persons_a_day: float
    up_to: float
    per_waiting: float
    source: str
    confidence: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """From an origin to the gate of a way: `hours` of travel, door to door."""

    origin: str
    way: str
    hours: float
    source: str
    confidence: str


@dataclass(frozen=True)
class World:
    """All places, gates, ways and routes of a scenario, by name; routes by (origin, way)."""

    places: Mapping[str, Place]
    gates: Mapping[str, Gate]
    ways: Mapping[str, Way]
    routes: Mapping[tuple[str, str], Route]

    @property
    def origins(self) -> list[str]:
        """Names of the regions of origin, in order."""
        return [place.name for place in self.places.values() if place.kind == "origin"]

    @property
    def states(self) -> list[str]:
        """Codes of the states that a way leads to, in the order of the ways."""
        return list(dict.fromkeys(way.state for way in self.ways.values()))
