"""One person's doors on all days at once, by proof: which answers are possible on which day, and which rules can speak.

Whoever the person could be is sought among everyone; each one found tells all days of which she or he is an example.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from limen.answers.prover import Prover
from limen.answers.reasons import marks
from limen.policy.lanes import in_all
from limen.policy.meaning import Truth, any_of, no
from limen.policy.outcome import PARTS, Outcome
from limen.policy.rules import Rule, in_force
from limen.policy.standing import Known, Standing
from limen.policy.words import Look


@dataclass(frozen=True)
class Speaking:
    """A rule, at the highest rank at which it can speak on each day on which it can."""

    rule: Rule
    ranks: Mapping[int, int]


class ByDay:
    """All that a person could be on the days of a timeline: the places left on axes, on all days or on each."""

    def __init__(self, prover: Prover, known: Known, moving: Mapping[int, Sequence[int]]) -> None:
        """`known`: the places left on axes, whatever the day. `moving`: by axis, the one place on each day."""
        self.prover, self.known, self._moving = prover, known, moving
        self._days = range(len(prover.timeline.epochs))
        self._among = [*prover.within(known), *self._on_its_day(), *prover.search.possibly]
        self._ranks: dict[str, dict[int, int]] = {}

    def _on_its_day(self) -> list[Truth]:
        """That a person has on each day the places of that day."""
        see, axis = self.prover.circuit.see, self.prover.timeline.day_axis
        days: dict[Look, set[int]] = {}
        for number, places in self._moving.items():
            for day, place in enumerate(places):
                days.setdefault(Look(number, frozenset((place,))), set()).add(day)
        return [no(see(Look(axis, frozenset(several)))) | see(look) for look, several in days.items()]

    @cached_property
    def _standing(self) -> list[Standing]:
        """By day, the rules in force that can matter to the person, each day's without what cannot be so."""
        timeline, made = self.prover.timeline, dict[object, Standing]()
        found = []
        for day, epoch in enumerate(timeline.epochs):
            rules = tuple(rule for rule in timeline.rules if in_force(rule, epoch.day))
            known = {**self.known, **{axis: frozenset((places[day],)) for axis, places in self._moving.items()}}
            key = rules, tuple(known.items())
            if key not in made:
                made[key] = Standing(timeline.words, rules).given(known)
            found.append(made[key])
        return found

    def _about(self, door: str) -> list[tuple[Rule, set[int]]]:
        """The rules on which a door's answer can depend, in order, with the days on which it does."""
        days: dict[str, set[int]] = {}
        for day, standing in enumerate(self._standing):
            for rule in standing.about([door]):
                days.setdefault(rule.name, set()).add(day)
        return [(rule, days[rule.name]) for rule in self.prover.timeline.rules if rule.name in days]

    @property
    def possible(self) -> set[int]:
        """The days on which there is somebody whom the person could be."""
        return self.prover.days(self._among, self._moving)

    def outcomes(self, door: str, known: Known | None = None) -> list[list[Outcome | None]]:
        """By day, the outcomes that are possible at a door; None: it does not arise. `known`: what is known besides.

        What has to be looked at first, and tensions, are not told.
        """
        prover, answer = self.prover, self.prover.meant.doors[door]
        arises = prover.holds(prover.words.doors[door].asked)
        among = [*self._among, *prover.within(known or {})]
        parts = [getattr(answer, part) for part in PARTS]
        found: list[dict[tuple[bool, ...], None]] = [{} for _ in self._days]
        switch = prover.search.switch()
        while (person := prover.search.find([*among, switch])) is not None:
            lanes = prover.on_days([*among, arises, *parts], person, self._moving)
            inside, (asked, *said) = in_all(lanes[: len(among)]), lanes[len(among) :]
            new: dict[tuple[bool, ...], set[int]] = {}
            for day in self._days:
                if inside >> day & 1:
                    one = tuple(bool(part >> day & 1) for part in said) if asked >> day & 1 else ()
                    if one not in found[day]:
                        found[day][one] = None
                        new.setdefault(one, set()).add(day)
            assert new, "whoever is found has an answer on a day of which it was not known yet"
            for one, days in new.items():
                truths = [truth if so else no(truth) for truth, so in zip(parts, one)]
                on = prover.circuit.see(Look(prover.timeline.day_axis, frozenset(days)))
                prover.search.never([switch, on, *([arises, *truths] if one else [no(arises)])])
        return [[_outcome(one) for one in sorted(several, key=_order)] for several in found]

    def speaking(self, door: str) -> list[Speaking]:
        """The rules that can speak behind the answers of a door, in their order; on which days, and at which rank."""
        found = []
        for rule, days in self._about(door):
            if rule.fills or marks(rule, door) or any(effect.door == door for effect in rule.effects):
                ranks = {day: rank for day, rank in self._at(rule).items() if day in days}
                if ranks:
                    found.append(Speaking(rule, ranks))
        return found

    def marking(self, door: str) -> list[tuple[Rule, set[int]]]:
        """The rules whose text could not wholly be put into them, and on which days that marks the answers of a door."""
        arises = self.prover.holds(self.prover.words.doors[door].asked)
        found = []
        for rule, days in self._about(door):
            if marks(rule, door) and self._at(rule):
                fires = any_of(self.prover.meant.fired[rule.name].values())
                found.append((rule, days & self.prover.days([*self._among, fires, arises], self._moving)))
        return found

    def _at(self, rule: Rule) -> dict[int, int]:
        """By day on which a rule can speak, the highest rank at which it can."""
        if rule.name not in self._ranks:
            ranks: dict[int, int] = {}
            for rank, fires in sorted(self.prover.meant.fired.get(rule.name, {}).items()):
                for day in self.prover.days([*self._among, fires], self._moving):
                    ranks.setdefault(day, rank)
            self._ranks[rule.name] = ranks
        return self._ranks[rule.name]


def _outcome(one: tuple[bool, ...]) -> Outcome | None:
    """An outcome of its parts; of none, that the door does not arise."""
    if not one:
        return None
    open_, shut, spoken, leans_open, leans_shut, conflict = one
    return Outcome(open_, shut, spoken, leans_open, leans_shut, conflict)


def _order(one: tuple[bool, ...]) -> int:
    """As the numbers of `limen.policy.outcome` go; whom the door is not asked of last."""
    return sum(so << bit for bit, so in enumerate(one)) if one else 1 << len(PARTS)
