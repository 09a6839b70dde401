"""One person of whom everything is known: each door's answer with every reason. Cases and counterexamples are replayed here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from limen.answers.reasons import Reason, reasons
from limen.policy.everyone import looks_of_rules
from limen.policy.meaning import Meaning, meaning
from limen.policy.outcome import Outcome
from limen.policy.standing import Standing
from limen.policy.words import Kind, Look


@dataclass(frozen=True, slots=True)
class Decision:
    """What the rules leave open to one person at the doors asked about."""

    outcomes: Mapping[str, Outcome]
    meant: Meaning
    standing: Standing

    def reasons(self, door: str) -> list[Reason]:
        """The rules behind a door's answer."""
        rules = self.standing.about([door])
        return reasons(rules, self.meant, self.standing.words, [door], bool, bool)

    def term(self, name: str) -> frozenset[str]:
        """The values that a term has for the person: one, or several where rules of one rank clash."""
        held = self.meant.terms[name].held
        ranks = self.standing.words.ranks
        binding = {v for v, where in held.items() if any(t for rank, t in where.items() if ranks[rank].binding)}
        return frozenset(binding)

    def fires(self, rule: str) -> bool:
        """Whether a rule fires for the person."""
        return any(self.meant.fired.get(rule, {}).values())


def decide(
    standing: Standing, person: Mapping[int, int], doors: Iterable[str] | None = None, terms: Iterable[str] = ()
) -> Decision:
    """Answers a person with a place on every axis (facts, findings and readings) at some doors (all where none is named)."""
    words = standing.words
    asked = tuple(words.doors if doors is None else doors)
    terms = tuple(terms)

    def see(look: Look) -> bool:
        return person[look.axis] in look.places

    meant = meaning(standing.about(asked, terms), words, see, asked, terms)
    order = words.findings.index
    outcomes = {}
    for door, answer in meant.doors.items():
        outcome = Outcome.of(answer)
        outcomes[door] = replace(outcome, first=tuple(sorted(outcome.first, key=order)))
    return Decision(outcomes, meant, standing)


def readings_at_stake(
    standing: Standing, person: Mapping[int, int], doors: Iterable[str], terms: Iterable[str] = ()
) -> set[int]:
    """The axes of those disputed questions whose answer can matter to the person at these doors and terms."""
    words, axes = standing.words, standing.words.axes
    doors, terms = tuple(doors), tuple(terms)
    rules = standing.about(doors, terms)
    disputed = tuple(rule for rule in rules if rule in standing.disputed)
    if not disputed:
        return set()
    known = {axis: frozenset((place,)) for axis, place in person.items() if axes[axis].fact.kind is not Kind.READING}
    if not Standing(words, disputed).given(known).disputed:
        return set()
    left = Standing(words, rules).given(known).about(doors, terms)
    return {look.axis for look in looks_of_rules(left) if axes[look.axis].fact.kind is Kind.READING}
