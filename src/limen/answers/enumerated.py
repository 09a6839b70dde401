"""A claim decided by laying everyone out: each kind of people that it tells apart is looked at, and counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from limen.answers.example import unlike
from limen.answers.laid import Laid
from limen.answers.question import Combination, Decided, Question, Readings, Refutation, alike
from limen.policy.everyone import Everyone, class_of
from limen.policy.meaning import Answer
from limen.policy.outcome import encode
from limen.policy.people import excluded

AT_ONCE = 200_000
"""How many kinds of people are laid out together."""


@dataclass(frozen=True)
class _Sighting:
    """Where a claim fails in a piece of everyone on some days, the nearest person there, and the readings that fail."""

    laid: Laid
    where: Any
    person: Mapping[int, int]
    order: tuple[int, ...]
    failing: frozenset[Combination]


def enumerated(question: Question, most_cells: int = AT_ONCE) -> Decided:
    """Decides a part of a claim in as many pieces as needed. Raises TooManyKinds."""
    timeline, whole = question.timeline, question.layout.whole
    kinds = 0
    seen: dict[int, list[_Sighting]] = {}
    readings = Readings(whole) if whole is not None else None
    for laid in question.layout.pieces(most_cells):
        kinds += laid.kinds(True)
        where = laid.full(_bad(question, laid)) & laid.inside
        if readings is None or not where.any():
            continue
        for places, pick in timeline.classes(laid):
            here = np.zeros_like(where)
            here[pick] = where[pick]
            person = laid.everyone.nearest(here)
            if person is not None:
                order = _order(readings.everyone, person, timeline.day_axis)
                sighting = _Sighting(laid, here, person, order, _failing(readings, laid, here))
                for place in places:
                    seen.setdefault(place, []).append(sighting)
    if not kinds:
        kinds = sum(laid.kinds(True) for laid in question.scoped.pieces())
    found = [] if readings is None else _refutations(question, seen, readings)
    return Decided(found, kinds, kinds > 0)


def _refutations(question: Question, seen: Mapping[int, list[_Sighting]], readings: Readings) -> list[Refutation]:
    day_axis = question.timeline.day_axis
    nearest = {day: min(sightings, key=lambda one: one.order) for day, sightings in seen.items()}
    days = {
        day: (frozenset[Combination]().union(*(one.failing for one in sightings)), nearest[day].person)
        for day, sightings in seen.items()
    }
    found = []
    for group in alike(days, day_axis):
        masks: dict[int, tuple[Laid, Any]] = {}
        for day in group:
            for one in seen[day]:
                laid, where = masks.get(id(one.laid), (one.laid, False))
                masks[id(one.laid)] = laid, where | one.where
        kinds = sum(laid.kinds(where) for laid, where in masks.values())
        last = group[-1]
        person = {**nearest[last].person, day_axis: last}
        twin = None if question.same is None else _twin(nearest[last].laid, person, question.same, question.doors[0])
        found.append(Refutation(group, readings.told(days[last][0]), person, twin, kinds))
    return found


def _order(whole: Everyone, person: Mapping[int, int], day_axis: int) -> tuple[int, ...]:
    """How near a person is: the fewest unusual facts first, then those whose differences come later in the words file."""
    classes = (class_of(whole.classes[n], person[n]) for n in whole.asked if n != day_axis)
    return (unlike(whole.words, person), *classes)


def _failing(readings: Readings, laid: Laid, where: Any) -> frozenset[Combination]:
    """The combinations of readings under which the claim fails in a piece."""
    everyone = laid.everyone
    asked = [number for number in readings.axes if number in everyone.asked]
    others = tuple(dim for dim in range(where.ndim) if dim not in {everyone.dims[number] for number in asked})
    fails = where.any(axis=others)
    found = set()
    for combination in readings.all:
        places = readings.places(combination)
        if any(places[number].isdisjoint(left) for number, left in everyone.known.items() if number in places):
            continue
        if fails[tuple(class_of(everyone.classes[number], min(places[number])) for number in asked)]:
            found.add(combination)
    return frozenset(found)


def _bad(question: Question, laid: Laid) -> Any:
    """Where the claim is not met."""
    if question.same is None:
        return question.unmet(laid.meant)
    return _unequal(laid, laid.meant.doors[question.doors[0]], question.same)


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


def _twin(laid: Laid, person: Mapping[int, int], same: int, door: str) -> dict[int, int] | None:
    """A possible person who differs in the one fact (as little as can be otherwise) and is answered unlike."""
    everyone = laid.everyone
    codes = laid.full(laid.codes(door))
    cell = everyone.cell_of(person)
    dim = everyone.dims[same]
    for index in range(len(everyone.classes[same])):
        at = (*cell[:dim], index, *cell[dim + 1 :])
        if codes[at] != codes[cell] and laid.inside[at]:
            return differing(everyone, person, same, at)
    return None


def differing(everyone: Everyone, person: Mapping[int, int], axis: int, cell: tuple[int, ...]) -> dict[int, int]:
    """The possible person of a cell who differs from another in the place on one axis, and in as little else as can be."""
    for place in everyone.classes[axis][cell[everyone.dims[axis]]]:
        other = {**person, axis: place}
        if excluded(everyone.words, {number: frozenset((one,)) for number, one in other.items()}) is None:
            return other
    return everyone.person_at(cell)
