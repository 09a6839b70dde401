"""What a claim asks, whichever way it is decided: of whom, on which days, what would be against it, and what is then told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from limen.answers.laid import Layout
from limen.answers.spans import Timeline
from limen.answers.wording import settled_readings
from limen.policy.conditions import both
from limen.policy.everyone import Everyone
from limen.policy.meaning import Answer, Meaning, Truth, any_of, no
from limen.policy.rules import Asked, AskedTerm, Asks, Claim, Effect, Force
from limen.policy.standing import Known, Speaks
from limen.policy.words import Condition, Kind, Rank

Combination = tuple[int, ...]
"""One way to read the disputed texts: of each of some axes, the number of a class."""


@dataclass(frozen=True)
class Refutation:
    """Days on which the same person is the nearest for whom a claim fails, and it fails under the same readings.

    `days` are places on the axis of days. `readings` are those under which it fails (empty: under every one). `kinds` counts the
    kinds of people for whom it fails on some of the days (None: not counted). `twin` is the other person of unequal treatment.
    """

    days: tuple[int, ...]
    readings: list[dict[str, str]]
    person: Mapping[int, int]
    twin: Mapping[int, int] | None
    kinds: int | None


@dataclass(frozen=True)
class Decided:
    """Where one part of a claim fails, and whether anybody possible is in its scope.

    `kinds` counts the kinds of people in its scope that it tells apart (None: not counted).
    """

    refutations: list[Refutation]
    kinds: int | None
    anybody: bool


@dataclass(frozen=True)
class Question:
    """One part of a claim, asked of everyone on every day of a timeline."""

    claim: Claim
    asked: Asked | AskedTerm
    timeline: Timeline
    known: Known

    @property
    def doors(self) -> list[str]:
        """The door that is asked about, if one is."""
        return [self.asked.door] if isinstance(self.asked, Asked) else []

    @property
    def terms(self) -> list[str]:
        """The term that is asked about, if one is."""
        return [self.asked.term] if isinstance(self.asked, AskedTerm) else []

    @cached_property
    def same(self) -> int | None:
        """The axis by which nobody is to be treated unlike, if that is asked."""
        if isinstance(self.asked, AskedTerm) or self.asked.asks is not Asks.SAME:
            return None
        return self.timeline.words.axes_of[self.asked.fact][0].number

    @cached_property
    def scope(self) -> Condition:
        """Of whom it is asked, on the days of the claim: those in its scope for whom the question of the door arises at all."""
        scope = self.claim.scope
        for door in self.doors:
            scope = both(scope, self.timeline.words.doors[door].asked)
        return self.timeline.dated(scope, self.claim)

    @cached_property
    def layout(self) -> Layout:
        """How it is laid out over everyone."""
        return Layout(
            self.timeline.standing, self.doors, self.known, self.scope, self.terms, self.same, _speaks(self.asked),
            unless=self.claim.unless,
        )  # fmt: skip

    @cached_property
    def scoped(self) -> Layout:
        """How its scope alone is laid out, for a question to which no rule matters."""
        return Layout(self.timeline.standing, [], self.known, self.scope, unless=self.claim.unless)

    def unmet(self, meant: Meaning) -> Truth:
        """Where it is not so (of anything but equal treatment)."""
        if isinstance(self.asked, AskedTerm):
            return unmet_term(self.asked, meant, self.timeline.words.ranks)
        return unmet(self.asked, meant.doors[self.asked.door])


def unmet(asked: Asked, answer: Answer) -> Truth:
    """Where an answer is not what a claim (other than equal treatment) asks."""
    side, other = (answer.open, answer.shut) if asked.open else (answer.shut, answer.open)
    match asked.asks:
        case Asks.MUST:
            return other | answer.conflict
        case Asks.CAN:
            return no(side) | answer.conflict
        case _:
            return no(answer.first.get(asked.finding, False))


def unmet_term(asked: AskedTerm, meant: Meaning, ranks: tuple[Rank, ...]) -> Truth:
    """Where a term has a value that a claim does not allow."""
    return any_of(
        truth
        for value, held in meant.terms[asked.term].held.items() if value not in asked.values
        for rank, truth in held.items() if ranks[rank].binding
    )  # fmt: skip


def _musts(effect: Effect) -> bool:
    return effect.force is Force.MUST


def _firsts(effect: Effect) -> bool:
    return effect.force is Force.FIRST


def _speaks(asked: Asked | AskedTerm) -> Speaks | None:
    """The effects that matter to what is asked: which answers are lawful hangs on musts alone."""
    if isinstance(asked, AskedTerm) or asked.asks is Asks.SAME:
        return None
    return _firsts if asked.asks is Asks.FIRST else _musts


@dataclass(frozen=True)
class Readings:
    """The ways to read the disputed texts that a question tells apart, and their names."""

    everyone: Everyone

    @cached_property
    def axes(self) -> list[int]:
        """The axes of readings that the question asks."""
        axes = self.everyone.words.axes
        return [number for number in self.everyone.asked if axes[number].fact.kind is Kind.READING]

    @cached_property
    def all(self) -> list[Combination]:
        """Every combination."""
        return list(product(*(range(len(self.everyone.classes[number])) for number in self.axes)))

    def places(self, combination: Combination) -> dict[int, frozenset[int]]:
        """By axis, the places that a combination stands for."""
        return {
            number: frozenset(self.everyone.classes[number][index])
            for number, index in zip(self.axes, combination, strict=True)
        }

    def told(self, failing: Collection[Combination]) -> list[dict[str, str]]:
        """Combinations in words; none where it is all of them. Questions that make no difference are left out."""
        if len(failing) == len(self.all):
            return []
        told = [at for at in range(len(self.axes)) if not self._idle(at, failing)]
        axes = self.everyone.words.axes
        known = settled_readings(self.everyone.words, self.everyone.known)
        found: dict[Combination, dict[str, str]] = {}
        for one in sorted(failing):
            names = {axes[n].fact.name: axes[n].fact.values[self.everyone.classes[n][i][0]]
                     for at, (n, i) in enumerate(zip(self.axes, one, strict=True)) if at in told}  # fmt: skip
            found.setdefault(tuple(one[at] for at in told), {**known, **names})
        return list(found.values())

    def _idle(self, at: int, failing: Collection[Combination]) -> bool:
        """Whether an axis makes no difference to what fails."""
        others = range(len(self.everyone.classes[self.axes[at]]))
        return all((*one[:at], other, *one[at + 1 :]) in failing for one in failing for other in others)


def alike(
    days: Mapping[int, tuple[frozenset[Combination], Mapping[int, int]]], day_axis: int
) -> Iterable[tuple[int, ...]]:
    """Days on which the same person is the nearest and the same readings fail, together."""
    groups: dict[object, list[int]] = {}
    for day in sorted(days):
        failing, person = days[day]
        groups.setdefault((failing, frozenset({**person, day_axis: 0}.items())), []).append(day)
    return map(tuple, groups.values())
