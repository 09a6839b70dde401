"""The days that pictures are marked with."""

from datetime import date

import pytest
from tests.model.small import small

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
