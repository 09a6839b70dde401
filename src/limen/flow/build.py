"""Writing a program down: cells, gates, branches and transitions in any order, then `Builder.build`.

Branches and transitions are numbered as they are written, one at a time or many at once. A program keeps them by cell and by
branch, in the order of writing within each; `Built` says where each went.

>>> builder = Builder()
>>> home, away = builder.cell("home"), builder.cell("away")
>>> leave = builder.branch(home, rows=[builder.row("weekday")])
>>> go = builder.transition(leave, away, lag=2, meters=["departures"])
>>> builder.transitions(builder.branches([away, home]), [home, away], meters=builder.counted(["moves"]))
array([1, 2], dtype=int32)
>>> built = builder.build()
>>> built.program.cells, built.rows, built.meters
(3, ['ones', 'weekday'], ['departures', 'moves'])
>>> built.program.target.tolist(), built.transition_at.tolist()
([2, 2, 1], [0, 2, 1])
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from limen.flow.built import Built, Key
from limen.flow.check import check_program
from limen.flow.packed import ints, inverse, packed, packed_by, starts
from limen.flow.program import NONE, Discipline, Ints, Program, Response

ONES = 0
"""The row of ones."""
NOWHERE_COUNTED = 0
"""The number of the empty set of meters."""

Places = int | npt.ArrayLike
"""One number for all, or one for each."""


class Builder:
    """Takes down what there is; keys are anything that can be hashed, and each is given a number when it is first met."""

    def __init__(self) -> None:
        self._cells: dict[Key, int] = {"OUTSIDE": 0}
        self._gates: dict[Key, int] = {}
        self._rows: dict[Key, int] = {"ones": ONES}
        self._meters: dict[Key, int] = {}
        self._stocks: dict[Key, int] = {}
        self._signals: dict[Key, int] = {}
        self._discipline: list[int] = []
        self._members: list[tuple[int, ...]] = []
        self._inflow: dict[int, int] = {}
        self._sets: dict[tuple[int, ...], int] = {(): NOWHERE_COUNTED}
        self._gate, self._priority, self._stock = array("i", [NONE]), array("i", [0]), array("i", [NONE])
        self._branches = {name: array("i") for name in ("cell", "row", "second_row", "fallback")}
        self._transitions = {
            name: array("i")
            for name in
            ("branch", "target", "lag", "row", "second_row", "signal", "response", "counted", "transit_stock")
        }  # fmt: skip

    def cell(self, name: Key, *, gate: int | None = None, priority: int = 0, stock: Key = None) -> int:
        """A new cell. `stock`: the key under which its people are counted, None for none."""
        number = _new(self._cells, name, "cell")
        self._gate.append(NONE if gate is None else gate)
        self._priority.append(priority)
        self._stock.append(self._optional_stock(stock))
        return number

    def gate(self, name: Key, discipline: Discipline = Discipline.FIFO) -> int:
        """A new gate."""
        self._discipline.append(int(discipline))
        return _new(self._gates, name, "gate")

    def row(self, key: Key) -> int:
        """The number of the row of this key, given when it is first asked for."""
        return self._rows.setdefault(key, len(self._rows))

    def meter(self, key: Key) -> int:
        """The number of a meter, given when it is first asked for."""
        return self._meters.setdefault(key, len(self._meters))

    def stock(self, key: Key) -> int:
        """The number of a stock, given when it is first asked for."""
        return self._stocks.setdefault(key, len(self._stocks))

    def signal(self, key: Key, cells: Iterable[int]) -> int:
        """A new signal: the people of these cells."""
        self._members.append(tuple(cells))
        return _new(self._signals, key, "signal")

    def inflow(self, cell: int) -> int:
        """The number of the inflow to a cell: its row in `Rates.inflow`."""
        return self._inflow.setdefault(cell, len(self._inflow))

    def counted(self, meters: Iterable[Key]) -> int:
        """The number of a set of meters, for `transitions`."""
        return self._sets.setdefault(tuple([self.meter(key) for key in meters]), len(self._sets))

    def branch(self, cell: int, rows: Sequence[int] = ()) -> int:
        """A new branch of a cell, with at most two rows."""
        row, second = _two(rows)
        for column, value in zip(self._branches.values(), (cell, row, second, NONE), strict=True):
            column.append(value)
        return len(self._branches["cell"]) - 1

    def branches(self, cells: npt.ArrayLike, row: Places = ONES, second_row: Places = ONES) -> Ints:
        """New branches, one for each of these cells (which may come more than once)."""
        return _written(self._branches, len(np.atleast_1d(cells)), (cells, row, second_row, NONE))

    def transition(
        self,
        branch: int,
        target: int,
        *,
        lag: int = 1,
        rows: Sequence[int] = (),
        signal: int | None = None,
        response: Response = Response.NONE,
        meters: Iterable[Key] = (),
        transit_stock: Key = None,
        fallback: bool = False,
    ) -> int:
        """A new transition of a branch. `fallback`: it takes the branch as a whole where all weights are 0."""
        values = (
            branch, target, lag, *_two(rows), NONE if signal is None else signal, int(response), self.counted(meters),
            self._optional_stock(transit_stock),
        )  # fmt: skip
        for column, value in zip(self._transitions.values(), values, strict=True):
            column.append(value)
        number = len(self._transitions["branch"]) - 1
        if fallback:
            self._falls_back(np.array([branch]), np.array([number]))
        return number

    def transitions(
        self,
        branches: npt.ArrayLike,
        targets: Places,
        *,
        lag: Places = 1,
        row: Places = ONES,
        second_row: Places = ONES,
        signal: Places = NONE,
        response: Places = Response.NONE,
        meters: Places = NOWHERE_COUNTED,
        transit_stock: Places = NONE,
        fallback: bool = False,
    ) -> Ints:
        """New transitions, one for each of these branches (which may come more than once).

        What differs is an array; `meters` are numbers from `counted`, `transit_stock` those from `stock`.
        """
        count = len(np.atleast_1d(branches))
        values = (branches, targets, lag, row, second_row, signal, response, meters, transit_stock)
        numbers = _written(self._transitions, count, values)
        if fallback:
            self._falls_back(np.asarray(branches), numbers)
        return numbers

    def _falls_back(self, branches: npt.NDArray[np.integer], transitions: npt.NDArray[np.integer]) -> None:
        fallback = self._branches["fallback"]
        for branch, transition in zip(branches.tolist(), transitions.tolist(), strict=True):
            if fallback[branch] != NONE:
                raise ValueError(f"branch {branch} has two fallbacks")
            fallback[branch] = transition

    def build(self) -> Built:
        """The program in compressed rows, checked."""
        written = {name: ints(column) for name, column in self._branches.items()}
        cell_of_branch, fallback = written["cell"], written["fallback"].copy()
        branches = np.argsort(cell_of_branch, kind="stable")
        branch_at = inverse(branches)
        hazard_rows = np.stack([written["row"], written["second_row"]], axis=1)[branches]
        written = {name: ints(column) for name, column in self._transitions.items()}
        branch_of = branch_at[written["branch"]]
        transitions = np.argsort(branch_of, kind="stable")
        transition_at = inverse(transitions)
        fallback[fallback != NONE] = transition_at[fallback[fallback != NONE]]
        laid = {name: column[transitions] for name, column in written.items()}
        meter_start, meter = packed_by(list(self._sets), laid["counted"])
        signal_start, signal_cell = packed(self._members)
        program = Program(
            branch_start=starts(cell_of_branch, len(self._cells)),
            transition_start=starts(branch_of, len(branches)),
            target=laid["target"],
            lag=laid["lag"],
            hazard_rows=hazard_rows,
            weight_rows=np.stack([laid["row"], laid["second_row"]], axis=1),
            fallback=fallback[branches],
            signal=laid["signal"],
            response=laid["response"],
            meter_start=meter_start,
            meter=meter,
            gate=ints(self._gate),
            discipline=ints(self._discipline),
            priority=ints(self._priority),
            signal_start=signal_start,
            signal_cell=signal_cell,
            stock=ints(self._stock),
            transit_stock=laid["transit_stock"],
            inflow_cell=ints(list(self._inflow)),
            meters=len(self._meters),
            stocks=len(self._stocks),
        )
        check_program(program, list(self._cells))
        return Built(
            program=program,
            cells=list(self._cells),
            gates=list(self._gates),
            rows=list(self._rows),
            meters=list(self._meters),
            stocks=list(self._stocks),
            signals=list(self._signals),
            branch_at=branch_at,
            transition_at=transition_at,
        )

    def _optional_stock(self, key: Key) -> int:
        return NONE if key is None else self.stock(key)


def _new(numbers: dict[Key, int], key: Key, kind: str) -> int:
    if key in numbers:
        raise ValueError(f"there are two {kind}s named {key!r}")
    return numbers.setdefault(key, len(numbers))


def _two(rows: Sequence[int]) -> tuple[int, int]:
    if len(rows) > 2:
        raise ValueError(f"at most two rows, not {len(rows)}: what changes together is one row")
    first, second = (*rows, ONES, ONES)[:2]
    return first, second


def _written(columns: dict[str, array[int]], count: int, values: Sequence[Places]) -> Ints:
    """Adds so many values to each column, and returns the numbers of what they make up."""
    first = len(next(iter(columns.values())))
    for column, value in zip(columns.values(), values, strict=True):
        column.frombytes(np.broadcast_to(np.asarray(value, np.int32), count).tobytes())
    return np.arange(first, first + count, dtype=np.int32)
