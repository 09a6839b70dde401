"""Truths worked out once as a straight line of steps, which many people then take together, eight to a byte.

A *gate* is a truth made of other truths by *and*, *or*, *not*. At the bottom is one question: is the place on this axis this one
or a later one? Each different gate is there once, so whatever several rules ask is answered once.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from limen.policy.meaning import any_of, no
from limen.policy.words import Axis, Look

AT_ONCE = 1 << 18
"""How many people take the steps together: as many as the processor's own memory holds."""

MOST_CONES = 100
"""How many lists of gates are kept for those who ask for them again."""

AND, OR, NOT, LEAST = "and", "or", "not", "at least"
_STEPS: dict[str, np.ufunc] = {AND: np.bitwise_and, OR: np.bitwise_or, NOT: np.bitwise_xor}

Bits = npt.NDArray[np.uint8]
"""One truth a person, as `numpy.packbits` gives them."""


class Gate:
    """A truth of a circuit, with the *and*, *or* and *not* of every algebra; True and False are its constants."""

    __slots__ = ("_circuit", "_inverse", "left", "number", "right", "step")

    def __init__(self, circuit: Circuit, number: int, step: str, left: int, right: int) -> None:
        """`left` and `right` are numbers of gates, or the axis and the place that a question begins with."""
        self.number, self.step, self.left, self.right = number, step, left, right
        self._circuit = circuit
        self._inverse: Gate | None = None

    def __and__(self, other: Gate | bool) -> Gate | bool:
        if not isinstance(other, Gate):
            return self if other else False
        if other is self._inverse:
            return False
        return self if other is self else self._circuit.gate(AND, *sorted((self.number, other.number)))

    def __or__(self, other: Gate | bool) -> Gate | bool:
        if not isinstance(other, Gate):
            return True if other else self
        if other is self._inverse:
            return True
        return self if other is self else self._circuit.gate(OR, *sorted((self.number, other.number)))

    def __xor__(self, other: bool) -> Gate:
        if not other:
            return self
        if self._inverse is None:
            self._inverse = self._circuit.gate(NOT, self.number, self.number)
            self._inverse._inverse = self
        return self._inverse

    __rand__, __ror__, __rxor__ = __and__, __or__, __xor__


class Circuit:
    """Gates over the places of some axes."""

    def __init__(self, axes: Sequence[Axis]) -> None:
        self.gates: list[Gate] = []
        self._axes = axes
        self._made: dict[tuple[str, int, int], Gate] = {}
        self._programs: dict[frozenset[int], Program] = {}
        self._seen: dict[Look, Gate | bool] = {}
        self._cones: dict[tuple[int, ...], list[Gate]] = {}

    def see(self, look: Look) -> Gate | bool:
        """The truth of a look."""
        found = self._seen.get(look)
        if found is None:
            runs = _runs(look.places)
            found = any_of(self._least(look.axis, low) & no(self._least(look.axis, high + 1)) for low, high in runs)
            self._seen[look] = found
        return found

    def _least(self, axis: int, place: int) -> Any:
        if place <= 0:
            return True
        return self.gate(LEAST, axis, place) if place < self._axes[axis].size else False

    def gate(self, step: str, left: int, right: int) -> Gate:
        """The gate of a step."""
        found = self._made.get((step, left, right))
        if found is None:
            found = self._made[step, left, right] = Gate(self, len(self.gates), step, left, right)
            self.gates.append(found)
        return found

    def cone(self, wanted: Iterable[int], known: Container[int] = ()) -> list[Gate]:
        """The gates on which some gates hang, by their numbers, each after those that it is made of; without those `known`."""
        needed: set[int] = set()
        pending = list(wanted)
        while pending:
            number = pending.pop()
            if number in needed or number in known:
                continue
            needed.add(number)
            gate = self.gates[number]
            if gate.step != LEAST:
                pending += (gate.left, gate.right)
        return [self.gates[number] for number in sorted(needed)]

    def whole_cone(self, wanted: tuple[int, ...]) -> list[Gate]:
        """The gates on which some gates hang, as `cone` says; worked out once for the same gates in the same order."""
        found = self._cones.get(wanted)
        if found is None:
            if len(self._cones) >= MOST_CONES:
                self._cones.clear()
            found = self._cones[wanted] = self.cone(wanted)
        return found

    def moved(self, truth: Any, axes: Mapping[int, int], done: dict[int, Any]) -> Any:
        """A truth with other axes in the place of some of its own. `done` keeps what was moved so already."""

        def least(gate: Gate) -> Any:
            axis = axes.get(gate.left)
            return gate if axis is None else self._least(axis, gate.right)

        return self.answered([truth], least, done)[0]

    def answered(
        self, truths: Iterable[Any], least: Callable[[Gate], Any], done: dict[int, Any] | None = None
    ) -> list[Any]:
        """Truths in another algebra, in which `least` answers each question at the bottom. `done` keeps what was answered so."""
        truths, found = list(truths), {} if done is None else done
        for gate in self.cone((truth.number for truth in truths if isinstance(truth, Gate)), found):
            if gate.step == LEAST:
                found[gate.number] = least(gate)
            elif gate.step == NOT:
                found[gate.number] = no(found[gate.left])
            elif gate.step == AND:
                found[gate.number] = found[gate.left] & found[gate.right]
            else:
                found[gate.number] = found[gate.left] | found[gate.right]
        return [found[truth.number] if isinstance(truth, Gate) else truth for truth in truths]

    def program(self, wanted: Iterable[int]) -> Program:
        """The steps to some gates, by their numbers."""
        targets = frozenset(wanted)
        found = self._programs.get(targets)
        if found is None:
            found = self._programs[targets] = _program(self.cone(targets), targets)
        return found


@dataclass(frozen=True, slots=True)
class Program:
    """Steps that lead to some gates. Each reads two rows of a memory and writes one that nobody will read any more.

    Row 0 is true of everyone. `looks` are the axes and places with which the next rows are filled; `found` tells the row of each
    gate.
    """

    looks: tuple[tuple[int, int], ...]
    steps: tuple[tuple[np.ufunc, int, int, int], ...]
    rows: int
    found: Mapping[int, int]

    def run(self, columns: Mapping[int, Any], count: int) -> Iterator[tuple[slice, dict[int, Bits]]]:
        """The truths of the gates by their numbers, for slices of people with these places.

        A column has a place a person, or is one place for all. The truths of a slice are overwritten by the next.
        """
        memory = np.empty((self.rows, (min(count, AT_ONCE) + 7) // 8), dtype=np.uint8)
        memory[0] = 255
        for start in range(0, count, AT_ONCE):
            people = slice(start, min(start + AT_ONCE, count))
            rows = list(memory[:, : (people.stop - start + 7) // 8])
            for (axis, place), row in zip(self.looks, rows[1:]):
                column = columns[axis]
                if isinstance(column, np.ndarray):
                    row[:] = np.packbits(column[people] if place == 1 else column[people] >= place)
                else:
                    row[:] = 255 if column >= place else 0
            for step, one, other, result in self.steps:
                step(rows[one], rows[other], rows[result])
            yield people, {number: rows[place] for number, place in self.found.items()}


def _program(order: Sequence[Gate], targets: frozenset[int]) -> Program:
    looks = [gate for gate in order if gate.step == LEAST]
    made = [gate for gate in order if gate.step != LEAST]
    last_read = {number: gate.number for gate in made for number in (gate.left, gate.right)}
    row_of = {gate.number: row for row, gate in enumerate(looks, 1)}
    rows = 1 + len(looks)
    free: list[int] = []
    steps = []
    for gate in made:
        read = dict.fromkeys((gate.left, gate.right))
        free += [row_of[number] for number in read if last_read[number] == gate.number and number not in targets]
        if not free:
            free.append(rows)
            rows += 1
        row_of[gate.number] = free.pop()
        other = 0 if gate.step == NOT else row_of[gate.right]
        steps.append((_STEPS[gate.step], row_of[gate.left], other, row_of[gate.number]))
    return Program(
        tuple((gate.left, gate.right) for gate in looks), tuple(steps), rows, {one: row_of[one] for one in targets}
    )


@dataclass(frozen=True, slots=True)
class Number:
    """A number a person: some of its bits are gates, the others are the same for everyone.

    `gates` maps each byte of the number to its gates, by their numbers, with the bits of the byte that each of them sets.
    """

    constant: int
    gates: Mapping[int, Mapping[int, int]]
    dtype: np.dtype[Any]

    @classmethod
    def of(cls, parts: Iterable[tuple[int, Gate | bool]]) -> Number:
        """From the truth of each bit."""
        constant = most = 0
        gates: dict[int, dict[int, int]] = {}
        for bit, truth in parts:
            if isinstance(truth, Gate):
                of_byte = gates.setdefault(bit // 8, {})
                of_byte[truth.number] = of_byte.get(truth.number, 0) | 1 << bit % 8
                most |= 1 << bit
            else:
                constant |= int(truth) << bit
        return cls(constant, gates, np.min_scalar_type(most | constant))

    def write(self, truths: Mapping[int, Bits], into: npt.NDArray[Any]) -> None:
        """Writes the numbers of some people, of whom the gates have these truths."""
        written = 0
        for byte in sorted(self.gates, reverse=True):
            digits = _digits(self.gates[byte], truths, len(into))
            if written:
                into *= into.dtype.type(1 << 8 * (written - byte))
                into |= digits.astype(into.dtype)
            else:
                np.copyto(into, digits)
            written = byte
        if written:
            into *= into.dtype.type(1 << 8 * written)
        if not self.gates:
            into[:] = self.constant
        elif self.constant:
            into |= into.dtype.type(self.constant)


def _digits(gates: Mapping[int, int], truths: Mapping[int, Bits], count: int) -> npt.NDArray[np.uint8]:
    """One byte of each person's number."""
    digits: Any = None
    for gate, bits in gates.items():
        here = np.unpackbits(truths[gate], count=count)
        here *= np.uint8(bits)
        digits = here if digits is None else np.bitwise_or(digits, here, out=digits)
    found: npt.NDArray[np.uint8] = digits
    return found


def _runs(places: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring places as spans, both ends included."""
    first = last = -2
    for place in sorted(places):
        if place != last + 1:
            if last >= 0:
                yield first, last
            first = place
        last = place
    if last >= 0:
        yield first, last
