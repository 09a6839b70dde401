"""Laying everyone out and proving come to the same: what holds, and else when, under which readings, and for whom first."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.policy.policies import claims, policies, written

import limen
from limen.answers.circumstances import Circumstances
from limen.answers.enumerated import enumerated
from limen.answers.example import unlike
from limen.answers.proved import proved
from limen.answers.prover import Prover
from limen.answers.question import Question
from limen.answers.reach import Reaching, Travel
from limen.answers.spans import Timeline
from limen.policy.meaning import all_of, no
from limen.policy.read import policy_from
from limen.policy.words import Look
from limen.scenario.find import built_in, policy_paths
from limen.scenario.travel import read_travel

SOON = 2_000_000
"""A test has time for as many kinds of people a question."""

PIECE, A_FEW = 200_000, 20_000
"""As many are laid out together where there are more, and where each gate of a circuit is laid out."""


def asked_of_everyone(policy, known=None):
    """Every part of every claim, with one prover for all of them."""
    timeline = Timeline(policy)
    prover = Prover(timeline)
    for claim in policy.claims.values():
        for asked in claim.asked:
            yield Question(claim, asked, timeline, known or {}), prover


def told(decided):
    """All of a decision but the counts."""
    return decided.anybody, [(one.days, one.readings, one.person, one.twin) for one in decided.refutations]


def by_distance(decided, words):
    """What must not depend on how everyone is cut into pieces."""
    return decided.anybody, {
        day: (one.readings, unlike(words, one.person)) for one in decided.refutations for day in one.days
    }


@pytest.mark.parametrize("name", sorted(built_in()))
def test_both_methods_agree_on_every_claim_of_a_scenario(name):
    looked_at = 0
    for question, prover in asked_of_everyone(limen.read(name).policy):
        whole, words = question.layout.whole, question.timeline.words
        by_proof, looked_at = proved(question, prover), looked_at + 1
        if whole is None or whole.cells <= SOON:
            assert told(by_proof) == told(enumerated(question, SOON)), question.claim.name
        else:
            assert by_distance(by_proof, words) == by_distance(enumerated(question, PIECE), words), question.claim.name
    assert looked_at > 5


def test_some_questions_tell_far_more_people_apart_than_memory_holds():
    questions = [question for question, _ in asked_of_everyone(limen.read("mobilisation-2022").policy)]
    cells = {question.claim.name: question.layout.whole.cells for question in questions if question.layout.whole}
    assert sum(one > SOON for one in cells.values()) > 20
    assert cells["draft flight changes nothing at the border"] > 1_000_000_000


# --- claims about ways


def about_ways(name):
    """Everyone before setting out in a scenario, and every part of every claim about ways."""
    policy = limen.read(name).policy
    found = read_travel(policy_paths((name,))[0], policy.words) if policy.reach else None
    if found is None:
        return None, []
    reaching = Reaching(Timeline(policy), Travel(found.ways, found.home))
    return reaching, [(claim, asked) for claim in policy.reach.values() for asked in claim.asked]


def truths_of(reaching, claim, asked, known):
    return [*reaching.scope(claim, known), no(reaching.reached(claim, asked))]


def laid_out(reaching, claim, asked, known):
    """By day, under which readings a claim about ways fails and for whom first, by looking at every kind of people."""
    circuit, words, day_axis = reaching.circuit, reaching.words, reaching.timeline.day_axis
    truths = truths_of(reaching, claim, asked, known)
    everyone = reaching.search.told_apart(truths, reaching.known(claim, known))
    circumstances = Circumstances(reaching.timeline, everyone)

    def least(gate):
        return everyone.see(Look(gate.left, frozenset(range(gate.right, words.axes[gate.left].size))))

    def inside(where, places):
        return all_of(
            [where, *(everyone.see(Look(axis, left)) for axis, left in places.items() if axis in everyone.asked)]
        )

    fails = all_of(circuit.answered(truths, least))
    found = {}
    for days, combination in circumstances.all:
        where = inside(fails, {day_axis: frozenset(days), **circumstances.readings.places(combination)})
        if everyone.nearest(where) is not None:
            found.setdefault(days, set()).add(combination)
    nearest = {days: everyone.nearest(inside(fails, {day_axis: frozenset(days)})) for days in found}
    return {
        day: (circumstances.readings.told(failing), {**nearest[days], day_axis: day})
        for days, failing in found.items() for day in days
    }  # fmt: skip


def by_proof(reaching, claim, asked, known):
    day_axis = reaching.timeline.day_axis
    found = reaching.refutations(claim, asked, known)
    return {day: (one.readings, {**one.person, day_axis: day}) for one in found for day in one.days}


def around(reaching, claim, asked, random):
    """All that is known of people who differ in a few facts from somebody in scope, so that they can be looked at."""
    truths = truths_of(reaching, claim, asked, {})
    everyone = reaching.search.told_apart(truths, reaching.known(claim, {}))
    person = reaching.search.find(truths if random.random() < 0.5 else truths[:-1]) or reaching.search.find(truths[:-1])
    cells, known = 1, {}
    for axis in random.sample(everyone.asked, len(everyone.asked)):
        if cells * len(everyone.classes[axis]) <= A_FEW:
            cells *= len(everyone.classes[axis])
        else:
            known[axis] = frozenset((person[axis],))
    return known


@pytest.mark.parametrize("name", sorted(built_in()))
def test_both_methods_agree_on_every_claim_about_ways_of_a_scenario(name):
    reaching, claims = about_ways(name)
    random = Random(1)
    for claim, asked in claims:
        everyone = reaching.search.told_apart(truths_of(reaching, claim, asked, {}), reaching.known(claim, {}))
        several = [{}] if everyone.cells <= PIECE else [around(reaching, claim, asked, random) for _ in range(10)]
        for known in several:
            assert by_proof(reaching, claim, asked, known) == laid_out(reaching, claim, asked, known), claim.name


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_both_methods_agree_on_random_policies(data):
    made = data.draw(policies(most=8, dated=True, in_part=True))
    files = {**made.files, "claims.yaml": written([{"always": data.draw(claims(made))}])["0.yaml"]}
    policy = policy_from(files)
    known = {}
    if made.readings and data.draw(st.integers(0, 3)) == 0:
        known = {policy.words.axes_of["the question"][0].number: frozenset((data.draw(st.integers(0, 1)),))}
    for question, prover in asked_of_everyone(policy, known):
        by_proof, laid_out = proved(question, prover), enumerated(question)
        assert told(by_proof) == told(laid_out)
        pieces = enumerated(question, data.draw(st.integers(50, 500)))
        words = question.timeline.words
        assert by_distance(pieces, words) == by_distance(by_proof, words)
        assert pieces.anybody == (pieces.kinds > 0)
