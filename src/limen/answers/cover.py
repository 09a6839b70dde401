"""When something is so among too many kinds of people to lay out: a cover by boxes, each grown as far as a proof allows.

The first box is grown around the nearest person: facts are let go, the last first, as long as it is proved that what is so of
the person is so of everybody possible within. The next one is grown around the nearest of those who are left. So the boxes
depend on the rules alone, not on the solver.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set

from limen.answers.boxes import Box
from limen.policy.everyone import Everyone
from limen.policy.lanes import Lanes, in_all
from limen.policy.meaning import Truth, all_of, no
from limen.policy.search import Search
from limen.policy.words import Look


def cover(search: Search, everyone: Everyone, so: Truth, among: Sequence[Truth], most: int) -> tuple[list[Box], bool]:
    """Boxes of people of `among` for whom it is so, at most so many; and whether they hold everybody possible for whom it is."""
    switch = search.switch()
    against = [*among, no(so)]
    speaking, within_it = (Lanes(search.circuit, [*truths, *search.possibly]) for truths in (against, among))
    found: list[Box] = []
    whole, distance = True, 0
    while (person := search.nearest([*among, so, switch], everyone, distance)) is not None:
        if len(found) == most:
            whole = False
            break
        distance = search.distance(person)
        box = _grown(search, everyone, against, person, speaking)
        search.never([switch, *(search.circuit.see(Look(number, places)) for number, places in box.items())])
        found.append(_possible_part(search, everyone, box, among, person, within_it))
    return _without_needless(search, found, [*among, so]), whole


def _without_needless(search: Search, boxes: Sequence[Box], so: Sequence[Truth]) -> list[Box]:
    """The boxes without those in which everybody for whom it is so is in another one as well; the last found go first."""
    inside = [within(search, box) for box in boxes]
    kept = list(range(len(boxes)))
    for at in reversed(range(len(boxes))):
        if not search.possible([*so, inside[at], *(no(inside[other]) for other in kept if other != at)]):
            kept.remove(at)
    return [boxes[at] for at in kept]


def within(search: Search, box: Box) -> Truth:
    """Whether a person is in a box."""
    return all_of(search.circuit.see(Look(number, places)) for number, places in box.items())


def _grown(search: Search, everyone: Everyone, against: list[Truth], person: Mapping[int, int], lanes: Lanes) -> Box:
    """The largest box around a person with nobody in it for whom something is against it."""
    see = search.circuit.see
    outside = [
        [(number, places) for places in everyone.classes[number] if person[number] not in places]
        for number in reversed(everyone.asked)
    ]
    beside = _beside(lanes, everyone, person, [one for axis in outside for one in axis])
    proof: list[set[Truth]] = []

    def proved(left: list[Truth]) -> bool:
        known = set(left)
        if proof and proof[-1] <= known:
            return True
        refuted = search.refuted([*against, *left])
        if refuted is not None:
            proof.append(known.intersection(refuted))
        return refuted is not None

    truths = [[no(see(Look(number, frozenset(places)))) for number, places in axis] for axis in outside]
    sure = {truth for truth, is_against in zip((one for axis in truths for one in axis), beside) if is_against}
    kept = set(needed(truths, sure, proved))
    box: Box = {}
    for axis, its in zip(outside, truths):
        left_out = {place for (_, places), truth in zip(axis, its) if truth in kept for place in places}
        if left_out:
            number = axis[0][0]
            box[number] = frozenset(p for places in everyone.classes[number] for p in places if p not in left_out)
    return box


def _beside(
    lanes: Lanes, everyone: Everyone, person: Mapping[int, int], changes: Sequence[tuple[int, tuple[int, ...]]]
) -> list[bool]:
    """For each change of a person on one axis, whether somebody comes of it for whom all truths of the lanes are so."""
    count = len(changes)
    varied = {number: [person[number]] * count for number in everyone.asked}
    for lane, (number, places) in enumerate(changes):
        varied[number][lane] = places[0]
    together = in_all(lanes.of(person, varied, count))
    return [bool(together >> lane & 1) for lane in range(count)]


def needed(groups: Iterable[list[Truth]], sure: Set[Truth], proved: Callable[[list[Truth]], bool]) -> list[Truth]:
    """Those of some truths that a proof needs, if the first that it can do without are left out first.

    Some are `sure` to be needed, and the others of a group are tried together, which only saves time.

    >>> needed([[1, 2], [3, 4, 5]], {5}, lambda left: {2, 5} <= set(left) or {1, 5} <= set(left))
    [2, 5]
    """

    def least(before: list[Truth], some: list[Truth], after: list[Truth]) -> list[Truth]:
        if not some or proved([*before, *after]):
            return []
        if len(some) == 1:
            return some
        half = len(some) // 2
        first = least(before, some[:half], [*some[half:], *after])
        return first + least([*before, *first], some[half:], after)

    kept: list[Truth] = []
    later = [list(group) for group in groups]
    while later:
        group = later.pop(0)
        kept += [truth for truth in group if truth in sure]
        after = [truth for other in later for truth in other]
        kept += least(kept, [truth for truth in group if truth not in sure], after)
    return kept


def _possible_part(
    search: Search, everyone: Everyone, box: Box, among: Sequence[Truth], person: Mapping[int, int], lanes: Lanes
) -> Box:
    """The box around a person without places that nobody possible has within it."""
    see = search.circuit.see
    within = [*among, *(see(Look(number, places)) for number, places in box.items())]
    changes = [
        (number, one) for number, places in box.items() for one in everyone.classes[number] if places >= set(one)
    ]
    found: dict[int, set[int]] = {number: set() for number in box}
    for (number, one), sure in zip(changes, _beside(lanes, everyone, person, changes)):
        if sure or search.possible([*within, see(Look(number, frozenset(one)))]):
            found[number].update(one)
    return {number: frozenset(places) for number, places in found.items()}
