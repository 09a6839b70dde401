"""What a lawyer found in the rules of mobilisation-2022: ended law, texts that stop, relatives, and what could be known."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

import limen
from limen.face.cli import limen as command_line
from limen.scenario.find import built_in

HERE = ["ask", "mobilisation-2022", "nationality=RU", "travel document=foreign passport", "family of=nobody"]
FOUND = [
    "purpose and means=shown",
    "alert=no",
    "individual threat=no",
    "humanitarian grounds=no",
    "national interest=no",
]
TOURIST = [
    "where=land border",
    "document=short-stay visa",
    "purpose=tourism",
    "asylum claim=no claim",
    "travels by=car",
    *FOUND,
]
NAMED = ["--under", "threat by class=a class can be named"]


def run(*arguments):
    return CliRunner().invoke(command_line, list(arguments))


@pytest.mark.parametrize("name", sorted(built_in()))
def test_a_claim_does_not_outlive_the_texts_that_it_restates(name):
    policy = limen.read(name).policy
    ends = {}
    for rule in policy.rules.values():
        ends.setdefault(rule.cited[0].source.id, []).append(rule.end)
    ended = {source: max(days) for source, days in ends.items() if None not in days}
    for claim in policy.claims.values():
        sources = {cited.source.id for cited in claim.law}
        if sources and sources <= ended.keys():
            assert claim.end is not None, claim.name
            assert claim.end <= max(ended[source] for source in sources), claim.name


@pytest.mark.parametrize(
    ("source", "end"),
    [
        ("procedures", date(2026, 6, 12)),
        ("qualification", date(2026, 6, 12)),
        ("dublin", date(2026, 7, 1)),
    ],
)
def test_no_rule_of_an_ended_text_goes_on(source, end):
    rules = [
        rule for rule in limen.read("mobilisation-2022").policy.rules.values() if rule.cited[0].source.id == source
    ]
    assert len(rules) > 10
    assert {rule.end for rule in rules} == {end}
    assert all(rule.ended_by is not None for rule in rules)


@pytest.mark.parametrize(
    ("facts", "door", "on", "words"),
    [
        (["state=LV", "crossing=Pededze", *TOURIST], "entry", "2022-12-28", "whether the crossing stayed closed"),
        (["state=LT", "crossing=another crossing", *TOURIST], "entry", "2023-04-01", "whether the Seimas prolonged it"),
        (
            ["state=NO", "where=inside the country", "asylum claim=open"],
            "asylum decision",
            "2023-02-01",
            "how long the pause lasted",
        ),
    ],
)
def test_after_a_text_that_stops_the_answer_says_what_is_not_known(facts, door, on, words):
    asked = run(*HERE, *facts, "--door", door, "--on", on, *NAMED)
    assert asked.exit_code == 0, asked.output
    assert words in " ".join(asked.output.split())
    assert "it is not known whether a rule behind this stands on that day" in " ".join(asked.output.split())
    (found,) = json.loads(run(*HERE, *facts, "--door", door, "--on", on, *NAMED, "--json").stdout)["doors"]
    assert any(words in one["what"] for one in found["not_known"])


def test_the_day_before_the_answer_is_not_marked():
    asked = run(*HERE, "state=LV", "crossing=Pededze", *TOURIST, "--door", "entry", "--on", "2022-12-27", *NAMED)
    assert "it is not known" not in asked.output


def test_a_calendar_marks_the_days_that_are_not_known():
    days = run(
        *HERE,
        "state=LV",
        "crossing=Pededze",
        *TOURIST,
        "--door",
        "entry",
        "--calendar",
        "2022-12-20..2023-01-05",
        *NAMED,
    )
    assert "from 2022-12-28 it is not known whether the crossing stayed closed" in " ".join(days.output.split())


def test_a_check_lists_what_is_known_until_a_day_only():
    text = " ".join(run("check", "mobilisation-2022").output.split())
    assert "Known until a day only" in text
    assert "from 2022-10-21 it is not known how long the pause lasted" in text
    assert "proved, until 2026-06-12" in text


def test_relatives_without_a_visa_are_told_of_the_chance_to_bring_it():
    relative = ["family of=an EU citizen who moved" if fact.startswith("family of") else fact for fact in HERE]
    facts = [
        "state=FI",
        "where=land border",
        "document=no visa",
        "papers issued by=nobody",
        "asylum claim=no claim",
        *FOUND,
    ]
    (entry,) = json.loads(run(*relative, *facts, "--door", "entry", "--on", "2022-10-08", "--json").stdout)["doors"]
    assert any("every reasonable opportunity" in text for text in entry["untranslated"])


@pytest.mark.parametrize("known_on", ["2022-08-20", "2022-09-20", "2022-09-23", "2022-12-28"])
def test_what_could_be_known_on_a_day_is_as_expected(known_on):
    done = run("check", "mobilisation-2022", "--on", "2022-09-28", "--known-on", known_on, "--quiet")
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize(
    ("fact", "meant"),
    [("state=Finland", "FI"), ("state=Gorgia", "GE"), ("nationality=Russian", "RU"), ("state=Schengn", "Schengen")],
)
def test_a_name_in_full_is_answered_with_its_value(fact, meant):
    done = run("ask", "mobilisation-2022", fact, "--on", "2022-09-28")
    assert done.exit_code == 2
    assert f"Did you mean '{meant}'?" in done.output


def test_a_consulate_of_a_state_that_decides_nothing_is_explained():
    done = run(
        "ask", "mobilisation-2022", "state=GE", "where=consulate", "nationality=RU", "--on", "2022-09-28", "--brief"
    )
    assert "the Finnish consulate in Georgia is one of FI" in " ".join(done.output.split())
