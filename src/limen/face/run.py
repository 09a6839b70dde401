"""`limen run`: how many come, by which way, and who waits where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from limen.face import many
from limen.face.cli import INTERRUPTED
from limen.face.common import USAGE, Failed, OutputFolder, clear_errors, counted, either, emit, to_terminal

if TYPE_CHECKING:
    from limen.results.ensemble import About, Simulated
    from limen.results.store import Store
    from limen.results.tables import RunTable
    from limen.scenario.scenario import Scenario


@click.command("run")
@click.argument("scenario", metavar="[SCENARIO]", required=False)
@many.many_options
@click.option("-o", "--out", type=OutputFolder(), metavar="FOLDER",
              help="Where to keep the result (default: a folder here, named after scenario and seed).")  # fmt: skip
@click.option("--resume", is_flag=True, help="Continue a result that was stopped, or add draws to it.")
@click.option("--order", is_flag=True, help="Print in which order things happen on a day, and simulate nothing.")
@click.option("--no-report", is_flag=True, help="Without pictures and page.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (its schema: limen schema --of run).")
def command(
    scenario: str | None, draws: int | None, seed: int | None, until: date | None, workers: int | None, prior: bool, quiet: bool,
    out: Path | None, resume: bool, order: bool, no_report: bool, as_json: bool,
) -> None:  # fmt: skip
    """Simulate SCENARIO: a built-in one by its name (default: mobilisation-2022), or a folder.

    Prints entries by destination with intervals over the draws, beside what was counted and what texts quote, and keeps every
    draw, tables, pictures and one page in a folder. An interrupt (Ctrl-C) leaves a result that can be read and continued.
    """
    if order:
        either(order, "--order", resume, "--resume")
        either(order, "--order", as_json, "--json")
        _show_order(scenario if scenario is not None else many.SCENARIO, until)
        return
    with clear_errors(), many.faults_as_json("run", as_json), _clear_folders():
        from limen.results.store import about_of
        from limen.text.memory import kept_to_the_end

        with kept_to_the_end():
            kept = about_of(out) if resume and out else None
            name = scenario if scenario is not None else (kept.scenario if kept else many.SCENARIO)
            if kept and until is None and kept.until:
                until = date.fromisoformat(kept.until)
            told = many.scenario_named(name, until)
            seed = seed if seed is not None else kept.seed if kept else many.SEED
            folder = out or Path(f"{told.name}-seed-{seed}")
            kept = kept or (about_of(folder) if resume else None)
            prior = getattr(told, "posterior", None) is not None and (prior or bool(kept and kept.prior))
            told, parameters = many.drawn_from(told, prior)
            draws = draws or (kept.draws if kept else many.DRAWS)
            run = about_run(told, name, seed, draws, until, parameters, prior)
            model = many.model_of(told)
        _simulate(_opened(folder, model, run, resume), model, many.worker_count(workers), quiet)
        try:
            table = _written(folder, told, run, no_report, getattr(model, "notes", ()))
        except KeyboardInterrupt:
            _stopped(run, run.draws, folder)
        from limen.face.show_run import show_run

        kept_in = many.command_line("--out", many.as_path(out)) if out else ""
        emit(table, "run", as_json, None, lambda console: show_run(console, table, kept_in))


def _show_order(name: str, until: date | None) -> None:
    from limen.face.show_order import show_order
    from limen.model.run import model_of

    with clear_errors():
        told = many.scenario_named(name, until)
        steps = model_of(told).order
    to_terminal(lambda console: show_order(console, told.title, steps))


def about_run(
    told: Scenario, name: str, seed: int, draws: int, until: date | None, parameters: str, prior: bool
) -> About:
    """What a run is, with the command that gives it again."""
    from limen.results.ensemble import about

    again = many.command_line("limen", "run", many.as_path(name), *many.settings(draws, seed, until, prior))
    return about(name, told.title, seed, draws, again, told.hashes, str(until) if until else "", parameters)


def _opened(folder: Path, model: Simulated, run: About, resume: bool) -> Store:
    from limen.results import store

    found = (store.resume if resume else store.create)(folder, model.labels, run)
    if found.lost:
        kept = counted(found.done + found.lost, "draw")
        click.echo(
            f"Of {kept} in {folder}, those from draw {found.done} on are taken again: it cannot be read whole.",
            err=True,
        )
    return found


def _simulate(store: Store, model: Simulated, workers: int, quiet: bool) -> None:
    from limen.results.running import fill

    try:
        with many.clear_numbers(store.run.scenario), many.progress(store.run.draws, store.done, quiet) as told:
            fill(store, model, workers, told)
    except KeyboardInterrupt:
        _stopped(store.run, store.done, store.folder)


def _stopped(run: About, done: int, folder: Path) -> NoReturn:
    """Says what is kept and how to go on, and ends as an interrupt does."""
    again = many.command_line("limen", "run", many.as_path(run.scenario), "--resume", "--out", many.as_path(folder))
    kept = f"Stopped after {done:,} of {counted(run.draws, 'draw')}, which are kept in {folder}."
    if done == run.draws:
        kept = f"Stopped while the tables were written. The {counted(done, 'draw')} are kept in {folder}."
    click.echo(f"{kept}\nContinue with: {again}", err=True)
    raise click.exceptions.Exit(INTERRUPTED) from None


def _written(folder: Path, told: Scenario, run: About, no_report: bool, notes: Sequence[str]) -> RunTable:
    """Writes the tables and the page."""
    from limen.results import export, gallery, report, tables
    from limen.results.cells import in_cells
    from limen.results.store import opened, write

    with opened(folder) as data:
        counts = tables.read(data, told)
        found = in_cells(data, told)
        table = tables.table(data, told, run, counts, str(folder), found)
        export.export(folder, told, counts, table, found)
        if not no_report:
            pictures = gallery.of_run(data, told, counts, table)
            export.pictures(folder, pictures)
            write(folder / "report.html", report.run_report(told, table, pictures, notes))
    export.readme(folder, told)
    return table


@contextmanager
def _clear_folders() -> Iterator[None]:
    """Turns what is wrong with a folder into one clear message and the documented exit code."""
    from limen.results.store import NotEmpty, OtherRun

    try:
        yield
    except (NotEmpty, OtherRun) as error:
        raise Failed(str(error), USAGE) from None
