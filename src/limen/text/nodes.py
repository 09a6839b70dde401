"""Strict YAML: text to nodes that know their place.

Stricter than YAML where YAML surprises: every plain word is text (`NO` is Norway, `010` is not eight), a key may stand once,
and anchors, aliases, tags and several documents in one file are refused. Nothing is resolved, constructed or executed.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import yaml

from limen.text.faults import Fault, nearest

DEEPEST = 12
LONGEST_TEXT = 32 * 1024 * 1024
MOST_FAULTS = 500
LONGEST_MESSAGE = 600
FARTHEST_SKIPPED = 100
_BREAK = re.compile(r"\r\n|\r|\n")
_DIRECTIVE = re.compile(r"(?:\A|[\r\n])%")
# What YAML forbids, further line breaks, and what turns the direction of text around, so that it reads as what it is not.
_FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u2028-\u202e\u2066-\u2069\ufeff]"
)

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(slots=True, eq=False)
class Word:
    """A scalar: its text, and whether it was left empty (`key:` with nothing behind it)."""

    text: str
    line: int
    column: int
    empty: bool = False


@dataclass(slots=True, eq=False)
class Listing:
    """A sequence of nodes."""

    items: list[Node]
    line: int
    column: int


@dataclass(slots=True, eq=False)
class Table:
    """A mapping, in the order of the file: key text to (key, value)."""

    items: dict[str, tuple[Word, Node]]
    line: int
    column: int


Node = Word | Listing | Table

_NO_KEY = Word("", 0, 0)


@dataclass(slots=True)
class Document:
    """One file: its name, its lines, its faults so far, and its root (None where it could not be read)."""

    name: str
    text: str
    root: Table | None = None
    faults: list[Fault] = field(default_factory=list)
    _lines: list[str] | None = None

    def fault(self, node: Node | None, message: str, word: str | None = None, names: Iterable[str] = ()) -> None:
        """Notes a fault at a node (at the top of the file where there is none). Of `names` the nearest to `word` is offered."""
        line, column = (node.line, node.column) if node is not None else (1, 1)
        self.fault_at(line, column, message, word, names)

    def line(self, line: int) -> str:
        """A line of the text, counted from 1; nothing beyond its end."""
        if self._lines is None:
            self._lines = _BREAK.split(self.text)
        return self._lines[line - 1] if 0 < line <= len(self._lines) else ""

    def fault_at(
        self, line: int, column: int, message: str, word: str | None = None, names: Iterable[str] = ()
    ) -> None:
        """Notes a fault at a line and column, both counted from 1."""
        if self.full:
            return
        if len(message) > LONGEST_MESSAGE:
            message = f"{message[:LONGEST_MESSAGE]}..."
        shown = self.line(line)
        near = nearest(word, names) if word is not None else None
        self.faults.append(Fault(self.name, line, column, message, shown, near))
        if len(self.faults) == MOST_FAULTS:
            message = f"There are more than {MOST_FAULTS - 1} faults in this file; the rest is not listed."
            self.faults[-1] = Fault(self.name, line, column, message, shown)

    def not_yaml(self, error: yaml.MarkedYAMLError) -> None:
        """Notes what libyaml could not read, where it gave up and where the thing began that it was reading."""
        mark, began = error.problem_mark or error.context_mark, error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        since = f" (begun in line {began.line + 1})" if began and began.line + 1 < line else ""
        problem = " ".join(part for part in (error.context and error.context + since, error.problem) if part)
        tab = " Indent with spaces, not tabs." if self.line(line)[column - 1 : column] == "\t" else ""
        lines = len(_BREAK.split(self.text))
        if line > lines:  # libyaml counts one more where the last line does not end
            line, column = lines, len(self.line(lines)) + 1
        self.fault_at(line, column, f"This is not YAML: {problem}.{tab}")

    @property
    def full(self) -> bool:
        """Whether so many faults were met that the rest would only be noise."""
        return len(self.faults) >= MOST_FAULTS


A_POLICY = "A policy file is a mapping of sections such as `sources:` and `rules:`."


def read_document(name: str, data: bytes, shape: str = A_POLICY) -> Document:
    """Reads one file's bytes. Whatever they are, the answer is a document with a root or with faults.

    `shape` says what the file holds, for whoever wrote something else than a mapping.
    """
    document = open_text(name, data)
    if document.faults:
        return document
    text = document.text
    directive = _DIRECTIVE.search(text)
    if directive:
        document.fault_at(*_place(text, directive.end() - 1), "Directives (%YAML, %TAG) are not used in Limen's files.")
        return document
    try:
        root = _build(document)
    except yaml.MarkedYAMLError as error:
        document.not_yaml(error)
        return document
    if isinstance(root, Table):
        document.root = root
    elif not document.faults:
        document.fault(root, shape)
    return document


def open_text(name: str, data: bytes) -> Document:
    """The text of one file's bytes, in UTF-8 and without characters that hide or turn around what it says, or its faults."""
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        document = Document(name, data.decode(errors="replace"))
        before = len(data[: error.start].decode())
        document.fault_at(*_place(document.text, before), "This is not UTF-8 text.")
        return document
    document = Document(name, text)
    if len(data) > LONGEST_TEXT:
        document.fault(None, f"The file is larger than {LONGEST_TEXT // 1024 // 1024} MB.")
        return document
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        document.fault_at(*_place(text, forbidden.start()), f"The character {forbidden[0]!a} may not stand in a file.")
    return document


def _place(text: str, position: int) -> tuple[int, int]:
    """The line and column, from 1, of a position in a text."""
    before = _BREAK.split(text[:position])
    return len(before), len(before[-1]) + 1


def _build(document: Document) -> Node | None:
    """Builds the tree from libyaml's events, without recursion and without resolving anything."""
    root: Node | None = None
    open_nodes: list[Listing | Table] = []
    keys: list[Word | None] = []
    documents = 0
    skipping = 0
    event: Any
    for event in yaml.parse(document.text, Loader=_Loader):
        kind = type(event)
        if document.faults and document.full:
            return None
        if kind is yaml.ScalarEvent:
            mark = event.start_mark
            node: Node = Word(event.value, mark.line + 1, mark.column + 1, not event.value and event.implicit[0])
            if event.anchor is not None or event.tag is not None:
                document.fault(node, "Anchors (&name) and tags (!name) are not used in Limen's files.")
            if not event.value.isprintable() and (forbidden := _FORBIDDEN.search(event.value)):
                document.fault(node, f"The character {forbidden[0]!a} may not stand in a text.")
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            mark = event.start_mark
            line, column = mark.line + 1, mark.column + 1
            node = Table({}, line, column) if kind is yaml.MappingStartEvent else Listing([], line, column)
            if event.anchor is not None or event.tag is not None:
                document.fault(node, "Anchors (&name) and tags (!name) are not used in Limen's files.")
            if skipping:
                skipping += 1
                if skipping > FARTHEST_SKIPPED:
                    return None
                continue
            if len(open_nodes) >= DEEPEST:
                document.fault(node, f"This is nested more than {DEEPEST} deep.")
                _attach(document, open_nodes[-1], keys, node)
                skipping = 1
                continue
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            if skipping:
                skipping -= 1
            else:
                open_nodes.pop()
                keys.pop()
            continue
        elif kind is yaml.AliasEvent:
            mark = event.start_mark
            node = Word("", mark.line + 1, mark.column + 1, True)
            document.fault(node, "Aliases (*name) are not used in Limen's files: write the text out.")
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                mark = event.start_mark
                document.fault_at(mark.line + 1, mark.column + 1, "One file holds one document: remove this `---`.")
                return root
            continue
        else:
            continue
        if skipping:
            continue
        if open_nodes:
            _attach(document, open_nodes[-1], keys, node)
        else:
            root = node
        if not isinstance(node, Word):
            open_nodes.append(node)
            keys.append(None)
    return root


def _attach(document: Document, parent: Listing | Table, keys: list[Word | None], node: Node) -> None:
    if isinstance(parent, Listing):
        parent.items.append(node)
        return
    key = keys[-1]
    if key is None:
        if not isinstance(node, Word):
            document.fault(node, "A key must be a plain word.")
        keys[-1] = node if isinstance(node, Word) else _NO_KEY
        return
    keys[-1] = None
    if key is _NO_KEY:
        return
    if key.text in parent.items:
        first = parent.items[key.text][0]
        document.fault(key, f"The key {key.text!r} stands here a second time (first in line {first.line}).")
        return
    parent.items[key.text] = (key, node)
