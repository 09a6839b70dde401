"""Reading `practice.csv`: how officials use the answers that the rules leave them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from limen.evidence.figures import ANSWERS, Basis, Parameter, Practice, Spread
from limen.evidence.read_parameters import read_ends
from limen.text.sourced import Citations, named
from limen.text.table import Columns, Row, Sheet
from limen.text.vocabulary import Vocabulary

PRACTICE = Columns(
    "a table of practice",
    ("door", "state", "way", "answer", "from", "until", "share", "low", "high", "source", "confidence"),
)


def read_practice(
    sheet: Sheet, words: Vocabulary, ways: Collection[str] | None, citations: Citations
) -> tuple[Practice, ...]:
    """The rows in order. Two rows of one door, state, way and answer may not hold on the same day."""
    found: list[Practice] = []
    lines: dict[tuple[str, str, str, str], list[tuple[Practice, int]]] = {}
    for row in sheet.rows:
        practice = _practice(row, words, ways, citations)
        if practice is None:
            continue
        same = lines.setdefault((practice.door, practice.state, practice.way, practice.answer), [])
        for other, line in same:
            if _overlap(practice, other):
                row.fault(
                    "door", f"This holds on days on which line {line} says the same of the same: one of them counts."
                )
                break
        same.append((practice, row.line))
        found.append(practice)
    return tuple(found)


def _practice(row: Row, words: Vocabulary, ways: Collection[str] | None, citations: Citations) -> Practice | None:
    door, state, way = row.needed("door"), row.word("state"), row.word("way")
    answer = row.choice("answer", ANSWERS)
    fine = door is not None and words.door(row.document, door)
    fine &= state.empty or words.state(row.document, state)
    fine &= way.empty or named(row.document, way, ways, "a way")
    start, end = _days(row)
    fine &= (start is not None or row.word("from").empty) and (end is not None or row.word("until").empty)
    about = "; ".join(text for text in (row.text("door"), state.text, way.text, row.text("answer")) if text)
    basis = Basis(*citations.row(row, f"The share of {about!r}"), row.text("note"), f"{row.document.name}:{row.line}")
    share = row.number("share", 0, 1)
    if share is None or answer is None or door is None or not fine:
        return None
    ends = [share if row.word(end).empty else row.number(end, 0, 1) for end in ("low", "high")]
    fixed = ends[0] == share == ends[1]
    limits = (share, share) if fixed or None in ends else read_ends(row, share, Spread.LOGIT)
    if limits is None:
        return None
    of = "; ".join(text for text in (about, row.text("from")) if text)
    spread = Spread.FIXED if fixed else Spread.LOGIT
    parameter = Parameter("share", of, share, *limits, spread, "share", basis)
    return Practice(door.text, state.text, way.text, answer, start, end, parameter)


def _days(row: Row) -> tuple[date | None, date | None]:
    """The days `from` (included) and `until` (not included), None where open; a fault where they are out of order."""
    start, end = row.day("from"), row.day("until")
    if start is not None and end is not None and end <= start:
        row.fault("until", f"It ends on {end}, before it begins on {start}; the day of 'until' itself is not included.")
    return start, end


def _overlap(one: Practice, other: Practice) -> bool:
    first = max(one.start or date.min, other.start or date.min)
    return first < min(one.end or date.max, other.end or date.max)
