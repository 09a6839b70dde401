"""Alternative policies in the terminal: what differs at borders, in offices and for people, and what breaks."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from limen.face.show_run import new_table, row_of
from limen.face.words_and_colours import HEAD, KNOWN, QUIET, copied, say
from limen.results.alternatives import Alternatives, Consequence, Outcome
from limen.results.consequences import HEARING, MONTHS, OTHER
from limen.results.ranges import as_text
from limen.results.words import NOT_PUBLISHED, days, signed

Columns = Sequence[tuple[str, str, str]]

TABLES: dict[str, Columns] = {
    "At borders": (
        ("came to stay", HEARING, "To stay in\nasylum states"),
        ("came to stay", OTHER, "To stay\nelsewhere"),
        ("refusals", HEARING, "Refusals in\nasylum states"),
    ),
    "In asylum offices": (
        ("claims at the border", "", "Claims at\nthe border"),
        ("first applications", "", "First\napplications"),
        ("applications per 1,000 who came", "", "Applications per\n1,000 who came"),
        ("months of backlog", "", "Months of\nbacklog"),
    ),
    "Protection": (
        ("protected", "", "Protected, or under\ntemporary protection"),
        ("in need, turned back unassessed", "", "In need, turned\nback unassessed"),
        ("in need, no way out", "", "In need,\nno way out"),
    ),
    "Who waits, or stays": (
        ("longest queue", "", "Longest\nqueue"),
        ("person-days stranded", "", "Person-days\nstranded"),
        ("called up", "", "Called up"),
    ),
}
"""By table, the measures told: name, of what, and how it is headed."""
MOST_STATES = 24


def show_alternatives(console: Console, found: Alternatives) -> None:
    """The tables, then alternative by alternative what it changes and breaks."""
    run = found.run
    say(console, (run.title, HEAD))
    draws = f"the same {found.draws:,} draws" if found.draws > 1 else "the same draw"
    say(
        console,
        f"{draws.capitalize()} of every policy, seed {run.seed}, {days(found.start, found.end)}. The first row is the policy as "
        f"it stands; below it, what each alternative changes: medians, and 90% intervals.",
    )
    for title, columns in TABLES.items():
        if table := consequences(title, found.outcomes, columns):
            console.print()
            console.print(table)
    for one in found.outcomes:
        console.print()
        _show_outcome(console, one, days(found.start, found.end), len(found.outcomes) == 1)
    console.print()
    say(console, ("What is counted:", HEAD))
    for name, meaning in found.meanings.items():
        say(console, f"{name}: {meaning}", indent=2)
    console.print()
    say(console, ("The same again:", HEAD))
    copied(console, run.command, indent=2)


def consequences(title: str, outcomes: Sequence[Outcome], columns: Columns) -> Table | None:
    """A row for the policy as it stands, and one for each alternative; None where nothing of it was measured."""
    there = {(row.measure, row.of) for row in outcomes[0].consequences}
    told = [column for column in columns if column[:2] in there]
    if not told:
        return None
    table = new_table(title, *(head for _, _, head in told))
    by = [{(row.measure, row.of): row for row in one.consequences} for one in outcomes]
    row_of(table, "As it stands", *(_level(by[0][column[:2]]) for column in told))
    for one, rows in zip(outcomes, by, strict=True):
        row_of(table, one.title, *(_change(rows[column[:2]]) for column in told))
    return table


def _level(row: Consequence) -> str:
    found, digits = row.base, 1 if row.unit == MONTHS else 0
    if found.withheld:
        return NOT_PUBLISHED
    low, high = as_text(found.low90, digits), as_text(found.high90, digits)
    return f"{as_text(found.median, digits)}\n{low}\N{EN DASH}{high}"


def _change(row: Consequence) -> str:
    if row.same:
        return "0"
    found = row.difference
    if found.withheld:
        return NOT_PUBLISHED
    text = decimal if row.unit == MONTHS else signed
    return f"{text(found.median)}\n{text(found.low90)} to {text(found.high90)}"


def decimal(value: float | None) -> str:
    """A difference with its sign and one decimal place."""
    text = f"{value or 0.0:+.1f}"
    return "0" if float(text) == 0 else text.replace("-", "\N{MINUS SIGN}")


def _show_outcome(console: Console, one: Outcome, spell: str, alone: bool) -> None:
    say(console, (one.title, HEAD), f" ({one.name})")
    say(console, one.says, indent=2)
    for quote in one.asked_by:
        say(console, (f"{quote.who}: {quote.says}", QUIET), indent=2)
    for line in one.changes:
        say(console, f"\N{BULLET} {line}", indent=2)
    if one.consequences and all(row.same for row in one.consequences):
        say(console, (f"! None of this changes any number on the days told, {spell}.", KNOWN), indent=2)
    if alone:
        clear = [row for row in one.consequences if row.of and row.clear and row.of not in (HEARING, OTHER)]
        if clear:
            console.print()
            console.print(by_state(clear))
    for rule in one.against:
        what = "is excluded by" if rule.overruled else "contradicts"
        say(
            console, f"Against the law: “{rule.rule}” {what} “{rule.other}”, for example for: {rule.sentence}", indent=2
        )
    for claim in one.broken:
        right = " (a right)" if claim.right else ""
        law = f" [{'; '.join(claim.law)}]" if claim.law else ""
        when = ", ".join(claim.days)
        if claim.readings:
            when += f" ({claim.readings})"
        say(console, f"Broken{right}: “{claim.claim}”{law}, {when}: {claim.sentence}", indent=2)
    if not one.broken:
        say(console, "Every claim that holds now still holds.", indent=2)
    for name in one.mended:
        say(console, f"Fails as the rules stand, and holds now: “{name}”", indent=2)


def by_state(rows: Sequence[Consequence]) -> Table:
    """The largest clear differences by state, of those that may be published."""
    public = [row for row in rows if not row.difference.withheld]
    kept = sorted(public, key=lambda row: -abs(row.difference.median or 0.0))[:MOST_STATES]
    table = new_table("By state", "As it stands", "Difference", "90% interval")
    for row in rows:
        if row in kept:
            text, digits = (decimal, 1) if row.unit == MONTHS else (signed, 0)
            most = f"{text(row.difference.low90)} to {text(row.difference.high90)}"
            row_of(
                table, f"{row.of}, {row.measure}", as_text(row.base.median, digits), text(row.difference.median), most
            )
    return table
