"""A small vocabulary, and readers of single conditions and persons in it."""

from datetime import date

import pytest

from limen.policy.conditions import ConditionReader
from limen.policy.meaning import holds
from limen.policy.people import PersonReader
from limen.policy.read import policy_from
from limen.text.nodes import Document, read_document

WORDS = """
vocabulary: Units
place: {in: nationality}
facts:
  nationality: {values: [FI, EE, RU, UA], groups: {EU: [FI, EE], other: [RU], neighbours: [EU, RU]}, ordinary: RU}
  document: {holds: [passport, visa, permit], groups: {titles: [visa, permit]}, ordinary: [passport]}
  age: {whole number: -5..120, ordinary: 30, computed: {as: age on the day, from: date of birth}}
  days: {whole number: 0..180, ordinary: 1, computed: {as: days in any 180, from: stays}}
  reason: {values: [none given, illness or funeral, work], ordinary: none given}
findings:
  threat: {values: [no, yes], ordinary: no, looked at by: guard, ask: A threat?}
terms:
  open word: {values: [no, maybe, yes or no], unfilled: no}
doors:
  entry: {open: admit, shut: refuse}
ranks: [law, measure, {rank: guidance, binding: no}]
impossible:
- {nationality: EU, document: visa}
- {nationality: UA, document: titles}
"""


@pytest.fixture(scope="session")
def policy():
    """A policy without rules."""
    return policy_from({"words.yaml": WORDS.encode()})


@pytest.fixture(scope="session")
def words(policy):
    return policy.words


@pytest.fixture
def make():
    """Reads a policy from the small vocabulary and more files."""
    return lambda *more: policy_from(
        {"words.yaml": WORDS.encode()} | {f"{number}.yaml": text.encode() for number, text in enumerate(more)}
    )


@pytest.fixture
def reads(words):
    """Reads a condition, or fails with its faults."""

    def read(text):
        document = read_document("condition", f"when: {text}".encode())
        condition = ConditionReader(words).condition(document, document.root.items["when"][1], "'when'")
        assert not document.faults, document.faults
        return condition

    return read


@pytest.fixture
def who(words, reads):
    """Of some values of a fact, those for whom a condition holds. Things held are written `passport visa`."""

    def found(text, fact, values):
        axes = words.axes_of[fact]

        def place(axis, value):
            return int(axis.item in value.split()) if axis.item else axis.fact.values.index(str(value))

        condition = reads(text)
        kept = []
        for value in values:
            places = {axis.number: place(axis, value) for axis in axes}
            if any(holds(condition, lambda look, at=places: at[look.axis] in look.places, None).values()):
                kept.append(value)
        return kept

    return found


@pytest.fixture
def stated(words):
    """Reads a person; gives what is known of it on a day, by the names of axes, and the faults."""

    def read(text, whole=False, day=date(2022, 10, 1)):
        document = read_document("person", text.encode())
        person = PersonReader(words).person(document, document.root, whole)
        known = {} if document.faults else person.on(day, words.axes)
        named = {
            str(words.axes[number]): [words.axes[number].fact.values[place] for place in sorted(left)]
            if words.axes[number].item is None
            else [(False, True)[place] for place in sorted(left)]
            for number, left in known.items()
        }
        return named, [fault.message for fault in document.faults]

    return read


@pytest.fixture
def document():
    """An empty document, for faults."""
    return Document("file", "")
