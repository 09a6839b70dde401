"""Repairs: the claim holds for the policy as changed, no right is broken, nothing smaller would do."""

from dataclasses import replace
from itertools import combinations, product

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.answers.test_diff import everybody
from tests.policy.policies import policies

from limen.answers.check import check
from limen.answers.decide import decide
from limen.answers.edits import Circular, Edit, edited, ordered, repaired, spelled, statable
from limen.answers.mended import mend
from limen.answers.repair import Repairs
from limen.answers.spans import Timeline
from limen.policy.read import policy_from, read_policy
from limen.policy.rules import Asked, Asks, Claim, Where
from limen.policy.standing import standing
from limen.policy.words import EVERYONE, Clause, Look
from limen.scenario.find import built_in

SCENARIOS = ["finland-estonia-2022", "mobilisation-2022"]


# --- made-up policies


@st.composite
def broken(draw, most=7):
    """A made-up policy with a claim that mostly fails, and another that states a right."""
    policy = draw(policies(most=most, small=True, dated=True)).read()
    words = policy.words

    def claim(name, right):
        axis = draw(st.sampled_from([axis for axis in words.axes if axis.fact.kind.personal]))
        left = frozenset(draw(st.sets(st.integers(0, axis.size - 1), min_size=1)))
        scope = draw(st.sampled_from([EVERYONE, (Clause(((Look(axis.number, left),),)),)]))
        door, asks = draw(st.sampled_from(list(words.doors))), draw(st.sampled_from([Asks.MUST, Asks.CAN]))
        return Claim(name, Where("a.yaml", 1, 1), (Asked(door, asks, draw(st.booleans())),), scope, right=right)

    claims = {"wrong": claim("wrong", False), "right": claim("right", True)}
    policy = replace(policy, claims=claims)
    if verdicts(policy)[0]["wrong"]:
        (asked,) = claims["wrong"].asked
        other = replace(claims["wrong"], asked=(replace(asked, asks=Asks.MUST, open=not asked.open),))
        policy = replace(policy, claims={**claims, "wrong": other})
    return policy


def verdicts(policy):
    report = check(policy)
    conflicts = {(clash.about, tuple(sorted(clash.rules))) for clash in report.conflicts}
    return {claim.claim: claim.holds for claim in report.claims}, conflicts


def opposed(policy, days):
    """Everybody for whom rules of one rank are opposed, each alone: about what, on which day, under which readings."""
    found = set()
    for day in days:
        today = standing(policy, day)
        for person in everybody(policy):
            meant = decide(today, person, policy.words.doors, policy.words.terms).meant
            for name, answer in (*meant.doors.items(), *meant.terms.items()):
                if answer.conflict:
                    found.add((name, day, tuple(person.values())))
    return found


@given(broken())
@settings(max_examples=100, deadline=None)
def test_a_repair_passes_check_and_breaks_no_right(policy):
    before, conflicts = verdicts(policy)
    assume(not before["wrong"])
    for edits in Repairs(policy, policy.claims["wrong"], {}, Timeline(policy)).found(2):
        after, now = verdicts(repaired(policy, edits))
        assert after["wrong"]
        assert after["right"] or not before["right"]
        assert now <= conflicts


@given(broken(most=4))
@settings(max_examples=60, deadline=None)
def test_no_smaller_change_among_the_same_would_do(policy):
    before, conflicts = verdicts(policy)
    assume(not before["wrong"])
    repairs = Repairs(policy, policy.claims["wrong"], {}, Timeline(policy))
    edits = repairs._edits()
    assume(0 < len(edits) <= 5)
    found = list(repairs.found(20))

    days = [epoch.day for epoch in repairs.timeline.epochs]
    were = opposed(policy, days)

    def does(chosen):
        changed = repaired(policy, chosen)
        after, now = verdicts(changed)
        mends = after["wrong"] and (after["right"] or not before["right"]) and now <= conflicts
        return mends and opposed(changed, days) <= were

    for size in range(1, len(edits) + 1):
        enough = [frozenset(chosen) for chosen in combinations(edits, size) if does(chosen)]
        if enough:
            assert min(map(len, found)) == size
            assert {frozenset(one) for one in found if len(one) == size} <= set(enough)
            return
    assert found == []


# --- real policies


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_claim_that_fails_is_repaired_or_it_is_said_why_not(scenario):
    policy = read_policy([built_in()[scenario] / "policy"])
    failing = [claim.name for claim in policy.claims.values() if claim.expected_to_fail]
    for name in failing[:: 1 if len(failing) < 12 else 8]:
        found = mend(policy, name, most=1)
        assert not found.holds
        assert bool(found.repairs) != bool(found.why_none)
        for repair in found.repairs:
            assert repair.changes
            assert repair.touched
            assert not any(policy.claims[one].right for one in repair.now_fail)


def test_what_is_to_be_written_into_the_file_does_it():
    folder = built_in()["finland-estonia-2022"] / "policy"
    texts = {file.name: file.read_bytes() for file in folder.glob("*.yaml")}
    policy = policy_from(texts)
    tried = 0
    for claim in policy.claims.values():
        if not claim.expected_to_fail:
            continue
        for repair in mend(policy, claim.name, most=1).repairs:
            written = {name: yaml.load(text, yaml.BaseLoader) for name, text in texts.items()}
            written["cases.yaml"].pop("cases")  # they tell the rules as they stand
            rules = {rule["rule"]: rule for text in written.values() for rule in text.get("rules", ())}
            for change in repair.changes:
                rule = rules[change.rule]
                for key, value in (yaml.load(change.text, yaml.BaseLoader) or {}).items():
                    several = rule.get(key, [])
                    rule[key] = [
                        *(several if isinstance(several, list) else [several]),
                        *([value] if key == "despite" else value),
                    ]
                if not change.text:
                    next(text for text in written.values() if rule in text.get("rules", ()))["rules"].remove(rule)
            changed = policy_from({name: yaml.dump(text, sort_keys=False).encode() for name, text in written.items()})
            assert next(one for one in check(changed).claims if one.claim == claim.name).holds
            tried += 1
    assert tried >= 4


def test_who_else_is_touched_is_told_apart_from_those_whom_the_claim_is_about():
    text = """
facts: {permit: {values: [no, yes], ordinary: no}, child: {values: [no, yes], ordinary: no}}
terms: {dangerous: {values: [no, yes], unfilled: no}}
doors: {entry: {open: admit, shut: refuse}, visa: {open: issue, shut: refuse}}
ranks: [law, measure]
sources: {law: {cite: Law, rank: law}, order: {cite: Order, rank: measure}}
rules:
- {rule: the dangerous stay out, entry: must refuse, when: {dangerous: yes}, source: law}
- {rule: the dangerous get no visa, visa: must refuse, when: {dangerous: yes}, source: law}
- {rule: all others come in, entry: must admit, when: {dangerous: no}, source: law}
- {rule: everyone is dangerous, dangerous: yes, source: order}
always:
- {claim: children come in, for: {child: yes}, entry: must admit}
"""
    found = mend(policy_from({"words.yaml": text.encode()}), "children come in")
    (first, *_) = found.repairs
    (change,) = first.changes
    assert (change.rule, change.rank, change.text) == ("everyone is dangerous", "measure", "unless:\n- {child: yes}")
    assert [(one.door, one.meant, one.before, one.after) for one in first.touched] == [
        ("entry", True, "must refuse", "must admit"),
        ("visa", False, "must refuse", "not regulated (gap)"),
    ]


def test_a_repair_that_breaks_a_right_is_not_told():
    text = """
facts: {child: {values: [no, yes], ordinary: no}}
doors: {entry: {open: admit, shut: refuse}}
ranks: [law]
sources: {law: {cite: Law, rank: law}}
rules:
- {rule: nobody comes in, entry: must refuse, source: law}
always:
- {claim: everybody can come in, entry: can admit}
- {claim: children stay out, for: {child: yes}, entry: must refuse, right: yes}
"""
    policy = policy_from({"words.yaml": text.encode()})
    found = mend(policy, "everybody can come in")
    assert found.repairs == []
    assert "without breaking a right" in found.why_none
    without = replace(policy, claims={"everybody can come in": policy.claims["everybody can come in"]})
    (repair,) = mend(without, "everybody can come in").repairs
    assert repair.changes[0].says == "is withdrawn"


def test_a_claim_that_holds_needs_no_repair():
    policy = read_policy([built_in()["schengen-90-180"] / "policy"])
    found = mend(policy, next(iter(policy.claims)))
    assert found.holds
    assert found.repairs == []


# --- edits


def test_rules_that_would_depend_on_one_another_in_a_circle_are_no_edit():
    policy = read_policy([built_in()["finland-estonia-2022"] / "policy"])
    rules = [policy.rules[name] for name in policy.order]
    one, other = rules[0].name, rules[1].name
    with pytest.raises(Circular):
        edited(rules, [Edit(one, despite=other), Edit(other, despite=one)])
    assert {rule.name for rule in ordered(rules)} == set(policy.order)


@given(policies(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_clause_is_spelled_so_that_a_file_means_the_same(made, data):
    policy = made.read()
    words = policy.words
    rules = [rule for rule in policy.rules.values() for clause in rule.when if clause.needs]
    assume(rules)
    rule = data.draw(st.sampled_from(rules))
    clause = data.draw(st.sampled_from([clause for clause in rule.when if clause.needs]))
    assume(
        all(
            words.axes[look.axis].fact.kind.personal
            for need in clause.needs
            if isinstance(need, tuple)
            for look in need
        )
    )
    stated = statable(words, (clause,))
    assume(stated)
    try:
        said = spelled(words, stated[0])
    except KeyError:
        assume(False)
    source = next(iter(policy.sources))
    door = next(iter(words.doors.values()))
    when = ", ".join(f"{name}: {value}" for name, value in said.items())
    head = f"rules:\n- rule: again\n  {door.name}: may {door.open}\n  source: {source}\n"
    text = f"{head}  when: {{{when}}}"
    files = {name: content.encode() if isinstance(content, str) else content for name, content in made.files.items()}
    again = policy_from({**files, "again.yaml": text.encode()}).rules["again"]
    (read,) = again.when
    for places in product(*(range(axis.size) for axis in words.axes if axis.fact.kind.personal)):
        at = dict(zip((axis.number for axis in words.axes if axis.fact.kind.personal), places))
        assert met(clause, at) == met(read, at)


def met(clause, at):
    return [
        any(at[look.axis] in look.places for look in need) for need in clause.needs if isinstance(need, tuple)
    ].count(False) == 0
