"""The peers of the benchmarks answer as Limen does, so that what is compared is the same work."""

import sys
from pathlib import Path

import numpy as np
import pytest

from limen.policy.many import answers, tables
from limen.policy.meaning import any_of
from limen.policy.read import read_policy
from limen.policy.standing import epochs, standing

ROOT = Path(__file__).parent.parent.parent
SCENARIOS = sorted(path.parent for path in (ROOT / "src" / "limen" / "scenarios").glob("*/policy"))
PEOPLE = 4_000


@pytest.fixture(autouse=True)
def benchmarks(monkeypatch):
    """The folder `benchmarks` lies beside the package, not in it."""
    monkeypatch.syspath_prepend(str(ROOT))


@pytest.fixture(params=SCENARIOS, ids=lambda folder: folder.name)
def policy(request):
    return read_policy([request.param / "policy"])


def days(policy):
    return [epoch.day for epoch in epochs(policy.rules.values())]


def test_there_are_scenarios_to_compare():
    assert len(SCENARIOS) >= 3
    assert "benchmarks" not in sys.modules or Path(sys.modules["benchmarks"].__file__).is_relative_to(ROOT)


def test_openfisca_finds_every_door_open_shut_and_spoken_where_limen_does(policy):
    pytest.importorskip("openfisca_core", reason="OpenFisca-Core is not installed (extra: bench)")
    from benchmarks.measure import random_people
    from benchmarks.peer_openfisca import SIDES, Translation

    people = random_people(policy.words, PEOPLE, seed=3)
    translation = Translation(policy)
    for day in days(policy):
        ours = answers(tables(standing(policy, day)).values(), people)
        found = translation.calculate(translation.simulation(people, day), ours, day)
        for door, codes in ours.items():
            for bit, side in enumerate(SIDES):
                assert np.array_equal((codes >> bit & 1).astype(bool), found[door, side]), (day, door, side)


def test_cedar_allows_what_a_rule_permits_and_no_rule_forbids(policy):
    cedarpy = pytest.importorskip("cedarpy", reason="cedarpy is not installed (extra: bench)")
    from benchmarks.measure import random_people
    from benchmarks.peer_cedar import Translation, facts, permits, request

    people = random_people(policy.words, 500, seed=4)
    nobody = cedarpy.Entities.from_json_str("[]")
    today = standing(policy, days(policy)[-1])
    for door, table in tables(today).items():
        policies = cedarpy.PolicySet.from_str(Translation(today).policies(door))
        read = {policy.words.axes[number].fact.name for number in table.needs}
        persons = [{axis: int(column[one]) for axis, column in people.places.items()} for one in range(people.count)]
        requests = [request(door, facts(policy.words, person, read)) for person in persons]
        results = cedarpy.is_authorized_batch(requests, policies, nobody)
        meant = table.meaning(people)
        permitted = any_of(
            truth for rule in today.about([door]) for effect in rule.effects if effect.door == door and permits(effect)
            for truth in meant.fired[rule.name].values()
        )  # fmt: skip
        left = meant.doors[door]
        expected = np.broadcast_to(left.open & ~np.asarray(left.conflict, dtype=bool) & permitted, people.count)
        assert not [result for result in results if result.diagnostics.errors]
        assert np.array_equal(expected, [result.allowed for result in results]), door
