"""Whether a program and its rates make sense, before a day is simulated: every fault at once, each with the place.

What is odd but has a meaning is no fault; `limen.flow.remarks` lists it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import fields

import numpy as np
import numpy.typing as npt

from limen.flow.program import NONE, OUTSIDE, Discipline, Program, Rates, Response

LARGEST_SEED = 2**32 - 1
MOST_PEOPLE = 2**62
SHOWN = 5
LARGEST = 1e150
SMALLEST_SCALE = 1e-150

Names = Sequence[Hashable]
Mask = npt.NDArray[np.bool_]


class FaultyProgram(ValueError):
    """A program or its rates mean nothing. `faults`: one sentence each."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(self.faults))

    def __reduce__(self) -> tuple[type[FaultyProgram], tuple[list[str]]]:
        return FaultyProgram, (self.faults,)


def check_program(program: Program, names: Names | None = None) -> None:
    """Raises `FaultyProgram` with all that is wrong. `names` of the cells are put into the messages."""
    faults = list(_shapes_of_program(program))
    faults = faults or list(_faults_of_program(program, names))
    if faults:
        raise FaultyProgram(faults)


def check_rates(program: Program, rates: Rates) -> None:
    """Raises `FaultyProgram` with all that is wrong in the rates of a sound program."""
    faults = list(_shapes_of_rates(program, rates))
    faults = faults or list(_faults_of_rates(program, rates))
    if faults:
        raise FaultyProgram(faults)


def _shapes_of_program(program: Program) -> Iterator[str]:
    sizes = {
        "cells": program.cells,
        "branches": len(program.transition_start) - 1,
        "transitions": len(program.target),
        "gates": len(program.discipline),
        "signals": len(program.signal_start) - 1,
    }
    if sizes["cells"] < 1:
        yield "there is no cell, not even OUTSIDE"
        return
    lists = [
        ("branch_start", "cells", program.branch_start, sizes["branches"]),
        ("transition_start", "branches", program.transition_start, sizes["transitions"]),
        ("meter_start", "transitions", program.meter_start, len(program.meter)),
        ("signal_start", "signals", program.signal_start, len(program.signal_cell)),
    ]
    for name, of, start, members in lists:
        if len(start) != sizes[of] + 1 or start[0] != 0 or start[-1] != members or np.any(np.diff(start) < 0):
            yield f"{name} is not a list of where each of {sizes[of]} {of} begins among {members}"
    wanted = {
        "cells": ("gate", "priority", "stock"),
        "branches": ("hazard_rows", "fallback"),
        "transitions": ("target", "lag", "weight_rows", "signal", "response", "transit_stock"),
    }
    for of, names in wanted.items():
        for name in names:
            shape = (sizes[of], 2) if name.endswith("_rows") else (sizes[of],)
            if getattr(program, name).shape != shape:
                yield f"{name} has the shape {getattr(program, name).shape}; {sizes[of]} {of} want {shape}"
    for field in fields(Program):
        value = getattr(program, field.name)
        if isinstance(value, np.ndarray) and not np.issubdtype(value.dtype, np.integer):
            yield f"{field.name} holds {value.dtype}, not whole numbers"
    if program.meters < 0 or program.stocks < 0:
        yield "meters and stocks cannot be fewer than none"


def _faults_of_program(program: Program, names: Names | None) -> Iterator[str]:
    cells, gates, signals = program.cells, len(program.discipline), len(program.signal_start) - 1
    cell_of_branch = np.repeat(np.arange(cells), np.diff(program.branch_start))
    branch_of = np.repeat(np.arange(len(program.fallback)), np.diff(program.transition_start))
    origin = cell_of_branch[branch_of]

    def of_transitions(wrong: Mask, what: str) -> Iterator[str]:
        return _places(wrong, "transition", what, lambda t: f" from {_name(int(origin[t]), names)}")

    def of_cells(wrong: Mask, what: str) -> Iterator[str]:
        return _places(wrong, "cell", what, lambda c: f" {_name(c, names)}" if names else "")

    def of_branches(wrong: Mask, what: str) -> Iterator[str]:
        return _places(wrong, "branch", what, lambda b: f" of {_name(int(cell_of_branch[b]), names)}")

    def of_signals(wrong: Mask, what: str) -> Iterator[str]:
        return _places(wrong, "entry of signal_cell", what, lambda _: "")

    yield from of_transitions(_outside(program.target, 0, cells), "leads to no cell")
    yield from of_transitions(program.lag < 1, "arrives on the day of leaving or before: a lag is at least 1 day")
    yield from of_transitions(_outside(program.signal, NONE, signals), "reads a signal that does not exist")
    yield from of_transitions(_outside(program.response, 0, len(Response)), "has an unknown response")
    yield from of_transitions(
        (program.response != Response.NONE) & (program.signal == NONE), "responds, but reads no signal"
    )
    yield from of_transitions(_outside(program.transit_stock, NONE, program.stocks), "has a stock that does not exist")
    unseen = (program.target == OUTSIDE) & (np.diff(program.meter_start) == 0)
    yield from of_transitions(unseen, "loses people to OUTSIDE and no meter counts them")
    yield from of_transitions(np.any(program.weight_rows < 0, axis=1), "reads a row below 0")
    yield from of_branches(np.any(program.hazard_rows < 0, axis=1), "reads a row below 0")
    first, end = program.transition_start[:-1], program.transition_start[1:]
    astray = (program.fallback != NONE) & ((program.fallback < first) | (program.fallback >= end))
    yield from of_branches(astray, "falls back on a transition that is not its own")
    yield from of_branches(first == end, "has no transition")
    yield from of_cells(_outside(program.gate, NONE, gates), "waits at a gate that does not exist")
    yield from of_cells(_outside(program.stock, NONE, program.stocks), "counts in a stock that does not exist")
    ranked = np.zeros(cells, bool)
    if gates:
        ranked = (program.gate >= 0) & (program.discipline[np.clip(program.gate, 0, gates - 1)] == Discipline.PRIORITY)
    yield from of_cells((program.priority != 0) & ~ranked, "has a priority, but no gate that asks for it")
    yield from of_signals(_outside(program.signal_cell, OUTSIDE + 1, cells), "names no cell, or OUTSIDE")
    yield from _places(
        _outside(program.discipline, 0, len(Discipline)), "gate", "has an unknown discipline", lambda _: ""
    )
    yield from _places(_outside(program.meter, 0, program.meters), "entry of meter", "names no meter", lambda _: "")
    yield from _places(
        _outside(program.inflow_cell, OUTSIDE + 1, cells), "inflow", "adds to no cell, or to OUTSIDE", lambda _: ""
    )
    if program.branch_start[1] or program.gate[OUTSIDE] != NONE or program.stock[OUTSIDE] != NONE:
        yield "OUTSIDE has branches, a gate or a stock: people come from there by inflow only, and it counts minus those who came"


def _shapes_of_rates(program: Program, rates: Rates) -> Iterator[str]:
    if rates.rows.ndim != 2 or not len(rates.rows):
        yield f"rows has the shape {rates.rows.shape}; there must be one row at least, of a number for each day"
        return
    days, gates, signals = rates.days, len(program.discipline), len(program.signal_start) - 1
    branches, transitions = len(program.fallback), len(program.target)
    wanted = {
        "hazard": (branches,),
        "floor": (branches,),
        "weight": (transitions,),
        "sensitivity": (transitions,),
        "capacity": (gates, days),
        "stretch": (gates,),
        "stretch_limit": (gates, days),
        "scale": (signals, days),
        "initial": (program.cells,),
        "inflow": (len(program.inflow_cell), days),
    }
    for name, shape in wanted.items():
        if getattr(rates, name).shape != shape:
            yield f"{name} has the shape {getattr(rates, name).shape}, not {shape}"
    for name in ("initial", "inflow"):
        if not np.issubdtype(getattr(rates, name).dtype, np.integer):
            yield f"{name} holds {getattr(rates, name).dtype}: people are whole numbers"
    rows = max(program.hazard_rows.max(initial=0), program.weight_rows.max(initial=0))
    if rows >= len(rates.rows):
        yield f"the program reads row {rows}, but there are only {len(rates.rows)} rows"


def _faults_of_rates(program: Program, rates: Rates) -> Iterator[str]:
    for name in ("rows", "hazard", "weight", "floor", "sensitivity", "stretch", "scale", "initial", "inflow"):
        values = getattr(rates, name)
        if values.size and not (values.min() >= 0 and values.max() < np.inf):
            yield from _numbers(~((values >= 0) & (values < np.inf)), name, values, "a number from 0 that is finite")
    for name in ("capacity", "stretch_limit"):
        values = getattr(rates, name)
        yield from _numbers(
            ~(values >= 0), name, values, "a number from 0, or infinity for a gate that lets everybody pass"
        )
    yield from _numbers(
        rates.scale < SMALLEST_SCALE, "scale", rates.scale, "a number well above 0: people are divided by it"
    )
    yield from _too_large(program, rates)
    if np.any(rates.rows[0] != 1):
        yield "row 0 is not all ones"
    steep = (program.response == Response.RAMP) & ~(rates.sensitivity < 1)
    yield from _numbers(steep, "sensitivity", rates.sensitivity, "below 1 for a ramp, which ends at 1")
    if rates.initial[OUTSIDE] != 0:
        yield "there are people in OUTSIDE before the first day"
    everybody = float(np.abs(rates.initial).sum(dtype=np.float64) + np.abs(rates.inflow).sum(dtype=np.float64))
    if everybody >= MOST_PEOPLE:
        yield f"{everybody:.3g} people are more than can be counted ({MOST_PEOPLE:.3g})"


def _too_large(program: Program, rates: Rates) -> Iterator[str]:
    """Numbers that are finite, but whose product with their rows, or a sum of such, might not be: it has no shares."""
    most = rates.rows.max(axis=1, initial=0)
    for name, values, rows in (
        ("hazard", rates.hazard, program.hazard_rows),
        ("weight", rates.weight, program.weight_rows),
    ):
        with np.errstate(over="ignore"):
            product = values * most[rows[:, 0]] * most[rows[:, 1]]
        yield from _numbers(product > LARGEST, name, product, f"at most {LARGEST:.0e} on every day, times its rows")


def _outside(values: npt.NDArray[np.integer], first: int, end: int) -> Mask:
    return np.asarray((values < first) | (values >= end))


def _name(cell: int, names: Names | None) -> str:
    return f"cell {cell}" if names is None else str(names[cell])


def _places(wrong: Mask, kind: str, what: str, where) -> Iterator[str]:  # type: ignore[no-untyped-def]
    found = np.flatnonzero(wrong)
    for i in found[:SHOWN]:
        yield f"{kind} {i}{where(int(i))} {what}"
    if len(found) > SHOWN:
        yield f"... and {len(found) - SHOWN} more: a {kind} that {what}"


def _numbers(wrong: npt.NDArray[np.bool_], name: str, values: npt.NDArray[np.generic], wanted: str) -> Iterator[str]:
    found = np.argwhere(wrong)
    for place in found[:SHOWN]:
        yield f"{name}[{', '.join(map(str, place))}] is {values[tuple(place)]}; it must be {wanted}"
    if len(found) > SHOWN:
        yield f"... and {len(found) - SHOWN} more in {name}; each must be {wanted}"
