"""At the gate of a way: let out or stopped, admitted or refused, a claim taken or not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from limen.flow.program import Discipline
from limen.model.abroad import Abroad, whole_by_day
from limen.model.changes import CARRIES, by_day
from limen.model.crossing import NEVER, Through
from limen.model.groups import Group, Passage
from limen.model.home import Cells
from limen.model.labels import TRIP, Meter, Stock
from limen.model.plan import Column, Numbers, Plan
from limen.world.places import Way


class Counting(NamedTuple):
    """Which meters count whoever is stopped, admitted, refused, heard with a claim, or sent away with one."""

    stopped: tuple[Meter, ...]
    admitted: tuple[Meter, ...]
    refused: tuple[Meter, ...]
    claim: tuple[Meter, ...]
    unassessed: tuple[Meter, ...]


@dataclass
class Border:
    """The lines of all groups before the gates, and what follows for whoever is served."""

    plan: Plan
    gates: dict[str, int] = field(default_factory=dict)
    waits: dict[str, int] = field(default_factory=dict)
    asking: Column = field(default_factory=Column)
    silent: Column = field(default_factory=Column)
    _counted: dict[tuple[str, str, str], Counting] = field(default_factory=dict)
    _lines: dict[str, list[int]] = field(default_factory=dict)

    def open_gates(self) -> None:
        """Makes a gate for every gate of the scenario, and numbers the signals of their lines."""
        for number, name in enumerate(self.plan.scenario.world.gates):
            self.gates[name] = self.plan.builder.gate(name, Discipline.FIFO)
            self.waits[name] = number
            self._lines[name] = []

    def close(self) -> None:
        """Makes the signals, once all lines are laid: how many wait before each gate."""
        for name, number in self.waits.items():
            made = self.plan.builder.signal(name, self._lines[name])
            assert made == number

    def line(self, group: Group, passage: Passage, mode: str) -> int:
        """The cell of those of a group who wait for a way; what follows is laid by `serve`."""
        gate = passage.way.gate
        cell = self.plan.builder.cell(
            f"{mode} by {passage.way.name}: {group.origin}, {group.kind.name}, {group.holding.name}",
            gate=self.gates.get(gate), stock=Stock("on the way", kind=group.kind.name),
        )  # fmt: skip
        if gate in self._lines:
            self._lines[gate].append(cell)
        return cell

    def serve(
        self, line: int, group: Group, cells: Cells, passage: Passage, through: Through, mode: str, abroad: Abroad
    ) -> None:
        """Lays what may happen to whoever reaches the front."""
        plan, way, kind = self.plan, passage.way, group.kind.name
        transition, branch = plan.builder.transition, plan.builder.branch(line)
        count = self._counting(way, mode, kind)
        back = cells.home if mode == TRIP else cells.determined
        if passage.out:
            transition(branch, back, rows=(plan.row("stopped", through),), meters=count.stopped)
        if passage.entry is not None:
            there = abroad.trip(group, cells, way.state) if mode == TRIP else abroad.staying(group.papers, way.state)
            transition(branch, there, rows=(plan.row("admitted", through),), meters=count.admitted)
        refused = transition(branch, back, rows=(plan.row("refused", through),), meters=count.refused)
        if mode == TRIP or through.claim == NEVER:
            return
        only = passage.entry is None
        self.silent.add(refused, kind, only)
        pending = abroad.pending(group.papers, way.state)
        self.asking.add(transition(branch, pending, rows=(plan.row("claim", through),), meters=count.claim), kind, only)
        sent = transition(branch, back, rows=(plan.row("unassessed", through),), meters=count.unassessed)
        self.asking.add(sent, kind, only)

    def _counting(self, way: Way, mode: str, kind: str) -> Counting:
        """The meters of a way and kind of people, by what happens at the front of its line."""
        if (way.name, mode, kind) not in self._counted:
            told = {"state": way.state, "way": way.name}
            out = Meter("departures", way=way.name, mode=mode)
            refused = Meter("refusals", mode=mode, **told)
            first = Meter("first-time applications", state=way.state)
            self._counted[way.name, mode, kind] = Counting(
                stopped=(Meter("stopped at exit", way=way.name),),
                admitted=(out, Meter("entries", mode=mode, **told)),
                refused=(out, refused),
                claim=(out, Meter("claims at the border", **told), first),
                unassessed=(
                    out,
                    Meter("turned back unassessed", **told),
                    refused,
                    Meter("turned back unassessed", kind=kind),
                ),
            )
        return self._counted[way.name, mode, kind]

    def fill(self, numbers: Numbers) -> None:
        """The numbers of one draw."""
        for column, silent in ((self.asking, False), (self.silent, True)):
            if not column.ids:
                continue
            asking = column.each(
                lambda kind, only: 1.0 if only else numbers.values.get("claims at the border", kind), 0, 1
            )
            numbers.weight[column.ids] = 1 - asking if silent else asking
        for name, gate in self.gates.items():
            carries = self.plan.scenario.world.gates[name]
            carried = carries.persons_a_day
            a_day = by_day(self.plan.scenario, numbers.values, CARRIES, name, carried, numbers.days)
            more = max(carries.up_to - carried, 0.0) * (a_day / carried if carried else 1.0)
            numbers.capacity[gate] = whole_by_day(a_day)
            numbers.stretch[gate] = carries.per_waiting
            numbers.stretch_limit[gate] = numbers.capacity[gate] + whole_by_day(np.zeros(numbers.days) + more)
            numbers.scale[self.waits[name]] = np.maximum(a_day, 1.0)
