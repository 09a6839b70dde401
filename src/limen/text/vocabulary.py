"""What readers of a world, of people and of evidence ask of the words of a policy, without knowing a policy."""

from __future__ import annotations

from typing import Protocol

from limen.text.forms import as_word
from limen.text.nodes import Document, Node, Table, Word


class Vocabulary(Protocol):
    """Checks names and values; what is not in the words becomes a fault in its place."""

    def facts(self, document: Document, table: Table) -> dict[str, str]:
        """Facts of a person, each with its one value."""

    def value(self, document: Document, key: Word, node: Node) -> str | None:
        """The one value that `key` (a fact) has, or None after a fault."""

    def door(self, document: Document, word: Word) -> bool:
        """Whether the word is a door."""

    def state(self, document: Document, word: Word) -> bool:
        """Whether the word is a state, as the policy knows them."""

    @property
    def place(self) -> str | None:
        """The fact that says which state decides; None where the words know none."""


class AnyWords:
    """Takes every name and value, for when a policy could not be read and only the rest can be checked."""

    def facts(self, document: Document, table: Table) -> dict[str, str]:
        """The facts as they stand."""
        found = ((name, self.value(document, key, node)) for name, (key, node) in table.items.items())
        return {name: value for name, value in found if value is not None}

    def value(self, document: Document, key: Word, node: Node) -> str | None:
        """The value as it stands."""
        word = as_word(document, node, repr(key.text))
        return word.text if word else None

    def door(self, document: Document, word: Word) -> bool:  # noqa: ARG002
        """Every word."""
        return True

    def state(self, document: Document, word: Word) -> bool:  # noqa: ARG002
        """Every word."""
        return True

    @property
    def place(self) -> str | None:
        """None is asked for."""
        return None
