"""The page on equal treatment shows what the commands really print, and its sentences hold."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.docs.console import examples, is_what_is_printed

from limen.face.cli import limen

PAGE = Path(__file__).parent.parent.parent / "docs" / "explanation" / "equal-treatment.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = examples(TEXT)


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[str(number + 1) for number in range(len(EXAMPLES))])
def test_the_page_is_what_is_printed(command, shown):
    is_what_is_printed(command, shown)


def audit(*more):
    asked = ["audit", "mobilisation-2022", "--by", "nationality", "--on", "2022-10-15", "--json", *more]
    found = json.loads(CliRunner().invoke(limen, asked).output)
    return {door["door"]: door for door in found["doors"]}


def test_every_refusal_of_a_russian_alone_at_the_border_goes_through_a_class_declared_a_threat():
    findings = [
        finding
        for finding in audit("--door", "entry", "--among", "RU,BY,SY")["entry"]["findings"]
        if finding["covered"]
    ]
    refused = [one for one in findings if one["person"]["answer"].startswith("must refuse")]
    assert refused
    for finding in refused:
        assert any("considered a threat: yes" in rule["says"] for rule in finding["rules"])


def test_belarusians_are_counted_with_russians_in_lithuania_alone():
    doors = audit("--among", "RU,BY,SY")
    states = set()
    for door in doors.values():
        for finding in door["findings"]:
            if finding["covered"] and any(one["values"] in ("RU or BY", "BY or RU") for one in finding["values"]):
                states.update(finding["states"])
    assert states == {"LT"}


def test_the_asylum_procedure_and_what_follows_from_it():
    doors = audit()
    assert not doors["asylum procedure"]["decides"]
    assert not doors["subsidiary protection"]["decides"]
    assert doors["temporary protection"]["decides"]
    (way,) = [one for one in doors["temporary protection"]["findings"] if one["covered"]]
    assert {one["values"]: one["answer"] for one in way["values"]}["UA"] == "must grant"
