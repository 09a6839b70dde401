"""The movement model on a small scenario: what rules, practice and parameters do to flows."""

from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from functools import partial
from multiprocessing import get_context

import numpy as np
import pytest

from limen.flow.draws import in_order
from limen.model.abroad import whole_by_day
from limen.model.call_up import until_enough
from limen.model.compile import compile_scenario
from limen.model.parameters import MissingParameters
from limen.model.practice import MissingPractice
from limen.model.run import model_of

from .small import PARAMETERS, small

SEED = 5
START = date(2022, 1, 1)


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    return small(tmp_path_factory.mktemp("model") / "small")


@pytest.fixture(scope="module")
def model(scenario):
    return model_of(scenario)


def column(model, trace, measure, **told):
    """The sum by day of all meters of a measure with what is told."""
    chosen = [
        index for index, meter in enumerate(model.labels.meters)
        if meter.measure == measure and all(getattr(meter, name) == value for name, value in told.items())
    ]  # fmt: skip
    assert chosen, measure
    return trace.meters[:, chosen].sum(axis=1)


def same(one, other):
    return all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in ("meters", "stocks", "waiting", "served")
    )


def day(text):
    return (date.fromisoformat(text) - START).days


def test_everybody_is_somewhere_on_each_day(model, scenario):
    people = int(scenario.population.counts.sum()) + 50  # and those whose requests were pending before
    trace = model.simulate(SEED, 1)
    assert (trace.stocks.sum(axis=1) == people).all()
    assert trace.final.sum() == people


def test_the_same_seed_and_draw_give_the_same_bits_and_others_do_not(scenario, model):
    again = model_of(scenario)
    assert same(model.simulate(SEED, 1), again.simulate(SEED, 1))
    assert not same(model.simulate(SEED, 1), model.simulate(SEED, 2))
    assert not same(model.simulate(SEED, 1), model.simulate(SEED + 1, 1))


def test_other_processes_give_the_same_bits(model):
    task = partial(model.simulate, SEED)
    here = dict(in_order(task, range(4)))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        there = dict(in_order(task, range(4), executor=executor, batch=3))
    assert all(same(here[draw], there[draw]) for draw in range(4))


def test_what_may_happen_at_the_front_of_a_line_sums_to_one(model):
    compiled = model.compiled
    rates = compiled.rates(compiled.values(SEED, 3))
    program = compiled.program
    lines = np.flatnonzero(program.gate >= 0)
    assert len(lines)
    checked = 0
    for cell in lines:
        if compiled.built.cells[cell].startswith("pending"):
            continue
        for branch in range(program.branch_start[cell], program.branch_start[cell + 1]):
            some = slice(program.transition_start[branch], program.transition_start[branch + 1])
            first, second = program.weight_rows[some].T
            together = (rates.weight[some, None] * rates.rows[first] * rates.rows[second]).sum(axis=0)
            assert together == pytest.approx(np.ones(rates.days))
            checked += 1
    assert checked > 10


def test_a_rule_that_is_withdrawn_changes_the_flow_from_its_first_day_and_not_before(tmp_path, model):
    rule = """- {rule: the liable are called up, called up: yes, from: 2022-01-10, when: {liable: yes}, source: home-law}
"""
    freed = model_of(small(tmp_path / "freed", edits={"policy/rules.yaml": {rule: ""}}))
    with_rule, without = model.simulate(SEED, 1), freed.simulate(SEED, 1)
    before = day("2022-01-03")  # from when the coming rule, published before, may make people hurry
    assert np.array_equal(with_rule.meters[:before], without.meters[:before])
    stopped, gone = (column(model, one, "stopped at exit")[day("2022-01-11") :].sum() for one in (with_rule, without))
    assert stopped > 100
    assert gone == 0
    assert column(freed, without, "entries").sum() > column(model, with_rule, "entries").sum()


def test_closing_a_door_that_nobody_can_reach_changes_no_byte(tmp_path, model):
    shut = """- {rule: nobody over a hundred, entry: must refuse, in: West, when: {age: 101..}, source: east-law}
"""
    edits = {"policy/rules.yaml": {"- {rule: every claim": shut + "- {rule: every claim"}}
    closed = model_of(small(tmp_path / "closed", edits=edits))
    assert same(model.simulate(SEED, 1), closed.simulate(SEED, 1))


def test_the_cells_are_the_same_under_every_policy(tmp_path, scenario, model):
    shut = """- {rule: visas of this state open no longer, entry: must refuse, in: [East, West], from: 2022-01-15,
   when: {visa: not no visa, issued by: this state}, source: east-law}
"""
    until = "when: {visa: not no visa, issued by: this state},"
    edits = {
        "policy/rules.yaml": {
            until: f"until: 2022-01-15, {until}",
            "- {rule: every claim": shut + "- {rule: every claim",
        }
    }
    policy = small(tmp_path / "shut", edits=edits).policy
    closed = compile_scenario(scenario, policy)
    assert closed.built.cells == model.compiled.built.cells
    assert closed.labels == model.labels


def test_practice_is_asked_only_where_the_rules_leave_something_open(tmp_path):
    with pytest.raises(MissingPractice, match=r"practice\.csv:1:1: .*'may' at the door 'entry' in East"):
        model_of(
            small(tmp_path / "none", edits={"evidence/practice.csv": {"entry,,,may,,,0.8,0.6": "exit,,,may,,,0.8,0.6"}})
        )


def test_a_share_of_practice_decides_how_many_of_those_who_may_are_let_in(tmp_path):
    entered = {}
    for share in (0.05, 0.95):
        edits = {
            "evidence/practice.csv": {"entry,West,,may,2022-01-15,,0.5,,": f"entry,West,,may,2022-01-15,,{share},,"}
        }
        made = model_of(small(tmp_path / str(share), edits=edits))
        entered[share] = column(made, made.simulate(SEED, None), "entries", state="West", mode="leave")
    before = slice(None, day("2022-01-14"))
    assert np.array_equal(entered[0.05][before], entered[0.95][before])
    assert entered[0.95][day("2022-01-18") :].sum() > 1.5 * entered[0.05][day("2022-01-18") :].sum()


def test_every_missing_parameter_is_named_at_once(tmp_path):
    rows = [row for row in PARAMETERS.splitlines() if not row.startswith(("travel weighs", "days away,East"))]
    with pytest.raises(MissingParameters) as raised:
        model_of(small(tmp_path / "less", {"evidence/parameters.csv": "\n".join([*rows, ""])}))
    assert "'travel weighs'" in str(raised.value)
    assert "'days away' for 'East'" in str(raised.value)
    assert {(fault.file, fault.line) for fault in raised.value.faults} == {
        (f"{tmp_path / 'less'}/evidence/parameters.csv", 1)
    }


def test_a_parameter_that_nobody_reads_is_named_with_the_nearest(tmp_path):
    misspelt = PARAMETERS.replace("returns a day", "return a day")
    with pytest.raises(MissingParameters, match=r"reads no parameter 'return a day'.*'returns a day'") as raised:
        model_of(small(tmp_path / "misspelt", {"evidence/parameters.csv": misspelt}))
    line = next(number for number, text in enumerate(misspelt.splitlines(), 1) if text.startswith("return a day"))
    assert f"{tmp_path / 'misspelt'}/evidence/parameters.csv:{line}:1:" in str(raised.value)


def test_a_span_of_no_days_is_named_where_it_stands(tmp_path):
    none = PARAMETERS.replace("half-life days,,7", "half-life days,,0")
    with pytest.raises(MissingParameters, match=r"parameters\.csv:15:1: 'half-life days' is a number of days above 0"):
        model_of(small(tmp_path / "none", {"evidence/parameters.csv": none}))


def test_without_events_their_parameters_are_left_alone(tmp_path):
    made = model_of(small(tmp_path / "quiet", {"evidence/events.yaml": None}))
    assert column(made, made.simulate(SEED, None), "called up", kind="liable").sum() == 0


def test_as_many_make_ordinary_trips_as_the_scenario_says(tmp_path):
    quiet = PARAMETERS.replace("leaving a day,liable,0.02,0.01,0.04,lognormal", "leaving a day,liable,0,,,fixed")
    quiet = quiet.replace("leaving of others a day,,0.005,0.001,0.01,logit", "leaving of others a day,,0,,,fixed")
    quiet = quiet.replace("leaves a day,,0.0001,0.00005,0.0002,lognormal", "leaves a day,,0,,,fixed")
    quiet = quiet.replace("weekday factor,Saturday,1.5", "weekday factor,Saturday,1")
    edits = {"policy/rules.yaml": {"from: 2022-01-10": "from: 2022-03-10"}}
    made = model_of(small(tmp_path / "quiet", {"evidence/parameters.csv": quiet}, edits))
    out = (
        sum(
            column(made, made.simulate(SEED + i, None), "departures", mode="trip", way="Bridge by car")
            for i in range(40)
        )
        / 40
    )
    assert out[5:].mean() == pytest.approx(120, rel=0.05)


def test_people_hurry_before_a_closing_that_was_announced_and_not_before_one_that_was_not(tmp_path):
    def leaving(published):
        rules = """- {rule: East closes, entry: must refuse, in: East, from: 2022-01-20, when: {visa: not no visa},
   source: closing}
"""
        edits = {
            "policy/rules.yaml": {
                "- {rule: every claim": rules + "- {rule: every claim",
                "sources:\n": f"sources:\n  closing: {{cite: Closing, rank: higher law, published: {published}}}\n",
            },
            "policy/words.yaml": {"ranks: [law]": "ranks: [higher law, law]"},
        }
        changes = {
            "evidence/parameters.csv": PARAMETERS.replace(
                "rush before closing,,2,1,4,lognormal", "rush before closing,,4,,,fixed"
            )
        }
        made = model_of(small(tmp_path / published, changes, edits))
        return column(made, made.simulate(SEED, None), "departures", mode="trip", way="Bridge by car")

    told, untold = leaving("2022-01-12"), leaving("2022-01-20")
    assert np.array_equal(told[: day("2022-01-12")], untold[: day("2022-01-12")])
    hurry = slice(day("2022-01-14"), day("2022-01-19"))
    assert told[hurry].sum() > 1.5 * untold[hurry].sum()
    assert untold[day("2022-01-22") :].sum() < 0.1 * untold[: day("2022-01-20")].sum()


def test_a_gate_serves_no_more_than_it_carries(model):
    trace = model.simulate(SEED, 1)
    for gate, carries in (("Bridge", 450), ("flights to West", 80)):
        assert trace.served[:, model.labels.gates.index(gate)].max() <= carries


def test_asylum_offices_decide_the_oldest_requests_first_at_their_pace(model, scenario):
    trace = model.simulate(SEED, None)
    served = trace.served[:, model.labels.gates.index("asylum office East")]
    assert served.max() <= scenario.parameters["decisions a day", "East"].value
    decided = column(model, trace, "decisions", state="East")
    assert np.array_equal(served, decided)


def test_nobody_at_all_is_a_scenario_too(tmp_path):
    margins = """margin,origin,kind,holding,persons,source,confidence,note
all,Hill,,,1,census,high,
all,Lake,,,0,census,high,
"""
    made = model_of(small(tmp_path / "one", {"people/margins.csv": margins}))
    assert made.simulate(SEED, 1).final.sum() == 51


def test_a_thousand_million_people_are_simulated_like_a_hundred_thousand(tmp_path):
    margins = """margin,origin,kind,holding,persons,source,confidence,note
all,Hill,,,400000000,census,high,
all,Lake,,,600000000,census,high,
"""
    made = model_of(small(tmp_path / "many", {"people/margins.csv": margins}))
    assert made.simulate(SEED, 1).final.sum() == 1_000_000_050


def test_the_days_of_a_trace_are_those_of_the_period(model):
    assert model.labels.days[0] == START
    assert model.labels.days[-1] == date(2022, 2, 1) - timedelta(days=1)


def test_an_office_that_decides_less_than_one_request_a_day_decides_some_all_the_same():
    assert whole_by_day(np.full(10, 0.4)).tolist() == [0, 0, 1, 0, 1, 0, 0, 1, 0, 1]
    assert whole_by_day(np.full(4, 2.5)).tolist() == [2, 3, 2, 3]
    assert whole_by_day(np.full(1000, 0.1)).sum() == 100


def test_a_gate_for_less_than_one_person_a_day_lets_some_through_all_the_same(tmp_path):
    for name, row, a_day in (("plain", "Bridge,0.4,,0", 0.4), ("soft", "Bridge,0.4,0.7,1", 0.7)):
        made = model_of(small(tmp_path / name, edits={"world/gates.csv": {"Bridge,300,450,0.05": row}}))
        trace = made.simulate(SEED, None)
        bridge, days = made.labels.gates.index("Bridge"), len(made.labels.days)
        assert a_day * (days - 5) - 1 <= trace.served[:, bridge].sum() <= a_day * days + 1


def test_a_gate_that_is_shut_serves_nobody_and_its_line_puts_others_off(tmp_path):
    made = model_of(small(tmp_path / "shut", edits={"world/gates.csv": {"Bridge,300,450,0.05": "Bridge,0,0,0"}}))
    trace = made.simulate(SEED, None)
    bridge = made.labels.gates.index("Bridge")
    assert trace.served[:, bridge].sum() == 0
    assert trace.waiting[:, bridge].max() > 0
    assert column(made, trace, "entries", way="Bridge by car").sum() == 0


def test_nobody_is_called_up_before_the_order_and_somebody_is_on_its_day(model):
    called = column(model, model.simulate(SEED, None), "called up", kind="liable")
    assert called[: day("2022-01-10")].sum() == 0
    assert called[day("2022-01-10")] > 0
    assert called[day("2022-01-31") :].sum() == 0


def test_the_call_up_ends_once_as_many_are_called_up_as_were_to_be(tmp_path, model):
    most = "called up in all,,300,,,fixed,persons,Own assumption,low,\n"
    made = model_of(small(tmp_path / "most", {"evidence/parameters.csv": PARAMETERS + most}))
    without = column(model, model.simulate(SEED, None), "called up", kind="liable")
    called = column(made, made.simulate(SEED, None), "called up", kind="liable")
    assert without.sum() > 900
    assert 240 <= called.sum() <= 360
    last = np.flatnonzero(called)[-1]
    assert day("2022-01-10") < last < day("2022-01-20")
    assert called[: last - 1].tolist() == without[: last - 1].tolist()


def test_the_last_day_of_the_call_up_takes_what_is_lacking_and_no_more():
    chance = np.array([[0, 0.1, 0.1, 0.1, 0.1], [0, 0.2, 0.2, 0.2, 0.2], [0, 0, 0, 0, 0]])
    people = np.array([1000, 500, 700])
    ended = until_enough(chance, people, 500)
    left = people.astype(float)
    for today in range(5):
        left = left * (1 - ended[:, today])
    assert people.sum() - left.sum() == pytest.approx(500)
    assert (ended[:, 1:3] == chance[:, 1:3]).all()
    assert (ended[:2, 3] > 0).all()
    assert (ended[:2, 3] < chance[:2, 3]).all()
    assert not ended[:, 4].any()
    assert np.array_equal(until_enough(chance, people, np.inf), chance)
    assert not until_enough(chance, people, 0).any()
