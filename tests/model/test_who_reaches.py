"""Who could reach a door: the table, row by row as walking each way with each group on each day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.scenario.small import write_small

from limen.answers.bulk import OpenReading
from limen.answers.lawful import Reach
from limen.answers.rows import places_of
from limen.answers.ways import Walker
from limen.model.who_reaches import who_reaches
from limen.policy.standing import standing
from limen.scenario.read import read_scenario

ORDER = [Reach.MUST, Reach.CAN, Reach.CANNOT]


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return read_scenario(write_small(tmp_path_factory.mktemp("small")))


def walked(scenario, door, state, group, day):
    """What the code that answers one person says that a group reaches in a state on a day."""
    words, population = scenario.policy.words, scenario.population
    o, k, h = group
    kind, holding = list(population.kinds.values())[k], list(population.holdings.values())[h]
    stated = {**scenario.world.places[population.origins[o]].facts, **kind.facts, **kind.leaving, **holding.facts}
    known = {axis.number: frozenset((axis.ordinary,)) for axis in words.axes}
    known |= {axis: frozenset((place,)) for item in stated.items() for axis, place in places_of(words, *item)}
    walker = Walker(words, standing(scenario.policy, day), {**known, **scenario.under}, "Home", holding.issuer)
    best = None
    for way in scenario.world.ways.values():
        for steps in ([way.steps] if way.steps else []) + ([(*way.steps[:-1], way.claim)] if way.claim else []):
            if way.state == state and steps[-1].door == door and way.mode.value != "green border":
                found = walker.walk(steps).reach
                best = found if best is None else min(best, found, key=ORDER.index)
    return best.value if best else "no way"


@pytest.mark.parametrize("door", ["entry", "asylum procedure"])
def test_every_row_is_what_walking_with_its_people_gives_on_each_of_its_days(small, door):
    found = who_reaches(small, door)
    population = small.population
    kinds, holdings = list(population.kinds), list(population.holdings)
    covered = {}
    for row in found.rows:
        first, last = date.fromisoformat(row.start), date.fromisoformat(row.end)
        for group in population.groups:
            o, k, h = group
            if (kinds[k], holdings[h]) != (row.kind, row.holding) or row.origin not in ("", population.origins[o]):
                continue
            for after in range((last - first).days):
                day = first + timedelta(days=after)
                covered[row.state, group, day] = row.reach
    for state in ("East", "West"):
        for group in population.groups:
            for after in range((small.period.end - small.period.report_from).days):
                day = small.period.report_from + timedelta(days=after)
                assert covered.pop((state, group, day)) == walked(small, door, state, group, day)
    assert not covered


def test_a_door_of_the_state_that_is_left_is_a_risk_on_the_way_to_protection_and_a_bar_on_others(small):
    def row(door):
        return [
            one for one in who_reaches(small, door, start=date(2022, 1, 15)).rows
            if one.state == "East" and one.kind == "liable" and one.holding == "visa of East"
        ]  # fmt: skip

    (entry,), (asylum,) = row("entry"), row("asylum procedure")
    assert (entry.reach, entry.stopped_by, entry.stopped_in, entry.risk) == ("cannot", "exit", "Home", "")
    assert (asylum.reach, asylum.stopped_by, asylum.risk) == ("must reach", "", "exit: must stop")
    assert (entry.latitude, entry.longitude) == (52, 15)


def test_everybody_is_counted_once_for_each_state_on_each_day(small):
    rows = who_reaches(small, "entry").rows
    for state in ("East", "West"):
        for day in ("2022-01-08", "2022-01-31"):
            there = [row for row in rows if row.state == state and row.start <= day < row.end]
            assert sum(row.persons for row in there) == int(small.population.counts.sum())


def test_a_door_that_no_way_leads_to_is_said(small):
    with pytest.raises(ValueError, match="No way ends before the door 'exit'"):
        who_reaches(small, "exit")


def test_the_green_border_counts_where_it_is_wanted(small):
    regular = {row.way for row in who_reaches(small, "asylum procedure").rows}
    irregular = {row.way for row in who_reaches(small, "asylum procedure", irregular=True).rows}
    assert "over the fields" not in regular
    assert "over the fields" in irregular


def test_an_answer_that_hangs_on_a_reading_that_nobody_chose_is_refused(tmp_path):
    rule = (
        "- {rule: danger keeps out, entry: must refuse, in: East, when: {danger: yes}, under: {danger at home: always},\n"
        "   source: east-law}\n"
    )
    text = {"- {rule: without a visa": rule + "- {rule: without a visa"}
    scenario = replace(read_scenario(write_small(tmp_path, edits={"policy/rules.yaml": text})), under={})
    with pytest.raises(OpenReading, match="danger at home"):
        who_reaches(scenario, "entry")
