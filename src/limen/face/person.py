"""The person that a command is asked about: facts from arguments, from a file or from standard input."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from limen.face.common import FAULTY, MISSING, USAGE, Failed, fault_list, once
from limen.policy.people import UNKNOWN, Person, PersonReader
from limen.policy.words import Fact, Words
from limen.text.nodes import Document, Listing, Node, Table, Word, read_document

ARGUMENTS = "arguments"
A_PERSON = "Nothing is said of a person here; state facts and values, such as `nationality: RU`."
LARGEST_PERSON = 1024 * 1024


def person_from(words: Words, facts: Sequence[str], file: str | None) -> Person:
    """Reads `fact=value` arguments together with a YAML or JSON file (`-` for standard input).

    A fact that both state is a fault. Nothing that is read here is kept or written anywhere.
    """
    said = _arguments(words, facts)
    document = _read(file, words) if file is not None else None
    table = Table({}, 1, 1)
    for part in (document, said):
        if part is None or part.root is None:
            continue
        for name, (key, node) in part.root.items.items():
            if name in table.items:
                part.fault(key, f"{name!r} is stated twice.")
            else:
                table.items[name] = (key, node)
    read = PersonReader(words)
    person = Person()
    for part in (document, said):
        if part is None or part.root is None:
            continue
        found = read.person(part, part.root)
        person = Person({**person.known, **found.known}, {**person.computed, **found.computed})
    if document is not None and document.faults:
        raise Failed(fault_list([*document.faults, *said.faults]), FAULTY)
    if said.faults:
        raise Failed(f"{fault_list(said.faults)}\n`limen words POLICY` lists what can be said.", USAGE)
    return person


def _read(file: str, words: Words) -> Document:
    if file == "-" and sys.stdin is None:
        raise Failed("There is no standard input to read a person from.", MISSING)
    if file == "-":
        name, data = "standard input", sys.stdin.buffer.read(LARGEST_PERSON + 1)
    else:
        name = file
        with Path(file).open("rb") as stream:
            data = stream.read(LARGEST_PERSON + 1)
    return _document(words, name, data)


def person_in(words: Words, name: str, data: bytes) -> Person:
    """Reads a person from the bytes of a file, opening nothing. Raises Failed with every fault."""
    document = _document(words, name, data)
    assert document.root is not None
    person = PersonReader(words).person(document, document.root)
    if document.faults:
        raise Failed(fault_list(document.faults), FAULTY)
    return person


def _document(words: Words, name: str, data: bytes) -> Document:
    if len(data) > LARGEST_PERSON:
        raise Failed(f"{name}: a person takes less than {LARGEST_PERSON // 1024} kB.", FAULTY)
    document = read_document(name, data, A_PERSON)
    if document.root is None:
        raise Failed(fault_list(document.faults), FAULTY)
    for key, (word, node) in document.root.items.items():
        document.root.items[key] = word, _plainly(words.facts.get(key), node)
    return document


def _plainly(fact: Fact | None, node: Node) -> Node:
    """The `true`, `false` and `null` of a program as *yes*, *no* and *unknown*, where they are no values of the fact."""
    if fact is None or not isinstance(node, Word) or node.text in fact.values:
        return node
    said = {"true": "yes", "false": "no", "null": UNKNOWN}.get(node.text)
    return node if said is None or said not in (*fact.values, UNKNOWN) else replace(node, text=said)


def _arguments(words: Words, facts: Sequence[str]) -> Document:
    """The arguments as a document with one line for each, so that faults have a place."""
    document = Document(ARGUMENTS, "\n".join(facts), Table({}, 1, 1))
    assert document.root is not None
    for line, text in enumerate(facts, 1):
        name, found, value = text.partition("=")
        key = Word(name.strip(), line, 1)
        if not found:
            document.fault(key, f"{text!r} is not of the form fact=value.")
        elif key.text in document.root.items:
            document.fault(key, f"{key.text!r} is stated twice.")
        else:
            document.root.items[key.text] = (key, _value(words, key.text, value, line, len(name) + 2))
    return document


def _value(words: Words, name: str, text: str, line: int, column: int) -> Node:
    """A value, or several with commas between them (unless the whole is itself the name of a value)."""
    fact = words.facts.get(name)
    if "," not in text or (fact is not None and text in fact.values):
        return Word(text.strip(), line, column, not text.strip())
    items: list[Node] = []
    for part in text.split(","):
        offset = len(part) - len(part.lstrip())
        items.append(Word(part.strip(), line, column + offset, not part.strip()))
        column += len(part) + 1
    return Listing(items, line, column)


def person_options(function: click.decorators.FC) -> click.decorators.FC:
    """The arguments and the file."""
    function = click.argument("facts", metavar="[FACT=VALUE]...", nargs=-1)(function)
    return click.option(
        "--person",
        "file",
        multiple=True,
        callback=once,
        metavar="FILE",
        help="Read facts from a YAML or JSON file; - is standard input.",
    )(function)
