"""Reading `routes.csv`: how long it takes from a region of origin to a way."""

from __future__ import annotations

from collections.abc import Collection

from limen.text.sourced import Citations, named
from limen.text.table import Columns, Sheet
from limen.world.places import Route

LONGEST_HOURS = 2400.0

ROUTES = Columns("a table of routes", ("origin", "way", "hours", "source", "confidence"))


def read_routes(
    sheet: Sheet, origins: Collection[str] | None, ways: Collection[str] | None, citations: Citations
) -> dict[tuple[str, str], Route]:
    """The routes by origin and way. `origins` and `ways` are the names that are known, None where they could not be read."""
    routes: dict[tuple[str, str], Route] = {}
    for row in sheet.rows:
        origin, way, hours = row.needed("origin"), row.needed("way"), row.number("hours", 0, LONGEST_HOURS)
        if origin is None or way is None or hours is None:
            continue
        known = named(row.document, origin, origins, "a region of origin")
        known &= named(row.document, way, ways, "a way")
        source, confidence = citations.row(row, f"The route from {origin.text!r} by {way.text!r}")
        if not known:
            continue
        if (origin.text, way.text) in routes:
            row.fault("origin", f"The route from {origin.text!r} by {way.text!r} stands here a second time.")
            continue
        routes[origin.text, way.text] = Route(origin.text, way.text, hours, source, confidence)
    return routes
