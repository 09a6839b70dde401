"""What a proof rests on: rules that suffice, of the highest confidence that will do, and what of the texts is in no rule."""

from datetime import date

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.answers.test_methods_agree import asked_of_everyone
from tests.policy.policies import claims, policies, written

from limen.answers.check import check
from limen.answers.enumerated import enumerated
from limen.answers.support import Supports
from limen.policy.read import policy_from
from limen.policy.rules import Confidence

CLAIM = "always: [{{claim: c, {}}}]"


def support(make, text, *more, **options):
    return next(one for one in check(make(CLAIM.format(text), *more), **options).claims if one.claim == "c").support


def test_a_proof_rests_on_the_rules_without_which_it_fails(make):
    found = support(make, "for: {asks asylum: yes}, asylum: must assess")
    assert found.rules == ["asylum is assessed", "children are assessed"]
    assert found.confidence == "medium", "children are assessed by the act, of medium confidence"
    assert support(make, "for: {asks asylum: yes, age: 18..}, asylum: must assess").confidence == "high"


def test_a_claim_that_no_rule_speaks_against_rests_on_none(make):
    found = support(make, "for: {where: consulate, nationality: foreign}, visa: can issue")
    assert (found.rules, found.confidence) == ([], None)
    assert support(make, "for: {asks asylum: yes, age: 18..}, asylum: same for every purpose").rules == []


def test_a_claim_that_fails_or_says_nothing_rests_on_nothing(make):
    assert support(make, "asylum: must assess") is None
    assert support(make, "for: {nationality: own}, entry: must admit") is None


def test_a_rule_that_silences_another_is_rested_on(make):
    text = "for: {nationality: foreign, purpose: family, individual threat: yes, asks asylum: no}, entry: must admit"
    assert support(make, text).rules == ["family enters"]


def test_a_rule_that_fills_a_term_is_rested_on_with_what_reads_it(make):
    text = (
        "for: {state: A, nationality: far, document: visa, purpose: tourism, asks asylum: no}, from: 2022-06-01, "
        "under: {class or person: class}, entry: must refuse"
    )
    found = support(make, text)
    assert found.rules == ["tourists are a threat", "conditions not met"]
    assert found.confidence == "low"


def test_of_two_rules_either_of_which_would_do_the_surer_is_rested_on(make):
    twice = """
rules:
- {rule: a doubtful word, asylum: must assess, when: {asks asylum: yes}, source: order 1}
- {rule: another sure word, asylum: must assess, when: {asks asylum: yes, age: ..17}, source: code 2}
"""
    found = support(make, "for: {asks asylum: yes}, asylum: must assess", twice)
    assert found.rules == ["asylum is assessed", "another sure word"]
    assert found.confidence == "high"


UNSAID = """
rules:
- rule: half said
  {}
  when: {{asks asylum: yes{}}}
  source: code 21
  untranslated: {{words: within a day, why: a door has no clock{}}}
"""


@pytest.mark.parametrize(
    ("says", "when", "doors", "own", "also"),
    [
        ("visa: may issue", "", ", doors: asylum", [], ["within a day"]),
        ("asylum: may assess", "", "", [], ["within a day"]),
        ("asylum: may assess", ", age: 200..", "", [], []),
        ("visa: may issue", "", "", [], []),
        ("asylum: may assess", "", ", doors: visa", [], []),
    ],
)  # fmt: skip
def test_the_marks_are_of_texts_that_speak_at_the_door_to_somebody_in_scope(make, says, when, doors, own, also):
    when = when.replace("200..", "..17")
    found = support(make, "for: {asks asylum: yes, age: 18..}, asylum: must assess", UNSAID.format(says, when, doors))
    assert [one.words for one in found.untranslated] == own
    assert [one.words for one in found.also_untranslated] == also


def test_the_marks_of_the_rules_rested_on_are_told_apart(make):
    text = "for: {asks asylum: yes, age: ..17}, asylum: must assess"
    half = UNSAID.format("asylum: must assess", ", age: ..17", "")
    found = support(make, text, half)
    assert found.rules == ["half said"], "the code is surer than the act"
    (mark,) = found.untranslated
    assert (mark.rule, mark.words, mark.why) == ("half said", "within a day", "a door has no clock")
    assert found.also_untranslated == []


def test_what_was_not_known_is_not_rested_on(make):
    later = """
sources: {late: {cite: Late, rank: union law, published: 2023-01-01, confidence: high}}
rules: [{rule: said later, asylum: must assess, when: {asks asylum: yes}, source: late}]
"""
    text = "for: {asks asylum: yes}, asylum: must assess"
    assert support(make, text, later).rules == ["said later"]
    assert support(make, text, later, known_on=date(2022, 6, 1)).rules == [
        "asylum is assessed",
        "children are assessed",
    ]


def rules_left(rules, names):
    """Some of the rules, which do not speak of the others."""
    found = []
    for rule in rules:
        if rule["rule"] in names:
            others = [name for name in rule.get("despite", ()) if name in names]
            found.append(
                {
                    **{key: value for key, value in rule.items() if key != "despite"},
                    **({"despite": others} if others else {}),
                }
            )
    return found


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.data())
def test_a_claim_stays_proved_whichever_other_rules_are_left_out(data):
    made = data.draw(policies(most=8, dated=True, in_part=True))
    made = made.with_rules(
        {**rule, "confidence": data.draw(st.sampled_from(["low", "medium", "high"]))} for rule in made.rules
    )
    asked = data.draw(claims(made))

    def read(rules):
        return policy_from({**made.with_rules(rules).files, "claims.yaml": written([{"always": asked}])["0.yaml"]})

    policy = read(made.rules)
    proved = {}
    for question, prover in asked_of_everyone(policy):
        if not enumerated(question).refutations:
            proved[question.claim.name, question.asked] = Supports(prover).of([question]).rules
    assume(proved)
    for (name, part), needed in proved.items():
        kept = {one for one in policy.rules if one in needed or data.draw(st.booleans())}
        fewer = read(rules_left(made.rules, kept))
        (question,) = (q for q, _ in asked_of_everyone(fewer) if (q.claim.name, q.asked) == (name, part))
        assert enumerated(question).refutations == []


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.data())
def test_no_rule_rested_on_can_be_spared_and_surer_ones_alone_would_not_do(data):
    made = data.draw(policies(most=6, in_part=True))
    made = made.with_rules({**rule, "confidence": data.draw(st.sampled_from(["low", "high"]))} for rule in made.rules)
    asked = data.draw(claims(made))

    def fails(rules):
        """The parts of claims that fail with these rules."""
        policy = policy_from({**made.with_rules(rules).files, "claims.yaml": written([{"always": asked}])["0.yaml"]})
        return {(q.claim.name, q.asked) for q, _ in asked_of_everyone(policy) if enumerated(q).refutations}

    policy = policy_from({**made.files, "claims.yaml": written([{"always": asked}])["0.yaml"]})
    subsets = [[]]
    for rule in made.rules:
        subsets += [[*one, rule["rule"]] for one in subsets]
    failing = {frozenset(names): fails(rules_left(made.rules, names)) for names in subsets}
    for question, prover in asked_of_everyone(policy):
        part = question.claim.name, question.asked
        if part in failing[frozenset(policy.rules)]:
            continue
        found = Supports(prover).of([question])

        def suffice(names, part=part):
            return not any(part in failed for left, failed in failing.items() if left >= set(names))

        assert suffice(found.rules)
        for name in found.rules:
            assert not suffice(set(found.rules) - {name})
        sure = [name for name, rule in policy.rules.items() if rule.confidence is Confidence.HIGH]
        assert (found.confidence in (None, "high")) == suffice(sure)
