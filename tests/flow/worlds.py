"""Small worlds: a builder that takes the numbers down together with what they belong to."""

from dataclasses import dataclass

import numpy as np

from limen.flow.build import Builder
from limen.flow.built import Built
from limen.flow.program import Discipline, Program, Rates, Response


@dataclass(frozen=True)
class World:
    built: Built
    rates: Rates

    @property
    def program(self) -> Program:
        return self.built.program


class Sketch:
    """What a Builder builds, with its rates."""

    def __init__(self, days):
        self.days = days
        self.builder = Builder()
        self.people = {}
        self.hazards, self.floors, self.weights, self.sensitivities = [], [], [], []
        self.rooms, self.scales, self.inflows, self.rows = [], [], {}, {}

    def cell(self, name, people=0, **more):
        self.people[name] = people
        return self.builder.cell(name, **more)

    def gate(self, name, capacity, discipline=Discipline.FIFO, stretch=0.0, limit=0.0):
        self.rooms.append((capacity, stretch, limit))
        return self.builder.gate(name, discipline)

    def row(self, name, values):
        self.rows[name] = values
        return self.builder.row(name)

    def signal(self, name, cells, scale=1.0):
        self.scales.append(scale)
        return self.builder.signal(name, cells)

    def inflow(self, cell, people):
        self.inflows[self.builder.inflow(cell)] = people

    def branch(self, cell, hazard, floor=0.0, rows=()):
        self.hazards.append(hazard)
        self.floors.append(floor)
        return self.builder.branch(cell, rows)

    def way(self, branch, target, weight=1.0, sensitivity=0.0, **more):
        self.weights.append(weight)
        self.sensitivities.append(sensitivity)
        return self.builder.transition(branch, target, **more)

    def world(self):
        built, days = self.builder.build(), self.days
        rows = {"ones": np.ones(days)} | {key: np.array(values, float) for key, values in self.rows.items()}

        def by_day(values):
            return np.array([np.broadcast_to(np.asarray(value, float), days) for value in values]).reshape(-1, days)

        inflow = [np.broadcast_to(self.inflows[i], days) for i in sorted(self.inflows)]
        rates = Rates(
            rows=np.stack([rows[key] for key in built.rows]),
            hazard=built.by_branch(self.hazards),
            weight=built.by_transition(self.weights),
            floor=built.by_branch(self.floors),
            sensitivity=built.by_transition(self.sensitivities),
            capacity=by_day([capacity for capacity, _, _ in self.rooms]),
            stretch=np.array([stretch for _, stretch, _ in self.rooms], float),
            stretch_limit=by_day([limit for _, _, limit in self.rooms]),
            scale=by_day(self.scales),
            initial=built.initial(self.people),
            inflow=np.array(inflow, np.int64).reshape(-1, days),
        )
        return World(built, rates)


def town(sketch, copy=0):
    """Two groups of two leave by one of two ways; one leads to a gate that serves one a day, whose line puts off."""
    home = [sketch.cell((copy, "home", g), people=2) for g in range(2)]
    gate = sketch.gate((copy, "gate"), capacity=1.0)
    line = [sketch.cell((copy, "line", g), people=g, gate=gate) for g in range(2)]
    away = sketch.cell((copy, "away"))
    queue = sketch.signal((copy, "queue"), line)
    for g in range(2):
        leave = sketch.branch(home[g], 0.35 + 0.2 * g)
        answer = (Response.EXPONENTIAL, Response.EXCESS)[g]
        sketch.way(leave, line[g], 0.7, sensitivity=0.6, signal=queue, response=answer)
        sketch.way(leave, away, 0.3, lag=2 + g, meters=[(copy, "round the gate")])
        sketch.way(sketch.branch(line[g], 0.5), away, meters=[(copy, "through the gate")])
        sketch.way(sketch.branch(line[g], 0.2), home[g], meters=[(copy, "turned back")])


def port(sketch, copy=0):
    """An office by rank, a boat by lot; a shore that fills; a branch that thins, one that falls back, hazards of more than 1."""
    office = sketch.gate((copy, "office"), 0.9, Discipline.PRIORITY, stretch=0.4, limit=2.0)
    boat = sketch.gate((copy, "boat"), [1.0, 0.0, 1.0], Discipline.LOTTERY)
    first = sketch.cell((copy, "first"), 1, gate=office, priority=1)
    second = sketch.cell((copy, "second"), 2, gate=office, priority=2)
    pier = [sketch.cell((copy, "pier", g), 1, gate=boat) for g in range(2)]
    shore, beyond = sketch.cell((copy, "shore")), sketch.cell((copy, "beyond"))
    full = sketch.signal((copy, "shore"), [shore], scale=3.0)
    for c in (first, second):
        sketch.way(sketch.branch(c, 0.6), pier[0], meters=[(copy, "granted")])
    for g, c in enumerate(pier):
        cross = sketch.branch(c, 1.0, floor=0.8)
        sketch.way(cross, shore, 0.5, sensitivity=0.1, signal=full, response=Response.RAMP)
        sketch.way(cross, beyond, 0.2 * g, lag=2)
    on = sketch.branch(shore, 0.9)
    sketch.way(on, beyond, 0.0)
    sketch.way(on, second, 0.0, fallback=True)
    sketch.way(sketch.branch(shore, 0.6), 0, meters=[(copy, "lost")])
    sketch.way(sketch.branch(beyond, 0.5, rows=[sketch.row("season", [1.0, 0.5, 0.1])]), pier[1])
    sketch.inflow(second, [0, 1, 0])


def copies(plan, days, count):
    """Many worlds of one plan in one program, that have nothing to do with each other."""
    sketch = Sketch(days)
    for copy in range(count):
        plan(sketch, copy)
    return sketch.world()


def outcomes(world, trace):
    """What came of each copy: who is where at last, and what was counted in all."""
    found = {}
    for key, people in zip(world.built.cells[1:], trace.final[1:].tolist()):
        found.setdefault(key[0], []).append(people)
    for key, people in zip(world.built.meters, trace.meters.sum(axis=0).tolist()):
        found[key[0]].append(people)
    return [tuple(found[copy]) for copy in sorted(found)]


def same(one, two):
    """Whether two traces agree to the last byte."""
    return all(
        getattr(one, name).tobytes() == getattr(two, name).tobytes()
        for name in ("meters", "stocks", "waiting", "served", "final")
    )


def region():
    """Six towns of three groups, three gates of three kinds that are all too small, lines that put off: 330 people, 12 days."""
    sketch = Sketch(12)
    towns = [[sketch.cell(("town", p, g), 10 + 5 * g + p, stock=("town", p)) for g in range(3)] for p in range(6)]
    season = sketch.row("season", [1.0, 1.2, 0.8] * 4)
    for n, discipline in enumerate(Discipline):
        gate = sketch.gate(n, 1.5 + n, discipline, stretch=0.05, limit=5.0)
        ranked = discipline == Discipline.PRIORITY
        line = [
            sketch.cell(("line", n, g), gate=gate, priority=g if ranked else 0, stock=("line", n)) for g in range(3)
        ]
        queue = sketch.signal(n, line, scale=20.0)
        for g in range(3):
            for p in (2 * n, 2 * n + 1):
                leave = sketch.branch(towns[p][g], 0.15 + 0.05 * g, rows=[season])
                sketch.way(leave, line[g], 2.0, 1.0, signal=queue, response=Response.EXPONENTIAL, meters=[("to", n)])
                sketch.way(leave, towns[(p + 3) % 6][g], 1.0, lag=1 + g, meters=["round"], transit_stock="on the way")
            sketch.way(sketch.branch(line[g], 0.9), towns[(2 * n + 2) % 6][g], lag=2, meters=[("through", n, g)])
    return sketch.world()


def counted(trace):
    """What a run counted, as one row of numbers."""
    days = [3, 7, 11]
    by_day = [trace.stocks[days].ravel(), trace.waiting[days].ravel()]
    return np.concatenate([*by_day, trace.meters.sum(axis=0), trace.served.sum(axis=0), trace.final])
