"""On which readings an answer hangs: one person under every combination of them at once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import product
from math import prod

from limen.policy.circuit import LEAST, Circuit, Gate
from limen.policy.meaning import Truth
from limen.policy.words import Axis, Kind, Words

MOST_COMBINATIONS = 4096


class Hanging:
    """The combinations of those readings that some truths ask: one lane each. `none`: there are too many for that."""

    def __init__(self, circuit: Circuit, truths: Iterable[Truth], words: Words) -> None:
        gates = circuit.cone(truth.number for truth in truths if isinstance(truth, Gate))
        asked = {gate.left for gate in gates if gate.step == LEAST and 0 <= gate.left < len(words.axes)}
        self.axes: list[Axis] = [words.axes[at] for at in sorted(asked) if words.axes[at].fact.kind is Kind.READING]
        self.too_many = prod(axis.size for axis in self.axes) > MOST_COMBINATIONS
        if self.too_many:
            self.axes = []
        self.all = list(product(*(range(axis.size) for axis in self.axes)))
        self._at = {places: lane for lane, places in enumerate(self.all)}

    def varied(self, times: int = 1) -> dict[int, list[int]]:
        """By axis the place in each lane, so many times over."""
        return {axis.number: [places[at] for places in self.all] * times for at, axis in enumerate(self.axes)}

    def own(self, person: Mapping[int, int]) -> int:
        """The lane of the person's own readings."""
        return self._at[tuple(person[axis.number] for axis in self.axes)]

    def matter(self, answers: Sequence[Hashable], person: Mapping[int, int]) -> dict[str, str] | None:
        """The person's readings without those that change none of the answers, one a lane; None: there are too many of them."""
        if self.too_many:
            return None
        found = {}
        for at, axis in enumerate(self.axes):
            first = (self._at[*places[:at], 0, *places[at + 1 :]] for places in self.all)
            if any(answers[lane] != answers[other] for lane, other in enumerate(first)):
                found[axis.fact.name] = axis.fact.values[person[axis.number]]
        return found
