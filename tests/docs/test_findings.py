"""The page of findings shows what the commands really print, and what its sentences say is decided anew."""

import json
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.docs.console import examples, is_what_is_printed

import limen
from limen.face.cli import limen as command_line

PAGE = Path(__file__).parent.parent.parent / "docs" / "explanation" / "findings.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = examples(TEXT)
WHOLE = [one for one in EXAMPLES if "..." not in one[1].splitlines()]
EXCERPTS = [one for one in EXAMPLES if one not in WHOLE]
IN_PERSON = {"threat by class": "found in the person"}
BORDERS = ("BY", "SY")


@cache
def checked(*more):
    done = CliRunner().invoke(command_line, ["check", "mobilisation-2022", *more])
    assert done.exit_code == 0, done.output
    return done.output


@cache
def policy():
    return limen.read("mobilisation-2022")


def claim(name):
    return next(one for one in json.loads(checked("--json"))["reach"] if one["claim"] == name)


@pytest.mark.parametrize(("command", "shown"), WHOLE, ids=[command[:70] for command, _ in WHOLE])
def test_the_page_is_what_is_printed(command, shown):
    is_what_is_printed(command, shown)


@pytest.mark.parametrize(("command", "shown"), EXCERPTS, ids=[str(at) for at, _ in enumerate(EXCERPTS)])
def test_an_excerpt_is_part_of_what_is_printed(command, shown):
    assert command == "check mobilisation-2022"
    parts = [part.strip("\n") for part in f"\n{shown}\n".split("\n...\n") if part.strip()]
    assert parts
    left = checked()
    for part in parts:
        assert part in left, part
        left = left.partition(part)[2]


def test_there_are_five_findings_with_a_command_each():
    assert TEXT.count("\n## ") == 5
    assert all("```console" in part for part in TEXT.split("\n## ")[1:])
    assert "(findings.md)" in (PAGE.parent / "index.md").read_text(encoding="utf-8")


def test_nationality_decides_nothing_on_access_to_asylum_on_any_day():
    (door,) = policy().audit("nationality", doors=["asylum procedure"]).doors
    assert (door.decides, door.findings, door.more) == (False, [], False)
    nobody = {state for one in door.covered if not one.covered for state in one.states}
    assert nobody == {"KZ", "KG", "IL", "BY", "US"}


@pytest.mark.parametrize("other", BORDERS)
def test_without_the_class_no_rule_refuses_a_russian_alone_on_any_day(other):
    (door,) = policy().audit("nationality", among=["RU", other], doors=["entry"], under=IN_PERSON).doors
    assert not door.more, "all ways are told"
    among = [finding for finding in door.findings if finding.covered]
    assert among
    for finding in among:
        says = [said for rule in finding.rules for said in rule.says]
        assert all(said.startswith(("entry: first ", "entry: presume ")) for said in says), says
        assert not any(one.answer.startswith("must refuse") for one in finding.values)


@pytest.mark.parametrize("other", BORDERS)
def test_with_the_class_every_refusal_of_a_russian_alone_goes_through_it(other):
    (door,) = policy().audit("nationality", among=["RU", other], on="2022-10-15", doors=["entry"]).doors
    assert not door.more, "all ways are told"
    refused = 0
    for finding in door.findings:
        answers = {value: one.answer for one in finding.values for value in one.values.split(" or ")}
        if finding.covered and answers["RU"].startswith("must refuse") and not answers[other].startswith("must refuse"):
            assert any("considered a threat: yes" in rule.says for rule in finding.rules)
            assert "threat by class" in finding.person.readings
            refused += 1
    assert refused >= 5


def test_lithuania_alone_refuses_a_visa_to_belarusians_and_not_to_syrians():
    found = policy().audit(
        "nationality", among=["BY", "SY"], on="2022-10-15", doors=["short-stay visa", "long-stay visa"]
    )
    assert {state for door in found.doors for one in door.covered if one.decides for state in one.states} == {"LT"}


def test_one_must_be_heard_at_the_border_and_a_carrier_alone_may_keep_one_from_it():
    assert claim("whoever comes to a border of the Union on some way is heard there")["holds"]
    assert claim("whoever comes to the Finnish border is heard there")["holds"]
    (failure,) = claim("a state without a land border on the way is reached by whoever asks for asylum")["failures"]
    assert failure["days"] == ["always"]
    stops = {(stop["door"], stop["in_state"], stop["answer"]) for stop in failure["person"]["stops"]}
    assert stops == {("carriage", state, "may carry or refuse to carry") for state in ("DE", "FR", "GR", "CZ")}


def test_a_tourist_is_shut_out_only_where_a_class_can_be_a_threat():
    shut = claim("a tourist with a visa can reach the Schengen area")
    assert not shut["holds"]
    readings = [reading for failure in shut["failures"] for reading in failure["readings"]]
    assert {reading["threat by class"] for reading in readings} == {"a class can be named"}
    assert all(failure["readings"] for failure in shut["failures"])
    assert claim("a tourist with a visa can reach the Schengen area, if a threat is found in persons only")["holds"]


def test_belarus_lets_in_and_the_exit_alone_stops_a_reservist():
    assert claim("whoever has a passport is let into Belarus")["holds"]
    failures = claim("whoever has a passport can reach a neighbour past the Russian exit")["failures"]
    stops = {(stop["door"], stop["in_state"], stop["answer"]) for one in failures for stop in one["person"]["stops"]}
    assert stops == {("exit", "RU", "must stop")}
