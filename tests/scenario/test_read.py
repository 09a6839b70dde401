"""A scenario's folder is read whole."""

from limen.scenario.read import read_scenario

from .small import write_small


def test_a_whole_scenario_is_read(tmp_path):
    scenario = read_scenario(write_small(tmp_path / "small"))
    assert scenario.name == "small"
    assert scenario.population.counts.sum() == 100_000
