"""The law of `days` once more, to be read: NumPy's own samplers, no trick. It is the law, not the engine: tests compare both.

A line is a list of (day of coming, counts of its cells). Nothing is fast and everything is said once.
"""

from __future__ import annotations

import numpy as np

from limen.flow.program import NONE, OUTSIDE, Counts, Discipline, Program, Rates, Response, Trace

NEARLY = 1.0 - 1e-9
BEFORE = -1
"""The day of coming of those who wait before the first day."""


def simulate(program: Program, rates: Rates, chance: np.random.Generator) -> Trace:
    """One draw."""
    gates = range(len(program.discipline))
    present = rates.initial.astype(np.int64)
    due: list[tuple[int, int, int, int]] = []  # day, target, stock, people
    came = {BEFORE: np.where(program.gate != NONE, present, 0)}
    meters = np.zeros((rates.days, program.meters), np.int64)
    stocks = np.zeros((rates.days, program.stocks), np.int64)
    waiting = np.zeros((rates.days, len(gates)), np.int64)
    served = np.zeros((rates.days, len(gates)), np.int64)

    def arrive(day: int, cell: int, people: int) -> None:
        present[cell] += people
        if program.gate[cell] != NONE:
            came.setdefault(day, np.zeros(program.cells, np.int64))[cell] += people

    for day in range(rates.days):
        seen = signals(program, rates, present, day)
        for i, cell in enumerate(program.inflow_cell):
            present[OUTSIDE] -= rates.inflow[i, day]
            arrive(day, int(cell), int(rates.inflow[i, day]))
        leaving = np.where(program.gate == NONE, present, 0)
        for g in gates:
            line = program.gate == g
            waiting[day, g] = present[line].sum()
            places = room(rates, g, day, int(waiting[day, g]))
            admitted = admit(program, g, came, places, chance)
            served[day, g] = admitted.sum()
            leaving += admitted
        for cell in np.flatnonzero(leaving[OUTSIDE + 1 :]) + OUTSIDE + 1:
            stay = int(leaving[cell])
            for t, people in split(program, rates, seen, day, int(cell), stay, chance):
                stay -= people
                present[cell] -= people
                due.append((day + int(program.lag[t]), int(program.target[t]), int(program.transit_stock[t]), people))
                for m in program.meter[program.meter_start[t] : program.meter_start[t + 1]]:
                    meters[day, m] += people
            if program.gate[cell] != NONE and stay:
                came.setdefault(day + 1, np.zeros(program.cells, np.int64))[cell] += stay
        for there, target, _, people in due:
            if there == day + 1:
                arrive(there, target, people)
        due = [one for one in due if one[0] > day + 1]
        for cell in np.flatnonzero(program.stock != NONE):
            stocks[day, program.stock[cell]] += present[cell]
        for _, _, stock, people in due:
            if stock != NONE:
                stocks[day, stock] += people
    for _, target, _, people in due:
        present[target] += people
    return Trace(meters, stocks, waiting, served, present)


def signals(program: Program, rates: Rates, present: Counts, day: int) -> list[float]:
    """The signals' values of a day, from the counts at the end of the day before."""
    starts = zip(program.signal_start, program.signal_start[1:])
    return [float(present[program.signal_cell[a:b]].sum() / rates.scale[s, day]) for s, (a, b) in enumerate(starts)]


def room(rates: Rates, gate: int, day: int, waiting: int) -> int:
    """How many a gate admits at most."""
    capacity, limit = rates.capacity[gate, day], rates.stretch_limit[gate, day]
    most = min(capacity + rates.stretch[gate] * waiting, max(capacity, limit))
    return waiting if most >= waiting else int(most)


def admit(program: Program, gate: int, came: dict[int, Counts], places: int, chance: np.random.Generator) -> Counts:
    """Takes out of the line whom a gate serves; returns their numbers by cell."""
    discipline, line = program.discipline[gate], np.flatnonzero(program.gate == gate)
    classes = np.unique(program.priority[line]) if discipline == Discipline.PRIORITY else [None]
    admitted = np.zeros(program.cells, np.int64)
    for rank in classes:
        cells = line if rank is None else line[program.priority[line] == rank]
        days = sorted(came)
        cohorts = [days] if discipline == Discipline.LOTTERY else [[day] for day in days]
        for cohort in cohorts:
            counts = np.array([came[day][cells] for day in cohort])
            taken = counts.sum()
            if taken > places:
                taken = places
                lot = chance.multivariate_hypergeometric(counts.ravel(), places)
                counts = lot.reshape(counts.shape)
            for day, some in zip(cohort, counts):
                came[day][cells] -= some
                admitted[cells] += some
            places -= int(taken)
    return admitted


def split(
    program: Program, rates: Rates, seen: list[float], day: int, cell: int, people: int, chance: np.random.Generator
) -> list[tuple[int, int]]:
    """The transitions that people of a cell take on a day, and how many each."""
    branches = range(program.branch_start[cell], program.branch_start[cell + 1])
    hazards = [rates.hazard[b] * rates.rows[program.hazard_rows[b], day].prod() for b in branches]
    found = []
    for b, moving in zip(branches, chance.multinomial(people, shares(hazards, 1.0))):
        ways = range(program.transition_start[b], program.transition_start[b + 1])
        weights = [weight(program, rates, seen, day, t) for t in ways]
        if sum(weights) > 0:
            found += list(zip(ways, chance.multinomial(moving, shares(weights, rates.floor[b]))))
        elif program.fallback[b] != NONE:
            found.append((int(program.fallback[b]), moving))
    return [(t, int(k)) for t, k in found if k]


def weight(program: Program, rates: Rates, seen: list[float], day: int, t: int) -> float:
    """A transition's weight on a day."""
    found = float(rates.weight[t] * rates.rows[program.weight_rows[t], day].prod())
    if program.response[t] == Response.EXPONENTIAL:
        found *= float(np.exp(-rates.sensitivity[t] * seen[program.signal[t]]))
    elif program.response[t] == Response.EXCESS:
        found *= float(np.exp(-rates.sensitivity[t] * max(0.0, seen[program.signal[t]] - 1)))
    elif program.response[t] == Response.RAMP:
        found *= float(np.clip((1 - seen[program.signal[t]]) / (1 - rates.sensitivity[t]), 0, 1))
    return found


def shares(weights: list[float], whole: float) -> list[float]:
    """The chance of each outcome, and last that of none."""
    total = sum(weights)
    if total >= whole * NEARLY:
        return [*(w / (total or 1.0) for w in weights), 0.0 if total else 1.0]
    return [*(w / whole for w in weights), 1 - total / whole]
