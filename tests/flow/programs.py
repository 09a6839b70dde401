"""Random programs whose every transition, cell and arrival is counted by a meter or stock of its own."""

import numpy as np
from hypothesis import strategies as st

from limen.flow.program import Discipline, Response

from .worlds import Sketch

shares = st.floats(0, 1, allow_subnormal=False)


@st.composite
def worlds(draw, disciplines=tuple(Discipline), sure=False, largest=10**9):
    """A world of a few cells. `sure`: whoever is admitted leaves, and no gated cell leads to a gated cell."""
    days, cells, gates = draw(st.integers(1, 8)), draw(st.integers(2, 6)), draw(st.integers(0, 2))
    sketch = Sketch(days)
    rooms = st.lists(st.floats(0, 8), min_size=days, max_size=days)
    kinds = [draw(st.sampled_from(disciplines)) for _ in range(gates)]
    numbers = [
        sketch.gate(g, draw(rooms), kind, stretch=draw(shares), limit=draw(st.floats(0, 20)))
        for g, kind in enumerate(kinds)
    ]
    at = [draw(st.sampled_from([None, *numbers])) for _ in range(cells)]
    people = st.one_of(st.integers(0, 12), st.sampled_from([10**6, largest]))
    for c in range(cells):
        ranked = at[c] is not None and kinds[at[c]] == Discipline.PRIORITY
        sketch.cell(
            c,
            draw(people),
            gate=at[c],
            priority=draw(st.integers(0, 2)) if ranked else 0,
            stock=("in", draw(st.integers(0, 2))),
        )
    signal = sketch.signal("crowd", draw(st.lists(st.integers(1, cells), unique=True)), scale=draw(st.floats(0.5, 20)))
    row = sketch.row("season", draw(st.lists(st.floats(0, 2), min_size=days, max_size=days)))
    open_cells = [c + 1 for c in range(cells) if at[c] is None]
    for c in range(1, cells + 1):
        gated = at[c - 1] is not None
        targets = [0, *(open_cells if sure and gated else range(1, cells + 1))]
        for b in range(1 if sure and gated else draw(st.integers(0, 3))):
            rows = [row] if draw(st.booleans()) and not (sure and gated) else []
            branch = sketch.branch(c, 1.0 if sure and gated else draw(shares), 0.0 if sure else draw(shares), rows)
            for w in range(draw(st.integers(1, 3))):
                response = Response.NONE if sure else draw(st.sampled_from(list(Response)))
                sketch.way(
                    branch,
                    draw(st.sampled_from(targets)),
                    1.0 if sure else draw(shares),
                    draw(st.floats(0, 0.9)),
                    lag=draw(st.integers(1, 10)),
                    signal=signal,
                    response=response,
                    meters=[("way", c, b, w), "moves"],
                    transit_stock=("on the way", draw(st.integers(0, 2))),
                    fallback=w == 0 and draw(st.booleans()),
                )
    for c in draw(st.lists(st.integers(1, cells), max_size=2, unique=True)):
        sketch.inflow(c, draw(st.lists(st.integers(0, 9), min_size=days, max_size=days)))
    return sketch.world()


def entered(world, trace):
    """How many took each transition, on each day (D, T), by the meters that only it has."""
    program = world.program
    own = program.meter[program.meter_start[:-1]] if len(program.target) else np.zeros(0, int)
    return trace.meters[:, own]
