"""The world of the benchmark of flows: 100 places, 400 links, 20 groups, 10 gates, a year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from limen.flow.build import Builder
from limen.flow.built import Built
from limen.flow.program import Discipline, Rates, Response

PLACES, LINKS, GROUPS, GATES, DAYS = 100, 400, 20, 10, 365


@dataclass(frozen=True)
class World:
    """A program and its rates, and how many people are in them."""

    built: Built
    rates: Rates
    people: int


def world(people: int, days: int = DAYS) -> World:
    """Everybody leaves now and then by one of four links of a place; ten links lead through a gate that is too small, whose line
    of yesterday puts people off."""
    chance = np.random.default_rng(20220921)
    builder = Builder()
    here = np.array([[builder.cell((p, g), stock=p) for g in range(GROUPS)] for p in range(PLACES)])
    per_place = LINKS // PLACES
    links = [(p, (p + 1 if n == 0 else int(chance.integers(1, PLACES)) + p) % PLACES) for p in range(PLACES)
             for n in range(per_place)]  # fmt: skip
    gated = {int(link): gate for gate, link in enumerate(chance.choice(LINKS, GATES, replace=False))}
    gates = [builder.gate(g, Discipline.FIFO) for g in range(GATES)]
    waits = {
        (link, g): builder.cell(("line", link, g), gate=gates[gate], stock=PLACES + gate)
        for link, gate in gated.items()
        for g in range(GROUPS)
    }
    lines = [builder.signal(gate, [waits[link, g] for g in range(GROUPS)]) for link, gate in gated.items()]
    lag = chance.integers(1, 6, LINKS)
    attraction = chance.gamma(2.0, 1.0, LINKS)
    hazard, weight, sensitivity = [], [], []
    for p in range(PLACES):
        for g in range(GROUPS):
            branch = builder.branch(int(here[p, g]), rows=[builder.row(("group", g % 4)), builder.row("week")])
            hazard.append(0.02 + 0.004 * g)
            for n in range(per_place):
                link = p * per_place + n
                to = waits[link, g] if link in gated else int(here[links[link][1], g])
                builder.transition(branch, to, lag=int(lag[link]), meters=[link],
                                   signal=lines[gated[link]] if link in gated else None,
                                   response=Response.EXPONENTIAL if link in gated else Response.NONE,
                                   transit_stock="on the way")  # fmt: skip
                weight.append(attraction[link])
                sensitivity.append(0.1 if link in gated else 0.0)
    for (link, g), cell in waits.items():
        builder.transition(builder.branch(cell), int(here[links[link][1], g]), meters=[("passed", gated[link])])
        hazard.append(1.0)
        weight.append(1.0)
        sensitivity.append(0.0)
    built = builder.build()
    season = np.arange(days) / DAYS * 2 * np.pi
    rows = {"ones": np.ones(days), "week": np.where(np.arange(days) % 7 < 5, 1.0, 0.7)}
    rows |= {("group", k): 1 + 0.3 * np.sin(season + k) for k in range(4)}
    capacity = people / PLACES * 0.01
    initial = np.zeros(built.program.cells, np.int64)
    shares = chance.dirichlet(np.ones(here.size))
    initial[here.ravel()] = np.random.default_rng(1).multinomial(people, shares)
    size = (GATES, days)
    rates = Rates(
        rows=np.stack([rows[key] for key in built.rows]),
        hazard=built.by_branch(hazard),
        weight=built.by_transition(weight),
        floor=np.zeros(len(hazard)),
        sensitivity=built.by_transition(sensitivity),
        capacity=np.full(size, capacity),
        stretch=np.full(GATES, 0.05),
        stretch_limit=np.full(size, 1.5 * capacity),
        scale=np.full(size, capacity),
        initial=initial,
        inflow=np.zeros((0, days), np.int64),
    )
    return World(built, rates, people)
