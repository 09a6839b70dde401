"""`limen ask --ways`: a person's lawful ways out, door by door."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import click

from limen.answers.reach import Travel
from limen.answers.ways import Ways, ways
from limen.face.travel import travel_of
from limen.policy.people import Person
from limen.policy.rules import Policy
from limen.policy.standing import Known
from limen.text.faults import no_such


def travel_named(policy: Policy, name: str) -> Travel:
    """The ways of what is named. Raises click.UsageError where it has none."""
    travel = travel_of((name,), policy.words)
    if travel is None:
        raise click.UsageError(
            f"{name} has no ways: name a scenario with `world/ways.yaml`, such as mobilisation-2022."
        )
    return travel


def ways_of_person(
    policy: Policy, travel: Travel, person: Person, on: date, issuer: str, doors: Sequence[str] | None,
    known_on: date | None, under: Known,
) -> Ways:  # fmt: skip
    """The ways of a person on a day; with `doors` only those that end before one of them."""
    stood = [
        name for name in filter(None, (policy.words.place.in_, policy.words.place.at)) if _stated(policy, person, name)
    ]
    if stood:
        raise click.UsageError(
            f"{' and '.join(map(repr, stood))} cannot be stated with --ways: before each door, the way says where one stands. "
            "Leave that out; --issuer says which state issued the papers."
        )
    states = policy.words.facts[policy.words.place.in_].values if policy.words.place.in_ else ()
    if issuer and issuer not in states:
        raise click.UsageError(no_such("state", issuer, states))
    several = travel.ways
    if doors is not None:
        several = tuple({way.name: way for door in doors for way, _ in travel.to(door)}.values())
        if not several:
            raise click.UsageError(f"No way ends before {' or '.join(doors)}.")
    return ways(policy, person, several, on, home=travel.home, issuer=issuer, known_on=known_on, under=under)


def _stated(policy: Policy, person: Person, name: str) -> bool:
    return any(axis.number in person.known for axis in policy.words.axes_of[name])
