"""Reading the doors of a words file: their answers, of whom they are asked, and what passing them changes."""

from __future__ import annotations

from dataclasses import replace

from limen.policy.conditions import ConditionReader, parse_range
from limen.policy.people import UNKNOWN, PersonReader
from limen.policy.words import Door, Kind, Words
from limen.text.forms import Form, as_table
from limen.text.nodes import Document, Node, Table, Word

KEYS = ("open", "shut", "decided by", "protection", "says", "asked", "passing", "takes")
LONGEST_WAIT = 4_000


def read_door(document: Document, name: str, node: Node) -> Door | None:
    """A door, as yet without what it says of facts."""
    table = as_table(document, node, repr(name))
    if table is None:
        return None
    form = Form(document, table, "a door", KEYS, ("open", "shut"))
    opening, shutting = form.word("open"), form.word("shut")
    protection = form.yes("protection")
    takes = _takes(document, form)
    if opening is None or shutting is None:
        return None
    if opening.text == shutting.text:
        document.fault(shutting, "The two answers of a door need different names.")
        return None
    return Door(name, opening.text, shutting.text, form.text("decided by"), protection, form.text("says"), takes=takes)


def with_facts(document: Document, root: Table, words: Words, reader: ConditionReader) -> dict[str, Door]:
    """The doors, each with the condition of whom it is asked and with the facts that passing it changes."""
    found = {}
    for name, door in words.doors.items():
        keys = _keys(root, name)
        asked = door.asked
        if "asked" in keys:
            asked = reader.condition(document, keys["asked"][1], "'asked'", terms=False)
        passing = _passing(document, words, keys["passing"][1]) if "passing" in keys else {}
        found[name] = replace(door, asked=asked, passing=passing)
    return found


def _keys(root: Table, door: str) -> dict[str, tuple[Word, Node]]:
    doors = root.items["doors"][1]
    table = doors.items[door][1] if isinstance(doors, Table) else None
    return dict(table.items) if isinstance(table, Table) else {}


def _takes(document: Document, form: Form) -> tuple[int, int] | None:
    word = form.word("takes")
    if word is None:
        return None
    ends = None if word.text.startswith("..") or word.text.endswith("..") else parse_range(word.text, 0, 0)
    if ends is None or not 0 <= ends[0] <= ends[1] <= LONGEST_WAIT:
        message = f"{word.text!r} is not a number of days from 0 to {LONGEST_WAIT}, or a range of such as 15..45."
        document.fault(word, message)
        return None
    return ends


def _passing(document: Document, words: Words, node: Node) -> dict[int, int]:
    """The places that passing a door leaves on axes of facts. What a set holds already stays held, unless it says `none`."""
    reader = PersonReader(words)
    found: dict[int, int] = {}
    table = as_table(document, node, "'passing'")
    for name, (key, value) in table.items.items() if table else ():
        fact = words.facts.get(name)
        if fact is None:
            if name not in words.broken:
                document.fault(key, reader.unknown_key(name), name, words.facts)
        elif fact.finding:
            document.fault(key, f"{name!r} is a finding: passing a door changes facts, not what somebody finds.")
        elif isinstance(value, Word) and value.text == UNKNOWN:
            document.fault(value, "Leave out what passing the door does not change.")
        else:
            places = {axis: min(left) for axis, left in reader.places(document, key, value, whole=True).items() if left}
            held = {axis: place for axis, place in places.items() if place}
            found.update(held if fact.kind is Kind.SET and held else places)
    return found
