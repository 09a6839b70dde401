"""The main job from the shell: a hundred draws of the real scenario, and how long it takes until the first."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measure import Figure, Verdict, commands, report, seconds

LIMEN = str(Path(sys.executable).parent / "limen")
ROUNDS = 3
BEGIN = """
import os, sys
import limen.face.run as run
from limen.face.cli import main
run._simulate = lambda *arguments: os._exit(0)
main(sys.argv[1:])
"""
"""The command as far as the draws, which it leaves out."""


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

    one = ("--draws", "1", "--until", "2022-09-01", "--no-report")
    begin = [sys.executable, "-c", BEGIN, "run", "--draws", "1", "--quiet", "--out", str(folder / "begun")]
    found = commands({"hundred": run("--draws", "100"), "one": run(*one), "begin": begin}, ROUNDS)
    try:
        os.environ["NUMBA_CACHE_DIR"] = str(folder / "cache")
        before = time.perf_counter()
        subprocess.run(run(*one), check=True, capture_output=True)
        ever = time.perf_counter() - before
    finally:
        del os.environ["NUMBA_CACHE_DIR"]
        shutil.rmtree(folder, ignore_errors=True)
    hundred, start = found["hundred"], found["one"]
    return Figure(
        "The main job from the shell",
        [
            ("`limen run`: 100 draws of four months, with tables, pictures and page, by the clock", seconds(hundred[0])),
            ("the same, on the processor", seconds(hundred[1])),
            ("`limen run` until the draws begin, on the processor", seconds(found["begin"][1])),
            ("`limen run --draws 1 --until 2022-09-01`: everything until a first result, by the clock", seconds(start[0])),
            ("the same, on the processor", seconds(start[1])),
            ("the same with no compiled code kept from before, by the clock", seconds(ever)),
        ],
        [
            Verdict("`limen run`, 100 draws, in under 60 s on two cores", seconds(hundred[0]), hundred[0] < 60),
            Verdict("the draws begin within 1.5 s of processor time", seconds(found["begin"][1]), found["begin"][1] < 1.5),
            Verdict("a first result ever within 10 s", seconds(ever), ever < 10),
        ],
        ["No peer simulates this scenario; how the engine stands beside one object per person and Mesa is a figure of its own."],
    )  # fmt: skip


if __name__ == "__main__":
    report(measure())
