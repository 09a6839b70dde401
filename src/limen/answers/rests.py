"""What a proof about ways rests on: rules that suffice, and what of the texts at their doors could not be put into rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from limen.answers.reach import Reaching
from limen.answers.reasons import marks
from limen.answers.support import Support, axes_of_files, in_the_file, sufficing, told, where_present
from limen.policy.circuit import Circuit
from limen.policy.meaning import Truth, no, on_facts
from limen.policy.rules import AskedReach, ReachClaim, Rule
from limen.policy.standing import Known, Standing
from limen.policy.words import Look


class Withdrawn(Reaching):
    """Everyone before setting out, where each rule is in the file or left out."""

    @cached_property
    def circuit(self) -> Circuit:
        """The circuit. Behind the axes of people it has one for each rule."""
        return Circuit((*self.words.axes, *axes_of_files(self.timeline.standing.rules, len(self.words.axes))))

    @cached_property
    def present(self) -> Mapping[str, Look]:
        """By rule, that it is in the file."""
        return in_the_file(self.timeline.standing.rules, len(self.words.axes))

    @cached_property
    def standing(self) -> Standing:
        """The rules, as they speak where they are in the file."""
        return Standing(self.timeline.words, where_present(self.timeline.standing.rules, self.present))


class ReachSupports:
    """Finds what proofs about ways rest on. Several claims may share it."""

    def __init__(self, reaching: Reaching) -> None:
        self.reaching = reaching
        self.withdrawn = Withdrawn(reaching.timeline, reaching.travel)

    def of(self, claim: ReachClaim, under: Known) -> Support:
        """What the proof of a claim rests on, all its parts together. The texts are those at the doors of the ways."""
        needed: set[str] = set()
        marked: set[str] = set()
        for asked in claim.asked:
            needed |= {rule.name for rule in self._needed(claim, asked, under)}
            marked |= set(self._marked(claim, asked, under))
        return told(self.reaching.timeline, needed, marked)

    def _needed(self, claim: ReachClaim, asked: AskedReach, under: Known) -> list[Rule]:
        withdrawn = self.withdrawn
        against = [*withdrawn.scope(claim, under), no(withdrawn.reached(claim, asked))]
        doors = {step.door for _, steps in withdrawn.travel.to(asked.door, claim.irregular) for step in steps}
        rules = withdrawn.timeline.standing.about(doors)
        present = {rule.name: withdrawn.circuit.see(withdrawn.present[rule.name]) for rule in rules}
        return sufficing(withdrawn.search, against, present, rules)

    def _marked(self, claim: ReachClaim, asked: AskedReach, under: Known) -> Iterator[str]:
        """The rules that speak to somebody in scope at a door of a way that counts, and whose text marks that door's answers."""
        reaching = self.reaching
        rules = {rule.name: rule for rule in reaching.timeline.standing.rules if rule.untranslated}
        speak: dict[str, Truth] = {}
        for _, steps in reaching.travel.to(asked.door, claim.irregular):
            passages = reaching.journeys.walk(steps)
            ends = on_facts(claim.ends, passages[-1].see)
            for passage in passages:
                for name in () if passage.risk else passage.fired.keys() & rules.keys():
                    if marks(rules[name], passage.step.door):
                        speak[name] = speak.get(name, False) | (passage.fired[name] & ends)
        scope = reaching.scope(claim, under)
        for name, truth in speak.items():
            if truth is not False and reaching.search.possible([*scope, truth]):
                yield name
