"""A scenario's folder becomes one object: what each file says is where a run looks for it."""

import contextlib
import hashlib
import os
import pickle
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from limen.evidence.figures import Spread
from limen.scenario.files import files_of, is_scenario
from limen.scenario.find import NoSuchScenario
from limen.scenario.read import read_scenario, scenario_from
from limen.text.faults import FaultyScenario
from limen.world.places import Mode

from .small import FILES, texts_of, write_small


@pytest.fixture(scope="module")
def scenario():
    return scenario_from(texts_of(), "small")


def with_changes(changes=None, edits=None):
    return scenario_from(texts_of(changes, edits), "small")


def first_fault(changes=None, edits=None):
    with pytest.raises(FaultyScenario) as raised:
        with_changes(changes, edits)
    return str(raised.value)


def test_the_header_says_what_is_simulated(scenario):
    assert (scenario.name, scenario.title, scenario.says) == ("small", "A small border closes", "Invented.")
    assert (scenario.period.start, scenario.period.report_from, scenario.period.days) == (
        date(2022, 1, 1),
        date(2022, 1, 8),
        31,
    )
    words = scenario.policy.words
    axis = words.axes_of["danger at home"][0]
    assert scenario.under == {axis.number: frozenset({words.readings["danger at home"].values.index("always")})}


def test_the_world_is_places_gates_ways_and_routes(scenario):
    world = scenario.world
    assert world.origins == ["Hill", "Lake"]
    assert world.states == ["East", "West"]
    assert world.places["Hill"].facts == {"home region": "Hill"}
    assert (world.places["West Airport"].latitude, world.places["West Airport"].longitude) == (48, -2)
    assert (world.gates["Bridge"].persons_a_day, world.gates["Bridge"].up_to) == (300, 450)
    assert world.routes["Lake", "Bridge by car"].hours == 5.5


def test_a_way_is_a_chain_of_doors(scenario):
    bridge, fields = scenario.world.ways["Bridge by car"], scenario.world.ways["over the fields"]
    assert [step.door for step in bridge.steps] == ["exit", "entry"]
    assert bridge.steps[0].facts == {"state": "Home", "where": "land border", "travels by": "car"}
    assert bridge.steps[1].relative == {"issued by": ("this state", "another state")}
    assert "issued by" not in bridge.steps[1].facts
    assert bridge.claim.door == "asylum procedure"
    assert (fields.mode, fields.gate, fields.steps) == (Mode.GREEN, "", ())
    assert scenario.world.ways["flight to West"].claim is None


def test_a_group_of_one_value_stands_for_the_value():
    edits = {"policy/words.yaml": {"ordinary: East, ask": "groups: {far: [West]}, ordinary: East, ask"},
             "world/ways.yaml": {"entry: {state: West": "entry: {state: far"}}  # fmt: skip
    assert with_changes(edits=edits).world.ways["flight to West"].steps[1].facts["state"] == "West"


def test_a_set_holds_one_thing_or_nothing():
    edits = {"policy/words.yaml": {"  home region:": "  luggage: {holds: [bag, box], ordinary: none}\n  home region:"},
             "people/people.yaml": {"liable: no, age: 40": "liable: no, luggage: bag",
                                    "liable: yes, age: 27": "liable: yes, luggage: none"}}  # fmt: skip
    kinds = with_changes(edits=edits).population.kinds
    assert [kind.facts["luggage"] for kind in kinds.values()] == ["none", "bag"]


def test_people_are_as_many_as_the_margins_say(scenario):
    counts = scenario.population.counts
    assert counts.sum() == 100_000
    assert counts.sum(axis=(1, 2)).tolist() == pytest.approx([40_000, 60_000], abs=1)
    assert counts.sum(axis=(0, 2)).tolist() == pytest.approx([21_000, 79_000], abs=1)
    assert counts.sum(axis=(0, 1)).tolist() == pytest.approx([5_003, 1_998, 93_000], abs=1)
    assert counts[0, 0, 0] / counts[0, 0, 2] > 2 * counts[1, 0, 0] / counts[1, 0, 2]
    assert scenario.population.kinds["liable"].leaving == {"danger": "yes"}
    assert scenario.population.holdings["nothing"].issuer == ""
    assert len(scenario.population.margins) == 7


def test_parameters_keep_their_doubt_and_their_basis(scenario):
    half, warmth = scenario.parameters["half-life days", "the order"], scenario.parameters["warmth", ""]
    assert (half.value, half.low, half.high, half.spread) == (7, 7, 7, Spread.FIXED)
    assert (warmth.value, warmth.low, warmth.high, warmth.spread) == (-1.5, -2, -1, Spread.NORMAL)
    assert (half.basis.source, half.basis.confidence) == ("Own assumption, to be fitted", "medium")
    assert half.basis.where == "evidence/parameters.csv:5"


def test_a_parameter_may_be_of_a_pair_a_weekday_or_a_month():
    rows = "".join(f"factor,{of},1,,,fixed,factor,atlas,low,\n" for of in ("East>West", "Monday", "September", "air"))
    read = with_changes({"evidence/parameters.csv": FILES["evidence/parameters.csv"] + rows}).parameters
    assert {of for name, of in read if name == "factor"} == {"East>West", "Monday", "September", "air"}


def test_practice_holds_for_days_and_states(scenario):
    general, before, after = scenario.practice
    assert (general.state, general.start, general.end, general.share.spread) == ("", None, None, Spread.LOGIT)
    assert (before.state, before.end, before.share.value) == ("West", date(2022, 1, 15), 1)
    assert (after.start, after.end, after.share.spread) == (date(2022, 1, 15), None, Spread.FIXED)
    assert len({practice.share.of for practice in scenario.practice}) == 3


def test_events_press_kinds_by_parameters(scenario):
    (event,) = scenario.events
    assert event.presses == {"liable": "leaving a day", "others": "leaving of others a day"}
    assert (event.rise_days, event.half_life_days, event.basis.source) == ("rise days", "half-life days", "home-law")


def test_what_was_counted_is_compared_with_a_series(scenario):
    week, year_before, change = scenario.observations
    assert scenario.series[week.series].ways == ("Bridge by car", "over the fields")
    assert scenario.series["pending in East"].stock
    assert (year_before.derived, year_before.series, change.value) == (True, "", -20)
    assert week.basis.source == "East, Weekly counts, second week"
    assert [quoted.change for quoted in scenario.quoted] == [False, True]


def test_sources_of_the_policy_may_be_cited_too(scenario):
    assert scenario.sources["atlas"] == "Atlas of Home, published 2020-01-01, https://example.org/atlas"
    assert scenario.sources["home-law"] == "Law of Home on leaving"


def test_every_file_has_its_hash(scenario):
    assert scenario.hashes == {path: hashlib.sha256(text.encode()).hexdigest() for path, text in FILES.items()}


def test_the_confidence_of_every_figure_is_counted(scenario):
    assert scenario.confidences.count("low") == 5
    assert len(scenario.confidences) == 32


@pytest.mark.parametrize(
    "path", ["people/seed.csv", "evidence/series.csv", "evidence/quoted.csv", "evidence/observations/east.csv"]
)
def test_what_is_not_needed_may_be_left_out(path):
    left = {path: None}
    if path == "evidence/series.csv":
        left |= {"evidence/observations/east.csv": None, "evidence/quoted.csv": None}
    assert with_changes(left).population.counts.sum() == 100_000


def test_a_scenario_without_events_is_read():
    edits = {"evidence/parameters.csv": {"half-life days,the order": "half-life days,"}}
    assert with_changes({"evidence/events.yaml": None}, edits).events == ()


def test_a_gate_may_be_shut_and_need_not_give_way():
    edits = {"world/gates.csv": {"Bridge,300,450,0.05": "Bridge,0,,"}}
    gate = with_changes(edits=edits).world.gates["Bridge"]
    assert (gate.persons_a_day, gate.up_to, gate.per_waiting) == (0, 0, 0)


def test_a_milliard_of_people_is_no_more_than_a_number():
    rows = "margin,origin,kind,holding,persons,source,confidence\nall,,,,1000000000,census,high\n"
    assert with_changes({"people/margins.csv": rows}).population.counts.sum() == 1_000_000_000


def test_margins_that_differ_a_little_are_scaled_to_the_first():
    counts = with_changes(edits={"people/margins.csv": {"79000": "79300"}}).population.counts
    assert counts.sum() == 100_000
    assert counts.sum(axis=(0, 2))[1] == pytest.approx(100_000 * 79_300 / 100_300, abs=1)
    assert counts.sum(axis=(1, 2)).tolist() == pytest.approx([40_000, 60_000], abs=1)


def test_weights_may_be_as_large_or_small_as_they_like():
    header = FILES["people/seed.csv"].splitlines()[0]
    heavy = "".join("Hill,,visa of East,1e6,atlas,low,\nLake,,visa of East,1e-300,atlas,low,\n" for _ in range(80))
    counts = with_changes({"people/seed.csv": f"{header}\n{heavy}"}).population.counts
    assert counts[0, :, 0].sum() == pytest.approx(5_003, abs=1)


def test_nobody_is_what_the_policy_declares_impossible():
    edits = {
        "people/people.yaml": {
            "holdings:": "holdings:\n- holding: paper of nobody\n  facts: {visa: short-stay visa, issued by: nobody}"
        },
        "people/margins.csv": {
            "by papers,,,nothing": "by papers,,,paper of nobody,0,census,high,\nby papers,,,nothing"
        },
    }
    scenario = with_changes(edits=edits)
    assert not scenario.population.counts[:, :, 0].any()
    assert {holding for _, holding, _ in scenario.impossible} == {"paper of nobody"}
    why = "visa: not no visa; issued by: nobody; so with issued by: nobody, visa is no visa"
    assert scenario.impossible[0] == ("liable", "paper of nobody", why)


def test_nobody_has_two_values_of_one_fact():
    edits = {"people/people.yaml": {"facts: {visa: residence permit": "facts: {liable: no, visa: residence permit"}}
    scenario = with_changes(edits=edits)
    assert scenario.impossible == (("liable", "permit of West", "liable: yes and no at once"),)
    assert not scenario.population.counts[:, 0, 1].any()
    assert scenario.population.counts[:, 1, 1].sum() == pytest.approx(1_998, abs=1)


def test_facts_of_a_region_may_exclude_a_holding_there():
    edits = {
        "people/people.yaml": {
            "facts: {visa: residence permit": "facts: {home region: another region, visa: residence permit"
        }
    }
    scenario = with_changes(edits=edits)
    assert scenario.impossible == ()
    assert not scenario.population.counts[0, :, 1].any()
    assert scenario.population.counts[1, :, 1].sum() == pytest.approx(1_998, abs=1)


def test_a_folder_is_read_by_its_path_and_faults_name_its_files(tmp_path):
    folder = write_small(tmp_path / "small", edits={"world/gates.csv": {"300": "many"}})
    with pytest.raises(FaultyScenario) as raised:
        read_scenario(folder)
    assert str(raised.value).startswith(f"{folder}/world/gates.csv:2:8: ")
    assert read_scenario(write_small(folder)).name == "small"


def test_only_files_of_a_scenario_are_opened(tmp_path):
    folder = write_small(tmp_path / "small")
    (folder / "README.md").write_text("About", encoding="utf-8")
    (folder / "world" / ".places.csv.swp").write_bytes(b"\xff")
    (folder / "world" / "old").mkdir()
    (folder / "world" / "old" / "places.csv").write_text("x", encoding="utf-8")
    (folder / "world" / "folder.csv").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "evidence" / "pipe.csv")
    assert set(files_of(folder)) == set(FILES)
    assert read_scenario(folder).hashes


def test_a_file_that_is_too_large_is_not_taken_in(tmp_path, monkeypatch):
    monkeypatch.setattr("limen.scenario.files.LONGEST_TEXT", 1000)
    monkeypatch.setattr("limen.text.nodes.LONGEST_TEXT", 1000)
    folder = write_small(tmp_path / "small")
    (folder / "world" / "gates.csv").write_text("x" * 5000, encoding="utf-8")
    assert len(files_of(folder)["world/gates.csv"]) == 1001
    with pytest.raises(FaultyScenario, match=r"gates\.csv:1:1: The file is larger than"):
        read_scenario(folder)


def test_a_scenario_that_is_not_there_is_named(tmp_path):
    with pytest.raises(NoSuchScenario, match=r"There is no folder or scenario 'mobilization-2022'\. Did you mean 'mob"):
        read_scenario("mobilization-2022")
    assert not is_scenario(tmp_path)
    assert is_scenario(write_small(tmp_path))


def test_faults_survive_the_way_to_another_process():
    with pytest.raises(FaultyScenario) as raised:
        with_changes({"scenario.yaml": None})
    again = pickle.loads(pickle.dumps(raised.value))
    assert type(again) is FaultyScenario
    assert again.faults == raised.value.faults


def test_faults_of_all_files_are_told_at_once():
    edits = {
        "policy/rules.yaml": {"must stop": "must stopp"},
        "world/gates.csv": {"300": "many"},
        "people/people.yaml": {"issuer: East": "issuer: East\n  colour: red"},
        "evidence/series.csv": {"no,yes": "no,maybe"},
    }
    told = first_fault(edits=edits)
    assert all(path in told for path in edits)


@settings(deadline=None)
@given(st.sampled_from(sorted(FILES)), st.binary(max_size=200))
def test_random_bytes_in_any_file_give_faults_and_nothing_else(path, data):
    with contextlib.suppress(FaultyScenario):
        with_changes({path: data})


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(sorted(FILES)), st.data())
def test_any_file_may_be_cut_doubled_or_changed_anywhere(path, data):
    text = FILES[path]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    piece = data.draw(
        st.sampled_from(["", "\n", ",", '"', ";", "-1", "0", "1e308", ": ", "{", "é", text[start:end] * 2])
    )
    with contextlib.suppress(FaultyScenario):
        with_changes({path: text[:start] + piece + text[end:]})
