"""What is known of a person, wholly, in part or not at all."""

from datetime import date

import pytest

from limen.policy.people import PersonReader, excluded
from limen.policy.read import policy_from
from limen.text.nodes import read_document

WORKING = """
facts: {age: {whole number: 18..65, ordinary: 30, computed: {as: age on the day, from: birthday}}}
doors: {work: {open: allow, shut: forbid}}
ranks: [law]
"""


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("RU", ["RU"]),
        ("[RU, UA]", ["RU", "UA"]),
        ("EU", ["FI", "EE"]),
        ("not EU", ["RU", "UA"]),
        ("not RU or UA", ["FI", "EE"]),
    ],
)
def test_a_value_may_be_known_in_part(stated, text, left):
    assert stated(f"nationality: {text}") == ({"nationality": left}, [])


def test_what_is_not_stated_or_in_question_is_unknown(stated):
    assert stated("nationality: '?'\nage: '?'\ndocument: '?'") == ({}, [])
    assert stated("threat: yes") == ({"threat": ["yes"]}, [])


def test_a_number_may_be_known_as_a_range(stated):
    assert stated("age: 118..") == ({"age": ["118", "119", "120"]}, [])
    assert stated("age: 0") == ({"age": ["0"]}, [])


def test_of_a_set_the_things_held_are_stated_and_the_others_are_not_held(stated):
    assert stated("document: [passport, permit]")[0] == {
        "document: passport": [True], "document: visa": [False], "document: permit": [True],
    }  # fmt: skip
    assert stated("document: visa")[0]["document: visa"] == [True]


@pytest.mark.parametrize("nothing", ["none", "[none]", "[]"])
def test_a_set_may_be_empty(stated, nothing):
    known, faults = stated(f"document: {nothing}")
    assert not faults
    assert set(map(tuple, known.values())) == {(False,)}


def test_a_thing_with_a_question_mark_may_be_held(stated):
    assert stated("document: [passport, visa?, permit ?]")[0] == {
        "document: passport": [True], "document: visa": [False, True], "document: permit": [False, True],
    }  # fmt: skip


def test_a_computed_fact_follows_from_what_is_said(stated):
    said = "date of birth: 2004-10-02\nstays: [2022-09-01..2022-09-10, 2022-09-30..]"
    assert stated(said) == ({"age": ["17"], "days": ["12"]}, [])
    assert stated(said, day=date(2022, 10, 2))[0] == {"age": ["18"], "days": ["13"]}


def test_a_computed_fact_follows_from_no_stays_or_from_a_single_day(stated):
    assert stated("stays: none") == ({"days": ["1"]}, [])
    assert stated("stays: 2022-09-30") == ({"days": ["2"]}, [])


def test_what_a_computed_fact_follows_from_may_be_unknown(stated):
    assert stated("stays: '?'\ndate of birth: '?'") == ({}, [])


@pytest.mark.parametrize(("age", "possible"), [(17, False), (18, True), (65, True), (66, False)])
def test_a_computed_fact_lies_within_its_range(age, possible):
    words = policy_from({"words.yaml": WORKING.encode()}).words
    document = read_document("person", f"birthday: {2022 - age}-10-01".encode())
    person = PersonReader(words).person(document, document.root)
    if possible:
        assert person.on(date(2022, 10, 1), words.axes) == {0: {age - 18}}
    else:
        with pytest.raises(ValueError, match=f"'age' would be {age} on 2022-10-01, outside 18..65"):
            person.on(date(2022, 10, 1), words.axes)


def test_a_computed_fact_may_be_stated_itself(stated):
    assert stated("days: 90") == ({"days": ["90"]}, [])


def test_a_computed_fact_outside_its_range_is_named(stated):
    with pytest.raises(ValueError, match=r"'age' would be 126 on 2022-10-01, outside -5\.\.120"):
        stated("date of birth: 1896-01-01")


def test_nothing_of_what_was_said_can_be_read_back(words):
    document = read_document("person", b"date of birth: 1987-06-05")
    person = PersonReader(words).person(document, document.root)
    assert "1987" not in repr(person)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("age: 18..20", "'18..20' is not one value of 'age'."),
        ("nationality: EU", "'EU' is not one value of 'nationality'."),
        ("nationality: not EU", "'not EU' is not one value of 'nationality'."),
        ("nationality: [RU]", "A person has one value of 'nationality'."),
        ("age: '?'", "A case states what is so; leave out what is ordinary."),
        ("document: [visa?]", "'visa?' is not a thing that 'document' holds."),
    ],
)
def test_a_case_states_whole_values(stated, text, message):
    assert stated(text, whole=True)[1] == [message]
    assert not stated(text)[1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nationalty: RU", "'nationalty' is not a fact or finding."),
        ("open word: no", "'open word' is a term: rules fill it, a person does not state it."),
        ("nationality: SE", "'SE' is not a value of 'nationality'."),
        ("document: titles", "'titles' is not a thing that 'document' holds."),
        (
            "document: [none, visa]",
            "'none' says that nothing is held: it stands alone. "
            "Whether something is held is left open by a question mark (visa?).",
        ),
        ("document: [visa, visa?]", "'visa' stands here a second time."),
        ("{age: 3, date of birth: 2019-01-01}", "'age' follows from 'date of birth'; give one of them."),
        ("stays: []", "'stays' lists nothing."),
        ("date of birth: none", "'date of birth': a date of birth is one day such as 1995-03-01."),
        ("nationality: {is: RU}", "'nationality' takes one text, not a mapping."),
    ],
)
def test_what_cannot_be_said_of_a_person_is_a_fault(stated, text, message):
    assert stated(text)[1] == [message]


def places(words, nationality, **held):
    known = {axis.number: frozenset((int(held[axis.item]),)) for axis in words.axes if axis.item in held}
    axis = words.axes_of["nationality"][0]
    return known | {axis.number: frozenset(axis.fact.values.index(one) for one in nationality)}


def test_a_person_is_excluded_where_every_possibility_is_impossible(words):
    assert excluded(words, places(words, ["FI"], visa=True)) == "nationality: EU; document: visa"
    assert excluded(words, places(words, ["FI", "EE"], visa=True))
    assert not excluded(words, places(words, ["FI", "RU"], visa=True))
    assert excluded(words, places(words, ["UA"], visa=False, permit=True)) == "nationality: UA; document: titles"
    assert not excluded(words, places(words, ["UA"], visa=False, permit=False))
    assert not excluded(words, places(words, ["FI"], visa=False))
    assert not excluded(words, places(words, ["FI"]))


def test_somebody_impossible_is_told_what_would_be_possible():
    words = policy_from(
        {
            "words.yaml": b"""
facts:
  state: {values: [A, B, C, D, E], ordinary: A}
  crossing: {values: [any, north, south, east], ordinary: any}
  visit: {values: [one, two, three, four, five, six], ordinary: one}
doors: {entry: {open: admit, shut: refuse}}
ranks: [law]
impossible:
- {crossing: [north, south], state: not B or C}
- {crossing: east, visit: six}
"""
        }
    ).words
    places = {"A": 0, "any": 0, "north": 1, "east": 3, "six": 5}

    def why(*values):
        return excluded(words, {axis: frozenset((places[value],)) for axis, value in zip((0, 1, 2), values)})

    assert why("A", "north") == "crossing: north or south; state: not B or C; so with crossing: north, state is B or C"
    assert (
        why("A", "east", "six") == "crossing: east; visit: six; so with visit: six, crossing is any or north or south"
    )
    assert why("A", "any") is None
