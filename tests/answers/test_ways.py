"""The ways of one person: every door as `ask` answers it, and what they come to together."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.policy.policies import outcomes, places, policies

from limen.answers import together
from limen.answers.ask import ask
from limen.answers.door import ImpossiblePerson
from limen.answers.lawful import Lawful, Reach, reach
from limen.answers.ways import Walker, ways
from limen.policy.everyone import TooManyKinds
from limen.policy.outcome import Outcome
from limen.policy.people import Person, PersonReader
from limen.policy.read import policy_from, read_policy
from limen.policy.standing import standing
from limen.policy.words import Kind
from limen.scenario.find import policy_paths
from limen.text.nodes import read_document
from limen.world.places import Mode, Step, Way

DAY = date(2022, 1, 1)
OWN = {"papers issued by": ("this state", "another state")}


# --- made-up policies


@st.composite
def walks(draw):
    """A policy whose doors change facts when they are passed, somebody of whom little is known, and steps."""
    made = draw(policies(small=True))
    policy = made.read()
    words = policy.words
    personal = [axis for axis in words.axes if axis.fact.kind.personal]
    single = [fact for fact in words.facts.values() if fact.kind is not Kind.SET]
    doors = {}
    for name, door in words.doors.items():
        chosen = draw(st.sets(st.integers(0, len(personal) - 1), max_size=2))
        passing = {personal[one].number: draw(st.integers(0, personal[one].size - 1)) for one in chosen}
        doors[name] = replace(door, passing=passing)
    policy = replace(policy, words=replace(words, doors=doors))
    known = {}
    for number in draw(st.sets(st.integers(0, len(words.axes) - 1), max_size=3)):
        axis = words.axes[number]
        known[number] = frozenset(draw(st.lists(st.integers(0, axis.size - 1), min_size=1, max_size=2)))
    steps = []
    for _ in range(draw(st.integers(1, 3))):
        facts = {fact.name: draw(st.sampled_from(fact.values)) for fact in single if draw(st.booleans())}
        if words.place.in_:
            facts[words.place.in_] = draw(st.sampled_from(words.facts[words.place.in_].values))
        steps.append(Step(draw(st.sampled_from(list(doors))), facts))
    return made, policy, known, steps


@given(walks())
@settings(max_examples=80, deadline=None)
def test_every_door_of_a_way_is_answered_as_ask_answers_it(walk):
    _, policy, known, steps = walk
    walker = Walker(policy.words, standing(policy, DAY), known, "", explain=True)
    for (step, _, changed), found in zip(walker.before(steps), walker.walk(steps).steps):
        person = Person({**known, **changed})
        try:
            (answer,) = ask(policy, person, DAY, doors=[step.door]).doors
        except ImpossiblePerson:
            assert found.lawful is Lawful.NOBODY
            assert found.answer is None
            assert found.nobody
            continue
        assert found.answer == answer


@given(walks())
@settings(max_examples=120, deadline=None)
def test_what_doors_come_to_together_is_so_of_everybody_whom_it_could_be(walk):
    made, policy, known, steps = walk
    words = policy.words
    walker = Walker(words, standing(policy, DAY), known, "nowhere")
    rows = list(walker.before(steps))
    walked = walker.walk(steps)
    passing = []
    for reading in made.read_under:
        for person in made.people(possible=False):
            at = places(words, person, reading)
            if any(at[axis] not in left for axis, left in known.items()) or barred(words, at):
                continue
            there = [{**at, **{axis: min(left) for axis, left in changed.items()}} for _, _, changed in rows]
            if any(barred(words, one) for one in there):
                continue
            passing.append([seen(policy, step.door, one) for (step, _, _), one in zip(rows, there)])
    somebody = any(all(one.open for one in row) for row in passing)
    if somebody:
        assert walked.reach is not Reach.CANNOT
    if walked.reach is Reach.MUST:
        assert all(one.open and not one.shut for row in passing for one in row)
    if walked.reach is Reach.CAN:
        assert all(one.open for row in passing for one in row)
    if walked.reach is Reach.DEPENDS:
        assert somebody


def barred(words, at):
    return any(
        all(any(at[look.axis] in look.places for look in need) for need in clause.needs) for clause in words.impossible
    )


def seen(policy, door, at) -> Outcome:
    return outcomes(policy, at)[door]


APART = """
facts:
  state: {values: [A, B], ordinary: A}
  permit: {values: [no, yes], ordinary: no}
  inside: {values: [no, yes], ordinary: no}
place: {in: state}
doors:
  exit: {open: let out, shut: stop, takes: 1}
  entry: {open: admit, shut: refuse, passing: {inside: yes}, takes: 2..5}
  asylum: {open: assess, shut: turn away, protection: yes, asked: {state: B}}
ranks: [law]
sources: {law: {cite: Law, rank: law}}
rules:
- {rule: those with a permit stay, exit: must stop, when: {permit: yes}, source: law}
- {rule: those without are not let in, entry: must refuse, when: {permit: no}, source: law}
- {rule: one may come in, entry: must admit, when: {permit: yes}, source: law}
- {rule: one must not come in twice, entry: must refuse, when: {inside: yes}, despite: one may come in, source: law}
- {rule: claims are heard, asylum: must assess, source: law}
"""
EXIT, ENTRY = Step("exit", {"state": "A"}), Step("entry", {"state": "B"})
CLAIM = Step("asylum", {"state": "B"})


@pytest.fixture(scope="module")
def apart():
    return policy_from({"words.yaml": APART.encode()})


def walker(policy, home="A", **known):
    places = {}
    for name, value in known.items():
        (axis,) = policy.words.axes_of[name]
        places[axis.number] = frozenset((axis.fact.values.index(value),))
    return Walker(policy.words, standing(policy, DAY), places, home)


def test_doors_that_each_open_to_somebody_may_open_to_nobody_together(apart):
    unknown = walker(apart)
    assert [step.lawful for step in unknown.walk((EXIT, ENTRY)).steps] == [Lawful.DEPENDS, Lawful.DEPENDS]
    assert unknown.walk((EXIT, ENTRY)).reach is Reach.CANNOT
    assert unknown.walk((ENTRY,)).reach is Reach.DEPENDS


def test_what_a_door_changed_holds_before_the_next(apart):
    walked = walker(apart, permit="yes", inside="no").walk((ENTRY, ENTRY))
    assert [step.lawful for step in walked.steps] == [Lawful.OPEN, Lawful.SHUT]
    assert "inside: yes" in walked.steps[1].facts
    assert walked.stopped_by == "entry"


def test_days_of_the_doors_add_up_and_untimed_doors_are_named(apart):
    walked = walker(apart).walk((EXIT, ENTRY, CLAIM))
    assert walked.takes == (3, 6)
    assert walked.untimed == ["asylum"]


def test_the_state_that_one_leaves_closes_no_way_to_protection_but_is_a_risk(apart):
    way = Way("road", "B", "road", Mode.ROAD, "road", (EXIT, ENTRY), CLAIM)
    found = walker(apart, permit="yes").way(way)
    assert found.through.reach is Reach.CANNOT
    assert found.through.stopped_by == "exit"
    assert found.through.risks == []
    assert found.protection.reach is Reach.MUST
    assert found.protection.stopped_by is None
    assert found.protection.risks == ["exit in A: must stop"]


def test_another_state_on_the_way_does_close_it(apart):
    way = Way("road", "B", "road", Mode.ROAD, "road", (EXIT, ENTRY), CLAIM)
    assert walker(apart, home="B", permit="yes").way(way).protection.reach is Reach.CANNOT


def test_outside_the_crossing_points_there_is_no_door_but_a_risk(apart):
    found = walker(apart).way(Way("woods", "B", "woods", Mode.GREEN, "", (), CLAIM))
    assert found.through is None
    assert found.protection.reach is Reach.MUST
    assert found.protection.risks == ["outside the crossing points one comes in irregularly"]


def test_protection_that_is_no_question_somewhere_cannot_be_reached_there(apart):
    walked = walker(apart).walk((Step("asylum", {"state": "A"}),))
    assert walked.steps[0].lawful is Lawful.NOT_ASKED
    assert walked.reach is Reach.CANNOT
    assert walked.stopped_by == "asylum"


def test_no_doors_are_no_obstacle():
    assert reach([]) is Reach.MUST


# --- the persons of the gallery


@pytest.fixture(scope="module")
def corpus():
    return read_policy(policy_paths(("mobilisation-2022",)))


def someone(policy, text):
    document = read_document("person", text.encode())
    found = PersonReader(policy.words).person(document, document.root)
    assert not document.faults, document.faults
    return found


def read_as(policy, **answers):
    found = {}
    for name, answer in answers.items():
        (axis,) = policy.words.axes_of[name.replace("_", " ")]
        found[axis.number] = frozenset((axis.fact.values.index(answer),))
    return found


def by_land(state, crossing, bound="another country"):
    here = {"state": state, "where": "land border", "crossing": crossing}
    return Way(
        crossing, state, crossing, Mode.ROAD, crossing,
        (Step("exit", {**here, "state": "RU", "bound for": bound}), Step("entry", here, OWN)),
        Step("asylum procedure", {**here, "asylum claim": "fear expressed"}, OWN),
    )  # fmt: skip


FOUND = """purpose and means: shown, alert: no, individual threat: no, humanitarian grounds: no, national interest: no,
    asylum claim: no claim, family of: nobody"""
VISITOR = "nationality: RU, age: 27, travel document: foreign passport, document: short-stay visa, purpose: tourism"
SPARED = (
    "sex: male, service: no service, spared from call-up: unfit or carer or father of four, on a list: no, wanted: no"
)
CLASS = {"threat_by_class": "a class can be named", "leaving_during_mobilisation": "still free to go"}


def test_the_tourist_at_vaalimaa_can_enter_on_thursday_and_on_friday_only_ask_for_asylum(corpus):
    man = someone(corpus, f"{{{VISITOR}, {SPARED}, {FOUND}, home region: another region}}")
    way, under = by_land("FI", "Vaalimaa"), read_as(corpus, **CLASS)
    (thursday,) = ways(corpus, man, [way], date(2022, 9, 29), home="RU", issuer="FI", under=under).ways
    (friday,) = ways(corpus, man, [way], date(2022, 9, 30), home="RU", issuer="FI", under=under).ways
    assert [step.lawful for step in thursday.through.steps] == [Lawful.CAN, Lawful.OPEN]
    assert thursday.through.reach is Reach.CAN
    assert friday.through.reach is Reach.CANNOT
    assert friday.through.stopped_by == "entry"
    assert "tourists refused in Finland" in {reason.rule for reason in friday.through.steps[1].answer.reasons}
    for day in (thursday, friday):
        assert day.protection.reach is Reach.MUST
        assert day.protection.risks == [
            "exit by Russian border service in RU: may let out or stop, presumed to let out"
        ]


def test_the_same_man_is_heard_at_narva_with_a_visa_of_another_state(corpus):
    man = someone(corpus, f"{{{VISITOR}, {SPARED}, {FOUND}}}")
    found = ways(
        corpus, man, [by_land("EE", "Narva")], date(2022, 9, 28), home="RU", issuer="FI", under=read_as(corpus, **CLASS)
    )  # fmt: skip
    (narva,) = found.ways
    assert narva.through.stopped_by == "entry"
    assert narva.protection.reach is Reach.MUST
    assert "papers issued by: another state" in narva.protection.steps[1].facts
    assert found.notes
    assert found.on == "2022-09-28"


def test_a_reservist_without_a_passport_in_omsk_has_a_way_to_kazakhstan_and_none_to_finland(corpus):
    man = someone(
        corpus, "{nationality: RU, sex: male, age: 27, service: reservist, permission to leave: no, home region: Omsk,"
        " travel document: internal passport, document: no visa, papers issued by: nobody, spared from call-up: no,"
        " on a list: no, wanted: no, asylum claim: no claim}",
    )  # fmt: skip
    several = [by_land("KZ", "Karaozek", "a country of the internal passport"), by_land("FI", "Vaalimaa")]
    under = read_as(corpus, **CLASS)
    kazakhstan, finland = ways(corpus, man, several, date(2022, 9, 24), home="RU", under=under).ways
    assert kazakhstan.through.reach is Reach.CAN
    assert kazakhstan.through.stopped_by is None
    assert finland.through.reach is Reach.CANNOT
    assert finland.through.stopped_by == "exit"
    assert finland.protection.reach is Reach.MUST
    assert finland.protection.risks == ["exit by Russian border service in RU: must stop"]


def test_a_dissident_with_a_humanitarian_visa_in_hand_then_enters_the_state_that_issued_it(corpus):
    woman = someone(
        corpus, "{nationality: RU, age: 35, sex: female, service: no service, travel document: foreign passport,"
        " document: no visa, papers issued by: nobody, humanitarian grounds: person at risk, asylum claim: no claim,"
        " applies at: another consulate with a reason, family of: nobody, refuses to fight: no, national interest: no,"
        " alert: no, individual threat: no, purpose and means: shown}",
    )  # fmt: skip
    ask_first = Step("humanitarian visa", {"state": "LT", "where": "consulate", "intended stay": "longer"})
    fly = Step("entry", {"state": "LT", "where": "airport", "travels by": "aircraft"}, OWN)
    elsewhere = Step("entry", {"state": "LV", "where": "airport", "travels by": "aircraft"}, OWN)
    under = read_as(corpus, **CLASS)
    several = [
        Way("by Lithuania", "LT", "Vilnius", Mode.AIR, "", (ask_first, fly, elsewhere)),
        Way("without a visa", "LT", "Vilnius", Mode.AIR, "", (fly,)),
    ]
    visa, without = ways(corpus, woman, several, date(2022, 10, 1), home="RU", under=under).ways
    assert "document: long-stay visa" in visa.through.steps[1].facts
    assert "papers issued by: this state" in visa.through.steps[1].facts
    assert "papers issued by: another state" in visa.through.steps[2].facts
    assert visa.through.steps[1].lawful is Lawful.OPEN
    assert without.through.steps[0].lawful is not Lawful.OPEN
    assert visa.protection is None


def test_the_child_alone_is_heard_without_papers(corpus):
    child = someone(
        corpus, "{nationality: RU, age: 15, unaccompanied: yes, service: no service, travel document: internal passport,"
        " document: no visa, papers issued by: nobody, relatives in an asylum case: nowhere, weeks at the border: 0}",
    )  # fmt: skip
    (found,) = ways(corpus, child, [by_land("FI", "Vaalimaa")], date(2022, 10, 1), home="RU").ways
    assert found.protection.reach is Reach.MUST
    assert found.through.reach is not Reach.MUST


def test_doors_depend_on_findings_that_nobody_made_and_say_what_if_they_are_ordinary(corpus):
    man = someone(corpus, f"{{{VISITOR}, {SPARED}, family of: nobody, asylum claim: no claim}}")
    day = date(2022, 9, 28)
    (found,) = ways(
        corpus, man, [by_land("FI", "Vaalimaa")], day, home="RU", issuer="FI", under=read_as(corpus, **CLASS)
    ).ways
    assert found.through.reach is Reach.DEPENDS
    assert found.through.reach_if_nothing_is_found is Reach.CAN


def test_who_cannot_hold_such_papers_is_nobody_on_a_way_that_needs_them(corpus):
    man = someone(corpus, "{nationality: RU, document: no visa}")
    way = Way("w", "FI", "w", Mode.ROAD, "w", (Step("entry", {"state": "FI", "papers issued by": "this state"}),))
    (found,) = ways(corpus, man, [way], DAY + timedelta(days=270), home="RU").ways
    assert found.through.steps[0].lawful is Lawful.NOBODY
    assert "papers issued by" in found.through.steps[0].nobody
    assert found.through.reach is Reach.CANNOT


def test_an_impossible_person_has_no_ways(corpus):
    with pytest.raises(ImpossiblePerson):
        ways(corpus, someone(corpus, "{document: no visa, papers issued by: this state}"), [], DAY, home="RU")


def test_where_too_many_could_be_meant_to_tell_the_way_is_not_called_shut(apart, monkeypatch):
    assert walker(apart).walk((EXIT, ENTRY)).reach is Reach.CANNOT

    def too_many(*_, **__):
        raise TooManyKinds

    monkeypatch.setattr(together, "in_slices", too_many)
    assert walker(apart).walk((EXIT, ENTRY)).reach is Reach.DEPENDS
