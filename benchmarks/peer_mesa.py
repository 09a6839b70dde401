"""The world of the benchmark of flows in Mesa: one agent per person, the usual way of agent-based models.

The same law: yesterday's lines put people off, gates serve the oldest day first, by lot within a day.
"""

from __future__ import annotations

import mesa
import numpy as np

from limen.flow.persons import Choice
from limen.flow.program import NONE, Program, Rates
from limen.flow.reference import BEFORE, room, signals


class Traveller(mesa.Agent):
    """A person in a cell, from `there` on."""

    def __init__(self, model: Flows, cell: int) -> None:
        super().__init__(model)
        self.cell = cell
        self.there = BEFORE

    def step(self) -> None:
        """Moves on, or stands in a line."""
        model = self.model
        if self.there > model.day:
            return
        gate = model.gate[self.cell]
        if gate == NONE:
            self.move()
        else:
            model.lines[gate].append(self)

    def move(self) -> None:
        """Takes one of the ways that lead on, or stays."""
        choice = self.model.choice
        t = choice.of(self.cell, self.model.random)
        if t != NONE:
            self.cell = choice.target[t]
            self.there = self.model.day + choice.lag[t]
            self.model.moves += 1


class Flows(mesa.Model):
    """All of them; a step is a day."""

    def __init__(self, program: Program, rates: Rates, seed: int) -> None:
        super().__init__(rng=seed)
        self.program, self.rates, self.day, self.moves = program, rates, 0, 0
        self.gate = program.gate.tolist()
        for cell in np.repeat(np.arange(program.cells), rates.initial).tolist():
            Traveller(self, cell)

    def step(self) -> None:
        """One day."""
        present = np.zeros(self.program.cells, np.int64)
        for agent in self.agents:
            if agent.there <= self.day:
                present[agent.cell] += 1
        self.choice = Choice(self.program, self.rates, signals(self.program, self.rates, present, self.day), self.day)
        self.lines: list[list[Traveller]] = [[] for _ in self.program.discipline]
        self.agents.shuffle_do("step")
        for gate, line in enumerate(self.lines):
            line.sort(key=lambda agent: agent.there)
            for agent in line[: room(self.rates, gate, self.day, len(line))]:
                agent.move()
        self.day += 1
