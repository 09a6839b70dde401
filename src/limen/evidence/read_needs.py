"""Reading `needs.csv`: of those who leave, or mean to, how many are assumed to need protection."""

from __future__ import annotations

from collections.abc import Collection

from limen.evidence.figures import Basis, Parameter, Spread
from limen.evidence.read_parameters import read_ends
from limen.text.sourced import Citations, named
from limen.text.table import Columns, Sheet

NEEDS = Columns("a table of needs", ("kind", "share", "low", "high", "source", "confidence"))
NEED = "need of protection"
"""The name under which these shares stand among the parameters."""


def read_needs(sheet: Sheet, kinds: Collection[str] | None, citations: Citations) -> dict[str, Parameter]:
    """By kind of people the share that is assumed to need protection; `low` and `high` are its 5th and 95th percentile."""
    found: dict[str, Parameter] = {}
    for row in sheet.rows:
        kind = row.needed("kind")
        if kind is None:
            continue
        figure = f"The share of {kind.text!r} that needs protection"
        basis = Basis(*citations.row(row, figure), row.text("note"), f"{row.document.name}:{row.line}")
        share = row.number("share", 0, 1)
        known = named(row.document, kind, kinds, "a kind of people")
        ends = None if share is None else read_ends(row, share, Spread.LOGIT)
        if kind.text in found:
            row.fault("kind", f"{figure} stands here a second time.")
        elif known and share is not None and ends is not None:
            found[kind.text] = Parameter(NEED, kind.text, share, *ends, Spread.LOGIT, "share", basis)
    return found
