"""Reading `ways.yaml`: the chains of doors that lead out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from limen.text.forms import Form, as_table, as_tables
from limen.text.nodes import Document, Listing, Node, Table, Word
from limen.text.sourced import named
from limen.text.vocabulary import Vocabulary
from limen.world.places import Mode, Step, Way

WAY_KEYS = ("way", "to", "place", "mode", "gate", "doors", "claim", "note")
OWN, OTHER = "own", "other"


@dataclass
class WayReader:
    """Reads ways against the names of `places` (with their kinds) and `gates`; None: they could not be read."""

    document: Document
    words: Vocabulary
    places: Mapping[str, str] | None
    gates: Collection[str] | None
    stated: dict[str, Word] = field(default_factory=dict)
    nameless: bool = False

    @property
    def names(self) -> list[str] | None:
        """The names of all ways, the faulty ones too; None where there are none, or one has no name."""
        return list(self.stated) if self.stated and not self.nameless else None

    def ways(self) -> dict[str, Way]:
        """The ways by name, in order."""
        root = self.document.root
        if root is None:
            return {}
        form = Form(self.document, root, "a file of ways", ("ways",), ("ways",))
        node = form.node("ways")
        if isinstance(node, Listing) and not node.items:
            self.document.fault(node, "'ways' lists nothing.")
        found: dict[str, Way] = {}
        for table in as_tables(self.document, node, "'ways'") if node is not None else ():
            way = self._way(table)
            if way is not None:
                found.setdefault(way.name, way)
        return found

    def _way(self, table: Table) -> Way | None:
        form = Form(self.document, table, "a way", WAY_KEYS, ("way", "to", "place", "mode"))
        name, state, place = form.word("way"), form.word("to"), form.word("place")
        mode = form.choice("mode", [mode.value for mode in Mode])
        gate = form.word("gate")
        steps = self._doors(form)
        claim = self._claim(form)
        if name is None:
            self.nameless = True
        else:
            first = self.stated.setdefault(name.text, name)
            if first is not name:
                message = f"The way {name.text!r} stands here a second time (first in line {first.line})."
                self.document.fault(name, message)
        if state is not None and not self.words.state(self.document, state):
            state = None
        if place is not None:
            self._place(place)
        if gate is not None:
            named(self.document, gate, self.gates, "a gate")
        if mode == Mode.GREEN.value:
            if "doors" in table.items:
                self.document.fault(table.items["doors"][0], "A way by the green border passes no doors.")
        elif mode is not None:
            for key in ("doors", "gate"):
                if key not in table.items:
                    self.document.fault(table, f"A way by {mode} needs the key {key!r}.")
        if name is None or state is None or place is None or mode is None:
            return None
        return Way(
            name.text, state.text, place.text, Mode(mode), gate.text if gate else "", steps, claim, form.text("note")
        )

    def _place(self, place: Word) -> None:
        known = named(self.document, place, self.places, "a place")
        if known and self.places is not None and self.places[place.text] == "origin":
            self.document.fault(place, f"{place.text!r} is a region of origin; a way leads over another place.")

    def _doors(self, form: Form) -> tuple[Step, ...]:
        node = form.node("doors")
        if node is None:
            return ()
        if isinstance(node, Listing) and not node.items:
            self.document.fault(node, "'doors' lists nothing.")
        steps = []
        for table in as_tables(self.document, node, "'doors'"):
            if len(table.items) > 1:
                message = "Each door on a way is an item of its own: `- entry: {...}`."
                self.document.fault(list(table.items.values())[1][0], message)
                continue
            steps += [self._step(key, facts) for key, facts in table.items.values()]
        return tuple(step for step in steps if step is not None)

    def _claim(self, form: Form) -> Step | None:
        table = form.table_at("claim")
        if table is None:
            return None
        if len(table.items) != 1:
            self.document.fault(table, "'claim' holds one door with its facts: `claim: {asylum procedure: {...}}`.")
            return None
        ((key, facts),) = table.items.values()
        return self._step(key, facts)

    def _step(self, key: Word, node: Node) -> Step | None:
        known = self.words.door(self.document, key)
        table = as_table(self.document, node, repr(key.text))
        if table is None:
            return None
        place = self.words.place
        if place is not None and place not in table.items:
            self.document.fault(key, f"The step to the door {key.text!r} does not say {place!r}.")
        plain = Table({}, table.line, table.column)
        relative: dict[str, tuple[str, str]] = {}
        for name, (fact, value) in table.items.items():
            if not isinstance(value, Table):
                plain.items[name] = (fact, value)
                continue
            form = Form(self.document, value, "a fact by the issuer of the papers", (OWN, OTHER), (OWN, OTHER))
            own, other = form.node(OWN), form.node(OTHER)
            if own is None or other is None:
                continue
            values = self.words.value(self.document, fact, own), self.words.value(self.document, fact, other)
            if values[0] is not None and values[1] is not None:
                relative[name] = values[0], values[1]
        facts = self.words.facts(self.document, plain)
        return Step(key.text, facts, relative) if known else None
