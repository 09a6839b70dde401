"""Facts in words: places on axes as a reader would write them in a policy file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from limen.policy.outcome import Outcome
from limen.policy.standing import Known
from limen.policy.words import Axis, Door, Kind, Words

MOST_NAMED = 4


def worded(axis: Axis, places: Iterable[int]) -> str:
    """Places of an axis, as in `nationality: RU or BY`, `age: 18..60`, `document: not residence permit`."""
    left = sorted(places)
    if axis.item is not None:
        return (
            f"{axis.fact.name}: {axis.item if left == [1] else f'not {axis.item}' if left == [0] else f'{axis.item}?'}"
        )
    fact = axis.fact
    if fact.kind is Kind.NUMBER:
        return f"{fact.name}: {' or '.join(_ranges([place + fact.low for place in left]))}"
    if set(left) == set(range(axis.size)):
        return f"{fact.name}: ?"
    if fact.kind is Kind.READING:
        return f"one reads {fact.name}: {' or '.join(fact.values[place] for place in left)}"
    names = frozenset(fact.values[place] for place in left)
    for group, members in fact.groups.items():
        if members == names:
            return f"{fact.name}: {group}"
        if len(names) > 1 and members == frozenset(fact.values) - names:
            return f"{fact.name}: not {group}"
    if len(left) > MOST_NAMED and axis.size - len(left) <= MOST_NAMED:
        others = [value for value in fact.values if value not in names]
        return f"{fact.name}: not {' or '.join(others)}"
    return f"{fact.name}: {' or '.join(fact.values[place] for place in left)}"


def _ranges(numbers: list[int]) -> list[str]:
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return [str(low) if low == high else f"{low}..{high}" for low, high in ranges]


def person_facts(words: Words, person: Mapping[int, int], only_unusual: bool = False) -> dict[str, str | list[str]]:
    """A wholly known person by fact, as a `case:` states it; `only_unusual` leaves out what is ordinary."""
    facts: dict[str, str | list[str]] = {}
    for name, axes in words.axes_of.items():
        fact = axes[0].fact
        if fact.kind is Kind.READING:
            continue
        if only_unusual and all(person[axis.number] == axis.ordinary for axis in axes):
            continue
        if fact.kind is Kind.SET:
            held = [axis.item or "" for axis in axes if person[axis.number]]
            facts[name] = held or "none"
        else:
            facts[name] = fact.values[person[axes[0].number]]
    return facts


def readings_of(words: Words, person: Mapping[int, int]) -> dict[str, str]:
    """The answer to each disputed question that a place on every axis names."""
    return {name: fact.values[person[words.axes_of[name][0].number]] for name, fact in words.readings.items()}


def settled_readings(words: Words, known: Known) -> dict[str, str]:
    """The disputed questions to which one answer is left, with it."""
    return {
        words.axes[number].fact.name: words.axes[number].fact.values[min(places)]
        for number, places in known.items()
        if words.axes[number].fact.kind is Kind.READING and len(places) == 1
    }


def sentence(words: Words, person: Mapping[int, int], keep: Iterable[str] = ()) -> str:
    """A person in one sentence: what is unusual about them, and the facts in `keep`."""
    unusual = person_facts(words, person, only_unusual=True)
    whole = person_facts(words, person)
    wanted = [name for name in whole if name in unusual or name in set(keep)]
    if not wanted:
        return "the ordinary person"
    said = [f"{name} {' and '.join(v) if isinstance(v := whole[name], list) else v}" for name in wanted]
    return ("a person with " if unusual else "the ordinary person, with ") + ", ".join(said)


def careful(outcome: Outcome | None, door: Door) -> str:
    """An answer in words; at doors of protection a refusal is what the rules point to, never what happens."""
    if outcome is None:
        return "does not arise"
    text = outcome.spelled(door)
    if door.protection and not outcome.open and not outcome.conflict:
        return f"the written rules point to {door.shut!r}; an individual assessment is required"
    return text


def marked(outcome: Outcome, door: Door, in_full: bool = False) -> str:
    """An answer in words with the mark of a tension; `in_full`, also with what has to be looked at first."""
    parts = [careful(outcome, door), *(["tension"] if outcome.tension else [])]
    if in_full and outcome.first:
        parts.append(f"first {', '.join(outcome.first)}")
    return "; ".join(parts)
