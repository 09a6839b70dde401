"""One door asked about one person, beside Cedar: Limen with all its reasons, Cedar with its bare answer; then in bulk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import cycle
from typing import Any

import cedarpy
import numpy as np

from benchmarks.measure import DAY, Figure, Verdict, alternate, corpus, one_core, random_people, report, seconds, times
from benchmarks.peer_cedar import Translation, facts, permits, request
from limen.answers.decide import decide
from limen.policy.many import People, answers, tables
from limen.policy.meaning import any_of, holds
from limen.policy.people import excluded
from limen.policy.standing import Standing, standing
from limen.policy.words import Words

PERSONS = 100
UNUSUAL = 0.3
AT_ONCE = 2_000
PEOPLE = 1_000_000
ROUNDS = 9

Person = Mapping[int, int]


def persons_of(words: Words, door: str) -> list[Person]:
    """Possible persons of whom the door is asked: ordinary but for some of their facts."""
    chance = np.random.default_rng(2)
    found: list[Person] = []
    while len(found) < PERSONS:
        person = {
            axis.number: int(chance.integers(axis.size)) if chance.random() < UNUSUAL else axis.ordinary
            for axis in words.axes
        }
        asked = holds(words.doors[door].asked, lambda look, one=person: one[look.axis] in look.places, words.terms.get)
        if (
            any(asked.values())
            and excluded(words, {number: frozenset((place,)) for number, place in person.items()}) is None
        ):
            found.append(person)
    return found


def of_each(persons: list[Any], act: Callable[[Any], Any]) -> Callable[[], Callable[[], None]]:
    """Does something with every person, one after the other."""

    def run() -> None:
        for person in persons:
            act(person)

    return lambda: run


class Door:
    """A door asked of some persons by both."""

    def __init__(self, today: Standing, door: str, needs: tuple[int, ...]) -> None:
        words = today.words
        self.persons = persons_of(words, door)
        self.today, self.door = today, door
        self.text = Translation(today).policies(door)
        self.policies = cedarpy.PolicySet.from_str(self.text)
        self.nobody = cedarpy.Entities.from_json_str("[]")
        read = list(dict.fromkeys(words.axes[number].fact.name for number in needs))
        contexts = [facts(words, person, read) for person in self.persons]
        self.requests = [request(door, context) for context in contexts]
        self.plain = [{**one, "context": context} for one, context in zip(self.requests, contexts, strict=True)]
        self.crowd = [one for one, _ in zip(cycle(self.requests), range(AT_ONCE))]

    def contenders(self) -> dict[str, Any]:
        """Ways to decide."""
        return {
            "ours": of_each(self.persons, lambda one: decide(self.today, one, [self.door]).reasons(self.door)),
            "handles": of_each(
                self.requests, lambda one: cedarpy.is_authorized(one, self.policies, self.nobody).allowed
            ),
            "plain": of_each(self.plain, lambda one: cedarpy.is_authorized(one, self.text, "[]").allowed),
            "batch": lambda: lambda: cedarpy.is_authorized_batch(self.crowd, self.policies, self.nobody),
        }

    def agrees(self) -> bool:
        """Whether Cedar allows where some rule permits it and no higher or equal one forbids it, and denies elsewhere."""
        rules = self.today.about([self.door])
        for person, one in zip(self.persons, self.requests, strict=True):
            answer = cedarpy.is_authorized(one, self.policies, self.nobody)
            assert not answer.diagnostics.errors, answer.diagnostics.errors
            meant = decide(self.today, person, [self.door]).meant
            permitted = any_of(
                truth for rule in rules for effect in rule.effects if effect.door == self.door and permits(effect)
                for truth in meant.fired[rule.name].values()
            )  # fmt: skip
            left = meant.doors[self.door]
            if answer.allowed != bool(left.open and not left.conflict and permitted):
                return False
        return True


def measure() -> Figure:
    """Asks each door about a hundred persons, by itself and together."""
    policy = corpus()
    today = standing(policy, DAY)
    made = tables(today)
    people: People = random_people(policy.words, PEOPLE, seed=1)
    rows: list[tuple[str, str]] = []
    worst = slowest = 0.0
    sums = {"handles": 0.0, "plain": 0.0, "batch": 0.0}
    with one_core():
        for name, table in made.items():
            door = Door(today, name, table.needs)
            assert door.agrees(), f"Limen and Cedar differ about {name}."
            found = alternate(door.contenders(), ROUNDS)
            ours, peer = found["ours"] / PERSONS, found["handles"] / PERSONS
            rows.append((f"Limen: {name}, with all reasons", seconds(ours)))
            rows.append(
                (f"Cedar: {name}, the bare answer (Limen takes {ours / peer:.1f} times as long)", seconds(peer))
            )
            worst, slowest = max(worst, ours / peer), max(slowest, ours)
            for way in ("handles", "plain"):
                sums[way] += found[way] / PERSONS / len(made)
            sums["batch"] += found["batch"] / AT_ONCE / len(made)
        many = alternate({"ours": lambda: lambda: answers(made.values(), people)}, ROUNDS)["ours"] / PEOPLE / len(made)
    fastest = min(sums.values())
    rows += [
        (
            "Cedar, all doors: policies and entities parsed before, the request's context as text",
            seconds(sums["handles"]),
        ),
        ("Cedar, all doors: policies, entities and context as they are written", seconds(sums["plain"])),
        (f"Cedar, all doors: {AT_ONCE:,} requests in one call, parsed before", seconds(sums["batch"])),
        ("Limen, all doors in bulk: a decision, every part of the answer", seconds(many)),
    ]
    return Figure(
        "One decision",
        rows,
        [
            Verdict("with all its reasons at most 10 times as long as Cedar's bare answer", times(worst), worst <= 10),
            Verdict("in bulk at least 500 times as fast as Cedar", times(fastest / many), fastest / many >= 500),
        ],
        [
            f"Each door is asked about {PERSONS} possible persons of whom it is asked; for each, Cedar's answer agrees with "
            "Limen's. Cedar holds only the policies of the one door and gets only the facts that they read.",
            "Cedar cannot say everything: duty and choice are one permit to it, a gap is a Deny, terms and ranks have to be "
            "written out, and it says nothing of what has to be looked at first.",
            "In bulk, Limen answers a million people at once; Cedar has no other way than its batch.",
        ],
    )


if __name__ == "__main__":
    report(measure())
