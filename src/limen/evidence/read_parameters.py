"""Reading `parameters.csv`: assumed numbers with their doubt."""

from __future__ import annotations

from collections.abc import Collection

from limen.evidence.figures import MONTHS, WEEKDAYS, Basis, Parameter, Spread
from limen.text.nodes import Word
from limen.text.sourced import Citations, named
from limen.text.table import Columns, Row, Sheet

PARAMETERS = Columns(
    "a table of parameters", ("parameter", "of", "value", "low", "high", "spread", "unit", "source", "confidence")
)
OWNER = "a state, place, gate, way, mode, door, event, kind, holding, day of the week or month"
SHARES = ("share", "probability", "chance")
"""First words of the units of what lies within 0..1."""


def read_parameters(sheet: Sheet, of: Collection[str] | None, citations: Citations) -> dict[tuple[str, str], Parameter]:
    """The parameters by name and what they are of.

    `of`: the names that a parameter can be of, None: not known. A day of the week or a month is one too, and so is a pair of
    names such as `A>B`.
    """
    parameters: dict[tuple[str, str], Parameter] = {}
    for row in sheet.rows:
        name, unit = row.needed("parameter"), row.needed("unit")
        if name is None:
            continue
        owner = row.text("of")
        figure = f"The parameter {name.text!r}{f' of {owner!r}' if owner else ''}"
        basis = Basis(*citations.row(row, figure), row.text("note"), f"{row.document.name}:{row.line}")
        if owner and of is not None:
            _owned(row, (*of, *WEEKDAYS, *MONTHS))
        chosen = row.choice("spread", [spread.value for spread in Spread])
        share = unit is not None and unit.text.split(" ")[0] in SHARES
        value = row.number("value", 0, 1) if share else row.number("value")
        if unit is None or chosen is None or value is None:
            continue
        spread = Spread(chosen)
        ends = read_ends(row, value, spread)
        if ends is None:
            continue
        if (name.text, owner) in parameters:
            row.fault("parameter", f"{figure} stands here a second time.")
            continue
        parameters[name.text, owner] = Parameter(name.text, owner, value, *ends, spread, unit.text, basis)
    return parameters


def _owned(row: Row, of: Collection[str]) -> None:
    """A fault for what a parameter cannot be of; each part of a pair counts by itself."""
    word = row.word("of")
    if word.text in of:
        return
    for part in word.text.split(">"):
        named(row.document, Word(part.strip(), word.line, word.column), of, OWNER)


def read_ends(row: Row, value: float, spread: Spread) -> tuple[float, float] | None:
    """The 5th and 95th percentile about a value, as far apart as the spread allows; None after a fault."""
    if spread is Spread.FIXED:
        low, high = (value if row.word(end).empty else row.number(end) for end in ("low", "high"))
        if low is not None and high is not None and not low == value == high:
            row.fault("low", "A fixed number has no doubt: leave 'low' and 'high' empty, or choose another spread.")
            return None
        return value, value
    low, high = row.number("low"), row.number("high")
    if low is None or high is None:
        return None
    if not low <= value <= high or low == high:
        message = f"'low' is below 'value', and 'value' below 'high'; not {low:g}, {value:g}, {high:g}."
        row.fault("low", message)
        return None
    if spread is Spread.LOGNORMAL and low <= 0:
        row.fault("low", f"A {spread.value} spread is of numbers above 0; not from {low:g}.")
        return None
    if spread is Spread.LOGIT and (low <= 0 or high >= 1):
        row.fault("low", f"A logit spread lies strictly between 0 and 1; not from {low:g} to {high:g}.")
        return None
    return low, high
