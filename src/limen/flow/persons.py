"""The law of `days` person by person: one object each, who throws their own dice. It is the law, not the engine.

What is counted in groups must come out the same in distribution; `docs/explanation/exactness.md` says why. The benchmark takes
its time, the tests compare.
"""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate, chain

import numpy as np

from limen.flow.program import NONE, OUTSIDE, Discipline, Program, Rates, Reals, Response, Trace
from limen.flow.reference import BEFORE, room, shares, signals


class Person:
    """Somebody in a cell since a day; under way until `there`, if that is to come, and counted in `stock` till then."""

    __slots__ = ("cell", "since", "stock", "there")

    def __init__(self, cell: int, since: int) -> None:
        self.cell = cell
        self.since = since
        self.there = since
        self.stock = NONE


def simulate(program: Program, rates: Rates, chance: random.Random) -> Trace:
    """One draw."""
    people = [Person(cell, BEFORE) for cell, count in enumerate(rates.initial) for _ in range(count)]
    meters = np.zeros((rates.days, program.meters), np.int64)
    stocks = np.zeros((rates.days, program.stocks), np.int64)
    waiting = np.zeros((rates.days, len(program.discipline)), np.int64)
    served = np.zeros((rates.days, len(program.discipline)), np.int64)
    gate, stock = program.gate.tolist(), program.stock.tolist()
    counted_by = [program.meter[a:b].tolist() for a, b in zip(program.meter_start, program.meter_start[1:])]
    came = 0
    for day in range(rates.days):
        present = np.bincount([person.cell for person in people if person.there <= day], minlength=program.cells)
        choice = Choice(program, rates, signals(program, rates, present.astype(np.int64), day), day)
        for i, cell in enumerate(program.inflow_cell.tolist()):
            people += [Person(cell, day) for _ in range(int(rates.inflow[i, day]))]
            came += int(rates.inflow[i, day])
        lines: list[list[Person]] = [[] for _ in range(len(program.discipline))]
        leaving: list[Person] = []
        for person in people:
            if person.there <= day:
                (leaving if gate[person.cell] == NONE else lines[gate[person.cell]]).append(person)
        for g, line in enumerate(lines):
            admitted = in_order(program, g, line, chance)[: room(rates, g, day, len(line))]
            waiting[day, g], served[day, g] = len(line), len(admitted)
            leaving += admitted
        for person in leaving:
            t = choice.of(person.cell, chance)
            if t != NONE:
                person.cell = choice.target[t]
                person.since = person.there = day + choice.lag[t]
                person.stock = choice.stock[t]
                for m in counted_by[t]:
                    meters[day, m] += 1
            else:
                person.since = day + 1
        for person in people:
            counted = stock[person.cell] if person.there <= day + 1 else person.stock
            if counted != NONE:
                stocks[day, counted] += 1
    final = np.bincount([person.cell for person in people], minlength=program.cells)
    final[OUTSIDE] -= came
    return Trace(meters, stocks, waiting, served, final.astype(np.int64))


def in_order(program: Program, gate: int, line: Sequence[Person], chance: random.Random) -> list[Person]:
    """A line in the order of service; equals by lot."""
    mixed = chance.sample(line, len(line))
    if program.discipline[gate] == Discipline.LOTTERY:
        return mixed
    if program.discipline[gate] == Discipline.PRIORITY:
        return sorted(mixed, key=lambda person: (program.priority[person.cell], person.since))
    return sorted(mixed, key=lambda person: person.since)


class Choice:
    """What people of a cell may choose on a day, worked out when the first of them asks."""

    def __init__(self, program: Program, rates: Rates, seen: list[float], day: int) -> None:
        today = rates.rows[:, day]
        self._hazard = (rates.hazard * today[program.hazard_rows].prod(axis=1)).tolist()
        self._weight = (
            rates.weight * today[program.weight_rows].prod(axis=1) * _answers(program, rates, seen)
        ).tolist()
        self._floor, self._fallback = rates.floor.tolist(), program.fallback.tolist()
        self._branch, self._way = program.branch_start.tolist(), program.transition_start.tolist()
        self._known: dict[int, tuple[list[int], list[float]]] = {}
        self.target, self.lag = program.target.tolist(), program.lag.tolist()
        self.stock = program.transit_stock.tolist()

    def of(self, cell: int, chance: random.Random) -> int:
        """The transition that somebody takes; NONE to stay."""
        if cell not in self._known:
            self._known[cell] = self._options(cell)
        ways, chances = self._known[cell]
        return ways[bisect(chances, chance.random() * chances[-1], 0, len(ways) - 1)]

    def _options(self, cell: int) -> tuple[list[int], list[float]]:
        """The ways, and the sums of their chances up to each."""
        first, end = self._branch[cell], self._branch[cell + 1]
        *share, rest = shares(self._hazard[first:end], 1.0)
        each = [self._ways(b, chance) for b, chance in zip(range(first, end), share)]
        ways, chances = zip(*chain([(NONE, rest)], *each))
        return list(ways), list(accumulate(chances))

    def _ways(self, branch: int, hazard: float) -> list[tuple[int, float]]:
        first, end = self._way[branch], self._way[branch + 1]
        weights = self._weight[first:end]
        if sum(weights) > 0:
            *share, rest = shares(weights, self._floor[branch])
            return [(NONE, hazard * rest), *((t, hazard * chance) for t, chance in zip(range(first, end), share))]
        return [(self._fallback[branch], hazard)]


def _answers(program: Program, rates: Rates, seen: list[float]) -> Reals:
    """How each transition's weight answers to its signal."""
    value, b = np.array([*seen, 0.0])[program.signal], rates.sensitivity  # NONE reads the last
    ramp = np.clip((1 - value) / np.where(program.response == Response.RAMP, 1 - b, 1.0), 0, 1)
    by_response = [np.ones_like(value), np.exp(-b * value), ramp, np.exp(-b * np.maximum(0.0, value - 1))]
    return np.choose(program.response, by_response)
