"""Everyone on every day as one circuit, asked by a solver: the same meaning as for a person alone, over gates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from limen.answers.spans import Timeline
from limen.policy.circuit import Circuit
from limen.policy.everyone import Everyone
from limen.policy.lanes import in_all, in_lanes
from limen.policy.meaning import Meaning, Truth, any_of, holds, meaning, no
from limen.policy.search import Search, barred
from limen.policy.standing import Known
from limen.policy.words import Condition, Look


class Prover:
    """The meaning of all rules of a timeline at all doors, worked out when it is first needed."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline, self.words = timeline, timeline.words
        self._moved: dict[int, dict[int, Truth]] = {}
        self._about: dict[str, Search] = {}

    @cached_property
    def circuit(self) -> Circuit:
        """The circuit. Behind each axis of the words it has another like it, for a second person."""
        return Circuit((*self.words.axes, *self.words.axes))

    @cached_property
    def search(self) -> Search:
        """Who asks for people among everyone possible."""
        return Search(self.circuit, self.words)

    def about(self, doors: Sequence[str]) -> Search:
        """Who asks for people about these doors: the fewer doors it has heard of, the sooner it answers."""
        if len(doors) != 1:
            return self.search
        (door,) = doors
        if door not in self._about:
            self._about[door] = Search(self.circuit, self.words)
        return self._about[door]

    @cached_property
    def meant(self) -> Meaning:
        """The meaning of the rules, in gates."""
        rules, words = self.timeline.standing.rules, self.words
        return meaning(rules, words, self.circuit.see, words.doors, words.terms)

    def holds(self, condition: Condition) -> Truth:
        """Where a condition holds, at whatever rank."""
        return any_of(holds(condition, self.circuit.see, lambda name: self.meant.terms[name]).values())

    def within(self, known: Known) -> list[Truth]:
        """That a person has only places that are known to be left."""
        return [self.circuit.see(Look(axis, places)) for axis, places in known.items()]

    def elsewhere(self, truth: Truth, axis: int) -> Truth:
        """A truth about the second person, who may have another place on one axis."""
        return self.circuit.moved(truth, {axis: self._second(axis)}, self._moved.setdefault(axis, {}))

    def second_possible(self, everyone: Everyone, axis: int) -> Truth:
        """Whether the second person is possible, who otherwise has all that the question asks in common with the first."""
        shared = set(everyone.asked) - {axis}

        def see(look: Look) -> Any:
            return self.circuit.see(look if look.axis in shared else Look(self._second(look.axis), look.places))

        possible: Truth = no(any_of(barred(clause, see) for clause in self.words.impossible))
        for number, places in everyone.known.items():
            if number not in shared:
                possible = possible & see(Look(number, places))
        return possible

    def possible(self, truth: Truth, known: Known) -> bool:
        """Whether something is so of somebody possible on some day."""
        return truth is not False and self.search.possible([truth, *self.within(known)])

    def days(
        self, truths: Sequence[Truth], moving: Mapping[int, Sequence[int]] | None = None, search: Search | None = None
    ) -> set[int]:
        """The days on which all of this is so of somebody possible, as places on the axis of days.

        `moving`: axes on which a person has another place on each day. `search` asks (None: who asks about everything).
        """
        search = search or self.search
        switch = search.switch()
        found: set[int] = set()
        while len(found) < len(self.timeline.epochs):
            person = search.find([*truths, switch])
            if person is None:
                break
            together = in_all(self.on_days([*truths, *search.possibly], person, moving))
            new = frozenset(day for day in range(len(self.timeline.epochs)) if together >> day & 1)
            search.never([switch, self.circuit.see(Look(self.timeline.day_axis, new))])
            found |= new
        return found

    def on_days(
        self, truths: Iterable[Truth], person: Mapping[int, int], moving: Mapping[int, Sequence[int]] | None = None
    ) -> list[int]:
        """The days on which each truth is so of a person, one bit a day."""
        count = len(self.timeline.epochs)
        return in_lanes(self.circuit, truths, person, {self.timeline.day_axis: range(count), **(moving or {})}, count)

    def _second(self, axis: int) -> int:
        return axis + len(self.words.axes)
