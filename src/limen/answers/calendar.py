"""A person's doors by day: when each opened and closed, by the law's dates and by the person's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from limen.answers.ask import doors_named, facts_in_words, places_of, possible_facts
from limen.answers.caution import NotKnown, notes, warnings
from limen.answers.door import DoorAnswer, answer_door, sole_verdict
from limen.policy.people import Person
from limen.policy.rules import Policy
from limen.policy.standing import Known, as_known, epochs, standing

LONGEST_DAYS = 366 * 30


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days, from `start` until before `end`, on which a door gives one answer.

    `verdict` is *depends* where it is not settled; `if_nothing_is_found` is the verdict if whatever nobody has looked at yet
    turns out ordinary, and `then_answer` the same in the door's words. `rules` are the names of those that speak; `not_known`
    are those on which the answer hangs and of which it is not known whether they stand.
    """

    start: str
    end: str
    verdict: str
    answer: str
    if_nothing_is_found: str
    then_answer: str
    rules: list[str]
    not_known: list[NotKnown]


@dataclass(frozen=True, slots=True)
class DoorCalendar:
    """A door at a place over the period."""

    door: str
    place: str | None
    open: str
    shut: str
    stretches: list[Stretch]


@dataclass(frozen=True, slots=True)
class Calendar:
    """What `ask --calendar` says: from `start` until before `end`."""

    policy: str
    start: str
    end: str
    known_on: str | None
    facts: list[str]
    doors: list[DoorCalendar]
    warnings: list[str]
    notes: list[str]
    files: dict[str, str] = field(default_factory=dict)


def calendar(
    policy: Policy, person: Person, start: date, end: date, *, known_on: date | None = None, under: Known | None = None,
    doors: Iterable[str] | None = None,
) -> Calendar:  # fmt: skip
    """The answers from a day until before another. Raises ImpossiblePerson, TooManyKinds, ValueError for a wrong period."""
    if not start < end:
        raise ValueError("A calendar ends after it begins.")
    if (end - start).days > LONGEST_DAYS:
        raise ValueError(f"A calendar has at most {LONGEST_DAYS} days.")
    words = policy.words
    chosen = doors_named(words, doors)
    rows: dict[tuple[str, str | None], list[Stretch]] = {}
    answered: dict[object, DoorAnswer] = {}
    first_known: Known = {}
    edges = _edges(policy, person, start, end, known_on)
    for day, until in pairwise(edges):
        known = {**possible_facts(words, person, day), **(under or {})}
        first_known = first_known or known
        today = standing(policy, day, known_on)
        for place, here in places_of(words, known):
            for door in chosen:
                names = tuple(rule.name for rule in today.about([door]))
                key = (door, place, names, today.unsure, frozenset(here.items()))
                if key not in answered:
                    answered[key] = answer_door(today, door, place, here, explain=False)[0]
                _extend(rows.setdefault((door, place), []), _stretch(answered[key], day, until))
    return Calendar(
        policy.title or words.title, start.isoformat(), end.isoformat(), known_on.isoformat() if known_on else None,
        [fact for fact in facts_in_words(words, first_known) if fact.partition(":")[0] not in _moving(person, policy)],
        [
            DoorCalendar(door, place, words.doors[door].open, words.doors[door].shut, rows[door, place])
            for door, place in sorted(rows, key=lambda row: _order(row, chosen))
        ],
        warnings(policy, start, end - timedelta(days=1), known_on), notes(policy, known_on),
        dict(policy.hashes),
    )  # fmt: skip


def _order(row: tuple[str, str | None], chosen: tuple[str, ...]) -> tuple[str, int]:
    return row[1] or "", chosen.index(row[0])


def _moving(person: Person, policy: Policy) -> set[str]:
    return {policy.words.axes[number].fact.name for number in person.computed}


def _edges(policy: Policy, person: Person, start: date, end: date, known_on: date | None) -> list[date]:
    """The days on which an answer, or what is known of it, may change: the law's, and those of a computed fact of the person."""
    days = {epoch.start for epoch in epochs(as_known(policy, known_on)) if epoch.start and start < epoch.start < end}
    days |= {rule.known.day for rule in as_known(policy, known_on) if rule.known and start < rule.known.day < end}
    for function in person.computed.values():
        before: int | None = None
        for offset in range((end - start).days):
            day = start + timedelta(days=offset)
            value = _value(function, day)
            if before is not None and value != before:
                days.add(day)
            before = value
    return [start, *sorted(days), end]


def _value(function: Callable[[date], int], day: date) -> int:
    try:
        return function(day)
    except ValueError:
        return -1


def _stretch(answer: DoorAnswer, day: date, until: date) -> Stretch:
    usual = answer.if_nothing_is_found or answer.possibilities
    rules = [reason.rule for reason in answer.reasons]
    then = " or ".join(possibility.answer for possibility in usual)
    return Stretch(
        day.isoformat(), until.isoformat(), answer.verdict, answer.answer, sole_verdict(usual), then, rules, answer.not_known,
    )  # fmt: skip


def _extend(stretches: list[Stretch], new: Stretch) -> None:
    last = stretches[-1] if stretches else None
    alike = last is not None and all(
        getattr(last, name) == getattr(new, name) for name in ("answer", "then_answer", "not_known")
    )
    if last is not None and alike:
        rules = list(dict.fromkeys([*last.rules, *new.rules]))
        stretches[-1] = replace(last, end=new.end, rules=rules)
    else:
        stretches.append(new)
