"""`limen ask --ways`, `limen reach`, `limen repair` and claims about ways in `limen check`: what they print and how they end."""

import csv
import json

import jsonschema
import pytest
from click.testing import CliRunner
from tests.scenario.small import write_small

from limen.face.cli import limen
from limen.face.schema import schema_of

BORDER = "finland-estonia-2022"
PERMIT = "no measure is about people with a permit"
CLAIMS = """policy: A small border closes
words: words.yaml
always:
- {claim: whoever may go comes in, for: {liable: no, visa: not no visa}, issuer: East, in: East, must reach: entry}
- {claim: everybody is heard in East, in: East, must reach: asylum procedure, right: yes}
- claim: everybody comes in
  in: East
  can reach: entry
  expected: fails
  because: The liable are held back, and without a visa nobody enters.
"""


def run(*arguments):
    return CliRunner().invoke(limen, list(map(str, arguments)))


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return write_small(tmp_path_factory.mktemp("small"), changes={"policy/claims.yaml": CLAIMS})


def test_check_decides_claims_about_ways_where_there_are_ways(small):
    done = run("check", small)
    assert done.exit_code == 0, done.output
    assert "Claims about ways: 2 of 3 proved for everyone, 1 known to fail" in done.stdout
    assert "can reach: entry fails always" in done.stdout
    assert "entry in East: must refuse" in done.stdout
    alone = run("check", *sorted((small / "policy").glob("*.yaml")))
    assert "Left out, because no ways were read: 3 claims" in " ".join(alone.stdout.split())
    found = json.loads(run("check", small, "--json").stdout)
    jsonschema.validate(found, schema_of("check"))
    assert [claim["holds"] for claim in found["reach"]] == [True, True, False]
    assert any(file.endswith("ways.yaml") for file in found["files"])


def test_check_ends_with_1_where_a_claim_about_ways_is_not_as_expected(tmp_path):
    folder = write_small(tmp_path, changes={"policy/claims.yaml": CLAIMS.split("  expected", maxsplit=1)[0]})
    done = run("check", folder, "-q")
    assert done.exit_code == 1
    assert "Not as expected: 1 claim." in done.stdout


def test_the_ways_of_a_person_are_told_by_what_they_come_to(small):
    asked = ["ask", small, "visa=short-stay visa", "--issuer", "East", "--on", "2022-01-15", "--ways"]
    done = run(*asked, "liable=yes", "danger=no")
    assert done.exit_code == 0, done.output
    assert "○ cannot — Bridge by car  [East, time not known: exit, entry]" in done.stdout
    assert "exit in Home (Home's guards): must stop" in done.stdout, done.stdout
    assert "● must reach — Bridge by car" in done.stdout
    assert "risk: exit by Home's guards in Home: must stop" in done.stdout
    free = run(*asked, "liable=no", "--door", "entry")
    assert "● must reach — Bridge by car" in free.stdout
    assert "◐ can reach — flight to West" in free.stdout
    assert "To ask for protection" in free.stdout
    found = json.loads(run("ask", small, "liable=no", "--on", "2022-01-15", "--ways", "--json").stdout)
    jsonschema.validate(found, schema_of("ways"))
    assert [way["way"] for way in found["ways"]] == ["Bridge by car", "flight to West", "over the fields"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask", BORDER, "--on", "2022-09-30", "--ways"], "has no ways"),
        (["ask", BORDER, "--on", "2022-09-30", "--issuer", "FI"], "--issuer belongs to --ways"),
        (["ask", BORDER, "--calendar", "2022-09-01..2022-09-30", "--ways"], "The ways are those of one day"),
        (["ask", "SMALL", "--on", "2022-01-15", "--ways", "--issuer", "Wset"], "Did you mean 'West'?"),
        (["ask", "SMALL", "--on", "2022-01-15", "--ways", "--door", "exit"], "No way ends before exit."),
        (["reach", "SMALL", "--door", "entyr"], "Did you mean 'entry'?"),
        (["reach", "SMALL", "--door", "exit"], "No way ends before the door 'exit'"),
        (["reach", "SMALL", "--from", "2022-01-20", "--until", "2022-01-10"], "lies before --from"),
        (["reach", "SMALL", "-o", "table.xlsx"], "it can be .csv, .json or .txt"),
        (["repair", BORDER, PERMIT[:-1]], f"Did you mean {PERMIT!r}?"),
        (["repair", "SMALL", "everybody comes in"], "is about ways. Only claims about a door or a term are repaired."),
        (["ask", "SMALL", "state=East", "--on", "2022-01-15", "--ways"], "'state' cannot be stated with --ways"),
        (["repair", BORDER, PERMIT, "-o", ""], "It names no file."),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_would_be_right(small, arguments, said):
    done = run(*[small if one == "SMALL" else one for one in arguments])
    assert done.exit_code == 2, done.output
    assert said in " ".join(done.stderr.split())


def test_the_table_goes_to_a_file_for_maps(small, tmp_path):
    file = tmp_path / "reach.csv"
    done = run("reach", small, "--door", "entry", "-o", file)
    assert done.exit_code == 0, done.output
    with file.open(newline="") as text:
        rows = list(csv.DictReader(text))
    assert list(rows[0]) == [
        "state", "latitude", "longitude", "door", "kind", "holding", "origin", "persons", "from", "until", "reach", "way",
        "stopped_by", "stopped_in", "risk",
    ]  # fmt: skip
    assert {row["reach"] for row in rows} == {"must reach", "can reach", "cannot"}
    found = json.loads(run("reach", small, "--json").stdout)
    jsonschema.validate(found, schema_of("reach"))
    assert found["readings"] == {"danger at home": "always"}
    shown = run("reach", small, "--door", "entry").stdout
    assert "stopped by exit in Home" in " ".join(shown.split())


def test_a_policy_without_people_has_no_table():
    assert run("reach", BORDER).exit_code == 4


def test_a_repair_is_told_with_what_to_write_and_whom_it_touches():
    done = run("repair", BORDER, PERMIT)
    assert done.exit_code == 0, done.output
    assert "Repair 1: 1 change of national measure — proved" in done.stdout
    assert "- {document: [long-stay visa, residence permit], individual threat: no}" in done.stdout
    assert "must refuse → must admit" in done.stdout
    found = json.loads(run("repair", BORDER, PERMIT, "--json").stdout)
    jsonschema.validate(found, schema_of("repair"))
    assert found["repairs"][0]["changes"][0]["text"].startswith("unless:")


def test_repair_ends_with_1_where_a_new_rule_would_be_needed():
    done = run("repair", BORDER, "whoever asks for asylum is assessed, wherever he asks")
    assert done.exit_code == 1
    assert "a new rule would be needed" in done.stdout


def test_repair_says_where_there_is_nothing_to_repair():
    done = run("repair", BORDER, "whoever asks for asylum at the border or inside is assessed")
    assert done.exit_code == 0, done.output
    assert "nothing to repair" in done.stdout


def test_a_claim_in_a_file_of_ones_own_is_repaired_under_the_rules_that_are_read_with_it(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text(
        "always: [{claim: tourists enter, for: {state: FI, nationality: RU}, entry: can admit}]\n", encoding="utf-8"
    )
    done = run("repair", BORDER, file, "tourists enter")
    assert done.exit_code == 0, done.output
    assert "[mine.yaml:1]" in done.stdout
    assert "Repair 1" in done.stdout
    alone = run("repair", BORDER, "tourists enter")
    assert alone.exit_code == 2
    assert "There is no claim 'tourists enter'" in alone.stderr


def test_a_proof_about_ways_says_what_it_rests_on(small):
    done = run("check", small, "-v")
    line = next(line for line in done.stdout.splitlines() if "whoever may go comes in" in line)
    assert "proved, on rules of" in line
    found = json.loads(run("check", small, "--json").stdout)["reach"]
    assert [claim["support"] is not None for claim in found] == [True, True, False]
    assert all(rule in done.stdout for claim in found if claim["support"] for rule in claim["support"]["rules"])


def test_days_before_the_scenario_are_warned_of(small):
    days = ("1990-01-01", "2022-01-15")
    before, within = (
        " ".join(run("reach", small, "--from", day, "--until", "2022-01-20").stdout.split()) for day in days
    )
    assert "The scenario is one of" in before
    assert "The scenario is one of" not in within
