"""What the written rules leave open to one person on a day, and what that hangs on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from limen.answers.caution import notes, silent, warnings
from limen.answers.door import DoorAnswer, ImpossiblePerson, answer_door
from limen.answers.wording import worded
from limen.policy.computed import CONDITIONS
from limen.policy.people import Person, excluded
from limen.policy.rules import Policy
from limen.policy.standing import Known, standing
from limen.policy.words import Kind, Words
from limen.text.faults import no_such


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """A fact that is not known and on which answers depend; `settles` is its share of what is open, summed over doors."""

    fact: str
    ask: str
    values: list[str]
    doors: list[str]
    settles: float


@dataclass(frozen=True, slots=True)
class NextLook:
    """A finding that is not known: who has to look, and the doors that depend on it or oblige somebody to look."""

    finding: str
    looked_at_by: str
    ask: str
    doors: list[str]
    duty: bool


@dataclass(frozen=True, slots=True)
class Answers:
    """What `ask` says: doors by place, what to ask next, what to look at, what to be warned of and to bear in mind."""

    policy: str
    on: str
    known_on: str | None
    facts: list[str]
    doors: list[DoorAnswer]
    ask_next: list[NextQuestion]
    look_at: list[NextLook]
    warnings: list[str]
    notes: list[str]
    files: dict[str, str] = field(default_factory=dict)


def ask(
    policy: Policy, person: Person, on: date, *, known_on: date | None = None, under: Known | None = None,
    doors: Iterable[str] | None = None, explain: bool = True,
) -> Answers:  # fmt: skip
    """Asks every door (or those named) about a person on a day.

    Where the place is left open, each place is answered by itself. `under` restricts the axes of readings. `explain` also seeks
    the fewest facts that force each answer, and near misses. Raises ImpossiblePerson, or TooManyKinds where the open facts have
    more combinations than can be enumerated.
    """
    words = policy.words
    known = {**possible_facts(words, person, on), **(under or {})}
    today = standing(policy, on, known_on)
    chosen = doors_named(words, doors)
    found: list[DoorAnswer] = []
    weights: dict[int, dict[str, float]] = {}
    duties: dict[str, set[str]] = {}
    for place, here in places_of(words, known):
        for door in chosen:
            answer, gained = answer_door(today, door, place, here, explain)
            found.append(answer)
            for number, gain in gained.items():
                doors_of = weights.setdefault(number, {})
                doors_of[door] = doors_of.get(door, 0.0) + gain
            for finding in answer.look_first:
                duties.setdefault(finding, set()).add(door)
    warned = warnings(policy, on, on, known_on)
    if not any(answer.reasons and answer.verdict != "does not arise" for answer in found):
        warned.append(silent(words, {words.axes[number].fact.name for number in known}))
    return Answers(
        policy.title or words.title, on.isoformat(), known_on.isoformat() if known_on else None,
        facts_in_words(words, known, person), found, _next_questions(words, weights),
        _next_looks(words, known, weights, duties, chosen), warned, notes(policy, known_on),
        dict(policy.hashes),
    )  # fmt: skip


def doors_named(words: Words, doors: Iterable[str] | None) -> tuple[str, ...]:
    """The doors named, all where none is. Raises ValueError with the nearest spelling for one that is not there."""
    chosen = tuple(words.doors if doors is None else (doors,) if isinstance(doors, str) else doors)
    for door in chosen:
        if door not in words.doors:
            raise ValueError(no_such("door", door, words.doors))
    return chosen


def possible_facts(words: Words, person: Person, on: date) -> dict[int, frozenset[int]]:
    """What is known of the person on the day. Raises ImpossiblePerson."""
    try:
        known = person.on(on, words.axes)
    except ValueError as error:
        raise ImpossiblePerson(f"{error}.") from None
    reason = excluded(words, known)
    if reason is not None:
        raise impossible(reason)
    return known


def impossible(reason: str) -> ImpossiblePerson:
    """What is raised of somebody whom the words file declares impossible."""
    return ImpossiblePerson(f"No such person is possible; the words file declares impossible: {reason}.")


def places_of(words: Words, known: Known) -> list[tuple[str | None, dict[int, frozenset[int]]]]:
    """The places to answer for: each that is left open and possible, with what is known there. Raises ImpossiblePerson."""
    name = words.place.in_
    if name is None or words.facts[name].kind is Kind.SET:
        return [(None, dict(known))]
    axis = words.axes_of[name][0]
    left = sorted(known.get(axis.number, range(axis.size)))
    several = [(axis.fact.values[place], {**known, axis.number: frozenset((place,))}) for place in left]
    reasons = [excluded(words, here) for _, here in several]
    if all(reasons):
        raise impossible(reasons[0] or "")
    return [one for one, reason in zip(several, reasons, strict=True) if reason is None]


def facts_in_words(words: Words, known: Known, person: Person | None = None) -> list[str]:
    """What is known, fact by fact, as one could state it again; what was computed of a person says on what condition."""
    found = []
    for name, axes in words.axes_of.items():
        if not any(axis.number in known for axis in axes):
            continue
        if axes[0].fact.kind is Kind.SET:
            places = {axis.item or "": known.get(axis.number, frozenset((0, 1))) for axis in axes}
            held = [item if 0 not in left else f"{item}?" for item, left in places.items() if 1 in left]
            found.append(f"{name}: {', '.join(held) or 'none'}")
        elif len(known[axes[0].number]) < axes[0].size:
            computed = axes[0].fact.computed if person is not None and axes[0].number in person.computed else None
            condition = f" ({CONDITIONS[computed.function]})" if computed else ""
            found.append(worded(axes[0], known[axes[0].number]) + condition)
    return found


def _next_questions(words: Words, weights: Mapping[int, Mapping[str, float]]) -> list[NextQuestion]:
    found = []
    for number, doors in weights.items():
        axis = words.axes[number]
        if axis.fact.finding or axis.fact.kind is Kind.READING:
            continue
        name = f"{axis} (or state: {axis.fact.computed.given})" if axis.fact.computed else str(axis)
        values = ["yes", "no"] if axis.item is not None else list(axis.fact.values)
        if axis.fact.kind is Kind.NUMBER:
            values = [f"{axis.fact.values[0]}..{axis.fact.values[-1]}"]
        found.append((number, NextQuestion(name, axis.fact.ask, values, list(doors), round(sum(doors.values()), 6))))
    return [question for _, question in sorted(found, key=lambda pair: (-pair[1].settles, pair[0]))]


def _next_looks(
    words: Words,
    known: Known,
    weights: Mapping[int, Mapping[str, float]],
    duties: Mapping[str, set[str]],
    order: tuple[str, ...],
) -> list[NextLook]:
    found = []
    for name in words.findings:
        fact = words.facts[name]
        if len(known.get(words.axes_of[name][0].number, ())) == 1:
            continue  # it was stated
        doors = set(weights.get(words.axes_of[name][0].number, {})) | duties.get(name, set())
        if doors:
            ordered = [door for door in order if door in doors]
            found.append(NextLook(name, fact.looked_at_by, fact.ask, ordered, name in duties))
    return sorted(found, key=lambda look: not look.duty)
