"""`limen check`: does it hold for everyone?"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from limen.answers.check import check
from limen.face.common import FAILS, Day, clear_errors, either, emit, load, once, readings, shared_options
from limen.policy.rules import Policy

if TYPE_CHECKING:
    from limen.answers.reach import Travel


@click.command("check")
@click.argument("paths", metavar="POLICY...", nargs=-1, required=True)
@click.option(
    "--on",
    "on",
    type=Day(),
    multiple=True,
    callback=once,
    metavar="DAY",
    help="Only this day, instead of every day (cases keep their own).",
)
@click.option("-q", "--quiet", is_flag=True, help="Only what is not as expected.")
@click.option(
    "-v", "--verbose", is_flag=True, help="Also the cases, the gaps in full, and a ready case for each example."
)
@click.option("--with", "named", metavar="NAME", help="Check an alternative policy of the scenario, without its cases.")
@shared_options
def command(
    paths: tuple[str, ...], on: date | None, quiet: bool, verbose: bool, named: str | None,
    known_on: date | None, under: tuple[str, ...],
    as_json: bool, output: Path | None,
) -> None:  # fmt: skip
    """Check the cases and claims of POLICY for everyone, on every day and under every reading.

    A claim is proved, or refuted by the nearest person for whom it fails. Also found: gaps (nobody has said anything), conflicts
    (two musts of one rank), tensions (a lower rank against a higher), and rules that never speak. Ends with 1 where a claim or
    case is not as expected, or a conflict exists.
    """
    either(quiet, "--quiet", verbose, "--verbose")
    with clear_errors():
        policy = load(paths) if named is None else alternative_policy(paths, named)
        ways = ways_of(paths, policy) if policy.reach else None
        report = check(policy, known_on=known_on, on=on, under=readings(policy.words, under), travel=ways)

        from limen.face.show_report import show_report

        emit(report, "check", as_json, output, lambda console: show_report(console, report, quiet, verbose))
    if not report.fine:
        raise click.exceptions.Exit(FAILS)


def ways_of(paths: tuple[str, ...], policy: Policy) -> Travel | None:
    """The ways that claims about what is reached are about."""
    from limen.face.travel import SeveralWays, travel_of

    try:
        return travel_of(paths, policy.words)
    except SeveralWays as error:
        raise click.UsageError(str(error)) from None


def alternative_policy(paths: tuple[str, ...], name: str) -> Policy:
    """The policy of a scenario with an alternative laid over it."""
    from limen.face.alternatives import read_alternatives
    from limen.face.many import scenario_named

    if len(paths) != 1:
        raise click.UsageError("--with names an alternative of one scenario: name that scenario alone.")
    return read_alternatives(scenario_named(paths[0]), paths[0], [name])[0].policy
