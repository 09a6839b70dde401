"""Everyone: all kinds of people that a question can tell apart, each fact on an array axis of its own.

Places of an axis that no rule in question tells apart are merged into one class. An axis that nobody reads is not laid out at
all, and a truth about some axes has length 1 on the others, so projection costs nothing. People declared impossible are kept
out: facts that only the declarations read are eliminated one by one (bucket elimination; Dechter 1999), by the least number of
facts in which anybody possible differs from the ordinary person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import cached_property
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

from limen.policy.barred import linked_by, loosened
from limen.policy.meaning import any_of, on_facts
from limen.policy.rules import Rule
from limen.policy.standing import Known, simplified
from limen.policy.words import Axis, Filled, Kind, Look, Words, looks_of

MOST_CELLS = 20_000_000
MOST_IN_ALL = 500_000_000
NEVER = 1_000_000

Mask = npt.NDArray[np.bool_] | bool


class TooManyKinds(RuntimeError):
    """There are more kinds of people than can be enumerated."""


def looks_of_rules(rules: Iterable[Rule]) -> set[Look]:
    """The looks that the conditions and carve-outs of rules take."""
    return {look for rule in rules for condition in (rule.when, rule.unless) for look in looks_of(condition)}


class Everyone:
    """The kinds of people that some looks tell apart, among those with the places that are `known`."""

    def __init__(self, words: Words, looks: Iterable[Look], known: Known | None = None, apart: Set[int] = frozenset()):
        """`apart`: axes whose places are all kept apart. `nobody` tells whether what is known is impossible."""
        self.words = words
        self.known = dict(known or {})
        self._looks: dict[Look, Any] = {}
        asked: dict[int, set[frozenset[int]]] = {axis: set() for axis in apart}
        for look in looks:
            asked.setdefault(look.axis, set()).add(look.places)
        barred = [(clause, simplified((clause,), self.known)) for clause in words.impossible]
        self.nobody = any(not clause.needs for _, left in barred for clause in left)
        barred = loosened(words, barred, asked, apart, self.known)
        linked, self._linking = linked_by(set(asked), barred, self.known)
        sets = {axis: set(asked.get(axis, ())) for axis in linked}
        for look in looks_of(self._linking):
            sets[look.axis].add(look.places)
        self.classes: dict[int, list[tuple[int, ...]]] = {}
        self.fixed: dict[int, int] = {}
        for number in sorted(sets):
            classes = self._merged(words.axes[number], sets[number], number in apart)
            if len(classes) == 1:
                self.fixed[number] = classes[0][0]
            elif classes:
                self.classes[number] = classes
        self.dims = {number: dim for dim, number in enumerate(self.classes)}
        self.asked = [number for number in self.classes if number in asked]
        self.shape = tuple(len(classes) if number in asked else 1 for number, classes in self.classes.items())

    @property
    def cells(self) -> int:
        """How many kinds the question tells apart, possible or not."""
        return prod(self.shape)

    def see(self, look: Look) -> Mask:
        """The truth of a look: a constant, or an array along the look's axis."""
        found = self._looks.get(look)
        if found is None:
            found = self._looks[look] = self._see(look)
        return found

    def _see(self, look: Look) -> Mask:
        places: Iterable[int] | None
        dim = self.dims.get(look.axis)
        if dim is None:
            if look.axis in self.fixed:
                return self.fixed[look.axis] in look.places
            places = self.known.get(look.axis, range(self.words.axes[look.axis].size))
            inside = [place in look.places for place in places]
            if all(inside) or not any(inside):
                return bool(inside) and inside[0]
            raise KeyError(f"{self.words.axes[look.axis]} was not laid out.")
        truths = np.array([one[0] in look.places for one in self.classes[look.axis]])
        return truths.reshape(self._along(dim))

    def _along(self, dim: int) -> tuple[int, ...]:
        return tuple(-1 if other == dim else 1 for other in range(len(self.dims)))

    def _merged(self, axis: Axis, sets: Iterable[frozenset[int]], apart: bool) -> list[tuple[int, ...]]:
        """The classes of an axis; the ordinary class first, in each the place nearest to the ordinary one first."""
        classes: dict[Any, list[int]] = {}
        left = self.known.get(axis.number)
        if left is not None and len(left) == 1:
            return [tuple(left)]
        sets = tuple(sets)
        for place in sorted(range(axis.size) if left is None else left):
            key = place if apart else tuple(place in one for one in sets)
            classes.setdefault(key, []).append(place)
        ordinary = axis.ordinary
        number = axis.fact.kind in (Kind.NUMBER, Kind.DAY)

        def distance(place: int) -> int:
            return abs(place - ordinary) if number else int(place != ordinary)

        found = [tuple(sorted(one, key=lambda place: (distance(place), place))) for one in classes.values()]
        return sorted(found, key=lambda one: (one[0] != ordinary, distance(one[0]), one[0]))

    @cached_property
    def bars(self) -> list[npt.NDArray[np.int32]]:
        """What the impossible people leave: arrays over the asked axes to be added up, NEVER where nobody is possible."""
        factors = []
        for clause in self._linking:
            barred: Any = True
            for need in clause.needs:
                if not isinstance(need, Filled):
                    barred = barred & any_of(self.see(look) for look in need)
            if barred is False:
                continue
            factors.append(np.where(_full(barred, len(self.dims)), NEVER, 0).astype(np.int32))
        asked = set(self.asked)
        for number in (number for number in self.classes if number not in asked):
            dim = self.dims[number]
            touching = [factor for factor in factors if factor.shape[dim] > 1]
            if not touching:
                continue
            total = self.cost_of(number)
            for factor in touching:
                total = total + factor
            least = np.minimum(total.min(axis=dim, keepdims=True), NEVER).astype(np.int32)
            factors = [factor for factor in factors if factor.shape[dim] == 1] + [least]
        return factors

    def cost_of(self, number: int) -> npt.NDArray[np.int32]:
        """By class of an axis: 1 where it differs from the ordinary value (0 for readings and days: they are nobody's facts)."""
        axis = self.words.axes[number]
        counts = axis.fact.kind.personal
        costs = [int(counts and one[0] != axis.ordinary) for one in self.classes[number]]
        return np.array(costs, dtype=np.int32).reshape(self._along(self.dims[number]))

    @cached_property
    def possible(self) -> Mask:
        """Where somebody possible is, over the asked axes."""
        if self.nobody:
            return False
        truth: Mask = True
        for bar in self.bars:
            truth = truth & (bar < NEVER)
        return truth

    def possible_at(self, cell: tuple[int, ...]) -> bool:
        """Whether somebody possible is in a cell."""
        if self.nobody:
            return False
        short = (bar[tuple(at if length > 1 else 0 for at, length in zip(cell, bar.shape))] for bar in self.bars)
        return all(least < NEVER for least in short)

    def count(self, where: Mask) -> int:
        """How many of the kinds that the question tells apart lie in `where` and are possible."""
        inside = np.asarray(where & self.possible)
        if inside.ndim == 0:
            return self.cells if inside else 0
        return int(np.count_nonzero(inside)) * (self.cells // inside.size)

    def nearest(self, where: Mask) -> dict[int, int] | None:
        """The possible person in `where` that differs from the ordinary one in the fewest facts, as a place on every axis.

        Equal ones are told apart by the order of the words file: the later the fact, the sooner it may differ.
        """
        cost: Any = np.where(_full(where & self.possible, len(self.dims)), 0, NEVER).astype(np.int32)
        for bar in self.bars:
            cost = cost + bar
        for number in self.asked:
            cost = cost + self.cost_of(number)
        best = int(np.argmin(cost))
        if cost.ravel()[best] >= NEVER:
            return None
        return self.person_at(np.unravel_index(best, cost.shape))

    def cell_of(self, person: Mapping[int, int]) -> tuple[int, ...]:
        """Where a person stands, by the axes that are laid out."""
        asked = set(self.asked)
        return tuple(class_of(one, person[number]) if number in asked else 0 for number, one in self.classes.items())

    def beside(self, cell: tuple[int, ...], axis: int, at: int) -> tuple[int, ...]:
        """The cell beside another, in a class of one axis."""
        dim = self.dims[axis]
        return (*cell[:dim], at, *cell[dim + 1 :])

    def person_at(self, cell: Any) -> dict[int, int]:
        """The most ordinary possible person of a cell, as a place on every axis."""
        known = dict(self.known)
        known.update({number: frozenset((place,)) for number, place in self.fixed.items() if number not in known})
        for number in self.asked:
            known[number] = frozenset(self.classes[number][cell[self.dims[number]]])
        person = nearest_person(self.words, known)
        if person is None:
            raise RuntimeError("A possible cell holds no possible person.")
        return person


def class_of(classes: Iterable[tuple[int, ...]], place: int) -> int:
    """Which of some classes a place lies in."""
    return next(index for index, one in enumerate(classes) if place in one)


def nearest_person(words: Words, known: Known) -> dict[int, int] | None:
    """The possible person with these places that differs from the ordinary one in the fewest facts; None: there is none."""
    if not all(known.values()):
        return None
    first = {axis.number: _most_ordinary(axis, known.get(axis.number)) for axis in words.axes}
    if not on_facts(words.impossible, lambda look: first[look.axis] in look.places):
        return first
    pool = Everyone(words, looks_of(words.impossible), known)
    if pool.nobody:
        return None
    total: Any = np.zeros((1,) * len(pool.dims), dtype=np.int32)
    for part in (*pool.bars, *(pool.cost_of(number) for number in pool.asked)):
        total = total + part
    best = int(np.argmin(total))
    if total.ravel()[best] >= NEVER:
        return None
    cell = np.unravel_index(best, total.shape)
    return first | {number: classes[cell[pool.dims[number]]][0] for number, classes in pool.classes.items()}


def in_slices(
    words: Words, looks: Callable[[Known], Iterable[Look]], known: Known, whole: Set[int] = frozenset(),
    apart: Set[int] = frozenset(), most_cells: int = MOST_CELLS, skip: Callable[[Known], bool] | None = None,
    most_in_all: int = MOST_IN_ALL,
) -> Iterator[Everyone]:  # fmt: skip
    """Everyone with the known places, in as many pieces as memory wants.

    `looks` says what has to be told apart where more is known (rules fall away). Axes in `whole` are never cut. `skip` says of
    a piece that it need not be looked at.
    Raises TooManyKinds.
    """
    made = 0
    pending: list[dict[int, frozenset[int]]] = [dict(known)]
    while pending:
        piece = pending.pop()
        if skip is not None and skip(piece):
            continue
        everyone = Everyone(words, looks(piece), piece, apart)
        if everyone.nobody:
            continue
        if everyone.cells <= most_cells:
            made += everyone.cells
            yield everyone
            continue
        if made > most_in_all:
            raise TooManyKinds(f"More than {most_in_all:,} kinds of people would have to be told apart.")
        cut = [number for number in everyone.asked if number not in whole]
        if not cut:
            raise TooManyKinds("The facts that must stay together have too many values.")
        axis = max(cut, key=lambda number: (_is_place(words, number), len(everyone.classes[number]), -number))
        pending.extend({**piece, axis: frozenset(one)} for one in reversed(everyone.classes[axis]))


def _is_place(words: Words, number: int) -> bool:
    return words.axes[number].fact.name in (words.place.in_, words.place.at)


def _most_ordinary(axis: Axis, places: frozenset[int] | None) -> int:
    """The place nearest to the ordinary one, among some (None: all)."""
    if places is None or axis.ordinary in places:
        return axis.ordinary
    return min(places, key=lambda place: (abs(place - axis.ordinary) if axis.fact.kind is Kind.NUMBER else 0,
                                          place != axis.ordinary, place))  # fmt: skip


def _full(mask: Any, dims: int) -> Any:
    """A constant as an array with `dims` axes."""
    return mask if isinstance(mask, np.ndarray) else np.full((1,) * dims, bool(mask))
