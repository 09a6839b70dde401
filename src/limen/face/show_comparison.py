"""`limen compare` in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from limen.face.common import counted
from limen.face.show_run import new_table, row_of
from limen.face.words_and_colours import HEAD, QUIET, copied, say
from limen.results.compare import Comparison, Difference
from limen.results.words import ADDS_UP, average, days, difference, ends, percent

MOST_ROWS = 24


def show_comparison(console: Console, found: Comparison) -> None:
    """What differs in all, by series and by state, and what gives it again."""
    run = found.run
    say(console, (run.title, HEAD))
    draws = f"the same {found.draws:,} draws" if found.draws > 1 else "the same draw"
    say(console, f"As it stands, and changed: {'; '.join(found.changes)}.")
    say(
        console,
        f"{draws.capitalize()} of both, seed {run.seed}, {days(found.start, found.end)}.",
    )
    say(console, ADDS_UP)
    everything = [*found.measures, *found.series, *found.states]
    if all(row.same for row in everything):
        console.print()
        say(console, ("Nothing differs: every number is the same in every draw.", HEAD))
    for title, rows in (("In all", found.measures), ("By series", found.series), ("By state", found.states)):
        if clear := [row for row in rows if row.clear]:
            shown = largest(clear, MOST_ROWS)
            console.print()
            console.print(differences(title, shown))
            if more := len(clear) - len(shown):
                say(console, (f"{counted(more, 'smaller difference')} in the JSON and on the page.", QUIET))
    same, unclear = sum(row.same for row in everything), sum(not row.same and not row.clear for row in everything)
    if unclear:
        say(console, (f"{counted(unclear, 'number')} may be higher or lower: the 90% interval holds zero.", QUIET))
    if 0 < same < len(everything):
        say(console, (f"{counted(same, 'number')} exactly the same in every draw.", QUIET))
    console.print()
    say(console, ("The same again:", HEAD))
    copied(console, run.command, indent=2)


def largest(rows: Sequence[Difference], most: int) -> list[Difference]:
    """The rows with the largest differences, in the order in which they came."""
    kept = sorted(range(len(rows)), key=lambda index: -abs(rows[index].difference.mean or 0.0))[:most]
    return [rows[index] for index in sorted(kept)]


def differences(title: str, rows: Sequence[Difference]) -> Table:
    """The number as it stands, changed, and what it differs by, with the interval of the difference."""
    table = new_table(title, "As it stands", "Changed", "Difference", "%", "90% interval")
    for row in rows:
        less = row.difference
        name = f"{row.title}, {row.name}" if row.state else row.title
        row_of(
            table, name, average(row.base), average(row.changed), difference(less), percent(row.percent), ends(less, 90)
        )
    return table
