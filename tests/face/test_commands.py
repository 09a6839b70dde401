"""The command line: what it prints, where, and how it ends."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from tests.model.small import PARAMETERS
from tests.scenario.small import write_small

from limen.face.cli import limen
from limen.face.schema import schema_of

BORDER = "finland-estonia-2022"
TOURIST = [
    "state=FI",
    "where=land border",
    "nationality=RU",
    "document=short-stay visa",
    "visa issued by=FI",
    "purpose=tourism",
]


def run(*arguments, text=None):
    return CliRunner().invoke(limen, list(arguments), input=text)


@pytest.fixture
def faulty(tmp_path):
    """A policy with two faults in one file."""
    (tmp_path / "words.yaml").write_text(
        "facts:\n  a: {values: [x, y], ordinary: x}\ndoors:\n  d: {open: o, shut: s}\nranks: [law]\n"
    )
    (tmp_path / "rules.yaml").write_text(
        "sources: {s: {cite: S, rank: law}}\nrules:\n"
        "- {rule: one, d: must oo, source: s}\n- {rule: two, d: must o, whn: {a: x}, source: s}\n"
    )
    return tmp_path


def test_help_names_every_command_without_importing_what_they_need():
    code = "import sys; from limen.face.cli import limen; limen.main(['--help'], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for command in ("run", "compare", "ask", "check", "diff", "audit", "validate", "schema"):
        assert f"  {command} " in done.stdout
    loaded = done.stdout.splitlines()[-1].split()
    assert not {"numpy", "yaml", "rich", "pydantic", "xarray", "zarr", "duckdb", "vl_convert"} & set(loaded)


def test_to_ask_about_one_person_starts_no_solver():
    code = "import sys; from limen.face.cli import limen; limen.main(sys.argv[1:], standalone_mode=False); print(*sys.modules)"
    asked = ["ask", BORDER, "nationality=RU", "where=land border", "state=FI", "--on", "2022-10-01", "--brief"]
    done = subprocess.run([sys.executable, "-c", code, *asked], capture_output=True, text=True, check=True)
    loaded = done.stdout.splitlines()[-1].split()
    assert "numpy" in loaded
    assert "pysat" not in loaded


def test_every_command_explains_itself():
    for command in ("run", "compare", "ask", "check", "words", "validate", "schema"):
        done = run(command, "--help")
        assert done.exit_code == 0
        assert "Usage" in done.output


def test_validate_counts_what_it_read():
    done = run("validate", BORDER)
    assert done.exit_code == 0
    assert "No faults" in done.output


def test_validate_names_all_faults_with_their_places_and_the_nearest_spelling(faulty):
    done = run("validate", str(faulty))
    assert done.exit_code == 3
    assert f"{faulty / 'rules.yaml'}:3:" in done.output
    assert f"{faulty / 'rules.yaml'}:4:" in done.output
    assert "Did you mean 'must o'?" in done.output or "Did you mean 'o'?" in done.output
    assert "Did you mean 'when'?" in done.output
    assert "2 faults" in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize("command", ["ask", "check"])
def test_every_command_ends_with_3_where_a_file_is_faulty(faulty, command):
    more = ["--on", "2022-01-01"] if command == "ask" else []
    assert run(command, str(faulty), *more).exit_code == 3


def test_a_policy_that_is_not_there_is_missing_data():
    done = run("check", "finland-estonia-2021")
    assert done.exit_code == 4
    assert "Did you mean 'finland-estonia-2022'?" in done.output


def test_faults_as_json_follow_their_schema(faulty):
    done = run("validate", "--json", str(faulty))
    assert done.exit_code == 3
    found = json.loads(done.stdout)
    jsonschema.validate(found, schema_of("validate"))
    assert [fault["line"] for fault in found["faults"]] == [3, 4]


def test_ask_says_the_answer_the_rule_its_source_and_what_to_ask():
    done = run("ask", BORDER, *TOURIST, "--on", "2022-09-30", "--under", "threat by class=a class can be named")
    assert done.exit_code == 0
    for part in ("entry:", "tourists refused in Finland", "Schengen Borders Code", "To ask next", "no legal advice"):
        assert part in done.output


def test_facts_come_from_arguments_a_file_or_standard_input_alike(tmp_path):
    stated = {"state": "FI", "where": "land border", "nationality": "RU", "document": ["short-stay visa"], "visa issued by": "FI",
              "purpose": "tourism"}  # fmt: skip
    file = tmp_path / "person.json"
    file.write_text(json.dumps(stated))
    options = ["--on", "2022-09-30", "--json"]
    by_arguments = run("ask", BORDER, *TOURIST, *options)
    by_file = run("ask", BORDER, "--person", str(file), *options)
    by_input = run("ask", BORDER, "--person", "-", *options, text=json.dumps(stated))
    assert by_arguments.exit_code == 0
    assert by_arguments.output == by_file.output == by_input.output


def test_a_fact_that_is_stated_twice_is_a_fault(tmp_path):
    file = tmp_path / "person.yaml"
    file.write_text("nationality: RU\n")
    done = run("ask", BORDER, "--person", str(file), "nationality=BY", "--on", "2022-09-30")
    assert done.exit_code == 2
    assert "stated twice" in done.output


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        ("natonality=RU", "Did you mean 'nationality'?"),
        ("nationality=RUS", "Did you mean 'RU'?"),
        ("nationality", "fact=value"),
        ("document=short-stay vsa", "Did you mean 'short-stay visa'?"),
        ("age=130", "0..120"),
        ("date of birth=2022-31-01", "date of birth"),
        ("considered a threat=yes", "a term"),
    ],
)
def test_a_wrong_fact_is_wrong_usage_and_names_the_nearest(argument, said):
    done = run("ask", BORDER, argument, "--on", "2022-09-30")
    assert done.exit_code == 2
    assert said in done.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask", BORDER], "--on DAY"),
        (["ask", BORDER, "--on", "2022-02-30"], "is not a day"),
        (["ask", BORDER, "--calendar", "2022-02-01"], "is not a period"),
        (["ask", BORDER, "--calendar", "2022-02-02..2022-02-01"], "ends before it begins"),
        (["ask", BORDER, "--on", "2022-09-30", "--door", "entri"], "Did you mean 'entry'?"),
        (["check", BORDER, "--under", "threat by clas=x"], "Did you mean 'threat by class'?"),
        (["check", BORDER, "--under", "threat by class=x"], "a class can be named"),
        (["check", BORDER, "-o", "report.pdf"], ".json or .txt"),
        (["chek", BORDER], "Did you mean 'check'?"),
        (["schema"], "POLICY"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_would_be_right(arguments, said):
    done = run(*arguments)
    assert done.exit_code == 2
    assert said in done.output


def test_an_impossible_person_is_wrong_usage():
    done = run("ask", BORDER, "nationality=FI", "document=short-stay visa", "--on", "2022-09-30")
    assert done.exit_code == 2
    assert "impossible" in done.output


@pytest.mark.parametrize("state", ["FI", "FI,LV"])
def test_a_crossing_in_another_state_is_wrong_usage_and_names_the_right_state(state):
    done = run("ask", "mobilisation-2022", f"state={state}", "crossing=Narva", "--on", "2022-09-28")
    assert done.exit_code == 2
    assert "with crossing: Narva, state is EE or RU" in done.output


def test_a_crossing_alone_is_answered_for_its_own_states():
    done = run("ask", "mobilisation-2022", "crossing=Narva", "--on", "2022-09-28", "--brief")
    assert done.exit_code == 0, done.output
    assert [line for line in done.output.splitlines() if line.startswith("In ")] == ["In EE", "In RU"]


def test_answers_as_json_follow_their_schemas():
    asked = json.loads(run("ask", BORDER, *TOURIST, "--on", "2022-09-30", "--json").stdout)
    jsonschema.validate(asked, schema_of("ask"))
    days = json.loads(run("ask", BORDER, *TOURIST, "--calendar", "2022-09-01..2022-10-15", "--json").stdout)
    jsonschema.validate(days, schema_of("calendar"))
    checked = json.loads(run("check", BORDER, "--json").stdout)
    jsonschema.validate(checked, schema_of("check"))
    assert asked["files"].keys() == checked["files"].keys()
    assert all(len(digest) == 64 for digest in asked["files"].values())


def test_the_calendar_draws_a_bar_for_each_door():
    facts = [*TOURIST, "family of=nobody", "claims asylum=no", "travel document=valid"]
    reading = ["--under", "threat by class=a class can be named"]
    done = run("ask", BORDER, *facts, "--calendar", "2022-09-01..2022-10-15", "--door", "entry", *reading)
    assert done.exit_code == 0
    bar = next(line for line in done.output.splitlines() if line.startswith("entry, FI"))
    assert "█" in bar
    assert "░" in bar
    assert bar.index("█") < bar.index("░")


def test_a_result_goes_to_a_file_by_its_ending(tmp_path):
    text, data = tmp_path / "report.txt", tmp_path / "report.json"
    assert run("check", BORDER, "-o", str(text)).output == ""
    assert "Claims" in text.read_text()
    assert "\x1b" not in text.read_text()
    assert run("check", BORDER, "-o", str(data)).exit_code == 0
    assert json.loads(data.read_text())["fine"] is True


def test_check_ends_with_1_where_something_is_not_as_expected(tmp_path):
    extra = tmp_path / "extra.yaml"
    extra.write_text("always: [{claim: nobody is ever refused, entry: can admit}]\n")
    folder = Path(sys.modules["limen"].__file__).parent / "scenarios" / BORDER / "policy"
    done = run("check", str(folder), str(extra), "--quiet")
    assert done.exit_code == 1
    assert "Not as expected: 1 claim" in done.output
    assert "- case:" in done.output


def test_check_is_quiet_where_all_is_as_expected():
    loud, quiet = run("check", BORDER).output, run("check", "-q", BORDER).output
    assert len(quiet.splitlines()) < len(loud.splitlines()) / 4


def test_no_colour_is_printed_into_a_pipe_and_none_where_it_is_not_wanted():
    environment = {**os.environ, "NO_COLOR": "1", "FORCE_COLOR": ""}
    done = subprocess.run([sys.executable, "-c", "from limen.face.cli import main; main()", "check", BORDER],
                          capture_output=True, text=True, check=True, env=environment)  # fmt: skip
    assert "\x1b" not in done.stdout


def test_a_reader_that_stops_reading_is_no_traceback():
    command = f"{sys.executable} -c 'from limen.face.cli import main; main()' check {BORDER} | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert "Traceback" not in done.stderr


def test_nothing_about_a_person_is_written_anywhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert run("ask", BORDER, "date of birth=1995-03-01", "--on", "2022-09-30").exit_code == 0
    assert list(tmp_path.iterdir()) == []


def test_words_lists_every_fact_with_its_values_and_question():
    done = run("words", BORDER)
    assert done.exit_code == 0
    for part in (
        "nationality = FI",
        "any of short-stay visa",
        "0..120",
        "date of birth",
        "groups:",
        "What is the person",
        "threat by class",
    ):
        assert part in done.output


def test_contradictory_readings_are_wrong_usage():
    readings = ["--under", "threat by class=found in the person", "--under", "threat by class=a class can be named"]
    done = run("ask", BORDER, "--on", "2022-09-30", *readings)
    assert done.exit_code == 2
    assert "at once" in done.output


def test_a_claim_that_says_nothing_is_not_as_expected(tmp_path):
    extra = tmp_path / "extra.yaml"
    extra.write_text("always: [{claim: typo, for: {nationality: FI, document: short-stay visa}, entry: must admit}]\n")
    folder = Path(sys.modules["limen"].__file__).parent / "scenarios" / BORDER / "policy"
    done = run("check", str(folder), str(extra), "-q")
    assert done.exit_code == 1
    assert "says nothing" in done.output


def test_a_protection_door_never_shows_what_happens_if_nothing_is_found():
    done = run("ask", BORDER, "state=EE", "nationality=SY", "claims asylum=yes", "--on", "2022-09-28", "--json")
    door = next(door for door in json.loads(done.stdout)["doors"] if door["door"] == "refugee status")
    assert not door["settled"]
    assert door["if_nothing_is_found"] == []


def test_a_place_is_asked_for_where_a_great_many_are_left_open():
    done = run("ask", "mobilisation-2022", "nationality=RU", "--on", "2022-09-29")
    assert done.exit_code == 2
    assert "34 places are left open: FI, EE" in done.output
    assert "state=FI" in done.output


def test_days_that_the_policy_does_not_reach_are_warned_of():
    late = json.loads(run("ask", BORDER, "--on", "2026-01-15", "--json").stdout)
    assert any("newest text or rule" in warning for warning in late["warnings"])
    early = json.loads(run("ask", BORDER, "--on", "1999-01-15", "--json").stdout)
    assert any("may not have applied" in warning for warning in early["warnings"])
    assert json.loads(run("ask", BORDER, "--on", "2022-09-30", "--json").stdout)["warnings"] == []


def test_days_of_stay_say_on_what_condition_they_are_counted():
    done = run("ask", "schengen-90-180", "stays=2022-01-01..2022-03-31", "--on", "2022-04-10", "--brief")
    assert "91 (if the day itself is one of stay" in done.output
    assert run("ask", "schengen-90-180", "stays=none", "--on", "2022-04-10", "--brief").exit_code == 0


def test_no_condition_names_people_who_cannot_exist():
    done = json.loads(
        run("ask", BORDER, "state=EE", "where=land border", "--on", "2022-10-05", "--door", "entry", "--json").stdout
    )
    rule = next(r for d in done["doors"] for r in d["reasons"] if r["rule"] == "short-stay visas refused in Estonia")
    assert all("nationality: RU" in box for box in rule["when"])


@pytest.mark.parametrize(
    "arguments", [["check", "--on", "9999-12-31"], ["ask", "--calendar", "9999-12-01..9999-12-30", "--door", "entry"]]
)
def test_the_end_of_time_is_a_day_like_any_other(arguments):
    assert run(arguments[0], BORDER, *arguments[1:]).exit_code == 0


def test_too_many_kinds_of_people_are_told_soon(tmp_path):
    facts = "".join(f"  f{i}: {{values: [a, b, c], ordinary: a}}\n" for i in range(30))
    rules = "".join(f"- {{rule: r{i}, d: must o, when: {{f{i}: b, f{i + 1}: c}}, source: s}}\n" for i in range(29))
    (tmp_path / "w.yaml").write_text(f"facts:\n{facts}doors: {{d: {{open: o, shut: s}}}}\nranks: [law]\n")
    (tmp_path / "r.yaml").write_text(f"sources: {{s: {{cite: S, rank: law}}}}\nrules:\n{rules}")
    done = run("ask", str(tmp_path), "--on", "2022-01-01")
    assert done.exit_code == 1
    assert "kinds of people" in done.output


@pytest.fixture
def small(tmp_path):
    """The folder of a small scenario."""
    return write_small(tmp_path / "small")


def test_validate_reads_a_scenario_whole(small):
    write_small(small, {"evidence/parameters.csv": PARAMETERS})
    done = run("validate", str(small))
    assert done.exit_code == 0
    policy, scenario = done.output.splitlines()
    assert policy.startswith("A small border closes: 2 files")
    assert scenario == (
        "A small border closes: 31 days, 6 places, 2 gates, 3 ways, 5 routes, 100,000 people in 12 groups, 34 parameters, 3 "
        "shares of practice, 1 event, 3 observations and 2 series; 35 of 61 figures have low confidence. No faults."
    )
    assert json.loads(run("validate", "--json", str(small)).stdout)["faults"] == []


def test_validate_names_every_number_that_the_model_lacks_or_does_not_read(small):
    done = run("validate", str(small))
    assert done.exit_code == 3
    assert f"{small}/evidence/parameters.csv:1:1: The scenario states no 'travel weighs'" in done.output
    assert f"{small}/evidence/parameters.csv:6:1: The model reads no parameter 'warmth'." in done.output
    found = json.loads(run("validate", "--json", str(small)).stdout)["faults"]
    assert {fault["line"] for fault in found} == {1, 6}


def test_validate_names_the_faults_of_policy_world_people_and_evidence_at_once(small):
    write_small(small, edits={"world/gates.csv": {"300": "many"}, "evidence/series.csv": {",entries,": ",entires,"}})
    (small / "people" / "people.yaml").unlink()
    done = run("validate", str(small))
    assert done.exit_code == 3
    for place in ("world/gates.csv:2:8:", "people/people.yaml:1:1: This file is missing", "evidence/series.csv:2:33:"):
        assert f"{small}/{place}" in done.output
    assert "'entires' is not a measure that a simulation counts. Did you mean 'entries'?" in done.output
    found = json.loads(run("validate", "--json", str(small)).stdout)
    jsonschema.validate(found, schema_of("validate"))
    assert len(found["faults"]) == 3


def test_a_folder_with_a_policy_alone_is_validated_as_a_policy(small):
    for inner in ("world", "people", "evidence"):
        shutil.rmtree(small / inner)
    (small / "scenario.yaml").unlink()
    done = run("validate", str(small))
    assert done.exit_code == 0
    assert done.output.count("No faults.") == 1
