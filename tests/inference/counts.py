"""Counts for tests: a line each, without the words of publishers."""

from datetime import date, timedelta

from limen.evidence.figures import Basis, Observation

FIRST = date(2022, 9, 1)


def seen(series, start, value, days=1, **more):
    """A count of a series from a day (or so many days after the first of September) over some days."""
    start = FIRST + timedelta(days=start) if isinstance(start, int) else date.fromisoformat(start)
    basis = Basis("somebody, a page", more.pop("confidence", "high"), "", more.pop("where", "counts.csv:2"))
    stated = {
        "place": "FI", "border": "RU->FI", "measure": "entries_RUS_citizens", "unit": "persons", "derived": False,
        "published_on": None, **more,
    }  # fmt: skip
    return Observation(
        start, start + timedelta(days=days - 1), stated["place"], stated["border"], stated["measure"], value, stated["unit"],
        "somebody", "a page", "", stated["derived"], series, basis, stated["published_on"],
    )  # fmt: skip
