"""What holds before each door of a way."""

from dataclasses import replace

import pytest
from tests.answers.conftest import RULES, WORDS

from limen.answers.steps import changed_by, relative_facts, state_of, step_facts
from limen.people.groups import Holding, Kind
from limen.world.places import Place, Step

HOME = Place("Omsk", "origin", "H", 55.0, 73.4, "a map", "high", facts={"region": "Omsk", "service": "none"})
MAN = Kind("man", {"service": "reservist", "purpose": "tourism"}, leaving={"refuses": "yes"})
VISA = Holding("visa", {"document": "visa", "purpose": "family"}, issuer="A")
NOTHING = Holding("nothing", {"document": "none", "issued by": "nobody"})
RELATIVE = {"issued by": ("this state", "another state")}
ENTRY = Step("entry", {"state": "A", "where": "border"}, RELATIVE)


def test_what_is_nearer_to_the_door_counts(policy):
    assert step_facts(policy.words, MAN, VISA, HOME, ENTRY) == {
        "region": "Omsk",
        "service": "reservist",
        "purpose": "family",
        "document": "visa",
        "state": "A",
        "where": "border",
        "issued by": "this state",
    }


def test_only_those_who_leave_have_the_facts_of_leaving(policy):
    assert "refuses" not in step_facts(policy.words, MAN, VISA, HOME, ENTRY)
    assert step_facts(policy.words, MAN, VISA, HOME, ENTRY, leaving=True)["refuses"] == "yes"


def test_papers_of_another_state_are_seen_from_the_state_that_decides(policy):
    there = Step("entry", {"state": "B"}, RELATIVE)
    assert step_facts(policy.words, MAN, VISA, HOME, there)["issued by"] == "another state"
    assert step_facts(policy.words, MAN, NOTHING, HOME, there)["issued by"] == "nobody"
    assert relative_facts(policy.words, there, "") == {}


def test_what_a_door_changed_counts_until_a_step_says_otherwise(policy):
    passed = {"document": "permit", "where": "inside"}
    facts = step_facts(policy.words, MAN, VISA, HOME, ENTRY, passed=passed)
    assert facts["document"] == "permit"
    assert facts["where"] == "border"


def test_a_step_that_does_not_say_whose_it_is_is_refused(policy):
    with pytest.raises(ValueError, match="does not say 'state'"):
        state_of(policy.words, Step("entry", {"where": "border"}))


def test_without_states_in_the_words_no_step_has_one(make):
    words = make(words=WORDS.replace("place: {in: state, at: where}\n", ""), rules=RULES.replace("  in: A\n", "")).words
    assert state_of(words, Step("entry", {"where": "border"})) == ""


def test_what_passing_a_door_changes_can_be_passed_on_unless_it_is_a_set(policy):
    words = policy.words
    (where,), held = words.axes_of["where"], words.axes_of["document"]
    passing = {"entry": {where.number: 1}, "visa": {held[1].number: 1}, "asylum": {}}
    doors = {name: replace(door, passing=passing[name]) for name, door in words.doors.items()}
    words = replace(words, doors=doors)
    assert changed_by(words, "entry") == {"where": "consulate"}
    assert changed_by(words, "asylum") == {}
    with pytest.raises(ValueError, match="changes the set 'document'"):
        changed_by(words, "visa")
