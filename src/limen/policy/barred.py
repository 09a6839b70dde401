"""The declarations of impossible people, as far as a question needs them.

A question tells few people apart. Most declarations are then about facts that it does not read, and need not be laid out: the
ordinary person is possible there.
"""

from __future__ import annotations

from collections.abc import Mapping, Set

from limen.policy.standing import Known
from limen.policy.words import NOBODY, Clause, Condition, Filled, Look, Need, Words, looks_of

Barred = list[tuple[Clause, Condition]]
"""Declarations as they are stated, with what is left of them where some places are known: one clause, or none."""


def loosened(
    words: Words, barred: Barred, asked: Mapping[int, Set[frozenset[int]]], apart: Set[int], known: Known
) -> Barred:  # fmt: skip
    """The declarations without the places of an axis that the question cannot tell from its ordinary one, where that one is free.

    Whoever has such a place could as well have the ordinary one, by which no declaration bars anybody. So nothing is told apart
    for a declaration alone, and none is laid out that nobody in question needs.
    """
    about: dict[int, dict[int, None]] = {}
    for at, (_, left) in enumerate(barred):
        for look in looks_of(left):
            about.setdefault(look.axis, {})[at] = None
    for axis in sorted(about.keys() - apart):
        ordinary = words.axes[axis].ordinary
        if ordinary not in known.get(axis, (ordinary,)):
            continue
        touching = [at for at in about[axis] if barred[at][1]]
        if not all(any(_frees(need, axis, ordinary) for need in barred[at][1][0].needs) for at in touching):
            continue
        sets = asked.get(axis, frozenset())
        apart_from = {place for one in sets for place in (one if ordinary not in one else _others(words, axis, one))}
        for at in touching:
            stated, (clause,) = barred[at]
            barred[at] = stated, _without(clause, axis, ordinary, apart_from)
    return barred


def linked_by(asked: set[int], barred: Barred, known: Known) -> tuple[set[int], Condition]:
    """The axes that the declarations of impossible people link to those asked or known, and what is left of those declarations.

    Declarations about other axes alone do not matter: the ordinary person is possible there.
    """
    linked = set(asked)
    pending = []
    for stated, left in barred:
        axes = {look.axis for look in looks_of(left)}
        if left and any(look.axis in known for look in looks_of((stated,))):
            linked |= axes
        pending.append((left, axes))
    linking: dict[int, Clause] = {}
    grown = True
    while grown:
        grown = False
        for index, (left, axes) in enumerate(pending):
            if index not in linking and left and not axes.isdisjoint(linked):
                linking[index] = left[0]
                linked |= axes
                grown = True
    return linked, tuple(linking[index] for index in sorted(linking))


def _without(clause: Clause, axis: int, ordinary: int, left: Set[int]) -> Condition:
    """A declaration for the places `left` of an axis; none where it bars none of them."""
    needs: list[Need] = []
    for need in clause.needs:
        if isinstance(need, tuple) and _frees(need, axis, ordinary):
            places = frozenset(place for look in need for place in look.places if place in left)
            if not places:
                return NOBODY
            needs.append((Look(axis, places),))
        else:
            needs.append(need)
    return (Clause(tuple(needs), clause.stated),)


def _frees(need: Need, axis: int, ordinary: int) -> bool:
    """Whether a need of a declaration fails for whoever has the ordinary place of an axis."""
    return not isinstance(need, Filled) and all(look.axis == axis and ordinary not in look.places for look in need)


def _others(words: Words, axis: int, places: frozenset[int]) -> frozenset[int]:
    return frozenset(range(words.axes[axis].size)) - places
