"""The page of the scenario format names every column and key that a file can have, and no others."""

import re
from pathlib import Path

import pytest

from limen.evidence.figures import ANSWERS
from limen.evidence.read_events import EVENT_KEYS
from limen.evidence.read_needs import NEEDS
from limen.evidence.read_observations import OBSERVATIONS, SERIES
from limen.evidence.read_parameters import PARAMETERS
from limen.evidence.read_practice import PRACTICE
from limen.people.read_margins import MARGINS, SEED
from limen.scenario.files import OPTIONAL, REQUIRED
from limen.scenario.read_header import KEYS, PERIOD_KEYS
from limen.scenario.read_quoted import QUOTED
from limen.text.nodes import read_document
from limen.world.places import PLACE_KINDS, Mode
from limen.world.read_gates import GATES
from limen.world.read_places import PLACES
from limen.world.read_routes import ROUTES
from limen.world.read_ways import WAY_KEYS

PAGE = Path(__file__).parent.parent.parent / "docs" / "reference" / "scenario.md"
SECTIONS = dict(
    re.findall(r"^## `(\S+)`\n(.*?)(?=^## |\Z)", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
)
TABLES = {
    "world/places.csv": PLACES, "world/gates.csv": GATES, "world/routes.csv": ROUTES, "people/margins.csv": MARGINS,
    "people/seed.csv": SEED, "evidence/parameters.csv": PARAMETERS, "evidence/practice.csv": PRACTICE,
    "evidence/observations/*.csv": OBSERVATIONS, "evidence/series.csv": SERIES, "evidence/quoted.csv": QUOTED,
    "evidence/needs.csv": NEEDS,
}  # fmt: skip
KEYS_OF = {"scenario.yaml": (*KEYS, *PERIOD_KEYS), "world/ways.yaml": WAY_KEYS, "evidence/events.yaml": EVENT_KEYS}


def test_every_file_has_its_section():
    assert {*REQUIRED, *OPTIONAL} <= SECTIONS.keys()
    assert all(f"  {path}" in PAGE.read_text(encoding="utf-8") for path in SECTIONS)


@pytest.mark.parametrize("path", TABLES)
def test_every_column_is_explained_and_no_other(path):
    explained = set(re.findall(r"`([^`]+)`", " ".join(re.findall(r"^\| (.*?) \|", SECTIONS[path], re.MULTILINE))))
    columns = TABLES[path]
    assert explained - {"note"} <= set(columns.all)
    assert set(columns.required) <= explained


@pytest.mark.parametrize("path", KEYS_OF)
def test_every_key_is_explained(path):
    assert [key for key in KEYS_OF[path] if f"`{key}`" not in SECTIONS[path]] == []


def test_every_choice_is_named():
    assert all(f"`{answer}`" in SECTIONS["evidence/practice.csv"] for answer in ANSWERS)
    assert all(f"`{mode.value}`" in SECTIONS["world/ways.yaml"] for mode in Mode)
    assert all(f"`{kind}`" in SECTIONS["world/places.csv"] for kind in PLACE_KINDS)


def test_its_examples_can_be_read():
    examples = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples) >= 5
    assert [read_document("example.yaml", text.encode()).faults for text in examples] == [[]] * len(examples)
