"""The order of a day, in words: what `days` does, line for line."""

from __future__ import annotations

from limen.flow.program import Program

ORDER_OF_THE_DAY = (
    ("read", "signals and rows: weights answer to the counts at the end of yesterday (on the first day: before it)"),
    ("take in", "people from OUTSIDE enter their cells; who enters a line has come today"),
    ("admit", "each gate serves whom it can: oldest day first, by lot within the day that not all may pass"),
    (
        "split",
        "who may leave a cell spreads over its branches; those of a branch over its transitions; meters count them",
    ),
    (
        "arrive",
        "who is due tomorrow is there tonight; before a gate they have come tomorrow, as has who was admitted and stayed",
    ),
    ("count", "stocks are counted, with those still under way; everybody together must be as many as ever"),
)


def order_of_the_day(program: Program) -> str:
    """The order of the day with a program's sizes, to be shown."""
    sizes = {
        "read": f"{len(program.signal_start) - 1:,} signals",
        "take in": f"{len(program.inflow_cell):,} inflows",
        "admit": f"{len(program.discipline):,} gates",
        "split": f"{program.cells:,} cells, {len(program.fallback):,} branches, {len(program.target):,} transitions",
        "arrive": f"after 1 to {program.lag.max(initial=1):,} days",
        "count": f"{program.stocks:,} stocks, {program.meters:,} meters",
    }
    return "\n".join(f"{i}. {name} ({sizes[name]}): {what}" for i, (name, what) in enumerate(ORDER_OF_THE_DAY, 1))
