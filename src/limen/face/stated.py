"""What somebody states in Python: days, facts about a person, readings of disputed texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from numbers import Integral

from limen.policy.people import Person, PersonReader
from limen.policy.standing import Known
from limen.policy.words import Words
from limen.text.faults import FaultyPolicy, nearest
from limen.text.forms import not_a_day, parse_date
from limen.text.nodes import Document, Listing, Node, Table, Word

Facts = Mapping[str, str | int | Sequence[str]]
Day = date | str


def day_of(day: object) -> date:
    """A date, or the day that a text such as `2022-09-30` names. Raises ValueError."""
    if isinstance(day, datetime):
        return day.date()
    if isinstance(day, date):
        return day
    found = parse_date(day) if isinstance(day, str) else None
    if found is None:
        raise ValueError(not_a_day(day) if isinstance(day, str) else f"{day!r} is not a day; write it as 2022-09-30.")
    return found


def person_of(words: Words, facts: Facts) -> Person:
    """The person that a mapping of facts describes. Raises FaultyPolicy with every fault, ValueError for what is no mapping."""
    if not isinstance(facts, Mapping):
        raise ValueError('A person is a mapping of facts to values, such as {"nationality": "RU"}.')
    document = Document("person", "\n".join(f"{name}: {value}" for name, value in facts.items()))
    table = Table({}, 1, 1)
    for line, (name, value) in enumerate(facts.items(), 1):
        table.items[name] = (Word(name, line, 1), _node(value, line, len(name) + 3))
    person = PersonReader(words).person(document, table)
    if document.faults:
        raise FaultyPolicy(document.faults)
    return person


def _node(value: str | int | Sequence[str], line: int, column: int) -> Node:
    """A value as a node; what is no text, whole number or list of texts reads as its Python text, and so is told as a fault."""
    if isinstance(value, list | tuple | set | frozenset):
        return Listing([Word(str(item), line, column, item == "") for item in value], line, column)
    if isinstance(value, bool) or not isinstance(value, str | Integral):
        return Word(repr(value), line, column)
    return Word(str(value), line, column, value == "")


def readings_of(words: Words, under: Mapping[str, str]) -> Known:
    """The places left on the axes of readings. Raises ValueError for a question or an answer that is not there."""
    if not isinstance(under, Mapping):
        raise ValueError(
            'Readings are a mapping of questions to answers, such as {"threat by class": "a class can be named"}.'
        )
    left: dict[int, frozenset[int]] = {}
    for name, answer in under.items():
        fact = words.readings.get(name)
        if fact is None:
            raise ValueError(f"There is no reading {name!r}.{_hint(name, list(words.readings))}")
        if answer not in fact.values:
            raise ValueError(f"There is no answer to {name!r} {answer!r}.{_hint(answer, list(fact.values))}")
        left[words.axes_of[name][0].number] = frozenset((fact.values.index(answer),))
    return left


def _hint(name: str, options: list[str]) -> str:
    near = nearest(name, options)
    return f" Did you mean {near!r}?" if near else f" There are: {', '.join(options) or 'none'}."
