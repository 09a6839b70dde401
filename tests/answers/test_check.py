"""What `check` finds for everyone."""

from datetime import date

import pytest

from limen.answers.cases import check_cases
from limen.answers.check import check
from limen.policy.read import policy_from
from limen.scenario.find import built_in

CLAIM = "always: [{{claim: c, {}}}]"


def claim(make, text, **options):
    report = check(make(CLAIM.format(text)), **options)
    return next(one for one in report.claims if one.claim == "c")


def test_a_claim_that_holds_for_everyone_is_proved(make):
    found = claim(make, "for: {asks asylum: yes}, asylum: must assess")
    assert found.holds
    assert not found.surprise
    assert found.failures == []


def test_a_claim_that_fails_shows_the_nearest_person_and_her_case(make):
    found = claim(make, "asylum: must assess")
    assert not found.holds
    assert found.surprise
    failure = found.failures[0]
    assert failure.example.unusual == {}
    assert failure.example.sentence == "the ordinary person, with state A, where border"
    assert failure.example.answers == {"asylum": "not regulated (gap)"}


@pytest.mark.parametrize(
    "text",
    [
        "asylum: must assess",
        "for: {nationality: foreign}, entry: can admit",
        "for: {document: visa}, entry: must admit",
        "entry: same for every nationality",
        "considered a threat: no",
        "asylum: first danger at home",
        "visa: must issue",
    ],
)
def test_the_ready_case_of_a_counterexample_holds_when_it_is_pasted(make, text):
    found = claim(make, text)
    assert not found.holds
    for failure in found.failures:
        pasted = make("cases:\n" + failure.example.case)
        assert [case.holds for case in check(pasted).cases] == [True]


def test_can_asks_for_some_official_and_must_for_every_one(make):
    at_the_consulate = "for: {where: consulate, nationality: foreign}"
    assert claim(make, f"{at_the_consulate}, visa: can issue").holds
    assert claim(make, f"{at_the_consulate}, visa: can deny").holds
    assert not claim(make, f"{at_the_consulate}, visa: must issue").holds


def test_a_duty_to_look_can_be_claimed(make):
    assert claim(make, "entry: first individual threat").holds
    assert not claim(make, "asylum: first danger at home").holds


def test_unequal_treatment_is_shown_by_twins_who_differ_in_one_fact(make):
    found = claim(
        make, "for: {document: visa, nationality: foreign, purpose: tourism}, entry: same for every nationality"
    )
    assert not found.holds
    failure = found.failures[-1]
    assert failure.twin is not None
    one, other = failure.example.facts, failure.twin.facts
    assert {name for name in one if one[name] != other[name]} == {"nationality"}
    assert failure.example.answers != failure.twin.answers
    assert failure.readings == [{"class or person": "class"}]
    assert failure.days == ["from 2022-06-01"]


def test_a_claim_under_a_reading_is_checked_there_only(make):
    text = "for: {document: visa, nationality: foreign}, entry: same for every nationality, under: {class or person: person}"
    assert claim(make, text).holds


def test_only_the_readings_that_are_left_are_checked(make):
    policy = make(CLAIM.format("for: {document: visa, nationality: foreign}, entry: same for every nationality"))
    axis = policy.words.axes_of["class or person"][0].number
    holds = [check(policy, under={axis: frozenset((place,))}).claims[0].holds for place in (0, 1)]
    assert holds == [False, True]


def test_whom_a_claim_spares_is_not_looked_at(make):
    assert not claim(make, "for: {nationality: foreign}, entry: can admit").holds
    everybody = "unless: [{document: not visa}, {considered a threat: yes}, {individual threat: yes}]"
    assert claim(make, f"for: {{nationality: foreign}}, {everybody}, entry: can admit").holds


def test_a_claim_with_nobody_in_its_scope_is_vacuous(make):
    found = claim(make, "for: {nationality: own, document: visa}, entry: must admit")
    assert found.vacuous
    assert found.kinds == 0


def test_a_known_failure_is_no_surprise_and_its_end_is_one(make):
    assert not claim(make, "asylum: must assess, expected: fails").surprise
    assert claim(make, "for: {asks asylum: yes}, asylum: must assess, expected: fails").surprise


def test_a_claim_may_speak_of_the_days_on_which_it_is_made(make):
    text = "for: {document: visa, nationality: foreign, individual threat: no}, entry: must admit"
    assert not claim(make, text).holds
    assert claim(make, f"{text}, until: 2022-06-01").holds


def test_what_could_not_be_known_refutes_nothing(make):
    text = "for: {document: visa, nationality: foreign, individual threat: no}, entry: must admit"
    assert claim(make, text, known_on=date(2022, 5, 1)).holds
    assert claim(make, text, on=date(2022, 5, 1)).holds


def test_a_claim_about_a_term_is_refuted_by_who_fills_it_otherwise(make):
    found = claim(make, "for: {nationality: foreign}, considered a threat: no")
    assert not found.holds
    assert found.failures[0].example.answers == {"considered a threat": "yes"}


CLASH = """
rules:
- {rule: yes to students, visa: must issue, when: {purpose: study, where: consulate}, source: act 7}
- {rule: no to the young, visa: must deny, when: {age: ..20, where: consulate}, source: act 8}
"""


def test_two_opposed_musts_of_one_rank_are_a_conflict_with_both_rules_and_an_example(make):
    report = check(make(CLASH))
    assert not report.fine
    (clash,) = report.conflicts
    assert set(clash.rules) == {"yes to students", "no to the young"}
    assert clash.about == "visa"
    assert clash.example.answers["visa"].startswith("conflict")
    assert clash.example.unusual == {"where": "consulate", "purpose": "study", "age": "20"}


def test_a_conflict_that_a_higher_rank_has_settled_is_only_a_tension(make):
    higher = "rules: [{rule: the code settles it, visa: must issue, when: {purpose: study, where: consulate}, source: code 9}]"
    report = check(make(CLASH, higher))
    assert report.conflicts == []
    assert {(clash.overruled, tuple(sorted(clash.rules))) for clash in report.tensions if clash.about == "visa"} == {
        ("no to the young", ("no to the young", "the code settles it"))
    }


def test_a_tension_names_the_rule_that_a_higher_rank_excludes(policy):
    tension = next(clash for clash in check(policy).tensions if clash.about == "asylum")
    assert tension.overruled == "no asylum in the order"
    assert "asylum is assessed" in tension.rules
    assert tension.days == ["from 2022-06-01"]


def test_rules_that_fill_a_term_unlike_at_one_rank_are_a_conflict(make):
    report = check(
        make("rules: [{rule: no threat, considered a threat: no, in: A, when: {purpose: tourism}, source: order 9}]")
    )
    found = {clash.about: set(clash.rules) for clash in report.conflicts}
    assert found["considered a threat"] == {"no threat", "tourists are a threat"}
    assert found["entry"] == {"conditions met", "conditions not met"}, (
        "the clash goes on to the door that reads the term"
    )


def test_a_gap_is_told_with_when_it_is_and_only_of_whom_the_door_is_asked(policy):
    gaps = {gap.door: gap for gap in check(policy).gaps}
    assert gaps["asylum"].when == [["asks asylum: no"]]
    assert gaps["visa"].when == [["where: consulate", "nationality: own", "purpose: family or study"]]
    assert "where: consulate" not in str(gaps["entry"].when)


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("visa: may issue, when: {nationality: own, document: permit}", "nobody possible meets its condition"),
        ("visa: may issue, when: {purpose: study}, unless: {purpose: [study, family]}", "silenced"),
        ("considered elsewhere: yes", "no door reads"),
    ],
)
def test_a_rule_that_never_speaks_is_told_with_the_reason(make, rule, why):
    from tests.answers.conftest import WORDS

    words = WORDS.replace("terms:\n", "terms:\n  considered elsewhere: {values: [no, yes], unfilled: no}\n")
    report = check(make(f"rules: [{{rule: dead, {rule}, source: act 9}}]", words=words))
    assert {dead.rule: why in dead.why for dead in report.dead} == {"dead": True}


def test_no_rule_of_the_small_policy_is_dead(policy):
    assert check(policy).dead == []


@pytest.mark.parametrize(
    ("expected", "holds"),
    [
        ("entry: must admit", True),
        ("entry: must refuse", False),
        ("entry: [must admit, first individual threat]", True),
        ("entry: gap", False),
        ("considered a threat: no", True),
        ("considered a threat: yes", False),
        ("visa: may", True),
        ("visa: presume deny", True),
        ("visa: presume issue", False),
        ("asylum: gap", True),
        ("asylum: tension", False),
        ("entry: must admit, by: conditions met", True),
        ("entry: must admit, by: family enters", False),
    ],
)
def test_a_case_is_answered_and_compared(make, expected, holds):
    case = f"cases: [{{case: c, on: 2022-05-01, person: {{document: visa}}, {expected}}}]"
    assert [one.holds for one in check(make(case)).cases] == [holds]


def test_a_case_must_hold_under_every_reading_unless_it_names_one(make):
    case = "cases: [{{case: c, on: 2022-07-01, person: {{document: visa}}, entry: must admit{}}}]"
    assert not check(make(case.format(""))).cases[0].holds
    assert check(make(case.format(", under: {class or person: person}"))).cases[0].holds
    missed = check(make(case.format(""))).cases[0].misses
    assert [miss.readings for miss in missed] == [[{"class or person": "class"}]]


def test_a_policy_without_dates_is_checked_once(make):
    rules = "policy: p\nsources: {s: {cite: S, rank: union law}}\nrules: [{rule: r, entry: may admit, source: s}]"
    report = check(make(rules=rules))
    assert report.epochs == 1
    assert report.fine


def test_the_same_policy_gives_the_same_report(policy):
    assert check(policy) == check(policy_from_again(policy))


def policy_from_again(policy):
    from tests.answers.conftest import RULES, WORDS

    assert policy.rules
    return policy_from({"words.yaml": WORDS.encode(), "rules.yaml": RULES.encode()})


def test_a_failure_expected_elsewhere_is_no_surprise_where_only_a_part_is_checked(make):
    text = "for: {document: visa, nationality: foreign, individual threat: no}, entry: must admit, expected: fails"
    assert not claim(make, text).surprise
    found = claim(make, text, on=date(2022, 5, 1))
    assert found.holds
    assert not found.surprise


def test_cases_of_later_days_are_left_out_as_known_on_an_earlier_one(make):
    cases = "cases:\n" + "".join(
        f"- {{case: c{day}, on: 2022-0{day}-01, person: {{document: visa}}, entry: first individual threat}}\n"
        for day in (5, 7)
    )
    assert [case.case for case in check(make(cases), known_on=date(2022, 6, 1)).cases] == ["c5"]
    assert [case.case for case in check(make(cases)).cases] == ["c5", "c7"]


def test_a_known_disagreement_of_a_case_is_no_surprise_and_its_end_is_one(make):
    case = "cases: [{{case: c, on: 2022-05-01, person: {{document: visa}}, entry: {}, expected: fails, because: why}}]"
    assert check(make(case.format("must refuse"))).fine
    report = check(make(case.format("must admit")))
    assert [one.surprise for one in report.cases] == [True]
    assert not report.fine


@pytest.mark.parametrize("text", ["for: {asks asylum: yes}, asylum: must assess", "entry: same for every nationality"])
def test_too_many_kinds_of_people_to_lay_out_are_not_counted_but_all_else_is_told(make, monkeypatch, text):
    counted = claim(make, text)
    monkeypatch.setattr("limen.answers.claims.AT_ONCE", 0)
    proved = claim(make, text)
    assert counted.kinds > 0
    assert proved.kinds is None
    assert proved.holds == counted.holds
    assert [failure.kinds for failure in proved.failures] == [None] * len(counted.failures)
    assert [failure.example for failure in proved.failures] == [failure.example for failure in counted.failures]
    assert [failure.twin for failure in proved.failures] == [failure.twin for failure in counted.failures]


def test_days_on_which_the_same_person_is_the_nearest_are_told_together(make):
    measures = "rules: [{rule: more, entry: may admit, in: B, from: 2022-04-01, until: 2022-08-01, source: order 5}]"
    policy = make(CLAIM.format("asylum: must assess"), measures)
    (failure,) = next(one for one in check(policy).claims if one.claim == "c").failures
    assert failure.days == ["always"]


def test_an_alternative_of_a_gap_says_how_long_it_was_one(make):
    later = "rules: [{rule: for families, visa: may issue, from: 2022-03-01, when: {purpose: family}, source: act 9}]"
    gaps = [(gap.days, gap.when) for gap in check(make(later)).gaps if gap.door == "visa"]
    assert gaps == [
        (["until 2022-03-01"], [["where: consulate", "nationality: own", "purpose: family or study"]]),
        (["always"], [["where: consulate", "nationality: own", "purpose: study"]]),
    ]


def test_gaps_beyond_those_told_are_named_by_their_door(policy, monkeypatch):
    assert not any("gaps" in note for note in check(policy).notes)
    monkeypatch.setattr("limen.answers.gaps.MOST_BOXES", 0)
    (note,) = (note for note in check(policy).notes if "gaps" in note)
    assert note.endswith("entry, visa, asylum.")


def printed(report):
    """Every ready case of a report."""
    examples = [example for claim in report.claims for one in claim.failures for example in (one.example, one.twin)]
    examples += [one.example for one in (*report.gaps, *report.conflicts, *report.tensions)]
    return [example.case for example in examples if example is not None]


def pasted(folder, cases):
    """The policy in a folder with these cases beside its own."""
    texts = {path.name: path.read_bytes() for path in folder.glob("*.yaml")}
    return policy_from({**texts, "pasted.yaml": ("cases:\n" + "\n".join(cases)).encode()} if cases else texts)


@pytest.mark.parametrize("name", sorted(built_in()))
def test_all_ready_cases_of_a_scenario_can_be_pasted_together_and_are_met(name):
    folder = built_in()[name] / "policy"
    policy = pasted(folder, [])
    cases = printed(check(policy))
    assert cases
    added = [one for one in check_cases(pasted(folder, cases)) if one.case not in policy.cases]
    assert len(added) == len(cases)
    assert [one.case for one in added if one.surprise] == []


def test_a_ready_case_keeps_its_name_whatever_else_fails(make):
    text = "for: {asks asylum: yes}, asylum: must turn away, entry: must admit"
    always = [one.example.case.splitlines()[1] for one in claim(make, text).failures]
    alone = [one.example.case.splitlines()[1] for one in claim(make, text, on=date(2022, 6, 1)).failures]
    assert '- case: "against: c (asylum: must turn away), 2022-06-01"' in alone
    assert set(alone) <= set(always)
    assert len(set(always)) == len(always) > 1


def test_a_ready_case_of_a_long_claim_has_a_name_that_fits_and_is_its_own(make):
    names = [f"{'long ' * 22}{end}" for end in ("one", "two")]
    made = make("always:\n" + "\n".join(f"- {{claim: {name}, asylum: must assess}}" for name in names))
    cases = [one.example.case for claim in check(made).claims for one in claim.failures]
    read = make("cases:\n" + "\n".join(cases)).cases
    assert len(read) == len(cases) > 1


def test_a_term_that_rules_fill_unlike_makes_a_case_that_is_known_to_fail(make):
    unlike = "rules: [{rule: no threat, considered a threat: no, in: A, when: {purpose: tourism}, source: order 9}]"
    (clash,) = (one for one in check(make(unlike)).conflicts if one.about == "considered a threat")
    (case,) = check_cases(make(unlike, "cases:\n" + clash.example.case))
    assert case.expected_to_fail
    assert not case.surprise


def test_nobody_of_whom_a_door_is_not_asked_refutes_a_claim_about_it(make):
    assert claim(make, "visa: can issue, for: {nationality: foreign}").holds, (
        "no rule about visas reads where one stands"
    )
    found = claim(make, "entry: must refuse")
    for failure in found.failures:
        assert failure.example.facts["where"] == "border"
        assert failure.example.facts["nationality"] != "own"
    assert claim(make, "for: {nationality: own}, entry: must admit").vacuous


def test_nobody_of_whom_a_door_is_not_asked_is_treated_unlike_somebody(make):
    rules = "rules: [{rule: own enter, entry: must admit, when: {nationality: own}, source: code 1}]"
    alike = "for: {document: not visa or permit, purpose: tourism}, entry: same for every nationality"
    found = claim(lambda text: make(text, rules), alike)
    assert found.holds


def test_an_example_names_where_the_person_stands_and_all_that_the_claim_speaks_of(make):
    found = claim(make, "for: {nationality: far, age: 18..}, unless: {purpose: study}, entry: must refuse")
    (sentence,) = {one.example.sentence for one in found.failures}
    assert sentence == "a person with state A, where border, nationality far, purpose tourism, asks asylum yes, age 30"


TENSE = """
rules:
- {rule: the code admits, entry: must admit, when: {nationality: foreign}, source: code 1}
- {rule: the order refuses, entry: must refuse, when: {nationality: far}, source: order 9}
"""


def test_a_tension_is_named_where_it_alone_is_the_unequal_treatment(make):
    words = "for: {asks asylum: yes, document: passport, individual threat: no}, entry: same for every nationality"
    found = claim(lambda text: make(text, TENSE), words)
    answers = {(one.example.answers["entry"], one.twin.answers["entry"]) for one in found.failures}
    assert answers == {("must admit; tension", "must admit")}


def test_what_has_to_be_looked_at_first_is_named_where_it_is_the_unequal_treatment(make):
    rules = "rules: [{rule: look at home, asylum: first danger at home, when: {nationality: far}, source: code 1}]"
    found = claim(lambda text: make(text, rules), "for: {asks asylum: no}, asylum: same for every nationality")
    (failure,) = found.failures
    assert failure.example.answers == {"asylum": "not regulated (gap); first danger at home"}
    assert failure.twin.answers == {"asylum": "not regulated (gap)"}


def test_nobody_of_whom_a_door_is_not_asked_is_in_conflict_at_it(make):
    at_the_border = CLASH.replace("where: consulate", "where: border")
    assert check(make(at_the_border)).conflicts == []
