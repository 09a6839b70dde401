"""The main job from the shell: a hundred draws of the real scenario, and how long it takes until the first."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measure import Figure, Verdict, commands, report, seconds

LIMEN = str(Path(sys.executable).parent / "limen")
ROUNDS = 3
BEGIN = """
import sys, time
import limen.face.run as run
from limen.face.cli import main

def first_day(store, model, *_):
    rates = model.compiled.rates(model.compiled.values(1, 0), (1, 0))
    model.engine.simulate(rates, 1, 0)
    before = time.process_time()
    model.engine.simulate(rates, 1, 0)
    print(before - (time.process_time() - before))
    sys.exit()

run._simulate = first_day
main(sys.argv[1:])
"""
"""The command as far as the first day of the first draw: its days are taken twice, and what they take once is left out."""


def measure() -> Figure:
    """Runs the commands in turns, each into a folder of its own; and once with an empty cache of compiled code."""
    folder = Path(tempfile.mkdtemp())
    script = (
        "import shutil, subprocess, sys, tempfile, pathlib\n"
        "out = pathlib.Path(tempfile.mkdtemp(dir=sys.argv[1])) / 'run'\n"
        "subprocess.run([sys.argv[2], 'run', *sys.argv[3:], '-q', '--out', str(out)], check=True, capture_output=True)\n"
        "shutil.rmtree(out)\n"
    )

    def run(*words: str) -> list[str]:
        return [sys.executable, "-c", script, str(folder), LIMEN, *words]

    def until_the_first_day(caches: str | None = None) -> tuple[float, float]:
        """On the processor, and by the clock."""
        command = [sys.executable, "-c", BEGIN, "run", "--draws", "1", "--quiet", "--out", str(folder / "begun")]
        before = time.perf_counter()
        done = subprocess.run(
            command, check=True, capture_output=True, text=True,
            env=os.environ | ({"NUMBA_CACHE_DIR": caches} if caches else {}),
        )  # fmt: skip
        return float(done.stdout), time.perf_counter() - before

    one = ("--draws", "1", "--until", "2022-09-01", "--no-report")
    try:
        found = commands({"hundred": run("--draws", "100"), "one": run(*one)}, ROUNDS)
        begun = statistics.median(until_the_first_day()[0] for _ in range(2 * ROUNDS + 1))
        ever, clock = until_the_first_day(str(folder / "cache"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    hundred, start = found["hundred"], found["one"]
    return Figure(
        "The main job from the shell",
        [
            ("`limen run`: 100 draws of September to December 2022, tables and page, by the clock", seconds(hundred[0])),
            ("the same, on the processor", seconds(hundred[1])),
            ("`limen run` until the first simulated day, on the processor", seconds(begun)),
            ("the same with no compiled code kept from before, once, on the processor", seconds(ever)),
            ("the same and the days of two draws, by the clock", seconds(clock)),
            ("`limen run --draws 1 --until 2022-09-01 --no-report`, from start to end, by the clock", seconds(start[0])),
            ("the same, on the processor", seconds(start[1])),
        ],
        [
            Verdict("`limen run`, 100 draws of four months, in under 60 s on two cores", seconds(hundred[0]), hundred[0] < 60),
            Verdict("`limen run` until its first simulated day in under 1.5 s of processor time", seconds(begun), begun < 1.5),
            Verdict("`limen run` until its first day, the first time ever, in under 10 s", seconds(clock), clock < 10),
        ],
        [
            "Until the first simulated day: Python and libraries are loaded, the scenario is read and checked, the policy "
            "answers for all groups on all days, the program is laid out, the engine is taken from disk (or compiled, the first "
            "time ever), and the numbers of the first draw are made.",
            "No peer simulates this scenario; how the engine stands beside one object per person and Mesa is told above.",
        ],
    )  # fmt: skip


if __name__ == "__main__":
    report(measure())
