"""Who is treated differently: found by proof, compared with asking everybody, and asked again alone."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.answers.conftest import RULES, WORDS
from tests.policy.policies import DAYS, DOORS, policies

from limen.answers.ask import ask
from limen.answers.cause import treatment
from limen.answers.common import OtherWords
from limen.answers.decide import decide
from limen.answers.diff import diff
from limen.answers.practised import practised
from limen.answers.wording import careful
from limen.policy.people import PersonReader, excluded
from limen.policy.standing import standing
from limen.text.nodes import read_document

SOON = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def everybody(policy):
    """Every possible person under every reading, with a place on every axis."""
    axes = policy.words.axes
    for places in product(*(range(axis.size) for axis in axes)):
        person = {axis.number: place for axis, place in zip(axes, places)}
        if excluded(policy.words, {number: frozenset((place,)) for number, place in person.items()}) is None:
            yield person


def one_by_one(before, after, day, against):
    """By door, the pairs of treatments that somebody gets before and after, where they differ, each with all who do."""
    facts = [axis.number for axis in before.words.axes if axis.fact.kind.personal]
    first, second = standing(before, day), standing(after, against)
    found = {door: {} for door in before.words.doors}
    for person in everybody(before):
        mine, its = decide(first, person), decide(second, person)
        for door, those in found.items():
            pair = treatment(mine.outcomes[door]), treatment(its.outcomes[door])
            if pair[0] != pair[1]:
                those.setdefault(pair, set()).add(tuple(person[number] for number in facts))
    return found


def asked_again(policy, person, door):
    """What `ask` says of a person of a file, under the readings on which the answer hangs."""
    document = read_document("person", repr_of(person.facts))
    read = PersonReader(policy.words).person(document, document.root)
    assert not document.faults, document.faults
    under = {}
    for question, answer in person.readings.items():
        axis = policy.words.axes_of[question][0]
        under[axis.number] = frozenset((axis.fact.values.index(answer),))
    (found,) = ask(policy, read, date.fromisoformat(person.on), under=under, doors=[door]).doors
    return found


def repr_of(facts):
    lines = [
        f"{key}: {value if isinstance(value, str) else '[' + ', '.join(value) + ']'}" for key, value in facts.items()
    ]
    return "\n".join(lines).encode()


def plain(answer):
    """An answer without its marks: tension, what to look at first."""
    return answer.partition("; first ")[0].removesuffix("; tension")


def agrees(policy, person, door):
    """A counterexample, asked again alone, gets the answer that was told, whatever else is left open."""
    found = asked_again(policy, person, door)
    assert found.settled or len({option.answer for option in found.possibilities}) == 1
    assert person.answer.startswith(found.possibilities[0].answer)


@SOON
@given(policies(most=8, dated=True))
def test_a_policy_differs_in_nothing_from_itself(made):
    policy = made.read()
    assert diff(policy, policy).changes == []
    found = diff(policy, made.read(), on=date.fromisoformat(DAYS[1]))
    assert found.changes == []
    assert found.same == list(DOORS)


@SOON
@given(st.data())
def test_what_differs_is_what_everybody_asked_alone_would_tell(data):
    made = data.draw(policies(most=8, dated=True, small=True).filter(lambda made: made.rules))
    left_out = set(data.draw(st.sets(st.integers(0, len(made.rules) - 1), max_size=2)))
    names = {made.rules[number]["rule"] for number in left_out}
    rules = [
        {**rule, **({"despite": [n for n in rule["despite"] if n not in names]} if "despite" in rule else {})}
        for number, rule in enumerate(made.rules) if number not in left_out
    ]  # fmt: skip
    rules = [{key: value for key, value in rule.items() if value != []} for rule in rules]
    before, after = made.read(), made.with_rules(rules).read()
    day, against = (date.fromisoformat(data.draw(st.sampled_from(DAYS))) for _ in range(2))
    found = diff(before, after, on=day, against=against)
    assert not found.more
    expected = one_by_one(before, after, day, against)
    assert set(found.same) == {door for door, those in expected.items() if not those}
    for change in found.changes:
        assert change.rules, "some rule makes the difference"
        assert change.kinds > 0
        agrees(before, change.before, change.door)
        agrees(after, change.after, change.door)
    for door, those in expected.items():
        kind, own = before.words.doors[door], [change for change in found.changes if change.door == door]
        pairs = {(plain(change.before.answer), plain(change.after.answer)) for change in own}
        people = {}
        for (one, other), who in those.items():
            people.setdefault((careful(one, kind), careful(other, kind)), set()).update(who)
        assert pairs == people.keys()
        for change in own:
            assert change.kinds <= len(people[plain(change.before.answer), plain(change.after.answer)])


@SOON
@given(policies(most=6, dated=True, small=True))
def test_on_every_day_the_same_is_found_as_day_by_day(made):
    policy = made.read()
    name = next(iter(policy.rules), None)
    if name is None:
        return
    rules = {other: replace(rule, despite=tuple(n for n in rule.despite if n != name))
             for other, rule in policy.rules.items() if other != name}  # fmt: skip
    less = replace(policy, rules=rules, order=tuple(other for other in policy.order if other != name))
    whole = {change.door for change in diff(policy, less).changes}
    days = [date(2021, 12, 31), *map(date.fromisoformat, DAYS)]
    single = {change.door for day in days for change in diff(policy, less, on=day).changes}
    assert whole == single


def test_the_rule_behind_a_change_is_told_with_what_it_makes_speak(policy, make):
    without = make(rules=RULES.replace("  considered a threat: yes\n  in: A", "  considered a threat: no\n  in: A"))
    change, of_refugees = diff(policy, without, on=date(2022, 7, 1), doors=["entry"]).changes
    assert (change.before.answer, change.after.answer) == ("must refuse", "must admit")
    assert [(rule.rule, rule.how) for rule in change.rules] == [
        ("conditions met", "speaks now"), ("conditions not met", "silent now"), ("tourists are a threat", "changed"),
    ]  # fmt: skip
    assert change.states == ["A"]
    assert (change.before.readings, change.after.readings) == ({"class or person": "class"}, {})
    assert (of_refugees.before.answer, of_refugees.after.answer) == ("not regulated (gap)", "must admit")


def test_two_days_of_one_policy(policy):
    found = diff(policy, policy, on=date(2022, 5, 1), against=date(2022, 7, 1))
    assert [change.door for change in found.changes] == ["entry", "entry"]
    assert [rule.how for rule in found.changes[0].rules] == ["silent now", "speaks now", "new"]
    assert found.changes[0].before.on == "2022-05-01"
    assert found.changes[0].after.on == "2022-07-01"


def test_a_rule_that_is_practised_against_higher_law(policy):
    (change,) = diff(*practised(policy, "no asylum in the order")).changes
    assert change.door == "asylum"
    assert change.states == ["A"]
    assert change.days == ["from 2022-06-01"]
    assert change.before.answer.startswith("must assess")
    assert change.after.answer.startswith("the written rules point to 'turn away'")
    assert [(rule.rule, rule.how) for rule in change.rules] == [("no asylum in the order", "changed")]


def test_a_practised_rule_that_fills_a_term_takes_effect_through_it(policy):
    found = diff(*practised(policy, "tourists are a threat"), doors=["entry"])
    assert found.changes == [], "nothing above says otherwise, so nothing changes"
    with pytest.raises(
        ValueError, match=r"There is no rule 'tourists are a treat'\. Did you mean 'tourists are a threat'"
    ):
        practised(policy, "tourists are a treat")


def test_a_policy_may_know_more_facts_and_values(policy, make):
    words = WORDS.replace("[own, near, far]", "[own, near, mid, far]").replace(
        "  asks asylum:", "  sick: {values: [no, yes], ordinary: no}\n  asks asylum:")  # fmt: skip
    more = (
        RULES
        + "- rule: the sick enter\n  entry: must admit\n  when: {nationality: foreign, sick: yes}\n  source: code 9\n"
    )
    found = diff(policy, make(words=words, rules=more + "  despite: conditions not met\n"), on=date(2022, 7, 1))
    assert {rule.rule for change in found.changes for rule in change.rules} >= {"the sick enter"}
    assert "The fact 'sick' is only in the policy after." in found.notes
    assert "People with nationality mid are left out: only one of the policies knows it." in found.notes
    for change in found.changes:
        assert "sick" not in change.before.facts
        assert "sick" in change.after.facts
        agrees(policy, change.before, change.door)


def test_other_ranks_cannot_be_compared(policy, make):
    other = make(words=WORDS.replace("measure,", "order,"), rules=RULES.replace("rank: measure", "rank: order"))
    with pytest.raises(OtherWords, match="other ranks"):
        diff(policy, other)


def test_people_are_counted_where_the_nearest_person_stands(policy):
    groups = [({"nationality": "far", "document": ["visa"]}, 70), ({"nationality": "near", "document": ["visa"]}, 7),
              ({"nationality": "own", "document": []}, 5)]  # fmt: skip
    asked = []

    def people(place):
        asked.append(place)
        return groups

    found = diff(policy, policy, on=date(2022, 5, 1), against=date(2022, 7, 1), people=people)
    assert [change.people for change in found.changes] == [70, 70]
    assert asked == [{"state": "A", "where": "border"}] * 2
