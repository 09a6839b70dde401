"""Reading `margins.csv` and `seed.csv`: the totals that are known, and which groups are likelier than others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from limen.people.groups import Margin
from limen.text.sourced import Citations, named
from limen.text.table import Columns, Row, Sheet

BY = ("origin", "kind", "holding")
"""The columns by which people are told apart, in the order of the axes of the joint table."""

WHAT = {"origin": "a region of origin", "kind": "a kind of people", "holding": "a holding"}
MARGINS = Columns("a table of margins", ("margin", *BY, "persons", "source", "confidence"))
SEED = Columns("a table of seed weights", (*BY, "weight", "source", "confidence"))

HEAVIEST = 1e6

Names = Mapping[str, Collection[str] | None]
"""The names on each axis; None where they could not be read."""


@dataclass(frozen=True)
class MarginRow:
    """A row of a margin, and the row of the file that it stands in."""

    margin: Margin
    row: Row

    @property
    def cell(self) -> tuple[str, str, str]:
        """Origin, kind and holding; empty where summed over."""
        return self.margin.origin, self.margin.kind, self.margin.holding


@dataclass(frozen=True)
class Weight:
    """A relative propensity of the groups that it names; empty: of all."""

    origin: str
    kind: str
    holding: str
    weight: float


def read_margins(sheet: Sheet, names: Names, citations: Citations) -> dict[str, list[MarginRow]]:
    """The rows of each margin, in order.

    The rows of one margin fill the same columns, each combination once, and together they are everybody: what a margin does not
    name, nobody is; each name of a column that it fills has to occur.
    """
    margins: dict[str, list[MarginRow]] = {}
    if sheet.whole and not sheet.rows:
        sheet.document.fault(None, "There are no margins: without a total nobody lives anywhere.")
    for row in sheet.rows:
        name, persons = row.needed("margin"), row.number("persons", 0)
        about = ", ".join(row.text(column) for column in BY if row.text(column)) or "everybody"
        source, confidence = citations.row(row, f"The margin {row.text('margin')!r} of {about}")
        known = _known(row, names)
        if name is None or persons is None or not known:
            continue
        rows = margins.setdefault(name.text, [])
        where = f"{row.document.name}:{row.line}"
        cell = {column: row.text(column) for column in BY}
        found = MarginRow(
            Margin(name.text, **cell, persons=persons, source=source, confidence=confidence, where=where), row
        )
        if rows and (by := _filled(rows[0])) != _filled(found):
            told = " and ".join(by) if by else "nothing"
            row.fault("margin", f"The margin {name.text!r} is by {told} (line {rows[0].row.line}); this row is not.")
        elif any(found.cell == other.cell for other in rows):
            row.fault("margin", f"The margin {name.text!r} names {about} a second time.")
        else:
            rows.append(found)
    if sheet.whole and not sheet.document.faults:
        for rows in margins.values():
            _names_all(rows, names)
    return margins


def read_seed(sheet: Sheet, names: Names, citations: Citations) -> list[Weight]:
    """The weights in order. Those that name a group multiply; what none names has weight 1; a weight of 0 rules a group out."""
    weights = []
    for row in sheet.rows:
        weight = row.number("weight", 0, HEAVIEST)
        about = ", ".join(row.text(column) for column in BY if row.text(column)) or "everybody"
        citations.row(row, f"The weight of {about}")
        if _known(row, names) and weight is not None:
            weights.append(Weight(row.text("origin"), row.text("kind"), row.text("holding"), weight))
    return weights


def _known(row: Row, names: Names) -> bool:
    known = [named(row.document, row.word(column), names[column], WHAT[column]) for column in BY if row.text(column)]
    return all(known)


def _filled(row: MarginRow) -> list[str]:
    return [column for column, name in zip(BY, row.cell) if name]


def _names_all(rows: list[MarginRow], names: Names) -> None:
    """A fault for the names of a filled column that no row of the margin has."""
    first = rows[0]
    for axis, column in enumerate(BY):
        if not first.cell[axis]:
            continue
        stated = {row.cell[axis] for row in rows}
        left = [name for name in names[column] or () if name not in stated]
        if left:
            shown = ", ".join(map(repr, left[:5])) + (f" and {len(left) - 5} more" if len(left) > 5 else "")
            message = (
                f"The margin {first.margin.name!r} is by {column} and does not name {shown}; 0 persons is an answer."
            )
            first.row.fault("margin", message)
