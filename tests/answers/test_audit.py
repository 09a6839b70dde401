"""Where one fact decides: found by proof, compared with asking every pair of people, and asked again alone."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.answers.conftest import RULES
from tests.answers.test_diff import agrees, everybody
from tests.policy.policies import DAYS, policies

import limen
from limen.answers.audit import audit
from limen.answers.cause import treatment
from limen.answers.decide import decide
from limen.policy.meaning import either
from limen.policy.standing import standing

AFTER = date(2022, 7, 1)
FACTS = ("age", "threat", "danger")
SOON = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def pairs(policy, by, day, door):
    """Everybody with all who differ in one fact only, of whom rules speak, and whether they are treated alike."""
    number = policy.words.axes_of[by][0].number
    here = standing(policy, day)
    answers = {}
    for person in everybody(policy):
        rest = tuple(place for axis, place in sorted(person.items()) if axis != number)
        answers.setdefault(rest, []).append((person, treatment(decide(here, person, [door]).outcomes[door])))
    for alike in answers.values():
        for one, mine in alike:
            for other, its in alike:
                if mine.spoken and its.spoken:
                    yield one, other, mine == its


def declared(made):
    return [name for name in FACTS if name in {**made.facts, **made.findings}]


@SOON
@given(st.data())
def test_where_the_fact_decides_is_what_every_pair_of_people_would_tell(data):
    made = data.draw(policies(most=8, dated=True, small=True).filter(declared))
    made = replace(made, impossible=[])
    policy, by = made.read(), data.draw(st.sampled_from(declared(made)))
    day = date.fromisoformat(data.draw(st.sampled_from(DAYS)))
    found = audit(policy, by, on=day)
    for door in found.doors:
        unlike = [(one, other) for one, other, same in pairs(policy, by, day, door.door) if not same]
        assert door.decides == bool(unlike)
        place = policy.words.place.in_
        if place and unlike:
            axis = policy.words.axes_of[place][0]
            told = {state for one in door.covered if one.decides for state in one.states or axis.fact.values}
            assert told == {axis.fact.values[one[axis.number]] for one, _ in unlike}


@SOON
@given(st.data())
def test_everybody_found_is_answered_so_alone(data):
    made = data.draw(policies(most=8, dated=True).filter(declared))
    policy, by = made.read(), data.draw(st.sampled_from(declared(made)))
    for door in audit(policy, by).doors:
        for finding in door.findings:
            agrees(policy, finding.person, door.door)
            agrees(policy, finding.twin, door.door)
            assert finding.rules, "some rule makes the difference"
            answers = {one.answer for one in finding.values}
            assert {finding.person.answer, finding.twin.answer} <= answers


@SOON
@given(st.data())
def test_the_audit_is_symmetric(data):
    """Whoever of two comes first in the file: the same is found, but for who is called the other."""
    made = data.draw(policies(most=7, dated=True).filter(lambda made: "threat" in made.findings))
    threat = made.findings["threat"]
    ordinary = {"threat": {**threat, "ordinary": "yes"}}
    turned = replace(made, findings={**made.findings, **ordinary}, impossible=[])
    one, other = (audit(each.read(), "threat") for each in (replace(made, impossible=[]), turned))
    for mine, its in zip(one.doors, other.doors, strict=True):
        assert mine.decides == its.decides
        assert {str(cover) for cover in mine.covered} == {str(cover) for cover in its.covered}
        assert bool(mine.findings) == bool(its.findings)


def test_a_difference_between_truths_is_the_same_both_ways():
    assert [either(a, b) for a in (False, True) for b in (False, True)] == [False, True, True, False]
    assert all(either(a, b) == either(b, a) for a in (False, True) for b in (False, True))


def door_of(found, name):
    return next(door for door in found.doors if door.door == name)


def test_the_rule_behind_a_difference_is_told_with_the_rule_that_fills_its_term(policy):
    entry = door_of(audit(policy, "nationality", on=AFTER), "entry")
    first = next(finding for finding in entry.findings if finding.covered)
    assert first.states == ["A"]
    assert (first.person.answer, first.twin.answer) == ("must refuse", "must admit")
    assert {rule.rule: rule.how for rule in first.rules} == {
        "conditions met": "of the other", "conditions not met": "of the person", "tourists are a threat": "of the person",
    }  # fmt: skip
    assert [(one.values, one.answer) for one in first.values] == [("far", "must refuse"), ("near", "must admit")]


def test_of_whom_the_door_is_not_asked_nothing_is_compared(policy):
    entry = door_of(audit(policy, "nationality", on=AFTER), "entry")
    assert {cover.not_asked for cover in entry.covered} == {"own"}
    assert all("own" not in one.values.split(" or ") for finding in entry.findings for one in finding.values)


def test_whose_rules_were_not_written_is_not_covered_and_not_called_alike(make):
    rules = RULES.replace(
        "  visa: may issue\n  when: {nationality: foreign}", "  visa: may issue\n  when: {nationality: far}"
    )
    rules = rules.replace("  when: {purpose: tourism}\n", "  when: {purpose: tourism, nationality: far}\n")
    visa = door_of(audit(make(rules=rules), "nationality", on=AFTER), "visa")
    assert not any(cover.alike for cover in visa.covered)
    assert not visa.decides
    assert not visa.findings
    assert [(cover.decides, cover.covered, cover.not_covered) for cover in visa.covered] == [
        (False, "far", "own or near")
    ]


def test_a_gap_beside_a_rule_is_told_apart_from_other_treatment(make):
    rules = (
        RULES
        + "- rule: students abroad\n  visa: must issue\n  when: {nationality: own, purpose: study}\n  source: act 2\n"
    )
    visa = door_of(audit(make(rules=rules), "nationality", on=AFTER), "visa")
    apart = {finding.covered: finding for finding in visa.findings}
    assert apart[True].rules
    assert "must issue" in {one.answer for one in apart[True].values}
    assert "not regulated (gap)" in {apart[False].person.answer, apart[False].twin.answer}


def test_values_may_be_left_out(policy):
    number = policy.words.axes_of["nationality"][0].number
    found = audit(policy, "nationality", on=AFTER, under={number: frozenset((0, 1))})
    assert found.values == "nationality: own or near"
    assert not door_of(found, "entry").findings


@pytest.mark.parametrize(("fact", "said"), [
    ("nationalty", "There is no fact 'nationalty'. Did you mean 'nationality'?"),
    ("document", "'document' is a set of things held"),
    ("state", "'state' says where a person stands"),
])  # fmt: skip
def test_what_people_cannot_be_compared_by(policy, fact, said):
    with pytest.raises(ValueError, match=said):
        audit(policy, fact)


def test_a_number_is_told_as_a_range(make):
    rules = RULES.replace(
        "asylum: must assess\n  when: {asks asylum: yes, age: ..17}",
        "asylum: may assess\n  when: {asks asylum: yes, age: ..17}",
    )
    asylum = door_of(audit(make(rules=rules), "age", on=date(2022, 5, 1)), "asylum")
    assert [(one.values, one.answer) for one in asylum.findings[0].values] == [
        ("18..120", "must assess"), ("0..17", "may assess or turn away"),
    ]  # fmt: skip


def test_nationality_opens_no_way_to_an_asylum_procedure_in_the_corpus():
    found = audit(
        limen.read("mobilisation-2022").policy, "nationality", on=date(2022, 10, 15), doors=["asylum procedure"]
    )
    assert [door.decides for door in found.doors] == [False]
