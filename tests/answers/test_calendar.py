"""A calendar says of each of its days what `ask` says of that day."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.answers.conftest import RULES
from tests.policy.policies import DAYS, STATED, policies

import limen
from limen.answers.ask import ask
from limen.answers.calendar import calendar
from limen.answers.door import ImpossiblePerson
from limen.policy.people import PersonReader
from limen.text.nodes import read_document

DAY = timedelta(days=1)


def told(answer):
    """What a calendar tells of a door's answer."""
    usual = answer.if_nothing_is_found or answer.possibilities
    return answer.door, answer.place, answer.verdict, answer.answer, " or ".join(one.answer for one in usual)


def assert_agrees(policy, person, days, **options):
    """Day by day, alone and as part of a longer calendar."""
    long = calendar(policy, person, min(days), max(days) + DAY, **options)
    for day in days:
        asked = ask(policy, person, day, explain=False, **options).doors
        alone = calendar(policy, person, day, day + DAY, **options).doors
        for answer, short, row in zip(asked, alone, long.doors, strict=True):
            (only,) = short.stretches
            (within,) = (one for one in row.stretches if one.start <= day.isoformat() < one.end)
            for stretch in (only, within):
                assert told(answer) == (row.door, row.place, stretch.verdict, stretch.answer, stretch.then_answer)
            assert set(only.rules) == {reason.rule for reason in answer.reasons} <= set(within.rules)
            assert only.confidence == answer.confidence
            assert set(only.untranslated) == set(answer.untranslated) <= set(within.untranslated)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(policies(most=8, dated=True, in_part=True), st.data())
def test_a_calendar_of_a_random_policy_says_what_asking_says(made, data):
    for rule in made.rules:
        rule["confidence"] = data.draw(st.sampled_from(["low", "medium", "high"]))
        if data.draw(st.integers(0, 2)) == 0:
            rule["untranslated"] = {"words": f"more of {rule['rule']}", "why": "no word for it", "doors": "entry"}
    policy = made.read()
    names = [*made.facts, *made.findings]
    stated = {name: data.draw(st.sampled_from(STATED[name])) for name in names if data.draw(st.booleans())}
    stated = {name: value for name, value in stated.items() if name != "document"}
    document = read_document("person", "\n".join(f"{key}: {value}" for key, value in stated.items()).encode() or b"{}")
    person = PersonReader(policy.words).person(document, document.root)
    assume(not document.faults)
    days = [date.fromisoformat(day) - data.draw(st.integers(0, 1)) * DAY for day in DAYS]
    try:
        assert_agrees(policy, person, days)
    except ImpossiblePerson:
        with pytest.raises(ImpossiblePerson):
            ask(policy, person, days[0])


@pytest.mark.parametrize(
    ("facts", "door"),
    [
        ({"state": "FI", "where": "land border"}, "entry"),
        ({"state": "EE", "nationality": "RU", "date of birth": "2004-09-25"}, "refugee status"),
        ({"state": "RU", "nationality": "RU", "date of birth": "1972-09-25", "where": "border"}, "exit"),
        ({"state": "FI", "stays": "2022-07-01..2022-09-20", "where": "inside the country"}, "stay"),
        ({"nationality": "RU", "where": "consulate", "document": "no visa"}, "short-stay visa"),
    ],
)
def test_a_calendar_of_a_person_who_leaves_russia_says_what_asking_says(facts, door):
    policy = limen.read("mobilisation-2022").policy
    texts = "\n".join(f"{key}: {value}" for key, value in facts.items())
    document = read_document("person", texts.encode())
    person = PersonReader(policy.words).person(document, document.root)
    assert not document.faults
    days = [date(2022, 9, 20) + at * 5 * DAY for at in range(5)]
    assert_agrees(policy, person, days, doors=[door])


def test_a_calendar_says_how_far_what_speaks_can_be_relied_on(make, person):
    half = RULES.replace(
        "  source: order 2", "  source: order 2\n  untranslated: {words: lorries, why: no word, doors: entry}"
    )
    policy = make(rules=half)
    stated = person(
        "{state: A, where: border, nationality: far, document: visa, purpose: tourism, asks asylum: no, age: 30, "
        "individual threat: no}",
        policy,
    )
    under = {policy.words.axes_of["class or person"][0].number: frozenset((0,))}
    before, after = (
        calendar(policy, stated, date(2022, 5, 1), date(2022, 7, 1), doors=["entry"], under=under).doors[0].stretches
    )
    assert (before.confidence, before.untranslated) == ("high", [])
    assert (after.confidence, after.untranslated) == ("low", ["lorries (no word)"])


def test_a_person_who_is_impossible_on_a_day_within_has_no_calendar(make, person):
    from tests.answers.conftest import WORDS

    words = WORDS + "- {age: ..17, purpose: study}\n"
    policy = make(words=words)
    stated = person("{purpose: study, date of birth: 2004-06-10}", policy)
    with pytest.raises(ImpossiblePerson):
        calendar(policy, stated, date(2022, 6, 1), date(2022, 7, 1))
    assert calendar(policy, stated, date(2022, 6, 10), date(2022, 7, 1)).doors
