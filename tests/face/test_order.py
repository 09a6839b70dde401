"""`limen run --order`: in which order things happen on a day."""

import pytest
from click.testing import CliRunner
from tests.model.small import PARAMETERS
from tests.scenario.small import write_small

from limen.face.cli import limen
from limen.flow.order import ORDER_OF_THE_DAY
from limen.model.order import MEANING, order_of
from limen.model.run import model_of
from limen.scenario.read import read_scenario


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return write_small(tmp_path / "small", {"evidence/parameters.csv": PARAMETERS})


def test_each_step_of_the_engine_has_a_meaning_in_the_model(folder):
    steps = order_of(model_of(read_scenario(folder)).compiled.program)
    assert [step.name for step in steps] == [name for name, _ in ORDER_OF_THE_DAY]
    assert [step.rule for step in steps] == [rule for _, rule in ORDER_OF_THE_DAY]
    assert set(MEANING) == {step.name for step in steps}


def test_it_is_printed_with_the_sizes_of_the_scenario_and_nothing_is_simulated(folder, tmp_path):
    before = set(tmp_path.rglob("*"))
    done = CliRunner().invoke(limen, ["run", str(folder), "--order"])
    assert done.exit_code == 0, done.output
    program = model_of(read_scenario(folder)).compiled.program
    headings = [line for line in done.stdout.splitlines() if line[:1].isdigit()]
    assert [line.split(" (")[0] for line in headings] == [f"{i}. {n}" for i, (n, _) in enumerate(ORDER_OF_THE_DAY, 1)]
    assert f"({len(program.discipline):,} gates)" in headings[2]
    assert f"{len(program.target):,} transitions" in headings[3]
    assert "before each border gate is that of last night" in " ".join(done.stdout.split())
    assert set(tmp_path.rglob("*")) == before
    assert all(len(line) <= 110 and line == line.rstrip() for line in done.stdout.splitlines())


@pytest.mark.parametrize("other", ["--json", "--resume"])
def test_it_goes_with_nothing_that_it_cannot_do(folder, other):
    done = CliRunner().invoke(limen, ["run", str(folder), "--order", other])
    assert done.exit_code == 2
    assert f"--order and {other} exclude one another" in done.output
