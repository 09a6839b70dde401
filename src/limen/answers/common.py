"""Two policies on the same axes, though one may know facts or values of which the other says nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from limen.policy.rules import Policy, Rule
from limen.policy.words import Axis, Clause, Condition, Door, Fact, Filled, Kind, Look, Need, Words, lay_axes


class OtherWords(ValueError):
    """Two policies whose words are too different for their answers to be compared."""


@dataclass(frozen=True)
class Pair:
    """Two policies on the same axes.

    `known` leaves out people with values that only one of the two knows; `notes` say what only one of them knows.
    """

    before: Policy
    after: Policy
    known: Mapping[int, frozenset[int]]
    notes: list[str]


def in_common(before: Policy, after: Policy) -> Pair:
    """Both on the same axes. Raises OtherWords where ranks, or the kind of a fact, or the answers of a door differ."""
    one, other = before.words, after.words
    if (one.axes, one.impossible, one.ranks) == (other.axes, other.impossible, other.ranks):
        return Pair(before, after, {}, _of_one("door", one.doors, other.doors))
    if one.ranks != other.ranks:
        raise OtherWords("The two policies have other ranks, so their rules cannot be compared.")
    facts, readings = (_together(a, b) for a, b in ((one.facts, other.facts), (one.readings, other.readings)))
    axes, axes_of = lay_axes({**facts, **readings})
    notes = [text for what, mine, its in (("fact", one.facts, other.facts), ("reading", one.readings, other.readings),
                                          ("door", one.doors, other.doors)) for text in _of_one(what, mine, its)]  # fmt: skip
    known = {}
    for name, mine in axes_of.items():
        for axis in mine:
            values = [set(own[name].values) for own in (_named(one), _named(other)) if name in own]
            places = frozenset(
                p for p in range(axis.size) if axis.item is not None or all(axis.fact.values[p] in v for v in values)
            )
            if len(places) < axis.size:
                left = [axis.fact.values[place] for place in range(axis.size) if place not in places]
                notes.append(f"People with {name} {' or '.join(left)} are left out: only one of the policies knows it.")
                known[axis.number] = places
    moved = [_Moved(policy, axes, axes_of) for policy in (before, after)]
    impossible = tuple(dict.fromkeys(clause for each in moved for clause in each.impossible))
    if set(moved[0].impossible) != set(moved[1].impossible):
        notes.append("People whom one of the policies declares impossible are left out.")
    words = [replace(each.policy.words, facts=facts, readings=readings, axes=axes, axes_of=axes_of, doors=each.doors,
                     impossible=impossible) for each in moved]  # fmt: skip
    first, second = (replace(each.policy, words=its, rules=each.rules) for each, its in zip(moved, words, strict=True))
    return Pair(first, second, known, notes)


def _named(words: Words) -> dict[str, Fact]:
    return {**words.facts, **words.readings}


def _of_one(what: str, one: Iterable[str], other: Iterable[str]) -> list[str]:
    """What stands in one of two vocabularies only."""
    found = [f"The {what} {name!r} is only in the policy before." for name in one if name not in set(other)]
    return found + [f"The {what} {name!r} is only in the policy after." for name in other if name not in set(one)]


def _together(one: Mapping[str, Fact], other: Mapping[str, Fact]) -> dict[str, Fact]:
    """The facts of both; of one that both have, the values of both."""
    found = {}
    for name in dict.fromkeys([*other, *one]):
        if name not in one or name not in other:
            found[name] = other.get(name) or one[name]
            continue
        mine, its = one[name], other[name]
        if mine.kind is not its.kind or mine.finding is not its.finding:
            raise OtherWords(f"{name!r} is of another kind in the one policy than in the other.")
        if its.kind is Kind.NUMBER:
            low = min(mine.low, its.low)
            high = max(mine.low + len(mine.values), its.low + len(its.values))
            found[name] = replace(its, low=low, values=tuple(map(str, range(low, high))))
        else:
            found[name] = replace(its, values=tuple(dict.fromkeys([*its.values, *mine.values])))
    return found


class _Moved:
    """What a policy says, on other axes."""

    def __init__(self, policy: Policy, axes: tuple[Axis, ...], axes_of: Mapping[str, tuple[Axis, ...]]) -> None:
        self.policy, self._axes = policy, axes
        at = {(axis.fact.name, axis.item): axis.number for axis in axes}
        self._to: dict[int, tuple[int, list[int]]] = {}
        for axis in policy.words.axes:
            number = at[axis.fact.name, axis.item]
            values = axes_of[axis.fact.name][0].fact.values
            places = [0, 1] if axis.item is not None else [values.index(value) for value in axis.fact.values]
            self._to[axis.number] = number, places
        self.impossible = self.condition(policy.words.impossible)
        self.rules: dict[str, Rule] = {
            name: replace(rule, when=self.condition(rule.when), unless=self.condition(rule.unless))
            for name, rule in policy.rules.items()
        }
        self.doors: dict[str, Door] = {
            name: replace(door, asked=self.condition(door.asked), passing={})
            for name, door in policy.words.doors.items()
        }

    def condition(self, condition: Condition) -> Condition:
        """A condition on the other axes."""
        return tuple(Clause(tuple(map(self._need, clause.needs)), clause.stated) for clause in condition)

    def _need(self, need: Need) -> Need:
        return need if isinstance(need, Filled) else tuple(map(self._look, need))

    def _look(self, look: Look) -> Look:
        number, places = self._to[look.axis]
        return Look(number, frozenset(places[place] for place in look.places))
