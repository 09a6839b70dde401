"""One faulty scenario for every message, with all that Limen says of it in `bad/`.

Where what is expected is missing, the test writes it down and fails: look at it, and keep it if it is right.
"""

import ast
import sys
from pathlib import Path

import pytest
from tests.expected import is_as_expected

import limen
from limen.people import joint
from limen.scenario.read import scenario_from
from limen.text import table
from limen.text.faults import FaultyScenario
from limen.text.nodes import Document

from .bad import BAD, texts_of_bad
from .bad_alternatives import BAD as BAD_ALTERNATIVES
from .small import texts_of
from .test_alternatives import read as read_alternative

EXPECTED = Path(__file__).parent / "bad"
ROOT = Path(limen.__file__).parent
READERS = [
    *(ROOT / "text" / name for name in ("table.py", "sourced.py", "vocabulary.py")),
    *(path for folder in ("world", "people", "evidence", "scenario") for path in sorted((ROOT / folder).glob("*.py"))),
]
MEASURES = {"entries": "crossings", "pending": "persons"}


def faults_of(texts):
    with pytest.raises(FaultyScenario) as raised:
        scenario_from(texts, "small", "small", MEASURES)
    assert raised.value.faults
    return raised.value


@pytest.mark.parametrize("name", BAD)
def test_a_faulty_scenario_is_answered_with_all_its_faults(name):
    found = f"{faults_of(texts_of_bad(name))}\n"
    is_as_expected(found, EXPECTED / f"{name.replace(' ', '-')}.expected")


def test_nothing_is_expected_of_scenarios_that_are_gone():
    assert {path.stem for path in EXPECTED.glob("*.expected")} == {name.replace(" ", "-") for name in BAD}


def test_what_the_faulty_scenarios_are_made_from_is_good():
    assert scenario_from(texts_of(), "small", measures=MEASURES).world.ways


def notings():
    """Every place in the readers that notes a fault: module, first line, last line."""
    for path in READERS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in {"fault", "fault_at", "named"}:
                    yield path, node.lineno, node.end_lineno


def test_no_place_that_notes_a_fault_is_without_a_faulty_scenario(monkeypatch):
    reached = set()

    def noting(original):
        def note(*arguments, **named):
            frame = sys._getframe(1)
            while frame is not None and Path(frame.f_code.co_filename).is_relative_to(ROOT):
                reached.add((Path(frame.f_code.co_filename), frame.f_lineno))
                frame = frame.f_back
            return original(*arguments, **named)

        return note

    for name in ("fault", "fault_at"):
        monkeypatch.setattr(Document, name, noting(getattr(Document, name)))
    for name in BAD:
        faults_of(texts_of_bad(name))
    for text in BAD_ALTERNATIVES.values():
        with pytest.raises(FaultyScenario):
            read_alternative(text)
    with monkeypatch.context() as patched:
        patched.setattr(table, "MOST_ROWS", 1)
        assert "A table has at most 1 rows." in str(faults_of(texts_of()))
    with monkeypatch.context() as patched:
        patched.setattr(joint, "WITHIN", -1.0)
        assert "No whole numbers of people were found" in str(faults_of(texts_of()))
    places = list(notings())
    assert len(places) > 90
    missed = [
        f"{path.name}:{first}" for path, first, last in places
        if not any(module == path and first <= line <= last for module, line in reached)
    ]  # fmt: skip
    assert not missed
