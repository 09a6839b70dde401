"""`limen diff` and `limen audit`: what they print, write and refuse."""

import json
import re
import shlex

import jsonschema
import pytest
from click.testing import CliRunner
from tests.model.small import PARAMETERS
from tests.scenario.small import write_small

from limen.face.cli import limen
from limen.face.markdown_diff import _cell
from limen.face.schema import schema_of
from limen.scenario.read import read_scenario

BORDER = "finland-estonia-2022"
DAYS = ("--on", "2022-09-29", "--against", "2022-09-30")
AUDIT = ("audit", BORDER, "--by", "nationality", "--on", "2022-09-30")


def run(*arguments):
    return CliRunner().invoke(limen, list(arguments))


def test_two_days_are_told_apart_by_the_rule_that_came_between_them():
    done = run("diff", BORDER, *DAYS, "--door", "entry")
    assert done.exit_code == 0, done.output
    assert "2022-09-29 → 2022-09-30: " in done.output
    assert "must admit → must refuse, in FI" in done.output
    assert "tourists refused in Finland (new)" in done.output


def test_a_policy_treats_nobody_differently_from_itself():
    done = run("diff", BORDER, BORDER)
    assert done.exit_code == 0
    assert "nobody is treated differently" in done.output


@pytest.mark.parametrize("arguments", [
    ("diff", BORDER, *DAYS), ("diff", BORDER, BORDER), ("diff", BORDER, "--without", "tourists refused in Finland"),
    AUDIT, ("audit", BORDER, "--by", "age"),
])  # fmt: skip
def test_the_json_follows_its_schema(arguments):
    done = run(*arguments, "--json")
    assert done.exit_code == 0, done.output
    jsonschema.validate(json.loads(done.output), schema_of(arguments[0]))


def test_a_rule_laid_over_the_policy_shows_its_consequences_as_a_comment(tmp_path):
    from limen.scenario.find import policy_paths

    (folder,) = policy_paths((BORDER,))
    file = tmp_path / "finland.yaml"
    old = (folder / "finland.yaml").read_text(encoding="utf-8")
    file.write_text(old.replace("from: 2022-09-30", "from: 2022-10-10"), encoding="utf-8")
    assert file.read_text(encoding="utf-8") != old
    done = run("diff", BORDER, "--change", str(file), "--format", "md")
    assert done.exit_code == 0, done.output
    assert done.output.startswith("## Who is treated differently\n")
    assert "| must refuse | must admit | FI; 2022-09-30 until 2022-10-10 |" in done.output
    tables = [line for line in done.output.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in tables} == {7}
    written = tmp_path / "comment.md"
    assert run("diff", BORDER, "--change", str(file), "-o", str(written)).exit_code == 0
    assert written.read_text(encoding="utf-8") == done.output


def test_what_a_policy_says_is_never_read_as_markdown():
    assert _cell("a|b *c* <d>\n[e](f)") == r"a\|b \*c\* \<d\> \[e\](f)"


@pytest.mark.parametrize("arguments", [("diff", BORDER, *DAYS), AUDIT], ids=["diff", "audit"])
def test_the_examples_are_files_that_ask_reads_and_answers_so(arguments, tmp_path):
    done = run(*arguments, "--examples", str(tmp_path / "people"))
    assert done.exit_code == 0, done.output
    asked = 0
    for file in sorted((tmp_path / "people").iterdir())[:12]:
        lines = file.read_text(encoding="utf-8").splitlines()
        said = [line.removeprefix("# ") for line in lines if line.startswith("#")]
        for command, answer in zip(said[::2], said[1::2], strict=True):
            again = run(*shlex.split(command)[1:], "--json")
            assert again.exit_code == 0, again.output
            (door,) = json.loads(again.output)["doors"]
            assert {option["answer"] for option in door["possibilities"]} == {plain(answer)}, command
            asked += 1
    assert asked > 3


def plain(answer):
    return answer.partition("; first ")[0].removesuffix("; tension")


def test_people_of_a_scenario_are_counted(tmp_path):
    write_small(tmp_path, {"evidence/parameters.csv": PARAMETERS})
    days = ("--on", "2022-01-01", "--against", "2022-12-01")
    done = run("diff", str(tmp_path), "--people", str(tmp_path), *days, "--json")
    assert done.exit_code == 0, done.output
    (change,) = json.loads(done.output)["changes"]
    assert change["door"] == "exit"
    people = read_scenario(tmp_path).population
    liable = [kind.facts.get("liable") == "yes" for kind in people.kinds.values()]
    assert 0 < change["people"] == people.counts[:, liable, :].sum() < people.counts.sum()


def test_an_audit_names_rules_states_and_both_people():
    done = run(*AUDIT, "--door", "entry")
    assert done.exit_code == 0, done.output
    assert "in FI and EE: decides" in done.output
    assert "through tourists refused in Finland (of the person) — considered a threat: yes" in done.output
    assert "no verdict on any of these places" in done.output


def test_an_audit_among_a_few_values():
    done = run(*AUDIT, "--among", "RU,UA", "--json")
    found = json.loads(done.output)
    assert found["values"] in ("nationality: RU or UA", "nationality: UA or RU")
    values = {one["values"] for door in found["doors"] for finding in door["findings"] for one in finding["values"]}
    assert values <= {"RU", "UA", "?"}


@pytest.mark.parametrize(("arguments", "said"), [
    (("diff", BORDER), "Name something to compare with"),
    (("diff", BORDER, "--against", "2022-09-30"), "--against says which day another is compared with"),
    (("diff", BORDER, BORDER, "--practised", "x"), "Name one thing to compare with"),
    (("diff", BORDER, "--without", "tourists refused in Finnland"), "Did you mean 'tourists refused in Finland'?"),
    (("diff", BORDER, "--practised", "tourists refused in Finnland"), "Did you mean 'tourists refused in Finland'?"),
    (("diff", BORDER, *DAYS, "--door", "entri"), "Did you mean 'entry'?"),
    (("audit", BORDER, "--by", "nationalty"), "Did you mean 'nationality'?"),
    (("audit", BORDER, "--by", "state"), "says where a person stands"),
    (("audit", BORDER, "--by", "nationality", "--among", "RU"), "at least two values"),
    (("audit", BORDER, "--by", "nationality", "--among", "RU,UAA"), "Did you mean 'UA'?"),
])  # fmt: skip
def test_what_is_asked_wrongly_is_said_clearly(arguments, said):
    done = run(*arguments)
    assert done.exit_code == 2, done.output
    assert said in done.output or said in str(done.exception)


@pytest.mark.parametrize("more", [("--format", "md", "--json"), ("--json", "-o", "found.md")])
def test_a_comment_and_json_exclude_one_another(more):
    asked = ["diff", "finland-estonia-2022", "--without", "tourists refused in Finland", *more]
    done = CliRunner().invoke(limen, asked)
    assert done.exit_code == 2
    assert "exclude one another" in done.output


def test_people_of_a_scenario_in_other_words_are_told_with_their_file_and_the_facts_that_are_known(tmp_path):
    write_small(tmp_path, {"evidence/parameters.csv": PARAMETERS})
    done = run("diff", BORDER, *DAYS, "--people", str(tmp_path))
    assert done.exit_code == 2, done.output
    said = " ".join(done.output.split())
    assert f"{tmp_path / 'people'}: these people cannot be counted" in said
    assert "There is no fact 'liable'." in said
    assert "The policies know: state, where, nationality," in said


def test_what_is_not_known_is_told_in_the_terminal_and_in_a_comment():
    days = ("--on", "2022-12-20", "--against", "2023-01-30", "--door", "entry")
    told = " ".join(run("diff", "mobilisation-2022", *days).output.split())
    assert "Known until a day only (6) — all else is said of the rules as written" in told
    assert (
        "from 2022-12-28 it is not known whether the crossing stayed closed — Pededze closed; taken to have ended"
        in told
    )
    comment = run("diff", "mobilisation-2022", *days, "--format", "md").output
    assert (
        "- from 2022-12-28 it is not known whether the crossing stayed closed — Pededze closed; taken to have ended\n"
        in comment
    )
    mapped = run("audit", "mobilisation-2022", "--by", "nationality", "--on", "2022-12-30", "--door", "entry").output
    assert "Known until a day only (6)" in mapped
    assert "not everything in the texts could be put into rules" in mapped
