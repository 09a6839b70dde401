"""Reading `quoted.csv`: figures that texts quote, to be shown beside what was simulated."""

from __future__ import annotations

from collections.abc import Collection

from limen.scenario.scenario import Quoted
from limen.text.sourced import Citations, named
from limen.text.table import Columns, Sheet

QUOTED = Columns("a table of quoted figures", ("title", "series", "from", "until", "value", "change", "source"))


def read_quoted(sheet: Sheet, series: Collection[str] | None, citations: Citations) -> tuple[Quoted, ...]:
    """The figures in order. `from` and `until` are both included; the value of a change is in percent and may be negative."""
    found = []
    for row in sheet.rows:
        title, id_ = row.needed("title"), row.needed("series")
        start = row.day("from") if row.needed("from") is not None else None
        end = row.day("until") if row.needed("until") is not None else None
        change = row.yes("change")
        value = row.number("value") if change else row.number("value", 0)
        known = id_ is not None and named(row.document, id_, series, "a series")
        at = title or row.word("source")
        source = citations.source(row.document, row.word("source"), at, f"The quoted figure {row.text('title')!r}")
        if start is not None and end is not None and end < start:
            row.fault("until", f"It ends on {end}, before it begins on {start}.")
            continue
        if title is None or id_ is None or start is None or end is None or value is None or not known:
            continue
        found.append(Quoted(title.text, id_.text, start, end, value, source, change))
    return tuple(found)
