"""Of whom rules were written: with which values of a fact a door is asked, and with which of them any rule speaks of somebody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from limen.answers.projected import Classes, Combination, among, projected
from limen.answers.prover import Prover
from limen.answers.wording import worded
from limen.policy.everyone import Everyone
from limen.policy.meaning import Truth
from limen.policy.words import Axis


@dataclass(frozen=True, slots=True)
class Covered:
    """States and days of a door (none: all that there are) of whose people the same is so.

    `decides`: somebody is answered otherwise than somebody else who differs in the one fact. `alike`: nobody is, and rules speak
    of people with several values. `covered` are these values; `not_covered` those with which the door is asked and no rule speaks
    of anybody; with `not_asked` it is not asked. Only people with the `covered` values are ever known to be treated alike.
    """

    states: list[str]
    days: list[str]
    decides: bool
    alike: bool
    covered: str
    not_covered: str
    not_asked: str


_Said = tuple[bool, frozenset[int], frozenset[int], frozenset[int]]


@dataclass(frozen=True)
class Cover:
    """By circumstances of a door (state, day) and value of the fact: where the door is asked, and where a rule speaks.

    Axes that the door does not tell apart are left out; that of the fact comes last, if it is there. `values` are how many of
    the fact are in question.
    """

    axes: Mapping[int, Classes]
    asked: set[Combination]
    spoken: set[Combination]
    values: int

    @classmethod
    def of(
        cls, prover: Prover, everyone: Everyone, asked: Truth, spoken: Truth, axes: Iterable[int], fact: Axis
    ) -> Cover:
        """Finds out."""
        axes = [*axes, fact.number]
        told = {axis: everyone.classes[axis] for axis in axes if axis in everyone.asked}
        known = prover.within(everyone.known)
        where = projected(prover.search, [asked, *known], told)
        values = len(everyone.known.get(fact.number, range(fact.size)))
        return cls(told, where, projected(prover.search, [asked & spoken, *known], told), values)

    def truth(self, prover: Prover) -> Truth:
        """That a person is among those of whose like a rule speaks."""
        if self.asked == self.spoken:
            return True
        return among(prover.circuit, list(self.axes.items()), self.spoken)

    def told(self, prover: Prover, fact: Axis, state: int | None, deciding: set[Combination]) -> list[Covered]:
        """All of it in words. `deciding` are the circumstances (without the value) in which the fact decides."""
        last = fact.number in self.axes
        asked, spoken = (_by_circumstance(found, last) for found in (self.asked, self.spoken))
        values = set(range(len(self.axes[fact.number]))) if last else {0}
        circumstances = [axis for axis in self.axes if axis != fact.number]
        at_state = circumstances.index(state) if state in circumstances else None
        groups: dict[_Said, dict[int, set[int]]] = {}
        for where, those in asked.items():
            here = spoken.get(where, set())
            said = where in deciding, frozenset(here), frozenset(those - here), frozenset(values - those)
            place = 0 if at_state is None else where[at_state]
            rest = [one for at, one in enumerate(where) if at != at_state]
            groups.setdefault(said, {}).setdefault(place, set()).update(rest)
        found = []
        for (decides, *sets), days_of in groups.items():
            by_days: dict[frozenset[int], list[int]] = {}
            for place, days in days_of.items():
                by_days.setdefault(frozenset(days), []).append(place)
            texts = [self._values(fact, one, last) for one in sets]
            for these, places in by_days.items():
                states = [] if state is None or at_state is None else self._names(prover, state, places)
                alike = not decides and self._several(fact, sets[0], last)
                found.append(Covered(states, self._days(prover, these), decides, alike, *texts))
        return sorted(found, key=lambda one: (not one.decides, bool(one.not_covered), one.states, one.days))

    def _several(self, fact: Axis, classes: frozenset[int], last: bool) -> bool:
        """Whether some classes hold more than one value."""
        if not last:
            return bool(classes) and self.values > 1
        return sum(len(self.axes[fact.number][at]) for at in classes) > 1

    def _names(self, prover: Prover, axis: int, places: Iterable[int]) -> list[str]:
        values = prover.words.axes[axis].fact.values
        return [values[place] for place in sorted(place for at in places for place in self.axes[axis][at])]

    def _days(self, prover: Prover, days: Iterable[int]) -> list[str]:
        timeline = prover.timeline
        if timeline.day_axis not in self.axes:
            return []
        return timeline.spans(place for at in days for place in self.axes[timeline.day_axis][at]).worded

    def _values(self, fact: Axis, classes: frozenset[int], last: bool) -> str:
        if not classes:
            return ""
        if not last:
            return "everybody"
        return worded(fact, [place for at in classes for place in self.axes[fact.number][at]]).partition(": ")[2]


def _by_circumstance(found: Iterable[Combination], last: bool) -> Mapping[Combination, set[int]]:
    """Classes of the fact by circumstances."""
    by: dict[Combination, set[int]] = {}
    for one in sorted(found):
        where, value = (one[:-1], one[-1]) if last else (one, 0)
        by.setdefault(where, set()).add(value)
    return by
