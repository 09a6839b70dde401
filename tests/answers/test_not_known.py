"""Rules of which it is known only until a day whether they stand: the mark on answers, on stretches of days, and in a check."""

from datetime import date

import pytest

from limen.answers.ask import ask
from limen.answers.calendar import calendar
from limen.answers.check import check
from limen.policy.people import Person, PersonReader
from limen.policy.read import policy_from
from limen.text.nodes import read_document

WORDS = b"""
place: {in: state}
facts:
  state: {values: [A, B], ordinary: A, says: Whose border it is.}
  journey: {values: [tourism, family], ordinary: tourism}
  asks asylum: {values: [no, yes], ordinary: no}
findings:
  threat: {values: [no, yes], ordinary: no}
terms:
  emergency: {values: [no, yes], unfilled: no}
doors:
  entry: {open: admit, shut: refuse, asked: {asks asylum: no}}
  asylum: {open: assess, shut: turn away}
ranks: [law, measure]
"""
RULES = b"""
sources:
  law: {cite: The law, rank: law}
  order: {cite: The order, rank: measure}
rules:
- {rule: everybody may enter, entry: may admit, source: law}
- {rule: claims are assessed, asylum: must assess, when: {asks asylum: yes}, source: law}
- {rule: also in an emergency, asylum: must assess, when: {asks asylum: yes, emergency: yes}, source: law}
- rule: emergency in A
  emergency: yes
  in: A
  from: 2022-09-01
  until: 2022-12-01
  known: {until: 2022-12-01, then: whether it was prolonged}
  source: order
- rule: no tourists in an emergency
  entry: must refuse
  in: A
  when: {journey: tourism, emergency: yes}
  source: order
- rule: nobody enters B
  entry: must refuse
  in: B
  from: 2022-09-01
  known: {until: 2022-10-01, then: how long it lasted}
  unless: {journey: family}
  source: order
"""


@pytest.fixture(scope="module")
def policy():
    return policy_from({"words.yaml": WORDS, "rules.yaml": RULES})


def answers(policy, stated, day, **more):
    document = read_document("person", f"{{{stated}}}".encode())
    person = PersonReader(policy.words).person(document, document.root)
    assert not document.faults
    return ask(policy, person, date.fromisoformat(day), **more)


def marks(policy, stated, day, door="entry"):
    (found,) = answers(policy, stated, day, doors=[door]).doors
    return [(one.rule, one.since, one.what, one.stands) for one in found.not_known]


def test_an_answer_after_the_day_names_the_rule_that_may_have_gone_on(policy):
    assert marks(policy, "state: A, journey: tourism, asks asylum: no", "2022-11-30") == []
    assert marks(policy, "state: A, journey: tourism, asks asylum: no", "2022-12-01") == [
        ("emergency in A", "2022-12-01", "whether it was prolonged", False)
    ]


def test_an_answer_names_the_rule_that_may_have_ended(policy):
    assert marks(policy, "state: B, journey: tourism, asks asylum: no", "2022-09-30") == []
    assert marks(policy, "state: B, journey: tourism, asks asylum: no", "2022-10-01") == [
        ("nobody enters B", "2022-10-01", "how long it lasted", True)
    ]


@pytest.mark.parametrize(
    ("stated", "door"),
    [
        ("state: A, journey: family, asks asylum: no", "entry"),
        ("state: B, journey: family, asks asylum: no", "entry"),
        ("state: A, journey: tourism, asks asylum: yes", "entry"),
        ("state: A, journey: tourism, asks asylum: yes", "asylum"),
    ],
)
def test_an_answer_that_is_the_same_either_way_is_not_marked(policy, stated, door):
    assert marks(policy, stated, "2023-01-01", door) == []


def test_whoever_may_be_concerned_is_told(policy):
    assert [rule for rule, *_ in marks(policy, "state: A", "2023-01-01")] == ["emergency in A"]


def test_rules_that_only_together_make_a_difference_are_both_told():
    screening = b"""
- rule: look first in an emergency
  entry: first threat
  in: A
  until: 2022-12-01
  known: {until: 2022-12-01, then: whether it went on}
  when: {emergency: yes}
  source: order
"""
    several = policy_from(
        {"words.yaml": WORDS, "rules.yaml": RULES.replace(b"journey: tourism, emergency", b"emergency") + screening}
    )
    both = [rule for rule, *_ in marks(several, "state: A, asks asylum: no", "2023-01-01")]
    assert both == ["emergency in A"]  # by itself it already makes a difference
    alone = policy_from(
        {
            "words.yaml": WORDS,
            "rules.yaml": RULES.replace(b"entry: must refuse\n  in: A", b"asylum: may assess\n  in: A") + screening,
        }
    )
    both = [rule for rule, *_ in marks(alone, "state: A, asks asylum: no", "2023-01-01")]
    assert both == ["emergency in A", "look first in an emergency"]


def test_a_calendar_breaks_where_it_is_no_longer_known(policy):
    (row,) = calendar(
        policy,
        Person({0: frozenset((1,)), 1: frozenset((0,)), 2: frozenset((0,))}),
        date(2022, 9, 15),
        date(2022, 11, 1),
        doors=["entry"],
    ).doors
    assert [(s.start, s.answer, [one.what for one in s.not_known]) for s in row.stretches] == [
        ("2022-09-15", "must refuse", []),
        ("2022-10-01", "must refuse", ["how long it lasted"]),
    ]


def test_a_check_lists_them(policy):
    assert [(one.rule, one.since, one.stands) for one in check(policy).not_known] == [
        ("emergency in A", "2022-12-01", False),
        ("nobody enters B", "2022-10-01", True),
    ]
    assert [one.rule for one in check(policy, on=date(2022, 11, 1)).not_known] == ["nobody enters B"]
    assert check(policy, on=date(2022, 9, 1)).not_known == []


def test_where_no_rule_says_anything_the_words_of_the_place_are_explained(policy):
    silent = answers(policy, "state: A, asks asylum: yes", "2022-08-01", doors=["entry"]).warnings
    assert silent[-1] == "No rule says anything of this. What 'state' means: Whose border it is."
    assert answers(policy, "state: A, asks asylum: yes", "2022-08-01", doors=["asylum"]).warnings == []
