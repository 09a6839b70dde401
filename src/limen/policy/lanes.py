"""One person in many circumstances at once: on every day, under every reading, with every nationality.

Each circumstance is a *lane*: a bit of a whole number. So what the gates of a circuit say in all of them takes one step a gate.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from limen.policy.circuit import AND, NOT, OR, Circuit, Gate


def in_lanes(
    circuit: Circuit, truths: Iterable[Any], person: Mapping[int, int], varied: Mapping[int, Sequence[int]], lanes: int
) -> list[int]:
    """Truths of a person with a place on every axis, but on the axes that are `varied` with a place in each lane.

    Bit `i` of a number tells what is so in lane `i`.
    """
    return Lanes(circuit, truths).of(person, varied, lanes)


class Lanes:
    """Truths of which several people are asked, one after the other, each in lanes of her or his own."""

    def __init__(self, circuit: Circuit, truths: Iterable[Any]) -> None:
        self._truths = list(truths)
        self._gates = circuit.whole_cone(tuple(truth.number for truth in self._truths if isinstance(truth, Gate)))

    def of(self, person: Mapping[int, int], varied: Mapping[int, Sequence[int]], lanes: int) -> list[int]:
        """The truths of one person, as `in_lanes` tells them."""
        everywhere = (1 << lanes) - 1
        found: dict[int, int] = {}
        later = {axis: _from_each(places) for axis, places in varied.items()}
        for gate in self._gates:
            step, left, right = gate.step, gate.left, gate.right
            if step is AND:
                found[gate.number] = found[left] & found[right]
            elif step is OR:
                found[gate.number] = found[left] | found[right]
            elif step is NOT:
                found[gate.number] = everywhere ^ found[left]
            elif left in later:
                places, masks = later[left]
                found[gate.number] = masks[bisect_left(places, right)]
            else:
                found[gate.number] = everywhere if person[left] >= right else 0
        return [found[truth.number] if isinstance(truth, Gate) else everywhere * bool(truth) for truth in self._truths]


def in_all(lanes: Iterable[int]) -> int:
    """What is so in each of some whole numbers of lanes; of none, everything."""
    found = -1
    for one in lanes:
        found &= one
    return found


def _from_each(places: Sequence[int]) -> tuple[list[int], list[int]]:
    """The places of an axis, in order, and for each in which lanes the place is this or a later one; for no place, in none.

    >>> _from_each([7, 3, 7])
    ([3, 7], [7, 5, 0])
    """
    lanes: dict[int, int] = {}
    lane = 0
    for place, several in groupby(places):
        count = len(list(several))
        lanes[place] = lanes.get(place, 0) | ((1 << count) - 1) << lane
        lane += count
    masks = [0]
    for place in sorted(lanes, reverse=True):
        masks.append(masks[-1] | lanes[place])
    return sorted(lanes), masks[::-1]
