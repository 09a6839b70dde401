"""Exchanging two values of the fact mirrors what `audit` finds: rule by rule, person for twin, and with whom it is not known."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.policy.policies import DAYS, policies

import limen
from limen.answers.audit import audit
from limen.policy.words import Filled, Kind, Look, looks_of

SOON = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MIRRORED = {"of the person": "of the other", "of the other": "of the person"}


def exchanged(policy, fact, one, other):
    """The policy that says of people with one value of a fact what this one says of those with the other."""
    words = policy.words
    number = words.axes_of[fact][0].number
    places = {
        words.facts[fact].values.index(a): words.facts[fact].values.index(b) for a, b in ((one, other), (other, one))
    }

    def need(it):
        if isinstance(it, Filled):
            return it
        return tuple(
            Look(look.axis, frozenset(places.get(place, place) for place in look.places))
            if look.axis == number
            else look
            for look in it
        )

    def condition(several):
        return tuple(replace(clause, needs=tuple(map(need, clause.needs))) for clause in several)

    doors = {name: replace(door, asked=condition(door.asked)) for name, door in words.doors.items()}
    rules = {
        name: replace(rule, when=condition(rule.when), unless=condition(rule.unless))
        for name, rule in policy.rules.items()
    }
    return replace(policy, words=replace(words, doors=doors, impossible=condition(words.impossible)), rules=rules)


def told(found, mirrored=()):
    """All that an audit tells, in no order; with a pair of values, as it is told where these are exchanged."""
    names = dict(zip(mirrored, reversed(mirrored), strict=True))

    def values(text):
        return frozenset(names.get(one, one) for one in text.split(" or ")) if text else frozenset()

    def how(rule):
        return MIRRORED.get(rule.how, rule.how) if mirrored else rule.how

    def person(one):
        facts = {name: tuple(value) if isinstance(value, list) else value for name, value in one.facts.items()}
        facts[found.by] = ""  # the person of the one is the twin of the other: only this fact is another
        return one.on, frozenset(facts.items()), frozenset(one.readings.items()), one.answer

    def finding(one):
        two = (person(one.twin), person(one.person)) if mirrored else (person(one.person), person(one.twin))
        rules = frozenset((rule.rule, how(rule), tuple(rule.says), rule.rank) for rule in one.rules)
        alike = frozenset((values(each.values), each.answer) for each in one.values)
        return one.covered, rules, tuple(one.states), tuple(one.days), *two, alike

    def cover(one):
        sets = (values(text) for text in (one.covered, one.not_covered, one.not_asked))
        return tuple(one.states), tuple(one.days), one.decides, one.alike, *sets

    return {
        door.door: (door.decides, door.more, Counter(map(finding, door.findings)), Counter(map(cover, door.covered)))
        for door in found.doors
    }


def mirrors(policy, fact, one, other, on=None):
    """Whether the audit between two values of a fact mirrors that of the policy with these exchanged."""
    axis = policy.words.axes_of[fact][0]
    among = {axis.number: frozenset(axis.fact.values.index(value) for value in (one, other))}
    found = audit(policy, fact, on=on, under=among)
    other_way = audit(exchanged(policy, fact, one, other), fact, on=on, under=among)
    here, there = told(found), told(other_way, (one, other))
    assert here == there
    return found


def two_values(policy, fact, draw):
    """The ordinary value and another."""
    axis = policy.words.axes_of[fact][0]
    ordinary = axis.fact.values[axis.ordinary]
    return ordinary, draw(st.sampled_from([value for value in axis.fact.values if value != ordinary]))


@SOON
@given(st.data())
def test_exchanging_two_values_of_a_random_policy_mirrors_all_that_is_found(data):
    made = data.draw(policies(most=9, dated=True))
    policy = made.read()
    words = policy.words
    comparable = [
        name for name, fact in words.facts.items()
        if fact.kind is not Kind.SET and name not in (words.place.in_, words.place.at)
        and all(look.axis != words.axes_of[name][0].number for look in looks_of(words.impossible))
    ]  # fmt: skip
    if not comparable:
        return
    fact = data.draw(st.sampled_from(comparable))
    one, other = two_values(policy, fact, data.draw)
    on = data.draw(st.sampled_from([None, *DAYS]))
    mirrors(policy, fact, one, other, on and date.fromisoformat(on))


@pytest.mark.parametrize(("scenario", "fact", "one", "other"), [
    ("mobilisation-2022", "sex", "male", "female"),
    ("mobilisation-2022", "nationality", "RU", "BY"),
    ("mobilisation-2022", "nationality", "RU", "UA"),
    ("mobilisation-2022", "nationality", "RU", "SY"),
    ("mobilisation-2022", "purpose", "tourism", "study"),
    ("mobilisation-2022", "family of", "nobody", "an EU citizen who moved"),
    ("mobilisation-2022", "age", "30", "50"),
    ("finland-estonia-2022", "nationality", "RU", "BY"),
])  # fmt: skip
def test_exchanging_two_values_of_the_corpus_mirrors_all_that_is_found(scenario, fact, one, other):
    found = mirrors(limen.read(scenario).policy, fact, one, other)
    assert any(door.findings for door in found.doors)
