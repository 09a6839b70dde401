"""What is so of a policy whoever asks: gaps, conflicts, tensions, and rules that never speak."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Any

import numpy as np

from limen.answers.boxes import Box, boxes, in_words, joined
from limen.answers.example import DisagreementError, Example, example, unlike
from limen.answers.laid import Laid, lay
from limen.answers.spans import Timeline
from limen.policy.meaning import any_of, no
from limen.policy.order import terms_read
from limen.policy.rules import Force, Rule
from limen.policy.standing import Known


@dataclass(frozen=True, slots=True)
class Gap:
    """People about whose answer at a door nobody has said anything: when, and how many of the kinds that rules tell apart."""

    door: str
    days: list[str]
    when: list[list[str]]
    kinds: int
    of_kinds: int
    example: Example


@dataclass(frozen=True, slots=True)
class Clash:
    """Rules against one another at a door, or in filling a term.

    In a conflict both are of one rank and nothing above decides. In a tension `overruled` said what a higher rank excludes.
    """

    about: str
    rules: list[str]
    overruled: str | None
    days: list[str]
    kinds: int
    example: Example


@dataclass(frozen=True, slots=True)
class DeadRule:
    """A rule that never speaks to any door, and why."""

    rule: str
    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Survey:
    """Everything found."""

    gaps: list[Gap]
    conflicts: list[Clash]
    tensions: list[Clash]
    dead: list[DeadRule]


@dataclass
class _Sighting:
    """What was met in the pieces of everyone on some days: how often, and the nearest person for whom it is so."""

    kinds: int = 0
    distance: int = 0
    person: dict[int, int] | None = None
    boxes: list[Box] = field(default_factory=list)

    def note(self, laid: Laid, where: Any) -> None:
        person = laid.everyone.nearest(where)
        if person is None:
            return
        distance = unlike(laid.standing.words, person)
        if self.person is None or distance < self.distance:
            self.distance, self.person = distance, person
        self.kinds += laid.kinds(where)


Key = tuple[str, tuple[str, ...], str | None]
PIECE = 100_000


def survey(timeline: Timeline, known: Known) -> Survey:
    """Surveys every door and term in every epoch."""
    gaps: list[Gap] = []
    found: dict[str, list[Clash]] = {"conflict": [], "tension": []}
    spoke: set[str] = set()
    for door in timeline.words.doors:
        clashes: dict[tuple[str, Key], tuple[_Sighting, set[int]]] = {}
        silence: dict[int, list[tuple[Laid, Any]]] = {}
        asked_of: dict[int, int] = {}
        for laid in lay(timeline.standing, [door], known, most_cells=PIECE, arising=True):
            spoke |= {rule.name for rule in laid.rules if laid.possibly(any_of(laid.meant.fired[rule.name].values()))}
            arises = laid.full(laid.arises[door]) & laid.inside
            silent = laid.full(no(laid.meant.doors[door].spoken)) & arises
            for (places, pick), kinds in zip(timeline.classes(laid), timeline.kinds(laid, arises), strict=True):
                for place in places:
                    asked_of[place] = asked_of.get(place, 0) + kinds
                if not silent[pick].any():
                    continue
                here = np.zeros_like(silent)
                here[pick] = silent[pick]
                for place in places:
                    silence.setdefault(place, []).append((laid, here))
            for kind, key, where in _at_door(laid, door):
                _note_clash(clashes, kind, key, laid, where, timeline)
        gaps += _gaps(timeline, door, silence, asked_of)
        _add_clashes(found, clashes, timeline, [door], [])
    for term in timeline.words.terms:
        clashes = {}
        for laid in lay(timeline.standing, [], known, terms=[term], most_cells=PIECE):
            for kind, key, where in _in_term(laid, term):
                _note_clash(clashes, kind, key, laid, where, timeline)
        _add_clashes(found, clashes, timeline, [], [term])
    dead = [dead for rule in timeline.rules if rule.name not in spoke and (dead := _dead(rule, timeline, known))]
    return Survey(gaps, found["conflict"], found["tension"], dead)


def _gaps(
    timeline: Timeline, door: str, silence: dict[int, list[tuple[Laid, Any]]], asked_of: dict[int, int]
) -> list[Gap]:
    """The gaps of a door, days on which they are the same together."""
    axes = timeline.words.axes
    described: dict[int, list[Box]] = {}
    alike: dict[tuple[int, ...], list[int]] = {}
    for place in sorted(silence):
        alike.setdefault(tuple(id(here) for _, here in silence[place]), []).append(place)
    gaps: dict[str, tuple[list[int], list[list[str]]]] = {}
    for places in alike.values():
        cover: list[Box] = []
        for laid, here in silence[places[0]]:
            if id(here) not in described:
                cut = dict(laid.everyone.known)
                described[id(here)] = [_without_day({**cut, **box}, timeline) for box in boxes(laid, here)]
            cover += described[id(here)]
        when = in_words(joined(cover, axes), axes)
        gaps.setdefault(repr(when), ([], when))[0].extend(places)
    found = []
    for places, when in gaps.values():
        spans, sighting = timeline.spans(places), _Sighting()
        for laid, here in silence[max(places)]:
            sighting.note(laid, here)
        assert sighting.person is not None
        shown, decision = example(timeline.on(spans.epochs[-1]), sighting.person, spans.day, [door], f"gap: {door}")
        _agree(decision.outcomes[door].verdict == "gap", f"a gap at {door!r}", shown)
        found.append(Gap(door, spans.worded, when, sighting.kinds, asked_of[max(places)], shown))
    return found


def _without_day(box: Box, timeline: Timeline) -> Box:
    return {number: places for number, places in box.items() if number != timeline.day_axis}


Clashes = dict[tuple[str, Key], tuple[_Sighting, set[int]]]


def _note_clash(clashes: Clashes, kind: str, key: Key, laid: Laid, where: Any, timeline: Timeline) -> None:
    inside = laid.full(where) & laid.inside
    if not inside.any():
        return
    sighting, days = clashes.setdefault((kind, key), (_Sighting(), set()))
    sighting.note(laid, inside)
    days.update(place for places, pick in timeline.classes(laid) if inside[pick].any() for place in places)


def _add_clashes(
    found: dict[str, list[Clash]], clashes: Clashes, timeline: Timeline, doors: list[str], terms: list[str]
) -> None:
    for (kind, (about, rules, overruled)), (sighting, days) in clashes.items():
        assert sighting.person is not None
        spans = timeline.spans(days)
        epoch = timeline.epochs[sighting.person[timeline.day_axis]]
        title = f"{kind}: {' against '.join(rules)}"
        day = timeline.spans([sighting.person[timeline.day_axis]]).day
        shown, decision = example(timeline.on(epoch), sighting.person, day, doors, title, terms)
        _agree(all(decision.fires(rule) for rule in rules), title, shown)
        found[kind].append(Clash(about, list(rules), overruled, spans.worded, sighting.kinds, shown))


def _at_door(laid: Laid, door: str) -> Iterator[tuple[str, Key, Any]]:
    """Pairs of opposed musts where the door is in conflict, and musts that a higher rank excludes."""
    answer = laid.meant.doors[door]
    ranks = laid.standing.words.ranks
    musts: dict[bool, list[tuple[Rule, int, Any]]] = {True: [], False: []}
    for rule in laid.rules:
        for effect in rule.effects:
            if effect.door == door and effect.force is Force.MUST:
                held = laid.meant.fired[rule.name].items()
                musts[effect.open] += [(rule, rank, where) for rank, where in held if ranks[rank].binding]
    for (one, rank, where), (other, other_rank, there) in product(musts[True], musts[False]):
        both = where & there
        if rank == other_rank:
            yield "conflict", (door, (one.name, other.name), None), both & answer.conflict
        higher, lower = (one, other) if rank < other_rank else (other, one)
        if rank != other_rank:
            excluded = no(answer.shut if lower is other else answer.open)
            yield "tension", (door, (higher.name, lower.name), lower.name), both & excluded & no(answer.conflict)


def _in_term(laid: Laid, name: str) -> Iterator[tuple[str, Key, Any]]:
    """Rules that fill a term unlike at one rank where nothing above decides, or against a higher rank."""
    ranks, meant = laid.standing.words.ranks, laid.meant.terms[name]
    fillers = [
        (rule, fill.value, rank, where)
        for rule in laid.rules for fill in rule.fills if fill.term == name
        for rank, where in laid.meant.fired[rule.name].items() if ranks[rank].binding
    ]  # fmt: skip
    for (one, value, rank, where), (other, other_value, other_rank, there) in combinations(fillers, 2):
        if value == other_value or one is other:
            continue
        both = where & there
        if rank == other_rank:
            yield "conflict", (name, (one.name, other.name), None), both & meant.conflict
        else:
            higher, lower = (one, other) if rank < other_rank else (other, one)
            yield "tension", (name, (higher.name, lower.name), lower.name), both & meant.tension & no(meant.conflict)


def _agree(so: bool, what: str, shown: Example) -> None:
    if not so:
        raise DisagreementError(f"{what} is met for everyone, but not for {shown.sentence} alone.")


def _dead(rule: Rule, timeline: Timeline, known: Known) -> DeadRule | None:
    """Why a rule never speaks."""
    if not timeline.when(rule):
        return None
    terms = terms_read(rule) | {fill.term for fill in rule.fills}
    met = spoken = False
    for laid in lay(timeline.standing, rule.doors, known, timeline.dated(rule.when, rule), terms):
        met = met or bool(laid.inside.any())
        fired = laid.meant.fired.get(rule.name)
        spoken = spoken or (fired is not None and laid.possibly(any_of(fired.values())))
    if spoken:
        why = f"no door reads {_listed(fill.term for fill in rule.fills)}, which it fills"
    elif met:
        why = "it is always silenced by a carve-out or by a rule that prevails over it"
    else:
        why = "nobody possible meets its condition"
    if spoken and not rule.fills:
        return None
    return DeadRule(rule.name, str(rule.where), why)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(repr(name) for name in names)
