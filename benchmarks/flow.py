"""A year of 100 places, 400 links, 20 groups and 10 gates: in groups, and the same law with one object per person."""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import time

import numpy as np

from benchmarks.flow_world import DAYS, World, world
from benchmarks.measure import Figure, Verdict, alternate, one_core, report, seconds, times
from benchmarks.peer_mesa import Flows
from limen.flow import persons
from limen.flow.kernel import Engine
from limen.flow.program import Trace

SIZES = (10**5, 10**6, 10**7, 10**9)
PERSONS, PERSON_DAYS = 20_000, 30
START = """
import time
start = time.perf_counter()
from benchmarks.flow_world import world
from limen.flow.kernel import Engine
small = world(1000, 3)
before = time.perf_counter()
import limen.flow.days
Engine(small.built.program).simulate(small.rates, 1, 0)
print(time.perf_counter() - before)
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


def start_up() -> tuple[float, float]:
    """Seconds of the clock from nothing to the first small result: with nothing on disk, and the median with it."""
    taken = [
        float(subprocess.run([sys.executable, "-c", START], check=True, capture_output=True, text=True).stdout)
        for _ in range(5)
    ]
    return taken[0], statistics.median(taken[1:])


def compiling() -> float:
    """Seconds of the clock to import numba, compile all and get a first small result, in a process that keeps nothing on disk."""
    script = "import numba; numba.config.CACHE_DIR = __import__('tempfile').mkdtemp()\n" + START.replace(
        "print(", "start_up = ("
    )
    script = "import time; begun = time.perf_counter()\n" + script + "print(time.perf_counter() - begun)"
    return float(subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout)


def measure() -> Figure:
    """Groups at four sizes, persons and Mesa at one that they can bear."""
    worlds = {size: world(size) for size in SIZES}
    engine = Engine(worlds[SIZES[0]].built.program)
    few = world(PERSONS, PERSON_DAYS)
    compiled = compiling()
    _, warm = start_up()
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
            rounds=3,
        )
    moves = {
        "groups": statistics.mean(int(engine.simulate(few.rates, 3, i).meters.sum()) for i in range(20)),
        "persons": int(persons.simulate(few.built.program, few.rates, random.Random(1)).meters.sum()),
        "mesa": mesa_run(few),
    }
    apart = max(abs(moves[name] / moves["groups"] - 1) for name in ("persons", "mesa"))
    assert apart < 0.02, moves
    scale = SIZES[0] / PERSONS * DAYS / PERSON_DAYS
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
            ("numba imported and everything compiled, once, to a first result (clock)", seconds(compiled)),
            ("the same with the compiled code on disk (clock)", seconds(warm)),
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
            f"The year has {program.cells:,} cells and {len(program.target):,} transitions in {DAYS} days; every day all people are "
            f"counted. Mean group of 100,000: {SIZES[0] / (program.cells - 1):.0f} people.",
            f"Persons were measured with {PERSONS:,} people over {PERSON_DAYS} days and reckoned up to 100,000 and a year: their time "
            f"goes with people and days. On the small world itself Limen is {times(slow['persons'] / slow['groups'])} as fast as one "
            f"object per person and {times(slow['mesa'] / slow['groups'])} as fast as Mesa. All three obey one law; the moves that they "
            f"counted differ by {apart:.1%} at most, which is chance.",
        ],
    )


if __name__ == "__main__":
    np.seterr(all="raise")
    report(measure())
