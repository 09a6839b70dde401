"""The words of a policy, for those who read the rest of a scenario."""

from __future__ import annotations

from collections.abc import Mapping

from limen.policy.conditions import named_in_full
from limen.policy.people import PersonReader
from limen.policy.words import Kind, Words
from limen.text.forms import as_word
from limen.text.nodes import Document, Node, Table, Word


class PolicyWords:
    """A `limen.text.vocabulary.Vocabulary`: facts, doors and states are those of the policy."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._reader = PersonReader(words)
        states = words.facts.get(words.place.in_ or "")
        self.states = states.values if states else None

    @property
    def place(self) -> str | None:
        """The fact that says which state decides."""
        return self.words.place.in_

    def facts(self, document: Document, table: Table) -> dict[str, str]:
        """Facts and findings, each with one value. Of a fact that is a set, the one thing that is held, or `none`."""
        found: dict[str, str] = {}
        for name, (key, node) in table.items.items():
            value = self.value(document, key, node)
            if value is not None:
                found[name] = value
        return found

    def value(self, document: Document, key: Word, node: Node) -> str | None:
        """The one value of a fact: its name, also where it was given as a range or a group with one member."""
        fact = self.words.facts.get(key.text)
        if fact is None:
            message = self._reader.unknown_key(key.text)
            document.fault(key, message, key.text, self.words.facts)
            return None
        word = as_word(document, node, repr(key.text))
        if word is None:
            return None
        if word.text == "?":
            document.fault(
                word, f"A scenario states what is so; leave {key.text!r} out where the ordinary value holds."
            )
            return None
        places = self._reader.places(document, key, word, whole=True)
        if fact.kind is Kind.SET:
            return word.text if places else None
        left = next(iter(places.values()), frozenset[int]())
        return fact.values[next(iter(left))] if len(left) == 1 else None

    def door(self, document: Document, word: Word) -> bool:
        """Whether the word is a door; a fault where it is not."""
        if word.text in self.words.doors:
            return True
        document.fault(word, f"{word.text!r} is not a door.", word.text, self.words.doors)
        return False

    def state(self, document: Document, word: Word) -> bool:
        """Whether the word is a value of the fact behind `in:`; any word where the policy names no such fact."""
        if self.states is None or word.text in self.states:
            return True
        fact = self.words.facts[self.words.place.in_ or ""]
        document.fault(
            word, f"{word.text!r} is not a state of the policy ({fact.name!r}).",
            named_in_full(fact, word.text, self.states) or word.text, self.states,
        )  # fmt: skip
        return False

    def known(self, *facts: Mapping[str, str]) -> dict[int, frozenset[int]]:
        """The places on the axes that stated facts leave; what is not stated is left open."""
        known: dict[int, frozenset[int]] = {}
        for name, value in (pair for stated in facts for pair in stated.items()):
            fact = self.words.facts[name]
            for axis in self.words.axes_of[name]:
                if fact.kind is Kind.SET:
                    known[axis.number] = frozenset((int(axis.item == value),))
                else:
                    known[axis.number] = frozenset((fact.values.index(value),))
        return known
