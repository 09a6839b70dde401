"""From the shell: how long the command takes to say what it can do, and to answer one person."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.measure import SCENARIO, Figure, Verdict, commands, report, seconds, times

FOLDER = Path(sys.executable).parent
LIMEN, OPENFISCA = str(FOLDER / "limen"), str(FOLDER / "openfisca")
PERSON = ["state=FI", "where=land border", "nationality=RU", "document=short-stay visa", "visa issued by=FI", "purpose=tourism",
          "claims asylum=yes", "refuses call-up=yes", "age=27", "--on", "2022-10-15"]  # fmt: skip
ROUNDS = 15


def measure() -> Figure:
    """Runs the commands in turns."""
    found = commands({
        "nothing": [sys.executable, "-c", "pass"],
        "help": [LIMEN, "--help"],
        "openfisca help": [OPENFISCA, "--help"],
        "ask": [LIMEN, "ask", SCENARIO, *PERSON],
        "openfisca": [sys.executable, "-c", "import openfisca_core.simulations, openfisca_core.taxbenefitsystems"],
    }, ROUNDS)  # fmt: skip
    helped, asked = found["help"][1], found["ask"][1]
    return Figure(
        "From the shell",
        [
            ("`limen --help`, on the processor", seconds(helped)),
            ("`openfisca --help`, on the processor", seconds(found["openfisca help"][1])),
            ("Python that does nothing, on the processor", seconds(found["nothing"][1])),
            (
                "`limen ask`, nine facts of a person known: from start to end, with reasons and near misses",
                seconds(found["ask"][0]),
            ),
            ("the same, on the processor", seconds(asked)),
            ("OpenFisca-Core imported, nothing calculated, on the processor", seconds(found["openfisca"][1])),
        ],
        [
            Verdict("`limen --help` in under 0.15 s of processor time", seconds(helped), helped < 0.15),
            Verdict("`limen ask` from start to answer in under 0.6 s of processor time", seconds(asked), asked < 0.6),
        ],
        [
            f"`limen --help` takes {times(helped / found['openfisca help'][1])} as long as `openfisca --help`; `limen ask` takes "
            f"{times(asked / found['openfisca'][1])} as long to its answer as OpenFisca-Core takes to be imported.",
        ],
    )


if __name__ == "__main__":
    report(measure())
