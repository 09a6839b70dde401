"""The rules of a door written for Cedar: a permit for each rule that opens it, a forbid for each that shuts it.

What Cedar cannot say is left out or written out at length, and the comparison takes that as it is:

- It knows Allow and Deny. A duty and a choice are one and the same permit; a gap, of which nobody has spoken, is a Deny.
- It has no open words that other rules fill. What a term means is written out wherever it is read, and a rule that reads it
  keeps its own rank, although it says what a lower rule made of it.
- It has no ranks. A forbid gets the exceptions that must-open rules of a higher rank make.
- It has no "notwithstanding". Whatever prevails over a rule becomes an exception of that rule.
- It says nothing of what has to be looked at first, nor of leanings, conflicts and tensions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from limen.policy.meaning import any_of, no
from limen.policy.rules import Effect, Force, Rule
from limen.policy.standing import Standing
from limen.policy.words import Axis, Condition, Filled, Kind, Look, Need, Words


class Text:
    """A condition in Cedar's words, with the *and*, *or* and *not* of every algebra; True and False are its constants."""

    __slots__ = ("binds", "text")

    def __init__(self, text: str, binds: str = "") -> None:
        """`binds`: the operator that joins the parts, empty where the text is one part."""
        self.text, self.binds = text, binds

    def __and__(self, other: Text | bool) -> Text | bool:
        if isinstance(other, Text):
            return self._joined(other, "&&")
        return self if other else False

    def __or__(self, other: Text | bool) -> Text | bool:
        if isinstance(other, Text):
            return self._joined(other, "||")
        return True if other else self

    def __xor__(self, other: bool) -> Text:
        return Text(f"!({self.text})") if other else self

    __rand__, __ror__, __rxor__ = __and__, __or__, __xor__

    def _joined(self, other: Text, operator: str) -> Text:
        parts = [part.text if part.binds in ("", operator) else f"({part.text})" for part in (self, other)]
        return Text(f" {operator} ".join(parts), operator)


class Translation:
    """The policies of the doors of a standing policy."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self.words = standing.words

    def policies(self, door: str) -> str:
        """The policies of a door."""
        rules = self.standing.about([door])
        return "\n".join(
            policy for rule in rules for effect in rule.effects for policy in self._policy(rule, effect, door)
        )

    def _policy(self, rule: Rule, effect: Effect, door: str) -> Iterator[str]:
        if effect.door != door or not (permits(effect) or forbids(effect)):
            return
        exceptions = [self._holds(rule.unless), *map(self._speaks, self.standing.silencers.get(rule.name, ()))]
        if forbids(effect):
            exceptions += map(self._speaks, self._higher(rule, door))
        kind = "permit" if permits(effect) else "forbid"
        lines = [f"@id({quoted(rule.name)})", f"{kind} (principal, action == Action::{quoted(door)}, resource)"]
        lines += [f"when {{ {text_of(self._holds(rule.when))} }}"]
        lines += [f"unless {{ {text_of(where)} }}" for where in exceptions if where is not False]
        yield "\n".join(lines) + ";"

    def _higher(self, rule: Rule, door: str) -> Iterator[Rule]:
        for other in self.standing.about([door]):
            opens = any(effect.door == door and effect.open and effect.force is Force.MUST for effect in other.effects)
            if opens and other.rank < rule.rank:
                yield other

    def _speaks(self, rule: Rule) -> Any:
        prevailing = any_of(map(self._speaks, self.standing.silencers.get(rule.name, ())))
        return self._holds(rule.when) & no(self._holds(rule.unless)) & no(prevailing)

    def _holds(self, condition: Condition) -> Any:
        found: Any = False
        for clause in condition:
            holds: Any = True
            for need in clause.needs:
                holds = holds & self._met(need)
            found = found | holds
        return found

    def _met(self, need: Need) -> Any:
        if not isinstance(need, Filled):
            return any_of(see(self.words, look) for look in need)
        term = self.words.terms[need.term]
        if term.unfilled in need.values:
            return no(any_of(self._filled(term.name, value) for value in term.values if value not in need.values))
        return any_of(self._filled(term.name, value) for value in sorted(need.values))

    def _filled(self, term: str, value: str) -> Any:
        fillers = [(rule, fill.value) for rule in self.standing.rules for fill in rule.fills if fill.term == term]
        return any_of(
            self._speaks(rule)
            & no(any_of(self._speaks(other) for other, to in fillers if to != value and other.rank < rule.rank))
            for rule, filled in fillers if filled == value
        )  # fmt: skip


def permits(effect: Effect) -> bool:
    """Whether a permit says what this effect says, as far as Cedar can."""
    return effect.open and effect.force is not Force.FIRST


def forbids(effect: Effect) -> bool:
    """Whether a forbid does."""
    return effect.force is Force.MUST and not effect.open


def see(words: Words, look: Look) -> Any:
    """The question of a look."""
    axis = words.axes[look.axis]
    fact = f"context[{quoted(axis.fact.name)}]"
    if axis.item is not None:
        holds = Text(f"{fact}.contains({quoted(axis.item)})")
        return holds if 1 in look.places else no(holds)
    if axis.fact.kind is Kind.NUMBER:
        numbers = sorted(place + axis.fact.low for place in look.places)
        if numbers == list(range(numbers[0], numbers[-1] + 1)):
            return Text(f"{fact} >= {numbers[0]} && {fact} <= {numbers[-1]}", "&&")
        return Text(f"{numbers}.contains({fact})")
    values = [quoted(axis.fact.values[place]) for place in sorted(look.places)]
    return Text(f"{fact} == {values[0]}") if len(values) == 1 else Text(f"[{', '.join(values)}].contains({fact})")


def quoted(text: str) -> str:
    """A text as Cedar quotes it."""
    return json.dumps(text, ensure_ascii=False)


def text_of(where: Any) -> str:
    """A condition or a constant in Cedar's words."""
    return where.text if isinstance(where, Text) else str(where).lower()


def facts(words: Words, person: Mapping[int, int], read: Iterable[str]) -> dict[str, Any]:
    """Some facts of a person of whom a place on every axis is known."""
    return {name: _value(words.axes_of[name], person) for name in read}


def _value(axes: tuple[Axis, ...], person: Mapping[int, int]) -> Any:
    fact = axes[0].fact
    if fact.kind is Kind.SET:
        return [axis.item for axis in axes if person[axis.number]]
    place = person[axes[0].number]
    return place + fact.low if fact.kind is Kind.NUMBER else fact.values[place]


def request(door: str, context: Mapping[str, Any]) -> dict[str, Any]:
    """A request in the form that Cedar takes most quickly: the context is text already."""
    return {
        "principal": {"type": "Person", "id": "somebody"},
        "action": {"type": "Action", "id": door},
        "resource": {"type": "Door", "id": door},
        "context": json.dumps(context, ensure_ascii=False),
    }
