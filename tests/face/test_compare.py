"""`limen compare`: the scenario as it stands against the same with changes laid over it."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

import limen
from limen.face import many
from limen.face.cli import limen as program
from limen.face.compare import laid_over, without_rules
from limen.face.schema import schema_of
from limen.policy.read import read_policy

BORDER = "finland-estonia-2022"
TOURISTS = "tourists refused in Finland"
MORE = """
sources: {more: {cite: More, rank: union law}}
rules:
- {rule: nobody enters, entry: must refuse, in: FI, source: more 1}
"""


@pytest.fixture
def border(sketch, monkeypatch):
    """The sketch under the policy of Finland and Estonia; a changed policy shuts Finland."""
    policy, named = limen.read(BORDER).policy, many.scenario_named
    monkeypatch.setattr(many, "scenario_named", lambda name, until=None: replace(named(name, until), policy=policy))
    sketch["shut"] = {"FI": date(2022, 9, 30)}
    return sketch


def run(*arguments):
    return CliRunner().invoke(program, ["compare", BORDER, "--draws", "6", "-q", *arguments])


@pytest.mark.usefixtures("border")
def test_it_says_what_was_changed_what_differs_and_what_gives_it_again():
    done = run("--without", TOURISTS)
    assert done.exit_code == 0, done.output
    for part in (
        f"without the rule “{TOURISTS}”",
        "Finland, entries",
        "Entries to the Union",
        "may be higher or lower",
    ):
        assert part in done.output
    assert done.stdout.splitlines()[-1].strip() == f"limen compare {BORDER} --without '{TOURISTS}' --draws 6 --seed 1"
    assert max(map(len, done.stdout.splitlines()[:-1])) <= 110


def test_where_nothing_differs_it_says_so(border):
    border["shut"] = {}
    done = run("--without", TOURISTS)
    assert done.exit_code == 0
    assert "Nothing differs" in done.output


@pytest.mark.usefixtures("border")
def test_json_follows_its_schema_and_gives_the_same_again():
    one, other = (run("--without", TOURISTS, "--json") for _ in range(2))
    found = json.loads(one.stdout)
    jsonschema.validate(found, schema_of("compare"))
    assert one.stdout == other.stdout
    assert found["changes"] == [f"without the rule “{TOURISTS}”"]


@pytest.mark.parametrize("name", ["c.json", "c.txt", "c.html"])
@pytest.mark.usefixtures("border")
def test_the_ending_picks_the_format(name):
    assert run("--without", TOURISTS, "-o", name).exit_code == 0
    text = Path(name).read_text(encoding="utf-8")
    assert TOURISTS in text
    assert text.startswith({"json": "{", "txt": "The mobilisation", "html": "<!doctype html>"}[name[2:]])


def files_of(policy):
    return {Path(name).name for name in policy.hashes}


def test_a_file_of_the_same_name_replaces_and_another_is_added(tmp_path):
    old = limen.read(BORDER).policy
    (tmp_path / "estonia.yaml").write_text("rules: []\n")
    (tmp_path / "more.yaml").write_text(MORE)
    guidance = next(Path(name) for name in old.hashes if Path(name).name == "finland.yaml")
    (tmp_path / "finland.yaml").write_bytes(guidance.read_bytes())
    new = laid_over(old, [tmp_path / "finland.yaml", tmp_path / "more.yaml"])
    assert files_of(new) == files_of(old) | {"more.yaml"}
    assert str(tmp_path / "finland.yaml") in new.hashes
    assert set(new.rules) == set(old.rules) | {"nobody enters"}


def test_a_rule_that_is_withdrawn_is_gone_and_nothing_prevails_over_it():
    old = limen.read(BORDER).policy
    despised = next(rule.despite[0] for rule in old.rules.values() if rule.despite)
    new = without_rules(old, [despised])
    assert set(new.rules) == set(old.rules) - {despised}
    assert despised not in new.order
    assert not [rule for rule in new.rules.values() if despised in rule.despite]
    assert without_rules(old, []) is old


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "at least one change"),
        (["--without", "tourists refused in Finnland"], 2, f"Did you mean '{TOURISTS}'?"),
        (["--without", TOURISTS, "-o", "c.pdf"], 2, ".json, .txt or .html"),
        (["--without", TOURISTS, "--seed", "-1"], 2, "not in the range"),
        (["--change", "nowhere.yaml"], 4, "There is no file or folder nowhere.yaml"),
        (["--change", "empty"], 4, "There are no .yaml files directly inside empty"),
        (["--change", "bad.yaml"], 3, "bad.yaml:1:"),
    ],
)
@pytest.mark.usefixtures("border")
def test_what_is_wrong_is_said_in_one_message_with_its_exit_code(arguments, code, said):
    Path("empty").mkdir()
    Path("bad.yaml").write_text("ruls: []\n")
    done = run(*arguments)
    assert done.exit_code == code, done.output
    assert said in " ".join(done.output.split())


@pytest.mark.usefixtures("border")
def test_a_change_is_told_by_its_path():
    Path("more.yaml").write_text(MORE)
    done = run("--change", "more.yaml")
    assert done.exit_code == 0, done.output
    assert "with more.yaml" in done.output
    assert len(read_policy([Path("more.yaml"), *map(Path, limen.read(BORDER).policy.hashes)]).rules) > 1


def test_an_interrupt_ends_with_130(border):
    border["stops_at"] = 2
    done = run("--without", TOURISTS)
    assert done.exit_code == 130
    assert "keeps nothing" in done.stderr
