"""Claims about everyone: proved, or refuted by the nearest person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from limen.answers.example import DisagreementError, Example, example, unlike
from limen.answers.laid import Laid, lay
from limen.answers.reasons import Text, texts_of
from limen.answers.spans import Spans, Timeline
from limen.policy.meaning import Answer, any_of, no
from limen.policy.outcome import encode
from limen.policy.people import excluded
from limen.policy.rules import Asked, AskedTerm, Asks, Claim, Effect, Force
from limen.policy.standing import Known, Speaks
from limen.policy.words import Kind, Words

PIECE = 100_000


@dataclass(frozen=True, slots=True)
class Failure:
    """Where a claim does not hold: on which days, and for how many of the kinds of people that its question tells apart.

    `readings` are those under which it fails (empty: under every one); `example` is the nearest person; `twin` is the other
    person of unequal treatment.
    """

    asks: str
    days: list[str]
    readings: list[dict[str, str]]
    kinds: int
    example: Example
    twin: Example | None


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """Whether a claim holds for everyone in its scope, on every day and under every reading in question.

    `surprise`: it fails although it should hold, holds although it was expected to fail, or says nothing. `vacuous`: nobody
    possible is in its scope. `kinds` counts the kinds of people in its scope that its question tells apart.
    """

    claim: str
    where: str
    law: list[Text]
    right: bool
    holds: bool
    expected_to_fail: bool
    because: str
    surprise: bool
    vacuous: bool
    kinds: int
    failures: list[Failure]


def check_claim(claim: Claim, timeline: Timeline, known: Known, in_part: bool = False) -> ClaimResult:
    """Checks one claim in every epoch in which it is in force.

    `in_part`: not every day or reading is in question, so that a failure that was expected may well lie elsewhere.
    """
    checked = [_check(claim, asked, timeline, known) for asked in claim.asked]
    failures = [failure for found, _ in checked for failure in found]
    kinds = max(told_apart for _, told_apart in checked)
    holds, vacuous = not failures, kinds == 0
    surprise = (vacuous or claim.expected_to_fail) and not in_part if holds else not claim.expected_to_fail
    return ClaimResult(
        claim.name, str(claim.where), texts_of(claim.law), claim.right, holds, claim.expected_to_fail, claim.because,
        surprise, vacuous, kinds, failures,
    )  # fmt: skip


@dataclass
class _Sighting:
    """Where a claim fails on some days: for how many kinds of people, the nearest of them, and under which readings."""

    kinds: int
    distance: int
    laid: Laid
    person: dict[int, int]
    readings: dict[tuple[tuple[str, str], ...], bool]


def _check(claim: Claim, asked: Asked | AskedTerm, timeline: Timeline, known: Known) -> tuple[list[Failure], int]:
    """Where one part of a claim fails, by the days between which that changes; and the kinds of people in its scope."""
    words = timeline.words
    doors = [asked.door] if isinstance(asked, Asked) else []
    terms = [asked.term] if isinstance(asked, AskedTerm) else []
    same = words.axes_of[asked.fact][0].number if isinstance(asked, Asked) and asked.asks is Asks.SAME else None
    scope = timeline.dated(claim.scope, claim)
    kinds = 0
    seen: dict[int, list[_Sighting]] = {}
    for laid in lay(
        timeline.standing, doors, known, scope, terms, same, _speaks(asked), most_cells=PIECE, unless=claim.unless
    ):
        kinds += laid.kinds(True)
        where = laid.full(_bad(asked, laid, same)) & laid.inside
        if not where.any():
            continue
        for places, pick in timeline.classes(laid):
            here = np.zeros_like(where)
            here[pick] = where[pick]
            person = laid.everyone.nearest(here)
            if person is not None:
                sighting = _Sighting(laid.kinds(here), unlike(words, person), laid, person, _by_reading(laid, here))
                for place in places:
                    seen.setdefault(place, []).append(sighting)
    if not kinds:
        kinds = sum(laid.kinds(True) for laid in lay(timeline.standing, [], known, scope, unless=claim.unless))
    return [_failure(claim, asked, timeline, spans, same, found) for spans, found in _by_days(timeline, seen)], kinds


def _by_days(timeline: Timeline, seen: Mapping[int, list[_Sighting]]) -> list[tuple[Spans, list[_Sighting]]]:
    """Days on which the same was seen, together, in order."""
    groups: dict[tuple[int, ...], tuple[list[int], list[_Sighting]]] = {}
    for place in sorted(seen):
        groups.setdefault(tuple(map(id, seen[place])), ([], seen[place]))[0].append(place)
    return [(timeline.spans(places), found) for places, found in groups.values()]


def _musts(effect: Effect) -> bool:
    return effect.force is Force.MUST


def _firsts(effect: Effect) -> bool:
    return effect.force is Force.FIRST


def _speaks(asked: Asked | AskedTerm) -> Speaks | None:
    """The effects that matter to what is asked: which answers are lawful hangs on musts alone."""
    if isinstance(asked, AskedTerm) or asked.asks is Asks.SAME:
        return None
    return _firsts if asked.asks is Asks.FIRST else _musts


def _bad(asked: Asked | AskedTerm, laid: Laid, same: int | None) -> Any:
    """Where a claim is not met."""
    if isinstance(asked, AskedTerm):
        meant = laid.meant.terms[asked.term]
        ranks = laid.standing.words.ranks
        return any_of(
            truth
            for value, held in meant.held.items() if value not in asked.values
            for rank, truth in held.items() if ranks[rank].binding
        )  # fmt: skip
    answer = laid.meant.doors[asked.door]
    if same is not None:
        return _unequal(laid, answer, same)
    return unmet(asked, answer)


def unmet(asked: Asked, answer: Answer) -> Any:
    """Where an answer is not what a claim (other than equal treatment) asks."""
    side, other = (answer.open, answer.shut) if asked.open else (answer.shut, answer.open)
    match asked.asks:
        case Asks.MUST:
            return other | answer.conflict
        case Asks.CAN:
            return no(side) | answer.conflict
        case _:
            return no(answer.first.get(asked.finding, False))


def _unequal(laid: Laid, answer: Answer, same: int) -> Any:
    """Where somebody in scope is answered unlike somebody else in scope who differs in the one fact only."""
    dim = laid.everyone.dims.get(same)
    if dim is None or same not in laid.everyone.asked:
        return False
    codes = laid.full(encode(answer, laid.standing.words.findings))
    inside = laid.inside
    highest = np.where(inside, codes, -1).max(axis=dim, keepdims=True)
    lowest = np.where(inside, codes, np.iinfo(np.int64).max).min(axis=dim, keepdims=True)
    several = np.count_nonzero(inside, axis=dim, keepdims=True) > 1
    return inside & several & (highest != lowest)


def _by_reading(laid: Laid, where: Any) -> dict[tuple[tuple[str, str], ...], bool]:
    """For each combination of the readings that matter: whether the claim fails there."""
    words, everyone = laid.standing.words, laid.everyone
    axes = [number for number in everyone.asked if words.axes[number].fact.kind is Kind.READING]
    fixed = tuple(
        (words.axes[number].fact.name, words.axes[number].fact.values[min(places)])
        for number, places in everyone.known.items()
        if words.axes[number].fact.kind is Kind.READING and len(places) == 1
    )
    if not axes:
        return {fixed: bool(where.any())}
    dims = [everyone.dims[number] for number in axes]
    others = tuple(dim for dim in range(where.ndim) if dim not in dims)
    fails = where.any(axis=others)
    found = {}
    for index in np.ndindex(fails.shape):
        names = tuple(
            (words.axes[n].fact.name, words.axes[n].fact.values[everyone.classes[n][i][0]])
            for n, i in zip(axes, index, strict=True)
        )
        found[(*fixed, *names)] = bool(fails[index])
    return found


def _failure(
    claim: Claim, asked: Asked | AskedTerm, timeline: Timeline, spans: Spans, same: int | None, seen: list[_Sighting]
) -> Failure:
    nearest = min(seen, key=lambda one: one.distance)
    laid, person = nearest.laid, nearest.person
    words, standing = timeline.words, timeline.on(spans.epochs[-1])
    doors = [asked.door] if isinstance(asked, Asked) else []
    terms = [asked.term] if isinstance(asked, AskedTerm) else []
    keep = [name for clause in claim.scope[:1] for name, _ in clause.stated if name in words.facts]
    if isinstance(asked, Asked) and asked.fact:
        keep.append(asked.fact)
    wording = spelled(asked, words)
    shown, decision = example(
        standing, person, spans.day, doors, f"against: {claim.name}", terms, f"the claim asks {wording}", keep
    )
    twin = None
    if isinstance(asked, AskedTerm):
        replayed = bool(decision.term(asked.term) - asked.values)
    elif same is None:
        replayed = bool(unmet(asked, decision.meant.doors[asked.door]))
    else:
        other = _twin(laid, person, same, asked)
        if other is not None:
            twin, other_decision = example(
                standing,
                other,
                spans.day,
                doors,
                f"twin, against: {claim.name}",
                terms,
                f"the claim asks {wording}",
                keep,
            )
            replayed = other_decision.outcomes[asked.door] != decision.outcomes[asked.door]
        else:
            replayed = False
    if not replayed:
        raise DisagreementError(
            f"The claim {claim.name!r} is refuted for everyone, but not for {shown.sentence} alone."
        )
    readings: dict[tuple[tuple[str, str], ...], bool] = {}
    for sighting in seen:
        for under, fails in sighting.readings.items():
            readings[under] = readings.get(under, False) or fails
    failing = [] if all(readings.values()) else [dict(names) for names, fails in readings.items() if fails]
    return Failure(wording, spans.worded, failing, sum(one.kinds for one in seen), shown, twin)


def _twin(laid: Laid, person: dict[int, int], same: int, asked: Asked) -> dict[int, int] | None:
    """A possible person who differs in the one fact (as little as can be otherwise) and is answered unlike."""
    words, everyone = laid.standing.words, laid.everyone
    cell = [0] * len(everyone.dims)
    for number in everyone.asked:
        classes = everyone.classes[number]
        cell[everyone.dims[number]] = next(i for i, places in enumerate(classes) if person[number] in places)
    codes = laid.full(laid.codes(asked.door))
    dim = everyone.dims[same]
    own = codes[tuple(cell)]
    for index, places in enumerate(everyone.classes[same]):
        at = (*cell[:dim], index, *cell[dim + 1 :])
        if codes[at] == own or not laid.inside[at]:
            continue
        for place in places:
            other = {**person, same: place}
            if excluded(words, {number: frozenset((one,)) for number, one in other.items()}) is None:
                return other
        return everyone.person_at(at)
    return None


def spelled(asked: Asked | AskedTerm, words: Words) -> str:
    """What a claim asks, as in `entry: must admit`."""
    if isinstance(asked, AskedTerm):
        return f"{asked.term}: {' or '.join(sorted(asked.values))}"
    if asked.asks is Asks.SAME:
        return f"{asked.door}: same for every {asked.fact}"
    if asked.asks is Asks.FIRST:
        return f"{asked.door}: first {asked.finding}"
    door = words.doors[asked.door]
    return f"{asked.door}: {asked.asks.value} {door.open if asked.open else door.shut}"
