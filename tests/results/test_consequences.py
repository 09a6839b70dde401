"""What a policy does, measured: each measure against the counts that it is made of."""

import numpy as np
import pytest
from tests.model.small import small

from limen.answers.check import check
from limen.model.changes import changeable
from limen.model.run import model_of
from limen.results.alternatives import broken, consequences, outcome, simulated, told
from limen.results.consequences import HEARING, MEANINGS, OTHER, Measure, Measurer
from limen.scenario.alternatives import alternative_from

NEEDS = "kind,share,low,high,source,confidence\nliable,0.5,0.2,0.8,atlas,low\n"
CLAIMS = """
always:
- {claim: a visa of East opens East, for: {visa: not no visa, issued by: this state}, in: [East, West], entry: must admit,
   right: yes, law: east-law 4}
- {claim: nobody goes home, for: {visa: no visa}, in: [East, West], entry: must admit, expected: fails, because: So it is.}
"""
CLOSES = """alternative: East closes
says: Nobody enters East.
asked by: {who: Somebody, says: Close it., source: atlas}
rules:
- {rule: nobody enters, entry: must refuse, in: East, from: 2022-01-15, source: east-law}
- {rule: West stays open, entry: must admit, in: West, when: {visa: not no visa, issued by: this state}, source: east-law}
- {rule: East is open until then, entry: must admit, in: East, until: 2022-01-15,
   when: {visa: not no visa, issued by: this state}, source: east-law}
withdraw: visas of this state open
numbers:
- {number: persons a day, of: Bridge, from: 2022-01-15, times: 0.5, low: 0.3, high: 0.9, source: atlas, confidence: low}
practice:
- {door: asylum procedure, way: [Bridge by car, over the fields], answer: must open, from: 2022-01-15, share: 0.5,
   source: atlas, confidence: low}
"""


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    changes = {"evidence/needs.csv": NEEDS, "policy/claims.yaml": CLAIMS}
    return small(tmp_path_factory.mktemp("small"), changes)


@pytest.fixture(scope="module")
def closes(scenario):
    return alternative_from(scenario, CLOSES.encode(), "east-closes", "east-closes.yaml", changeable(scenario))


@pytest.fixture(scope="module")
def models(scenario, closes):
    return model_of(scenario), model_of(closes.over(scenario), closes.policy)


SCREENS = """alternative: Screening
says: East screens.
numbers:
- {number: threats among travellers, from: 2022-01-01, becomes: 0.1, source: atlas, confidence: low}
- {number: wrongly refused, of: East, from: 2022-01-01, becomes: 0.2, source: atlas, confidence: low}
- {number: wrongly admitted, of: East, from: 2022-01-01, becomes: 0.5, source: atlas, confidence: low}
"""


def meters(model, trace, measure, **named):
    places = [
        place
        for place, meter in enumerate(model.labels.meters)
        if meter.measure == measure and all(getattr(meter, name) == value for name, value in named.items())
    ]
    return int(trace.meters[7:, places].sum())


def stocks(model, trace, measure, **named):
    places = [
        place
        for place, stock in enumerate(model.labels.stocks)
        if stock.measure == measure and all(getattr(stock, name) == value for name, value in named.items())
    ]
    return trace.stocks[7:, places].sum(axis=1)


def test_each_measure_is_the_sum_of_the_counts_that_it_names(models):
    model = models[1]
    values = model.compiled.values(1, 2)
    trace = model.simulate_with(values, 1, 2)
    found = Measurer(model.compiled.scenario, model.labels).measures(trace, values, 1, 2)
    by = {key[:2]: value for key, value in found.items()}
    assert by["came to stay", "East"] == meters(model, trace, "entries", state="East", mode="leave")
    assert by["entries", "West"] == meters(model, trace, "entries", state="West")
    assert by["entries", HEARING] == by["entries", "East"]
    assert by["entries", OTHER] == by["entries", "West"]
    assert by["refusals", "East"] == meters(model, trace, "refusals", state="East") > 0
    assert by["first applications", ""] == meters(model, trace, "first-time applications") > 0
    assert by["claims at the border", ""] == meters(model, trace, "claims at the border") > 0
    unassessed = meters(model, trace, "turned back unassessed", kind="")
    assert (
        by["turned back unassessed", ""]
        == unassessed
        == meters(model, trace, "turned back unassessed") - unassessed
        > 0
    )
    assert by["pending", ""] == stocks(model, trace, "pending")[-1]
    pace = values.get("decisions a day", "East") * 365.25 / 12
    assert by["months of backlog", "East"] == pytest.approx(stocks(model, trace, "pending")[-1] / pace)
    left = (trace.waiting - trace.served)[7:]
    kept = stocks(model, trace, "determined") + stocks(model, trace, "hiding")
    assert by["longest queue", ""] == left.sum(axis=1).max()
    assert by["person-days stranded", ""] == left.sum() + kept.sum()
    assert by["called up", ""] == meters(model, trace, "called up")


def test_the_need_of_protection_is_a_share_of_a_kind_drawn_from_its_range(models):
    model = models[1]
    measurer = Measurer(model.compiled.scenario, model.labels)
    shares = np.array([measurer.need("liable", 1, draw) for draw in range(2000)])
    assert np.quantile(shares, (0.05, 0.5, 0.95)) == pytest.approx([0.2, 0.5, 0.8], abs=0.03)
    assert measurer.need("others", 1, 0) == 0
    values = model.compiled.values(1, 2)
    trace = model.simulate_with(values, 1, 2)
    found = {key[:2]: value for key, value in measurer.measures(trace, values, 1, 2).items()}
    kept = stocks(model, trace, "determined", kind="liable") + stocks(model, trace, "hiding", kind="liable")
    assert found["in need, no way out", ""] == pytest.approx(measurer.need("liable", 1, 2) * kept[-1])
    assert found["in need, no way out, worst day", ""] == pytest.approx(measurer.need("liable", 1, 2) * kept.max())


def test_without_assumed_needs_nothing_is_said_of_them(tmp_path):
    model = model_of(small(tmp_path))
    values = model.compiled.values(1, 0)
    found = Measurer(model.compiled.scenario, model.labels).measures(model.simulate_with(values, 1, 0), values, 1, 0)
    assert not [key.name for key in found if "in need" in key.name]
    assert {key.name for key in found} <= set(MEANINGS)


def screening(scenario, *left_out):
    lines = [line for line in SCREENS.splitlines() if not any(name in line for name in left_out)]
    found = alternative_from(scenario, "\n".join(lines).encode(), "s", "s.yaml", changeable(scenario))
    model = model_of(found.over(scenario), found.policy)
    values = model.compiled.values(1, 0)
    trace = model.simulate_with(values, 1, 0)
    measures = Measurer(model.compiled.scenario, model.labels).measures(trace, values, 1, 0)
    return {key[:2]: one for key, one in measures.items()}, meters(model, trace, "entries", state="East")


def test_the_screened_who_were_refused_in_error_are_those_that_the_errors_make(scenario):
    by, entries = screening(scenario)
    assert by["wrongly refused", ""] == pytest.approx(entries / 0.77 * 0.9 * 0.2)
    assert by["wrongly admitted", ""] == pytest.approx(entries / 0.77 * 0.1 * 0.5)


def test_screening_of_which_no_chance_of_missing_a_threat_is_stated_sees_none(scenario):
    by, entries = screening(scenario, "wrongly admitted")
    assert by["wrongly refused", ""] == pytest.approx(entries / 0.82 * 0.9 * 0.2)
    assert by["wrongly admitted", ""] == pytest.approx(entries / 0.82 * 0.1)


def test_differences_are_taken_draw_by_draw():
    one, two = Measure("pending", "", "persons"), Measure("refusals", "East", "persons")
    rows = consequences(
        [{one: 5.0, two: 100.0}, {one: 7.0, two: 104.0}], [{one: 5.0, two: 103.0}, {one: 7.0, two: 109.0}]
    )
    assert rows[0].same
    assert not rows[0].clear
    assert (rows[1].changed.median, rows[1].difference.median) == (106, 4)
    assert rows[1].clear


def test_fewer_than_ten_in_one_state_are_not_told_nor_what_gives_them_away():
    pending, months = (
        Measure(name, "East", unit) for name, unit in (("pending", "persons"), ("months of backlog", "months"))
    )
    few, many, more = (Measure("refusals", state, "persons") for state in ("East", "North", "West"))
    found = {pending: 8.0, months: 0.5, few: 4.0, many: 40.0, more: 400.0}
    rows = {row.measure + row.of: row for row in consequences([found], [found | {few: 50.0, pending: 80.0}])}
    assert rows["refusalsEast"].base.few
    assert rows["refusalsEast"].difference.withheld
    assert rows["refusalsNorth"].base.withheld, "in all less West, it would give East away"
    assert rows["refusalsNorth"].changed.median == 40
    assert rows["refusalsWest"].base.median == rows["refusalsWest"].changed.median == 400
    assert rows["pendingEast"].base.few
    assert rows["months of backlogEast"].base.withheld, "times the office's pace they are the people"
    assert rows["months of backlogEast"].changed.median == 0.5


def test_an_outcome_names_the_claims_that_break_and_what_the_law_excludes(scenario, closes, models):
    rows = simulated(*models[:1], models[1:], 1, 3, 1, lambda _: None)
    found = outcome(closes, scenario, rows[0], rows[1], check(scenario.policy), check(closes.policy))
    (claim,) = found.broken
    assert (claim.claim, claim.right, claim.law) == ("a visa of East opens East", True, ["Law of East on entry 4"])
    assert claim.sentence
    assert found.mended == []
    assert found.asked_by[0].source.startswith("Atlas of Home")
    entries = next(row for row in found.consequences if (row.measure, row.of) == ("entries", "East"))
    assert entries.difference.median < 0
    assert entries.clear


def test_a_claim_that_failed_before_is_not_said_to_be_broken(scenario, closes):
    own = check(closes.policy)
    assert not next(claim for claim in own.claims if claim.claim == "nobody goes home").holds
    assert "nobody goes home" not in [one.claim for one in broken(check(scenario.policy), own)]


def test_what_it_changes_is_told_a_line_each(closes):
    assert told(closes) == [
        "Withdrawn: visas of this state open.",
        "Added: nobody enters.",
        "Added: West stays open.",
        "Added: East is open until then.",
        "asylum procedure (Bridge by car, over the fields), must open: opens for a share of 0.5 from 2022-01-15.",
        "persons a day (Bridge): times 0.5 (0.3 to 0.9) from 2022-01-15.",
    ]


def test_the_same_seed_gives_the_same_whatever_the_threads(models):
    one, two = (simulated(models[0], models[1:], 4, 4, workers, lambda _: None) for workers in (1, 3))
    assert one == two
