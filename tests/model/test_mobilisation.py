"""The real scenario: a rule of the corpus decides a flow, and the model stays near what was counted before it was fitted."""

import shutil
from datetime import date

import numpy as np
import pytest

from limen.model.run import model_of
from limen.policy.read import read_policy
from limen.scenario.find import built_in
from limen.scenario.read import read_scenario

SEED = 1
CLOSED = date(2022, 9, 30)


@pytest.fixture(scope="module")
def scenario():
    return read_scenario("mobilisation-2022")


@pytest.fixture(scope="module")
def model(scenario):
    return model_of(scenario)


@pytest.fixture(scope="module")
def open_finland(scenario, tmp_path_factory):
    """The model under a copy of the corpus in which Finland's resolution of 29 September took effect much later."""
    folder = tmp_path_factory.mktemp("corpus") / "policy"
    shutil.copytree(built_in()["mobilisation-2022"] / "policy", folder)
    text = (folder / "finland.yaml").read_text(encoding="utf-8")
    start = text.index("- rule: tourists refused in Finland")
    rule = text[start : text.index("\n- rule:", start)]
    assert "from: 2022-09-30" in rule
    (folder / "finland.yaml").write_text(
        text.replace(rule, rule.replace("from: 2022-09-30", "from: 2023-06-01")), encoding="utf-8"
    )
    return model_of(scenario, read_policy([folder]))


def entries(model, trace, state, mode=""):
    chosen = [
        index for index, meter in enumerate(model.labels.meters)
        if (meter.measure, meter.state) == ("entries", state) and mode in ("", meter.mode)
    ]  # fmt: skip
    return trace.meters[:, chosen].sum(axis=1)


def test_putting_off_the_finnish_resolution_keeps_the_finnish_border_open(model, open_finland):
    with_rule, without = model.simulate(SEED, None), open_finland.simulate(SEED, None)
    closing = model.labels.days.index(CLOSED)
    october = slice(closing + 3, closing + 30)
    assert entries(open_finland, without, "FI")[october].sum() > 1.5 * entries(model, with_rule, "FI")[october].sum()


def test_nothing_differs_before_anybody_could_know_of_the_resolution(scenario, model, open_finland):
    with_rule, without = model.simulate(SEED, 3), open_finland.simulate(SEED, 3)
    published = min(
        rule.cited[0].source.published for name, rule in scenario.policy.rules.items()
        if name == "tourists refused in Finland" and rule.cited[0].source.published
    )  # fmt: skip
    before = model.labels.days.index(min(published, CLOSED))
    assert before > 30
    assert np.array_equal(with_rule.meters[:before], without.meters[:before])
    assert np.array_equal(with_rule.stocks[:before], without.stocks[:before])


def test_both_policies_have_the_same_cells_and_names(model, open_finland):
    assert model.compiled.built.cells == open_finland.compiled.built.cells
    assert model.labels == open_finland.labels


def test_ordinary_trips_to_finland_thin_out_with_its_ban(model):
    trace = model.simulate(SEED, None)
    trips, closing = entries(model, trace, "FI", "trip"), model.labels.days.index(CLOSED)
    assert trips[closing + 3 : closing + 10].mean() < 0.7 * trips[20:30].mean()


def test_everybody_in_russia_and_abroad_is_counted_every_day(scenario, model):
    trace = model.simulate(SEED, 2)
    pending = sum(
        round(parameter.value) for (name, _), parameter in scenario.parameters.items() if name == "pending at the start"
    )
    assert (trace.stocks.sum(axis=1) == int(scenario.population.counts.sum()) + pending).all()


def test_as_many_are_called_up_as_were_announced(scenario, model):
    announced = next(one for one in scenario.quoted if one.series == "called-up")
    columns = [index for index, meter in enumerate(model.labels.meters) if meter.measure == "called up"]
    called = model.simulate(SEED, None).meters[:, columns].sum()
    assert 0.9 * announced.value < called <= 1.01 * announced.value
