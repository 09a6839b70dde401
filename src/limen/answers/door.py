"""One door's answer to one person at one place: every possibility, its reasons, and what it hangs on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from limen.answers.boxes import Box, boxes, in_words, joined
from limen.answers.caution import NotKnown, not_known
from limen.answers.influence import NearMiss, enough, gains, near_misses
from limen.answers.laid import Laid, lay
from limen.answers.reasons import Reason, marks, reasons, untranslated_of, weakest
from limen.answers.wording import careful
from limen.policy.everyone import TooManyKinds, nearest_person
from limen.policy.meaning import any_of
from limen.policy.outcome import Outcome
from limen.policy.standing import Known, Standing
from limen.policy.words import Door, Kind, Words

PIECE = 500_000
MOST = 4_000_000


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

    `settled`: every possible completion of the facts, and every reading, gives the same answer. `if_nothing_is_found` are the
    possibilities that remain if whatever nobody has looked at yet turns out ordinary (empty where that changes nothing, and at
    doors of protection, where the look is the decision), `why_if_nothing_is_found` the names of the reasons that are then sure.
    `depends_on` are the open facts, findings and readings that matter to it, what settles most first. `confidence` is the
    lowest on the chain of reasons. `not_known` are the rules on which the answer hangs and of which it is not known whether they
    stand on the day. `enough` are the fewest facts that force which answers are lawful (None: they are not forced, or were not
    sought). `near_misses` say what would open a door that is shut.
    """

    door: str
    place: str | None
    decided_by: str
    protection: bool
    settled: bool
    answer: str
    possibilities: list[Possibility]
    if_nothing_is_found: list[Possibility]
    why_if_nothing_is_found: list[str]
    look_first: list[str]
    reasons: list[Reason]
    confidence: str
    untranslated: list[str]
    not_known: list[NotKnown]
    by_reading: list[UnderReading]
    enough: list[str] | None
    near_misses: list[NearMiss]
    depends_on: list[str]

    @property
    def verdict(self) -> str:
        """The one verdict, or *depends*."""
        return sole_verdict(self.possibilities)


def sole_verdict(possibilities: list[Possibility]) -> str:
    """The verdict of a single possibility, *depends* where there are several."""
    return possibilities[0].verdict if len(possibilities) == 1 else "depends"


def answer_door(
    today: Standing, door: str, place: str | None, known: Known, explain: bool
) -> tuple[DoorAnswer, dict[int, float]]:
    """One door's answer at one place, and how much each open axis would settle of it (see `gains`).

    Raises ImpossiblePerson, or TooManyKinds.
    """
    words, kind = today.words, today.words.doors[door]
    pieces = _pieces(today, door, known)
    if not pieces:
        raise ImpossiblePerson("No person with these facts is possible by the words file.")
    weights = [gains(laid, laid.full(laid.codes(door))) for laid in pieces]
    gained: dict[int, float] = {}
    for weight in weights:
        for number, gain in weight.items():
            gained[number] = gained.get(number, 0.0) + gain / len(pieces)
    possibilities = _possibilities(pieces, weights, kind)
    chain = _chain(pieces, weights, words, door)
    ordinary, why = _if_nothing_is_found(today, known, kind, possibilities)
    suffices, near = _explained(today, door, known) if explain else (None, [])
    found = DoorAnswer(
        door,
        place,
        kind.decided_by,
        kind.protection,
        len(possibilities) == 1,
        together(possibilities, kind),
        possibilities,
        ordinary,
        why,
        list(dict.fromkeys(finding for possibility in possibilities for finding in possibility.look_first)),
        chain,
        weakest(chain),
        _marks(pieces, door),
        not_known(today, door, known, lambda other: compared(other, kind, known)),
        _by_reading(pieces, kind),
        suffices,
        near,
        [str(words.axes[number]) for number in sorted(gained, key=lambda number: (-gained[number], number))],
    )
    return found, gained


def _pieces(today: Standing, door: str, known: Known) -> list[Laid]:
    """Everyone whom it could be, laid out for one door."""
    several = lay(today, [door], known, arising=True, most_cells=PIECE, most_in_all=MOST)
    return [laid for laid in several if laid.inside.any()]


def compared(today: Standing, door: Door, known: Known) -> list[Possibility]:
    """What a door may answer, and to whom, to be compared with what it would answer under other rules."""
    pieces = _pieces(today, door.name, known)
    return _possibilities(pieces, [gains(laid, laid.full(laid.codes(door.name))) for laid in pieces], door)


def _possibilities(pieces: Iterable[Laid], weights: Iterable[Mapping[int, float]], kind: Door) -> list[Possibility]:
    """The different answers in words, with all kinds of people who get each; the most open one first."""
    outcomes: dict[str, list[Outcome | None]] = {}
    covers: dict[str, list[Box]] = {}
    words = None
    for laid, weight in zip(pieces, weights, strict=True):
        words = laid.standing.words
        codes = laid.full(laid.codes(kind.name))
        alike: dict[str, list[int]] = {}
        for code, outcome in laid.outcomes(kind.name).items():
            answer = careful(outcome, kind)
            alike.setdefault(answer, []).append(code)
            outcomes.setdefault(answer, []).append(outcome)
        for answer, numbers in alike.items():
            covers.setdefault(answer, []).extend(boxes(laid, np.isin(codes, numbers), weight))
    if words is None:
        return []
    return [
        possibility(several, kind, in_words(joined(covers[answer], words.axes), words.axes))
        for answer, several in most_open_first(outcomes)
    ]


def possibility(alike: Iterable[Outcome | None], kind: Door, when: list[list[str]]) -> Possibility:
    """Outcomes that are alike in words, as one answer."""
    arising = [outcome for outcome in alike if outcome is not None]
    return Possibility(
        arising[0].verdict if arising else "does not arise",
        careful(arising[0] if arising else None, kind),
        arising[0].leaning if arising else None,
        any(outcome.conflict for outcome in arising),
        any(outcome.tension for outcome in arising),
        list(dict.fromkeys(finding for outcome in arising for finding in outcome.first)),
        when,
    )


def most_open_first(outcomes: Mapping[str, list[Outcome | None]]) -> list[tuple[str, list[Outcome | None]]]:
    """Outcomes by their answer in words, in the order in which they are told."""

    def order(outcome: Outcome | None) -> tuple[bool, ...]:
        if outcome is None:
            return (True,)
        leans = not outcome.leans_open, outcome.leans_shut
        return False, not outcome.open, outcome.shut, outcome.conflict, not outcome.spoken, *leans

    return sorted(outcomes.items(), key=lambda item: order(item[1][0]))


def together(possibilities: list[Possibility], door: Door) -> str:
    """One answer where all are alike in words; else what the open facts leave."""
    if len(possibilities) == 1:
        return possibilities[0].answer
    verdicts = {possibility.verdict for possibility in possibilities}
    both = {"may", "gap", "conflict"} & verdicts
    opens, shuts = both or "must open" in verdicts, both or "must shut" in verdicts
    if opens and shuts:
        return f"depends: {door.open} or {door.shut}"
    return "depends: " + " or ".join(possibility.answer for possibility in possibilities)


def _if_nothing_is_found(
    today: Standing, known: Known, door: Door, possibilities: list[Possibility]
) -> tuple[list[Possibility], list[str]]:
    """The possibilities where every finding that is not stated has its ordinary value, and the rules that then surely fire."""
    words = today.words
    if len(possibilities) == 1 or door.protection:
        return [], []
    axes = [axis for name in words.findings for axis in words.axes_of[name] if axis.number not in known]
    ordinary = {**known, **{axis.number: frozenset((axis.ordinary,)) for axis in axes}}
    if nearest_person(words, ordinary) is None:
        return [], []
    pieces = _pieces(today, door.name, ordinary)
    weights = [gains(laid, laid.full(laid.codes(door.name))) for laid in pieces]
    left = _possibilities(pieces, weights, door)
    if [one.answer for one in left] == [one.answer for one in possibilities]:
        return [], []
    return left, [reason.rule for reason in _chain(pieces, weights, words, door.name) if reason.certain]


def _chain(pieces: Iterable[Laid], weights: Iterable[Mapping[int, float]], words: Words, door: str) -> list[Reason]:
    """The rules that fire for somebody in question, each once: the surest first, then by rank."""
    found: dict[str, Reason] = {}
    for laid, weight in zip(pieces, weights, strict=True):

        def when(truth: Any, laid: Laid = laid, weight: Mapping[int, float] = weight) -> list[list[str]]:
            return in_words(joined(boxes(laid, laid.full(truth), weight), words.axes), words.axes)

        for reason in reasons(laid.rules, laid.meant, words, [door], laid.possibly, laid.surely, when):
            found.setdefault(reason.rule, reason)
    return sorted(found.values(), key=lambda reason: not reason.certain)


def _marks(pieces: Iterable[Laid], door: str) -> list[str]:
    """What of the texts behind the answer the format could not say."""
    found = {
        text: None
        for laid in pieces
        for rule in laid.rules
        if (text := untranslated_of(rule)) and marks(rule, door)
        if laid.possibly(any_of(laid.meant.fired[rule.name].values()) & laid.arises.get(door, True))
    }
    return list(found)


def _by_reading(pieces: Iterable[Laid], kind: Door) -> list[UnderReading]:
    """The answers under each combination of readings; empty where no reading matters."""
    found: dict[tuple[tuple[str, str], ...], set[str]] = {}
    for laid in pieces:
        words, everyone = laid.standing.words, laid.everyone
        axes = [number for number in everyone.asked if words.axes[number].fact.kind is Kind.READING]
        if not axes:
            continue
        codes, outcomes = laid.full(laid.codes(kind.name)), laid.outcomes(kind.name)
        for index in np.ndindex(*(everyone.shape[everyone.dims[number]] for number in axes)):
            chosen = dict(zip(axes, index, strict=True))
            cut = tuple(chosen.get(number, slice(None)) for number in everyone.classes)
            reached = {careful(outcomes[int(code)], kind) for code in np.unique(codes[cut][laid.inside[cut]])}
            names = tuple(
                (
                    words.axes[number].fact.name,
                    words.axes[number].fact.values[everyone.classes[number][chosen[number]][0]],
                )
                for number in axes
            )
            found.setdefault(names, set()).update(reached)
    if len({frozenset(answers) for answers in found.values()}) <= 1:
        return []
    return [UnderReading(dict(names), sorted(answers)) for names, answers in found.items()]


def _explained(today: Standing, door: str, known: Known) -> tuple[list[str] | None, list[NearMiss]]:
    """What suffices and what nearly opens: over everyone at the place, under the same readings."""
    words, kind = today.words, today.words.doors[door]
    fixed = {
        number: places
        for number, places in known.items()
        if words.axes[number].fact.name == words.place.in_ or words.axes[number].fact.kind is Kind.READING
    }
    try:
        pieces = list(lay(today, [door], fixed, arising=True, most_cells=MOST, most_in_all=MOST))
    except TooManyKinds:
        return None, []
    if len(pieces) != 1:
        return None, []
    laid = pieces[0]
    codes = laid.full(laid.codes(door))
    spelled = {code: careful(outcome, kind) for code, outcome in laid.outcomes(door).items()}
    return enough(laid, codes, known), near_misses(laid, codes, known, spelled)
