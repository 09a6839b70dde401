"""Writing a program down: cells, gates, branches and transitions in any order, then `Builder.build`.

Branches and transitions are numbered as they are written. A program keeps them by cell and by branch; `Built` says where each
went.

>>> builder = Builder()
>>> home, away = builder.cell("home"), builder.cell("away")
>>> leave = builder.branch(home, rows=[builder.row("weekday")])
>>> go = builder.transition(leave, away, lag=2, meters=["departures"])
>>> built = builder.build()
>>> built.program.cells, built.rows, built.meters
(3, ['ones', 'weekday'], ['departures'])
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from limen.flow.check import check_program
from limen.flow.program import NONE, Counts, Discipline, Ints, Program, Reals, Response

Key = Hashable
ONES = 0
"""The row of ones."""


@dataclass(frozen=True, slots=True)
class Built:
    """A program, and what its numbers mean: the key of each cell, gate, row, meter, stock and signal by its number.

    `branch_at`, `transition_at`: where the i-th branch or transition that was written stands in the program; so
    `rates.hazard = built.by_branch(mine)` where `mine` is in the order of writing.
    """

    program: Program
    cells: list[Key]
    gates: list[Key]
    rows: list[Key]
    meters: list[Key]
    stocks: list[Key]
    signals: list[Key]
    branch_at: Ints
    transition_at: Ints

    def by_branch(self, values: npt.ArrayLike) -> Reals:
        """Numbers of branches in the order of writing, in the order of the program."""
        return _moved(values, self.branch_at)

    def by_transition(self, values: npt.ArrayLike) -> Reals:
        """Numbers of transitions in the order of writing, in the order of the program."""
        return _moved(values, self.transition_at)

    def initial(self, people: dict[Key, int]) -> Counts:
        """`Rates.initial`, of people by the key of their cell."""
        number = {key: i for i, key in enumerate(self.cells)}
        counts = np.zeros(len(self.cells), np.int64)
        for key, count in people.items():
            counts[number[key]] = count
        return counts


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
        self._gate, self._priority, self._stock = [NONE], [0], [NONE]
        self._cell_of_branch: list[int] = []
        self._hazard_rows: list[tuple[int, int]] = []
        self._fallback: list[int] = []
        self._branch_of: list[int] = []
        self._weight_rows: list[tuple[int, int]] = []
        self._target: list[int] = []
        self._lag: list[int] = []
        self._signal: list[int] = []
        self._response: list[int] = []
        self._counted: list[tuple[int, ...]] = []
        self._transit_stock: list[int] = []

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

    def branch(self, cell: int, rows: Sequence[int] = ()) -> int:
        """A new branch of a cell, with at most two rows."""
        self._cell_of_branch.append(cell)
        self._hazard_rows.append(_two(rows))
        self._fallback.append(NONE)
        return len(self._fallback) - 1

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
        number = len(self._target)
        self._branch_of.append(branch)
        self._target.append(target)
        self._lag.append(lag)
        self._weight_rows.append(_two(rows))
        self._signal.append(NONE if signal is None else signal)
        self._response.append(int(response))
        self._counted.append(tuple([self.meter(key) for key in meters]))
        self._transit_stock.append(self._optional_stock(transit_stock))
        if fallback:
            if self._fallback[branch] != NONE:
                raise ValueError(f"branch {branch} has two fallbacks")
            self._fallback[branch] = number
        return number

    def build(self) -> Built:
        """The program in compressed rows, checked."""
        cell_of_branch, branch_of = _ints(self._cell_of_branch), _ints(self._branch_of)
        branches = np.argsort(cell_of_branch, kind="stable")
        branch_at = _inverse(branches)
        transitions = np.argsort(branch_at[branch_of], kind="stable")
        transition_at = _inverse(transitions)
        fallback = _ints(self._fallback)
        fallback[fallback != NONE] = transition_at[fallback[fallback != NONE]]
        meter_start, meter = _rows([self._counted[t] for t in transitions.tolist()])
        signal_start, signal_cell = _rows(self._members)
        program = Program(
            branch_start=_starts(cell_of_branch, len(self._cells)),
            transition_start=_starts(branch_at[branch_of], len(branches)),
            target=_ints(self._target)[transitions],
            lag=_ints(self._lag)[transitions],
            hazard_rows=_ints(self._hazard_rows).reshape(-1, 2)[branches],
            weight_rows=_ints(self._weight_rows).reshape(-1, 2)[transitions],
            fallback=fallback[branches],
            signal=_ints(self._signal)[transitions],
            response=_ints(self._response)[transitions],
            meter_start=meter_start,
            meter=meter,
            gate=_ints(self._gate),
            discipline=_ints(self._discipline),
            priority=_ints(self._priority),
            signal_start=signal_start,
            signal_cell=signal_cell,
            stock=_ints(self._stock),
            transit_stock=_ints(self._transit_stock)[transitions],
            inflow_cell=_ints(list(self._inflow)),
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


def _ints(values: Sequence[int] | Sequence[tuple[int, int]]) -> Ints:
    return np.array(values, np.int32)


def _inverse(order: npt.NDArray[np.intp]) -> Ints:
    found = np.empty(len(order), np.int32)
    found[order] = np.arange(len(order), dtype=np.int32)
    return found


def _starts(of: Ints, count: int) -> Ints:
    return np.concatenate(([0], np.cumsum(np.bincount(of, minlength=count)))).astype(np.int32)


def _rows(members: Sequence[tuple[int, ...]]) -> tuple[Ints, Ints]:
    starts = np.cumsum([0, *map(len, members)]).astype(np.int32)
    return starts, _ints([member for some in members for member in some])


def _moved(values: npt.ArrayLike, to: Ints) -> Reals:
    found = np.empty(len(to))
    found[to] = values
    return found
