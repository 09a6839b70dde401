"""What is simulated: cells, their transitions and gates (`Program`), and the numbers of one draw (`Rates`).

People in the same situation are exchangeable, so a *cell* holds only how many they are. Every day each cell's people split over
its *branches*, and those of a branch over its *transitions*; who stands before a *gate* first waits to be admitted. The counts
are then a Markov chain with the law of the person-by-person model (strong lumpability; Kemeny & Snell 1960, ch. 6).

A program fixes which cells, transitions, gates, meters and signals there are; it is the same under every policy and parameter.
Rates hold what policies and parameters change.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Counts = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]

OUTSIDE = 0
"""The cell from which people are added and into which nobody may be lost unseen: it holds minus those who came."""

NONE = -1


class Discipline(IntEnum):
    """Whom a gate admits first among those who wait.

    FIFO: oldest day first, a lottery only among those who came on the marginal day. LOTTERY: a lottery over the whole line.
    PRIORITY: cells of a lower priority number first, within one number oldest day first as in FIFO.
    """

    FIFO = 0
    LOTTERY = 1
    PRIORITY = 2


class Response(IntEnum):
    """How a transition's weight answers to yesterday's value x of its signal, with sensitivity b.

    NONE: 1. EXPONENTIAL: exp(-b x). RAMP: 1 for x <= b, 0 for x >= 1, straight in between (b < 1).
    EXCESS: exp(-b (x - 1)) for x > 1, else 1: only what is beyond one measure counts (in a line, what one day does not serve).
    """

    NONE = 0
    EXPONENTIAL = 1
    RAMP = 2
    EXCESS = 3


@dataclass(frozen=True, slots=True)
class Program:
    """The fixed part of a simulation. Lists of lists are in compressed rows: `x_start[i]:x_start[i + 1]` are those of i.

    With C cells, B branches, T transitions, G gates, S signals:

    - `branch_start` (C + 1), `transition_start` (B + 1).
    - `target` (T): the cell that is reached; `lag` (T): after how many days, at least 1: who moves on day d may act there from
      day d + lag on, is counted there from the end of day d + lag - 1 on, and stands in a line there as come on day d + lag.
    - `hazard_rows` (B, 2), `weight_rows` (T, 2): rows of `Rates.rows` whose product with the base gives the day's number.
    - `fallback` (B): the transition that a branch takes as a whole where all its weights are 0 that day; NONE: nobody moves.
    - `signal` (T), `response` (T): the signal that a transition's weight reads, NONE for none, and how.
    - `meter_start` (T + 1), `meter`: the meters that count who takes a transition, on the day of leaving the cell.
    - `gate` (C): the gate before which a cell's people wait, NONE for a cell that anybody may leave.
      In a gated cell hazards are shares of those admitted: where they sum to less than 1, the rest of the admitted stay and wait
      anew, as come tomorrow. People from before the first day count as come on one day, the oldest.
    - `discipline` (G); `priority` (C): of a cell at a gate of that discipline, 0 elsewhere.
    - `signal_start` (S + 1), `signal_cell`: the cells whose people a signal adds up.
    - `stock` (C): under which stock a cell's people are counted at the end of the day, NONE for none. People in transit count
      in `transit_stock` (T) of the transition they took, NONE for none; with a lag of 1 nobody is in transit at the end of a day.
    - `inflow_cell` (K): cells to which `Rates.inflow` adds people from OUTSIDE. A transition to OUTSIDE needs a meter.
    - `meters`, `stocks`: how many there are of each.
    """

    branch_start: Ints
    transition_start: Ints
    target: Ints
    lag: Ints
    hazard_rows: Ints
    weight_rows: Ints
    fallback: Ints
    signal: Ints
    response: Ints
    meter_start: Ints
    meter: Ints
    gate: Ints
    discipline: Ints
    priority: Ints
    signal_start: Ints
    signal_cell: Ints
    stock: Ints
    transit_stock: Ints
    inflow_cell: Ints
    meters: int
    stocks: int

    @property
    def cells(self) -> int:
        """How many cells there are, OUTSIDE included."""
        return len(self.branch_start) - 1


@dataclass(frozen=True, slots=True)
class Rates:
    """The numbers of one draw over D days.

    - `rows` (R, D), row 0 all ones: what changes with the day, shared by branches and transitions.
    - `hazard` (B): the chance a day of taking branch b is hazard[b] * rows[i, d] * rows[j, d]; those of a cell sum to at most 1
      (above it by rounding only; where they exceed 1 they are scaled down to 1).
    - `weight` (T): likewise, times the response to the signal. Within a branch a transition takes the share
      weight / max(sum of weights, floor) of it; who is left over by the floor does not move.
    - `floor` (B): 0 for shares that always sum to 1. A floor is the weight of "nowhere" (an outside option): as ways close, the
      branch thins instead of crowding what is left.
    - `sensitivity` (T): b of the response.
    - `capacity` (G, D): people admitted a day; infinity for a gate that lets everybody pass. `stretch` (G): further people a day
      per person who waits, up to `stretch_limit` (G, D) in all:
      admitted <= floor(min(capacity + stretch * waiting, max(capacity, stretch_limit))).
    - `scale` (S, D): a signal is the number of people in its cells at the end of yesterday divided by this.
    - `initial` (C): people in each cell before the first day (OUTSIDE: 0).
    - `inflow` (K, D): people added from OUTSIDE at the start of each day.
    """

    rows: Reals
    hazard: Reals
    weight: Reals
    floor: Reals
    sensitivity: Reals
    capacity: Reals
    stretch: Reals
    stretch_limit: Reals
    scale: Reals
    initial: Counts
    inflow: Counts

    @property
    def days(self) -> int:
        """How many days there are."""
        return int(self.rows.shape[1])


@dataclass(frozen=True, slots=True)
class Trace:
    """What one draw counted.

    `meters` (D, meters) each day; at the end of each day `stocks` (D, stocks), `waiting` (D, G) before
    and `served` (D, G) at each gate; `final` (C) who is where after the last day, those in transit at their targets.
    """

    meters: Counts
    stocks: Counts
    waiting: Counts
    served: Counts
    final: Counts
