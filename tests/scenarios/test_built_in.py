"""The scenarios that come with Limen: every one reads, and everything in it is as expected."""

import pytest
from click.testing import CliRunner

import limen
from limen.face.cli import limen as command_line
from limen.policy.rules import Confidence
from limen.scenario.find import built_in


@pytest.mark.parametrize("name", sorted(built_in()))
def test_cases_and_claims_are_as_expected_and_nothing_is_idle(name):
    report = limen.read(name).check()
    assert report.fine
    assert report.conflicts == []
    assert report.dead == []
    assert not any(claim.vacuous for claim in report.claims)
    assert report.cases
    assert report.claims


@pytest.mark.parametrize("name", sorted(built_in()))
def test_every_rule_states_how_far_it_can_be_relied_on_and_since_when_it_could_be_known(name):
    policy = limen.read(name).policy
    assert [rule.name for rule in policy.rules.values() if rule.confidence is Confidence.UNSTATED] == []
    assert [rule.name for rule in policy.rules.values() if rule.cited[0].source.published is None] == []


@pytest.mark.parametrize("name", sorted(built_in()))
def test_a_known_failure_says_why(name):
    policy = limen.read(name).policy
    assert [claim.name for claim in policy.claims.values() if claim.expected_to_fail and not claim.because] == []
    assert [case.name for case in policy.cases.values() if case.expected_to_fail and not case.because] == []


def test_the_engine_knows_none_of_their_words():
    """Nothing of a scenario is in the code."""
    from pathlib import Path

    code = "".join(path.read_text() for path in Path(limen.__file__).parent.rglob("*.py") if path.parent.name != "face")
    for name in ("Finland", "Russia", "Schengen visa", "2022-09"):
        assert name not in code.replace("2022-09-30", ""), name


def test_the_worked_example_reads_as_the_readme_says():
    policy = limen.read("finland-estonia-2022").policy
    assert 25 <= len(policy.rules) <= 45
    assert set(policy.words.readings) == {"threat by class", "call-up to this war"}


def test_the_largest_scenario_is_checked_for_everyone_from_the_shell():
    done = CliRunner().invoke(command_line, ["check", "mobilisation-2022", "--quiet"])
    assert done.exit_code == 0, done.output
    assert "Claims: 75 of 103 proved for everyone, 28 known to fail" in done.output
    assert "✓ Everything is as expected." in done.output
