"""What `check` proves of random policies is what asking everyone, one by one, on every day, comes to."""

from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from limen.answers.check import check
from limen.policy.meaning import any_of, holds
from limen.policy.outcome import encode
from limen.policy.read import policy_from
from limen.policy.rules import AskedTerm, Asks, in_force
from limen.policy.standing import epochs

from .policies import (
    DAYS,
    DOORS,
    GUIDANCE,
    READINGS,
    SOURCES,
    STATED,
    TERMS,
    conditions,
    meant,
    places,
    policies,
    seeing,
    spoken_at,
    written,
)


@st.composite
def claims(draw, made, name):
    """A claim about some of the people."""
    names = [*made.facts, *made.findings, *TERMS]
    claim = {"claim": name}
    if draw(st.booleans()):
        claim["for"] = draw(conditions(names))
    if draw(st.integers(0, 3)) == 0:
        claim["unless"] = draw(conditions(names, least=1))
    if draw(st.integers(0, 3)) == 0:
        first = draw(st.integers(0, 2))
        claim |= {"from": DAYS[first], "until": DAYS[draw(st.integers(first + 1, 3))]}
    if made.readings and draw(st.integers(0, 3)) == 0:
        claim["under"] = {"the question": draw(st.sampled_from(["one", "other"]))}
    if "nationality" in made.facts and draw(st.integers(0, 3)) == 0:
        claim["in"] = draw(st.sampled_from(STATED["nationality"]))
    single = [fact for fact, its in {**made.facts, **made.findings}.items() if "holds" not in its]
    for door in draw(st.lists(st.sampled_from(list(DOORS)), max_size=2, unique=True)):
        sides = list(DOORS[door].values())[:2]
        said = [f"{verb} {side}" for verb in ("must", "can") for side in sides]
        said += [f"first {finding}" for finding in made.findings] + [f"same for every {fact}" for fact in single]
        claim[door] = draw(st.sampled_from(said))
    if not any(door in claim for door in DOORS) or draw(st.integers(0, 4)) == 0:
        term = draw(st.sampled_from(list(TERMS)))
        claim[term] = draw(st.lists(st.sampled_from(TERMS[term]["values"]), min_size=1, max_size=2, unique=True))
    return claim


def in_scope(claim, at, said):
    def met(condition):
        return bool(any_of(holds(condition, seeing(at), lambda name: said.terms[name]).values()))

    return met(claim.scope) and not met(claim.unless)


def is_met(policy, asked, said, same):
    """Whether one person (and those who differ in the one fact only) is answered as asked."""
    if isinstance(asked, AskedTerm):
        has = {value for value, held in said.terms[asked.term].held.items() if spoken_at(held) - GUIDANCE}
        return has <= asked.values
    answer = said.doors[asked.door]
    sides = (answer.open, answer.shut) if asked.open else (answer.shut, answer.open)
    match asked.asks:
        case Asks.MUST:
            return not sides[1] and not answer.conflict
        case Asks.CAN:
            return bool(sides[0]) and not answer.conflict
        case Asks.FIRST:
            return bool(answer.first.get(asked.finding, False))
        case _:
            codes = {int(encode(other.doors[asked.door], policy.words.findings)) for other in same}
            return len(codes) == 1


def asked_one_by_one(made, policy):
    """By claim whether it holds and whether anybody is in its scope; conflicts, tensions, gaps; the rules that speak."""
    everywhere = [
        (epoch.day, places(policy.words, person, reading))
        for epoch, person, reading in product(
            epochs(policy.rules.values(), policy.claims.values()), made.people(), made.read_under
        )
    ]
    said = [meant(policy, at, str(day)) for day, at in everywhere]
    results = {}
    for claim in policy.claims.values():
        inside = [
            (day, at, one) for (day, at), one in zip(everywhere, said)
            if in_force(claim, day) and in_scope(claim, at, one)
        ]  # fmt: skip
        fails = False
        for asked in claim.asked:
            number = None
            if not isinstance(asked, AskedTerm) and asked.asks is Asks.SAME:
                number = policy.words.axes_of[asked.fact][0].number
            groups: dict = {}
            for day, at, one in inside:
                key = (day, tuple(place for axis, place in sorted(at.items()) if axis != number or number is None))
                groups.setdefault(key, []).append(one)
            fails = fails or not all(is_met(policy, asked, one, same) for same in groups.values() for one in same)
        results[claim.name] = (not fails, not inside)
    marks = {
        (door, mark)
        for one in said
        for door, answer in one.doors.items()
        for mark, so in (("conflict", answer.conflict), ("tension", answer.tension), ("gap", not answer.spoken))
        if so
    }
    marks |= {(term, "conflict") for one in said for term, its in one.terms.items() if its.conflict}
    speaking = {name for one in said for name, held in one.fired.items() if spoken_at(held)}
    return results, marks, speaking


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(policies(dated=True, small=True), st.data())
def test_what_is_proved_of_everyone_is_so_of_each(made, data):
    made_claims = [data.draw(claims(made, f"claim {number}")) for number in range(3)]
    more = {"readings": READINGS} if made.readings else {}
    files = [made.words, {"sources": SOURCES, "rules": made.rules, "always": made_claims, **more}]
    policy = policy_from(written(files))
    report = check(policy)
    results, marks, speaking = asked_one_by_one(made, policy)
    assert {claim.claim: (claim.holds, claim.vacuous) for claim in report.claims} == results
    found = {(clash.about, "conflict") for clash in report.conflicts}
    found |= {(clash.about, "tension") for clash in report.tensions if clash.about in DOORS}
    found |= {(gap.door, "gap") for gap in report.gaps}
    assert found == marks
    silent = set(policy.rules) - speaking
    assert silent <= {dead.rule for dead in report.dead}
