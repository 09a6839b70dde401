"""Protection as a member of a group: a door of its own, and a stock of those who have it."""

import numpy as np
import pytest

from limen.model.changes import changeable
from limen.model.run import model_of
from limen.results.counted import Pick, columns
from limen.scenario.alternatives import alternative_from

from .small import small

DOOR = """  temporary protection:
    {open: grant, shut: refuse, decided by: asylum office, protection: yes, asked: {state: East, protection: made}}
ranks: [law]
"""
NOBODY = "- {rule: no group was named, temporary protection: must refuse, in: East, source: east-law}\n"
NAMED = """alternative: The others are named
says: Invented.
rules:
- {rule: the others are named, temporary protection: must grant, in: East, from: 2022-01-12, when: {liable: no},
   despite: no group was named, source: east-law}
numbers:
- {number: asks for temporary protection a day, of: East, from: 2022-01-12, becomes: 0.5, source: atlas, confidence: low}
"""


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    edits = {
        "policy/words.yaml": {"ranks: [law]\n": DOOR},
        "policy/rules.yaml": {"- {rule: every claim": NOBODY + "- {rule: every claim"},
    }
    scenario = small(tmp_path_factory.mktemp("group"), edits=edits)
    found = alternative_from(scenario, NAMED.encode(), "a", "a.yaml", changeable(scenario))
    return model_of(scenario), model_of(found.over(scenario), found.policy)


def total(model, counts, measure, kind=""):
    return counts[:, columns(model.labels, Pick(measure, (), (), kind))].sum(axis=1)


def test_nobody_has_it_unless_a_group_is_named(models):
    base, _ = models
    trace = base.simulate(1, 0)
    assert total(base, trace.meters, "temporary protection given").sum() == 0


def test_those_who_are_named_have_it_and_nobody_else(models):
    base, named = models
    assert base.labels == named.labels
    trace = named.simulate(1, 0)
    given = total(named, trace.meters, "temporary protection given")
    assert given[:11].sum() == 0 < given[11:].sum()
    assert total(named, trace.stocks, "under temporary protection", "others")[-1] > 0
    assert total(named, trace.stocks, "under temporary protection", "liable").sum() == 0


def test_whoever_has_it_waits_for_no_decision_and_nobody_is_lost(models):
    base, named = models
    one, other = (model.simulate(1, 0) for model in models)
    asked = (
        total(base, one.meters, "first-time applications").sum(),
        total(named, other.meters, "first-time applications").sum(),
    )
    assert asked[1] < asked[0]
    assert np.array_equal(one.stocks.sum(axis=1), other.stocks.sum(axis=1))
