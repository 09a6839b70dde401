"""What `limen run` and `limen compare` share: the scenario that somebody names, its model, seeds and workers, progress."""

from __future__ import annotations

import os
import shlex
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from limen.face.cli import INTERRUPTED
from limen.face.common import FAULTY, MISSING, Day, Failed, counted, told_faults
from limen.text.faults import Faulty

if TYPE_CHECKING:
    from limen.model.run import Model
    from limen.policy.rules import Policy
    from limen.scenario.scenario import Scenario

F = TypeVar("F", bound=Callable[..., Any])

SCENARIO, DRAWS, SEED = "mobilisation-2022", 100, 1
LARGEST_SEED = 2**32 - 1
MOST_DRAWS = 100_000
PLAIN_STEPS = 10
MOST_NAMED = 3
COMPARISON = "A comparison keeps nothing of what it did not finish."


def many_options(function: F) -> F:
    """Options of the commands that take draws."""
    for option in (
        click.option("-q", "--quiet", is_flag=True, help="No progress on standard error."),
        click.option("--prior", is_flag=True, help="Draw all parameters from their priors, though the scenario has been fitted."),
        click.option("--workers", type=click.IntRange(1, 512), metavar="N", help="Threads to simulate on (default: one a core)."),
        click.option("--until", type=Day(), metavar="DAY", help="The last day to simulate (default: the scenario's last)."),
        click.option("--seed", type=click.IntRange(0, LARGEST_SEED), metavar="N",
                     help=f"The seed of all random numbers, 0 to {LARGEST_SEED} (default: {SEED})."),
        click.option("--draws", type=click.IntRange(1, MOST_DRAWS), metavar="N",
                     help=f"How many draws to take (default: {DRAWS})."),
    ):  # fmt: skip
        function = option(function)
    return function


def scenario_named(name: str, until: date | None = None) -> Scenario:
    """The scenario of that name or at that path, cut short after the day `until`.

    Raises NoSuchScenario, FaultyScenario, click.UsageError.
    """
    from limen.model.labels import UNITS
    from limen.scenario.files import is_scenario
    from limen.scenario.find import scenario_folder
    from limen.scenario.read import read_scenario

    if not is_scenario(scenario_folder(name)):
        raise Failed(
            f"{name} is a policy without people and places: it can be asked and checked, not simulated.", MISSING
        )
    return cut_short(read_scenario(name, UNITS), until)


def cut_short(scenario: Scenario, until: date | None) -> Scenario:
    """The scenario with `until` as its last day. Raises click.UsageError where that is not one of the days that are told."""
    if until is None:
        return scenario
    first, last = scenario.period.report_from, scenario.period.end - timedelta(days=1)
    if not first <= until <= last:
        raise click.UsageError(f"--until {until}: {scenario.name} can be cut short on a day from {first} to {last}.")
    return replace(scenario, period=replace(scenario.period, end=until + timedelta(days=1)))


def drawn_from(scenario: Scenario, prior: bool) -> tuple[Scenario, str]:
    """The scenario with its posterior or, where `prior`, without; and in words where its parameters are drawn from.

    A posterior that was made from other files than those at hand is used, and said to be old on standard error.
    """
    posterior = getattr(scenario, "posterior", None)
    if posterior is None:
        return scenario, "priors"
    if prior:
        return replace(scenario, posterior=None), "priors"
    changed = posterior.changed(scenario.hashes)
    if changed:
        some = ", ".join(changed[:MOST_NAMED]) + (
            f" and {len(changed) - MOST_NAMED} more" if len(changed) > MOST_NAMED else ""
        )
        click.echo(
            f"The posterior of {scenario.name} is older than its files: {counted(len(changed), 'file')} changed since it was "
            f"fitted ({some}). Fit it again with: {posterior.command}\nOr run without it: --prior.",
            err=True,
        )
    return scenario, f"posterior of {counted(posterior.members, 'member')}, fitted to counts until {posterior.until}"


def model_of(scenario: Scenario, policy: Policy | None = None) -> Model:
    """The model of a scenario, under its own policy or another. Raises MissingData, a fault each, where something lacks."""
    from limen.model import run

    return run.model_of(scenario, policy)


@contextmanager
def faults_as_json(command: str, as_json: bool) -> Iterator[None]:
    """Prints what is wrong in files as JSON where JSON was asked for, as `limen validate --json` does."""
    try:
        yield
    except Faulty as error:
        if not as_json:
            raise
        click.echo(told_faults(command, error.faults))
        raise click.exceptions.Exit(FAULTY) from None


@contextmanager
def keeps_nothing(said: str) -> Iterator[None]:
    """Ends with the exit code of an interrupt where somebody presses Ctrl-C, and says what is kept of the work: `said`."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo(f"Stopped. {said}", err=True)
        raise click.exceptions.Exit(INTERRUPTED) from None


@contextmanager
def clear_numbers(name: str) -> Iterator[None]:
    """Turns numbers with which nobody can be simulated into one clear message and the exit code of a faulty file."""
    from limen.flow.check import FaultyProgram

    try:
        yield
    except (FaultyProgram, OverflowError) as error:
        raise Failed(
            f"{name} cannot be simulated: its parameters lead to numbers that cannot be.\n{error}", FAULTY
        ) from None


def worker_count(workers: int | None) -> int:
    """As many threads as somebody asked for, or as the process may use cores."""
    if workers is not None:
        return workers
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def command_line(*words: str | None) -> str:
    """A command that can be typed into a shell as it stands."""
    return shlex.join(word for word in words if word is not None)


def settings(draws: int, seed: int, until: date | None, prior: bool) -> list[str]:
    """The options that give a simulation again."""
    last = ["--until", str(until)] if until else []
    return ["--draws", str(draws), "--seed", str(seed), *last, *(["--prior"] if prior else [])]


def as_path(text: str | Path) -> str:
    """A path that no command takes for an option."""
    return f"./{text}" if str(text).startswith("-") else str(text)


@contextmanager
def progress(total: int, done: int, quiet: bool, noun: str = "draw") -> Iterator[Callable[[int], None]]:
    """Something that is told how many draws there are, and shows it on standard error: a bar, or lines in a pipe."""
    if quiet or sys.stderr is None:
        yield lambda _: None
        return
    if not sys.stderr.isatty():
        yield _Lines(total, done, noun)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn(f"{noun.capitalize()}s"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("left"),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("draws", total=total, completed=done)
        yield lambda number: bar.update(task, completed=number)


class _Lines:
    """Says every tenth of the way how far it is and how long the rest will take."""

    def __init__(self, total: int, done: int, noun: str = "draw"):
        self.noun = noun
        self.total, self.first, self.said = total, done, done * PLAIN_STEPS // total
        self.begun = time.monotonic()

    def __call__(self, done: int) -> None:
        """Is told how many draws there are."""
        step = done * PLAIN_STEPS // self.total
        if step > self.said:
            self.said = step
            left = (time.monotonic() - self.begun) / max(1, done - self.first) * (self.total - done)
            more = f", about {left:.0f} s left" if done < self.total else ""
            click.echo(f"{done:,} of {counted(self.total, self.noun)}{more}", err=True)
