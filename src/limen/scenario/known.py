"""A scenario as it could be known on a day: nothing in it rests on what came later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from limen.evidence.figures import Event, Practice
from limen.policy.standing import as_known, known_policy
from limen.scenario.scenario import Scenario

Dated = TypeVar("Dated", Practice, Event)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What of a scenario could not be known on a day, by name: nothing, where no day is given.

    `rules` were published later, `ends` of rules were; `practice` and `events` began later; `practice_ends` and `event_ends`
    lie later, and are forgotten; `observations` (how many) were not over or not published.
    """

    rules: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    practice: tuple[str, ...] = ()
    practice_ends: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    event_ends: tuple[str, ...] = ()
    observations: int = 0


def known_scenario(scenario: Scenario, known_on: date | None) -> tuple[Scenario, LeftOut]:
    """The scenario as it could be known on a day, and what that leaves out.

    Rules are those of `limen.policy.standing.known_policy`. Practice and events say no day of publication, so the stricter of two
    errors is chosen: what began later is left out, and an end that lies later is forgotten, even one that was foreseen. (An event
    left out is put off beyond the days that are simulated, so that its parameters keep their meaning.) Counts are those that were
    published; figures that texts quote are left out.
    """
    if known_on is None:
        return scenario, LeftOut()
    policy = scenario.policy
    known = {rule.name: rule for rule in as_known(policy, known_on)}
    practice, events = scenario.practice, scenario.events
    counts = tuple(seen for seen in scenario.observations if seen.known_on(known_on))
    left_out = LeftOut(
        tuple(name for name in policy.rules if name not in known),
        tuple(name for name, rule in known.items() if rule.end != policy.rules[name].end),
        tuple(_name(row) for row in practice if _begins_after(row, known_on)),
        tuple(_name(row) for row in practice if not _begins_after(row, known_on) and _ends_after(row, known_on)),
        tuple(event.name for event in events if _begins_after(event, known_on)),
        tuple(event.name for event in events if not _begins_after(event, known_on) and _ends_after(event, known_on)),
        len(scenario.observations) - len(counts),
    )
    begun = _known([row for row in practice if not _begins_after(row, known_on)], known_on)
    put_off = tuple(
        replace(event, start=scenario.period.end) if _begins_after(event, known_on) else event
        for event in _known(events, known_on)
    )
    restricted = replace(
        scenario,
        policy=known_policy(policy, known_on),
        practice=begun,
        events=put_off,
        observations=counts,
        quoted=(),
    )
    return restricted, left_out


def _known(things: Sequence[Dated], known_on: date) -> tuple[Dated, ...]:
    return tuple(replace(thing, end=None) if _ends_after(thing, known_on) else thing for thing in things)


def _begins_after(thing: Practice | Event, day: date) -> bool:
    return thing.start is not None and thing.start > day


def _ends_after(thing: Practice | Event, day: date) -> bool:
    """Whether it was not over on the day."""
    return thing.end is not None and thing.end > day


def _name(row: Practice) -> str:
    return "; ".join(str(part) for part in (row.door, row.state, row.way, row.answer, row.start) if part)
