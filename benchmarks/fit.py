"""The fit from the shell: as many members as the scenario's own posterior has, to all counts known on 29 September 2022."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import Figure, Verdict, commands, report, seconds

LIMEN = str(Path(sys.executable).parent / "limen")
CORES, MEMBERS, STEPS = 2, 600, 4
LONGEST = 600.0


def measure() -> Figure:
    """Runs the command once: it takes minutes."""
    folder = Path(tempfile.mkdtemp())
    words = ["--until", "2022-09-29", "--members", str(MEMBERS), "--steps", str(STEPS), "--workers", str(CORES), "-q"]
    try:
        fit = [LIMEN, "fit", "mobilisation-2022", *words, "-o", str(folder / "posterior.csv")]
        clock, processor = commands({"fit": fit}, 1)["fit"]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    shared = processor / CORES
    return Figure(
        "The fit of the main scenario",
        [
            (f"`limen fit`: {MEMBERS} members, {STEPS} steps, {MEMBERS * (STEPS + 1):,} simulations, on the processor",
             seconds(processor)),
            (f"the same over {CORES} cores", seconds(shared)),
            ("the same by the clock, with whatever else the machine did", seconds(clock)),
        ],
        [Verdict(f"the fit in under 10 minutes on {CORES} cores (processor time)", seconds(shared), shared < LONGEST)],
        ["No peer fits this scenario. That the method finds what is true is a test, not a figure: simulation-based calibration, "
         "in `tests/inference/test_calibrated.py`."],
    )  # fmt: skip


if __name__ == "__main__":
    report(measure())
