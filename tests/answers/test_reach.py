"""Claims about what is reached: by proof as by walking with everybody, and what is told of whoever is stopped."""

from dataclasses import replace
from datetime import date
from itertools import chain, combinations, product

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.answers.test_ways import walks

from limen.answers.check import check
from limen.answers.lawful import Reach
from limen.answers.reach import Reaching, Travel
from limen.answers.reached import check_reach
from limen.answers.rests import ReachSupports
from limen.answers.spans import Timeline
from limen.answers.ways import Walker
from limen.policy.people import excluded
from limen.policy.read import policy_from
from limen.policy.rules import AskedReach, Confidence, Effect, Force, ReachClaim, Where
from limen.policy.standing import standing
from limen.policy.words import EVERYONE, NOBODY, Clause, Look
from limen.text.faults import FaultyPolicy
from limen.world.places import Mode, Step, Way

DAY = date(2022, 1, 1)


# --- made-up policies


@st.composite
def travels(draw):
    """A small made-up policy with a few ways out, and a claim about the door at which the first ends."""
    made, policy, _, steps = draw(walks())
    words = policy.words
    single = [fact for fact in words.facts.values() if fact.values and len(words.axes_of[fact.name]) == 1]
    ways = [Way("way 0", "", "", Mode.ROAD, "", tuple(steps))]
    for number in range(1, draw(st.integers(1, 3))):
        row = []
        for _ in range(draw(st.integers(1, 2))):
            facts = {fact.name: draw(st.sampled_from(fact.values)) for fact in single if draw(st.booleans())}
            if words.place.in_:
                facts[words.place.in_] = draw(st.sampled_from(words.facts[words.place.in_].values))
            row.append(Step(draw(st.sampled_from(list(words.doors))), facts))
        ways.append(Way(f"way {number}", "", "", draw(st.sampled_from([Mode.ROAD, Mode.GREEN])), "", tuple(row)))
    axis = draw(st.sampled_from([axis for axis in words.axes if axis.fact.kind.personal]))
    left = frozenset(draw(st.sets(st.integers(0, axis.size - 1), min_size=1)))
    scope = draw(st.sampled_from([EVERYONE, (Clause(((Look(axis.number, left),),)),)]))
    ends = draw(st.sampled_from([EVERYONE, (Clause(((Look(axis.number, left),),)),)]))
    asked = AskedReach(steps[-1].door, draw(st.booleans()))
    claim = ReachClaim("made up", Where("a.yaml", 1, 1), (asked,), scope, ends=ends, irregular=draw(st.booleans()))
    return made, replace(policy, claims={}, reach={"made up": claim}), claim, Travel(tuple(ways), "nowhere")


def everybody(made, words):
    for reading, person in product(made.read_under, made.people(possible=False)):
        from tests.policy.policies import places

        at = places(words, person, reading)
        if excluded(words, {axis: frozenset((place,)) for axis, place in at.items()}) is None:
            yield at


def within(condition, at):
    return any(all(any(at[look.axis] in look.places for look in need) for need in one.needs) for one in condition)


@given(travels())
@settings(max_examples=80, deadline=None)
def test_a_proof_agrees_with_walking_with_everybody(case):
    made, policy, claim, travel = case
    words, (asked,) = policy.words, claim.asked
    timeline = Timeline(policy, on=DAY)
    reaching = Reaching(timeline, travel)
    usual = reaching.known(claim, {})
    result = check_reach(claim, ReachSupports(reaching), {})
    failing, anybody = [], False
    for at in everybody(made, words):
        if not within(claim.scope, at) or any(at[axis] not in left for axis, left in usual.items()):
            continue
        anybody = True
        if not by_walking(policy, claim, asked, travel, at):
            failing.append(at)
    assert result.holds == (not failing)
    assert result.vacuous == (not anybody)
    for failure in result.failures:
        facts = failure.person.facts
        assert any(named(words, at) == facts for at in failing)


def with_rules(policy, names):
    """The policy with these rules alone."""
    rules = {
        name: replace(rule, despite=tuple(one for one in rule.despite if one in names))
        for name, rule in policy.rules.items() if name in names
    }  # fmt: skip
    return replace(policy, rules=rules, order=tuple(name for name in policy.order if name in names))


def with_openers(policy, travel, draw):
    """The policy with one or two further rules that must open each door of one way, to everybody or to some."""
    first = next(iter(policy.rules.values()))
    condition = st.sampled_from([EVERYONE, *(rule.when for rule in policy.rules.values())])
    doors = {step.door for step in draw(st.sampled_from(travel.ways)).steps}
    made = [
        replace(first, name=f"{door} opens {number}", effects=(Effect(door, Force.MUST, True),), fills=(), despite=(), rank=0,
                when=draw(condition), unless=NOBODY)
        for door in sorted(doors) for number in range(draw(st.integers(1, 2)))
    ]  # fmt: skip
    rules = {**policy.rules, **{rule.name: rule for rule in made}}
    return replace(policy, rules=rules, order=(*policy.order, *(rule.name for rule in made)))


@given(travels(), st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_a_proof_stays_whichever_rules_are_left_out_but_those_it_rests_on(case, data):
    _, policy, claim, travel = case
    assume(0 < len(policy.rules) <= 4)
    policy = with_openers(policy, travel, data.draw)
    levels = st.sampled_from(list(Confidence))
    policy = replace(
        policy, rules={name: replace(rule, confidence=data.draw(levels)) for name, rule in policy.rules.items()}
    )

    def decided(policy):
        return check_reach(claim, ReachSupports(Reaching(Timeline(policy, on=DAY), travel)), {})

    found = decided(policy)
    assert (found.support is None) == (not found.holds or found.vacuous)
    if found.support is None:
        return
    needed = set(found.support.rules)
    lowest = min((policy.rules[name].confidence for name in needed), default=None)
    assert found.support.confidence == (None if lowest is None else str(lowest))

    def suffice(names):
        """Whether the claim is proved whichever of the other rules are left out."""
        others = [name for name in policy.rules if name not in names]
        several = chain.from_iterable(combinations(others, count) for count in range(len(others) + 1))
        return all(decided(with_rules(policy, {*names, *some})).holds for some in several)

    assert suffice(needed)
    assert not any(suffice(needed - {name}) for name in needed)
    if lowest is not None:
        assert not suffice({name for name, rule in policy.rules.items() if rule.confidence > lowest})


def by_walking(policy, claim, asked, travel, at, issuer=""):
    known = {axis: frozenset((place,)) for axis, place in at.items()}
    walker = Walker(policy.words, standing(policy, DAY), known, travel.home, issuer)
    wanted = (Reach.MUST,) if asked.must else (Reach.MUST, Reach.CAN)
    for _, steps in travel.to(asked.door, claim.irregular):
        last = {axis: min(left) for axis, left in list(walker.before(steps))[-1][2].items()}
        if within(claim.ends, {**at, **last}) and walker.walk(steps).reach in wanted:
            return True
    return False


def named(words, at):
    from limen.answers.wording import person_facts

    return person_facts(words, at)


# --- papers

PAPERS = """
facts:
  state: {values: [A, B, C, D], ordinary: B}
  visa: {values: [no, yes], ordinary: yes}
  papers: {values: [nobody, this state, another state], ordinary: this state}
  inside: {values: [no, yes], ordinary: no}
findings:
  threat: {values: [no, yes], ordinary: no, looked at by: guard}
terms:
  open word: {values: [no, yes], unfilled: no}
place: {in: state}
doors:
  exit: {open: let out, shut: stop}
  visa office: {open: issue, shut: refuse, asked: {visa: no}, passing: {visa: yes, papers: this state}}
  entry: {open: admit, shut: refuse, passing: {inside: yes}}
  asylum: {open: assess, shut: turn away, protection: yes}
impossible:
- {visa: no, papers: [this state, another state]}
- {visa: yes, papers: nobody}
ranks: [law]
sources: {law: {cite: Law, rank: law}}
rules:
- {rule: nobody leaves, exit: must stop, source: law}
- {rule: own visas let in, entry: must admit, when: {papers: this state, threat: no}, source: law}
- {rule: others may, entry: may admit, when: {papers: another state, threat: no}, source: law}
- {rule: without a visa nobody, entry: must refuse, when: {visa: no}, source: law}
- {rule: a threat is refused, entry: must refuse, when: {threat: yes}, source: law}
- {rule: visas may be had, visa office: may issue, source: law}
- {rule: claims are heard, asylum: must assess, source: law}
"""
OWN = {"papers": ("this state", "another state")}


def step(door, state, relative=OWN):
    return Step(door, {"state": state}, relative)


WAYS = (
    Way("to B", "B", "", Mode.ROAD, "", (step("entry", "B"),), step("asylum", "B")),
    Way("to C", "C", "", Mode.ROAD, "", (step("entry", "C"),)),
    Way("to C with a visa", "C", "", Mode.AIR, "", (step("visa office", "C", {}), step("entry", "C"))),
)


def checked(claims, ways=WAYS):
    text = PAPERS + "always:\n" + "\n".join(f"- {claim}" for claim in claims)
    return check(policy_from({"words.yaml": text.encode()}), travel=Travel(ways, "A")).reach


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        ("{claim: c, must reach: entry, in: B, issuer: B, for: {threat: no}}", True),
        ("{claim: c, must reach: entry, in: B, issuer: C, for: {threat: no}}", False),
        ("{claim: c, can reach: entry, in: B, issuer: C, for: {threat: no}}", True),
        ("{claim: c, can reach: entry, in: B, issuer: D, for: {threat: no}}", True),
        ("{claim: c, must reach: entry, issuer: [B, C], for: {threat: no}}", True),
        ("{claim: c, can reach: entry, in: B, for: {visa: no}}", False),
        ("{claim: c, can reach: entry, in: C, for: {visa: no, threat: no}}", True),
        ("{claim: c, must reach: entry, in: C, for: {visa: no, threat: no}}", False),
        ("{claim: c, can reach: entry, for: {threat: yes}}", False),
        ("{claim: c, must reach: asylum}", True),
        ("{claim: c, must reach: asylum, in: C}", False),
    ],
)
def test_who_issued_the_papers_is_seen_from_the_state_that_decides(claim, holds):
    (result,) = checked([claim])
    assert result.holds == holds
    assert not result.vacuous


@pytest.mark.parametrize("verb", ["must", "can"])
@pytest.mark.parametrize("door", ["entry", "asylum", "visa office"])
@pytest.mark.parametrize("state", ["B", "C"])
def test_with_papers_too_a_proof_agrees_with_walking_with_everybody(verb, door, state):
    text = PAPERS + f"always:\n- {{claim: c, {verb} reach: {door}, in: {state}}}"
    policy = policy_from({"words.yaml": text.encode()})
    words, claim, travel = policy.words, policy.reach["c"], Travel(WAYS, "A")
    reached = set()
    for places in product(*(range(axis.size) for axis in words.axes)):
        at = dict(enumerate(places))
        if excluded(words, {axis: frozenset((place,)) for axis, place in at.items()}) is not None:
            continue
        said = words.facts["papers"].values[at[words.axes_of["papers"][0].number]]
        if at[words.axes_of["state"][0].number] != 1 or said == "this state":
            continue
        for issuer in ["", "B", "C", "D"]:
            if bool(issuer) == (said == "another state"):
                reached.add(by_walking(policy, claim, claim.asked[0], travel, at, issuer))
    (result,) = check(policy, travel=travel).reach
    assert result.holds == (reached == {True})


def test_who_is_stopped_is_told_with_the_doors_and_reasons():
    (result,) = checked(["{claim: c, can reach: entry, for: {visa: yes}}"])
    (failure,) = result.failures
    assert failure.asks == "can reach: entry"
    assert failure.person.facts["threat"] == "yes"
    assert failure.person.issuer == "B"
    stops = {(stop.door, stop.in_state): stop for stop in failure.person.stops}
    assert set(stops) == {("entry", "B"), ("entry", "C")}
    assert stops["entry", "C"].ways == ["to C", "to C with a visa"]
    assert [reason.rule for reason in stops["entry", "B"].reasons] == ["own visas let in", "a threat is refused"][1:]


def test_nobody_can_have_papers_of_a_state_that_the_facts_deny():
    (result,) = checked(["{claim: c, can reach: entry, issuer: B, for: {visa: no}, expected: fails}"])
    assert result.vacuous
    assert result.surprise


def test_where_no_way_leads_everybody_is_stopped_by_nothing():
    (result,) = checked(["{claim: c, can reach: visa office}"])
    assert not result.holds
    assert result.failures[0].person.stops == []
    assert result.ways == []


def test_the_green_border_counts_only_where_a_claim_says_so():
    green = Way("forest", "C", "", Mode.GREEN, "", (), step("asylum", "C"))
    regular, irregular = checked(
        ["{claim: a, must reach: asylum, in: C}", "{claim: b, must reach: asylum, in: C, irregular: yes}"],
        (*WAYS, green),
    )
    assert not regular.holds
    assert irregular.holds


def test_without_ways_such_claims_are_left_out_and_it_is_said():
    text = PAPERS + "always:\n- {claim: c, must reach: asylum}"
    report = check(policy_from({"words.yaml": text.encode()}))
    assert report.reach == []
    assert any("no ways were read: 1 claims" in note for note in report.notes)


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        ("{claim: c, must reach: asylun}", "'asylun' is not a door."),
        ("{claim: c, must reach: asylum, entry: must admit}", "asks nothing else"),
        ("{claim: c, entry: must admit, issuer: B}", "it needs 'must reach' or 'can reach'"),
        ("{claim: c, must reach: asylum, for: {state: B}}", "write 'in' for where the way ends"),
        ("{claim: c, must reach: asylum, for: {open word: yes}}", "is a term"),
        ("{claim: c, must reach: asylum, issuer: E}", "'E' is not a value of 'state'"),
        ("{claim: c, must reach: asylum, for: [x]}", "takes a mapping"),
    ],
)
def test_faults_name_what_is_wrong(claim, message):
    text = PAPERS + f"always:\n- {claim}"
    with pytest.raises(FaultyPolicy) as error:
        policy_from({"words.yaml": text.encode()})
    assert message in str(error.value)
