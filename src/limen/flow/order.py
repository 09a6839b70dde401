"""The order of a day, in words: what `days` does, line for line."""

from __future__ import annotations

from typing import NamedTuple

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


class Step(NamedTuple):
    """One step of a day: its name, of how much in a program, and its rule."""

    name: str
    sizes: str
    rule: str


def steps_of(program: Program) -> list[Step]:
    """The steps of a day, in order, with a program's sizes."""
    longest = program.lag.max(initial=1)
    sizes = {
        "read": f"{len(program.signal_start) - 1:,} signals",
        "take in": f"{len(program.inflow_cell):,} inflows",
        "admit": f"{len(program.discipline):,} gates",
        "split": f"{program.cells:,} cells, {len(program.fallback):,} branches, {len(program.target):,} transitions",
        "arrive": "after 1 day" if longest == 1 else f"after 1 to {longest:,} days",
        "count": f"{program.stocks:,} stocks, {program.meters:,} meters",
    }
    return [Step(name, sizes[name], rule) for name, rule in ORDER_OF_THE_DAY]


def order_of_the_day(program: Program) -> str:
    """The order of the day with a program's sizes, to be shown."""
    return "\n".join(f"{i}. {step.name} ({step.sizes}): {step.rule}" for i, step in enumerate(steps_of(program), 1))
