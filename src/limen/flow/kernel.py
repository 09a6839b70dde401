"""The engine: takes a program and the numbers of a draw through all days.

numba is imported, and the days compiled or taken from disk, when an engine is made; not before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from limen.flow.check import LARGEST_SEED, check_program, check_rates
from limen.flow.program import NONE, Counts, Discipline, Ints, Program, Rates, Trace
from limen.flow.records import branches_of, cells_of, hazards_of, ways_of, weights_of

if TYPE_CHECKING:
    from limen.flow.days import Law, Numbers, State

PLAIN: tuple[Literal["C", "W", "A"], ...] = ("C", "W", "A")
"""The one layout of arrays for which the days are compiled."""
FAULTS = (
    "",
    "people were lost or found",
    "a cell holds fewer people than none",
    "a gate served more or fewer than it may",
)


class Unsound(RuntimeError):
    """The engine found its own sums wrong: a fault in Limen, never in what it was given. No result is returned."""


class Engine:
    """A program, ready to be simulated. Holds arrays only: it can be pickled, and any number of threads may use it at once."""

    def __init__(self, program: Program) -> None:
        """Checks the program (`FaultyProgram`) and lays out its lines."""
        import limen.flow.days  # noqa: F401  # numba is loaded now, once, not by the first of many threads

        check_program(program)
        self.program = program
        self._law = law_of(program)
        self._widest = max(
            1, int(np.diff(program.branch_start).max()), int(np.diff(program.transition_start).max(initial=0))
        )
        self._longest = int(program.lag.max(initial=1))

    def __reduce__(self) -> tuple[type[Engine], tuple[Program]]:
        return Engine, (self.program,)

    def simulate(self, rates: Rates, seed: int, draw: int) -> Trace:
        """One draw. The same program, rates, seed and draw (each from 0 to 2^32 - 1) give the same counts, on any thread."""
        from limen.flow.days import Tally, simulate_days

        check_rates(self.program, rates)
        if not (0 <= seed <= LARGEST_SEED and 0 <= draw <= LARGEST_SEED):
            raise ValueError(f"seed and draw are from 0 to {LARGEST_SEED:,}, not {seed} and {draw}")
        days, gates = rates.days, len(self.program.discipline)
        state = self._state(rates)
        tally = Tally(
            meters=_zeros(days, self.program.meters),
            stocks=_zeros(days, self.program.stocks),
            waiting=_zeros(days, gates),
            served=_zeros(days, gates),
        )
        stream = np.array([seed, draw, 0, 0, 0, 0, 0, 0], np.uint64)
        everybody = int(rates.initial.sum())
        fault, day = simulate_days(self._law, _numbers(rates), state, tally, stream, everybody)
        final = state.present + state.beyond
        if not fault and final.sum() != everybody:
            fault, day = 1, days
        if fault:
            raise Unsound(f"day {day}: {FAULTS[fault]} (seed {seed}, draw {draw})")
        return Trace(tally.meters, tally.stocks, tally.waiting, tally.served, final)

    def _state(self, rates: Rates) -> State:
        from limen.flow.days import State

        days, cells, slots = rates.days, self.program.cells, len(self._law.slot_cell)
        ring = max(1, min(self._longest, days))
        came = _zeros(days + 2, slots)
        came[0] = rates.initial[self._law.slot_cell]
        return State(
            present=np.array(rates.initial, np.int64),
            due=_zeros(ring, cells),
            due_stock=_zeros(ring, self.program.stocks),
            beyond=_zeros(cells),
            under_way=_zeros(self.program.stocks + 1),
            came=came,
            oldest=_zeros(len(self._law.line_slot) - 1),
            admitted=_zeros(slots),
            seen=np.zeros(len(self.program.signal_start) - 1),
            today=np.zeros(len(rates.rows)),
            chance=np.zeros(self._widest),
            branching=_zeros(self._widest),
            choosing=_zeros(self._widest),
        )


def simulate(program: Program, rates: Rates, seed: int, draw: int) -> Trace:
    """One draw of a program that is simulated once; for many, make an `Engine`."""
    return Engine(program).simulate(rates, seed, draw)


def law_of(program: Program) -> Law:
    """The program as the days read it, with its lines."""
    from limen.flow.days import Law

    gate = program.gate
    ranked = np.zeros(0, bool) if not len(program.discipline) else program.discipline == Discipline.PRIORITY
    rank = np.zeros(program.cells, np.int64)
    gated = np.flatnonzero(gate != NONE)
    rank[gated] = np.where(ranked[gate[gated]], program.priority[gated], 0)
    slot_cell = gated[np.lexsort((gated, rank[gated], gate[gated]))]
    slot = np.full(program.cells, NONE)
    slot[slot_cell] = np.arange(len(slot_cell))
    at, of = gate[slot_cell], rank[slot_cell]
    starts = np.ones(len(slot_cell), bool)
    starts[1:] = (at[1:] != at[:-1]) | (of[1:] != of[:-1])
    line_slot = np.flatnonzero(starts)
    line_gate = at[line_slot]
    ageless = program.discipline[line_gate] == Discipline.LOTTERY
    of_cell = np.zeros(program.cells, np.int32)
    of_cell[slot_cell] = ageless[np.cumsum(starts) - 1]
    return Law(
        cells=cells_of(program, slot, of_cell),
        branches=branches_of(program),
        ways=ways_of(program),
        meter=_ints(program.meter),
        signal_start=_ints(program.signal_start),
        signal_cell=_ints(program.signal_cell),
        inflow_cell=_ints(program.inflow_cell),
        gate_line=_ints(np.searchsorted(line_gate, np.arange(len(program.discipline) + 1))),
        line_slot=_ints(np.append(line_slot, len(slot_cell))),
        ageless=_ints(ageless),
        slot_cell=_ints(slot_cell),
    )


def _numbers(rates: Rates) -> Numbers:
    from limen.flow.days import Numbers

    plain = ("rows", "capacity", "stretch", "stretch_limit", "scale")
    reals = {name: np.require(getattr(rates, name), np.float64, PLAIN) for name in plain}
    inflow = np.require(rates.inflow, np.int64, PLAIN)
    return Numbers(hazards=hazards_of(rates), weights=weights_of(rates), inflow=inflow, **reals)


def _ints(array: npt.ArrayLike) -> Ints:
    return np.require(array, np.int32, PLAIN)


def _zeros(*shape: int) -> Counts:
    return np.zeros(shape, np.int64)
