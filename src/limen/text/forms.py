"""Reading a table by its keys: what is missing, what is unknown, what is not of the right shape, each a fault in its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from limen.text.nodes import Document, Listing, Node, Table, Word

_DATE = re.compile(r"[1-9]\d{3}-\d{2}-\d{2}", re.ASCII)
_BEFORE = re.compile(r"0\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)


def parse_date(text: str) -> date | None:
    """The day that `2022-09-30` names, or None where the text is no such day."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def not_a_day(text: str) -> str:
    """Why a text is no day that Limen knows."""
    if text.isascii() and _BEFORE.fullmatch(text):
        return f"{text!r} is out of range; days from 1000-01-01 to 9999-12-31 can be given."
    return f"{text!r} is not a day; write it as 2022-09-30."


class Form:
    """A table with the keys that it may have. Asking for a key checks its shape; what does not fit becomes a fault."""

    def __init__(
        self, document: Document, table: Table, what: str, keys: Collection[str], required: Sequence[str] = ()
    ):
        """`keys` in order of preference where one has to be guessed; a mapping where there are many."""
        self.document = document
        self.table = table
        self.what = what
        for key in table.items:
            if key not in keys:
                word = table.items[key][0]
                document.fault(word, f"{key!r} is not a key of {what}.", key, keys)
        for key in required:
            if key not in table.items:
                document.fault(table, f"{what[0].upper()}{what[1:]} needs the key {key!r}.")

    def node(self, key: str) -> Node | None:
        """What stands under the key, or None."""
        found = self.table.items.get(key)
        return found[1] if found else None

    def word(self, key: str) -> Word | None:
        """A single word or text; a fault where it is empty or a list."""
        node = self.node(key)
        if node is None:
            return None
        return as_word(self.document, node, f"{key!r}")

    def text(self, key: str, default: str = "") -> str:
        """The text under the key."""
        word = self.word(key)
        return word.text if word else default

    def words(self, key: str) -> list[Word]:
        """One word or a list of words."""
        node = self.node(key)
        return [] if node is None else as_words(self.document, node, f"{key!r}")

    def date(self, key: str) -> date | None:
        """A day such as 2022-09-30."""
        word = self.word(key)
        if word is None:
            return None
        day = parse_date(word.text)
        if day is None:
            self.document.fault(word, not_a_day(word.text))
        return day

    def choice(self, key: str, options: Sequence[str]) -> str | None:
        """One of a few words."""
        word = self.word(key)
        if word is None:
            return None
        if word.text not in options:
            choices = ", ".join(options)
            message = f"{key!r} is one of {choices}; not {word.text!r}."
            self.document.fault(word, message, word.text, options)
            return None
        return word.text

    def yes(self, key: str, default: bool = False) -> bool:
        """`yes` or `no`."""
        chosen = self.choice(key, ("yes", "no"))
        return default if chosen is None else chosen == "yes"

    def table_at(self, key: str) -> Table | None:
        """A mapping under the key."""
        node = self.node(key)
        return None if node is None else as_table(self.document, node, f"{key!r}")


def as_word(document: Document, node: Node, what: str) -> Word | None:
    """The node as a word that is not empty, or a fault."""
    if not isinstance(node, Word):
        document.fault(node, f"{what} takes one text, not a {'list' if isinstance(node, Listing) else 'mapping'}.")
        return None
    if not node.text.strip():
        document.fault(node, f"{what} is empty.")
        return None
    return node


def as_words(document: Document, node: Node, what: str) -> list[Word]:
    """The node as a list of words; a single word is a list of one. An empty list is a fault."""
    if isinstance(node, Listing):
        if not node.items:
            document.fault(node, f"{what} lists nothing.")
        found = (as_word(document, item, f"An item of {what}") for item in node.items)
        return [word for word in found if word is not None]
    word = as_word(document, node, what)
    return [] if word is None else [word]


def as_table(document: Document, node: Node, what: str) -> Table | None:
    """The node as a mapping, or a fault."""
    if isinstance(node, Table):
        return node
    document.fault(node, f"{what} takes a mapping of keys to values.")
    return None


def as_tables(document: Document, node: Node, what: str) -> Iterator[Table]:
    """The node as a list of mappings; a single mapping is a list of one."""
    if isinstance(node, Table):
        yield node
    elif isinstance(node, Listing):
        for item in node.items:
            table = as_table(document, item, f"An item of {what}")
            if table is not None:
                yield table
    else:
        document.fault(node, f"{what} takes a mapping or a list of mappings.")
