"""One person in many circumstances at once: on every day, under every reading, with every nationality.

Each circumstance is a *lane*: a bit of a whole number. So what the gates of a circuit say in all of them takes one step a gate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from limen.policy.circuit import AND, LEAST, NOT, Circuit, Gate


def in_lanes(
    circuit: Circuit, truths: Iterable[Any], person: Mapping[int, int], varied: Mapping[int, Sequence[int]], lanes: int
) -> list[int]:
    """Truths of a person with a place on every axis, but on the axes that are `varied` with a place in each lane.

    Bit `i` of a number tells what is so in lane `i`.
    """
    truths = list(truths)
    everywhere = (1 << lanes) - 1
    found: dict[int, int] = {}
    for gate in circuit.cone(truth.number for truth in truths if isinstance(truth, Gate)):
        if gate.step == LEAST:
            places = varied.get(gate.left)
            if places is None:
                found[gate.number] = everywhere if person[gate.left] >= gate.right else 0
            else:
                found[gate.number] = bits(place >= gate.right for place in places)
        elif gate.step == NOT:
            found[gate.number] = everywhere ^ found[gate.left]
        elif gate.step == AND:
            found[gate.number] = found[gate.left] & found[gate.right]
        else:
            found[gate.number] = found[gate.left] | found[gate.right]
    return [found[truth.number] if isinstance(truth, Gate) else everywhere * bool(truth) for truth in truths]


def bits(truths: Iterable[bool]) -> int:
    """A whole number with one bit a truth, the first the lowest.

    >>> bits([True, False, True, True])
    13
    """
    return int("".join("1" if truth else "0" for truth in truths)[::-1] or "0", 2)
