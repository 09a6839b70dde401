"""`limen reach`: who could lawfully reach a door, by state, kind of people and days; a table for maps."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple, fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from limen.face.common import USAGE, Day, Failed, OutputFile, clear_errors, emit, readings

if TYPE_CHECKING:
    from rich.console import Console

    from limen.model.who_reaches import Reached, WhoReaches

ASYLUM = "asylum procedure"
HEADS = {"start": "from", "end": "until"}


@click.command("reach", epilog="Example: limen reach mobilisation-2022 -o reach.csv")
@click.argument("scenario", default="mobilisation-2022")
@click.option("--door", default=ASYLUM, metavar="DOOR", show_default=True, help="The door to be reached.")
@click.option("--from", "first", type=Day(), metavar="DAY", help="The first day (default: the first that is reported).")
@click.option("--until", "last", type=Day(), metavar="DAY", help="The last day (default: the last of the scenario).")
@click.option("--irregular", is_flag=True, help="Count ways by the green border as well.")
@click.option("--known-on", type=Day(), metavar="DAY", help="Leave out what was published later.")
@click.option("--under", "under", multiple=True, metavar="READING=ANSWER",
              help="Take a disputed text to mean this, not what the scenario takes it to mean. May be repeated.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON (its schema: limen schema --of reach).")
@click.option("-o", "--output", type=OutputFile(), metavar="FILE",
              help="Write the table to a .csv, .json or .txt file instead.")  # fmt: skip
def command(
    scenario: str, door: str, first: date | None, last: date | None, irregular: bool, known_on: date | None,
    under: tuple[str, ...], as_json: bool, output: Path | None,
) -> None:  # fmt: skip
    """Tell for every state that a way leads to who could lawfully reach a door in it, and who not, on which days.

    A row is a kind of people with a holding of papers, on days on which the same is so: they must be let through whatever
    officials do, they can be, or they cannot; and which door stops them. Nobody is counted as having got there.
    """
    from limen.face.many import scenario_named
    from limen.model.who_reaches import who_reaches

    if first is not None and last is not None and last < first:
        raise click.UsageError(f"--until {last} lies before --from {first}.")
    with clear_errors():
        read = scenario_named(scenario)
        try:
            found = who_reaches(
                read, door, start=first, end=last + timedelta(days=1) if last else None, irregular=irregular,
                known_on=known_on, under=readings(read.policy.words, under),
            )  # fmt: skip
        except ValueError as error:
            raise Failed(str(error), USAGE) from None
        if output is not None and output.suffix == ".csv" and not as_json:
            output.write_text(as_csv(found.rows), encoding="utf-8")
            click.echo(f"{output}: {len(found.rows)} rows.", err=True)
            return
        if output is not None and output.suffix not in (".csv", ".json", ".txt"):
            raise click.UsageError(f"{output}: the ending picks the format; it can be .csv, .json or .txt.")
        emit(found, "reach", as_json, output, lambda console: _show(console, found))


def as_csv(rows: Iterable[Reached]) -> str:
    """The table as comma-separated values, with a line of heads."""
    from limen.model.who_reaches import Reached

    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow([HEADS.get(one.name, one.name) for one in fields(Reached)])
    for row in rows:
        writer.writerow(["" if value is None else value for value in astuple(row)])
    return page.getvalue()


def _joined(rows: Iterable[Reached]) -> list[Reached]:
    """Neighbouring days of the same people, together where only the way differs."""
    joined: list[Reached] = []
    for row in rows:
        last = joined[-1] if joined else None
        if (
            last
            and last.end == row.start
            and replace(last, start="", end="", way="") == replace(row, start="", end="", way="")
        ):
            joined[-1] = replace(last, end=row.end)
        else:
            joined.append(row)
    return joined


def _show(console: Console, found: WhoReaches) -> None:
    from limen.face.words_and_colours import HEAD, QUIET, listed, say

    say(console, (found.scenario, HEAD))
    known_on = f", as known on {found.known_on}" if found.known_on else ""
    say(console, f"Who could lawfully reach: {found.door}{known_on}.")
    for state in dict.fromkeys(row.state for row in found.rows):
        console.print()
        say(console, (state, HEAD))
        alike: dict[tuple[str, ...], list[Reached]] = {}
        for row in _joined(row for row in found.rows if row.state == state):
            alike.setdefault((row.reach, row.start, row.end, row.stopped_by, row.stopped_in, row.risk), []).append(row)
        for (reach, start, end, door, where, risk), rows in alike.items():
            stop = f"; {'stopped' if reach == 'cannot' else 'can be stopped'} by {door} in {where}" if door else ""
            who = dict.fromkeys(f"{row.kind}" for row in rows)
            papers = dict.fromkeys(row.holding for row in rows)
            danger = f"; at the risk of {risk}" if risk else ""
            say(
                console,
                (reach, HEAD),
                f", {start} until {end}: {listed(who)} with {listed(papers, 'or')}{stop}{danger}",
                indent=2,
            )
    console.print()
    for note in found.notes:
        say(console, (note, QUIET))
