"""The survey, which is proved, says what one finds by looking at every kind of people on every day."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.policy.policies import policies

import limen
from limen.answers.clashes import at_door, clashes, in_term
from limen.answers.cover import cover, within
from limen.answers.example import unlike
from limen.answers.laid import Layout
from limen.answers.prover import Prover
from limen.answers.spans import Timeline
from limen.answers.survey import survey
from limen.policy.meaning import any_of, no
from limen.policy.read import policy_from
from limen.policy.words import Look

MANY = 10_000


def laid_out(timeline, about, known, arising=False):
    """A door or a term over everyone in one piece."""
    doors, terms = ([about], []) if about in timeline.words.doors else ([], [about])
    (laid,) = Layout(timeline.standing, doors, known, terms=terms, arising=arising).pieces(100_000_000)
    return laid


def days_of(timeline, laid, where):
    return {place for places, pick in timeline.classes(laid) if where[pick].any() for place in places}


def told_clashes(timeline, known):
    """Every conflict and tension: of what, which rules, on which days, and how unusual the nearest person is."""
    found = []
    for about in (*timeline.words.doors, *timeline.words.terms):
        laid = laid_out(timeline, about, known, arising=True)
        pairs = at_door if about in timeline.words.doors else in_term
        together = {}
        for key, where in pairs(laid.standing, laid.meant, about):
            together[key] = together.get(key, False) | where
        for (kind, rules, overruled), where in together.items():
            inside = laid.full(where & laid.arises.get(about, True)) & laid.inside
            if inside.any():
                days = timeline.spans(days_of(timeline, laid, inside)).worded
                distance = unlike(timeline.words, laid.everyone.nearest(inside))
                found.append((kind, about, rules, overruled, tuple(days), distance))
    return sorted(found, key=repr)


def by_proof(prover, known):
    words = prover.words
    return sorted(
        (
            (kind, one.about, tuple(one.rules), one.overruled, tuple(one.days), unusual(words, one.example))
            for kind, several in zip(("conflict", "tension"), clashes(prover, known))
            for one in several
        ),
        key=repr,
    )


def unusual(words, example):
    """In how many facts an example differs from the ordinary person; each thing held is one."""
    count = 0
    for name, value in example.unusual.items():
        usual = set(words.facts[name].ordinary)
        count += (
            len(usual ^ (set(value) - {"none"} if isinstance(value, list) else {value} - {"none"}))
            if (words.facts[name].kind.value == "set")
            else 1
        )
    return count


def assert_covers(timeline, prover, door, known):
    """The boxes hold all who are asked and of whom nothing is said, and nobody else."""
    laid = laid_out(timeline, door, known, arising=True)
    silent = laid.full(laid.arises[door] & no(laid.meant.doors[door].spoken)) & laid.inside
    so = prover.holds(timeline.words.doors[door].asked) & no(prover.meant.doors[door].spoken)
    boxes, all_told = cover(prover.search, laid.everyone, so, prover.within(known), MANY)
    assert all_told
    held = np.zeros(laid.everyone.shape, dtype=bool)
    for box in boxes:
        inside = laid.full(True)
        for number, places in box.items():
            inside = inside & laid.everyone.see(Look(number, places))
        assert not (inside & laid.inside & ~silent).any()
        assert (inside & silent).any()
        held |= inside & laid.inside
        assert prover.search.possible([within(prover.search, box), so, *prover.within(known)])
    assert (held == silent).all()


def assert_agrees(policy, known, boxes=True):
    timeline = Timeline(policy)
    prover = Prover(timeline)
    assert by_proof(prover, known) == told_clashes(timeline, known)
    spoke = set()
    for door in timeline.words.doors:
        laid = laid_out(timeline, door, known)
        spoke |= {rule.name for rule in laid.rules if laid.possibly(any_of(laid.meant.fired[rule.name].values()))}
        if boxes:
            assert_covers(timeline, prover, door, known)
    found = survey(prover, known)
    in_time = {rule.name for rule in timeline.rules if timeline.when(rule)}
    assert {dead.rule for dead in found.dead} == in_time - spoke


@pytest.mark.parametrize("name", ["schengen-90-180", "citizenship-by-birth"])
def test_the_survey_of_a_scenario_is_what_one_finds_by_looking_at_everyone(name):
    assert_agrees(limen.read(name).policy, {})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(policies(most=8, dated=True, in_part=True), st.data())
def test_the_survey_of_a_random_policy_is_what_one_finds_by_looking_at_everyone(made, data):
    policy = policy_from(made.files)
    known = {}
    if made.readings and data.draw(st.booleans()):
        known = {policy.words.axes_of["the question"][0].number: frozenset((data.draw(st.integers(0, 1)),))}
    assert_agrees(policy, known)
