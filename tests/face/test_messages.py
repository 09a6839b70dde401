"""What was lost, followed or skipped in silence is told in one message; what an answer rests on is told beside it."""

import json
import os
import shutil
import time

import pytest
from click.testing import CliRunner
from tests.scenario.small import write_small

from limen.face.cli import limen
from limen.scenario.find import built_in

BORDER = "finland-estonia-2022"
LEAVING = "mobilisation-2022"
DAY = ["--on", "2022-09-30"]


def run(*arguments, text=None):
    return CliRunner().invoke(limen, list(map(str, arguments)), input=text)


@pytest.fixture
def folder(tmp_path):
    """The policy of the border, as a folder that may be changed."""
    return shutil.copytree(built_in()[BORDER] / "policy", tmp_path / "policy")


@pytest.fixture
def person(tmp_path):
    """Writes a file about a person."""

    def written(text, name="person.yaml"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return written


def test_a_second_value_of_an_option_that_takes_one_is_wrong_usage(person):
    one, other = person("nationality: RU", "one.yaml"), person("nationality: BY", "other.yaml")
    for arguments in (
        ["ask", BORDER, "--person", one, "--person", other, *DAY],
        ["ask", BORDER, *DAY, *DAY],
        ["ask", BORDER, *["--calendar", "2022-09-01..2022-09-30"] * 2],
        ["ask", BORDER, *DAY, *["--known-on", "2022-09-01"] * 2],
        ["check", BORDER, *DAY, "--on", "2022-10-01"],
        ["check", BORDER, "-o", "a.json", "-o", "b.json"],
    ):
        done = run(*arguments)
        assert done.exit_code == 2, arguments
        assert "can be given once" in done.output


@pytest.mark.parametrize(
    "arguments",
    [["check", BORDER, "-q", "-v"], ["ask", BORDER, *DAY, "--brief", "-v"], ["ask", BORDER, *DAY, "-v", "--brief"]],
)
def test_to_ask_for_less_and_for_more_at_once_is_wrong_usage(arguments):
    done = run(*arguments)
    assert done.exit_code == 2
    assert "exclude one another" in done.output


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", BORDER, "--on", "0001-01-01"],
        ["check", BORDER, "--on", "0999-12-31"],
        ["ask", BORDER, "--calendar", "0001-01-01..2022-01-01"],
        ["ask", BORDER, "--calendar", "2022-01-01..0001-01-01"],
    ],
)
def test_a_day_that_is_too_early_is_told_from_one_that_is_none(arguments):
    done = run(*arguments)
    assert done.exit_code == 2
    assert "days from 1000-01-01 to 9999-12-31 can be given" in done.output
    assert "is not a" not in done.output


def test_a_day_that_never_was_is_none_however_early():
    assert "'0900-13-31' is not a day" in run("check", BORDER, "--on", "0900-13-31").output


@pytest.mark.parametrize("command", ["check", "validate", "words", "ask"])
def test_links_pipes_and_folders_in_a_policy_are_named_all_at_once(command, folder):
    (folder / "link.yaml").symlink_to(folder / "words.yaml")
    (folder / "broken.yaml").symlink_to(folder / "nowhere.yaml")
    (folder / "folder.yaml").mkdir()
    os.mkfifo(folder / "pipe.yaml")
    (folder / ".editor.yaml").symlink_to(folder / "nowhere.yaml")
    (folder / "README").symlink_to(folder / "nowhere")
    done = run(command, folder, *(DAY if command == "ask" else []))
    assert done.exit_code == 3
    lines = [line for line in done.output.splitlines() if ":1:1:" in line]
    assert [line.partition(".yaml")[0].rpartition("/")[2] for line in lines] == ["broken", "folder", "link", "pipe"]
    assert all(word in done.output for word in ("is a link", "is a folder", "is a pipe"))


def test_a_link_in_the_policy_of_a_scenario_is_not_followed(tmp_path):
    folder = write_small(tmp_path / "small")
    file = next((folder / "policy").glob("*.yaml"))
    (folder / "policy" / "link.yaml").symlink_to(file)
    done = run("validate", folder)
    assert done.exit_code == 3
    assert "policy/link.yaml:1:1: This is a link" in done.output


def test_a_pipe_that_is_named_is_said_to_be_no_file(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    done = run("check", tmp_path / "pipe.yaml")
    assert done.exit_code == 4
    assert "is neither a file nor a folder" in done.output


@pytest.mark.parametrize("command", ["check", "validate", "words", "schema", "ask", "run"])
@pytest.mark.parametrize("name", ["", " "])
def test_an_empty_name_does_not_stand_for_the_folder_one_is_in(command, name, folder, monkeypatch):
    monkeypatch.chdir(folder)
    done = run(command, name, *(DAY if command == "ask" else []))
    assert done.exit_code == 4
    assert done.output.startswith("A name is empty.")


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]", "RU"])
def test_a_person_of_whom_nothing_is_said_is_told_in_the_words_of_a_person(text, person):
    done = run("ask", BORDER, "--person", person(text), *DAY)
    assert done.exit_code == 3
    assert "Nothing is said of a person here" in done.output
    assert "sources" not in done.output


def test_an_empty_mapping_is_a_person_of_whom_all_is_unknown(person):
    assert run("ask", BORDER, "--person", person("{}"), *DAY, "--brief").exit_code == 0


def test_true_false_and_null_of_a_program_are_yes_no_and_unknown(person):
    written = person(json.dumps({"state": "FI", "claims asylum": True, "refuses call-up": False, "nationality": None}))
    known = run("ask", BORDER, "--person", written, *DAY, "--brief").output.splitlines()[1]
    assert "claims asylum: yes" in known
    assert "refuses call-up: no" in known
    assert "nationality" not in known


def test_true_is_no_value_of_a_fact_without_yes_and_no(person):
    done = run("ask", BORDER, "--person", person('{"nationality": true}'), *DAY)
    assert done.exit_code == 3
    assert "'true' is not a value of 'nationality'" in done.output


@pytest.mark.parametrize("command", ["check", "validate"])
def test_two_policies_named_together_are_one_fault(command):
    done = run(command, LEAVING, BORDER)
    assert done.exit_code == 3
    assert "1 fault." in done.output
    assert "Two policies cannot be read together" in done.output


def test_a_words_file_alone_is_no_policy_that_holds(folder):
    done = run("check", folder / "words.yaml")
    assert "Nothing can be checked: there are no rules, claims or cases." in done.output
    assert "✓" not in done.output


def test_rules_without_claims_and_cases_are_said_to_have_none(folder):
    for name in ("claims.yaml", "cases.yaml"):
        (folder / name).unlink()
    last = run("check", folder).output.splitlines()[-1]
    assert last == "✓ No conflicts. There are no claims or cases to check."


def test_a_brief_answer_that_depends_says_on_what():
    done = run("ask", BORDER, "state=FI", "nationality=RU", "document=none", *DAY, "--brief", "--door", "entry")
    line = next(line for line in done.output.splitlines() if line.startswith("entry: ? depends"))
    assert " — on " in line
    answers = json.loads(
        run("ask", BORDER, "state=FI", "nationality=RU", "document=none", *DAY, "--door", "entry", "--json").stdout
    )
    (door,) = answers["doors"]
    assert door["depends_on"][0] in line
    asked = {question["fact"] for question in answers["ask_next"]} | {look["finding"] for look in answers["look_at"]}
    assert set(door["depends_on"]) <= asked


def test_the_head_of_a_check_of_one_day_counts_the_rules_in_force():
    all_days, one_day = (json.loads(run("check", LEAVING, *on, "--json").stdout)["rules"] for on in ([], DAY))
    assert one_day < all_days
    assert f"{one_day} rules in force on 2022-09-30." in run("check", LEAVING, *DAY, "-q").output


def test_the_line_of_a_proved_claim_says_what_it_rests_on():
    report = json.loads(run("check", LEAVING, "--json").stdout)
    proved = {claim["claim"]: claim["support"] for claim in report["claims"] if claim["support"]}
    text = " ".join(run("check", LEAVING).output.split())
    told = " ".join(run("check", LEAVING, "-v").output.split())
    for claim, support in proved.items():
        line = text.partition(f"✓ {claim} — ")[2].partition(" ✓ ")[0].partition(" ✗ ")[0]
        assert line.startswith("proved, ")
        if support["confidence"]:
            assert f", on rules of {support['confidence']} confidence" in line
            assert f"rests on {'; '.join(support['rules'])}" in told
        else:
            assert ", since no rule says otherwise" in line
        for mark in support["untranslated"]:
            assert mark["words"] in line
        also = len(support["also_untranslated"])
        assert (f"{also} other text" in line) == (also > 0)
    assert any(support["untranslated"] for support in proved.values())
    assert {support["confidence"] for support in proved.values()} >= {None, "medium", "high"}


def test_a_calendar_says_how_far_its_answers_can_be_relied_on():
    facts = ["state=FI", "where=land border", "nationality=RU", "document=short-stay visa"]
    done = run("ask", LEAVING, *facts, "--calendar", "2022-09-01..2022-12-31", "--door", "visa revocation")
    text = " ".join(done.output.split())
    assert text.count("(not everything in the texts could be put into rules; confidence medium)") == 1


def test_a_calendar_of_all_doors_takes_no_longer_than_one_waits():
    started = time.process_time()
    done = run("ask", LEAVING, "state=FI", "--calendar", "2022-09-01..2022-12-31")
    assert done.exit_code == 0
    assert time.process_time() - started < 6, "0.6 s are usual"


@pytest.mark.parametrize("command", [
    ["check", BORDER], ["audit", BORDER, "--by", "nationality"], ["reach", LEAVING], ["schema"], ["sensitivity", LEAVING],
])  # fmt: skip
def test_a_folder_that_is_missing_is_named_before_anything_is_worked_out(command, tmp_path):
    start = time.process_time()
    done = run(*command, "-o", tmp_path / "nodir" / "x.json")
    assert done.exit_code == 4, done.output
    assert done.stderr == f"There is no folder {tmp_path / 'nodir'}, in which x.json could be written.\n"
    assert time.process_time() - start < 2


@pytest.mark.parametrize(("command", "what"), [
    (["check", BORDER], "file"), (["reach", LEAVING], "file"), (["compare", LEAVING], "file"), (["run", LEAVING], "folder"),
])  # fmt: skip
def test_an_empty_name_does_not_stand_for_the_folder_that_is_written_to(command, what):
    done = run(*command, "-o", "")
    assert done.exit_code == 2, done.output
    assert f"It names no {what}." in done.stderr


@pytest.mark.parametrize(("until", "code"), [("2029-12-31", 0), ("2030-01-01", 2)])
def test_a_calendar_covers_at_most_thirty_years_to_the_day(until, code):
    done = run("ask", BORDER, "state=FI", "nationality=RU", "--door", "entry", "--calendar", f"2000-01-01..{until}")
    assert done.exit_code == code, done.output
    assert (done.stderr == "A calendar covers at most thirty years.\n") == bool(code)


def test_nothing_held_stands_alone_and_it_is_said_how_to_leave_open_what_is_held():
    done = run("ask", BORDER, "document=none,residence permit", *DAY)
    assert done.exit_code == 2
    assert "'none' says that nothing is held: it stands alone." in done.stderr
    assert "a question mark (residence permit?)" in done.stderr
    assert "Did you mean" not in done.stderr
