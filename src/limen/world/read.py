"""Reading the world: places, gates, ways and routes together, and whether each leads somewhere."""

from __future__ import annotations

from dataclasses import dataclass

from limen.text.nodes import Document
from limen.text.sourced import Citations
from limen.text.table import Sheet
from limen.text.vocabulary import Vocabulary
from limen.world.places import PLACE_KINDS, World
from limen.world.read_gates import read_gates
from limen.world.read_places import read_places
from limen.world.read_routes import read_routes
from limen.world.read_ways import WayReader


@dataclass(frozen=True)
class ReadWorld:
    """A world as far as it could be read, and the names that its files state, the faulty ones too.

    Names are None where a file could not be taken apart, so that nothing can be said about their use.
    """

    world: World
    places: dict[str, str] | None
    gates: list[str] | None
    ways: list[str] | None

    @property
    def origins(self) -> list[str] | None:
        """The regions of origin, in order; places of no known kind count as such, so that nothing is said of their use."""
        if self.places is None:
            return None
        return [name for name, kind in self.places.items() if kind == "origin" or kind not in PLACE_KINDS]


def read_world(
    places: Sheet, gates: Sheet, ways: Document, routes: Sheet, words: Vocabulary, citations: Citations
) -> ReadWorld:
    """Reads the four files; every fault is noted in its document."""
    named = places.names("place") is not None
    kinds = {row.text("place"): row.text("kind") for row in places.rows} if named else None
    gate_names = gates.names("gate")
    reader = WayReader(ways, words, kinds, gate_names)
    found_places = read_places(places, words, citations)
    found_gates, found_ways = read_gates(gates, citations), reader.ways()
    read = ReadWorld(World(found_places, found_gates, found_ways, {}), kinds, gate_names, reader.names)
    found_routes = read_routes(routes, read.origins, reader.names, citations)
    world = World(found_places, found_gates, found_ways, found_routes)
    _origins_have_routes(places, routes, read)
    _ways_have_routes(reader, routes)
    _states_are_reached(places, world, ways)
    return ReadWorld(world, kinds, gate_names, reader.names)


def _origins_have_routes(places: Sheet, routes: Sheet, read: ReadWorld) -> None:
    if read.origins == []:
        places.document.fault(None, "None of the places is a region of origin (kind `origin`).")
    started = routes.names("origin") if not routes.document.faults else None
    for name in read.origins or ():
        if started is not None and name not in started:
            places.document.fault(places.column("place")[name], f"No route leads out of the region of origin {name!r}.")


def _ways_have_routes(reader: WayReader, routes: Sheet) -> None:
    taken = routes.names("way") if not routes.document.faults else None
    for name, word in reader.stated.items():
        if taken is not None and name not in taken:
            reader.document.fault(word, f"No route leads to the way {name!r}.")


def _states_are_reached(places: Sheet, world: World, ways: Document) -> None:
    """Every state that is a place is led to, except those that people come from."""
    if ways.root is None or ways.faults:
        return
    reached = {*world.states, *(place.state for place in world.places.values() if place.kind == "origin")}
    for row in places.rows:
        if row.text("kind") == "state" and row.text("state") not in reached:
            row.fault("state", f"No way leads to the state {row.text('state')!r}.")
