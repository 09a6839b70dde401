"""A scenario: one policy with a world, people, practice, parameters and what was counted; all of it data with sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from limen.evidence.changes import Change
from limen.evidence.figures import Event, Observation, Parameter, Practice, Series
from limen.evidence.posterior import Posterior
from limen.people.groups import Margin, Population
from limen.policy.rules import Policy
from limen.policy.standing import Known
from limen.world.places import Gate, Place, Route, World


@dataclass(frozen=True, slots=True)
class Period:
    """Days that are simulated: from `start` until before `end`; results are told from `report_from` on."""

    start: date
    report_from: date
    end: date

    @property
    def days(self) -> int:
        """How many days are simulated."""
        return (self.end - self.start).days


@dataclass(frozen=True, slots=True)
class Quoted:
    """A figure that a text quotes, to be shown beside what was simulated: of a series, over days (both included).

    `change`: the figure is the change in percent against the same number of days just before.
    """

    title: str
    series: str
    start: date
    end: date
    value: float
    source: str
    change: bool = False


@dataclass(frozen=True)
class Scenario:
    """Everything that a run needs. `under` are the readings of disputed texts that officials are taken to follow.

    `parameters` by (name, of). `sources`: citations by id, those of the policy too. `hashes`: SHA-256 of all files read, the
    policy's included, by their path inside the folder.
    """

    name: str
    title: str
    period: Period
    policy: Policy
    under: Known
    world: World
    population: Population
    practice: tuple[Practice, ...]
    parameters: Mapping[tuple[str, str], Parameter]
    events: tuple[Event, ...]
    observations: tuple[Observation, ...]
    series: Mapping[str, Series]
    quoted: tuple[Quoted, ...]
    sources: Mapping[str, str] = field(default_factory=dict)
    hashes: Mapping[str, str] = field(default_factory=dict)
    says: str = ""
    impossible: tuple[tuple[str, str, str], ...] = ()
    """Kinds and holdings that nobody has together, each with why."""
    posterior: Posterior | None = None
    """What fitting to the counts made of the priors; None: draws are from the priors."""
    needs: Mapping[str, Parameter] = field(default_factory=dict)
    """Of those who leave or mean to, by kind, the share that is assumed to need protection. No flow depends on it."""
    changes: tuple[Change, ...] = ()
    """Numbers of the model that an alternative policy changes from a day on."""

    @property
    def confidences(self) -> list[str]:
        """How far each figure is to be relied on: places, gates, routes, margins, practice, parameters, events, observations."""
        world = self.world
        stated: list[Place | Gate | Route | Margin] = [*world.places.values(), *world.gates.values()]
        stated += [*world.routes.values(), *self.population.margins]
        bases = [
            parameter.basis
            for parameter in (*(row.share for row in self.practice), *self.parameters.values(), *self.needs.values())
        ]
        bases += [seen.basis for seen in self.observations] + [event.basis for event in self.events]
        return [thing.confidence for thing in stated] + [basis.confidence for basis in bases]
