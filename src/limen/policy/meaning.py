"""The one meaning of a policy. `docs/explanation/semantics.md` says the same in sentences.

Everything here is made of *and*, *or*, *not* and one question, `see(look)`: is this fact one of these values? Whoever asks brings
the algebra. For one person it answers True or False, for many an array with one truth a person, for everyone an array with the
fact on an axis of its own, for a proof a literal. Plain True and False are its constants, so what is known folds away.

Ranks count from 0, the highest. What depends on a term holds *at a rank*: the lower of the rule's and of the rule that filled
the term. So `Held` maps ranks to truths.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from limen.policy.rules import Force, Rule
from limen.policy.words import Clause, Condition, Filled, Look, Rank, Term, Words

Truth = Any
See = Callable[[Look], Truth]
Held = dict[int, Truth]
HIGHEST = 0


def no(truth: Truth) -> Truth:
    """Not, in every algebra."""
    return truth ^ True


def any_of(truths: Iterable[Truth]) -> Truth:
    """Or; of nothing, False."""
    found: Truth = False
    for truth in truths:
        found = found | truth
    return found


def all_of(truths: Iterable[Truth]) -> Truth:
    """And; of nothing, True."""
    found: Truth = True
    for truth in truths:
        found = found & truth
    return found


def either(one: Truth, other: Truth) -> Truth:
    """One of the two, not both."""
    return (one & no(other)) | (no(one) & other)


@dataclass(slots=True)
class TermMeaning:
    """Where a term has each value, at which rank; where equal ranks clash, or a lower one was overruled."""

    held: dict[str, Held]
    conflict: Truth = False
    tension: Truth = False

    def among(self, values: Iterable[str]) -> Held:
        """Where the term has one of these values, by rank."""
        found: Held = {}
        for value in values:
            found = _either(found, self.held[value])
        return found


@dataclass(slots=True)
class Answer:
    """The lawful answers of one door, and how they came about."""

    open: Truth = True
    shut: Truth = True
    spoken: Truth = False
    leans_open: Truth = False
    leans_shut: Truth = False
    conflict: Truth = False
    tension: Truth = False
    first: dict[str, Truth] = field(default_factory=dict)


@dataclass(slots=True)
class Meaning:
    """Which rules fire where and at which rank, what the terms mean, and what the doors answer."""

    fired: dict[str, Held]
    terms: dict[str, TermMeaning]
    doors: dict[str, Answer]


def meaning(
    rules: Sequence[Rule], words: Words, see: See, doors: Iterable[str], asked_terms: Iterable[str] = ()
) -> Meaning:
    """The meaning of the rules in force. They come in an order in which each follows whatever it depends on."""
    fired: dict[str, Held] = {}
    terms: dict[str, TermMeaning] = {}
    silencers: dict[str, list[str]] = {}

    def term(name: str) -> TermMeaning:
        if name not in terms:
            terms[name] = fill(words.terms[name], rules, fired, words.ranks)
        return terms[name]

    for rule in rules:
        fired[rule.name] = fires(rule, see, term, [fired[name] for name in silencers.get(rule.name, ())], words.ranks)
        for silenced in rule.despite:
            silencers.setdefault(silenced, []).append(rule.name)
    for name in asked_terms:
        term(name)
    return Meaning(fired, terms, {door: answer(door, rules, fired, words.ranks) for door in doors})


def fires(
    rule: Rule, see: See, term: Callable[[str], TermMeaning], silencers: Sequence[Held], ranks: Sequence[Rank]
) -> Held:
    """Where a rule speaks, by rank: where its condition holds, no carve-out does, and no rule that prevails over it speaks.

    It speaks at the lowest rank that filled a term for its condition, or that filled one otherwise than its carve-out says. What
    prevails over it does so only at the same or a lower rank than it speaks itself. Guidance cannot spare from what binds.
    """
    spoken: Held = {}
    held = holds(rule.when, see, term)
    if held and rule.unless:
        held = _both(held, fails(rule.unless, see, term))
    for rank, where in held.items():
        at = max(rank, rule.rank)
        silenced = any_of(truth for its in silencers for other, truth in its.items() if other <= at)
        if not ranks[at].binding:
            silenced = silenced | any_of(holds(rule.unless, see, term).values())
        spoken = _either(spoken, {at: where & no(silenced)})
    return spoken


def holds(condition: Condition, see: See, term: Callable[[str], TermMeaning]) -> Held:
    """Where one of the clauses holds with all its needs, by the lowest rank that filled a term on the way."""
    found: Held = {}
    for clause in condition:
        held: Held = {HIGHEST: True}
        for need in clause.needs:
            if isinstance(need, Filled):
                held = _both(held, term(need.term).among(need.values))
            elif (where := any_of(map(see, need))) is not True:
                held = _where(held, where)
            if not held:
                break
        found = _either(found, held)
    return found


def on_facts(condition: Condition, see: See) -> Truth:
    """Where a condition that reads no term holds."""
    return any_of(all_of(any_of(map(see, need)) for need in _facts(clause)) for clause in condition)


def _facts(clause: Clause) -> Iterator[tuple[Look, ...]]:
    for need in clause.needs:
        assert not isinstance(need, Filled), f"A condition on facts reads the term {need.term!r}."
        yield need


def fails(condition: Condition, see: See, term: Callable[[str], TermMeaning]) -> Held:
    """Where no clause holds, since each has a need that is not met, by the lowest rank that filled a term on the way."""
    found: Held = {HIGHEST: True}
    for clause in condition:
        unmet: Held = {}
        for need in clause.needs:
            if isinstance(need, Filled):
                meant = term(need.term)
                unmet = _either(unmet, meant.among(value for value in meant.held if value not in need.values))
            else:
                unmet = _either(unmet, {HIGHEST: no(any_of(see(look) for look in need))})
        found = _both(found, unmet)
    return found


def fill(term: Term, rules: Sequence[Rule], fired: Mapping[str, Held], ranks: Sequence[Rank]) -> TermMeaning:
    """The value of a term: the highest rank that fills it decides; where none that binds does, the term is also unfilled."""
    meant = TermMeaning({value: {} for value in term.values})
    filled = [
        (fired[rule.name], filling.value) for rule in rules for filling in rule.fills if filling.term == term.name
    ]
    undecided: Truth = True
    for rank in sorted({rank for held, _ in filled for rank in held}):
        kind = ranks[rank]
        here = {value: any_of(held.get(rank, False) for held, to in filled if to == value) for value in term.values}
        for value, where in here.items():
            if where is False:
                continue
            if kind.binding:
                others = any_of(truth for other, truth in here.items() if other != value)
                meant.conflict = meant.conflict | (where & others & undecided)
                meant.tension = meant.tension | (where & no(undecided) & no(any_of(meant.held[value].values())))
            meant.held[value][rank] = where & undecided
        if kind.binding:
            undecided = undecided & no(any_of(here.values()))
    meant.held[term.unfilled] = _either(meant.held[term.unfilled], {HIGHEST: undecided})
    return meant


def answer(door: str, rules: Sequence[Rule], fired: Mapping[str, Held], ranks: Sequence[Rank]) -> Answer:
    """The lawful answers of a door: from the highest rank down, each chooses within what the higher ones leave open."""
    found = Answer()
    must: dict[tuple[int, bool], Truth] = {}
    lean: dict[tuple[int, bool], Truth] = {}
    for rule in rules:
        for effect in rule.effects:
            if effect.door != door:
                continue
            for rank, where in fired[rule.name].items():
                if effect.force is Force.FIRST:
                    found.first[effect.finding] = found.first.get(effect.finding, False) | where
                    continue
                found.spoken = found.spoken | where
                if effect.force is not Force.MAY:
                    said = must if effect.force is Force.MUST and ranks[rank].binding else lean
                    said[rank, effect.open] = said.get((rank, effect.open), False) | where
    for rank in sorted({rank for rank, _ in must}):
        must_open, must_shut = must.get((rank, True), False), must.get((rank, False), False)
        open_, shut = found.open & no(must_shut), found.shut & no(must_open)
        found.conflict = found.conflict | (must_open & must_shut & found.open & found.shut)
        narrowed = (open_ | shut) & no(found.conflict)
        found.tension = found.tension | (no(open_ | shut) & no(found.conflict))
        found.open = (narrowed & open_) | (no(narrowed) & found.open)
        found.shut = (narrowed & shut) | (no(narrowed) & found.shut)
    unleaning = found.open & found.shut & no(found.conflict)
    for rank in sorted({rank for rank, _ in lean}):
        lean_open, lean_shut = lean.get((rank, True), False), lean.get((rank, False), False)
        found.leans_open = found.leans_open | (lean_open & unleaning)
        found.leans_shut = found.leans_shut | (lean_shut & unleaning)
        unleaning = unleaning & no(lean_open | lean_shut)
    return found


def _where(held: Held, truth: Truth) -> Held:
    """And a truth that no term has filled: at each rank."""
    return {rank: both for rank, where in held.items() if (both := where & truth) is not False}


def _both(one: Held, other: Held) -> Held:
    """And: at the lower of the two ranks."""
    found: Held = {}
    for rank, truth in one.items():
        for other_rank, other_truth in other.items():
            where = truth & other_truth
            if where is not False:
                at = max(rank, other_rank)
                found[at] = found[at] | where if at in found else where
    return found


def _either(one: Held, other: Held) -> Held:
    """Or: at each rank."""
    found = dict(one)
    for rank, truth in other.items():
        if truth is not False:
            found[rank] = found[rank] | truth if rank in found else truth
    return found
