"""Measures every promised figure, each in a process of its own, and writes docs/benchmarks.md. `python -m benchmarks.run`.

With names of modules (`python -m benchmarks.run main_job`) only their figures are measured, and take their places on the page.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measure import Figure, Verdict, machine

FIGURES = (
    "many_people", "many_groups", "one_decision", "all_claims", "large_check", "thousand_rules", "differences",
    "command_line", "read_10000", "flow", "main_job", "fit",
)  # fmt: skip
TABLE = ("| promised | measured | kept |", "|---|---|---|")
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


def promises(figure: Figure) -> list[str]:
    """The rows of the table of promises that a figure fills."""
    return [f"| {one.promise} | {one.measured} | {'yes' if one.kept else '**no**'} |" for one in figure.verdicts]


def section(name: str, figure: Figure, when: str = "") -> str:
    """The section of a figure. `when`: where it was measured by itself, when and on what."""
    lines = [f"## {figure.title}", "", f"`python -m benchmarks.{name}`", *(["", when] if when else [])]
    lines += ["", "| what | median |", "|---|---|", *(f"| {what} | {value} |" for what, value in figure.rows)]
    for note in figure.notes:
        lines += ["", note]
    return "\n".join(lines) + "\n"


def measured_on() -> str:
    """When and on what."""
    return f"Measured on {datetime.now(UTC):%Y-%m-%d}: {'; '.join(machine())}."


def page(figures: list[tuple[str, Figure]]) -> str:
    """The page of all figures."""
    rows = [row for _, figure in figures for row in promises(figure)]
    head = "\n".join([measured_on(), "", *TABLE, *rows]) + "\n"
    return "\n".join([INTRODUCTION + head, *(section(name, figure) for name, figure in figures)])


def renewed(text: str, name: str, figure: Figure) -> str:
    """The page with one figure in place of what it has of it, or at its end."""
    head, *sections = re.split(r"(?m)^(?=## )", text)
    mine = [f"| {one.promise} |" for one in figure.verdicts]
    rows = [row for row in head.rstrip().split("\n") if not row.startswith(tuple(mine))]
    head = "\n".join([*rows, *promises(figure)]) + "\n"
    places = [place for place, one in enumerate(sections) if f"`python -m benchmarks.{name}`" in one] or [len(sections)]
    sections[places[0] : places[0] + 1] = [section(name, figure, measured_on())]
    return "\n".join([head, *(one.rstrip() + "\n" for one in sections)])


def main() -> int:
    """Measures everything, or the modules that are named; ends with 1 where a promise is not kept."""
    figures = []
    for name in sys.argv[1:] or FIGURES:
        print(f"{name} ...", file=sys.stderr)
        figures.append((name, measured(name)))
    text = PAGE.read_text(encoding="utf-8") if sys.argv[1:] else page(figures)
    for name, figure in figures if sys.argv[1:] else ():
        text = renewed(text, name, figure)
    PAGE.write_text(text, encoding="utf-8")
    broken = [verdict for _, figure in figures for verdict in figure.verdicts if not verdict.kept]
    for verdict in broken:
        print(f"NOT KEPT: {verdict.promise} (measured: {verdict.measured})", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
