"""On which days, and under which readings of disputed texts, something is so of somebody: all of them, and the nearest person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from limen.answers.question import Combination, Readings, Refutation, alike
from limen.answers.spans import Timeline
from limen.policy.everyone import Everyone, class_of
from limen.policy.meaning import Truth
from limen.policy.search import Search
from limen.policy.words import Look

Failing = dict[int, set[Combination]]
"""By day, the combinations of readings under which a claim fails."""

Person = Mapping[int, int]


@dataclass(frozen=True)
class Circumstances:
    """Every day, or days that are not told apart, with every combination of readings that a question tells apart."""

    timeline: Timeline
    whole: Everyone

    @cached_property
    def readings(self) -> Readings:
        """The readings that are told apart."""
        return Readings(self.whole)

    @cached_property
    def all(self) -> list[tuple[tuple[int, ...], Combination]]:
        """All of them."""
        return list(product(self.timeline.days(self.whole), self.readings.all))

    @cached_property
    def varied(self) -> dict[int, list[int]]:
        """By axis, the place in each circumstance."""
        varied = {self.timeline.day_axis: [days[0] for days, _ in self.all]}
        for number in self.readings.axes:
            varied[number] = [min(self.readings.places(one)[number]) for _, one in self.all]
        return varied

    def by_day(self, lanes: int) -> Failing:
        """The days and readings of those circumstances whose bit is set."""
        failing: Failing = {}
        for lane, (days, combination) in enumerate(self.all):
            if lanes >> lane & 1:
                for day in days:
                    failing.setdefault(day, set()).add(combination)
        return failing

    def readings_of(self, person: Person) -> Combination:
        """The combination of readings in which a person stands."""
        return tuple(class_of(self.whole.classes[number], person[number]) for number in self.readings.axes)

    def refutations(
        self, search: Search, truths: Sequence[Truth], fails: Callable[[Person], Failing],
        twin: Callable[[Person], Person | None] | None = None,
    ) -> list[Refutation]:  # fmt: skip
        """The nearest person of each day on whom all of some truths are so, days with the same one together.

        `fails` tells all days and readings of which a person found is an example, `twin` the other person of unequal treatment.
        """
        failing, day_axis = self._failing(search, truths, fails), self.timeline.day_axis
        nearest: dict[int, Person] = {}
        while left := failing.keys() - nearest.keys():
            on = search.circuit.see(Look(day_axis, frozenset(left)))
            person = search.nearest([*truths, on], self.whole)
            assert person is not None, "on every one of these days somebody was found"
            here = self.readings_of(person)
            nearest.update({day: person for day, found in fails(person).items() if day in left and here in found})
        found = []
        for days in alike({day: (frozenset(failing[day]), nearest[day]) for day in failing}, day_axis):
            one = {**nearest[days[-1]], day_axis: days[-1]}
            found.append(
                Refutation(days, self.readings.told(failing[days[-1]]), one, twin(one) if twin else None, None)
            )
        return found

    def _failing(self, search: Search, truths: Sequence[Truth], fails: Callable[[Person], Failing]) -> Failing:
        """When and under which readings the truths are so: each person found tells all of it that is so of her or him."""
        see, switch = search.circuit.see, search.switch()
        failing: Failing = {}
        while (person := search.find([*truths, switch])) is not None:
            new: dict[Combination, set[int]] = {}
            for day, combinations in fails(person).items():
                for combination in combinations - failing.get(day, set()):
                    new.setdefault(combination, set()).add(day)
                    failing.setdefault(day, set()).add(combination)
            assert new, "whoever is found is found on a day and under readings not known yet"
            for combination, days in new.items():
                places = {**self.readings.places(combination), self.timeline.day_axis: frozenset(days)}
                search.never([switch, *(see(Look(axis, left)) for axis, left in places.items())])
        return failing
