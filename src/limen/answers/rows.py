"""Rows of facts, as a table of places: what is asked of many groups at once, filled up with what is ordinary.

A row states what is known of a group. What it leaves out, findings included, has the ordinary value of the words file, as in a
case and never for a person whom somebody asks about: a finding that nobody has made is ordinary, and what officials find in
practice is the matter of a table of practice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from limen.policy.conditions import NONE
from limen.policy.meaning import on_facts
from limen.policy.words import Condition, Fact, Kind, Words
from limen.text.faults import nearest

Facts = Mapping[str, str | Collection[str]]
"""Values by fact, as a case states them; of a set, the things held."""

Table = npt.NDArray[np.int16]
"""A place on every axis (columns) for every row."""

Column = npt.NDArray[np.int16]


class ImpossibleGroup(ValueError):
    """A row that the words file declares impossible, once it is filled with what is ordinary."""


def table_of(words: Words, rows: Sequence[Facts]) -> Table:
    """The places of rows. Raises ValueError for an unknown fact or value, ImpossibleGroup for who cannot exist."""
    ordinary = np.array([axis.ordinary for axis in words.axes], dtype=np.int16)
    table = np.tile(ordinary, (len(rows), 1))
    stated = _Stated(words)
    counts: list[int] = []
    met: list[int] = []
    for row in rows:
        numbers = stated.numbers(row)
        counts.append(len(numbers))
        met += numbers
    where_met = np.repeat(np.arange(len(rows)), counts)
    item, axes, places = stated.places()
    size = np.bincount(item, minlength=len(stated))[met]
    first = np.searchsorted(item, met)
    each = np.repeat(first, size) + np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
    table[np.repeat(where_met, size), axes[each]] = places[each]
    _check_possible(words, table, rows)
    return table


class _Stated(dict[tuple[str, Any], int]):
    """What rows state of facts, numbered as it is first met, with the places on axes that each means."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._places: list[tuple[int, int, int]] = []

    def __missing__(self, stated: tuple[str, Any]) -> int:
        number = self[stated] = len(self)
        self._places += ((number, axis, place) for axis, place in places_of(self._words, *stated))
        return number

    def numbers(self, row: Facts) -> list[int]:
        """The numbers of what a row states."""
        try:
            return list(map(self.__getitem__, row.items()))
        except TypeError:  # several things held, as a list or a set
            items = ((name, value if isinstance(value, str) else tuple(value)) for name, value in row.items())
            return list(map(self.__getitem__, items))

    def places(self) -> npt.NDArray[np.int64]:
        """(3, all places): the number of what is stated, an axis, and the place on it, in order of number."""
        return np.array(self._places, dtype=np.int64).reshape(-1, 3).T


def places_of(words: Words, name: str, value: str | Collection[str]) -> tuple[tuple[int, int], ...]:
    """The places on axes that one value of a fact means. Raises ValueError for an unknown fact or value."""
    fact = words.facts.get(name)
    if fact is None:
        raise ValueError(f"{name!r} is not a fact or finding.{_hint(name, words.facts)}")
    axes = words.axes_of[name]
    if fact.kind is not Kind.SET:
        if not isinstance(value, str):
            raise ValueError(f"A group has one value of {name!r}, not {', '.join(value)}.")
        return ((axes[0].number, _value(fact, value)),)
    held = () if value == NONE else (value,) if isinstance(value, str) else tuple(value)
    for item in held:
        _value(fact, item)
    return tuple((axis.number, int(axis.item in held)) for axis in axes)


def _value(fact: Fact, value: str) -> int:
    if value not in fact.values:
        raise ValueError(f"{value!r} is not a value of {fact.name!r}.{_hint(value, fact.values)}")
    return fact.values.index(value)


def _hint(word: str, names: Collection[str]) -> str:
    near = nearest(word, tuple(names))
    return f" Did you mean {near!r}?" if near else ""


def where(words: Words, condition: Condition, table: Table) -> npt.NDArray[np.bool_]:
    """The rows for which a condition on facts holds."""
    found = on_facts(condition, lambda look: _inside(words, look.axis, look.places)[table[:, look.axis]])
    return np.full(len(table), found, dtype=np.bool_)


def _inside(words: Words, axis: int, places: Collection[int]) -> npt.NDArray[np.bool_]:
    inside = np.zeros(words.axes[axis].size, dtype=np.bool_)
    inside[list(places)] = True
    return inside


def _check_possible(words: Words, table: Table, rows: Sequence[Facts]) -> None:
    for clause in words.impossible:
        barred = where(words, (clause,), table)
        if barred.any():
            row = dict(rows[int(np.argmax(barred))])
            raise ImpossibleGroup(
                f"No such group is possible: {row}. With what it leaves out ordinary, the words file declares "
                f"impossible: {clause}."
            )
