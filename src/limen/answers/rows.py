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
    stated: dict[tuple[str, Any], tuple[tuple[int, int], ...]] = {}
    counts: list[int] = []
    axes: list[int] = []
    places: list[int] = []
    for row in rows:
        before = len(axes)
        for item in row.items():
            key = item if isinstance(item[1], str) else (item[0], tuple(item[1]))
            pairs = stated.get(key)
            if pairs is None:
                pairs = stated[key] = places_of(words, *item)
            for axis, place in pairs:
                axes.append(axis)
                places.append(place)
        counts.append(len(axes) - before)
    table[np.repeat(np.arange(len(rows)), counts), axes] = places
    _check_possible(words, table, rows)
    return table


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
