"""A year of 100 places, 400 links, 20 groups and 10 gates: in groups, and the same law with one object per person."""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile

import numpy as np

from benchmarks.flow_world import DAYS, World, world
from benchmarks.measure import Figure, Verdict, alternate, one_core, report, seconds, times
from benchmarks.peer_mesa import Flows
from limen.flow import persons
from limen.flow.kernel import Engine
from limen.flow.program import Trace

SIZES = (10**5, 10**6, 10**7, 10**9)
PERSONS, PERSON_DAYS = 100_000, 10
START = """
import time
from benchmarks.flow_world import world
from limen.flow.kernel import Engine
small = world(1000, 3)
before = time.process_time()
Engine(small.built.program).simulate(small.rates, 1, 0)
print(time.process_time() - before)
"""


def one_draw(engine: Engine, of: World) -> Trace:
    """A draw whose sums the engine has checked every day."""
    return engine.simulate(of.rates, 2022, 0)


def mesa_run(of: World) -> int:
    """The moves that Mesa's people make."""
    model = Flows(of.built.program, of.rates, 1)
    for _ in range(of.rates.days):
        model.step()
    return model.moves


def first_result(folder: str) -> float:
    """Seconds of the processor to import numba, have everything compiled or on disk, and get a small first result."""
    return float(subprocess.run([sys.executable, "-c", START], check=True, capture_output=True, text=True,
                                env=os.environ | {"NUMBA_CACHE_DIR": folder}).stdout)  # fmt: skip


def measure() -> Figure:
    """Groups at four sizes, persons and Mesa at one that they can bear."""
    worlds = {size: world(size) for size in SIZES}
    engine = Engine(worlds[SIZES[0]].built.program)
    few = world(PERSONS, PERSON_DAYS)
    with tempfile.TemporaryDirectory() as folder:
        compiled, *later = (first_result(folder) for _ in range(6))
    warm = statistics.median(later)
    with one_core():
        found = alternate(
            {str(size): lambda of=of: lambda: one_draw(engine, of) for size, of in worlds.items()}, rounds=7
        )
        slow = alternate(
            {
                "groups": lambda: lambda: one_draw(engine, few),
                "persons": lambda: lambda: persons.simulate(few.built.program, few.rates, random.Random(1)),
                "mesa": lambda: lambda: mesa_run(few),
            },
            rounds=2,
        )
    moves = [int(engine.simulate(few.rates, 3, i).meters.sum()) for i in range(50)]
    others = [int(persons.simulate(few.built.program, few.rates, random.Random(1)).meters.sum()), mesa_run(few)]
    mean, spread = statistics.mean(moves), statistics.stdev(moves) / statistics.mean(moves)
    apart = max(abs(other / mean - 1) for other in others)
    assert apart < 5 * spread, (moves, others)
    scale = DAYS / PERSON_DAYS
    small, million, ten, billion = (found[str(size)] for size in SIZES)
    person_day = PERSONS * PERSON_DAYS
    program = engine.program
    return Figure(
        "A year of people on the move",
        [
            *((f"Limen: a draw of a year, {size:,} people", seconds(found[str(size)])) for size in SIZES),
            (f"Limen: {PERSONS:,} people, {PERSON_DAYS} days", seconds(slow["groups"])),
            (f"one Python object per person: {PERSONS:,} people, {PERSON_DAYS} days", seconds(slow["persons"])),
            ("the same for each person and day", seconds(slow["persons"] / person_day)),
            (f"Mesa: {PERSONS:,} people, {PERSON_DAYS} days", seconds(slow["mesa"])),
            ("the same for each person and day", seconds(slow["mesa"] / person_day)),
            ("numba imported and everything compiled, once, to a first result", seconds(compiled)),
            ("the same with the compiled code on disk", seconds(warm)),
        ],
        [
            Verdict("a year of ten million people in at most 0.3 s", seconds(ten), ten <= 0.3),
            Verdict(
                "a billion people take at most 1.3 times as long as a million",
                times(billion / million),
                billion <= 1.3 * million,
            ),
            Verdict(
                "a year of 100,000 people at least 100 times as fast as one object per person",
                times(slow["persons"] * scale / small),
                slow["persons"] * scale >= 100 * small,
            ),
            Verdict(
                "a year of 100,000 people at least 100 times as fast as Mesa",
                times(slow["mesa"] * scale / small),
                slow["mesa"] * scale >= 100 * small,
            ),
            Verdict("the first call, compiling everything, in under 10 s", seconds(compiled), compiled < 10),
            Verdict("a later start in under 1.5 s", seconds(warm), warm < 1.5),
        ],
        [
            f"The year has {program.cells:,} cells and {len(program.target):,} transitions; every day all people are counted. Of "
            f"100,000 there are {SIZES[0] / (program.cells - 1):.0f} in a cell on average.",
            f"Persons were measured over {PERSON_DAYS} days and reckoned up to a year: their time goes with people and days. On "
            f"these {PERSON_DAYS} days themselves Limen is {times(slow['persons'] / slow['groups'])} as fast as one object per "
            f"person and {times(slow['mesa'] / slow['groups'])} as fast as Mesa. All three obey one law; the moves that they "
            f"counted in single runs differ by {apart:.1%} at most from the mean of groups (standard deviation {spread:.1%}).",
        ],
    )


if __name__ == "__main__":
    np.seterr(all="raise")
    report(measure())
