"""An alternative policy changes numbers from a day on: the days before stay as they are, to the bit, and so do the cells."""

from datetime import date

import numpy as np
import pytest

from limen.evidence.changes import Change, How
from limen.evidence.figures import Basis, Parameter, Spread
from limen.model.changes import by_day, changeable, flagged
from limen.model.run import model_of
from limen.results.counted import Pick, columns
from limen.scenario.alternatives import alternative_from

from .small import small

START, DAY = date(2022, 1, 1), date(2022, 1, 20)
INDEX = (DAY - START).days


def change(number, of, how, value, start=DAY, end=None):
    by = Parameter(how.value, number, value, value, value, Spread.FIXED, "", Basis("atlas", "low"))
    return Change(number, (of,), start, end, how, by)


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    return small(tmp_path_factory.mktemp("small"))


def changed(scenario, text):
    found = alternative_from(
        scenario, f"alternative: A\nsays: B.\n{text}".encode(), "a", "a.yaml", changeable(scenario)
    )
    return model_of(found.over(scenario), found.policy)


def numbers(*rows):
    return "numbers:\n" + "".join(f"- {{{row}, source: atlas, confidence: low}}\n" for row in rows)


def flow(model, trace, measure, state=""):
    leavers = measure == "leavers admitted"
    places = columns(model.labels, Pick("entries" if leavers else measure, (state,) if state else ()))
    places = [place for place in places if not leavers or model.labels.meters[place].mode == "leave"]
    return trace.meters[:, places].sum(axis=1)


@pytest.mark.parametrize(
    ("how", "value", "after"), [(How.BECOMES, 5.0, 5.0), (How.TIMES, 2.0, 6.0), (How.PLUS, -1.0, 2.0)]
)
def test_a_number_changes_on_its_day_and_back_on_its_last(scenario, how, value, after):
    one = change("decisions a day", "East", how, value, end=date(2022, 1, 25))
    told = type(scenario)(**{**scenario.__dict__, "changes": (one,)})
    values = type("Values", (), {"of": {one.key: value}})
    found = by_day(told, values, "decisions a day", "East", 3.0, 31)
    assert found.tolist() == [3.0] * INDEX + [after] * 5 + [3.0] * (31 - INDEX - 5)
    assert by_day(told, values, "decisions a day", "West", 3.0, 31).tolist() == [3.0] * 31


ALTERNATIVES = {
    "more room at the gate": numbers("number: persons a day, of: Bridge, from: 2022-01-20, times: 3"),
    "less room at the gate": numbers("number: persons a day, of: Bridge, from: 2022-01-20, becomes: 20"),
    "more decisions": numbers("number: decisions a day, of: East, from: 2022-01-20, becomes: 30"),
    "a stronger pull": numbers("number: pull, of: West, from: 2022-01-20, plus: 2"),
    "more return": numbers("number: returns a day, of: East, from: 2022-01-20, times: 20"),
    "more move on": numbers("number: moves on a day, of: East>West, from: 2022-01-20, becomes: 0.3"),
    "more ask": numbers("number: asks for asylum a day, of: East, from: 2022-01-20, becomes: 0.3"),
    "days of screening": numbers("number: days of screening, of: East, from: 2022-01-20, becomes: 2"),
    "screening": numbers(
        "number: threats among travellers, from: 2022-01-20, becomes: 0.1",
        "number: wrongly refused, of: East, from: 2022-01-20, becomes: 0.2",
        "number: wrongly admitted, of: East, from: 2022-01-20, becomes: 0.5",
    ),
}


@pytest.mark.parametrize("name", ALTERNATIVES)
def test_a_change_leaves_the_cells_and_every_day_before_it_as_they_are(scenario, name):
    base, other = model_of(scenario), changed(scenario, ALTERNATIVES[name])
    assert base.labels == other.labels
    assert base.compiled.program.target.tolist() == other.compiled.program.target.tolist()
    one, two = base.simulate(1, 3), other.simulate(1, 3)
    assert (one.meters[:INDEX] == two.meters[:INDEX]).all()
    # what makes people set out is that of the day after, on which they travel: so a day earlier nothing may differ either
    assert (one.meters != two.meters).any() or (one.stocks != two.stocks).any() or (one.waiting != two.waiting).any()
    assert one.final.sum() == two.final.sum()


@pytest.mark.parametrize(
    ("name", "measure", "state", "sign"),
    [
        ("less room at the gate", "entries", "East", -1),
        ("more decisions", "decisions", "East", 1),
        ("more move on", "moved on", "East", 1),
        ("more return", "exits", "East", 1),
        ("more ask", "first-time applications", "East", 1),
        ("a stronger pull", "leavers admitted", "West", 1),
        ("screening", "refusals", "East", 1),
        ("days of screening", "entries", "East", -1),
    ],
)
def test_what_a_change_does_has_the_sign_that_it_must_have(scenario, name, measure, state, sign):
    base, other = model_of(scenario), changed(scenario, ALTERNATIVES[name])
    difference = sum(
        flow(other, other.simulate(1, draw), measure, state)[INDEX:].sum()
        - flow(base, base.simulate(1, draw), measure, state)[INDEX:].sum()
        for draw in range(8)
    )
    assert difference * sign > 0


def test_screening_refuses_whom_the_errors_and_the_threats_make_it_refuse(scenario):
    other = changed(scenario, ALTERNATIVES["screening"])
    told = other.compiled.scenario
    found = flagged(told, other.compiled.values(1, 0), "East", 31)
    assert found[:INDEX].tolist() == [0.0] * INDEX
    assert np.allclose(found[INDEX:], 0.9 * 0.2 + 0.1 * 0.5)
    assert flagged(told, other.compiled.values(1, 0), "West", 31).tolist() == [0.0] * 31


def test_what_an_alternative_does_not_touch_is_the_same_in_every_draw(scenario):
    """The parameters of the scenario are drawn by name, so those of an alternative shift none of them."""
    base, other = model_of(scenario), changed(scenario, ALTERNATIVES["screening"])
    one, two = (model.compiled.values(1, 5).of for model in (base, other))
    assert {key: two[key] for key in one} == one
    assert len(two) == len(one) + 3


def test_practice_of_an_alternative_counts_in_place_of_that_of_the_scenario(scenario):
    row = "door: entry, state: East, from: 2022-01-20, share: 0, source: atlas, confidence: low"
    text = f"practice:\n- {{{row}, answer: must open}}\n- {{{row}, answer: may}}\n"
    base, other = model_of(scenario), changed(scenario, text)
    one, two = base.simulate(1, 0), other.simulate(1, 0)
    assert (flow(base, one, "entries", "East")[:INDEX] == flow(other, two, "entries", "East")[:INDEX]).all()
    assert flow(other, two, "entries", "East")[INDEX:].sum() == 0 < flow(base, one, "entries", "East")[INDEX:].sum()
