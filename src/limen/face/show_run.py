"""`limen run` in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from limen.face.common import counted
from limen.face.words_and_colours import BAD, GOOD, HEAD, KNOWN, QUIET, copied, say
from limen.results.by_place import GateRow, OfficeRow, WayRow
from limen.results.ranges import Range
from limen.results.series import Fit, QuotedBeside
from limen.results.tables import Destination, RunTable, Week
from limen.results.words import day, days, interval, middle, told_of_counts

SPARKS = "▁▂▃▄▅▆▇█"
LONGEST_SPARK = 7
MOST_GATES, MOST_WAYS = 12, 15
MILLION = 1_000_000
CLOSE, FAR = 1.25, 2.0
"""Factors by which simulated and counted may differ to be called close, and from which on they are called far apart."""


def show_run(console: Console, table: RunTable, kept_in: str = "") -> None:
    """Destinations, ways, gates, quoted figures, how far it is from the counts; where the files are and what gives it again.

    `kept_in`: the option that names the folder, where one was named.
    """
    run = table.run
    say(console, (run.title, HEAD))
    asked = f" of {run.draws:,}" if table.draws < run.draws else ""
    draws = f"{table.draws:,}{asked} {'draw' if table.draws == 1 else 'draws'}"
    say(
        console,
        f"{draws}, seed {run.seed}, {days(table.start, table.end)}. Medians, and the interval that holds 80% of the draws.",
    )
    if not run.prior:
        say(console, f"Parameters are from the {run.parameters}.")
    console.print()
    console.print(destinations(table.destinations, console.width))
    say(console, (ENTRIES_ARE, QUIET))
    if table.ways:
        console.print()
        console.print(ways(table.ways[:MOST_WAYS], console.width))
        _more(console, len(table.ways) - MOST_WAYS, "way")
    if table.gates:
        console.print()
        console.print(gates(table.gates[:MOST_GATES]))
        _more(console, len(table.gates) - MOST_GATES, "gate")
    if table.offices:
        console.print()
        console.print(offices(table.offices[:MOST_GATES]))
        _more(console, len(table.offices) - MOST_GATES, "office")
    if table.quoted:
        console.print()
        console.print(quoted(table.quoted))
    if table.fits:
        console.print()
        console.print(fits(table.fits))
        say(console, (told_of_counts(table), QUIET))
    _show_files(console, table, kept_in)


def _more(console: Console, left: int, noun: str) -> None:
    """Says how many rows are not shown."""
    if left > 0:
        say(console, (f"{counted(left, f'more {noun}')} in the JSON, the CSV and on the page.", QUIET))


def _show_files(console: Console, table: RunTable, kept_in: str) -> None:
    page = "report.html is the page to read, " if (Path(table.folder) / "report.html").exists() else ""
    console.print()
    say(console, (f"Kept in {table.folder}: ", HEAD), f"{page}README.txt says what each file is.")
    console.print()
    say(console, ("The same again:", HEAD))
    copied(console, f"{table.run.command} {kept_in}".strip(), indent=2)


LEAST_NAME = 12
"""Columns that a name keeps however narrow the terminal is."""

ENTRIES_ARE = (
    "Entries are crossings, ordinary trips and those to stay for good or for long together; everything else is persons. Weeks "
    "run from Monday to Sunday. Medians of parts need not add up. <10 and n.p.: too few to publish, or would give such away."
)

NARROW = 100
SPARED = ("By week", "Busiest\nweek", "Border\nclaims", "Gate")
"""What a narrow terminal is spared."""


def destinations(rows: Sequence[Destination], width: int = NARROW) -> Table:
    """Entries by state, most first, with whatever else is counted there."""
    heads = (
        "Entries",
        "80% interval",
        "To stay",
        "By week",
        "Busiest\nweek",
        "Refused",
        "Border\nclaims",
        "Appli-\ncations",
    )
    table = new_table("To", *heads, "Pending\nat end", "Sim. ÷\ncount", apart=1)
    for row in rows:
        more = (middle(found) for found in (row.refusals, row.border_claims, row.applications, row.pending))
        entries = middle(row.entries), short_interval(row.entries), middle(row.to_stay)
        row_of(table, row.name, *entries, spark(row.weeks), _short(row.busiest), *more, _fit(row.fit))
    if width < NARROW:
        table.columns = [column for column in table.columns if column.header not in SPARED]
    return _without_empty(table)


def ways(rows: Sequence[WayRow], width: int = NARROW) -> Table:
    """Entries by way, most first: into which state, by which mode of travel, through which gate where that has another name."""
    table = new_table(
        "Way", "To", "By", "Gate", "Entries", "80% interval", "Trips", "To stay", "Refused", left=4, apart=1
    )
    for row in rows:
        gate = "" if row.gate == row.way else row.gate
        entries = middle(row.entries), short_interval(row.entries), middle(row.trips), middle(row.to_stay)
        row_of(table, row.way, row.state, row.mode, gate, *entries, middle(row.refusals))
    if width < NARROW:
        table.columns = [column for column in table.columns if column.header not in SPARED]
    return _without_empty(table)


def offices(rows: Sequence[OfficeRow]) -> Table:
    """The requests for protection that waited before offices."""
    table = new_table("Asylum office", "Most waiting", "80% interval", "On", "Dealt with in all")
    for row in rows:
        row_of(table, row.state, middle(row.most_waiting), interval(row.most_waiting), day(row.day), middle(row.served))
    return table


def gates(rows: Sequence[GateRow]) -> Table:
    """The longest queues."""
    table = new_table("Gate", "Leads to", "Most waiting", "80% interval", "On", "Let through in all", left=2)
    for row in rows:
        served, waiting = middle(row.served), row.most_waiting
        row_of(table, row.gate, ", ".join(row.states), middle(waiting), interval(waiting), day(row.day), served)
    return table


def quoted(rows: Sequence[QuotedBeside]) -> Table:
    """What texts quote, beside what was simulated."""
    table = new_table("Quoted", "Days", "Figure", "In", "Simulated", "80% interval", left=2, apart=1)
    for row in rows:
        sign = "%" if row.unit == "%" else ""
        said = f"{row.quoted:+,.0f}%".replace("-", "\N{MINUS SIGN}") if sign else f"{row.quoted:,.0f}"
        found, around = row.missing, ""
        if row.simulated is not None:
            found, around = middle(row.simulated, sign), interval(row.simulated, sign)
        row_of(table, row.title, days(row.start, row.end), said, "" if sign else row.unit, found, around)
    return table


def fits(rows: Sequence[Fit]) -> Table:
    """How far the simulation is from the counts."""
    table = new_table(
        "Against the counts", "Counts", "Sim. ÷ count", "Off by a factor", "In 50%", "80%", "90%", apart=1
    )
    for row in rows:
        shares = (f"{share:.0%}" for share in (row.in50, row.in80, row.in90))
        factor = "" if row.typical_factor is None else f"{row.typical_factor:.2f}"
        row_of(table, row.title, f"{row.counts:,}", _fit(row), factor, *shares)
    return table


def spark(weeks: Sequence[Week]) -> str:
    """A bar for each week; several weeks share one where there are many."""
    step = -(-len(weeks) // LONGEST_SPARK) or 1
    heights = [max(week.entries or 0 for week in weeks[place : place + step]) for place in range(0, len(weeks), step)]
    top = max(heights, default=0) or 1
    return "".join(SPARKS[round(height / top * (len(SPARKS) - 1))] for height in heights)


def short_interval(found: Range) -> str:
    """The ends of the central 80%, in millions where they are large."""
    if found.withheld or found.low80 is None or found.high80 is None or found.high80 < MILLION:
        return interval(found)
    return f"{found.low80 / MILLION:.2f}\N{EN DASH}{found.high80 / MILLION:.2f} M"


def _short(week: Week | None) -> str:
    return day(week.start) if week else ""


def _fit(fit: Fit | None) -> Text:
    if fit is None or fit.ratio is None:
        return Text("")
    style = GOOD if 1 / CLOSE <= fit.ratio <= CLOSE else BAD if not 1 / FAR <= fit.ratio <= FAR else KNOWN
    return Text(f"{fit.ratio:.2f}", style)


def row_of(table: Table, *cells: str | Text) -> None:
    """Adds a row, and sees to it that numbers keep their width; nothing in the cells is ever read as markup."""
    for column, cell in zip(table.columns[1:], cells[1:]):
        lines = [*str(column.header).splitlines(), str(cell)]
        column.min_width = max(column.min_width or 0, *map(len, lines))
    table.add_row(*(Text(cell) if isinstance(cell, str) else cell for cell in cells))


def new_table(*heads: str, left: int = 1, apart: int = 2) -> Table:
    """A table without a frame: its first `left` columns hold words, the others numbers, with `apart` spaces between."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, apart, 0, 0), show_edge=False)
    for place, head in enumerate(heads):
        words = place < left or head == "By week"
        least = LEAST_NAME if place == 0 else None
        table.add_column(
            head, justify="left" if words else "right", vertical="bottom", no_wrap=place > 0, min_width=least
        )
    return table


def _without_empty(table: Table) -> Table:
    """Leaves out columns in which nothing stands."""
    table.columns = [column for column in table.columns if any(map(str, column.cells))]
    return table
