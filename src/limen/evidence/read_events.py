"""Reading `events.yaml`: what presses people to leave."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from limen.evidence.figures import Basis, Event
from limen.text.forms import Form, as_tables, as_word
from limen.text.nodes import Document, Table, Word
from limen.text.sourced import Citations, named

EVENT_KEYS = (
    "event", "from", "until", "presses", "rise days", "half-life days", "source", "confidence", "note",
)  # fmt: skip
REQUIRED = ("event", "from", "presses", "rise days", "half-life days")


@dataclass
class EventReader:
    """Reads events against the names of the kinds of people and of the parameters (None: they could not be read)."""

    document: Document
    kinds: Collection[str] | None
    parameters: Collection[tuple[str, str]] | None
    citations: Citations
    stated: list[str] = field(default_factory=list)
    nameless: bool = False

    @property
    def names(self) -> list[str] | None:
        """The names of all events, the faulty ones too; None where one has no name or the file could not be taken apart."""
        return None if self.nameless or (self.document.faults and not self.stated) else self.stated

    def events(self) -> tuple[Event, ...]:
        """The events in order."""
        root = self.document.root
        if root is None:
            return ()
        form = Form(self.document, root, "a file of events", ("events",), ("events",))
        node = form.node("events")
        found: dict[str, Event] = {}
        for table in as_tables(self.document, node, "'events'") if node is not None else ():
            event = self._event(table)
            if event is None:
                continue
            if event.name in found:
                self.document.fault(table.items["event"][1], f"The event {event.name!r} stands here a second time.")
            found.setdefault(event.name, event)
        return tuple(found.values())

    def _event(self, table: Table) -> Event | None:
        form = Form(self.document, table, "an event", EVENT_KEYS, REQUIRED)
        name, start, end = form.word("event"), form.date("from"), form.date("until")
        at = name or Word("", table.line, table.column)
        figure = f"The event {name.text!r}" if name else "The event"
        source = self.citations.source(self.document, form.word("source"), at, figure)
        confidence = self.citations.confidence(self.document, form.word("confidence"), at, figure)
        if start is not None and end is not None and end <= start:
            until = table.items["until"][1]
            self.document.fault(until, f"It ends on {end}, before it begins on {start}.")
        if name is None:
            self.nameless = True
        else:
            self.stated.append(name.text)
        own = name.text if name else ""
        rise, half = (self._parameter(form.word(key), own, "event") for key in ("rise days", "half-life days"))
        presses = self._presses(form)
        if name is None or start is None or rise is None or half is None:
            return None
        basis = Basis(source, confidence, form.text("note"), f"{self.document.name}:{table.line}")
        return Event(name.text, start, end, presses, rise, half, basis)

    def _presses(self, form: Form) -> dict[str, str]:
        presses: dict[str, str] = {}
        table = form.table_at("presses")
        if table is not None and not table.items:
            self.document.fault(table, "'presses' lists nobody.")
        for name, (key, node) in table.items.items() if table else ():
            known = named(self.document, key, self.kinds, "a kind of people")
            parameter = self._parameter(as_word(self.document, node, repr(name)), name, "kind")
            if known and parameter is not None:
                presses[name] = parameter
        return presses

    def _parameter(self, word: Word | None, of: str, what: str) -> str | None:
        """The name of a parameter that there is for all, or of just this."""
        if word is None:
            return None
        if self.parameters is not None and not {(word.text, ""), (word.text, of)} & set(self.parameters):
            names = sorted({name for name, _ in self.parameters})
            if word.text in names:
                message = f"The parameter {word.text!r} has no value for the {what} {of!r}, and none for all."
                self.document.fault(word, message)
            else:
                self.document.fault(word, f"{word.text!r} is not a parameter.", word.text, names)
            return None
        return word.text
