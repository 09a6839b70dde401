"""Reading `posterior.csv` and `posterior.yaml`: the members of a posterior, and what they were made with."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date

import numpy as np

from limen.evidence.posterior import Posterior
from limen.text.forms import Form, as_word
from limen.text.nodes import Document
from limen.text.table import Columns, Row, Sheet

POSTERIOR = Columns("a posterior", ("parameter", "of", "median", "low", "high", "z"))
MADE_KEYS = ("command", "seed", "until", "files")
FARTHEST = 10.0
"""No point of a prior lies farther out than so many standard deviations."""

Key = tuple[str, str]


def read_posterior(sheet: Sheet, made: Document, free: Mapping[Key, object] | None) -> Posterior | None:
    """The posterior, None where there is none or it has faults.

    `free`: the parameters in doubt, None: not known. `median`, `low` and `high` stand there for readers; what counts is `z`.
    """
    members: dict[Key, list[float]] = {}
    for row in sheet.rows:
        key = _key(row, free)
        points = _points(row)
        if key is None or points is None:
            continue
        if key in members:
            row.fault("parameter", f"{_said(key)} stands here a second time.")
            continue
        if members and len(points) != len(first := next(iter(members.values()))):
            row.fault("z", f"{_said(key)} has {len(points):,} members, the first parameter {len(first):,}.")
            continue
        members[key] = points
    if not sheet.rows and made.root is None:
        return None
    if not sheet.rows:
        made.fault(None, "There is no posterior.csv beside this file, or nothing stands in it.")
    if made.root is None:
        if not made.faults:
            sheet.document.fault(None, "There is no posterior.yaml beside this file, which says how it was made.")
        return None
    form = Form(made, made.root, "what a posterior was made with", MADE_KEYS, MADE_KEYS)
    until, seed, hashes = form.date("until"), _seed(form), _hashes(form)
    if not members or until is None or seed is None:
        return None
    return Posterior(tuple(members), np.array(list(members.values())).T, until, form.text("command"), seed, hashes)


def until_within(posterior: Posterior | None, made: Document, period: tuple[date, date] | None) -> None:
    """A fault where the counts of a posterior end on a day that is not simulated."""
    if posterior is None or period is None:
        return
    start, end = period
    if not start <= posterior.until < end:
        made.fault(
            made.root, f"'until' is {posterior.until}, which is not among the days simulated ({start} until {end})."
        )


def _key(row: Row, free: Mapping[Key, object] | None) -> Key | None:
    name = row.needed("parameter")
    if name is None:
        return None
    key = name.text, row.text("of")
    if free is not None and key not in free:
        names: Collection[str] = [one for one, _ in free]
        row.fault("parameter", f"{_said(key)} is not a parameter in doubt of this scenario.", name.text, names)
        return None
    return key


def _points(row: Row) -> list[float] | None:
    """The points in a cell: numbers with spaces between them."""
    word = row.needed("z")
    if word is None:
        return None
    try:
        found = [float(text) for text in word.text.split()]
    except ValueError:
        found = [float("nan")]
    if not all(abs(point) <= FARTHEST for point in found):
        row.fault("z", f"'z' holds numbers from {-FARTHEST:g} to {FARTHEST:g} with spaces between them.")
        return None
    return found


def _seed(form: Form) -> int | None:
    word = form.word("seed")
    if word is None:
        return None
    if not re.fullmatch(r"[0-9]{1,10}", word.text):
        form.document.fault(word, f"'seed' is a whole number; not {word.text!r}.")
        return None
    return int(word.text)


def _hashes(form: Form) -> dict[str, str]:
    table = form.table_at("files")
    found = {}
    for path, (_, node) in table.items.items() if table else ():
        word = as_word(form.document, node, repr(path))
        if word is not None:
            found[path] = word.text
    return found


def _said(key: Key) -> str:
    name, of = key
    return f"The parameter {name!r}{f' of {of!r}' if of else ''}"
