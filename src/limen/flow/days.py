"""One day's rule, compiled: admit, then split. The order of the day is `order.ORDER_OF_THE_DAY`, function for function.

Integers only, and the only write that moves people is a transfer. Random numbers are addressed by (day, cell, process): process 0
is the lottery before a gate, 1 the choice of branch, 2 + i the choice of transition within the cell's i-th branch.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from limen.flow.jit import entry, part, small
from limen.flow.philox import Stream, begin
from limen.flow.program import Counts, Ints, Reals
from limen.flow.records import Record, Records
from limen.flow.samplers import hypergeometric, multinomial

LOTTERY, BRANCH, FIRST_WAY = 0, 1, 2
NO_RESPONSE, EXPONENTIAL, RAMP = 0, 1, 2
SOUND, LOST, NEGATIVE, OVER_CAPACITY = 0, 1, 2, 3


class Law(NamedTuple):
    """A program as the days read it: what is read together lies together (`records`). Names as in `program.Program`.

    A *line* is a row of gated cells that are served as one, oldest day first. `gate_line` (G + 1): the lines of each gate in the
    order of service. `line_slot` (L + 1): the slots of each line. `slot_cell`: the cell of a slot. `ageless` (L): a line in which
    all came on one day, which is a lottery.
    """

    cells: Records
    branches: Records
    ways: Records
    meter: Ints
    signal_start: Ints
    signal_cell: Ints
    inflow_cell: Ints
    gate_line: Ints
    line_slot: Ints
    ageless: Ints
    slot_cell: Ints


class Numbers(NamedTuple):
    """The rates of one draw; names as in `program.Rates`. `hazards`: of branches; `weights`: of transitions (`records`)."""

    rows: Reals
    hazards: Records
    weights: Records
    capacity: Reals
    stretch: Reals
    stretch_limit: Reals
    scale: Reals
    inflow: Counts


class State(NamedTuple):
    """Who is where, and room to work in.

    `present` (C): people in each cell. `due` (longest lag, C): people under way by the day of their coming, as a ring, and their
    target; `due_stock` the same by stock. `beyond` (C): who comes after the last day. `under_way` (stocks + 1): people under way
    by stock, and last all of them. `came` (D + 2, slots): who waits, by the day of coming; row 0 from before the first day, row
    d + 1 from day d. `oldest` (lines): the first row of `came` that may hold somebody. `admitted` (slots): who may leave today.
    `seen` (S), `today` (R): the signals and rows of the day. `chance`, `branching`, `choosing`: of the cell at hand.
    """

    present: Counts
    due: Counts
    due_stock: Counts
    beyond: Counts
    under_way: Counts
    came: Counts
    oldest: Counts
    admitted: Counts
    seen: Reals
    today: Reals
    chance: Reals
    branching: Counts
    choosing: Counts


class Tally(NamedTuple):
    """What is counted; names as in `program.Trace`."""

    meters: Counts
    stocks: Counts
    waiting: Counts
    served: Counts


@part
def read(law: Law, numbers: Numbers, state: State, day: int) -> None:
    """Signals, from the counts at the end of yesterday; and the day's number of every row."""
    for s in range(len(law.signal_start) - 1):
        people = 0
        for i in range(law.signal_start[s], law.signal_start[s + 1]):
            people += state.present[law.signal_cell[i]]
        state.seen[s] = people / numbers.scale[s, day]
    for r in range(len(state.today)):
        state.today[r] = numbers.rows[r, day]


@part
def take_in(law: Law, numbers: Numbers, state: State, day: int) -> None:
    """People from OUTSIDE."""
    for i in range(len(law.inflow_cell)):
        k = numbers.inflow[i, day]
        c = law.inflow_cell[i]
        state.present[0] -= k
        state.present[c] += k
        cell = law.cells[c]
        if cell.slot >= 0:
            state.came[0 if cell.ageless else day + 1, cell.slot] += k


@part
def admit(law: Law, numbers: Numbers, state: State, tally: Tally, day: int, stream: Stream) -> int:
    """Each gate serves whom it can, line after line."""
    fault = SOUND
    for g in range(len(law.gate_line) - 1):
        waiting = 0
        first, end = law.line_slot[law.gate_line[g]], law.line_slot[law.gate_line[g + 1]]
        for i in range(first, end):
            waiting += state.present[law.slot_cell[i]]
            state.admitted[i] = 0
        room = min(
            numbers.capacity[g, day] + numbers.stretch[g] * waiting,
            max(numbers.capacity[g, day], numbers.stretch_limit[g, day]),
        )
        places = waiting if room >= waiting else int(room)
        left = places
        for line in range(law.gate_line[g], law.gate_line[g + 1]):
            if left > 0:
                left = serve(law, state, day, line, left, stream)
        served = 0
        for i in range(first, end):
            served += state.admitted[i]
        tally.waiting[day, g] = waiting
        tally.served[day, g] = served
        if served != places:
            fault = OVER_CAPACITY
    return fault


@part
def serve(law: Law, state: State, day: int, line: int, places: int, stream: Stream) -> int:
    """Gives places to a line, oldest day first, by lot within the day for which they do not suffice; returns those left."""
    first, end = law.line_slot[line], law.line_slot[line + 1]
    youngest = 0 if law.ageless[line] else day + 1
    row = state.oldest[line]
    while row <= youngest:
        people = 0
        for i in range(first, end):
            people += state.came[row, i]
        chosen = people > places
        for i in range(first, end):
            here = state.came[row, i]
            if here > 0:
                k = here
                if chosen:
                    begin(stream, day, law.slot_cell[i], LOTTERY)
                    people -= here
                    k = hypergeometric(stream, here, people, places)
                state.came[row, i] -= k
                state.admitted[i] += k
                places -= k
        if places == 0:
            break
        row += 1
    state.oldest[line] = min(row, youngest)
    return places


@part
def split(law: Law, numbers: Numbers, state: State, tally: Tally, day: int, stream: Stream) -> None:
    """Each cell's people over its branches, those of a branch over its transitions, who take them."""
    ring, days = len(state.due), len(tally.meters)
    place = day % ring
    everywhere = len(state.under_way) - 1
    for c in range(1, len(state.present)):
        cell = law.cells[c]
        people = state.present[c] if cell.slot < 0 else state.admitted[cell.slot]
        if people == 0:
            continue
        first, end = cell.branch_start, law.cells[c + 1].branch_start
        for b in range(first, end):
            i, j = law.branches[b].row, law.branches[b].second_row
            state.chance[b - first] = numbers.hazards[b].hazard * state.today[i] * state.today[j]
        begin(stream, day, c, BRANCH)
        stay = multinomial(stream, people, state.chance, end - first, 1.0, state.branching)
        for b in range(first, end):
            moving = state.branching[b - first]
            if moving == 0:
                continue
            way, ways = law.branches[b].transition_start, law.branches[b + 1].transition_start
            total = 0.0
            for t in range(way, ways):
                w = weight(law.ways[t], numbers.weights[t], state)
                state.chance[t - way] = w
                total += w
            if total > 0.0:
                begin(stream, day, c, FIRST_WAY + b - first)
                stay += multinomial(stream, moving, state.chance, ways - way, numbers.hazards[b].floor, state.choosing)
            elif law.branches[b].fallback >= 0:
                for t in range(way, ways):
                    state.choosing[t - way] = moving if t == law.branches[b].fallback else 0
            else:
                stay += moving
                continue
            for t in range(way, ways):
                k = state.choosing[t - way]
                if k == 0:
                    continue
                lag, target, stock = law.ways[t].lag, law.ways[t].target, law.ways[t].transit_stock
                there = place + lag
                if there >= ring:
                    there -= ring
                if day + lag > days:
                    state.beyond[target] += k
                else:
                    state.due[there, target] += k
                if stock >= 0 and lag > 1:
                    state.under_way[stock] += k
                    if day + lag <= days:
                        state.due_stock[there, stock] += k
                for m in range(law.ways[t].meter_start, law.ways[t + 1].meter_start):
                    tally.meters[day, law.meter[m]] += k
        state.present[c] -= people - stay
        state.under_way[everywhere] += people - stay
        if cell.slot >= 0 and stay > 0:
            state.came[0 if cell.ageless else day + 2, cell.slot] += stay


@small
def weight(way: Record, number: Record, state: State) -> float:
    """What a transition weighs today, by how it responds to yesterday's signal."""
    w: float = number.weight * state.today[way.row] * state.today[way.second_row]
    if way.response == NO_RESPONSE:
        return w
    signal = state.seen[way.signal]
    if way.response == EXPONENTIAL:
        w *= math.exp(-number.sensitivity * signal)
    elif way.response == RAMP:
        w *= min(1.0, max(0.0, (1.0 - signal) / (1.0 - number.sensitivity)))
    elif signal > 1.0:
        w *= math.exp(-number.sensitivity * (signal - 1.0))
    return w


@part
def end_of_day(law: Law, state: State, tally: Tally, day: int, everybody: int) -> int:
    """Who is due tomorrow arrives; everybody is counted."""
    ring = (day + 1) % len(state.due)
    everywhere = len(state.under_way) - 1
    fault = SOUND
    people = 0
    for c in range(len(state.present)):
        cell = law.cells[c]
        k = state.due[ring, c]
        if k > 0:
            state.due[ring, c] = 0
            state.present[c] += k
            state.under_way[everywhere] -= k
            if cell.slot >= 0:
                state.came[0 if cell.ageless else day + 2, cell.slot] += k
        people += state.present[c]
        if cell.stock >= 0:
            tally.stocks[day, cell.stock] += state.present[c]
        if c > 0 and state.present[c] < 0:
            fault = NEGATIVE
    for s in range(everywhere):
        state.under_way[s] -= state.due_stock[ring, s]
        state.due_stock[ring, s] = 0
        tally.stocks[day, s] += state.under_way[s]
    if people + state.under_way[everywhere] != everybody:
        fault = LOST
    return fault


@entry
def simulate_days(
    law: Law, numbers: Numbers, state: State, tally: Tally, stream: Stream, everybody: int
) -> tuple[int, int]:
    """All days. Returns what went wrong (SOUND: nothing), and on which day."""
    for day in range(numbers.rows.shape[1]):
        read(law, numbers, state, day)
        take_in(law, numbers, state, day)
        fault = admit(law, numbers, state, tally, day, stream)
        split(law, numbers, state, tally, day, stream)
        fault = max(fault, end_of_day(law, state, tally, day, everybody))
        if fault != SOUND:
            return fault, day
    return SOUND, -1
