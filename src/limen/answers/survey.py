"""What is so of a policy whoever asks: gaps, conflicts, tensions, and rules that never speak."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Any

import numpy as np

from limen.answers.boxes import Box, boxes, in_words, joined
from limen.answers.example import DisagreementError, Example, example
from limen.answers.laid import Laid, lay
from limen.answers.spans import Spans, Timeline
from limen.policy.meaning import any_of, no
from limen.policy.order import terms_read
from limen.policy.rules import Force, Rule, in_force
from limen.policy.standing import Known, Standing


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
    """How often something was met in a piece of everyone, and the nearest person for whom it is so."""

    kinds: int = 0
    distance: int = 0
    person: dict[int, int] | None = None

    def note(self, laid: Laid, where: Any) -> None:
        inside = laid.full(where) & laid.inside
        if not inside.any():
            return
        person = laid.everyone.nearest(inside)
        assert person is not None
        distance = sum(person[axis.number] != axis.ordinary for axis in laid.standing.words.axes)
        if self.person is None or distance < self.distance:
            self.distance, self.person = distance, person
        self.kinds += int(np.count_nonzero(inside))


Key = tuple[str, tuple[str, ...], str | None]
PIECE = 100_000


def survey(timeline: Timeline, known: Known) -> Survey:
    """Surveys every door and term in every epoch."""
    gaps: list[Gap] = []
    clashes: dict[str, list[Clash]] = {"conflict": [], "tension": []}
    spoke: set[str] = set()
    for door in timeline.words.doors:
        silences: dict[str, list[tuple[Spans, Gap]]] = {}
        for standing, spans in timeline.distinct([door]):
            gap, total, found = _Sighting(), 0, dict[tuple[str, Key], _Sighting]()
            unspoken: list[Box] = []
            for laid in lay(standing, [door], known, most_cells=PIECE, arising=True):
                total += int(np.count_nonzero(laid.full(laid.arises[door]) & laid.inside))
                silent = no(laid.meant.doors[door].spoken) & laid.arises[door]
                gap.note(laid, silent)
                if laid.possibly(silent):
                    cut = dict(laid.everyone.known)
                    unspoken += [{**cut, **box} for box in boxes(laid, laid.full(silent))]
                for kind, key, where in _at_door(laid, door):
                    found.setdefault((kind, key), _Sighting()).note(laid, where)
                spoke |= {
                    rule.name for rule in laid.rules if laid.possibly(any_of(laid.meant.fired[rule.name].values()))
                }
            if gap.person is not None:
                shown, decision = example(standing, gap.person, spans.day, [door], f"gap: {door}")
                _agree(decision.outcomes[door].verdict == "gap", f"a gap at {door!r}", shown)
                when = in_words(joined(unspoken, standing.words.axes), standing.words.axes)
                silences.setdefault(repr(when), []).append((spans, Gap(door, [], when, gap.kinds, total, shown)))
            _note_clashes(clashes, found, standing, spans, [door], [])
        for alike in silences.values():
            days = Spans.union([spans for spans, _ in alike])
            gaps.append(replace(alike[-1][1], days=days.worded))
    for term in timeline.words.terms:
        for standing, spans in timeline.distinct([], [term]):
            found = {}
            for laid in lay(standing, [], known, terms=[term], most_cells=PIECE):
                for kind, key, where in _in_term(laid, term):
                    found.setdefault((kind, key), _Sighting()).note(laid, where)
            _note_clashes(clashes, found, standing, spans, [], [term])
    dead = [dead for rule in timeline.rules if rule.name not in spoke and (dead := _dead(rule, timeline, known))]
    return Survey(gaps, clashes["conflict"], clashes["tension"], dead)


def _note_clashes(
    clashes: dict[str, list[Clash]], found: dict[tuple[str, Key], _Sighting], standing: Standing, spans: Spans,
    doors: list[str], terms: list[str],
) -> None:  # fmt: skip
    for (kind, (about, rules, overruled)), sighting in found.items():
        if sighting.person is None:
            continue
        title = f"{kind}: {' against '.join(rules)}"
        shown, decision = example(standing, sighting.person, spans.day, doors, title, terms)
        _agree(all(decision.fires(rule) for rule in rules), title, shown)
        clashes[kind].append(Clash(about, list(rules), overruled, spans.worded, sighting.kinds, shown))


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
    days = [epoch for epoch in timeline.epochs if in_force(rule, epoch.day)]
    if not days:
        return None
    terms = terms_read(rule) | {fill.term for fill in rule.fills}
    met = spoken = False
    for standing, _ in timeline.distinct(rule.doors, terms, days):
        for laid in lay(standing, rule.doors, known, rule.when, terms):
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
