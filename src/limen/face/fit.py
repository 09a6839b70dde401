"""`limen fit`: what the counts say of the assumptions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from limen.face import many
from limen.face.common import USAGE, Day, Failed, OutputFile, clear_errors, emit, to_terminal

if TYPE_CHECKING:
    from limen.scenario.scenario import Scenario

MEMBERS, STEPS, FEWEST, MOST = 200, 4, 20, 1000


@click.command("fit")
@click.argument("scenario", metavar="SCENARIO")
@click.option(
    "--until", type=Day(), metavar="DAY", help="Use counts until this day only (default: all that are simulated)."
)
@click.option("--members", type=click.IntRange(FEWEST, MOST), default=MEMBERS, metavar="N",
              help=f"How many members the posterior has, {FEWEST} to {MOST:,} (default: {MEMBERS}).")  # fmt: skip
@click.option("--steps", type=click.IntRange(1, 50), default=STEPS, metavar="N",
              help=f"In how many steps the counts are taken in (default: {STEPS}).")  # fmt: skip
@click.option("--seed", type=click.IntRange(0, many.LARGEST_SEED), default=many.SEED, metavar="N",
              help=f"The seed of all random numbers (default: {many.SEED}).")  # fmt: skip
@click.option(
    "--workers", type=click.IntRange(1, 512), metavar="N", help="Threads to simulate on (default: one a core)."
)
@click.option(
    "--weekly", is_flag=True, help="Fit at the end of each week instead, and print how estimates change. Keeps nothing."
)
@click.option("--hold-out", "last", type=Day(), metavar="DAY",
              help="Compare with the counts between --until and this day, which are not fitted. Keeps nothing.")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="No progress on standard error.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (its schema: limen schema --of fit).")
@click.option("-o", "--output", type=OutputFile(), metavar="FILE",
              help="Where to keep the posterior: a .csv file, and a .yaml file beside it (default: in the folder of SCENARIO; "
                   "for the name of a built-in scenario, here).")  # fmt: skip
def command(
    scenario: str, until: date | None, members: int, steps: int, seed: int, workers: int | None, weekly: bool, last: date | None,
    quiet: bool, as_json: bool, output: Path | None,
) -> None:  # fmt: skip
    """Fit the assumptions of SCENARIO to its counts, and keep the posterior, from which `limen run` then draws.

    Prints what became of each assumption, those that the counts inform most first, and how far the model is from the counts
    before and after.
    """
    if output is not None and output.suffix != ".csv":
        raise click.UsageError(f"{output}: a posterior is kept in a .csv file.")
    if last is not None and (until is None or last <= until):
        raise click.UsageError("--hold-out DAY goes with --until, and its day comes after that one.")
    if weekly and last is not None:
        raise click.UsageError("Choose --weekly or --hold-out.")
    if as_json and (weekly or last):
        raise click.UsageError("--json prints a fit; it does not go with --weekly or --hold-out.")
    with clear_errors(), _clear_fits():
        told = many.scenario_named(scenario)
        threads = many.worker_count(workers)
        if weekly:
            _weekly(told, until, members, steps, seed, threads)
        elif last is not None and until is not None:
            _held_out(told, until, last, members, steps, seed, threads, quiet)
        else:
            _fitted(told, scenario, until, members, steps, seed, threads, quiet, as_json, output)


def _fitted(
    told: Scenario, name: str, until: date | None, members: int, steps: int, seed: int, workers: int, quiet: bool,
    as_json: bool, output: Path | None,
) -> None:  # fmt: skip
    from limen.face.show_fit import show_fit
    from limen.inference.fit import fit
    from limen.inference.posterior import posterior_of, write_posterior
    from limen.inference.told import table_of

    numbers = ["--members", str(members), "--steps", str(steps), "--seed", str(seed)]
    again = many.command_line("limen", "fit", name, *(["--until", str(until)] if until else []), *numbers)
    with many.progress(members * (steps + 1), 0, quiet, "simulation") as tell:
        found = fit(
            told, until, members=members, steps=steps, seed=seed, workers=workers, told=lambda done, _: tell(done)
        )
    table = table_of(found, again)
    members_file = output or _default(told, name)
    kept = write_posterior(posterior_of(found, again), found.problem.parameters, members_file)
    emit(table, "fit", as_json, None, lambda console: show_fit(console, table, [str(path) for path in kept]))


def _default(told: Scenario, name: str) -> Path:
    """Where the posterior goes: into the folder that was named; of a scenario that comes with Limen into a file here."""
    from limen.evidence.posterior import FILES

    folder = Path(name)
    return folder / FILES[0] if folder.is_dir() else Path(f"{told.name}-posterior.csv")


def _weekly(told: Scenario, until: date | None, members: int, steps: int, seed: int, workers: int) -> None:
    from limen.face.show_fit import show_weeks
    from limen.inference.filter import Standing, week_by_week

    weeks: list[Standing] = []
    for standing in week_by_week(told, until, members=members, steps=steps, seed=seed, workers=workers):
        weeks.append(standing)
        click.echo(f"Until {standing.until}: {standing.new} new counts.", err=True)
    to_terminal(lambda console: show_weeks(console, told, weeks, members))


def _held_out(
    told: Scenario, until: date, last: date, members: int, steps: int, seed: int, workers: int, quiet: bool
) -> None:
    from limen.face.show_fit import show_held_out
    from limen.inference.holdout import hold_out

    with many.progress(members * (steps + 3), 0, quiet, "simulation") as tell:
        rows = hold_out(
            told, until, last, members=members, steps=steps, seed=seed, workers=workers, told=lambda done, _: tell(done)
        )
    to_terminal(lambda console: show_held_out(console, told, until, last, rows))


@contextmanager
def _clear_fits() -> Iterator[None]:
    """Turns what can go wrong in a fit into one clear message and the documented exit code."""
    from limen.inference.observe import NothingToFit

    try:
        with many.keeps_nothing("A fit keeps nothing of what it did not finish."):
            yield
    except NothingToFit as error:
        raise Failed(str(error), USAGE) from None
