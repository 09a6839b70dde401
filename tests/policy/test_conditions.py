"""Every notation of a condition, and whom it means."""

import pytest

from limen.policy.conditions import parse_range
from limen.policy.words import EVERYONE

NATIONALITIES = ["FI", "EE", "RU", "UA"]
AGES = [-5, 0, 17, 18, 30, 60, 61, 120]
DOCUMENTS = ["", "passport", "visa", "passport visa", "permit", "passport visa permit"]
REASONS = ["none given", "illness or funeral", "work"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("RU", ["RU"]),
        ("[RU, UA]", ["RU", "UA"]),
        ("[RU]", ["RU"]),
        ("EU", ["FI", "EE"]),
        ("[EU, UA]", ["FI", "EE", "UA"]),
        ("neighbours", ["FI", "EE", "RU"]),
        ("not RU", ["FI", "EE", "UA"]),
        ("not EU", ["RU", "UA"]),
        ("not RU or UA", ["FI", "EE"]),
        ("not EU or UA", ["RU"]),
        ("'not  RU or  UA'", ["FI", "EE"]),
        ('"RU"', ["RU"]),
    ],
)
def test_a_fact_with_one_value_has_one_of_those_named(who, text, meant):
    assert who(f"{{nationality: {text}}}", "nationality", NATIONALITIES) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("18", [18]),
        ("18..60", [18, 30, 60]),
        ("18..", [18, 30, 60, 61, 120]),
        ("..17", [-5, 0, 17]),
        ("-5..0", [-5, 0]),
        ("..-1", [-5]),
        ("not 18..60", [-5, 0, 17, 61, 120]),
        ("not ..17 or 61..", [18, 30, 60]),
        ("[0, 18..30]", [0, 18, 30]),
        ("[..0, 120]", [-5, 0, 120]),
    ],
)
def test_a_number_lies_in_a_range_with_its_ends(who, text, meant):
    assert who(f"{{age: {text}}}", "age", AGES) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("visa", ["visa", "passport visa", "passport visa permit"]),
        ("[visa, permit]", ["visa", "passport visa", "permit", "passport visa permit"]),
        ("titles", ["visa", "passport visa", "permit", "passport visa permit"]),
        ("not visa", ["", "passport", "permit"]),
        ("not visa or permit", ["", "passport"]),
        ("not titles", ["", "passport"]),
        ("not titles or passport", [""]),
        ("none", [""]),
        ("not none", ["passport", "visa", "passport visa", "permit", "passport visa permit"]),
        ("[none, permit]", ["", "permit", "passport visa permit"]),
        ("[none, titles]", ["", "visa", "passport visa", "permit", "passport visa permit"]),
        ("[none, passport, titles]", DOCUMENTS),
    ],
)
def test_a_set_is_asked_what_it_holds(who, text, meant):
    assert who(f"{{document: {text}}}", "document", DOCUMENTS) == meant


def test_both_of_two_things_are_said_with_a_carve_out(make):
    policy = make(
        "sources: {act: {cite: x, rank: law}}\n"
        "rules: [{rule: both, entry: may admit, when: {document: visa}, unless: {document: not permit}, source: act}]"
    )
    rule = policy.rules["both"]
    assert (str(rule.when[0]), str(rule.unless[0])) == ("document: visa", "document: not permit")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("illness or funeral", ["illness or funeral"]),
        ("not illness or funeral", ["none given", "work"]),
        ("not illness or funeral or work", ["none given"]),
        ("not work or illness or funeral", ["none given"]),
        ("[work, illness or funeral]", ["illness or funeral", "work"]),
    ],
)
def test_a_name_may_itself_hold_an_or(who, text, meant):
    assert who(f"{{reason: {text}}}", "reason", REASONS) == meant


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("maybe", {"maybe"}),
        ("[no, maybe]", {"no", "maybe"}),
        ("not no", {"maybe", "yes or no"}),
        ("not yes or no", {"no", "maybe"}),
        ("not yes or no or maybe", {"no"}),
    ],
)
def test_a_term_has_one_of_the_values_named(reads, text, values):
    ((need,),) = (clause.needs for clause in reads(f"{{open word: {text}}}"))
    assert (need.term, need.values) == ("open word", values)


def test_all_lines_of_a_mapping_must_hold(reads):
    ((nationality, age),) = (clause.needs for clause in reads("{nationality: EU, age: 118..}"))
    assert [look.places for look in nationality] == [{0, 1}]
    assert [look.places for look in age] == [{123, 124, 125}]


def test_one_mapping_of_a_list_must_hold(who):
    assert who("[{nationality: RU}, {nationality: UA}]", "nationality", NATIONALITIES) == ["RU", "UA"]
    assert who("[{nationality: not RU}, {nationality: RU}]", "nationality", NATIONALITIES) == NATIONALITIES


def test_an_empty_mapping_is_everyone(reads):
    assert reads("{}") == EVERYONE


def test_a_condition_keeps_the_words_of_the_file(reads):
    first, second = reads("[{nationality: not RU or UA, age: 18..60}, {document: [visa, permit]}]")
    assert str(first) == "nationality: not RU or UA; age: 18..60"
    assert str(second) == "document: visa or permit"
    assert str(EVERYONE[0]) == "everyone"


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("18..60", (18, 60)), ("18..", (18, 99)), ("..17", (0, 17)), ("18", (18, 18)), ("-3..-1", (-3, -1)), ("7..7", (7, 7)),
        ("..", None), ("", None), ("18-60", None), ("18...60", None), ("1.5", None), ("+1", None), ("1_0", None),
        ("0x10", None), ("٣", None), ("1234567890", None), (" 1", None), ("1..2..3", None),
    ],
)  # fmt: skip
def test_a_range_has_ends_or_is_none(text, ends):
    assert parse_range(text, 0, 99) == ends
