"""In which circumstances something is so of somebody possible: in which states, on which days, with which nationality."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from limen.policy.circuit import Circuit
from limen.policy.everyone import Everyone, class_of
from limen.policy.lanes import in_all, in_lanes
from limen.policy.meaning import Truth, any_of
from limen.policy.search import Search
from limen.policy.words import Look

Classes = Sequence[tuple[int, ...]]
"""Places of an axis by classes that the question does not tell apart."""

Combination = tuple[int, ...]
"""The number of a class of each of some axes."""


def projected(
    search: Search, truths: Sequence[Truth], axes: Mapping[int, Classes], person: Mapping[int, int] | None = None
) -> set[Combination]:
    """Every combination of classes of these axes for which all of this is so of somebody possible.

    Whoever is found is asked in all of them at once; then somebody is sought in those that are left. Truths may also be about
    a second person, behind the first. `person` is somebody who is asked first.
    """
    everywhere = list(product(*(range(len(classes)) for classes in axes.values())))
    varied = {axis: [classes[one[at]][0] for one in everywhere] for at, (axis, classes) in enumerate(axes.items())}
    found = set[Combination]()

    def asked(person: Mapping[int, int]) -> set[Combination]:
        together = in_all(in_lanes(search.circuit, [*truths, *search.possibly], person, varied, len(everywhere)))
        return {one for lane, one in enumerate(everywhere) if together >> lane & 1} - found

    new = set[Combination]() if person is None else asked(person)
    switch = search.switch()
    while len(found := found | new) < len(everywhere):
        if new:
            _never(search, [switch], list(axes.items()), new)
        other = search.find([*truths, switch], second=True)
        if other is None:
            break
        new = asked(other)
        new.add(tuple(class_of(classes, other[axis]) for axis, classes in axes.items()))
    return found


def reached(
    search: Search, truths: Sequence[Truth], everyone: Everyone, person: Mapping[int, int] | None
) -> dict[int, frozenset[int]]:
    """By axis that the question asks, the places of everybody possible of whom all of this is so; `person` is one of them.

    Whoever is found is also asked with each other place on one axis; then somebody with a place that is left is sought.
    """
    left = {(axis, at) for axis in everyone.asked for at in range(len(everyone.classes[axis]))}
    found: dict[int, set[int]] = {axis: set() for axis in everyone.asked}
    see = search.circuit.see
    while left:
        if person is None:
            open_: Truth = any_of(see(Look(axis, frozenset(everyone.classes[axis][at]))) for axis, at in sorted(left))
            person = search.find([*truths, open_])
        if person is None:
            break
        changes = sorted(left)
        varied = {axis: [person[axis]] * len(changes) for axis in everyone.asked}
        for lane, (axis, at) in enumerate(changes):
            varied[axis][lane] = everyone.classes[axis][at][0]
        together = in_all(in_lanes(search.circuit, [*truths, *search.possibly], person, varied, len(changes)))
        new = {change for lane, change in enumerate(changes) if together >> lane & 1}
        new |= {(axis, class_of(everyone.classes[axis], person[axis])) for axis in everyone.asked}
        for axis, at in new:
            found[axis].update(everyone.classes[axis][at])
        left -= new
        person = None
    return {axis: frozenset(places) for axis, places in found.items()}


def among(circuit: Circuit, axes: Sequence[tuple[int, Classes]], combinations: Iterable[Combination]) -> Truth:
    """That a person is in one of some combinations."""
    if not axes:
        return True
    (axis, classes), *others = axes
    return any_of(
        circuit.see(Look(axis, places)) & among(circuit, others, rest)
        for places, rest in _blocks(classes, combinations)
    )


def _never(
    search: Search, truths: Sequence[Truth], axes: Sequence[tuple[int, Classes]], combinations: Iterable[Combination]
) -> None:
    """Rules out combinations, those that go together in one sentence."""
    if not axes:
        search.never(truths)
        return
    (axis, classes), *others = axes
    for places, rest in _blocks(classes, combinations):
        _never(search, [*truths, search.circuit.see(Look(axis, places))], others, rest)


def _blocks(
    classes: Classes, combinations: Iterable[Combination]
) -> list[tuple[frozenset[int], frozenset[Combination]]]:
    """Places of the first axis with the rest of the combinations that all of them go with."""
    rest: dict[int, set[Combination]] = {}
    for first, *more in combinations:
        rest.setdefault(first, set()).add(tuple(more))
    blocks: dict[frozenset[Combination], set[int]] = {}
    for first, several in sorted(rest.items()):
        blocks.setdefault(frozenset(several), set()).update(classes[first])
    return [(frozenset(places), several) for several, places in blocks.items()]
