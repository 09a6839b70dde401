"""Doors in a row for whoever asks, in any algebra: what holds before each door, and who gets through.

It says the same as `limen.answers.ways` says of one person, by composing what is seen: before a door, a fact is what the step
says, else what a door that was passed has made of it, else the person's own. Which of these it is may itself depend on the
person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from limen.answers.rows import places_of
from limen.answers.steps import state_of
from limen.policy.meaning import See, Truth, all_of, any_of, meaning, no, on_facts
from limen.policy.search import barred
from limen.policy.standing import Known, Standing
from limen.policy.words import Door, Look
from limen.world.places import Step

Pairs = Mapping[int, tuple[int, int]]
"""By axis, the place where the step's own state issued the papers, and where another did."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One door on a way: where it can lawfully let through, where it must, and what is seen before it.

    `risk`: it does not close the way. Nobody gets through where nobody possible can stand. `fired`: by rule
    that matters, where it speaks to somebody of whom the door is asked.
    """

    step: Step
    can: Truth
    must: Truth
    risk: bool
    see: See
    fired: Mapping[str, Truth]

    def through(self, must: bool) -> Truth:
        """Where the way goes on behind it: whatever officials do, or if they want."""
        return True if self.risk else self.must if must else self.can


@dataclass(frozen=True)
class Papers:
    """Which state issued the papers: by state, where it did. Where none did, what the person says of the papers stands."""

    by: Mapping[str, Truth]

    @property
    def anybody(self) -> Truth:
        """Where some state did."""
        return any_of(self.by.values())

    def given(self, state: str, where: Truth) -> Papers:
        """The same after a state has given papers somewhere."""
        kept = {name: truth & no(where) for name, truth in self.by.items()}
        kept[state] = kept.get(state, False) | where
        return Papers(kept)


@dataclass(frozen=True)
class Journeys:
    """Walks ways for whoever `see` stands for. What was worked out before is not worked out again.

    `standing` are the rules (with their days, where every day is in question), `home` the state that is left.
    """

    standing: Standing
    see: See
    papers: Papers
    home: str
    _met: dict[object, tuple[Truth, Truth, Truth, Mapping[str, Truth], See]] = field(default_factory=dict, repr=False)

    def walk(self, steps: Sequence[Step]) -> list[Passage]:
        """Doors in a row. It is a way to protection if the last is a door of protection."""
        words = self.standing.words
        doors = words.doors
        to_protection = bool(steps) and doors[steps[-1].door].protection
        relative = {axis.number for step in steps for name in step.relative for axis in words.axes_of[name]}
        papers, passed = self.papers, self.see
        past: tuple[object, ...] = ()
        found = []
        for step in steps:
            door, state = doors[step.door], state_of(words, step)
            fixed = {axis: place for item in step.facts.items() for axis, place in places_of(words, *item)}
            key = step.door, past, state, tuple(fixed.items()), tuple(sorted(step.relative.items()))
            if key not in self._met:
                before = _seen(fixed, self._pairs(step), papers, state, passed)
                relatively = frozenset(self._pairs(step))
                known = {axis: frozenset((place,)) for axis, place in fixed.items() if axis not in relatively}
                self._met[key] = (*self._answered(door, before, known), before)
            arises, can, must, fired, before = self._met[key]
            risk = to_protection and state == self.home and not door.protection
            found.append(Passage(step, can, must, risk, before, fired))
            if door.passing and arises is not False:
                passed = _changed(door.passing, arises, passed)
                gives = not relative.isdisjoint(door.passing)
                past = (*past, (key, gives))
                if gives:
                    papers = papers.given(state, arises)
        return found

    def _pairs(self, step: Step) -> dict[int, tuple[int, int]]:
        words = self.standing.words
        return {
            axis: (own, dict(places_of(words, name, values[1]))[axis])
            for name, values in step.relative.items()
            for axis, own in places_of(words, name, values[0])
        }

    def _answered(self, door: Door, see: See, known: Known) -> tuple[Truth, Truth, Truth, Mapping[str, Truth]]:
        """Of whom a door is asked, whom it can let through, whom it must, and where rules speak to those of whom it is asked."""
        words = self.standing.words
        possible = no(any_of(barred(clause, see) for clause in words.impossible))
        asked = possible & on_facts(door.asked, see)
        rules = self._about(door.name).given(known).about([door.name])
        meant = meaning(rules, words, see, [door.name])
        answer = meant.doors[door.name]
        idle: Truth = False if door.protection else possible & no(asked)
        can = (asked & answer.open) | idle
        must = (asked & answer.open & no(answer.shut | answer.conflict)) | idle
        return asked, can, must, {name: asked & any_of(held.values()) for name, held in meant.fired.items()}

    def _about(self, door: str) -> Standing:
        return Standing(self.standing.words, self.standing.about([door]))


def through(passages: Iterable[Passage], must: bool) -> Truth:
    """Where one gets through all doors: whatever officials do, or if they want."""
    return all_of(passage.through(must) for passage in passages)


def _seen(fixed: Mapping[int, int], pairs: Pairs, papers: Papers, state: str, before: See) -> See:
    """What is seen before a door: relative to who issued the papers where somebody did, else as the step says, else as before."""
    own, anybody = papers.by.get(state, False), papers.anybody
    known: dict[Look, Truth] = {}

    def see(look: Look) -> Truth:
        if look not in known:
            found = fixed[look.axis] in look.places if look.axis in fixed else before(look)
            if look.axis in pairs:
                here, elsewhere = (place in look.places for place in pairs[look.axis])
                found = (own & here) | (anybody & no(own) & elsewhere) | (no(anybody) & found)
            known[look] = found
        return known[look]

    return see


def _changed(passing: Mapping[int, int], passes: Truth, before: See) -> See:
    """What is seen behind a door, by those who passed it and by those of whom it was not asked."""

    def see(look: Look) -> Truth:
        found = before(look)
        if look.axis not in passing:
            return found
        return (passes & (passing[look.axis] in look.places)) | (no(passes) & found)

    return see
