"""The ways of a scenario, read beside its policy: what `check` and `ask` need of the world, and no more."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from limen.policy.words import Words
from limen.scenario.find import POLICY
from limen.scenario.vocabulary import PolicyWords
from limen.text.faults import FaultyScenario
from limen.text.nodes import read_document
from limen.text.table import read_table
from limen.world.places import Way
from limen.world.read_places import PLACES
from limen.world.read_ways import WayReader

WAYS, PLACES_FILE = "world/ways.yaml", "world/places.csv"


@dataclass(frozen=True)
class ReadTravel:
    """The ways out of the state `home` (empty: no region of origin says which). `hashes`: SHA-256 of the files by name."""

    ways: tuple[Way, ...]
    home: str
    hashes: Mapping[str, str] = field(default_factory=dict)


def read_travel(policy_folder: Path, words: Words) -> ReadTravel | None:
    """The ways of the scenario whose policy a folder is; None where there are none. Raises FaultyScenario.

    Places are looked at for their names and states only; `limen validate` reads them whole.
    """
    folder = policy_folder.parent
    ways, places = folder / WAYS, folder / PLACES_FILE
    if policy_folder.name != POLICY or not ways.is_file():
        return None
    data = ways.read_bytes()
    document = read_document(str(ways), data)
    hashes = {str(ways): hashlib.sha256(data).hexdigest()}
    kinds, home, faults = None, "", []
    if places.is_file():
        sheet = read_table(str(places), places.read_bytes(), PLACES)
        kinds = (
            {row.text("place"): row.text("kind") for row in sheet.rows} if sheet.names("place") is not None else None
        )
        home = next((row.text("state") for row in sheet.rows if row.text("kind") == "origin"), "")
        hashes[str(places)] = hashlib.sha256(places.read_bytes()).hexdigest()
        faults = list(sheet.document.faults)
    found = WayReader(document, PolicyWords(words), kinds, None).ways()
    if faults or document.faults:
        raise FaultyScenario([*document.faults, *faults])
    return ReadTravel(tuple(found.values()), home, hashes)
