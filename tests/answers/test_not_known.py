"""Rules of which it is known only until a day whether they stand: the mark on answers, on stretches of days, and in a check."""

from collections import Counter
from datetime import date

import pytest

import limen
from limen.answers.ask import ask
from limen.answers.audit import audit
from limen.answers.calendar import calendar
from limen.answers.caution import told
from limen.answers.check import check
from limen.answers.diff import diff
from limen.face.stated import readings_of
from limen.policy.people import Person, PersonReader
from limen.policy.read import policy_from
from limen.policy.rules import Confidence
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


def asked_too(policy, person, door):
    """Whether `ask` says the same of the same person on the same day: confidence, what is not in the rules, what is not known.

    Readings on which the answer does not hang are open to `ask`, so that rules may stand behind its answer that are not behind
    that of the person.
    """
    stated = ", ".join(
        f"{name}: {value if isinstance(value, str) else list(value)}" for name, value in person.facts.items()
    )
    (found,) = answers(
        policy, stated, person.on, doors=[door], under=readings_of(policy.words, person.readings), explain=False
    ).doors
    assert person.not_known == found.not_known
    assert set(person.untranslated) <= set(found.untranslated)
    own, asked = (Confidence[one.upper()] for one in (person.confidence or "high", found.confidence))
    assert own >= asked or not found.reasons
    return set(person.untranslated) == set(found.untranslated) and (own == asked or not found.reasons)


def test_a_comparison_of_days_says_what_is_not_known_on_each(policy):
    found = diff(policy, policy, on=date(2022, 8, 1), against=date(2022, 12, 1))
    assert found.before.not_known == []
    assert [(one.rule, one.stands) for one in found.after.not_known] == [
        ("emergency in A", False),
        ("nobody enters B", True),
    ]
    (change,) = found.changes
    assert [one.rule for one in change.after.not_known] == ["nobody enters B"]
    assert change.before.not_known == []


def test_an_audit_says_what_is_not_known_of_the_doors_in_question(policy):
    found = audit(policy, "journey", on=date(2022, 11, 1), doors=["entry"])
    assert [one.rule for one in found.not_known] == ["nobody enters B"]
    assert {one.rule for one in audit(policy, "journey").not_known} == {"emergency in A", "nobody enters B"}
    assert audit(policy, "journey", on=date(2022, 9, 15)).not_known == []
    assert audit(policy, "journey", doors=["asylum"]).not_known == [told(policy.rules["emergency in A"], False)]
    (in_a, in_b) = found.doors[0].findings
    assert (in_a.states, in_b.states) == (["A"], ["B"])
    assert [[one.rule for one in person.not_known] for person in (in_b.person, in_b.twin)] == [["nobody enters B"], []]
    assert in_a.person.not_known == in_a.twin.not_known == []


@pytest.mark.parametrize("days", [("2022-09-29", "2022-09-30"), ("2022-12-20", "2023-01-30")])
def test_every_answer_of_a_comparison_carries_what_ask_says_of_it(days):
    policy = limen.read("mobilisation-2022").policy
    before, after = map(date.fromisoformat, days)
    same, carried = Counter(), Counter()
    for change in diff(policy, policy, on=before, against=after).changes:
        for person in (change.before, change.after):
            if person.answer == "does not arise":
                assert (person.confidence, person.untranslated, person.not_known) == (None, [], [])
                continue
            same[asked_too(policy, person, change.door)] += 1
            carried.update((person.confidence, "untranslated" * bool(person.untranslated)))
    assert same[True] > 4 * same[False]
    assert carried["medium"]
    assert carried["untranslated"]


def test_every_answer_of_an_audit_carries_what_ask_says_of_it():
    policy = limen.read("mobilisation-2022").policy
    found = audit(policy, "nationality", on=date(2022, 12, 30), doors=["entry", "short-stay visa", "stay"])
    people = [(one, door.door) for door in found.doors for f in door.findings for one in (f.person, f.twin)]
    same = Counter(asked_too(policy, person, door) for person, door in people)
    assert same[True] > 4 * same[False] > 0
