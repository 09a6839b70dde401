"""What people abroad meet: whether a state lets them in, hears them, protects them, and how long they may stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from limen.answers.grouped import permitted_days
from limen.answers.steps import changed_by
from limen.model.doors import Doors
from limen.model.groups import facts_abroad
from limen.people.groups import Holding, Kind
from limen.policy.rules import Policy
from limen.scenario.scenario import Scenario
from limen.world.places import Mode, Step

PROTECTION_DOORS = ("refugee status", "subsidiary protection")
TRANSFER_DOOR, GROUP_DOOR = "transfer", "temporary protection"
STAY_DOOR, STAY_DAYS = "stay", ("days of this stay", "days in any 180")
"""Doors and facts that the model looks for by name; a policy without one has no such stage."""

Papers = tuple[str, str]
"""A kind of people and what they hold, by name."""


@dataclass(frozen=True, slots=True)
class Meetings:
    """The numbers of the meetings of people of some papers in a state; None where there is no such door.

    `group`: that of protection as a member of a group. `permitted` are the days of a stay (None: no end).
    """

    entry: int | None
    claim: int | None
    protection: tuple[int, ...]
    keep: int | None
    group: int | None
    permitted: int | None


def meetings_abroad(
    scenario: Scenario, policy: Policy, doors: Doors, papers: Sequence[tuple[Kind, Holding]], states: Sequence[str]
) -> dict[tuple[Papers, str], Meetings]:
    """The meetings of people of all papers in all states that a way or a move leads to."""
    found: dict[tuple[Papers, str], Meetings] = {}
    stays: list[tuple[tuple[Papers, str], dict[str, str]]] = []
    for state in states:
        entry, inside = _steps(scenario, policy, state)
        for kind, holding in papers:

            def meet(step: Step | None, door: str = "", unasked: float = 0.0) -> int | None:
                if step is None or (door or step.door) not in policy.words.doors:
                    return None
                facts = facts_abroad(scenario, kind, holding, step)  # noqa: B023
                return doors.meet(door or step.door, facts, state, "", unasked)  # noqa: B023

            key = (kind.name, holding.name), state
            protection = tuple(met for door in PROTECTION_DOORS if (met := meet(inside, door)) is not None)
            keep = meet(inside, TRANSFER_DOOR, unasked=1.0)
            found[key] = Meetings(
                meet(entry, unasked=1.0), meet(inside), protection, keep, meet(inside, GROUP_DOOR), None
            )  # fmt: skip
            if entry is not None and STAY_DOOR in policy.words.doors:
                facts = {**facts_abroad(scenario, kind, holding, entry), **changed_by(policy.words, entry.door)}
                stays.append((key, facts))
    axes = [name for name in STAY_DAYS if name in policy.words.facts]
    if stays and axes:
        day = scenario.period.report_from
        permitted = permitted_days(
            policy, [facts for _, facts in stays], day, scenario.under, door=STAY_DOOR, axis=axes
        )
        for (key, _), days in zip(stays, permitted, strict=True):
            found[key] = replace(found[key], permitted=days)
    return found


def _steps(scenario: Scenario, policy: Policy, state: str) -> tuple[Step | None, Step | None]:
    """How a state is entered from abroad (by air where there is such a way), and the step of a claim made inside.

    The claim inside has the facts of the claim at the border, changed as passing the last door changes them.
    """
    ways = (way for way in scenario.world.ways.values() if way.state == state)
    by_air_first = sorted(ways, key=lambda way: way.mode is not Mode.AIR)
    entry = next((way.steps[-1] for way in by_air_first if way.steps), None)
    claim = next((way.claim for way in by_air_first if way.claim is not None), None)
    if claim is None or entry is None:
        return entry, claim
    return entry, replace(claim, facts={**claim.facts, **changed_by(policy.words, entry.door)})
