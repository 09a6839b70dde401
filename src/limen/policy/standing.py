"""The policy as it stands on a day: rules in force, and the epochs between which nothing changes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from operator import is_

from limen.policy.order import terms_read
from limen.policy.rules import Case, Claim, Dated, Effect, Policy, ReachClaim, Rule, Source, in_force
from limen.policy.words import Clause, Condition, Filled, Kind, Need, Words, looks_of

Known = Mapping[int, frozenset[int]]
Speaks = Callable[[Effect], bool]


@dataclass(frozen=True, slots=True)
class Epoch:
    """Days between which no rule begins or ends: from `start` (None: since ever) until before `end` (None: for ever)."""

    start: date | None
    end: date | None

    @property
    def day(self) -> date:
        """A day of the epoch: its first, or the last before its end."""
        if self.start is not None:
            return self.start
        return date.fromordinal(self.end.toordinal() - 1) if self.end is not None else date(2000, 1, 1)

    def __str__(self) -> str:
        if self.start is None and self.end is None:
            return "always"
        if self.start is None:
            return f"until {self.end}"
        return f"from {self.start}" if self.end is None else f"{self.start} until {self.end}"


@dataclass(frozen=True)
class Standing:
    """Rules in force together, in order.

    `unsure` are those of which it is not known on the day whether they are, `either` both together, in order.
    """

    words: Words
    rules: tuple[Rule, ...]
    unsure: tuple[Rule, ...] = ()
    either: tuple[Rule, ...] = ()
    _relevant: dict[tuple[frozenset[str], frozenset[str], Speaks | None], tuple[Rule, ...]] = field(
        default_factory=dict, repr=False
    )

    @cached_property
    def silencers(self) -> dict[str, list[Rule]]:
        """The rules that prevail over a rule."""
        return _by(self.rules, lambda rule: rule.despite)

    @cached_property
    def _at_door(self) -> dict[str, list[Rule]]:
        """By door, the rules that say something of it or mark its answers."""
        return _by(self.rules, lambda rule: rule.doors)

    @cached_property
    def _filling(self) -> dict[str, list[Rule]]:
        """By term, the rules that fill it."""
        return _by(self.rules, lambda rule: (fill.term for fill in rule.fills))

    @cached_property
    def disputed(self) -> frozenset[Rule]:
        """The rules that ask how a disputed text is read."""
        axes = self.words.axes
        return frozenset(
            rule for rule in self.rules
            if any(axes[look.axis].fact.kind is Kind.READING for look in (*looks_of(rule.when), *looks_of(rule.unless)))
        )  # fmt: skip

    def about(self, doors: Iterable[str], terms: Iterable[str] = (), speaks: Speaks | None = None) -> tuple[Rule, ...]:
        """The rules, in order, on which the answers of these doors and the values of these terms depend.

        `speaks` picks the effects in question where only a part of the answers is.
        """
        key = frozenset(doors), frozenset(terms), speaks
        found = self._relevant.get(key)
        if found is None:
            found = self._relevant[key] = self._about(*key)
        return found

    def _about(self, doors: frozenset[str], terms: frozenset[str], speaks: Speaks | None) -> tuple[Rule, ...]:
        wanted: set[str] = set()
        open_terms = set(terms)
        seen_terms: set[str] = set()
        if speaks is None:
            pending = [rule for door in doors for rule in self._at_door.get(door, ())]
        else:
            pending = [
                rule for rule in self.rules if any(effect.door in doors and speaks(effect) for effect in rule.effects)
            ]
        while pending or open_terms:
            if open_terms:
                term = open_terms.pop()
                seen_terms.add(term)
                pending.extend(self._filling.get(term, ()))
                continue
            rule = pending.pop()
            if rule.name in wanted:
                continue
            wanted.add(rule.name)
            open_terms |= terms_read(rule) - seen_terms
            pending.extend(self.silencers.get(rule.name, ()))
        return tuple(rule for rule in self.rules if rule.name in wanted)

    def otherwise(self, rules: Collection[Rule]) -> Standing:
        """The same if it were the other way round with some of the unsure rules."""
        return Standing(self.words, tuple(rule for rule in self.either if (rule in self.rules) != (rule in rules)))

    def given(self, known: Known) -> Standing:
        """The same without the rules, clauses and alternatives that cannot matter where the places of axes are known."""
        live = []
        for rule in self.rules:
            when = simplified(rule.when, known)
            if when:
                unless = simplified(rule.unless, known)
                same = when is rule.when and unless is rule.unless
                live.append(rule if same else replace(rule, when=when, unless=unless))
        return Standing(self.words, tuple(live))


def _by(rules: Iterable[Rule], names: Callable[[Rule], Iterable[str]]) -> dict[str, list[Rule]]:
    """Rules by what they name."""
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        for name in names(rule):
            found.setdefault(name, []).append(rule)
    return found


def simplified(condition: Condition, known: Known) -> Condition:
    """The condition where some places are known: without clauses that cannot hold and needs that surely do.

    It is the very same where that changes nothing.
    """
    clauses = tuple(left for clause in condition if (left := _left(clause, known)) is not None)
    same = len(clauses) == len(condition) and all(map(is_, clauses, condition))
    return condition if same else clauses


def _left(clause: Clause, known: Known) -> Clause | None:
    """What a clause still needs where some places are known; None where it cannot hold."""
    needs: list[Need] = []
    for need in clause.needs:
        if isinstance(need, Filled):
            needs.append(need)
            continue
        left = []
        for look in need:
            places = known.get(look.axis)
            if places is None:
                left.append(look)
            elif places <= look.places:
                break
            elif not places.isdisjoint(look.places):
                left.append(look)
        else:
            if not left:
                return None
            needs.append(need if len(left) == len(need) else tuple(left))
    same = len(needs) == len(clause.needs) and all(map(is_, needs, clause.needs))
    return clause if same else Clause(tuple(needs), clause.stated)


def implied(scope: Condition, known: Known, sizes: Sequence[int]) -> dict[int, frozenset[int]]:
    """The places that are left where the scope holds, as far as each axis tells by itself."""
    left: dict[int, frozenset[int]] | None = None
    for clause in scope:
        own: dict[int, frozenset[int]] = {}
        for need in clause.needs:
            if not isinstance(need, Filled) and len({look.axis for look in need}) == 1:
                axis = need[0].axis
                places = frozenset[int]().union(*(look.places for look in need))
                own[axis] = own.get(axis, frozenset(range(sizes[axis]))) & places
        left = own if left is None else {axis: left[axis] | own[axis] for axis in left.keys() & own.keys()}
    found = dict(known)
    for axis, places in (left or {}).items():
        found[axis] = known.get(axis, frozenset(range(sizes[axis]))) & places
    return found


def known_end(rule: Rule, known_on: date | None) -> date | None:
    """The end of a rule as it could be known on a day."""
    ended_by = rule.ended_by
    if known_on is not None and ended_by and ended_by.published and ended_by.published > known_on:
        return None
    return rule.end


def as_known(policy: Policy, known_on: date | None) -> tuple[Rule, ...]:
    """The rules, in order, as they could be known on a day (all where it is None).

    A source without a date of publication counts as known; `undated` lists those.
    """
    rules = (policy.rules[name] for name in policy.order)
    if known_on is None:
        return tuple(rules)
    return tuple(
        rule if known_end(rule, known_on) == rule.end else replace(rule, end=None)
        for rule in rules
        if (published := rule.cited[0].source.published) is None or published <= known_on
    )


def was_known(thing: Claim | ReachClaim | Case, policy: Policy, known_on: date | None) -> bool:
    """Whether somebody could write a claim or a case down on a day.

    So not where its own text, or that of a rule that a case names, was published later, nor a case of a later day.
    """
    if known_on is None:
        return True
    cited = [*(thing.cited if isinstance(thing, Case) else thing.law)[:1]]
    if isinstance(thing, Case):
        if thing.on > known_on:
            return False
        cited += [policy.rules[name].cited[0] for name in thing.by]
    return all(one.source.published is None or one.source.published <= known_on for one in cited)


def known_policy(policy: Policy, known_on: date | None) -> Policy:
    """The policy as somebody could write it down on a day: what was published later is not in it, on any day asked of it.

    To ask it is to ask the whole policy with `known_on`. Claims and cases are left out where `was_known` says so.
    """
    if known_on is None:
        return policy
    known = {rule.name: rule for rule in as_known(policy, known_on)}
    rules = {
        name: replace(known[name], despite=tuple(other for other in known[name].despite if other in known))
        for name in policy.rules
        if name in known
    }
    cases = {name: case for name, case in policy.cases.items() if was_known(case, policy, known_on)}
    claims = {name: claim for name, claim in policy.claims.items() if was_known(claim, policy, known_on)}
    reach = {name: claim for name, claim in policy.reach.items() if was_known(claim, policy, known_on)}
    order = tuple(name for name in policy.order if name in known)
    return replace(policy, rules=rules, cases=cases, claims=claims, reach=reach, order=order)


def undated(policy: Policy) -> list[Source]:
    """The sources of rules that say no date of publication."""
    sources = (rule.cited[0].source for rule in policy.rules.values())
    return list({source.id: source for source in sources if source.published is None}.values())


def standing(policy: Policy, day: date, known_on: date | None = None) -> Standing:
    """The policy on a day, as known on another."""
    return standing_of(policy.words, as_known(policy, known_on), day)


def standing_of(words: Words, rules: Collection[Rule], day: date) -> Standing:
    """Rules, in order, as they stand on a day."""
    unsure = tuple(rule for rule in rules if unsure_on(rule, day))
    either = tuple(rule for rule in rules if in_force(rule, day) or rule in unsure) if unsure else ()
    return Standing(words, tuple(rule for rule in rules if in_force(rule, day)), unsure, either)


def unsure_on(rule: Rule, day: date) -> bool:
    """Whether it is not known of a rule if it is in force on a day."""
    return rule.known is not None and rule.known.day <= day


def epochs(rules: Iterable[Rule], claims: Iterable[Dated] = ()) -> list[Epoch]:
    """The finitely many spans of days that the dates of rules (and claims) divide time into."""
    dated: tuple[Dated, ...] = (*rules, *claims)
    breaks = sorted({day for thing in dated for day in (thing.start, thing.end) if day is not None})
    edges: list[date | None] = [None, *breaks, None]
    return [Epoch(start, end) for start, end in pairwise(edges)]
