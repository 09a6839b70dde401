"""The groups of a scenario as they would stand before a door of a state, to be counted there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from limen.answers.rows import Facts
from limen.answers.steps import step_facts
from limen.model.groups import groups_of
from limen.scenario.scenario import Scenario
from limen.world.places import Step


def people_at(scenario: Scenario) -> Callable[[Mapping[str, str]], Sequence[tuple[Facts, int]]]:
    """By the facts of a place (its state, say), what is known of each group there, and how many people are in it.

    It is what they are and hold, and which state issued their papers; not what they come for, nor what somebody finds.
    """
    words = scenario.policy.words
    relative = {fact: values for way in scenario.world.ways.values() for step in (*way.steps, *filter(None, [way.claim]))
                for fact, values in step.relative.items()}  # fmt: skip
    groups = groups_of(scenario)

    def at(place: Mapping[str, str]) -> list[tuple[Facts, int]]:
        step = Step("", place, relative=relative)
        found: list[tuple[Facts, int]] = []
        for group in groups:
            origin = scenario.world.places[group.origin]
            facts = step_facts(words, group.kind, group.holding, origin, step)
            found.append(({name: value for name, value in facts.items() if name not in place}, group.count))
        return found

    return at
