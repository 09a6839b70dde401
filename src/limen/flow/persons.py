"""The law of `days` person by person: one object each, who throws their own dice. It is the law, not the engine.

What is counted in groups must come out the same in distribution; `docs/explanation/exactness.md` says why. The benchmark takes
its time, the tests compare.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import accumulate, chain

import numpy as np

from limen.flow.program import NONE, OUTSIDE, Discipline, Program, Rates, Trace
from limen.flow.reference import BEFORE, room, shares, signals, weight


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
                for m in program.meter[program.meter_start[t] : program.meter_start[t + 1]]:
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
        self._program, self._rates, self._seen, self._day = program, rates, seen, day
        self._known: dict[int, tuple[list[int], list[float]]] = {}
        self.target, self.lag = program.target.tolist(), program.lag.tolist()
        self.stock = program.transit_stock.tolist()

    def of(self, cell: int, chance: random.Random) -> int:
        """The transition that somebody takes; NONE to stay."""
        if cell not in self._known:
            self._known[cell] = self._options(cell)
        ways, chances = self._known[cell]
        return chance.choices(ways, cum_weights=chances)[0]

    def _options(self, cell: int) -> tuple[list[int], list[float]]:
        program, rates, day = self._program, self._rates, self._day
        branches = range(program.branch_start[cell], program.branch_start[cell + 1])
        hazards = [float(rates.hazard[b] * rates.rows[program.hazard_rows[b], day].prod()) for b in branches]
        *share, rest = shares(hazards, 1.0)
        each = [self._ways(b, chance) for b, chance in zip(branches, share)]
        ways, chances = zip(*chain([(NONE, rest)], *each))
        return list(ways), list(accumulate(chances))

    def _ways(self, branch: int, hazard: float) -> list[tuple[int, float]]:
        program = self._program
        ways = range(program.transition_start[branch], program.transition_start[branch + 1])
        weights = [weight(program, self._rates, self._seen, self._day, t) for t in ways]
        if sum(weights) > 0:
            *share, rest = shares(weights, float(self._rates.floor[branch]))
            return [(NONE, hazard * rest), *((t, hazard * chance) for t, chance in zip(ways, share))]
        return [(int(program.fallback[branch]), hazard)]
