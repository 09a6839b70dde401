"""A claim decided by proof: nobody is looked for for whom it fails, and if there is somebody, the nearest and all days of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from limen.answers.enumerated import differing
from limen.answers.prover import Prover
from limen.answers.question import Combination, Decided, Question, Readings, Refutation, alike
from limen.policy.everyone import Everyone, class_of
from limen.policy.lanes import in_lanes
from limen.policy.meaning import Truth, any_of, either, no
from limen.policy.outcome import bits_of
from limen.policy.words import Look

Failing = dict[int, set[Combination]]
"""By day, the combinations of readings under which a claim fails."""


def proved(question: Question, prover: Prover) -> Decided:
    """Decides a part of a claim without laying anybody out; kinds of people are not counted."""
    against = _against(question, prover)
    if against is None or not prover.search.possible(against.truths):
        return Decided([], None, prover.search.possible(among(question, prover)))
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
    def _readings(self) -> Readings:
        return Readings(self.whole)

    @cached_property
    def _circumstances(self) -> list[tuple[tuple[int, ...], Combination]]:
        """Every day, or days that are not told apart, with every combination of readings."""
        return list(product(self.question.timeline.days(self.whole), self._readings.all))

    def found(self) -> list[Refutation]:
        """On which days the claim fails, for whom, and under which readings."""
        failing, day_axis = self._failing(), self.question.timeline.day_axis
        nearest: dict[int, Mapping[int, int]] = {}
        while left := failing.keys() - nearest.keys():
            on = self.prover.circuit.see(Look(day_axis, frozenset(left)))
            person = self.prover.search.nearest([*self.truths, on], self.whole)
            assert person is not None, "on every one of these days somebody was found"
            here = self._readings_of(person)
            nearest.update({day: person for day, found in self._fails(person).items() if day in left and here in found})
        found = []
        for days in alike({day: (frozenset(failing[day]), nearest[day]) for day in failing}, day_axis):
            person = {**nearest[days[-1]], day_axis: days[-1]}
            found.append(Refutation(days, self._readings.told(failing[days[-1]]), person, self._twin(person), None))
        return found

    def _failing(self) -> Failing:
        """When and under which readings the claim fails: each person found tells all of it that is so of her or him."""
        search, day_axis = self.prover.search, self.question.timeline.day_axis
        see, switch = self.prover.circuit.see, search.switch()
        failing: Failing = {}
        while (person := search.find([*self.truths, switch])) is not None:
            new: dict[Combination, set[int]] = {}
            for day, combinations in self._fails(person).items():
                for combination in combinations - failing.get(day, set()):
                    new.setdefault(combination, set()).add(day)
                    failing.setdefault(day, set()).add(combination)
            assert new, "whoever is found is found on a day and under readings not known yet"
            for combination, days in new.items():
                places = {**self._readings.places(combination), day_axis: frozenset(days)}
                search.never([switch, *(see(Look(axis, left)) for axis, left in places.items())])
        return failing

    def _fails(self, person: Mapping[int, int]) -> Failing:
        """On which days, and under which readings, the claim fails for one person."""
        found = self._in_lanes(person) if self.question.same is None else any_of(self._unlike(person))
        failing: Failing = {}
        for lane, (days, combination) in enumerate(self._circumstances):
            if found >> lane & 1:
                for day in days:
                    failing.setdefault(day, set()).add(combination)
        return failing

    def _in_lanes(self, person: Mapping[int, int]) -> int:
        """In which circumstances a person is in scope and the claim not met, one bit each."""
        truths = self.scope, self.question.unmet(self.prover.meant)
        scope, bad = in_lanes(self.prover.circuit, truths, person, self._varied, len(self._circumstances))
        return scope & bad

    @cached_property
    def _varied(self) -> dict[int, list[int]]:
        """By axis, the place in each circumstance."""
        varied = {self.question.timeline.day_axis: [days[0] for days, _ in self._circumstances]}
        for number in self._readings.axes:
            varied[number] = [min(self._readings.places(one)[number]) for _, one in self._circumstances]
        return varied

    def _unlike(self, person: Mapping[int, int]) -> list[int]:
        """For each class of the one fact, in which circumstances whoever has it is in scope and answered unlike the person."""
        same, everyone = self.question.same, self.whole
        assert same is not None
        classes, count, cell = everyone.classes[same], len(self._circumstances), everyone.cell_of(person)
        varied = {axis: places * len(classes) for axis, places in self._varied.items()}
        varied[same] = [one[0] for one in classes for _ in range(count)]
        lanes = count * len(classes)
        scope, *answer = in_lanes(self.prover.circuit, [self.scope, *self._answer], person, varied, lanes)
        everywhere = (1 << count) - 1
        own = cell[everyone.dims[same]] * count
        found = []
        for index in range(len(classes)):
            shift = index * count
            unlike = any_of((truth >> shift ^ truth >> own) & everywhere for truth in answer)
            there = self._at(cell, index)
            found.append(unlike & scope >> shift & scope >> own if everyone.possible_at(there) else 0)
        return found

    def _at(self, cell: tuple[int, ...], index: int) -> tuple[int, ...]:
        """The cell beside another, in a class of the one fact."""
        assert self.question.same is not None
        dim = self.whole.dims[self.question.same]
        return (*cell[:dim], index, *cell[dim + 1 :])

    def _twin(self, person: Mapping[int, int]) -> dict[int, int] | None:
        """A possible person who differs in the one fact, as little as can be otherwise, and is answered unlike on that day."""
        same, day_axis = self.question.same, self.question.timeline.day_axis
        if same is None:
            return None
        own = self._readings_of(person)
        lane = next(at for at, (days, one) in enumerate(self._circumstances) if person[day_axis] in days and one == own)
        for index, unlike in enumerate(self._unlike(person)):
            if unlike >> lane & 1:
                return differing(self.whole, person, same, self._at(self.whole.cell_of(person), index))
        return None

    def _readings_of(self, person: Mapping[int, int]) -> Combination:
        return tuple(class_of(self.whole.classes[number], person[number]) for number in self._readings.axes)
