"""When something is so, in few words: a cover of kinds of people by boxes, each a list of facts that must all be so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from limen.answers.laid import Laid
from limen.answers.wording import worded
from limen.policy.words import Axis

MOST_BOXES = 8

Box = dict[int, frozenset[int]]
"""By axis, the places within the box; an axis that is missing may have any."""


def boxes(laid: Laid, where: npt.NDArray[np.bool_], weight: Mapping[int, float] | None = None) -> list[Box]:
    """Maximal boxes that together cover everybody in question who lies in `where`, at most `MOST_BOXES` of them.

    Facts that weigh little are let go first. Impossible kinds of people may lie in a box, but values that nobody possible has
    there are not named.
    """
    everyone = laid.everyone
    left = where & laid.inside
    if np.array_equal(left, laid.inside):
        return [{}]
    left, allowed = _without_idle_axes(left, where | ~laid.inside)
    weighing = weight or {}
    dims = sorted(everyone.asked, key=lambda number: (weighing.get(number, 0.0), -number))
    found: list[Box] = []
    while left.any() and len(found) < MOST_BOXES:
        cell = np.unravel_index(int(np.argmax(left)), left.shape)
        box: list[list[int]] = [[int(index)] for index in cell]
        for number in dims:
            dim = everyone.dims[number]
            for index in range(left.shape[dim]):
                if index not in box[dim] and allowed[np.ix_(*box[:dim], [index], *box[dim + 1 :])].all():
                    box[dim].append(index)
        left[np.ix_(*box)] = False
        found.append(_as_places(laid, box, left.shape))
    return found


def _without_idle_axes(*masks: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.bool_], ...]:
    """Copies of masks of one shape, cut to length 1 along every axis on which none of them changes."""
    for dim in range(masks[0].ndim):
        firsts = tuple(mask.take([0], axis=dim) for mask in masks)
        if all(
            np.array_equal(mask, np.broadcast_to(first, mask.shape)) for mask, first in zip(masks, firsts, strict=True)
        ):
            masks = firsts
    return tuple(np.array(mask) for mask in masks)


def _as_places(laid: Laid, box: list[list[int]], shape: tuple[int, ...]) -> Box:
    """The box by axis, without places where nobody possible is, and without axes on which it holds all that are possible."""
    everyone = laid.everyone
    whole = laid.inside
    cut = whole[
        np.ix_(
            *(index if length > 1 else range(full) for index, length, full in zip(box, shape, whole.shape, strict=True))
        )
    ]
    found: Box = {}
    for number in everyone.asked:
        dim = everyone.dims[number]
        if shape[dim] == 1:
            continue
        others = tuple(other for other in range(whole.ndim) if other != dim)
        there = np.flatnonzero(cut.any(axis=others))
        held = [box[dim][index] for index in there]
        if len(held) < laid.reached[number]:
            classes = everyone.classes[number]
            found[number] = frozenset(place for index in held for place in classes[index])
    return found


def joined(found: Iterable[Box], axes: Sequence[Axis]) -> list[Box]:
    """The same with boxes that lie within others left out, and boxes that differ on one axis only made one."""
    left = list(found)
    changed = True
    while changed:
        changed = False
        for i, one in enumerate(left):
            for j, other in enumerate(left):
                if i == j:
                    continue
                if _within(other, one):
                    united: Box | None = one
                else:
                    united = _union(one, other, axes)
                if united is not None:
                    left = [united, *(box for k, box in enumerate(left) if k not in (i, j))]
                    changed = True
                    break
            if changed:
                break
    return sorted(left, key=lambda box: [(axis, sorted(places)) for axis, places in sorted(box.items())])


def _within(inner: Box, outer: Box) -> bool:
    return all(axis in inner and inner[axis] <= places for axis, places in outer.items())


def _union(one: Box, other: Box, axes: Sequence[Axis]) -> Box | None:
    if one.keys() != other.keys():
        return None
    differing = [axis for axis in one if one[axis] != other[axis]]
    if len(differing) != 1:
        return None
    axis = differing[0]
    united = {**one, axis: one[axis] | other[axis]}
    return united if len(united[axis]) < axes[axis].size else {key: united[key] for key in united if key != axis}


def in_words(found: Iterable[Box], axes: Sequence[Axis]) -> list[list[str]]:
    """Boxes as lists of facts."""
    return [[worded(axes[number], places) for number, places in sorted(box.items())] for box in found]
