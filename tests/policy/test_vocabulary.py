"""The words of a policy and the axes on which they lie."""

import pytest

from limen.policy.read import policy_from
from limen.policy.rules import Asks, Force, Outlook
from limen.policy.words import Kind

SAID = """
sources: {act: {cite: Act, rank: law, name: The Act}}
readings:
  question: {asks: How?, answers: {so: {says: a, source: act 1}, otherwise: {says: b, source: act}}}
rules:
- rule: all
  entry: [must admit, may refuse, presume refuse, first threat]
  in: EU
  when: [{age: 18..}, {document: none}]
  under: {question: [so, otherwise]}
  source: [act 2(1), act]
  untranslated: {words: as far as possible, why: a matter of degree}
always:
- {claim: said, entry: [must admit, can refuse, first threat, same for every age], open word: [no, maybe], right: yes}
cases:
- case: seen
  on: 2022-01-01
  person: {nationality: FI}
  entry: [may, gap, conflict, tension, must admit, presume refuse, first threat]
"""


@pytest.fixture
def said(make):
    return make(SAID)


def test_every_thing_that_can_be_held_is_an_axis_of_its_own(words):
    assert [str(axis) for axis in words.axes] == [
        "nationality", "document: passport", "document: visa", "document: permit", "age", "days", "reason", "threat",
    ]  # fmt: skip
    assert [axis.size for axis in words.axes] == [4, 2, 2, 2, 126, 181, 3, 2]
    assert [axis.ordinary for axis in words.axes] == [2, 1, 0, 0, 35, 1, 0, 0]


def test_a_reading_is_an_axis_after_all_facts(said):
    assert str(said.words.axes[-1]) == "question"
    assert said.words.readings["question"].kind is Kind.READING
    assert said.words.readings["question"].says == "so: a (The Act 1) otherwise: b (The Act)"


def test_findings_are_facts_that_somebody_looks_at(words):
    assert words.findings == ["threat"]
    assert (words.facts["threat"].looked_at_by, words.facts["threat"].ask) == ("guard", "A threat?")


def test_a_rule_says_all_that_it_says(said):
    rule = said.rules["all"]
    assert [(effect.force, effect.open, effect.finding) for effect in rule.effects] == [
        (Force.MUST, True, ""), (Force.MAY, False, ""), (Force.PRESUME, False, ""), (Force.FIRST, False, "threat"),
    ]  # fmt: skip
    assert list(map(str, rule.cited)) == ["The Act 2(1)", "The Act"]
    assert rule.stated_scope == (("nationality", "EU"), ("question", "so or otherwise"))
    assert [len(clause.needs) for clause in rule.when] == [3, 5]
    assert rule.untranslated.doors == ("entry",)
    assert str(rule.where) == "0.yaml:6"


def test_a_claim_asks_all_that_it_asks(said):
    *doors, term = said.claims["said"].asked
    assert [one.asks for one in doors] == [Asks.MUST, Asks.CAN, Asks.FIRST, Asks.SAME]
    assert term.values == {"no", "maybe"}
    assert said.claims["said"].right


def test_a_case_expects_all_that_it_expects(said):
    assert [one.outlook for one in said.cases["seen"].expected] == [
        Outlook.MAY, Outlook.GAP, Outlook.CONFLICT, Outlook.TENSION, Outlook.MUST, Outlook.PRESUME, Outlook.FIRST,
    ]  # fmt: skip


def test_what_a_case_leaves_out_is_ordinary(said):
    words = said.words
    person = said.cases["seen"].person
    assert person == {
        axis.number: 0 if str(axis) == "nationality" else axis.ordinary
        for axis in words.axes
        if axis.fact.kind is not Kind.READING
    }


def test_the_hash_of_every_file_is_kept(said):
    assert list(said.hashes) == ["words.yaml", "0.yaml"]
    assert all(len(digest) == 64 for digest in said.hashes.values())


def test_a_group_may_hold_groups_that_stand_before_it(words):
    assert words.facts["nationality"].groups["neighbours"] == {"FI", "EE", "RU"}


PASSING = """
facts:
  where: {values: [outside, inside], ordinary: outside}
  document: {holds: [passport, visa, permit], ordinary: [passport]}
  days: {whole number: 0..90, ordinary: 10}
doors:
  entry: {open: admit, shut: refuse, passing: {where: inside, days: 0}, takes: 0}
  visa: {open: issue, shut: refuse, passing: {document: [visa, permit]}, takes: 15..45}
  surrender: {open: take, shut: leave, passing: {document: none}}
ranks: [law]
"""


@pytest.fixture
def passed():
    """What passing each door changes, by axis."""
    words = policy_from({"words.yaml": PASSING.encode()}).words
    return {
        name: {str(words.axes[axis]): place for axis, place in door.passing.items()}
        for name, door in words.doors.items()
    } | {"takes": {name: door.takes for name, door in words.doors.items()}}


def test_a_door_says_what_is_so_of_whoever_has_passed_it(passed):
    assert passed["entry"] == {"where": 1, "days": 0}


def test_what_was_held_before_a_door_stays_held_unless_nothing_does(passed):
    assert passed["visa"] == {"document: visa": 1, "document: permit": 1}
    assert passed["surrender"] == {"document: passport": 0, "document: visa": 0, "document: permit": 0}


def test_a_door_takes_a_number_of_days_or_from_one_to_another_or_nobody_knows(passed):
    assert passed["takes"] == {"entry": (0, 0), "visa": (15, 45), "surrender": None}
