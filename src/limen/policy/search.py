"""Somebody for whom something is so, or the proof that nobody is: gates as clauses, decided by a SAT solver.

Every gate becomes a literal with the clauses that define it (Tseitin 1968), once, when a question first needs it. A question is
a list of truths that are assumed together; what the solver learnt from one serves the next (Eén, Sörensson 2003). The places of
an axis are in order, so "this place or a later one" follows from every later place. People declared impossible are left out for
good.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from limen.policy.circuit import AND, LEAST, NOT, Circuit, Gate
from limen.policy.everyone import Everyone, class_of
from limen.policy.meaning import Truth, all_of, any_of, no
from limen.policy.standing import Known
from limen.policy.words import Clause, Filled, Look, Words

SOLVER = "cadical153"


class Search:
    """Asks for people among everyone possible. The circuit may have further axes, behind those of the words."""

    def __init__(self, circuit: Circuit, words: Words) -> None:
        import pysolvers  # type: ignore[import-not-found]
        from pysat.solvers import Solver  # type: ignore[import-untyped]

        self.circuit, self.words = circuit, words
        self._solver = Solver(name=SOLVER)
        self._stopped: type[Exception] = pysolvers.error
        self._literals: dict[int, int] = {}
        self._last, self._switches = 1, 0
        self._solver.add_clause([1])
        self._starts: dict[int, list[int]] = {}
        self._variables: dict[int, dict[int, int]] = {}
        self._counted: dict[tuple[int, ...], list[list[Truth]]] = {}
        self._usual = [(axis.number, axis.ordinary, axis.size - 1) for axis in words.axes]
        self._personal = [(axis.number, axis.ordinary) for axis in words.axes if axis.fact.kind.personal]
        self.possibly = [no(barred(clause, circuit.see)) for clause in words.impossible]
        for truth in self.possibly:
            self.never([no(truth)])

    def literal(self, truth: Truth) -> int:
        """The solver's literal of a truth."""
        if not isinstance(truth, Gate):
            return 1 if truth else -1
        known = self._literals.get(truth.number)
        return self._defined(truth) if known is None else known

    def _defined(self, truth: Gate) -> int:
        """The literal of a gate of which the solver has not heard, with the clauses that define it."""
        known, add = self._literals, self._solver.add_clause
        for gate in self.circuit.cone([truth.number], known):
            if gate.step == NOT:
                known[gate.number] = -known[gate.left]
            elif gate.step == LEAST:
                known[gate.number] = self._start(gate.left, gate.right)
            else:
                self._last += 1
                sign = 1 if gate.step == AND else -1
                one, other, both = sign * known[gate.left], sign * known[gate.right], sign * self._last
                add([-both, one])
                add([-both, other])
                add([both, -one, -other])
                known[gate.number] = self._last
        return known[truth.number]

    def _start(self, axis: int, place: int) -> int:
        """The literal of "this place or a later one", with its neighbours on the axis."""
        self._last += 1
        starts, variables = self._starts.setdefault(axis, []), self._variables.setdefault(axis, {})
        at = bisect(starts, place)
        if at:
            self._solver.add_clause([-self._last, variables[starts[at - 1]]])
        if at < len(starts):
            self._solver.add_clause([-variables[starts[at]], self._last])
        starts.insert(at, place)
        variables[place] = self._last
        ordinary = self._usual[axis % len(self._usual)][1]
        self._solver.set_phases([self._last if place <= ordinary else -self._last])
        return self._last

    def never(self, truths: Iterable[Truth]) -> None:
        """From now on nobody is found for whom all of this is so."""
        self._solver.add_clause([-self.literal(truth) for truth in truths])

    def switch(self) -> Truth:
        """A truth about nobody in particular: what is said of it with `never` counts only where it is asked for."""
        self._switches += 1
        return self.circuit.gate(LEAST, -self._switches, 1)

    def possible(self, truths: Iterable[Truth]) -> bool:
        """Whether all of this is so for somebody possible."""
        return self._solved([self.literal(truth) for truth in truths])

    def _solved(self, assumed: list[int]) -> bool:
        try:
            return bool(self._solver.solve(assumptions=assumed))
        except self._stopped as error:
            raise KeyboardInterrupt from error  # the solver's own error, which it raises for nothing else

    def each_possible(self, several: Sequence[Truth], among: Iterable[Truth] = ()) -> list[bool]:
        """Of several truths, which are so of somebody possible who has all of `among`.

        Whoever is found is an example for each of them that is so of her or him.
        """
        literals, assumed = [self.literal(truth) for truth in several], [self.literal(truth) for truth in among]
        found = [False] * len(literals)
        for at, literal in enumerate(literals):
            if not found[at] and self._solved([*assumed, literal]):
                found[at] = True
                model = self._solver.get_model()
                for other, told in enumerate(literals[at + 1 :], at + 1):
                    place = abs(told) - 1  # what no clause speaks of has none in the model
                    found[other] |= place < len(model) and model[place] == told
        return found

    def refuted(self, truths: Sequence[Truth]) -> list[Truth] | None:
        """Some of these truths that are never so together; None where somebody possible has all of them."""
        if self.possible(truths):
            return None
        core = set(self._solver.get_core() or ())
        return [truth for truth in truths if self.literal(truth) in core]

    def find(self, truths: Iterable[Truth], second: bool = False) -> dict[int, int] | None:
        """Somebody possible for whom all of this is so, with a place on every axis of the words; None: nobody is.

        With `second`, on the axes of the second person as well.
        """
        if not self.possible(truths):
            return None
        model = self._solver.get_model()
        count = len(self._usual)
        person = {
            start + axis: ordinary for start in ((0, count) if second else (0,)) for axis, ordinary, _ in self._usual
        }
        for axis in self._starts.keys() & person.keys():
            person[axis] = self._place(axis, model)
        return person

    def _place(self, axis: int, model: list[int]) -> int:
        """The most ordinary of the places on an axis that a model leaves."""
        _, ordinary, high = self._usual[axis % len(self._usual)]
        low, variables = 0, self._variables[axis]
        for start in self._starts[axis]:
            if model[variables[start] - 1] > 0:
                low = start
            else:
                high = start - 1
                break
        return min(max(ordinary, low), high)

    def told_apart(self, truths: Iterable[Truth], known: Known) -> Everyone:
        """The kinds of people that truths tell apart, among those of whom something is known."""
        gates = self.circuit.cone(truth.number for truth in truths if isinstance(truth, Gate))
        asked = {(gate.left, gate.right) for gate in gates if gate.step == LEAST and gate.left >= 0}
        axes = self.words.axes
        looks = [Look(axis, frozenset(range(place, axes[axis].size))) for axis, place in sorted(asked)]
        return Everyone(self.words, looks, known)

    def nearest(self, truths: Iterable[Truth], everyone: Everyone, least: int = 0) -> dict[int, int] | None:
        """The possible person for whom all of this is so and who is nearest in the sense of `Everyone.nearest`.

        `everyone` says which facts the question asks, and which of their places it tells apart. In at least as many facts as
        `least` says such a person is known to be unusual.
        """
        truths = [*truths, *(self.circuit.see(Look(axis, left)) for axis, left in everyone.known.items())]
        for truth in truths:
            self.literal(truth)  # the solver hears of every fact that may be unusual
        person = self.find([*truths, no(self.unusual(least + 1))]) or self.find(truths)
        if person is None:
            return None
        while (distance := self.distance(person)) > least:
            nearer = self.find([*truths, no(self.unusual(distance))])
            if nearer is None:
                break
            person = nearer
        truths.append(no(self.unusual(distance + 1)))
        cell = [0] * len(everyone.dims)
        for number in everyone.asked:
            classes = everyone.classes[number]
            at = class_of(classes, person[number])
            while at:
                sooner = frozenset(place for one in classes[:at] for place in one)
                other = self.find([*truths, self.circuit.see(Look(number, sooner))])
                if other is None:
                    break
                person, at = other, class_of(classes, other[number])
            truths.append(self.circuit.see(Look(number, frozenset(classes[at]))))
            cell[everyone.dims[number]] = at
        return everyone.person_at(cell)

    def distance(self, person: Mapping[int, int]) -> int:
        """In how many facts a person is unusual."""
        return sum(person[axis] != ordinary for axis, ordinary in self._personal)

    def unusual(self, least: int) -> Truth:
        """Whether at least so many facts of a person are unusual: a sequential counter (Sinz 2005), made of gates.

        Only facts of which the solver has heard are counted: whoever is found is ordinary in the others.
        """
        axes = tuple(axis for axis, _ in self._personal if axis in self._starts)
        if not 0 < least <= len(axes):
            return least <= 0
        counted = self._counted.setdefault(axes, [])
        unusual = [no(self.circuit.see(Look(axis, frozenset((self._usual[axis][1],))))) for axis in axes]
        while len(counted) < least:
            fewer: list[Truth] = counted[-1] if counted else [True] * len(axes)
            row: list[Truth] = [False]
            for before, differs in zip(fewer, unusual):
                row.append(row[-1] | (before & differs))
            counted.append(row)
        return counted[least - 1][-1]


def barred(clause: Clause, see: Any) -> Truth:
    """Where a declaration of impossible people holds."""
    return all_of(any_of(map(see, need)) for need in clause.needs if not isinstance(need, Filled))
