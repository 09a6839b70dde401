"""What the written rules leave open to one person on a day, and what that hangs on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from limen.answers.boxes import Box, boxes, in_words, joined
from limen.answers.influence import NearMiss, enough, gains, near_misses
from limen.answers.laid import Laid, lay
from limen.answers.reasons import Reason, reasons, untranslated_of, weakest
from limen.answers.wording import careful, worded
from limen.policy.everyone import TooManyKinds
from limen.policy.outcome import Outcome
from limen.policy.people import Person, excluded
from limen.policy.rules import Policy
from limen.policy.standing import Known, Standing, standing, undated
from limen.policy.words import Door, Kind, Words


class ImpossiblePerson(ValueError):
    """The facts stated cannot be true of one person, by the words file or by the range of a computed fact."""


@dataclass(frozen=True, slots=True)
class Possibility:
    """One of the answers that a door may give, what is looked at first, and when it is so: alternatives of open facts."""

    verdict: str
    answer: str
    leaning: str | None
    conflict: bool
    tension: bool
    look_first: list[str]
    when: list[list[str]]


@dataclass(frozen=True, slots=True)
class UnderReading:
    """The answers under one way to read the disputed texts."""

    readings: dict[str, str]
    answers: list[str]


@dataclass(frozen=True, slots=True)
class DoorAnswer:
    """A door's answer at a place.

    `settled`: every possible completion of the facts, and every reading, gives the same answer. `confidence` is the lowest on
    the chain of reasons. `enough` are the fewest facts that force which answers are lawful (None: they are not forced, or were
    not sought). `near_misses` say what would open a door that is shut.
    """

    door: str
    place: str | None
    decided_by: str
    protection: bool
    settled: bool
    answer: str
    possibilities: list[Possibility]
    look_first: list[str]
    reasons: list[Reason]
    confidence: str
    untranslated: list[str]
    by_reading: list[UnderReading]
    enough: list[str] | None
    near_misses: list[NearMiss]


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
    """What `ask` says: doors by place, what to ask next, what to look at, and what to bear in mind."""

    policy: str
    on: str
    known_on: str | None
    facts: list[str]
    doors: list[DoorAnswer]
    ask_next: list[NextQuestion]
    look_at: list[NextLook]
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
    chosen = tuple(words.doors if doors is None else doors)
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
    return Answers(
        policy.title, on.isoformat(), known_on.isoformat() if known_on else None, facts_in_words(words, known), found,
        _next_questions(words, weights), _next_looks(words, weights, duties, chosen), _notes(policy, known_on),
        dict(policy.hashes),
    )  # fmt: skip


def possible_facts(words: Words, person: Person, on: date) -> dict[int, frozenset[int]]:
    """What is known of the person on the day. Raises ImpossiblePerson."""
    try:
        known = person.on(on, words.axes)
    except ValueError as error:
        raise ImpossiblePerson(f"{error}.") from None
    reason = excluded(words, known)
    if reason is not None:
        raise ImpossiblePerson(f"No such person is possible; the words file declares impossible: {reason}.")
    return known


def places_of(words: Words, known: Known) -> list[tuple[str | None, dict[int, frozenset[int]]]]:
    """The places to answer for: each that is left open, with what is known there."""
    name = words.place.in_
    if name is None or words.facts[name].kind is Kind.SET:
        return [(None, dict(known))]
    axis = words.axes_of[name][0]
    left = sorted(known.get(axis.number, range(axis.size)))
    return [(axis.fact.values[place], {**known, axis.number: frozenset((place,))}) for place in left]


def facts_in_words(words: Words, known: Known) -> list[str]:
    """What is known, fact by fact, as one could state it again."""
    found = []
    for name, axes in words.axes_of.items():
        if not any(axis.number in known for axis in axes):
            continue
        if axes[0].fact.kind is Kind.SET:
            places = {axis.item or "": known.get(axis.number, frozenset((0, 1))) for axis in axes}
            held = [item if 0 not in left else f"{item}?" for item, left in places.items() if 1 in left]
            found.append(f"{name}: {', '.join(held) or 'none'}")
        else:
            found.append(worded(axes[0], known[axes[0].number]))
    return found


def answer_door(
    today: Standing, door: str, place: str | None, known: Known, explain: bool
) -> tuple[DoorAnswer, dict[int, float]]:
    """One door's answer at one place, and how much each open axis would settle of it (see `gains`)."""
    words = today.words
    kind = words.doors[door]
    outcomes: dict[int, Outcome | None] = {}
    alternatives: dict[int, list[Box]] = {}
    fired: dict[str, Reason] = {}
    marks: list[str] = []
    gained: dict[int, float] = {}
    under: dict[tuple[tuple[str, str], ...], set[str]] = {}
    pieces = list(lay(today, [door], known, arising=True))
    for laid in pieces:
        if not laid.inside.any():
            continue
        codes = laid.full(laid.codes(door))
        weight = gains(laid, codes)
        for code, outcome in laid.outcomes(door).items():
            outcomes[code] = outcome
            alternatives.setdefault(code, []).extend(boxes(laid, codes == code, weight))
        for reason in reasons(laid.rules, laid.meant, words, [door], laid.possibly, laid.surely):
            fired.setdefault(reason.rule, reason)
        for rule in laid.rules:
            text = untranslated_of(rule)
            if text and door in rule.doors and laid.possibly(_anywhere(laid, rule.name)):
                marks.append(text)
        for number, gain in weight.items():
            gained[number] = gained.get(number, 0.0) + gain / len(pieces)
        for chosen, answers in _by_reading(laid, door, codes).items():
            under.setdefault(chosen, set()).update(answers)
    if not outcomes:
        raise ImpossiblePerson("No person with these facts is possible by the words file.")
    spelled = {code: careful(outcome, kind) for code, outcome in outcomes.items()}
    suffices, near = _explained(today, door, known) if explain else (None, [])
    ordered = sorted(outcomes.items(), key=lambda item: _most_open_first(item[1]))
    chain = list(fired.values())
    return DoorAnswer(
        door, place, kind.decided_by, kind.protection, len(outcomes) == 1, _together(outcomes.values(), spelled.values(), kind),
        [
            _possibility(outcome, spelled[code], in_words(joined(alternatives[code], words.axes), words.axes))
            for code, outcome in ordered
        ],
        list(dict.fromkeys(finding for _, outcome in ordered for finding in (outcome.first if outcome else ()))),
        chain, weakest(chain), list(dict.fromkeys(marks)),
        [UnderReading(dict(chosen), sorted(answers)) for chosen, answers in under.items()],
        suffices, near,
    ), gained  # fmt: skip


def _anywhere(laid: Laid, rule: str) -> Any:
    truth: Any = False
    for where in laid.meant.fired[rule].values():
        truth = truth | where
    return truth


def _most_open_first(outcome: Outcome | None) -> tuple[bool, bool, bool]:
    return (True, True, True) if outcome is None else (False, not outcome.open, outcome.shut)


def _possibility(outcome: Outcome | None, answer: str, when: list[list[str]]) -> Possibility:
    if outcome is None:
        return Possibility("does not arise", answer, None, False, False, [], when)
    return Possibility(
        outcome.verdict, answer, outcome.leaning, outcome.conflict, outcome.tension, list(outcome.first), when
    )


def _together(outcomes: Iterable[Outcome | None], texts: Iterable[str], door: Door) -> str:
    """One answer where all are alike in words; else what the open facts leave."""
    texts = list(dict.fromkeys(texts))
    if len(texts) == 1:
        return texts[0]
    arising = [outcome for outcome in outcomes if outcome is not None]
    opens = any(outcome.open for outcome in arising)
    shuts = any(outcome.shut for outcome in arising)
    if opens and shuts:
        return f"depends: {door.open} or {door.shut}"
    return f"depends: {' or '.join(texts)}"


def _by_reading(laid: Laid, door: str, codes: Any) -> dict[tuple[tuple[str, str], ...], set[str]]:
    """The answers under each combination of readings; empty where no reading matters."""
    words, everyone = laid.standing.words, laid.everyone
    axes = [number for number in everyone.asked if words.axes[number].fact.kind is Kind.READING]
    if not axes:
        return {}
    kind = words.doors[door]
    outcomes = laid.outcomes(door)
    found: dict[tuple[tuple[str, str], ...], set[str]] = {}
    for index in np.ndindex(*(everyone.shape[everyone.dims[number]] for number in axes)):
        chosen = dict(zip(axes, index, strict=True))
        cut = tuple(chosen.get(number, slice(None)) for number in everyone.classes)
        cut = tuple(slice(None) if number not in everyone.asked else part
                    for number, part in zip(everyone.classes, cut, strict=True))  # fmt: skip
        reached = {careful(outcomes[int(code)], kind) for code in np.unique(codes[cut][laid.inside[cut]])}
        for places in _combinations([(number, everyone.classes[number][chosen[number]]) for number in axes]):
            names = tuple((words.axes[n].fact.name, words.axes[n].fact.values[place]) for n, place in places)
            found.setdefault(names, set()).update(reached)
    return found if len({frozenset(answers) for answers in found.values()}) > 1 else {}


def _combinations(classes: list[tuple[int, tuple[int, ...]]]) -> list[list[tuple[int, int]]]:
    found: list[list[tuple[int, int]]] = [[]]
    for number, places in classes:
        found = [[*before, (number, place)] for before in found for place in places]
    return found


def _explained(today: Standing, door: str, known: Known) -> tuple[list[str] | None, list[NearMiss]]:
    """What suffices and what nearly opens: over everyone at the place, under the same readings."""
    words = today.words
    fixed = {
        number: places
        for number, places in known.items()
        if words.axes[number].fact.name == words.place.in_ or words.axes[number].fact.kind is Kind.READING
    }
    kind = words.doors[door]
    try:
        pieces = list(lay(today, [door], fixed, arising=True))
    except TooManyKinds:
        return None, []
    if len(pieces) != 1:
        return None, []
    laid = pieces[0]
    codes = laid.full(laid.codes(door))
    spelled = {code: careful(outcome, kind) for code, outcome in laid.outcomes(door).items()}
    return enough(laid, codes, known), near_misses(laid, codes, known, spelled)


def _next_questions(words: Words, weights: Mapping[int, Mapping[str, float]]) -> list[NextQuestion]:
    found = []
    for number, doors in weights.items():
        axis = words.axes[number]
        if axis.fact.finding or axis.fact.kind is Kind.READING:
            continue
        values = ["yes", "no"] if axis.item is not None else list(axis.fact.values)
        if axis.fact.kind is Kind.NUMBER:
            values = [f"{axis.fact.values[0]}..{axis.fact.values[-1]}"]
        found.append((number, NextQuestion(str(axis), axis.fact.ask, values, list(doors), round(sum(doors.values()), 6))))
    return [question for _, question in sorted(found, key=lambda pair: (-pair[1].settles, pair[0]))]


def _next_looks(
    words: Words, weights: Mapping[int, Mapping[str, float]], duties: Mapping[str, set[str]], order: tuple[str, ...]
) -> list[NextLook]:
    found = []
    for name in words.findings:
        fact = words.facts[name]
        doors = set(weights.get(words.axes_of[name][0].number, {})) | duties.get(name, set())
        if doors:
            ordered = [door for door in order if door in doors]
            found.append(NextLook(name, fact.looked_at_by, fact.ask, ordered, name in duties))
    return sorted(found, key=lambda look: not look.duty)


def _notes(policy: Policy, known_on: date | None) -> list[str]:
    notes = ["These are the rules as written here. It is no legal advice and no decision about a person."]
    if known_on is not None and (without := undated(policy)):
        names = ", ".join(source.id for source in without)
        notes.append(f"Taken as known on {known_on}, because no date of publication is stated: {names}.")
    return notes
