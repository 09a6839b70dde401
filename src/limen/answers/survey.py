"""What is so of a policy whoever asks: gaps, conflicts, tensions, and rules that never speak."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import compress

from limen.answers.clashes import Clash, clashes
from limen.answers.gaps import Gap, gaps
from limen.answers.prover import Prover
from limen.policy.meaning import any_of
from limen.policy.rules import Rule
from limen.policy.standing import Known


@dataclass(frozen=True, slots=True)
class DeadRule:
    """A rule that never speaks to any door, and why."""

    rule: str
    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Survey:
    """Everything found. `more_gaps` are the doors of which there are gaps beyond those told."""

    gaps: list[Gap]
    more_gaps: list[str]
    conflicts: list[Clash]
    tensions: list[Clash]
    dead: list[DeadRule]


def survey(prover: Prover, known: Known) -> Survey:
    """Surveys every door and term in every epoch."""
    timeline = prover.timeline
    conflicts, tensions = clashes(prover, known)
    silent = {door: gaps(prover, known, door) for door in timeline.words.doors}
    rules = timeline.standing.rules
    fires = [any_of(prover.meant.fired[rule.name].values()) for rule in rules]
    speaking = {rule.name for rule in compress(rules, prover.search.each_possible(fires, prover.within(known)))}
    heard = {rule.name for rule in timeline.standing.given(known).about(timeline.words.doors)}
    dead = [_dead(rule, prover, known, rule.name in speaking)
            for rule in timeline.rules if timeline.when(rule) and rule.name not in speaking & heard]  # fmt: skip
    more = [door for door, (_, all_told) in silent.items() if not all_told]
    return Survey([gap for found, _ in silent.values() for gap in found], more, conflicts, tensions, dead)


def _dead(rule: Rule, prover: Prover, known: Known, speaks: bool) -> DeadRule:
    """Why a rule never speaks to any door."""
    if speaks:
        why = f"no door reads {_listed(fill.term for fill in rule.fills)}, which it fills"
    elif prover.search.possible([prover.holds(prover.timeline.dated(rule.when, rule)), *prover.within(known)]):
        why = "it is always silenced by a carve-out or by a rule that prevails over it"
    else:
        why = "nobody possible meets its condition"
    return DeadRule(rule.name, str(rule.where), why)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(repr(name) for name in names)
