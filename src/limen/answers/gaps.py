"""Gaps: people of whom a door is asked, and about whom no rule says anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from limen.answers.boxes import Box, in_words, joined
from limen.answers.cover import cover, within
from limen.answers.enumerated import AT_ONCE
from limen.answers.example import Example, agree, example
from limen.answers.laid import Layout
from limen.answers.prover import Prover
from limen.policy.everyone import Everyone
from limen.policy.meaning import Truth, any_of, no
from limen.policy.standing import Known
from limen.policy.words import Look

MOST_BOXES = 16
"""As many alternatives of one door are told: those around the nearest people."""


@dataclass(frozen=True, slots=True)
class Gap:
    """People about whose answer at a door nobody has said anything on some days: alternatives of facts, the nearest of them.

    `kinds` counts how many of the `of_kinds` that rules tell apart these are (None: not counted, since there are too many).
    """

    door: str
    days: list[str]
    when: list[list[str]]
    kinds: int | None
    of_kinds: int | None
    example: Example


def gaps(prover: Prover, known: Known, door: str) -> tuple[list[Gap], bool]:
    """The gaps of a door, and whether these are all of them. Alternatives that last equally long stand together."""
    timeline, words = prover.timeline, prover.words
    search = prover.about([door])
    layout = Layout(timeline.standing, [door], known, arising=True)
    if layout.whole is None:
        return [], True
    asked = prover.holds(words.doors[door].asked)
    silent = asked & no(prover.meant.doors[door].spoken)
    among = prover.within(known)
    every_day = frozenset(place for places in timeline.days(layout.whole) for place in places)
    by_days: dict[tuple[int, ...], list[Box]] = {}
    boxes, all_told = cover(search, layout.whole, silent, among, MOST_BOXES)
    for box in joined(boxes, words.axes):
        people = {axis: places for axis, places in box.items() if axis != timeline.day_axis}
        by_days.setdefault(tuple(sorted(box.get(timeline.day_axis, every_day))), []).append(people)
    found = []
    for days, several in sorted(by_days.items()):
        spans = timeline.spans(days)
        last = prover.circuit.see(Look(timeline.day_axis, frozenset(days[-1:])))
        person = search.nearest([*among, silent, last, any_of(within(search, box) for box in several)], layout.whole)
        assert person is not None, "a box holds somebody on each of its days"
        name = f"gap: {door}, {' and '.join(spans.worded)}"
        shown, decision = example(timeline.on(spans.epochs[-1]), person, spans.day, [door], name)
        agree(decision.outcomes[door].verdict == "gap", f"a gap at {door!r}", shown)
        kinds, of_kinds = _counted(layout, layout.whole, door, {timeline.day_axis: frozenset(days)}, several)
        when = in_words(joined(several, words.axes), words.axes)
        found.append(Gap(door, spans.worded, when, kinds, of_kinds, shown))
    return found, all_told


def _counted(
    layout: Layout, whole: Everyone, door: str, days: Box, boxes: Sequence[Box]
) -> tuple[int | None, int | None]:
    """How many kinds of people lie in the boxes, and of how many who are asked about on these days, if they can be laid out."""
    if whole.cells > AT_ONCE:
        return None, None
    (laid,) = layout.pieces(AT_ONCE)
    asked = laid.arises[door]
    for number, places in days.items():
        asked = asked & (laid.everyone.see(Look(number, places)) if number in laid.everyone.asked else True)
    silent = asked & no(laid.meant.doors[door].spoken)
    held = any_of(_all(laid.everyone, box) for box in boxes)
    return laid.kinds(silent & held), laid.kinds(asked)


def _all(everyone: Everyone, box: Box) -> Truth:
    inside: Truth = True
    for number, places in box.items():
        inside = inside & everyone.see(Look(number, places))
    return inside
