"""`limen repair`: the smallest changes that make a claim hold, and who else they touch."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from limen.face.check import ways_of
from limen.face.common import FAILS, Failed, OutputFile, clear_errors, counted, emit, load, readings

if TYPE_CHECKING:
    from rich.console import Console

    from limen.answers.mended import Mended, Repair

MOST = 3
MOST_NAMES = 8


@click.command("repair", epilog='Example: limen repair finland-estonia-2022 "no measure is about people with a permit"')
@click.argument("paths", metavar="POLICY...", nargs=-1, required=True)
@click.argument("claim", metavar="CLAIM")
@click.option("--most", type=click.IntRange(1, 20), default=MOST, show_default=True,
              help="So many repairs of one size are told.")  # fmt: skip
@click.option("--under", "under", multiple=True, metavar="READING=ANSWER",
              help="Take a disputed text to mean this. May be repeated; without it every reading counts.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON (its schema: limen schema --of repair).")
@click.option("-o", "--output", type=OutputFile(), metavar="FILE",
              help="Write the result to a .json or .txt file instead.")  # fmt: skip
def command(
    paths: tuple[str, ...], claim: str, most: int, under: tuple[str, ...], as_json: bool, output: Path | None
) -> None:  # fmt: skip
    """Find the smallest changes of the rules of POLICY that make CLAIM hold for everyone.

    Several policies are read together, as by limen check: a claim may stand in a file of one's own. The last word is the claim.

    A change is a carve-out (`unless`), a rule that prevails over another (`despite`), or a measure withdrawn. Each repair is
    proved on the policy as changed, and told with everybody whom it touches. None is told that breaks a claim that states a
    right, or sets rules of one rank against one another. Nothing is written to the files. Ends with 1 where the claim fails
    and no repair is found.
    """
    from limen.answers.mended import mend
    from limen.answers.repair import TooHard

    with clear_errors():
        read = load(paths)
        travel = ways_of(paths, read) if read.reach else None
        try:
            found = mend(read, claim, known=readings(read.words, under), travel=travel, most=most)
        except TooHard as error:
            raise Failed(str(error), FAILS) from None
        except ValueError as error:
            raise click.UsageError(str(error)) from None
        emit(found, "repair", as_json, output, lambda console: show(console, found))
    if not found.holds and not found.repairs:
        raise click.exceptions.Exit(FAILS)


def show(console: Console, found: Mended) -> None:
    """The repairs, fewest changes of the lowest law first."""
    from limen.face.words_and_colours import GOOD, HEAD, QUIET, say

    say(console, (found.policy, HEAD))
    say(console, found.claim, (f"  [{Path(found.where).name}]", QUIET))
    if found.holds:
        say(console, ("✓ It holds: there is nothing to repair.", GOOD))
    if found.why_none:
        say(console, found.why_none)
    for number, repair in enumerate(found.repairs, 1):
        console.print()
        ranks = list(dict.fromkeys(change.rank for change in repair.changes))
        head = f"Repair {number}: {counted(len(repair.changes), 'change')} of {' and '.join(ranks)}"
        say(console, (head, HEAD), f" — proved, and all {counted(found.rights, 'right')} that hold still hold")
        _show_repair(console, repair)
    console.print()
    for note in found.notes:
        say(console, (note, QUIET))


def _show_repair(console: Console, repair: Repair) -> None:
    from limen.face.words_and_colours import HEAD, KNOWN, QUIET, copied, listed, say

    for change in repair.changes:
        say(console, (change.rule, HEAD), f" {change.says}", (f"  [{Path(change.where).name}]", QUIET), indent=2)
        copied(console, change.text, 6)
    for meant, title in ((True, "whom the claim is about"), (False, "who else is touched")):
        several = [one for one in repair.touched if one.meant == meant]
        if several or not meant:
            say(
                console,
                (f"{title}:", KNOWN if several and not meant else QUIET),
                "" if several else " nobody",
                indent=2,
            )
        for one in several:
            who = f"; the nearest: {one.nearest}, {one.on} — "
            say(console, (one.door, HEAD), f", {listed(one.days)}{who}{one.before} → {one.after}", indent=4)
    for title, names in (("now also holds", repair.now_hold), ("no longer holds", repair.now_fail),
                         ("cases that come out otherwise", repair.cases)):  # fmt: skip
        if names:
            more = f"; and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
            say(console, (f"{title}: ", QUIET), "; ".join(names[:MOST_NAMES]) + more, indent=2)
