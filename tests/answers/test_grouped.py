"""Groups: the same answers as one by one, on every day, as law and as announced."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.policy.policies import DAYS, policies

from limen.answers.bulk import NOT_ASKED, OpenReading, word_of
from limen.answers.decide import decide
from limen.answers.grouped import SHUT, announced, answered, permitted_days
from limen.answers.moments import in_force_as_known
from limen.answers.rows import ImpossibleGroup
from limen.evidence.figures import ANSWERS
from limen.policy.people import excluded
from limen.policy.read import policy_from, read_policy
from limen.policy.standing import as_known, known_policy, standing
from limen.policy.words import Kind
from limen.scenario.find import policy_paths

AUTUMN = [date(2022, 8, 1) + timedelta(days=days) for days in range(153)]
MADE_UP_DAYS = [date.fromisoformat(day) + timedelta(days=more) for day in ("2021-12-31", *DAYS) for more in (0, 1)]


@pytest.fixture(scope="module")
def corpus():
    return read_policy(policy_paths(("mobilisation-2022",)))


@pytest.fixture(scope="module")
def under(corpus):
    return first_readings(corpus.words)


def first_readings(words):
    return {words.axes_of[name][0].number: frozenset((0,)) for name in words.readings}


def person_of(words, facts, under):
    """The place on every axis of somebody with these facts, of whom everything else is ordinary."""
    person = {axis.number: axis.ordinary for axis in words.axes}
    person.update({number: min(places) for number, places in under.items()})
    for name, value in facts.items():
        for axis in words.axes_of[name]:
            held = set(value) if not isinstance(value, str) else {value}
            person[axis.number] = int(axis.item in held) if axis.item is not None else axis.fact.values.index(value)
    return person


def holds(condition, person):
    return any(
        all(any(person[look.axis] in look.places for look in need) for need in clause.needs) for clause in condition
    )


def alone(policy, door, facts, day, under, known_on=None):
    """What `decide` answers one person, as a place in ANSWERS."""
    person = person_of(policy.words, facts, under)
    if not holds(policy.words.doors[door].asked, person):
        return NOT_ASKED
    outcome = decide(standing(policy, day, known_on), person, [door]).outcomes[door]
    return ANSWERS.index(word_of(outcome))


def stated(fact, chosen):
    if fact.kind is Kind.SET:
        return tuple(value for number, value in enumerate(fact.values) if chosen >> number & 1) or "none"
    return fact.values[chosen % len(fact.values)]


@st.composite
def rows_of(draw, words, least=1, most=6):
    """Rows of a door and facts that are possible."""
    found = []
    for _ in range(draw(st.integers(least, most))):
        names = draw(st.lists(st.sampled_from(list(words.facts)), unique=True, max_size=len(words.facts)))
        facts = {name: stated(words.facts[name], draw(st.integers(0, 500))) for name in names}
        places = {axis: frozenset((place,)) for axis, place in person_of(words, facts, {}).items()}
        if excluded(words, places) is None:
            found.append((draw(st.sampled_from(list(words.doors))), facts))
    return found


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_every_group_is_answered_as_one_of_it_alone(data):
    policy = data.draw(policies(dated=True)).read()
    under = {
        policy.words.axes_of[name][0].number: frozenset((data.draw(st.integers(0, 1)),))
        for name in policy.words.readings
    }
    asked = data.draw(rows_of(policy.words))
    known_on = data.draw(st.sampled_from([None, *MADE_UP_DAYS]))
    found = answered(policy, asked, MADE_UP_DAYS, under, known_on)
    assert found.shape == (len(asked), len(MADE_UP_DAYS))
    assert found.dtype == np.int8
    for row, (door, facts) in enumerate(asked):
        expected = [alone(policy, door, facts, day, under, known_on) for day in MADE_UP_DAYS]
        assert found[row].tolist() == expected


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_what_is_announced_is_the_law_of_a_later_day_as_it_was_known(data):
    policy = data.draw(policies(dated=True)).read()
    under = first_readings(policy.words)
    asked = data.draw(rows_of(policy.words, most=3))
    ahead = data.draw(st.sampled_from([0, 1, 31, 92]))
    found = announced(policy, asked, MADE_UP_DAYS, ahead, under)
    for row, (door, facts) in enumerate(asked):
        for column, day in enumerate(MADE_UP_DAYS):
            later = day + timedelta(days=ahead)
            assert found[row, column] == alone(policy, door, facts, later, under, day)


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_groups_of_the_corpus_are_answered_as_one_by_one(corpus, under, data):
    asked = data.draw(rows_of(corpus.words, most=4))
    days = data.draw(st.lists(st.sampled_from(AUTUMN), min_size=1, max_size=4))
    found = answered(corpus, asked, days, under)
    early = announced(corpus, asked, days, 7, under)
    for row, (door, facts) in enumerate(asked):
        for column, day in enumerate(days):
            assert found[row, column] == alone(corpus, door, facts, day, under)
            assert early[row, column] == alone(corpus, door, facts, day + timedelta(days=7), under, day)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_policy_reduced_to_what_was_known_answers_as_the_whole_policy_asked_as_known(data):
    policy = data.draw(policies(dated=True)).read()
    under = first_readings(policy.words)
    asked = data.draw(rows_of(policy.words))
    known_on = data.draw(st.sampled_from(MADE_UP_DAYS))
    reduced = known_policy(policy, known_on)
    assert (
        answered(reduced, asked, MADE_UP_DAYS, under) == answered(policy, asked, MADE_UP_DAYS, under, known_on)
    ).all()
    early = announced(reduced, asked, MADE_UP_DAYS, 31, under)
    for column, day in enumerate(MADE_UP_DAYS):
        alone_on = answered(policy, asked, [day + timedelta(days=31)], under, min(day, known_on))
        assert (early[:, column] == alone_on[:, 0]).all()


@given(st.data())
@settings(max_examples=10, deadline=None)
def test_the_corpus_reduced_to_what_was_known_answers_as_known(corpus, under, data):
    asked = data.draw(rows_of(corpus.words, most=6))
    known_on = data.draw(st.sampled_from(AUTUMN))
    reduced = known_policy(corpus, known_on)
    assert (answered(reduced, asked, AUTUMN, under) == answered(corpus, asked, AUTUMN, under, known_on)).all()


def test_a_rule_is_in_force_at_a_moment_exactly_where_the_standing_policy_has_it(corpus):
    moments = [(day, known) for day in AUTUMN[::9] for known in (None, *AUTUMN[::13])]
    rules = as_known(corpus, None)
    found = in_force_as_known(rules, moments)
    for column, (day, known) in enumerate(moments):
        names = {rule.name for rule in standing(corpus, day, known).rules}
        assert {rule.name for rule, here in zip(rules, found[:, column]) if here} == names


TOURIST = {"state": "FI", "where": "land border", "crossing": "Vaalimaa"}


def test_if_finland_had_not_resolved_only_finnish_answers_change_and_only_from_its_first_day(corpus, under):
    resolution = corpus.rules["tourists refused in Finland"].cited[0].source
    left = {name: rule for name, rule in corpus.rules.items() if rule.cited[0].source is not resolution}
    withdrawn = replace(corpus, rules=left, order=tuple(name for name in corpus.order if name in left))
    states = corpus.words.facts["state"].groups["Schengen"]
    asked = [
        (door, {"state": state, "where": where, "purpose": purpose})
        for state in sorted(states)
        for door, where in (("entry", "land border"), ("entry", "airport"), ("short-stay visa", "consulate"))
        for purpose in ("tourism", "family visit", "study")
    ]
    changed = answered(corpus, asked, AUTUMN, under) != answered(withdrawn, asked, AUTUMN, under)
    assert changed.any()
    rows, days = np.nonzero(changed)
    assert {asked[row][1]["state"] for row in rows} == {"FI"}
    assert min(AUTUMN[day] for day in days) == date(2022, 9, 30)
    tourist = asked.index(("entry", {"state": "FI", "where": "land border", "purpose": "tourism"}))
    assert changed[tourist].tolist() == [day >= date(2022, 9, 30) for day in AUTUMN]


def test_a_measure_is_announced_from_its_publication_and_no_earlier(corpus, under):
    days = [date(2022, 9, 26) + timedelta(days=number) for number in range(8)]
    (law,) = answered(corpus, [("entry", TOURIST)], days, under)
    (week,) = announced(corpus, [("entry", TOURIST)], days, 7, under)
    (none,) = announced(corpus, [("entry", TOURIST)], days, 0, under)
    published = corpus.rules["tourists refused in Finland"].cited[0].source.published
    assert next(day for day, answer in zip(days, law) if answer == SHUT) == date(2022, 9, 30)
    assert next(day for day, answer in zip(days, week) if answer == SHUT) == published < date(2022, 9, 30)
    assert none.tolist() == law.tolist()


def test_a_door_that_is_not_asked_of_a_group_has_no_answer(corpus, under):
    asked = [("exit", {"state": "FI"}), ("entry", {"where": "consulate"}), ("entry", TOURIST)]
    found = answered(corpus, asked, AUTUMN[:3], under)
    assert (found[:2] == NOT_ASKED).all()
    assert (found[2] != NOT_ASKED).all()


def test_nothing_asked_is_nothing_answered(corpus, under):
    assert answered(corpus, [], AUTUMN, under).shape == (0, len(AUTUMN))
    assert answered(corpus, [("entry", {})], [], under).shape == (1, 0)
    assert permitted_days(corpus, [], AUTUMN[0], under, door="stay", axis="days of this stay") == []


def test_an_open_reading_is_named_where_it_matters_and_only_there(corpus):
    with pytest.raises(OpenReading, match="'entry' depend on how one reads 'threat by class'"):
        answered(corpus, [("entry", TOURIST)], [date(2022, 10, 1)], {})
    third = {"state": "KZ", "travel document": "internal passport"}
    assert (answered(corpus, [("entry", third)], [date(2022, 10, 1)], {}) != NOT_ASKED).all()


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"stat": "FI"}, "'stat' is not a fact or finding. Did you mean 'state'?"),
        ({"state": "FL"}, "'FL' is not a value of 'state'."),
        ({"state": ["FI", "EE"]}, "A group has one value of 'state', not FI, EE."),
    ],
)
def test_a_row_with_unknown_words_is_refused(corpus, under, facts, message):
    with pytest.raises(ValueError, match=r"group|value|fact") as raised:
        answered(corpus, [("entry", facts)], AUTUMN[:1], under)
    assert str(raised.value).startswith(message)


def test_an_unknown_door_is_refused_with_the_nearest_spelling(corpus, under):
    with pytest.raises(ValueError, match="Did you mean 'entry'"):
        answered(corpus, [("entri", {})], AUTUMN[:1], under)


def test_a_group_that_cannot_exist_is_refused_and_not_answered(corpus, under):
    with pytest.raises(ImpossibleGroup, match="document: no visa; papers issued by"):
        answered(corpus, [("entry", {"document": "no visa"})], AUTUMN[:1], under)


BOTH = ("days of this stay", "days in any 180")
HERE = {"where": "inside the country"}
NO_PAPERS = {"document": "no visa", "papers issued by": "nobody"}


def test_permitted_days_are_the_last_before_the_stay_is_shut(corpus, under):
    day = date(2022, 10, 1)
    rows = [
        {**HERE, "state": state, **NO_PAPERS, "registration": registration}
        for state in sorted(corpus.words.facts["state"].groups["visa-free states"])
        for registration in ("no", "registered", "residence permit")
    ]
    found = permitted_days(corpus, rows, day, under, door="stay", axis="days of this stay")
    assert len(set(found)) > 3
    for facts, days in zip(rows, found):
        shut = [
            alone(corpus, "stay", {**facts, "days of this stay": str(number)}, day, under) == SHUT
            for number in range(401)
        ]
        assert days == (shut.index(True) - 1 if True in shut else None)


def test_days_that_grow_together_end_the_stay_with_the_first(corpus, under):
    visitor = {**HERE, "state": "FI"}
    ask = [corpus, [visitor], date(2022, 9, 1), under]
    assert permitted_days(*ask, door="stay", axis=BOTH) == [90]
    assert permitted_days(*ask, door="stay", axis="days in any 180") == [90]


def test_where_the_stay_is_no_question_days_are_not_limited(corpus, under):
    assert permitted_days(corpus, [TOURIST], AUTUMN[0], under, door="stay", axis=BOTH) == [None]


HELD = """
facts:
  document: {holds: [passport, visa], ordinary: [passport]}
doors: {entry: {open: admit, shut: refuse}}
ranks: [law]
sources: {law: {cite: Law, rank: law}}
rules: [{rule: visas, entry: must admit, when: {document: visa}, source: law}]
"""


@pytest.mark.parametrize(
    ("held", "answer"),
    [("visa", "must open"), (["passport", "visa"], "must open"), ("none", "gap"), ("passport", "gap"), ((), "gap")],
)
def test_a_group_holds_one_thing_or_several_or_none(held, answer):
    policy = policy_from({"words.yaml": HELD.encode()})
    ((found,),) = answered(policy, [("entry", {"document": held})], AUTUMN[:1], {})
    assert ANSWERS[found] == answer


def test_a_thing_that_is_no_thing_held_is_refused():
    policy = policy_from({"words.yaml": HELD.encode()})
    with pytest.raises(ValueError, match="'visum' is not a value of 'document'"):
        answered(policy, [("entry", {"document": ["visum"]})], AUTUMN[:1], {})
