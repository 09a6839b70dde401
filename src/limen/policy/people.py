"""Reading what is known of a person: for every axis the places that are still possible.

A fact may be known wholly (`nationality: RU`), in part (`nationality: [RU, BY]`, `age: 18..30`, `nationality: not EU`), or not
at all (left out, or `?`). For a set-valued fact the things held are listed; a thing with a question mark behind it
(`residence permit?`) may or may not be held, and what is not listed is not held.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from limen.policy.computed import COMPUTED
from limen.policy.conditions import NONE, ConditionReader, spelled
from limen.policy.words import Axis, Clause, Fact, Kind, Look, Words
from limen.text.forms import as_words
from limen.text.nodes import Document, Listing, Node, Table, Word

UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of a person. `known` maps axes to the places left; axes that are missing are wholly unknown.

    `computed` maps axes to functions of the day. Nothing else is kept: no name, no free text, no date of birth to read back.
    """

    known: Mapping[int, frozenset[int]] = field(default_factory=dict)
    computed: Mapping[int, Callable[[date], int]] = field(default_factory=dict, repr=False)

    def on(self, day: date, axes: tuple[Axis, ...]) -> dict[int, frozenset[int]]:
        """The places left on a day. Raises ValueError where a computed fact does not lie in its range on that day."""
        known = dict(self.known)
        for number, function in self.computed.items():
            fact = axes[number].fact
            value = function(day)
            place = value - fact.low
            if not 0 <= place < len(fact.values):
                raise ValueError(
                    f"{fact.name!r} would be {value} on {day}, outside {fact.values[0]}..{fact.values[-1]}"
                )
            known[number] = frozenset((place,))
        return known


class PersonReader:
    """Reads persons in the words of one policy."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._conditions = ConditionReader(words)
        self.given = {fact.computed.given: fact for fact in words.facts.values() if fact.computed}

    def person(self, document: Document, table: Table, whole: bool = False) -> Person:
        """A mapping of facts to values. `whole`: every value that is stated must be known wholly, as in a case."""
        known: dict[int, frozenset[int]] = {}
        computed: dict[int, Callable[[date], int]] = {}
        for name, (key, node) in table.items.items():
            fact = self.words.facts.get(name)
            if fact is not None:
                if fact.computed is not None and fact.computed.given in table.items:
                    document.fault(key, f"{name!r} follows from {fact.computed.given!r}; give one of them.")
                    continue
                known.update(self.places(document, key, node, whole))
            elif name in self.given:
                fact = self.given[name]
                assert fact.computed is not None
                if isinstance(node, Word) and node.text == UNKNOWN and not whole:
                    continue
                texts = [word.text for word in as_words(document, node, repr(name))]
                if not texts:
                    continue
                if texts == [NONE]:
                    texts = []
                try:
                    computed[self.words.axes_of[fact.name][0].number] = COMPUTED[fact.computed.function](texts)
                except ValueError as error:
                    document.fault(node, f"{name!r}: {error}.")
            elif name not in self.words.broken:
                document.fault(key, self.unknown_key(name), name, (*self.words.facts, *self.given))
        return Person(known, computed)

    def unknown_key(self, name: str) -> str:
        """Why a name cannot be stated of a person."""
        if name in self.words.terms:
            return f"{name!r} is a term: rules fill it, a person does not state it."
        return f"{name!r} is not a fact or finding."

    def places(self, document: Document, key: Word, node: Node, whole: bool) -> dict[int, frozenset[int]]:
        """The places that one stated fact leaves on its axes."""
        fact = self.words.facts[key.text]
        axes = self.words.axes_of[fact.name]
        if isinstance(node, Word) and node.text == UNKNOWN:
            if whole:
                document.fault(node, "A case states what is so; leave out what is ordinary.")
            return {}
        if fact.kind is Kind.SET:
            return self._held(document, fact, axes, node, whole)
        if whole and not isinstance(node, Word):
            document.fault(node, f"A person has one value of {fact.name!r}.")
            return {}
        places: frozenset[int] | None = None
        for need in self._conditions.needs(document, key, node):
            if isinstance(need, tuple):
                places = frozenset[int]().union(*(look.places for look in need))
        if places is None:
            return {}
        if whole and len(places) != 1:
            document.fault(node, f"{spelled(node)!r} is not one value of {fact.name!r}.")
        return {axes[0].number: places}

    def _held(
        self, document: Document, fact: Fact, axes: tuple[Axis, ...], node: Node, whole: bool
    ) -> dict[int, frozenset[int]]:
        nothing = isinstance(node, Listing) and not node.items
        words = [] if nothing else as_words(document, node, repr(fact.name))
        held: dict[str, frozenset[int]] = {}
        for word in words:
            text, places = word.text, frozenset((1,))
            if text == NONE:
                if len(words) > 1:
                    more = "" if whole else _left_open(fact, words)
                    document.fault(word, f"{NONE!r} says that nothing is held: it stands alone.{more}")
                continue
            if text.endswith(UNKNOWN) and not whole:
                text, places = text[:-1].strip(), frozenset((0, 1))
            if text not in fact.values:
                options = (*fact.values, NONE)
                document.fault(word, f"{text!r} is not a thing that {fact.name!r} holds.", text, options)
            elif text in held:
                document.fault(word, f"{text!r} stands here a second time.")
            held[text] = places
        return {axis.number: held.get(axis.item or "", frozenset((0,))) for axis in axes}


def _left_open(fact: Fact, words: Sequence[Word]) -> str:
    """How to say of the things named that it is not known whether they are held."""
    things = (word.text.removesuffix(UNKNOWN) for word in words)
    named = ", ".join(f"{thing}{UNKNOWN}" for thing in dict.fromkeys(things) if thing in fact.values)
    return f" Whether something is held is left open by a question mark ({named})." if named else ""


MOST_INSTEAD = 3
"""As many values are named as those that would be possible."""


def excluded(words: Words, known: Mapping[int, frozenset[int]]) -> str | None:
    """The declared impossibility that every person with these facts would fall under, in words; None where none is.

    Where few values of one of its facts would be possible instead, it says which.
    """
    for clause in words.impossible:
        if all(any(_surely(look, known) for look in need) for need in clause.needs if isinstance(need, tuple)):
            return f"{clause}{_instead(words, clause, known)}"
    return None


def _surely(look: Look, known: Mapping[int, frozenset[int]]) -> bool:
    places = known.get(look.axis)
    return places is not None and places <= look.places


def _instead(words: Words, clause: Clause, known: Mapping[int, frozenset[int]]) -> str:
    """What would be possible of the fact that leaves the fewest values, as `; so with crossing: Narva, state is EE or RU`."""
    looks = [need[0] for need in clause.needs if isinstance(need, tuple) and len(need) == 1]
    axes = words.axes
    if len(looks) != len(clause.needs) or len(looks) < 2 or any(axes[look.axis].item is not None for look in looks):
        return ""
    fewest = min(reversed(looks), key=lambda look: axes[look.axis].size - len(look.places))
    left = [value for place, value in enumerate(axes[fewest.axis].fact.values) if place not in fewest.places]
    if not 0 < len(left) <= MOST_INSTEAD:
        return ""
    others = "; ".join(
        f"{axes[look.axis]}: {' or '.join(axes[look.axis].fact.values[place] for place in sorted(known[look.axis]))}"
        for look in looks if look is not fewest
    )  # fmt: skip
    return f"; so with {others}, {axes[fewest.axis]} is {' or '.join(left)}"
