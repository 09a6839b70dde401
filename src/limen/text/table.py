"""Strict CSV: a table whose every cell knows its line and column.

UTF-8, a header, commas, and quotes as in RFC 4180: a cell with a comma, a quote or a line break stands in double quotes, a quote
in it is doubled. Spaces around a cell and rows without anything in them count for nothing. A cell is never executed, opened or
fetched.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from limen.text.forms import not_a_day, parse_date
from limen.text.nodes import Document, Table, Word, open_text

MOST_ROWS = 200_000
LONGEST_CELL = 10_000
_BREAK = re.compile(r"\r\n|\r|\n")
_CELL = re.compile(r'[ \t]*"(?P<quoted>[^"]*(?:""[^"]*)*)(?P<closed>"?)(?P<after>[^,\r\n]*)|(?P<plain>[^,\r\n]*)')
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[ ,'\u00a0\u202f]\d{3})+(?:\.\d+)?|[+-]?\d+,\d+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table: those that its header must name, and those that it may."""

    what: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ("note",)

    @property
    def all(self) -> tuple[str, ...]:
        """All names, in order."""
        return (*self.required, *self.optional)


@dataclass(slots=True, eq=False)
class Row:
    """One row. Asking for a cell checks its shape; what does not fit becomes a fault in its place."""

    document: Document
    line: int
    cells: Mapping[str, Word]

    def word(self, column: str) -> Word:
        """The cell as it stands; empty where the table has no such column."""
        found = self.cells.get(column)
        return found if found is not None else Word("", self.line, 1, True)

    def fault(self, column: str, message: str, word: str | None = None, names: Collection[str] = ()) -> None:
        """Notes a fault at a cell. Of `names` the nearest to `word` is offered."""
        self.document.fault(self.word(column), message, word, names)

    def text(self, column: str) -> str:
        """The text of the cell, empty or not."""
        return self.word(column).text

    def needed(self, column: str) -> Word | None:
        """A cell that may not be empty."""
        word = self.word(column)
        if word.empty:
            self.document.fault(word, f"{column!r} is empty.")
            return None
        return word

    def number(self, column: str, low: float = -math.inf, high: float = math.inf) -> float | None:
        """A finite number within low..high, both included."""
        word = self.needed(column)
        if word is None:
            return None
        if not _NUMBER.fullmatch(word.text):
            hint = " Write it without separators, with a decimal point." if _GROUPED.fullmatch(word.text) else ""
            self.document.fault(word, f"{column!r} is a number such as 1200 or 0.25; not {word.text!r}.{hint}")
            return None
        value = float(word.text)
        if not math.isfinite(value):
            self.document.fault(word, f"{column!r} is {word.text}, which is too large a number.")
            return None
        if not low <= value <= high:
            self.document.fault(word, f"{column!r} is {word.text}, but {_bounds(low, high)}.")
            return None
        return value

    def day(self, column: str) -> date | None:
        """A day such as 2022-09-30; an empty cell is None without a fault."""
        word = self.word(column)
        if word.empty:
            return None
        day = parse_date(word.text)
        if day is None:
            self.document.fault(word, not_a_day(word.text))
        return day

    def choice(self, column: str, options: Sequence[str]) -> str | None:
        """One of a few words."""
        word = self.needed(column)
        if word is None:
            return None
        if word.text not in options:
            message = f"{column!r} is one of {', '.join(options)}; not {word.text!r}."
            self.document.fault(word, message, word.text, options)
            return None
        return word.text

    def yes(self, column: str) -> bool:
        """`yes` or `no`, or 1 and 0; an empty cell is no."""
        word = self.word(column)
        if word.empty:
            return False
        chosen = self.choice(column, ("yes", "no", "1", "0"))
        return chosen in ("yes", "1")

    def items(self, column: str) -> list[Word]:
        """A list: what stands between the semicolons, nothing where the cell is empty."""
        return [] if self.word(column).empty else [*self._parts(column)]

    def pairs(self, column: str) -> Table:
        """A mapping: `name=value; name=value`, nothing where the cell is empty."""
        cell = self.word(column)
        table = Table({}, cell.line, cell.column)
        for part in self.items(column):
            name, sign, value = (text.strip() for text in part.text.partition("="))
            if not sign or not name or not value:
                self.document.fault(
                    part, f"{column!r} holds pairs such as `name=value; name=value`; not {part.text!r}."
                )
            elif name in table.items:
                self.document.fault(part, f"{name!r} stands here a second time.")
            else:
                key = Word(name, part.line, part.column)
                table.items[name] = (key, Word(value, part.line, part.column))
        return table

    def _parts(self, column: str) -> Iterator[Word]:
        cell = self.word(column)
        as_it_stands = self.document.line(cell.line).startswith(cell.text, cell.column - 1)
        start = 0
        for part in cell.text.split(";"):
            text = part.strip()
            place = cell.column + start + len(part) - len(part.lstrip()) if as_it_stands else cell.column
            start += len(part) + 1
            if not text:
                self.document.fault(Word("", cell.line, place), f"A part of {column!r} is empty.")
            else:
                yield Word(text, cell.line, place)


@dataclass(slots=True)
class Sheet:
    """One CSV file: its document with the faults so far, and its rows. `whole`: every row could be taken apart into cells."""

    document: Document
    rows: list[Row] = field(default_factory=list)
    whole: bool = False

    def column(self, name: str) -> dict[str, Word]:
        """What stands in a column, each text with its first place; empty cells left out."""
        found: dict[str, Word] = {}
        for row in self.rows:
            word = row.word(name)
            if not word.empty:
                found.setdefault(word.text, word)
        return found

    def names(self, column: str) -> list[str] | None:
        """The names that a column states, in the rows with faults too; None where the table is not whole or a row has none."""
        if not self.whole or any(row.word(column).empty for row in self.rows):
            return None
        return list(self.column(column))


def read_table(name: str, data: bytes, columns: Columns) -> Sheet:
    """Reads one file's bytes. Whatever they are, the answer is a sheet with rows or with faults."""
    document = open_text(name, data)
    sheet = Sheet(document)
    if document.faults:
        return sheet
    records = _records(document)
    header = next(records, None)
    if header is None:
        document.fault(None, f"The file is empty; {columns.what} begins with the header {','.join(columns.required)}.")
        return sheet
    places = _header(document, header, columns)
    if document.faults:
        return sheet
    for record in records:
        if document.full:
            break
        if len(sheet.rows) >= MOST_ROWS:
            document.fault(record[0], f"A table has at most {MOST_ROWS:,} rows.")
            break
        if len(record) != len(header):
            last = record[-1] if len(record) < len(header) else record[len(header)]
            document.fault(last, f"This row has {_cells(len(record))}, the header has {len(header)}.")
            continue
        sheet.rows.append(Row(document, record[0].line, {column: record[place] for column, place in places.items()}))
    sheet.whole = not document.faults
    return sheet


def _header(document: Document, header: Sequence[Word], columns: Columns) -> dict[str, int]:
    """Where each column stands; what is unknown, missing or there twice is a fault."""
    if len(header) == 1 and ";" in header[0].text:
        document.fault(header[0], "Cells are separated by commas, not by semicolons.")
        return {}
    places: dict[str, int] = {}
    for place, word in enumerate(header):
        if word.empty:
            document.fault(word, "A column has no name.")
        elif word.text not in columns.all:
            document.fault(word, f"{word.text!r} is not a column of {columns.what}.", word.text, columns.all)
        elif word.text in places:
            document.fault(word, f"The column {word.text!r} stands here a second time.")
        places[word.text] = place
    for name in columns.required:
        if name not in places:
            document.fault(header[0], f"{columns.what[0].upper()}{columns.what[1:]} needs the column {name!r}.")
    return {name: place for name, place in places.items() if name in columns.all}


def _records(document: Document) -> Iterator[list[Word]]:
    """The rows as cells with their places; a row without anything in it is left out."""
    records = _quoted_records(document) if '"' in document.text else _plain_records(document)
    for record in records:
        if any(not word.empty for word in record):
            for word in record:
                if len(word.text) > LONGEST_CELL:
                    document.fault(word, f"A cell holds at most {LONGEST_CELL:,} characters.")
            yield record


def _plain_records(document: Document) -> Iterator[list[Word]]:
    for number, line in enumerate(_BREAK.split(document.text), 1):
        start = 1
        record = []
        for cell in line.split(","):
            record.append(_word(cell, number, start))
            start += len(cell) + 1
        yield record


def _quoted_records(document: Document) -> Iterator[list[Word]]:
    text = document.text
    position = line_start = 0
    line = 1
    record: list[Word] = []
    while True:
        found = _CELL.match(text, position)
        assert found is not None
        column = position - line_start + 1
        position = found.end()
        if found["quoted"] is None:
            record.append(_word(found["plain"], line, column))
            if '"' in found["plain"]:
                message = "A cell with a quote in it stands in quotes, and the quote is doubled."
                document.fault_at(line, column, message)
        else:
            column += len(found[0]) - len(found[0].lstrip(" \t"))
            content = found["quoted"].replace('""', '"').strip()
            record.append(Word(content, line, column, not content))
            if not found["closed"]:
                document.fault_at(line, column, "This quote is never closed.")
                return
            if found["after"].strip():
                document.fault_at(line, column, "A cell ends with its closing quote; a quote in a cell is doubled.")
            for broken in _BREAK.finditer(text, found.start("quoted"), found.end("quoted")):
                line += 1
                line_start = broken.end()
        if position == len(text):
            yield record
            return
        if text[position] == ",":
            position += 1
            continue
        yield record
        record = []
        position += 2 if text.startswith("\r\n", position) else 1
        line += 1
        line_start = position


def _word(cell: str, line: int, start: int) -> Word:
    text = cell.strip()
    return Word(text, line, start + len(cell) - len(cell.lstrip()) if text else start, not text)


def _cells(number: int) -> str:
    return "1 cell" if number == 1 else f"{number} cells"


def _bounds(low: float, high: float) -> str:
    """The bounds in words."""
    if high == math.inf:
        return f"it cannot be less than {low:,.12g}"
    if low == -math.inf:
        return f"it cannot be more than {high:,.12g}"
    return f"it lies within {low:,.12g}..{high:,.12g}"
