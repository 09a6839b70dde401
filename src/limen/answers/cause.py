"""Which rules make the difference between two answers of one door: the fewest that do, and those behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from limen.answers.decide import Decision
from limen.policy.meaning import Held, answer
from limen.policy.order import terms_read
from limen.policy.outcome import Outcome
from limen.policy.rules import Rule

Ranks = frozenset[int]
BEFORE, AFTER = 0, 1


def treatment(outcome: Outcome) -> Outcome:
    """All of an answer that makes a difference to a person: not that a lower rank says in vain what a higher one excludes."""
    return replace(outcome, tension=False)


def says_the_same(one: Rule, other: Rule) -> bool:
    """Whether two rules speak of the same people, say the same and prevail over the same, whenever they are in force."""
    if one is other:
        return True
    return _saying(one) == _saying(other)


def _saying(rule: Rule) -> tuple[object, ...]:
    when, unless = ([clause.needs for clause in condition] for condition in (rule.when, rule.unless))
    return rule.name, rule.effects, rule.fills, rule.rank, when, unless, rule.despite


@dataclass(frozen=True, slots=True)
class Part:
    """A rule that speaks otherwise on one side than on the other: `rules` before and after, None where it does not stand.

    Of a rule that is `changed` what it was is one part, and what it has become another.
    """

    rules: tuple[Rule | None, Rule | None]
    spoke: tuple[Ranks, Ranks]
    changed: bool = False

    @property
    def rule(self) -> Rule:
        """The rule, as it stands after if it does."""
        rule = self.rules[AFTER] or self.rules[BEFORE]
        assert rule is not None, "a part is of a rule"
        return rule

    @property
    def how(self) -> str:
        """What is different about it, in a word or two."""
        before, after = self.rules
        if self.changed:
            return "changed"
        if before is None:
            return "new"
        if after is None:
            return "gone"
        if not self.spoke[BEFORE]:
            return "speaks now"
        return "silent now" if not self.spoke[AFTER] else "speaks at another rank"


class Cause:
    """Why two decisions about one door differ. Both are of one list of ranks."""

    def __init__(self, door: str, before: Decision, after: Decision) -> None:
        self.door, self._decisions = door, (before, after)
        self._ranks = before.standing.words.ranks
        rules = [{rule.name: rule for rule in one.standing.about([door])} for one in (before, after)]
        spoke = [{name: _ranks(one.meant.fired.get(name, {})) for name in found}
                 for one, found in zip((before, after), rules, strict=True)]  # fmt: skip
        self.parts: list[Part] = []
        for name in dict.fromkeys([*rules[BEFORE], *rules[AFTER]]):
            one, other = rules[BEFORE].get(name), rules[AFTER].get(name)
            here = spoke[BEFORE].get(name, Ranks()), spoke[AFTER].get(name, Ranks())
            if one is not None and other is not None and not says_the_same(one, other):
                self.parts.append(Part((one, None), (here[BEFORE], Ranks()), changed=True))
                self.parts.append(Part((None, other), (Ranks(), here[AFTER]), changed=True))
            else:
                self.parts.append(Part((one, other), here))

    @cached_property
    def rules(self) -> list[Part]:
        """The fewest rules about the door that make the difference, and then what made them speak or not.

        They are those without which the answer would not become what it is after, and those without which it would not become
        again what it was before. Of several choices the higher ranks are kept. So they are the same whichever side comes first.
        """
        differing = [part for part in self.parts if part.spoke[BEFORE] != part.spoke[AFTER]]
        own = [part for part in differing if any(effect.door == self.door for effect in part.rule.effects)]
        needed = [*self._fewest(own, AFTER), *self._fewest(own, BEFORE)]
        return self._with_what_is_behind([part for part in own if part in needed], differing)

    def _fewest(self, own: list[Part], side: int) -> list[Part]:
        """The fewest rules that give one side's answer if they speak as on it, and all others as on the other side."""
        kept = list(own)
        goal = self._mixed(kept, side)
        for part in sorted(own, key=lambda part: -max(part.spoke[BEFORE] | part.spoke[AFTER])):
            fewer = [other for other in kept if other is not part]
            if self._mixed(fewer, side) == goal:
                kept = fewer
        return kept

    def _mixed(self, changed: Iterable[Part], side: int) -> Outcome:
        """The answer if only these rules speak as on a side, and all others as on the other."""
        here = set(map(id, changed))
        rules, fired = [], {}
        for number, part in enumerate(self.parts):
            spoke = part.spoke[side if id(part) in here else 1 - side]
            if spoke:
                rules.append(replace(part.rule, name=str(number)))
                fired[str(number)] = dict.fromkeys(spoke, True)
        found = Outcome.of(answer(self.door, rules, fired, self._ranks))
        return treatment(replace(found, first=tuple(sorted(found.first))))

    def _with_what_is_behind(self, kept: list[Part], differing: list[Part]) -> list[Part]:
        found, pending = list(kept), list(kept)
        terms = {name for name in self._terms if self._filled(BEFORE, name) != self._filled(AFTER, name)}
        while pending:
            part = pending.pop(0)
            read = terms_read(part.rule) & terms
            for other in differing:
                fills = any(fill.term in read for fill in other.rule.fills)
                if other not in found and (fills or part.rule.name in other.rule.despite):
                    found.append(other)
                    pending.append(other)
        return found

    @property
    def _terms(self) -> Iterable[str]:
        return dict.fromkeys(name for one in self._decisions for name in one.meant.terms)

    def _filled(self, side: int, name: str) -> Mapping[str, Ranks] | None:
        meant = self._decisions[side].meant.terms.get(name)
        return None if meant is None else {value: _ranks(held) for value, held in meant.held.items() if _ranks(held)}


def _ranks(held: Held) -> Ranks:
    return frozenset(rank for rank, truth in held.items() if truth)
