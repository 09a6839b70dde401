"""At the gate of a way: let out or stopped, admitted or refused, a claim taken or not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from limen.flow.program import NONE, Discipline
from limen.model.abroad import Abroad, whole_by_day
from limen.model.changes import CARRIES, by_day
from limen.model.crossing import NEVER, Through
from limen.model.groups import Group, Passage
from limen.model.home import Cells
from limen.model.labels import TRIP, Meter, Stock
from limen.model.plan import Column, Numbers, Plan
from limen.world.places import Way


class Front(NamedTuple):
    """What may happen to whoever reaches the front of a line: by outcome, its row (NONE: it cannot be) and who counts it.

    `tag`: the kind of people, and whether a request for protection is all that they can bring.
    """

    rows: tuple[int, ...]
    counted: tuple[int, ...]
    tag: tuple[str, bool]


class Beyond(NamedTuple):
    """What lies behind a passage for a group: the cells of whoever is admitted, and of whoever is heard (NONE: not there)."""

    abroad: Abroad
    group: Group
    cells: Cells
    passage: Passage
    mode: str
    heard: bool

    def there(self) -> int:
        """The cell of those admitted."""
        if self.passage.entry is None:
            return NONE
        state = self.passage.way.state
        if self.mode == TRIP:
            return self.abroad.trip(self.group, self.cells, state)
        return self.abroad.staying(self.group.papers, state)

    def pending(self) -> int:
        """The cell of those whose request for protection is taken."""
        if self.mode == TRIP or not self.heard:
            return NONE
        return self.abroad.pending(self.group.papers, self.passage.way.state)


OUTCOMES = ("stopped", "admitted", "refused", "claim", "unassessed")
"""In the order in which they are laid."""


class Counting(NamedTuple):
    """Which meters count whoever is stopped, admitted, refused, heard with a claim, or sent away with one."""

    stopped: tuple[Meter, ...]
    admitted: tuple[Meter, ...]
    refused: tuple[Meter, ...]
    claim: tuple[Meter, ...]
    unassessed: tuple[Meter, ...]


@dataclass
class Border:
    """The lines of all groups before the gates, and what follows for whoever is served.

    Lines are noted group by group; what follows is laid once all are known, so that it can be laid as arrays.
    """

    plan: Plan
    gates: dict[str, int] = field(default_factory=dict)
    waits: dict[str, int] = field(default_factory=dict)
    asking: Column = field(default_factory=Column)
    silent: Column = field(default_factory=Column)
    _sets: dict[tuple[str, str, str, str], int] = field(default_factory=dict)
    _fronts: dict[Passage, tuple[int, Front]] = field(default_factory=dict)
    _served: list[tuple[int, int, int, int, int]] = field(default_factory=list)
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
        """The cell of those of a group who wait for a way; what follows is noted by `serve`."""
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
        """Notes what may happen to whoever reaches the front; `lay` lays it."""
        beyond = Beyond(abroad, group, cells, passage, mode, through.claim != NEVER)
        known = self._fronts.get(passage)
        if known is None:
            known = self._fronts[passage] = len(self._fronts), self._front(passage, through, mode, beyond)
        back = cells.home if mode == TRIP else cells.determined
        self._served.append((line, known[0], back, beyond.there(), beyond.pending()))

    def _front(self, passage: Passage, through: Through, mode: str, beyond: Beyond) -> Front:
        """The rows and meters of a passage. Numbers are given as things are first met: cells beyond are made on the way."""
        kind = beyond.group.kind.name
        rows, counted = dict.fromkeys(OUTCOMES, NONE), dict.fromkeys(OUTCOMES, 0)

        def met(outcome: str) -> None:
            rows[outcome] = self.plan.row(outcome, through)
            key = outcome, passage.way.name, mode, kind
            if key not in self._sets:
                self._sets[key] = self.plan.builder.counted(getattr(self._counting(passage.way, mode, kind), outcome))
            counted[outcome] = self._sets[key]

        if passage.out:
            met("stopped")
        if beyond.there() != NONE:
            met("admitted")
        met("refused")
        if beyond.pending() != NONE:
            met("claim")
            met("unassessed")
        return Front(tuple(rows.values()), tuple(counted.values()), (kind, passage.entry is None))

    def lay(self) -> None:
        """Lays what was noted, for all lines at once."""
        line, number, back, there, pending = np.array(self._served, dtype=np.int32).reshape(-1, 5).T
        fronts = [front for _, front in self._fronts.values()]
        rows = np.array([front.rows for front in fronts], dtype=np.int32).reshape(-1, len(OUTCOMES))[number]
        counted = np.array([front.counted for front in fronts], dtype=np.int32).reshape(-1, len(OUTCOMES))[number]
        branches = self.plan.builder.branches(line)
        for place, outcome in enumerate(OUTCOMES):
            may = rows[:, place] != NONE
            target = there if outcome == "admitted" else pending if outcome == "claim" else back
            laid = self.plan.builder.transitions(
                branches[may], target[may], row=rows[may, place], meters=counted[may, place]
            )
            if outcome in ("claim", "unassessed"):
                self.asking.extend(laid, [fronts[one].tag for one in number[may].tolist()])
            if outcome == "refused":
                asks = pending[may] != NONE
                self.silent.extend(laid[asks], [fronts[one].tag for one in number[may][asks].tolist()])

    def _counting(self, way: Way, mode: str, kind: str) -> Counting:
        """The meters of a way and kind of people, by what happens at the front of its line."""
        told = {"state": way.state, "way": way.name}
        out = Meter("departures", way=way.name, mode=mode)
        refused = Meter("refusals", mode=mode, **told)
        first = Meter("first-time applications", state=way.state)
        return Counting(
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
