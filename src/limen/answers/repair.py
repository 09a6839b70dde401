"""The smallest changes of a policy that make a claim hold for everyone, proved, and who else is touched by them.

Every change in question is laid behind a switch, so that one circuit holds the meaning under all of them. Switches are
chosen, fewest first; somebody is sought for whom the claim, or a right, then fails; what that person demands of the switches
is learnt, and others are chosen, until nobody is found (counterexample-guided synthesis; Solar-Lezama 2008).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from limen.answers.edits import Circular, Edit, behind_switches, spelled, statable
from limen.answers.proved import refuting
from limen.answers.prover import Prover
from limen.answers.question import Question
from limen.answers.spans import Timeline
from limen.policy.circuit import Circuit, Gate
from limen.policy.everyone import Everyone
from limen.policy.meaning import Meaning, Truth, all_of, any_of, meaning, no
from limen.policy.rules import Asked, AskedTerm, Asks, Claim, Force, Policy, Rule
from limen.policy.search import Search
from limen.policy.standing import Known
from limen.policy.words import Axis, Clause, Condition, Fact, Kind, Look, Place, Words

MOST_TRIES = 400
MOST_EDITS = 300
MADE = frozenset((1,))


class TooHard(RuntimeError):
    """No answer was found within a stated number of tries."""


class Switched(Prover):
    """The meaning where each edit in question is made or not: one more axis each, behind those of a second person."""

    def __init__(self, timeline: Timeline, edits: Sequence[Edit]) -> None:
        super().__init__(timeline)
        self.edits = tuple(edits)
        self.first = 2 * len(self.words.axes)
        self.looks = [Look(self.first + at, MADE) for at in range(len(self.edits))]

    @cached_property
    def circuit(self) -> Circuit:
        """The circuit."""
        axes = (Axis(self.first + at, _switch(at)) for at in range(len(self.edits)))
        return Circuit((*self.words.axes, *self.words.axes, *axes))

    @cached_property
    def meant(self) -> Meaning:
        """The meaning under whichever edits are made."""
        rules, words = behind_switches(self.timeline.standing.rules, self.edits, self.looks), self.words
        return meaning(rules, words, self.circuit.see, words.doors, words.terms)

    @cached_property
    def before(self) -> Meaning:
        """The meaning of the rules as they stand."""
        words = self.words
        return meaning(self.timeline.standing.rules, words, self.circuit.see, words.doors, words.terms)

    def made(self, chosen: Iterable[int]) -> list[Truth]:
        """That just these edits are made."""
        chosen = set(chosen)
        return [self.circuit.see(look) ^ (at not in chosen) for at, look in enumerate(self.looks)]

    def new_conflicts(self) -> list[list[Truth]]:
        """Where rules of one rank would be opposed that are not now."""
        now, was = self.meant, self.before
        pairs = [(now.doors[name].conflict, was.doors[name].conflict) for name in self.words.doors]
        pairs += [(now.terms[name].conflict, was.terms[name].conflict) for name in self.words.terms]
        return [[new & no(old)] for new, old in pairs if new is not False]


def _switch(at: int) -> Fact:
    return Fact(f"edit {at}", Kind.ONE, ("no", "yes"), frozenset(("no",)))


class Chooser:
    """Chooses the fewest edits that meet every demand so far; of equally few those that come last."""

    def __init__(self, count: int) -> None:
        axes = tuple(Axis(at, _switch(at)) for at in range(count))
        self.words = Words("", {}, {}, {}, (), Place(), axes=axes)
        self.circuit = Circuit(axes)
        self._search = Search(self.circuit, self.words)
        self._everyone = Everyone(self.words, [Look(at, MADE) for at in range(count)])

    def see(self, at: int) -> Truth:
        """That an edit is made."""
        return self.circuit.see(Look(at, MADE))

    def demand(self, truth: Truth) -> None:
        """From now on edits are chosen so that this is so."""
        self._search.never([no(truth)])

    def choose(self) -> tuple[int, ...] | None:
        """The edits; None: no choice will do."""
        found = self._search.nearest([], self._everyone)
        return None if found is None else tuple(sorted(at for at, place in found.items() if place))


@dataclass(frozen=True)
class Repairs:
    """Finds what mends one claim of a policy. `known` restricts readings."""

    policy: Policy
    claim: Claim
    known: Known
    timeline: Timeline

    def found(self, most: int = 3) -> Iterator[tuple[Edit, ...]]:
        """The smallest changes, first those of the lowest law alone, then those that a higher law makes smaller still."""
        edits = self._edits()
        ranks = {edit: self.policy.rules[edit.despite or edit.rule].rank for edit in edits}
        fewest = len(edits) + 1
        for least in sorted(set(ranks.values()), reverse=True):
            here = [edit for edit in edits if ranks[edit] >= least]
            size = fewest
            for found in self._smallest(here, most, fewest):
                size = len(found)
                yield found
            fewest = size

    def _smallest(self, edits: Sequence[Edit], most: int, below: int) -> Iterator[tuple[Edit, ...]]:
        """The smallest changes among some edits, up to `most` of them, if they are of fewer edits than `below`."""
        switched, chooser = Switched(self.timeline, edits), Chooser(len(edits))
        against = [*self._against(switched), *switched.new_conflicts()]
        size = 0
        tries = 0
        while (
            most and (chosen := chooser.choose()) is not None and len(chosen) < below and len(chosen) <= (size or below)
        ):
            tries += 1
            if tries > MOST_TRIES:
                raise TooHard(f"No repair of {self.claim.name!r} was found in {MOST_TRIES} tries.")
            demands = self._demands(switched, chooser, against, chosen)
            for demand in demands:
                chooser.demand(demand)
            if not demands:
                size, most = len(chosen), most - 1
                yield tuple(edits[at] for at in chosen)
                chooser.demand(no(all_of(chooser.see(at) for at in chosen)))

    def _against(self, switched: Switched) -> list[list[Truth]]:
        """What is so of whoever refutes the claim, or a right that holds now."""
        found = []
        for claim in (self.claim, *(one for one in self.policy.claims.values() if one.right and one is not self.claim)):
            for asked in claim.asked:
                truths = refuting(Question(claim, asked, self.timeline, self.known), switched)
                if truths is None:
                    continue
                if claim is self.claim or not switched.search.possible([*truths, *switched.made(())]):
                    found.append(truths)
        return found

    def _demands(
        self, switched: Switched, chooser: Chooser, against: Iterable[list[Truth]], chosen: Sequence[int]
    ) -> list[Truth]:
        """What people for whom a choice does not do demand of the edits; nothing where it does for everyone."""
        made = switched.made(chosen)
        found = []
        for truths in against:
            person = switched.search.find([*truths, *made], second=True)
            if person is not None:
                found.append(no(all_of(_left_open(switched, chooser, truths, person))))
        return found

    def _edits(self) -> list[Edit]:
        """The edits in question, those of the lowest law last: of rules that speak to somebody for whom the claim fails."""
        prover = Prover(self.timeline)
        carved = statable(self.policy.words, self.claim.scope)
        unlesses: list[Edit] = []
        despites: list[Edit] = []
        for asked in self.claim.asked:
            question = Question(self.claim, asked, self.timeline, self.known)
            against = refuting(question, prover)
            if against is None or not prover.search.possible(against):
                continue
            speaking = [
                rule for rule in question.layout.bearing
                if rule.name in self.policy.rules
                and prover.search.possible([*against, any_of(prover.meant.fired[rule.name].values())])
            ]  # fmt: skip
            speaking.sort(key=lambda rule: rule.rank)
            unlesses += [Edit(rule.name, self._narrowed(prover, rule, carved)) for rule in speaking if carved]
            despites += self._prevailing(asked, speaking)
        found = [edit for edit in dict.fromkeys((*unlesses, *despites)) if self._possible(edit)]
        found.sort(key=lambda edit: (self.policy.rules[edit.despite or edit.rule].rank, bool(edit.despite)))
        kept: list[Edit] = []
        for edit in reversed(found[-MOST_EDITS:]):
            try:
                behind_switches(self.timeline.standing.rules, [edit, *kept], [Look(0, MADE)] * (len(kept) + 1))
            except Circular:
                continue
            kept.insert(0, edit)
        return kept

    def _possible(self, edit: Edit) -> bool:
        """Whether a file can state an edit."""
        try:
            for clause in edit.unless:
                spelled(self.policy.words, clause)
        except KeyError:
            return False
        rules = self.policy.rules
        return not edit.despite or (
            rules[edit.despite].rank >= rules[edit.rule].rank and edit.despite not in rules[edit.rule].despite
        )

    def _prevailing(self, asked: Asked | AskedTerm, speaking: Sequence[Rule]) -> list[Edit]:
        """Rules that say what is asked, each over one that says the opposite."""
        if isinstance(asked, AskedTerm) or asked.asks in (Asks.SAME, Asks.FIRST):
            return []

        def says(rule: Rule, open_: bool) -> bool:
            return any(
                one.door == asked.door and one.open == open_ and one.force in (Force.MUST, Force.MAY)
                for one in rule.effects
            )

        for_it = [rule for rule in speaking if says(rule, asked.open)]
        opposed = [rule for rule in speaking if says(rule, not asked.open) and not says(rule, asked.open)]
        return [Edit(one.name, despite=other.name) for one in for_it for other in opposed]

    def _narrowed(self, prover: Prover, rule: Rule, carved: Condition) -> Condition:
        """A carve-out without what the rule's own condition says already."""
        when = prover.holds(self.policy.rules[rule.name].when)
        clauses = []
        for clause in carved:
            needs = list(clause.needs)
            for need in clause.needs:
                fewer = [one for one in needs if one is not need]
                left = prover.holds((Clause(tuple(fewer)),))
                if not prover.search.possible([when, left, no(prover.holds((Clause((need,)),)))]):
                    needs = fewer
            clauses.append(Clause(tuple(needs)))
        return (Clause(()),) if any(not clause.needs for clause in clauses) else tuple(clauses)


def _left_open(switched: Switched, chooser: Chooser, truths: Iterable[Truth], person: Mapping[int, int]) -> list[Truth]:
    """What truths about one person still ask of the edits."""

    def least(gate: Gate) -> Truth:
        edit = gate.left - switched.first
        return chooser.see(edit) if edit >= 0 else person[gate.left] >= gate.right

    return switched.circuit.answered(truths, least)
