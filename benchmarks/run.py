"""Measures every promised figure, each in a process of its own, and writes docs/benchmarks.md. `python -m benchmarks.run`."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measure import Figure, Verdict, machine

FIGURES = (
    "many_people", "many_groups", "one_decision", "all_claims", "large_check", "thousand_rules", "differences",
    "command_line", "read_10000", "flow", "main_job", "fit",
)  # fmt: skip
PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"

INTRODUCTION = """\
# Benchmarks

Every figure that Limen promises, measured with the peer beside it in the same run. `python -m benchmarks.run` writes this page
(install the extra `bench` first). Contenders take turns on one core, and medians are reported: of the time on the processor, so
that other work on the machine does not count, except where "from start to end" says the clock. Machines differ and have moods:
compare the ratios, not the times.

"""


def measured(name: str) -> Figure:
    """One module's figure, taken in a process of its own."""
    command = [sys.executable, "-m", f"benchmarks.{name}", "--json"]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=PAGE.parent.parent)
    found = json.loads(done.stdout)
    return Figure(found["title"], found["rows"], [Verdict(**one) for one in found["verdicts"]], found["notes"])


def page(figures: list[tuple[str, Figure]]) -> str:
    """The page of all figures."""
    lines = [f"Measured on {datetime.now(UTC):%Y-%m-%d}: {'; '.join(machine())}.", ""]
    lines += ["| promised | measured | kept |", "|---|---|---|"]
    for _, figure in figures:
        lines += [f"| {one.promise} | {one.measured} | {'yes' if one.kept else '**no**'} |" for one in figure.verdicts]
    for name, figure in figures:
        lines += ["", f"## {figure.title}", "", f"`python -m benchmarks.{name}`", "", "| what | median |", "|---|---|"]
        lines += [f"| {what} | {value} |" for what, value in figure.rows]
        for note in figure.notes:
            lines += ["", note]
    return INTRODUCTION + "\n".join(lines) + "\n"


def main() -> int:
    """Measures everything; ends with 1 where a promise is not kept."""
    figures = []
    for name in FIGURES:
        print(f"{name} ...", file=sys.stderr)
        figures.append((name, measured(name)))
    PAGE.write_text(page(figures), encoding="utf-8")
    broken = [verdict for _, figure in figures for verdict in figure.verdicts if not verdict.kept]
    for verdict in broken:
        print(f"NOT KEPT: {verdict.promise} (measured: {verdict.measured})", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
