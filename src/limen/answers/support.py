"""What a proof rests on: rules that suffice for it, and what of the texts in play could not be put into rules."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress

from limen.answers.proved import among, refuting
from limen.answers.prover import Prover
from limen.answers.question import Question
from limen.answers.reasons import marks
from limen.answers.spans import Timeline
from limen.policy.circuit import Circuit
from limen.policy.conditions import with_needs
from limen.policy.meaning import Meaning, Truth, any_of, meaning
from limen.policy.rules import Confidence, Rule
from limen.policy.search import Search
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
        first = 2 * len(self.words.axes)
        return Circuit((*self.words.axes, *self.words.axes, *axes_of_files(self.timeline.standing.rules, first)))

    @cached_property
    def present(self) -> Mapping[str, Look]:
        """By rule, that it is in the file."""
        return in_the_file(self.timeline.standing.rules, 2 * len(self.words.axes))

    @cached_property
    def meant(self) -> Meaning:
        """The meaning of whichever rules are in the file."""
        words = self.words
        rules = where_present(self.timeline.standing.rules, self.present)
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
            needed |= {rule.name for rule in self._needed(question)}
            marked |= {rule.name for rule in self._marks(question)}
        return told(self.prover.timeline, needed, marked)

    def _needed(self, question: Question) -> list[Rule]:
        against = refuting(question, self.withdrawn)
        if against is None:
            return []
        present = {
            rule.name: self.withdrawn.circuit.see(self.withdrawn.present[rule.name]) for rule in question.layout.rules
        }
        return sufficing(self.withdrawn.search, against, present, question.layout.rules)

    def _marks(self, question: Question) -> Iterator[Rule]:
        """The rules that speak to somebody in question whose text could not wholly be put into them, and so marks the answer."""
        marked = [
            rule for rule in question.layout.bearing
            if (any(marks(rule, door) for door in question.doors) if question.doors else rule.untranslated)
        ]  # fmt: skip
        prover = self.prover
        fires = [any_of(prover.meant.fired[rule.name].values()) for rule in marked]
        return compress(marked, prover.about(question.doors).each_possible(fires, among(question, prover)))


def sufficing(
    search: Search, against: Sequence[Truth], present: Mapping[str, Truth], rules: Iterable[Rule]
) -> list[Rule]:
    """Rules that suffice for a proof, of the highest confidence that will do; what can be spared is left out.

    `against` is never so of anybody where all the rules are `present`.
    """
    rules = list(rules)

    def without(some: Sequence[Rule]) -> list[Truth] | None:
        return search.refuted([*against, *(present[rule.name] for rule in some)])

    for least in sorted(Confidence, reverse=True):
        found = [rule for rule in rules if rule.confidence >= least]
        core = without(found)
        if core is not None:
            break
    assert core is not None, "with all rules the claim is proved"
    used = set(core)
    found = [rule for rule in found if present[rule.name] in used]
    for rule in sorted(found, key=lambda rule: (rule.confidence, rule.name)):
        fewer = [other for other in found if other is not rule]
        if without(fewer) is not None:
            found = fewer
    return found


def told(timeline: Timeline, needed: Container[str], marked: Container[str]) -> Support:
    """What a proof rests on, in the order of the rules."""
    rests_on = [rule for rule in timeline.rules if rule.name in needed]
    unsaid = [Unsaid(rule.name, rule.untranslated.words, rule.untranslated.why)
              for rule in timeline.rules if rule.name in marked and rule.untranslated]  # fmt: skip
    lowest = min((rule.confidence for rule in rests_on), default=None)
    return Support(
        [rule.name for rule in rests_on], None if lowest is None else str(lowest),
        [one for one in unsaid if one.rule in needed], [one for one in unsaid if one.rule not in needed],
    )  # fmt: skip


def in_the_file(rules: Iterable[Rule], first: int) -> dict[str, Look]:
    """By rule, that it is in the file; each on an axis of its own, from the `first` on."""
    return {rule.name: Look(first + at, IN_THE_FILE) for at, rule in enumerate(rules)}


def axes_of_files(rules: Iterable[Rule], first: int) -> list[Axis]:
    """The axes on which rules are in the file or left out."""
    names = ("left out", "in the file")
    return [Axis(first + at, Fact("rule", Kind.DAY, names, frozenset(names[1:]))) for at, _ in enumerate(rules)]


def where_present(rules: Iterable[Rule], present: Mapping[str, Look]) -> tuple[Rule, ...]:
    """The rules as they speak where they are in the file."""
    return tuple(replace(rule, when=with_needs(rule.when, [(present[rule.name],)])) for rule in rules)
