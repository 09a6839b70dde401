"""Which assumptions carry an answer: in the terminal, as CSV, and as a tornado."""

from __future__ import annotations

import csv
import io

from rich.console import Console

from limen.face.show_run import new_table, row_of
from limen.face.words_and_colours import HEAD, QUIET, copied, say
from limen.inference.sensitivity import Assumption, Sensitivity
from limen.results.pictures import Spec
from limen.results.ranges import as_text
from limen.results.tornado import Bar, tornado

HEADS = (
    "parameter", "of", "rank_correlation", "pawn", "carries", "assumption_low", "assumption_high", "answer_low", "answer_high",
    "confidence", "source",
)  # fmt: skip


def title_of(found: Sensitivity) -> str:
    """What the answer is."""
    measure = f"{found.measure}, {found.of}" if found.of else found.measure
    return f"{found.alternative}: what changes in {measure}" if found.alternative else measure.capitalize()


def show_sensitivity(console: Console, found: Sensitivity) -> None:
    """The assumptions in order, with what the answer is at either end of each."""
    say(console, (title_of(found), HEAD))
    middle, low, high = (number(value) for value in (found.answer.median, found.answer.low90, found.answer.high90))
    say(console, f"{found.draws:,} draws, seed {found.run.seed}: {middle} {found.unit} ({low} to {high}).")
    carrying = [row for row in found.rows if row.carries]
    say(
        console,
        f"{found.assumptions:,} assumptions are in doubt. By chance alone the largest rank correlation of all would reach "
        f"{found.by_chance:.2f} in one of twenty cases: only what lies above it is said to carry the answer. "
        f"PAWN by chance: {found.pawn_by_chance:.2f}.",
    )
    console.print()
    table = new_table("Assumption", "Rank\ncorrelation", "PAWN", "Answer where\nit is low", "Answer where\nit is high")
    for row in found.rows:
        sign = "\N{BULLET} " if row.carries else "  "
        cells = f"{row.rank_correlation:+.2f}".replace("-", "\N{MINUS SIGN}"), f"{row.pawn:.2f}"
        row_of(table, sign + name_of(row), *cells, number(row.low), number(row.high))
    console.print(table)
    say(console, (f"\N{BULLET} carries the answer: {len(carrying)} of those shown.", QUIET))
    console.print()
    say(console, ("The same again:", HEAD))
    copied(console, found.run.command, indent=2)


def name_of(row: Assumption) -> str:
    """What an assumption is called."""
    return f"{row.parameter}, {row.of}" if row.of else row.parameter


def number(value: float | None) -> str:
    """A number with a decimal place where it is small."""
    if value is None or abs(value) >= 100:
        return as_text(value).replace("-", "\N{MINUS SIGN}")
    return f"{value:.3g}".replace("-", "\N{MINUS SIGN}")


def as_csv(found: Sensitivity) -> str:
    """A row for each assumption told."""
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(HEADS)
    for row in found.rows:
        numbers = (row.rank_correlation, row.pawn, "yes" if row.carries else "no", row.from_, row.to, row.low, row.high)
        writer.writerow([row.parameter, row.of, *numbers, row.confidence, row.source])
    return page.getvalue()


def picture(found: Sensitivity) -> Spec:
    """The tornado, the widest bar first."""
    rows = sorted(found.rows, key=lambda row: -abs(row.high - row.low))
    bars = [Bar(name_of(row), row.low, row.high, number(row.from_), number(row.to), row.carries) for row in rows]
    says = (
        f"{found.unit}; from the median answer in the third of {found.draws} draws where the assumption is lowest to that "
        f"where it is highest; pale: not told apart from chance"
    )
    return tornado(bars, found.answer.median or 0.0, title_of(found), says)
