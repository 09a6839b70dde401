"""Two sides of one question in gates of one circuit: two policies, two days, or the law and what is practised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from limen.answers.common import Pair
from limen.answers.decide import Decision, decide
from limen.answers.firmness import Firm
from limen.answers.spans import Timeline
from limen.policy.circuit import Circuit
from limen.policy.everyone import Everyone, looks_of_rules
from limen.policy.meaning import Meaning, Truth, meaning, on_facts
from limen.policy.outcome import PARTS, Outcome
from limen.policy.search import Search
from limen.policy.standing import Known, Standing, as_known, epochs, simplified
from limen.policy.words import Look, looks_of


def parts_of(meant: Meaning, door: str, findings: list[str]) -> list[Truth]:
    """All that counts for whether two people are treated alike at a door."""
    answer = meant.doors[door]
    return [*(getattr(answer, part) for part in PARTS), *(answer.first.get(one, False) for one in findings)]


@dataclass(frozen=True)
class Side:
    """A policy on some days, in gates of a circuit."""

    timeline: Timeline
    circuit: Circuit

    @cached_property
    def meant(self) -> Meaning:
        """The meaning of its rules."""
        words = self.timeline.words
        return meaning(self.timeline.standing.rules, words, self.circuit.see, words.doors, words.terms)

    @cached_property
    def firm(self) -> Firm:
        """How firm its answers are."""
        return Firm(self.timeline)

    def asked(self, door: str) -> Truth:
        """Of whom a door is asked."""
        return on_facts(self.timeline.words.doors[door].asked, self.circuit.see)

    def spoke(self, rule: str, ranks: int) -> list[Truth]:
        """By rank, to whom a rule speaks."""
        held = self.meant.fired.get(rule, {})
        return [held.get(rank, False) for rank in range(ranks)]

    def decided(self, person: Mapping[int, int], door: str) -> Decision:
        """What a single person is answered on the day that goes with her or him."""
        return decide(self.timeline.on(self.timeline.epochs[person[self.timeline.day_axis]]), person, [door])

    def outcome(self, decision: Decision, person: Mapping[int, int], door: str) -> Outcome | None:
        """The answer; None where the door is not asked of the person."""
        asked = on_facts(self.timeline.words.doors[door].asked, lambda look: person[look.axis] in look.places)
        return decision.outcomes[door] if asked else None

    def looks(self, door: str, known: Known) -> set[Look]:
        """What it tells apart at a door."""
        rules = self._about(door).given(known).about([door])
        asked = simplified(self.timeline.words.doors[door].asked, known)
        return looks_of_rules(rules) | set(looks_of(asked))

    def _about(self, door: str) -> Standing:
        """The rules that matter to a door."""
        if door not in self._standings:
            self._standings[door] = Standing(self.timeline.words, self.timeline.standing.about([door]))
        return self._standings[door]

    @cached_property
    def _standings(self) -> dict[str, Standing]:
        return {}


@dataclass(frozen=True)
class Sides:
    """Both sides, and who asks for people of whom something is so on them."""

    before: Side
    after: Side
    search: Search
    known: Known

    @classmethod
    def of(cls, pair: Pair, days: tuple[date | None, date | None], known_on: date | None, under: Known) -> Sides:
        """Both policies, each on a day, or on every day on which one of them changes (None, for both)."""
        policies = (pair.before, pair.after)
        rules = [rule for policy in policies for rule in as_known(policy, known_on)]
        timelines = [Timeline(policy, known_on, day, epochs(rules) if day is None else None)
                     for policy, day in zip(policies, days, strict=True)]  # fmt: skip
        words = timelines[0].words
        circuit = Circuit((*words.axes, *words.axes))
        before, after = (Side(timeline, circuit) for timeline in timelines)
        known = dict(pair.known)
        for axis, places in under.items():
            known[axis] = known.get(axis, places) & places
        return cls(before, after, Search(circuit, words), known)

    @property
    def doors(self) -> list[str]:
        """The doors that both know, in the order of the words after."""
        return [door for door in self.after.timeline.words.doors if door in self.before.timeline.words.doors]

    def everyone(self, door: str, known: Known) -> Everyone:
        """Everyone whom either side tells apart at a door."""
        looks = self.before.looks(door, known) | self.after.looks(door, known)
        return Everyone(self.before.timeline.words, looks, known)
