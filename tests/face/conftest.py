"""A small scenario and model in place of real ones, for the commands that take draws."""

import pytest
from tests.results.fake import Fake, labels_from, scenario

from limen.face import many
from limen.scenario.find import policy_paths


@pytest.fixture
def sketch(tmp_path, monkeypatch):
    """Commands that take draws find a sketch of a scenario under every name of a built-in one, and work in an empty folder."""
    made = {"stops_at": None, "shut": {}}

    def named(name, until=None):
        policy_paths((name,))
        return many.cut_short(scenario(), until)

    def model_of(told, policy=None):
        shut = {} if policy is None else made["shut"]
        return Fake(labels_from(told.period.start, told.period.end), shut, made["stops_at"])

    monkeypatch.setattr(many, "scenario_named", named)
    monkeypatch.setattr(many, "model_of", model_of)
    monkeypatch.chdir(tmp_path)
    return made
