"""`limen compare --with` and `--all`, `limen check --with`, `limen validate` of alternatives, `limen sensitivity`."""

import json
import xml.etree.ElementTree as ET

import jsonschema
import pytest
from click.testing import CliRunner
from tests.model.small import PARAMETERS
from tests.model.test_course import STRAYS
from tests.scenario.small import write_small

from limen.face.cli import limen as program
from limen.face.schema import schema_of
from limen.scenario.courses import COURSE

CLOSES = """alternative: East closes
says: Nobody enters East.
asked by: {who: Somebody, says: Close it., source: atlas}
rules:
- {rule: nobody enters, entry: must refuse, in: East, from: 2022-01-15, source: east-law}
- {rule: East was open, entry: must admit, in: East, until: 2022-01-15, when: {visa: not no visa, issued by: this state},
   source: east-law}
- {rule: West stays open, entry: must admit, in: West, when: {visa: not no visa, issued by: this state}, source: east-law}
withdraw: visas of this state open
"""
HELPS = """alternative: East decides more
says: East decides as fast as it can.
numbers: {number: decisions a day, of: East, from: 2022-01-15, becomes: 40, low: 20, high: 60, source: atlas, confidence: low}
"""
CLAIM = """
always:
- {claim: a visa of East opens East, for: {visa: not no visa, issued by: this state}, in: East, entry: must admit,
   law: east-law 4}
"""
NEEDS = "kind,share,low,high,source,confidence\nliable,0.5,0.2,0.8,atlas,low\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    changes = {
        "evidence/parameters.csv": PARAMETERS, "evidence/needs.csv": NEEDS, "policy/claims.yaml": CLAIM,
        "alternatives/east-closes.yaml": CLOSES, "alternatives/east-decides.yaml": HELPS,
    }  # fmt: skip
    write_small(tmp_path / "small", changes)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "small"


def run(*arguments):
    return CliRunner().invoke(program, list(arguments))


@pytest.mark.usefixtures("folder")
def test_all_alternatives_stand_side_by_side_with_what_breaks():
    done = run("compare", "small", "--all", "--draws", "6", "-q")
    assert done.exit_code == 0, done.output
    for part in (
        "As it stands", "East closes", "East decides more", "To stay in", "Months of", "In need,", "Withdrawn: visas of this",
        "Broken: “a visa of East opens East” [Law of East on entry 4]", "Every claim that holds now still holds.",
        "Somebody: Close",
    ):  # fmt: skip
        assert part in done.stdout
    assert done.stdout.splitlines()[-1].strip() == "limen compare small --all --draws 6 --seed 1"
    assert max(map(len, done.stdout.splitlines()[:-1])) <= 110


@pytest.mark.usefixtures("folder")
def test_one_alternative_is_told_by_state_too():
    done = run("compare", "small", "--with", "east-closes", "--draws", "6", "-q")
    assert done.exit_code == 0, done.output
    assert "By state" in done.stdout
    assert "East, entries" in done.stdout
    assert "East decides more" not in done.stdout


@pytest.mark.usefixtures("folder")
def test_an_alternative_that_changes_nothing_on_the_days_told_says_so():
    until = ("compare", "small", "--with", "east-decides", "--draws", "2", "-q", "--until")
    assert "None of this changes any number on the days told" in run(*until, "2022-01-14").stdout
    assert "None of this changes" not in run(*until, "2022-01-20").stdout


@pytest.mark.usefixtures("folder")
def test_its_json_follows_its_schema_and_is_the_same_each_time():
    arguments = ("compare", "small", "--with", "east-closes", "--with", "east-decides", "--draws", "4", "-q", "--json")
    one, two = run(*arguments), run(*arguments, "--workers", "2")
    assert one.stdout == two.stdout
    found = json.loads(one.stdout)
    jsonschema.validate(found, schema_of("alternatives"))
    assert [outcome["name"] for outcome in found["outcomes"]] == ["east-closes", "east-decides"]
    assert "alternatives/east-closes.yaml" in found["run"]["hashes"]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (
            ("compare", "small", "--with", "east-close"),
            4,
            "small has no alternative 'east-close'. Did you mean 'east-closes'?",
        ),
        (("compare", "small", "--with", "../east-closes"), 4, "small has no alternative '../east-closes'"),
        (("compare", "small", "--all", "--without", "x"), 2, "leave --change and --without out"),
        (("compare", "small", "--all", "-o", "a.html"), 2, "it can be .json or .txt"),
        (("check", "small", "other", "--with", "east-closes"), 2, "name that scenario alone"),
        (("sensitivity", "small", "--draws", "10"), 2, "at least 40 draws"),
        (("schema", "--of", "alternative"), 2, "Name the one scenario"),
    ],
)
def test_what_is_wrong_is_said_in_one_message(arguments, code, message):
    done = run(*arguments)
    assert done.exit_code == code
    assert message in done.output
    assert "Traceback" not in done.output


def test_a_scenario_without_alternatives_says_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_small(tmp_path / "small", {"evidence/parameters.csv": PARAMETERS})
    done = run("compare", "small", "--all")
    assert done.exit_code == 4
    assert "small has no alternatives" in done.output


def test_validate_reads_every_alternative_and_names_the_faults_of_all(folder):
    done = run("validate", "small")
    assert done.exit_code == 0, done.output
    assert "2 alternatives: east-closes, east-decides. No faults." in done.stdout
    (folder / "alternatives" / "east-closes.yaml").write_text(
        CLOSES.replace("withdraw: visas of", "withdraw: viasas of")
    )
    (folder / "alternatives" / "east-decides.yaml").write_text(HELPS.replace("decisions a day", "decisons a day"))
    done = run("validate", "small")
    assert done.exit_code == 3
    assert "east-closes.yaml:9:11: The policy has no rule 'viasas of this state open'." in done.output
    assert "east-decides.yaml:3:19: 'decisons a day' is not a number" in done.output
    assert "2 faults" in done.output


def test_the_names_in_a_folder_of_alternatives_are_its_files_alone(folder):
    (folder / "alternatives" / ".hidden.yaml").write_text("x")
    (folder / "alternatives" / "README.md").write_text("x")
    assert run("validate", "small").exit_code == 0


@pytest.mark.usefixtures("folder")
def test_a_check_is_of_the_policy_with_the_alternative_over_it():
    assert run("check", "small").exit_code == 0
    done = run("check", "small", "--with", "east-closes")
    assert done.exit_code == 1
    assert "a visa of East opens East" in done.stdout


def test_sensitivity_ranks_no_step_of_a_walk(folder):
    pytest.importorskip("SALib")
    (folder / "evidence" / "parameters.csv").write_text(STRAYS)
    every = json.loads(run("sensitivity", "small", "--draws", "40", "--top", "100", "-q", "--json").stdout)
    names = [row["parameter"] for row in every["rows"]]
    assert len(names) == every["assumptions"]
    assert "trips a day" in names
    assert COURSE not in names, "how flows stray of themselves is no assumption"


@pytest.mark.usefixtures("folder")
def test_sensitivity_ranks_assumptions_and_draws_them(tmp_path):
    pytest.importorskip("SALib")
    arguments = ("sensitivity", "small", "--draws", "40", "--top", "4", "-q")
    done = run(*arguments)
    assert done.exit_code == 0, done.output
    assert "First applications" in done.stdout
    assert "PAWN" in done.stdout
    found = json.loads(run(*arguments, "--json", "--with", "east-decides", "--measure", "pending").stdout)
    jsonschema.validate(found, schema_of("sensitivity"))
    assert found["alternative"] == "East decides more"
    assert len(found["rows"]) == 4
    for ending in ("csv", "svg", "png"):
        assert run(*arguments, "-o", f"x.{ending}").exit_code == 0
    assert (tmp_path / "x.csv").read_text().count("\n") == 5
    assert ET.parse(tmp_path / "x.svg").getroot().tag.endswith("svg")
    assert (tmp_path / "x.png").read_bytes().startswith(b"\x89PNG")
    wrong = run(*arguments, "--measure", "first aplications")
    assert wrong.exit_code == 2
    assert "Did you mean 'first applications'?" in wrong.output
    assert "needs --of" in run(*arguments, "--measure", "entries").output
