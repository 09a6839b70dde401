"""What a proof rests on: rules that suffice for it, and what of the texts in play could not be put into rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress

from limen.answers.proved import among, refuting
from limen.answers.prover import Prover
from limen.answers.question import Question
from limen.answers.reasons import marks
from limen.policy.circuit import Circuit
from limen.policy.conditions import with_needs
from limen.policy.meaning import Meaning, Truth, any_of, meaning
from limen.policy.rules import Confidence, Rule
from limen.policy.words import Axis, Fact, Kind, Look

IN_THE_FILE = frozenset((1,))


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Words of a rule's text that could not be put into rules, and why."""

    rule: str
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Support:
    """What a proof rests on.

    `rules` suffice: whichever of the other rules are left out, any number of them, the claim is still proved; none of these
    can be spared besides. `confidence` is the lowest among them (None: no rule is needed, since none says otherwise).
    `untranslated` is what could not be put into rules of their texts, `also_untranslated` of the other texts that speak, at
    the door in question, to somebody in the scope of the claim.
    """

    rules: list[str]
    confidence: str | None
    untranslated: list[Unsaid]
    also_untranslated: list[Unsaid]


class Withdrawn(Prover):
    """The same meaning where each rule is in the file or left out: that is one more question about whoever is sought."""

    @cached_property
    def circuit(self) -> Circuit:
        """The circuit. Behind the axes of the words and those of a second person it has one for each rule."""
        names = ("left out", "in the file")
        first, rules = 2 * len(self.words.axes), range(len(self.timeline.standing.rules))
        own = (Axis(first + at, Fact("rule", Kind.DAY, names, frozenset(names[1:]))) for at in rules)
        return Circuit((*self.words.axes, *self.words.axes, *own))

    @cached_property
    def present(self) -> Mapping[str, Look]:
        """By rule, that it is in the file."""
        first = 2 * len(self.words.axes)
        return {rule.name: Look(first + at, IN_THE_FILE) for at, rule in enumerate(self.timeline.standing.rules)}

    @cached_property
    def meant(self) -> Meaning:
        """The meaning of whichever rules are in the file."""
        words, present = self.words, self.present
        rules = [
            replace(rule, when=with_needs(rule.when, [(present[rule.name],)])) for rule in self.timeline.standing.rules
        ]
        return meaning(rules, words, self.circuit.see, words.doors, words.terms)


class Supports:
    """Finds what proofs about the people of a timeline rest on."""

    def __init__(self, prover: Prover) -> None:
        self.prover = prover
        self.withdrawn = Withdrawn(prover.timeline)

    def of(self, questions: Iterable[Question]) -> Support:
        """What the proof of a claim rests on, all its parts together."""
        needed: set[str] = set()
        marked: set[str] = set()
        for question in questions:
            rules = self._needed(question)
            needed |= {rule.name for rule in rules}
            marked |= {rule.name for rule in self._marks(question)}
        rests_on = [rule for rule in self.prover.timeline.rules if rule.name in needed]
        unsaid = [Unsaid(rule.name, rule.untranslated.words, rule.untranslated.why)
                  for rule in self.prover.timeline.rules if rule.name in marked and rule.untranslated]  # fmt: skip
        lowest = min((rule.confidence for rule in rests_on), default=None)
        return Support(
            [rule.name for rule in rests_on], None if lowest is None else str(lowest),
            [one for one in unsaid if one.rule in needed], [one for one in unsaid if one.rule not in needed],
        )  # fmt: skip

    def _needed(self, question: Question) -> list[Rule]:
        """Rules that suffice for a proof, of the highest confidence that will do; what can be spared is left out."""
        against = refuting(question, self.withdrawn)
        if against is None:
            return []
        search, see = self.withdrawn.search, self.withdrawn.circuit.see
        present = {rule.name: see(self.withdrawn.present[rule.name]) for rule in question.layout.rules}

        def without(rules: Sequence[Rule]) -> list[Truth] | None:
            return search.refuted([*against, *(present[rule.name] for rule in rules)])

        for least in sorted(Confidence, reverse=True):
            rules = [rule for rule in question.layout.rules if rule.confidence >= least]
            core = without(rules)
            if core is not None:
                break
        assert core is not None, "with all rules the claim is proved"
        used = set(core)
        rules = [rule for rule in rules if present[rule.name] in used]
        for rule in sorted(rules, key=lambda rule: (rule.confidence, rule.name)):
            fewer = [other for other in rules if other is not rule]
            if without(fewer) is not None:
                rules = fewer
        return rules

    def _marks(self, question: Question) -> Iterator[Rule]:
        """The rules that speak to somebody in question whose text could not wholly be put into them, and so marks the answer."""
        marked = [
            rule for rule in question.layout.bearing
            if (any(marks(rule, door) for door in question.doors) if question.doors else rule.untranslated)
        ]  # fmt: skip
        prover = self.prover
        fires = [any_of(prover.meant.fired[rule.name].values()) for rule in marked]
        return compress(marked, prover.search.each_possible(fires, among(question, prover)))
