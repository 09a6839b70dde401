"""A person's doors by day: when each opened and closed, by the law's dates and by the person's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from itertools import pairwise

from limen.answers.ask import doors_named, facts_in_words, places_of, possible_facts
from limen.answers.by_day import ByDay
from limen.answers.caution import NotKnown, not_known, notes, warnings
from limen.answers.door import (
    ImpossiblePerson,
    Possibility,
    compared,
    most_open_first,
    possibility,
    sole_verdict,
    together,
)
from limen.answers.prover import Prover
from limen.answers.reasons import untranslated_of
from limen.answers.spans import Timeline
from limen.answers.wording import careful
from limen.policy.outcome import Outcome
from limen.policy.people import Person
from limen.policy.rules import Confidence, Policy
from limen.policy.standing import Epoch, Known, as_known, epochs, standing
from limen.policy.words import Door

LONGEST_YEARS = 30


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days, from `start` until before `end`, on which a door gives one answer.

    `verdict` is *depends* where it is not settled; `if_nothing_is_found` is the verdict if whatever nobody has looked at yet
    turns out ordinary, and `then_answer` the same in the door's words. `rules` are the names of those that can speak, the highest
    rank first; `confidence` is the lowest among them. `untranslated` is what of their texts could not be put into rules;
    `not_known` are those on which the answer hangs and of which it is not known whether they stand.
    """

    start: str
    end: str
    verdict: str
    answer: str
    if_nothing_is_found: str
    then_answer: str
    rules: list[str]
    confidence: str
    untranslated: list[str]
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
    """The answers from a day until before another. Raises ImpossiblePerson, ValueError for a wrong period."""
    if not start < end:
        raise ValueError("A calendar ends after it begins.")
    if (end.year - start.year, end.month, end.day) > (LONGEST_YEARS, start.month, start.day):
        raise ValueError("A calendar covers at most thirty years.")
    words = policy.words
    chosen = doors_named(words, doors)
    edges = _edges(policy, person, start, end, known_on)
    by_day = [{**possible_facts(words, person, day), **(under or {})} for day in edges[:-1]]
    always = {axis: places for axis, places in by_day[0].items() if axis not in person.computed}
    moving = {axis: [min(known[axis]) for known in by_day] for axis in person.computed}
    prover = Prover(Timeline(policy, known_on, days=[Epoch(day, until) for day, until in pairwise(edges)]))
    standings = [standing(policy, day, known_on) for day in edges[:-1]]
    rows: list[DoorCalendar] = []
    for place, here in places_of(words, always):
        days = ByDay(prover, here, moving)
        if len(days.possible) < len(by_day):
            raise ImpossiblePerson("No person with these facts is possible by the words file.")
        for door in chosen:
            stretches: list[Stretch] = []
            for new, today, known in zip(_stretches(days, words.doors[door], edges), standings, by_day, strict=True):
                person_here = {**known, **here}
                compare = partial(compared, door=words.doors[door], known=person_here)
                _extend(stretches, replace(new, not_known=not_known(today, door, person_here, compare)))
            rows.append(DoorCalendar(door, place, words.doors[door].open, words.doors[door].shut, stretches))
    return Calendar(
        policy.title or words.title, start.isoformat(), end.isoformat(), known_on.isoformat() if known_on else None,
        [fact for fact in facts_in_words(words, by_day[0]) if fact.partition(":")[0] not in _moving(person, policy)],
        rows,
        warnings(policy, start, end - timedelta(days=1), known_on), notes(policy, known_on),
        dict(policy.hashes),
    )  # fmt: skip


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


def _stretches(days: ByDay, door: Door, edges: list[date]) -> Iterator[Stretch]:
    """A door's answers between every two edges."""
    answers = [_possibilities(found, door) for found in days.outcomes(door.name)]
    usual = _usual(days, door, answers)
    speaking, marking = days.speaking(door.name), days.marking(door.name)
    for at, (day, until) in enumerate(pairwise(edges)):
        here = [one for one in speaking if at in one.ranks]
        rules = [one.rule for one in sorted(here, key=lambda one: one.ranks[at])]
        then = " or ".join(one.answer for one in usual[at])
        lowest = min((rule.confidence for rule in rules), default=Confidence.UNSTATED)
        unsaid = [untranslated_of(rule) or "" for rule, on in marking if at in on]
        yield Stretch(
            day.isoformat(), until.isoformat(), sole_verdict(answers[at]), together(answers[at], door),
            sole_verdict(usual[at]), then, [rule.name for rule in rules], str(lowest), list(dict.fromkeys(unsaid)), [],
        )  # fmt: skip


def _possibilities(outcomes: Iterable[Outcome | None], door: Door) -> list[Possibility]:
    """Outcomes as answers, the most open one first."""
    found: dict[str, list[Outcome | None]] = {}
    for outcome in outcomes:
        found.setdefault(careful(outcome, door), []).append(outcome)
    return [possibility(alike, door, []) for _, alike in most_open_first(found)]


def _usual(days: ByDay, door: Door, answers: list[list[Possibility]]) -> list[list[Possibility]]:
    """By day, what remains if every finding that is not stated has its ordinary value."""
    words = days.prover.words
    if door.protection or all(len(one) == 1 for one in answers):
        return answers
    axes = [axis for name in words.findings for axis in words.axes_of[name] if axis.number not in days.known]
    ordinary = {axis.number: frozenset((axis.ordinary,)) for axis in axes}
    left = [_possibilities(found, door) for found in days.outcomes(door.name, ordinary)]
    return [usual if len(own) > 1 and usual else own for usual, own in zip(left, answers, strict=True)]


def _extend(stretches: list[Stretch], new: Stretch) -> None:
    last = stretches[-1] if stretches else None
    if last is not None and _told(last) == _told(new):
        confidence = min(last.confidence, new.confidence, key=lambda one: Confidence[one.upper()])
        stretches[-1] = replace(
            last, end=new.end, rules=list(dict.fromkeys([*last.rules, *new.rules])), confidence=confidence,
            untranslated=list(dict.fromkeys([*last.untranslated, *new.untranslated])),
        )  # fmt: skip
    else:
        stretches.append(new)


def _told(stretch: Stretch) -> tuple[object, ...]:
    """What a reader would tell two stretches apart by."""
    return stretch.answer, stretch.then_answer, stretch.not_known
