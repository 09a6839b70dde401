"""Reading `people.yaml`: kinds of people, and what papers and reasons they hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from limen.people.groups import Holding, Kind
from limen.text.forms import Form, as_tables
from limen.text.nodes import Document, Listing, Table, Word
from limen.text.vocabulary import Vocabulary

T = TypeVar("T")


@dataclass
class PeopleReader:
    """Reads kinds and holdings in the words of a policy; the names of all, the faulty ones too, are kept as stated."""

    document: Document
    words: Vocabulary
    stated_kinds: dict[str, Word] = field(default_factory=dict)
    stated_holdings: dict[str, Word] = field(default_factory=dict)
    nameless: bool = False

    def read(self) -> tuple[dict[str, Kind], dict[str, Holding]]:
        """The kinds and the holdings by name, in order."""
        if self.document.root is None:
            return {}, {}
        form = Form(self.document, self.document.root, "a file of people", ("kinds", "holdings"), ("kinds", "holdings"))
        kinds = self._list(form, "kinds", self.stated_kinds, self._kind)
        return kinds, self._list(form, "holdings", self.stated_holdings, self._holding)

    @property
    def kinds(self) -> list[str] | None:
        """The names of all kinds, the faulty ones too; None where there are none, or something has no name."""
        return list(self.stated_kinds) if self.stated_kinds and not self.nameless else None

    @property
    def holdings(self) -> list[str] | None:
        """The names of all holdings, the faulty ones too; None where there are none, or something has no name."""
        return list(self.stated_holdings) if self.stated_holdings and not self.nameless else None

    def _list(
        self, form: Form, key: str, stated: dict[str, Word], read: Callable[[Table], tuple[Word | None, T]]
    ) -> dict[str, T]:
        node = form.node(key)
        if isinstance(node, Listing) and not node.items:
            self.document.fault(node, f"{key!r} lists nothing.")
        found: dict[str, T] = {}
        for table in as_tables(self.document, node, repr(key)) if node is not None else ():
            name, thing = read(table)
            if name is None:
                self.nameless = True
                continue
            first = stated.setdefault(name.text, name)
            if first is not name:
                message = f"The {key[:-1]} {name.text!r} stands here a second time (first in line {first.line})."
                self.document.fault(name, message)
            found.setdefault(name.text, thing)
        return found

    def _kind(self, table: Table) -> tuple[Word | None, Kind]:
        form = Form(self.document, table, "a kind of people", ("kind", "facts", "leaving", "says"), ("kind",))
        name = form.word("kind")
        facts, leaving = self._facts(form, "facts"), self._facts(form, "leaving")
        return name, Kind(name.text if name else "", facts, leaving, form.text("says"))

    def _holding(self, table: Table) -> tuple[Word | None, Holding]:
        form = Form(self.document, table, "a holding", ("holding", "facts", "issuer", "says"), ("holding",))
        name, issuer = form.word("holding"), form.word("issuer")
        if issuer is not None:
            self.words.state(self.document, issuer)
        facts = self._facts(form, "facts")
        return name, Holding(name.text if name else "", facts, issuer.text if issuer else "", form.text("says"))

    def _facts(self, form: Form, key: str) -> dict[str, str]:
        table = form.table_at(key)
        return {} if table is None else self.words.facts(self.document, table)
