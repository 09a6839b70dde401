"""What `ask` says about one person."""

from datetime import date

import pytest

from limen.answers.ask import ask
from limen.answers.calendar import calendar
from limen.answers.door import ImpossiblePerson
from limen.policy.standing import known_policy

TOURIST = "{state: A, where: border, nationality: far, document: [passport, visa], purpose: tourism, age: 30, asks asylum: no}"
FOUND = "individual threat: no, danger at home: no"
CLASS, PERSON = 0, 1


def door(answers, name, place=None):
    return next(d for d in answers.doors if d.door == name and (place is None or d.place == place))


def reading(policy, place):
    return {policy.words.axes_of["class or person"][0].number: frozenset((place,))}


def with_findings(text):
    return text[:-1] + ", " + FOUND + "}"


def test_a_person_of_whom_all_is_known_gets_one_answer_with_its_rules(policy, person, before):
    entry = door(ask(policy, person(with_findings(TOURIST)), before), "entry")
    assert entry.settled
    assert entry.answer == "must admit"
    assert {reason.rule for reason in entry.reasons} == {"conditions met", "look first"}
    assert all(reason.certain for reason in entry.reasons)
    assert entry.look_first == ["individual threat"]
    met = next(reason for reason in entry.reasons if reason.rule == "conditions met")
    assert (met.texts[0].cite, met.texts[0].locator, met.confidence) == ("Border Code", "6", "high")
    assert met.where.startswith("rules.yaml:")


def test_a_measure_refuses_at_its_own_rank_through_the_term_it_fills(policy, person, after):
    answers = ask(policy, person(with_findings(TOURIST)), after, under=reading(policy, CLASS))
    entry = door(answers, "entry")
    assert entry.answer == "must refuse"
    refusing = next(reason for reason in entry.reasons if reason.rule == "conditions not met")
    assert (refusing.rank, refusing.speaks_at) == ("union law", "measure")
    assert entry.confidence == "low"


def test_a_reading_on_which_the_answer_hangs_is_named(policy, person, after):
    entry = door(ask(policy, person(with_findings(TOURIST)), after), "entry")
    assert not entry.settled
    answers = {tuple(one.readings.items()): one.answers for one in entry.by_reading}
    assert answers == {
        (("class or person", "class"),): ["must refuse"],
        (("class or person", "person"),): ["must admit"],
    }


def test_what_is_not_known_is_never_taken_for_no(policy, person, before):
    asylum = door(ask(policy, person("{nationality: far, age: 30}"), before), "asylum", "A")
    assert asylum.answer == "depends: assess or turn away"
    assert {possibility.verdict for possibility in asylum.possibilities} == {"must open", "gap"}
    when = {possibility.verdict: possibility.when for possibility in asylum.possibilities}
    assert when["must open"] == [["asks asylum: yes"]]
    assert when["gap"] == [["asks asylum: no"]]


def test_findings_that_nobody_made_stay_open_but_the_ordinary_course_is_named(policy, person, before):
    entry = door(ask(policy, person(TOURIST), before), "entry")
    assert not entry.settled
    assert [possibility.answer for possibility in entry.if_nothing_is_found] == ["must admit"]
    sure = {reason.rule for reason in entry.reasons if reason.certain}
    assert sure < set(entry.why_if_nothing_is_found) <= {reason.rule for reason in entry.reasons}
    looked = door(ask(policy, person(f"{TOURIST[:-1]}, {FOUND}}}"), before), "entry")
    assert set(entry.why_if_nothing_is_found) == {reason.rule for reason in looked.reasons if reason.certain}


def test_what_to_ask_next_comes_in_order_of_what_it_settles(policy, person, before):
    answers = ask(policy, person("{state: A, where: border, individual threat: no, danger at home: no}"), before)
    facts = [question.fact for question in answers.ask_next]
    weights = [question.settles for question in answers.ask_next]
    assert weights == sorted(weights, reverse=True)
    assert {"nationality", "document: visa", "document: permit", "asks asylum", "purpose"} <= set(facts)
    assert "document: passport" not in facts
    assert next(question.ask for question in answers.ask_next if question.fact == "nationality") == "What nationality?"


def test_a_fact_on_which_nothing_depends_is_not_asked(policy, person, before):
    answers = ask(policy, person(TOURIST), before, doors=["asylum"])
    assert answers.ask_next == []


def test_a_duty_to_look_stays_where_the_finding_changes_nothing(policy, person, before):
    entry = door(
        ask(policy, person("{state: A, where: border, nationality: far, document: none, purpose: family}"), before),
        "entry",
    )
    assert entry.settled
    assert entry.answer == "must admit"
    assert entry.look_first == ["individual threat"]


def test_the_fewest_facts_that_force_the_answer_do_force_it(policy, person, before):
    child = "{state: A, where: border, nationality: far, document: visa, purpose: family, age: 9}"
    entry = door(ask(policy, person(with_findings(child)), before), "entry")
    assert entry.enough is not None
    assert set(entry.enough) == {"where: border", "nationality: far", "purpose: family"}
    fewer = "{state: A, where: border, nationality: far, purpose: family}"
    assert door(ask(policy, person(fewer), before), "entry").answer == "must admit"
    for left_out in ("where: border, ", "nationality: far, ", ", purpose: family"):
        again = door(ask(policy, person(fewer.replace(left_out, "")), before), "entry")
        assert not again.settled


def test_a_near_miss_names_the_fewest_changes_that_would_open_the_door(policy, person, after):
    answers = ask(policy, person(with_findings(TOURIST)), after, under=reading(policy, CLASS))
    entry = door(answers, "entry")
    changes = [miss.changes for miss in entry.near_misses]
    assert ["purpose: family"] in changes
    assert ["purpose: study"] in changes or any("study" in change for one in changes for change in one)
    assert all(len(one) == 1 for one in changes)
    for miss in entry.near_misses:
        fact, _, value = miss.changes[0].partition(": ")
        if fact in ("purpose", "nationality"):
            stated = with_findings(TOURIST).replace(
                f"{fact}: {'tourism' if fact == 'purpose' else 'far'}", f"{fact}: {value}"
            )
            again = door(ask(policy, person(stated), after, under=reading(policy, CLASS)), "entry")
            assert again.answer == miss.answer


def test_a_door_that_is_open_has_no_near_miss(policy, person, before):
    assert door(ask(policy, person(with_findings(TOURIST)), before), "entry").near_misses == []


def test_every_place_is_answered_where_the_place_is_left_open(policy, person, after):
    tourist = (
        "{nationality: far, document: visa, purpose: tourism, where: border, asks asylum: no, individual threat: no}"
    )
    answers = ask(policy, person(tourist), after)
    assert door(answers, "entry", "A").answer.startswith("depends")
    assert door(answers, "entry", "B").answer == "must admit"


def test_a_door_that_is_not_asked_of_a_person_does_not_arise(policy, person, before):
    answers = ask(policy, person("{state: A, where: consulate, nationality: far}"), before)
    assert door(answers, "entry").answer == "does not arise"
    assert door(answers, "visa").possibilities[0].verdict == "may"


def test_guidance_leans_and_no_more(policy, person, before):
    visa = door(ask(policy, person("{state: A, where: consulate, nationality: far, purpose: tourism}"), before), "visa")
    assert visa.answer == "may issue or deny, presumed to deny"
    assert visa.possibilities[0].leaning == "shut"


def test_a_refusal_of_protection_is_never_told_as_a_decision(make, person, before):
    policy = make("rules: [{rule: none in B, asylum: must turn away, in: B, when: {asks asylum: no}, source: code 21}]")
    answers = ask(policy, person("{state: B, where: border, asks asylum: no}", policy), before)
    assert (
        door(answers, "asylum").answer == "the written rules point to 'turn away'; an individual assessment is required"
    )


def test_a_measure_against_the_law_is_a_tension_and_changes_nothing(policy, person, after):
    asylum = door(ask(policy, person("{state: A, nationality: far, asks asylum: yes, age: 30}"), after), "asylum")
    assert asylum.answer == "must assess"
    assert asylum.possibilities[0].tension


def test_the_untranslated_part_of_a_text_marks_the_answers_behind_it(make, person, before):
    policy = make(
        "rules: [{rule: of the territory, entry: may admit, when: {nationality: far}, source: code 7, "
        "untranslated: {words: to its territory, why: there is no third answer}}]"
    )
    entry = door(ask(policy, person(with_findings(TOURIST), policy), before), "entry")
    assert entry.untranslated == ["to its territory (there is no third answer)"]


def test_what_was_published_later_is_left_out_as_known_on_an_earlier_day(policy, person, after):
    stated = person(with_findings(TOURIST))
    now = door(ask(policy, stated, after, under=reading(policy, CLASS)), "entry")
    then = door(ask(policy, stated, after, known_on=date(2022, 5, 24), under=reading(policy, CLASS)), "entry")
    assert (now.answer, then.answer) == ("must refuse", "must admit")


def test_a_policy_reduced_to_what_was_known_answers_as_the_whole_policy_asked_as_known(policy, person, before, after):
    stated = person(with_findings(TOURIST))
    for known_on in (date(2022, 5, 24), before, after, date(2030, 1, 1)):
        reduced = known_policy(policy, known_on)
        for day in (before, after):
            whole, part = ask(policy, stated, day, known_on=known_on).doors, ask(reduced, stated, day).doors
            assert [(one.door, one.answer, one.reasons) for one in whole] == [
                (one.door, one.answer, one.reasons) for one in part
            ]


def test_an_impossible_person_is_told_so(policy, person, before):
    with pytest.raises(ImpossiblePerson, match="nationality: own"):
        ask(policy, person("{nationality: own, document: visa}"), before)


def test_a_date_of_birth_gives_the_age_and_does_not_appear_in_the_answer(policy, person, before):
    answers = ask(policy, person("{date of birth: 1995-03-01, asks asylum: yes, state: A}"), before)
    assert "age: 27 (on the day)" in answers.facts
    assert "1995" not in str(answers)


def test_a_calendar_breaks_at_the_laws_days_and_at_the_persons_own(policy, person):
    stated = person("{state: B, nationality: near, asks asylum: yes, date of birth: 2004-06-10}")
    row = calendar(policy, stated, date(2022, 6, 1), date(2022, 7, 1), doors=["asylum"]).doors[0]
    assert [(s.start, s.end) for s in row.stretches] == [("2022-06-01", "2022-07-01")]
    assert row.stretches[0].rules == ["children are assessed", "asylum is assessed"]
    stated = person(with_findings(TOURIST))
    row = calendar(
        policy, stated, date(2022, 5, 1), date(2022, 7, 1), doors=["entry"], under=reading(policy, CLASS)
    ).doors[0]
    assert [(s.start, s.verdict) for s in row.stretches] == [("2022-05-01", "must open"), ("2022-06-01", "must shut")]


def test_a_calendar_agrees_with_asking_on_each_of_its_days(policy, person):
    stated = person(with_findings(TOURIST))
    found = calendar(policy, stated, date(2022, 5, 29), date(2022, 6, 4))
    for row in found.doors:
        for stretch in row.stretches:
            for ordinal in range(
                date.fromisoformat(stretch.start).toordinal(), date.fromisoformat(stretch.end).toordinal()
            ):
                answers = ask(policy, stated, date.fromordinal(ordinal), explain=False)
                assert door(answers, row.door).answer == stretch.answer
