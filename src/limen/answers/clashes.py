"""Rules against one another: where two of one rank oblige to opposites, and where a lower one says what a higher one excludes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, compress, product

from limen.answers.example import Example, agree, example
from limen.answers.laid import Layout
from limen.answers.prover import Prover
from limen.policy.meaning import Meaning, Truth, no
from limen.policy.rules import Force, Rule
from limen.policy.standing import Known, Standing

Key = tuple[str, tuple[str, str], str | None]
"""A conflict or a tension, the two rules, and which of them is overruled."""

CONFLICT, TENSION = "conflict", "tension"


@dataclass(frozen=True, slots=True)
class Clash:
    """Rules against one another at a door, or in filling a term.

    In a conflict both are of one rank and nothing above decides. In a tension `overruled` said what a higher rank excludes.
    """

    about: str
    rules: list[str]
    overruled: str | None
    days: list[str]
    example: Example


def clashes(prover: Prover, known: Known) -> tuple[list[Clash], list[Clash]]:
    """All conflicts and all tensions; those at a door only where it is asked."""
    conflicts: list[Clash] = []
    tensions: list[Clash] = []
    words, standing = prover.words, prover.timeline.standing
    abouts = [
        (door, Layout(standing, [door], known, arising=True), at_door(standing, prover.meant, door))
        for door in words.doors
    ]
    abouts += [
        (term, Layout(standing, [], known, terms=[term]), in_term(standing, prover.meant, term)) for term in words.terms
    ]
    for about, layout, pairs in abouts:
        asked = prover.holds(words.doors[about].asked) if about in words.doors else True
        truths: dict[Key, Truth] = {}
        for key, truth in pairs:
            truths[key] = truths.get(key, False) | (truth & asked)
        so = prover.about(layout.doors).each_possible(list(truths.values()), prover.within(known))
        for key, truth in compress(truths.items(), so):
            found = _clash(prover, known, about, key, truth, layout)
            (conflicts if key[0] == CONFLICT else tensions).append(found)
    return conflicts, tensions


def _clash(prover: Prover, known: Known, about: str, key: Key, truth: Truth, layout: Layout) -> Clash:
    kind, rules, overruled = key
    timeline = prover.timeline
    assert layout.whole is not None, "somebody was found"
    search = prover.about(layout.doors)
    person = search.nearest([truth, *prover.within(known)], layout.whole)
    assert person is not None, "somebody was found"
    day = person[timeline.day_axis]
    title = f"{kind} at {about}: {' against '.join(rules)}"
    doors, terms = ([about], []) if about in timeline.words.doors else ([], [about])
    shown, decision = example(timeline.on(timeline.epochs[day]), person, timeline.spans([day]).day, doors, title, terms)
    agree(all(decision.fires(rule) for rule in rules), title, shown)
    return Clash(
        about,
        list(rules),
        overruled,
        timeline.spans(prover.days([truth, *prover.within(known)], search=search)).worded,
        shown,
    )


def at_door(standing: Standing, meant: Meaning, door: str) -> Iterator[tuple[Key, Truth]]:
    """Pairs of opposed musts where the door is in conflict, and musts that a higher rank excludes."""
    answer, ranks = meant.doors[door], standing.words.ranks
    musts: dict[bool, list[tuple[Rule, int, Truth]]] = {True: [], False: []}
    for rule in standing.rules:
        for effect in rule.effects:
            if effect.door == door and effect.force is Force.MUST:
                held = meant.fired[rule.name].items()
                musts[effect.open] += [(rule, rank, where) for rank, where in held if ranks[rank].binding]
    for (one, rank, where), (other, other_rank, there) in product(musts[True], musts[False]):
        both = where & there
        if rank == other_rank:
            yield (CONFLICT, (one.name, other.name), None), both & answer.conflict
            continue
        higher, lower = (one, other) if rank < other_rank else (other, one)
        excluded = no(answer.shut if lower is other else answer.open)
        yield (TENSION, (higher.name, lower.name), lower.name), both & excluded & no(answer.conflict)


def in_term(standing: Standing, meant: Meaning, name: str) -> Iterator[tuple[Key, Truth]]:
    """Rules that fill a term unlike at one rank where nothing above decides, or against a higher rank."""
    ranks, term = standing.words.ranks, meant.terms[name]
    fillers = [
        (rule, fill.value, rank, where)
        for rule in standing.rules for fill in rule.fills if fill.term == name
        for rank, where in meant.fired[rule.name].items() if ranks[rank].binding
    ]  # fmt: skip
    for (one, value, rank, where), (other, other_value, other_rank, there) in combinations(fillers, 2):
        if value == other_value or one is other:
            continue
        both = where & there
        if rank == other_rank:
            yield (CONFLICT, (one.name, other.name), None), both & term.conflict
        else:
            higher, lower = (one, other) if rank < other_rank else (other, one)
            yield (TENSION, (higher.name, lower.name), lower.name), both & term.tension & no(term.conflict)
