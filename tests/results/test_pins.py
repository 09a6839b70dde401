"""The days that pictures are marked with."""

from datetime import date, timedelta

import numpy as np
import pytest
from tests.model.small import small

from limen.results import pins as pins_of
from limen.results.counted import Counted, Pick
from limen.results.pins import named_states, pins


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    dated = "- {rule: visas of this state open, entry: must admit, in: [East, West], from: 2022-01-12, when:"
    closing = "- {rule: East is shut, entry: must refuse, in: East, from: 2022-01-20, when: {visa: no visa}, source: east-law}\n"
    edits = {
        "policy/rules.yaml": {
            "- {rule: visas of this state open, entry: must admit, in: [East, West], when:": dated,
            "- {rule: every claim": closing + "- {rule: every claim",
        }
    }
    return small(tmp_path_factory.mktemp("pins") / "small", edits=edits)


def test_events_and_rules_at_the_doors_of_ways_are_marked(scenario):
    marked = pins(scenario, date(2022, 1, 1), date(2022, 1, 31))
    assert [pin.day for pin in marked] == [date(2022, 1, 10), date(2022, 1, 12), date(2022, 1, 20)]
    assert marked[0].label == "the order"


def test_a_picture_of_a_state_is_marked_only_with_rules_that_name_it(scenario):
    marked = pins(scenario, date(2022, 1, 1), date(2022, 1, 31), ["West"])
    assert [pin.day for pin in marked] == [date(2022, 1, 10), date(2022, 1, 12)]
    assert named_states(scenario.policy.rules["East is shut"], scenario.policy.words) == {"East"}


def test_of_many_days_those_are_marked_after_which_entries_change_most(scenario, monkeypatch):
    monkeypatch.setattr(pins_of, "MOST_PINS", 2)
    days = tuple(date(2022, 1, 1) + timedelta(days=n) for n in range(31))
    level = np.where(np.arange(31) < 19, 500, 20)
    east, west = np.tile(level, (3, 1)), np.full((3, 31), 700)
    entries = Counted(
        days, 3, {Pick("entries", ("East",)): east, Pick("entries", ("West",)): west, Pick("entries"): east + west}
    )
    marked = pins(scenario, days[0], days[-1], entries=entries)
    assert [pin.label for pin in marked] == ["the order", "East is shut"]
    still = Counted(days, 3, {**entries.values, Pick("entries", ("East",)): west})
    assert [pin.label for pin in pins(scenario, days[0], days[-1], entries=still)] == [
        "the order", "visas of this state open",
    ]  # fmt: skip
