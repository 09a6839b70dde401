"""A claim decided by proof: nobody is looked for for whom it fails, and if there is somebody, the nearest and all days of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from limen.answers.circumstances import Circumstances, Failing
from limen.answers.enumerated import differing
from limen.answers.prover import Prover
from limen.answers.question import Decided, Question, Refutation
from limen.policy.everyone import Everyone
from limen.policy.lanes import Lanes
from limen.policy.meaning import Truth, any_of, either, no
from limen.policy.outcome import bits_of


def proved(question: Question, prover: Prover) -> Decided:
    """Decides a part of a claim without laying anybody out; kinds of people are not counted."""
    against, search = _against(question, prover), prover.about(question.doors)
    if against is None or not search.possible(against.truths):
        return Decided([], None, search.possible(among(question, prover)))
    return Decided(against.found(), None, True)


def among(question: Question, prover: Prover) -> list[Truth]:
    """Of whom a part of a claim is asked."""
    scope = prover.holds(question.scope) & no(prover.holds(question.claim.unless))
    return [scope, *prover.within(question.known)]


def refuting(question: Question, prover: Prover) -> list[Truth] | None:
    """What is so of a person for whom a part of a claim fails; None where no rule could make it fail."""
    against = _against(question, prover)
    return None if against is None else against.truths


def _against(question: Question, prover: Prover) -> _Refuting | None:
    whole = question.layout.whole
    if whole is None or (question.same is not None and question.same not in whole.asked):
        return None
    return _Refuting(question, prover, whole, among(question, prover)[0])


@dataclass(frozen=True)
class _Refuting:
    """A part of a claim that fails for somebody: of whom it is asked, and what is against it."""

    question: Question
    prover: Prover
    whole: Everyone
    scope: Truth

    @cached_property
    def truths(self) -> list[Truth]:
        """What is so of a person for whom the claim fails."""
        question, prover = self.question, self.prover
        known = prover.within(question.known)
        if question.same is None:
            return [self.scope, question.unmet(prover.meant), *known]
        possible = prover.second_possible(self.whole, question.same)
        unlike = any_of(either(truth, prover.elsewhere(truth, question.same)) for truth in self._answer)
        return [self.scope, prover.elsewhere(self.scope, question.same), possible, unlike, *known]

    @cached_property
    def _answer(self) -> list[Truth]:
        """All that counts for equal treatment."""
        answer = self.prover.meant.doors[self.question.doors[0]]
        return [truth for _, truth in bits_of(answer, self.prover.words.findings)]

    @cached_property
    def _circumstances(self) -> Circumstances:
        return Circumstances(self.question.timeline, self.whole)

    @cached_property
    def _lanes(self) -> Lanes:
        """The scope, and what would be against the claim there (of equal treatment, all that counts for it)."""
        so = [self.question.unmet(self.prover.meant)] if self.question.same is None else self._answer
        return Lanes(self.prover.circuit, [self.scope, *so])

    def found(self) -> list[Refutation]:
        """On which days the claim fails, for whom, and under which readings."""
        return self._circumstances.refutations(
            self.prover.about(self.question.doors), self.truths, self._fails, self._twin
        )

    def _fails(self, person: Mapping[int, int]) -> Failing:
        """On which days, and under which readings, the claim fails for one person."""
        found = self._in_lanes(person) if self.question.same is None else any_of(self._unlike(person))
        return self._circumstances.by_day(found)

    def _in_lanes(self, person: Mapping[int, int]) -> int:
        """In which circumstances a person is in scope and the claim not met, one bit each."""
        scope, bad = self._lanes.of(person, self._circumstances.varied, len(self._circumstances.all))
        return scope & bad

    def _unlike(self, person: Mapping[int, int]) -> list[int]:
        """For each class of the one fact, in which circumstances whoever has it is in scope and answered unlike the person."""
        same, everyone = self.question.same, self.whole
        assert same is not None
        classes, count, cell = everyone.classes[same], len(self._circumstances.all), everyone.cell_of(person)
        varied = {axis: places * len(classes) for axis, places in self._circumstances.varied.items()}
        varied[same] = [one[0] for one in classes for _ in range(count)]
        lanes = count * len(classes)
        scope, *answer = self._lanes.of(person, varied, lanes)
        everywhere = (1 << count) - 1
        own = cell[everyone.dims[same]] * count
        found = []
        for index in range(len(classes)):
            shift = index * count
            unlike = any_of((truth >> shift ^ truth >> own) & everywhere for truth in answer)
            there = everyone.beside(cell, same, index)
            found.append(unlike & scope >> shift & scope >> own if everyone.possible_at(there) else 0)
        return found

    def _twin(self, person: Mapping[int, int]) -> dict[int, int] | None:
        """A possible person who differs in the one fact, as little as can be otherwise, and is answered unlike on that day."""
        same, day_axis = self.question.same, self.question.timeline.day_axis
        if same is None:
            return None
        own = self._circumstances.readings_of(person)
        lane = next(
            at for at, (days, one) in enumerate(self._circumstances.all) if person[day_axis] in days and one == own
        )
        for index, unlike in enumerate(self._unlike(person)):
            if unlike >> lane & 1:
                return differing(self.whole, person, same, self.whole.beside(self.whole.cell_of(person), same, index))
        return None
