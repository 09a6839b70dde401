"""What holds of somebody before each door of a way: of the place they come from, of themselves, their papers and the step."""

from __future__ import annotations

from collections.abc import Mapping

from limen.people.groups import Holding, Kind
from limen.policy.words import Words
from limen.world.places import Place, Step

NOTHING: Mapping[str, str] = {}


def step_facts(
    words: Words,
    kind: Kind,
    holding: Holding,
    origin: Place,
    step: Step,
    leaving: bool = False,
    passed: Mapping[str, str] = NOTHING,
) -> dict[str, str]:
    """The facts of a group before the door of a step. What comes later in this order counts where two speak of one fact.

    The facts of the place of origin, of the kind of people (with `leaving`, also those of whoever leaves for long), of what they
    hold, those `passed` on by doors before (see `changed_by`), those of the step, and those relative to who issued the papers.
    """
    facts = {**origin.facts, **kind.facts}
    if leaving:
        facts.update(kind.leaving)
    facts.update(holding.facts)
    facts.update(passed)
    facts.update(step.facts)
    facts.update(relative_facts(words, step, holding.issuer))
    return facts


def relative_facts(words: Words, step: Step, issuer: str) -> dict[str, str]:
    """The facts of a step that depend on whether its own state issued the papers; none where nobody did."""
    if not issuer or not step.relative:
        return {}
    other = int(issuer != state_of(words, step))
    return {fact: values[other] for fact, values in step.relative.items()}


def state_of(words: Words, step: Step) -> str:
    """The state that decides at a step; empty where the words know no states. Raises ValueError where the step does not say."""
    name = words.place.in_
    if name is None:
        return ""
    if name not in step.facts:
        raise ValueError(f"The step to the door {step.door!r} does not say {name!r}.")
    return step.facts[name]


def changed_by(words: Words, door: str) -> dict[str, str]:
    """The facts of a group that has passed a door. Raises ValueError for a set: a group states one thing of it, or none."""
    changed = {}
    for number, place in words.doors[door].passing.items():
        axis = words.axes[number]
        if axis.item is not None:
            raise ValueError(
                f"Passing the door {door!r} changes the set {axis.fact.name!r}, which groups cannot follow."
            )
        changed[axis.fact.name] = axis.fact.values[place]
    return changed
