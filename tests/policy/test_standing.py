"""Days, epochs, what was known, and what matters of the rules where something is known."""

from datetime import date

import pytest

from limen.policy.order import terms_read
from limen.policy.rules import Confidence, Force, in_force
from limen.policy.standing import Epoch, as_known, epochs, known_policy, simplified, standing, undated
from limen.policy.words import Clause, Filled, Look

RULES = """
sources:
  act: {cite: Act, rank: law, published: 2021-12-01, confidence: high}
  order: {cite: Order, rank: measure, published: 2022-02-01, confidence: low}
  repeal: {cite: Repeal, rank: measure, published: 2022-04-15}
  custom: {cite: Custom, rank: law}
rules:
- {rule: always, entry: may admit, source: custom}
- {rule: begun, entry: may admit, from: 2022-01-01, source: act}
- {rule: passing, entry: must refuse, from: 2022-03-01, until: 2022-05-01, ended by: repeal, source: order 3, confidence: medium}
- {rule: over, entry: may admit, until: 2022-01-01, source: [act 1, order]}
"""
DAYS = ["2021-12-31", "2022-01-01", "2022-02-28", "2022-03-01", "2022-04-30", "2022-05-01"]


@pytest.fixture
def policy(make):
    return make(RULES)


def names(rules):
    return {rule.name for rule in rules}


def test_a_rule_is_in_force_from_its_first_day_until_before_its_last(policy):
    passing = policy.rules["passing"]
    assert [in_force(passing, date.fromisoformat(day)) for day in DAYS] == [False, False, False, True, True, False]


def test_what_stands_on_a_day_are_the_rules_in_force(policy):
    found = [names(standing(policy, date.fromisoformat(day)).rules) for day in DAYS]
    assert found[0] == {"always", "over"}
    assert found[1] == found[2] == {"always", "begun"}
    assert found[3] == found[4] == {"always", "begun", "passing"}
    assert found[5] == {"always", "begun"}


def test_epochs_lie_between_the_days_on_which_rules_change(policy):
    assert [str(epoch) for epoch in epochs(policy.rules.values())] == [
        "until 2022-01-01", "2022-01-01 until 2022-03-01", "2022-03-01 until 2022-05-01", "from 2022-05-01",
    ]  # fmt: skip


def test_a_policy_without_dates_has_one_epoch():
    (epoch,) = epochs([])
    assert str(epoch) == "always"


@pytest.mark.parametrize(
    ("epoch", "day"),
    [
        (Epoch(None, date(2022, 1, 1)), date(2021, 12, 31)),
        (Epoch(date(2022, 1, 1), date(2022, 1, 2)), date(2022, 1, 1)),
        (Epoch(date(2022, 1, 1), None), date(2022, 1, 1)),
        (Epoch(None, date(1000, 1, 1)), date(999, 12, 31)),
    ],
)
def test_the_day_of_an_epoch_lies_in_it(epoch, day):
    assert epoch.day == day


def test_before_the_repeal_was_out_the_rule_had_no_end(policy):
    def end(known_on):
        return next(rule.end for rule in as_known(policy, known_on) if rule.name == "passing")

    assert end(date(2022, 4, 14)) is None
    assert end(date(2022, 4, 15)) == end(None) == date(2022, 5, 1)
    late = standing(policy, date(2022, 6, 1), known_on=date(2022, 4, 1))
    assert "passing" in names(late.rules)


def test_what_was_not_published_was_not_known(policy):
    assert names(as_known(policy, date(2021, 11, 30))) == {"always"}
    assert names(as_known(policy, date(2021, 12, 1))) == {"always", "begun", "over"}
    assert names(as_known(policy, date(2022, 2, 1))) == set(policy.rules)


def test_sources_without_a_date_are_listed(policy):
    assert [source.id for source in undated(policy)] == ["custom"]


def test_a_rule_has_the_rank_and_the_confidence_of_its_first_source(policy):
    ranks = {name: policy.words.ranks[rule.rank].name for name, rule in policy.rules.items()}
    assert ranks == {"always": "law", "begun": "law", "passing": "measure", "over": "law"}
    confidence = {name: rule.confidence for name, rule in policy.rules.items()}
    assert confidence == {
        "always": Confidence.UNSTATED, "begun": Confidence.HIGH, "passing": Confidence.MEDIUM, "over": Confidence.HIGH,
    }  # fmt: skip


def clause(*needs):
    return Clause(tuple(needs))


RED, BLUE, TALL, WORD = (
    Look(0, frozenset({0})),
    Look(0, frozenset({1, 2})),
    Look(1, frozenset({1})),
    Filled("t", frozenset("x")),
)


@pytest.mark.parametrize(
    ("condition", "known", "left"),
    [
        ((clause((RED,)),), {}, (clause((RED,)),)),
        ((clause((RED,)),), {0: {0}}, (clause(),)),
        ((clause((RED,)),), {0: {1}}, ()),
        ((clause((RED,)),), {0: {0, 1}}, (clause((RED,)),)),
        ((clause((BLUE,)),), {0: {1, 2}}, (clause(),)),
        ((clause((RED, TALL)),), {0: {1}}, (clause((TALL,)),)),
        ((clause((RED, TALL)),), {0: {0}}, (clause(),)),
        ((clause((RED,), (TALL,)),), {0: {0}}, (clause((TALL,)),)),
        ((clause((RED,), (TALL,)), clause((BLUE,))), {0: {1}}, (clause(),)),
        ((clause(WORD, (RED,)),), {0: {0}}, (clause(WORD),)),
        ((clause(WORD, (RED,)),), {0: {2}}, ()),
    ],
)
def test_what_is_known_folds_away(condition, known, left):
    assert simplified(condition, {axis: frozenset(places) for axis, places in known.items()}) == left


CHAIN = """
sources: {act: {cite: Act, rank: law}}
rules:
- {rule: reads, entry: must refuse, when: {open word: maybe}, source: act}
- {rule: spares, entry: may admit, unless: {open word: maybe}, despite: apart, source: act}
- {rule: fills, open word: maybe, when: {age: 18..}, source: act}
- {rule: silences, despite: fills, open word: maybe, when: {threat: yes}, source: act}
- {rule: apart, entry: first threat, source: act}
- {rule: marks, untranslated: {words: a, why: b, doors: entry}, source: act}
"""


def test_each_rule_comes_after_what_it_depends_on(make):
    order = make(CHAIN).order
    place = {name: number for number, name in enumerate(order)}
    assert sorted(order) == sorted(place)
    assert place["silences"] < place["fills"] < min(place["reads"], place["spares"])
    assert place["spares"] < place["apart"]


def test_a_rule_reads_the_terms_of_its_condition_and_its_carve_out(make):
    rules = make(CHAIN).rules
    assert [terms_read(rules[name]) for name in ("reads", "spares", "fills")] == [{"open word"}, {"open word"}, set()]


def test_the_rules_about_a_term_or_a_door_bring_those_on_which_they_depend(make):
    today = standing(make(CHAIN), date(2022, 1, 1))
    assert names(today.about([], ["open word"])) == {"fills", "silences"}
    assert names(today.about(["entry"])) == {"reads", "spares", "fills", "silences", "apart", "marks"}
    assert today.about([]) == ()


def test_the_rules_about_a_part_of_the_answers_leave_out_those_that_say_nothing_of_it(make):
    today = standing(
        make(CHAIN, "rules: [{rule: two, entry: [may admit, first threat], source: act}]"), date(2022, 1, 1)
    )
    assert names(today.about(["entry"], speaks=lambda effect: effect.force is Force.FIRST)) == {
        "apart", "spares", "fills", "silences", "two",
    }  # fmt: skip
    assert today.about(["entry"], speaks=lambda effect: effect.force is Force.PRESUME) == ()


def test_rules_that_cannot_fire_fall_away(make):
    today = standing(make(CHAIN), date(2022, 1, 1))
    (age,) = today.words.axes_of["age"]
    young = {age.number: frozenset({0})}
    assert "fills" in names(today.rules)
    assert names(today.given(young).rules) == names(today.rules) - {"fills"}


def test_a_policy_reduced_to_what_was_known_names_no_rule_that_is_not_in_it(make):
    policy = make(
        RULES
        + """- {rule: prevails, entry: must refuse, despite: [passing], source: order}
- {rule: stays, entry: must refuse, despite: [begun, passing], source: act}
cases:
- {case: before, on: 2022-01-10, person: {document: visa}, entry: may}
- {case: after, on: 2022-02-10, person: {document: visa}, entry: may}
"""
    )
    early, late = date(2022, 1, 15), date(2022, 3, 1)
    reduced = known_policy(policy, early)
    assert set(reduced.rules) == set(reduced.order) == {"always", "begun", "over", "stays"}
    assert reduced.rules["stays"].despite == ("begun",)
    assert set(reduced.cases) == {"before"}
    assert known_policy(policy, late).rules["passing"].end is None
    assert known_policy(policy, None) is policy
