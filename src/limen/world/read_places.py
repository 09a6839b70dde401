"""Reading `places.csv`: regions of origin, crossing points, airports and states."""

from __future__ import annotations

from limen.text.sourced import Citations
from limen.text.table import Columns, Sheet
from limen.text.vocabulary import Vocabulary
from limen.world.places import PLACE_KINDS, Place

PLACES = Columns(
    "a table of places", ("place", "kind", "state", "latitude", "longitude", "facts", "source", "confidence")
)


def read_places(sheet: Sheet, words: Vocabulary, citations: Citations) -> dict[str, Place]:
    """The places by name, in order. Latitude within -90..90 degrees north, longitude within -180..180 degrees east."""
    places: dict[str, Place] = {}
    for row in sheet.rows:
        name = row.needed("place")
        kind = row.choice("kind", PLACE_KINDS)
        state = row.needed("state")
        latitude, longitude = row.number("latitude", -90, 90), row.number("longitude", -180, 180)
        facts = words.facts(row.document, row.pairs("facts"))
        if facts and kind not in (None, "origin"):
            row.fault("facts", "Only a region of origin states facts of those who start there.")
        if name is None or kind is None or state is None or latitude is None or longitude is None:
            continue
        source, confidence = citations.row(row, f"The place {name.text!r}")
        if not words.state(row.document, state):
            continue
        if name.text in places:
            row.fault("place", f"The place {name.text!r} stands here a second time.")
            continue
        places[name.text] = Place(
            name.text, kind, state.text, latitude, longitude, source, confidence, row.text("note"), facts
        )
    return places
