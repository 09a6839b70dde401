"""Laying everyone out and proving come to the same: what holds, and else when, under which readings, and for whom first."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.policy.policies import claims, policies, written

import limen
from limen.answers.enumerated import enumerated
from limen.answers.example import unlike
from limen.answers.proved import proved
from limen.answers.prover import Prover
from limen.answers.question import Question
from limen.answers.spans import Timeline
from limen.policy.read import policy_from
from limen.scenario.find import built_in

SOON = 2_000_000
"""A test has time for as many kinds of people a question."""


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
        whole = question.layout.whole
        if whole is None or whole.cells <= SOON:
            looked_at += 1
            assert told(proved(question, prover)) == told(enumerated(question, SOON)), question.claim.name
    assert looked_at > 5


def test_both_methods_agree_on_an_unequal_treatment_that_has_to_be_cut_into_pieces():
    policy = limen.read("mobilisation-2022").policy
    for question, prover in asked_of_everyone(policy):
        if question.claim.name == "draft flight changes nothing at the border":
            assert question.layout.whole.cells > 1_000_000_000
            assert told(proved(question, prover)) == told(enumerated(question, 100_000))


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
