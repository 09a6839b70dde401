"""Alternative policies: small files laid over a scenario."""

from datetime import date
from pathlib import Path

import pytest
from tests.expected import is_as_expected

from limen.evidence.changes import How
from limen.evidence.figures import Spread
from limen.model.changes import changeable
from limen.policy.standing import standing
from limen.scenario.alternatives import NoSuchAlternative, alternative_from, alternatives_in, read_alternative
from limen.scenario.overlay import Moved
from limen.scenario.read import read_scenario, scenario_from
from limen.text.faults import FaultyScenario

from .bad_alternatives import BAD, GOOD, HEAD, NUMBER
from .small import texts_of, write_small

EXPECTED = Path(__file__).parent / "bad" / "alternatives"
SMALL = scenario_from(texts_of(), "small")
NUMBERS = {**changeable(SMALL), "returns a day": ["East", "West"]}


def read(text, numbers=NUMBERS):
    return alternative_from(SMALL, text.encode(), "east", "small/alternatives/east.yaml", numbers)


def test_it_withdraws_moves_and_adds_rules_and_leaves_all_others_alone():
    found = read(GOOD)
    assert found.policy.rules.keys() == {*SMALL.policy.rules} - {"visas of another state may open"} | {"nobody enters"}
    assert sorted(found.policy.order) == sorted(found.policy.rules)
    assert found.moved == (Moved("the liable are called up", date(2022, 1, 12), None),)
    assert [rule.name for rule in standing(found.policy, date(2022, 1, 11)).rules if rule.fills] == []
    same = [name for name in SMALL.policy.rules if name in found.policy.rules and name != "the liable are called up"]
    assert same
    assert all(found.policy.rules[name] is SMALL.policy.rules[name] for name in same)
    assert "east-order" in found.policy.sources
    assert found.asked_by[0].who == "Somebody"


def test_it_changes_practice_and_numbers_with_their_doubt():
    found = read(GOOD)
    over = found.over(SMALL)
    assert over.policy is SMALL.policy, "groups and cells follow from the scenario's own policy"
    assert over.practice[:-1] == SMALL.practice
    assert (over.practice[-1].share.value, over.practice[-1].share.spread) == (0.5, Spread.LOGIT)
    (change,) = over.changes
    assert (change.number, change.of, change.how) == ("returns a day", ("East",), How.TIMES)
    assert (change.by.value, change.by.low, change.by.high, change.by.spread) == (2, 1, 3, Spread.LOGNORMAL)
    assert change.start == date(2022, 1, 20)


def test_a_range_may_be_left_out_and_several_ways_are_a_row_each():
    row = "door: entry, way: [Bridge by car, flight to West], answer: may, share: 1, source: atlas, confidence: low"
    text = f"{HEAD}practice: {{{row}}}\n"
    rows = read(text).practice
    assert [row.way for row in rows] == ["Bridge by car", "flight to West"]
    assert {row.share.spread for row in rows} == {Spread.FIXED}


def test_a_rule_that_prevailed_over_a_withdrawn_one_stays():
    text = f"{HEAD}withdraw: without a visa nobody enters\n"
    texts = texts_of(
        edits={
            "policy/rules.yaml": {
                "when: {protection: made}": "when: {protection: made}, despite: without a visa nobody enters"
            }
        }
    )
    scenario = scenario_from(texts, "small")
    found = alternative_from(scenario, text.encode(), "east", "east.yaml")
    assert found.policy.rules["every claim is assessed"].despite == ()


@pytest.mark.parametrize("name", BAD)
def test_a_faulty_alternative_is_answered_with_all_its_faults(name):
    with pytest.raises(FaultyScenario) as raised:
        read(BAD[name])
    found = f"{raised.value}\n"
    is_as_expected(found, EXPECTED / f"{name.replace(' ', '-')}.expected")


def test_nothing_is_expected_of_alternatives_that_are_gone():
    assert {path.stem for path in EXPECTED.glob("*.expected")} == {name.replace(" ", "-") for name in BAD}


def test_a_name_is_that_of_a_file_in_the_folder_and_never_a_path(tmp_path):
    folder = write_small(tmp_path / "small", {"alternatives/east.yaml": GOOD})
    (tmp_path / "outside.yaml").write_text(GOOD)
    scenario = read_scenario(folder)
    assert list(alternatives_in(folder)) == ["east"]
    assert read_alternative(scenario, folder, "east").title == "East closes"
    for name in ("../outside", "../../outside", str(tmp_path / "outside"), "eats", ""):
        with pytest.raises(NoSuchAlternative):
            read_alternative(scenario, folder, name)
    with pytest.raises(NoSuchAlternative, match="Did you mean 'east'"):
        read_alternative(scenario, folder, "eats")


def test_alternatives_are_no_part_of_the_scenario_as_it_stands(tmp_path):
    plain, more = (
        write_small(tmp_path / "small"),
        write_small(tmp_path / "more", {"alternatives/east.yaml": "no: sense"}),
    )
    assert read_scenario(plain).hashes == read_scenario(more).hashes


def test_the_same_change_of_two_numbers_is_two_changes():
    text = f"{HEAD}numbers:\n- {NUMBER}\n- {NUMBER.replace('East', 'West')}\n"
    assert len({change.key for change in read(text).changes}) == 2
