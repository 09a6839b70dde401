"""At the gate of a way: let out or stopped, admitted or refused, a claim taken or not."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from limen.flow.program import Discipline
from limen.model.abroad import Abroad
from limen.model.crossing import NEVER, Through
from limen.model.groups import Group, Passage
from limen.model.home import Cells
from limen.model.labels import TRIP, Meter, Stock
from limen.model.plan import Column, Numbers, Plan


@dataclass
class Border:
    """The lines of all groups before the gates, and what follows for whoever is served."""

    plan: Plan
    gates: dict[str, int] = field(default_factory=dict)
    waits: dict[str, int] = field(default_factory=dict)
    shares: Column = field(default_factory=Column)
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
        plan, way = self.plan, passage.way
        branch = plan.builder.branch(line)

        def then(target: int, family: str, share: str, *meters: Meter) -> None:
            transition = plan.builder.transition(branch, target, rows=(plan.row(family, through),), meters=meters)
            self.shares.add(transition, share, group.kind.name, passage.entry is None)

        told = {"state": way.state, "way": way.name}
        out = Meter("departures", way=way.name, mode=mode)
        refused = Meter("refusals", mode=mode, **told)
        back = cells.home if mode == TRIP else cells.determined
        if passage.out:
            then(back, "stopped", "all", Meter("stopped at exit", way=way.name))
        if passage.entry is not None:
            there = abroad.trip(group, cells, way.state) if mode == TRIP else abroad.staying(group.papers, way.state)
            then(there, "admitted", "all", out, Meter("entries", mode=mode, **told))
        if mode == TRIP or through.claim == NEVER:
            then(back, "refused", "all", out, refused)
            return
        first = Meter("first-time applications", state=way.state)
        pending = abroad.pending(group.papers, way.state)
        then(pending, "claim", "asks", out, Meter("claims at the border", **told), first)
        then(back, "unassessed", "asks", out, Meter("turned back unassessed", **told), refused)
        then(back, "refused", "does not ask", out, refused)

    def fill(self, numbers: Numbers) -> None:
        """The numbers of one draw."""
        transitions, (shares, kinds, only_claims) = self.shares.arrays()
        asks = {kind: numbers.values.get("claims at the border", kind) for kind in np.unique(kinds)}
        asking = np.where(only_claims, 1.0, [asks[kind] for kind in kinds])
        numbers.weight[transitions] = np.select([shares == "asks", shares == "does not ask"], [asking, 1 - asking], 1.0)
        for name, gate in self.gates.items():
            carries = self.plan.scenario.world.gates[name]
            numbers.capacity[gate] = carries.persons_a_day
            numbers.stretch[gate] = carries.per_waiting
            numbers.stretch_limit[gate] = carries.up_to
            numbers.scale[self.waits[name]] = max(carries.persons_a_day, 1.0)
