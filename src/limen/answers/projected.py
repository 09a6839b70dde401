"""In which circumstances something is so of somebody possible: in which states, on which days, with which nationality."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from limen.policy.everyone import class_of
from limen.policy.lanes import in_lanes
from limen.policy.meaning import Truth
from limen.policy.search import Search
from limen.policy.words import Look

Classes = Sequence[tuple[int, ...]]
"""Places of an axis by classes that the question does not tell apart."""

Combination = tuple[int, ...]
"""The number of a class of each of some axes."""


def projected(search: Search, truths: Sequence[Truth], axes: Mapping[int, Classes]) -> set[Combination]:
    """Every combination of classes of these axes for which all of this is so of somebody possible.

    Whoever is found is asked in all of them at once; then somebody is sought in those that are left. Truths may also be about
    a second person, behind the first.
    """
    everywhere = list(product(*(range(len(classes)) for classes in axes.values())))
    varied = {
        axis: [classes[one[at]][0] for one in everywhere] for at, (axis, classes) in enumerate(axes.items())
    }
    switch, found = search.switch(), set[Combination]()
    while (person := search.find([*truths, switch], second=True)) is not None:
        together = (1 << len(everywhere)) - 1
        for truth in in_lanes(search.circuit, [*truths, *search.possibly], person, varied, len(everywhere)):
            together &= truth
        new = {one for lane, one in enumerate(everywhere) if together >> lane & 1} - found
        new.add(tuple(class_of(classes, person[axis]) for axis, classes in axes.items()))
        found |= new
        _never(search, [switch], list(axes.items()), new)
    return found


def _never(
    search: Search, truths: Sequence[Truth], axes: Sequence[tuple[int, Classes]], combinations: Iterable[Combination]
) -> None:
    """Rules out combinations, those that go together in one sentence."""
    if not axes:
        search.never(truths)
        return
    (axis, classes), *others = axes
    rest: dict[int, set[Combination]] = {}
    for first, *more in combinations:
        rest.setdefault(first, set()).add(tuple(more))
    blocks: dict[frozenset[Combination], set[int]] = {}
    for first, several in rest.items():
        blocks.setdefault(frozenset(several), set()).update(classes[first])
    for block, places in blocks.items():
        _never(search, [*truths, search.circuit.see(Look(axis, frozenset(places)))], others, block)
