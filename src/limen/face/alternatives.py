"""`limen compare --with NAME` and `--all`: alternative policies beside a scenario as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from limen.face import many
from limen.face.common import MISSING, Failed, clear_errors, emit

if TYPE_CHECKING:
    from limen.results.alternatives import Alternatives
    from limen.scenario.alternatives import Alternative
    from limen.scenario.scenario import Scenario

ENDINGS = (".json", ".txt")


def compare_alternatives(
    name: str, named: Sequence[str], draws: int | None, seed: int | None, until: date | None, workers: int | None, prior: bool,
    quiet: bool, as_json: bool, output: Path | None,
) -> None:  # fmt: skip
    """Simulates a scenario as it stands and under its alternatives (none named: all), and tells what differs."""
    if output is not None and output.suffix not in ENDINGS:
        raise click.UsageError(f"{output}: the ending picks the format; with alternatives it can be .json or .txt.")
    with clear_errors():
        told, parameters = many.drawn_from(many.scenario_named(name, until), prior)
        alternatives = read_alternatives(told, name, named)
        seed, draws = many.SEED if seed is None else seed, draws or many.DRAWS
        which = [word for one in named for word in ("--with", one)] or ["--all"]
        again = many.command_line("limen", "compare", name, *which, *many.settings(draws, seed, until, prior))
        found = _compared(told, alternatives, name, seed, draws, until, workers, parameters, again, quiet)

        from limen.face.show_alternatives import show_alternatives

        emit(found, "alternatives", as_json, output, lambda console: show_alternatives(console, found))


def read_alternatives(scenario: Scenario, name: str, named: Sequence[str]) -> list[Alternative]:
    """The alternatives of a scenario that are named, or all; in order of name. All their faults at once."""
    from limen.model.changes import changeable
    from limen.scenario.alternatives import alternatives_in, read_alternative
    from limen.scenario.find import scenario_folder
    from limen.text.faults import Faulty, FaultyScenario

    folder, numbers = scenario_folder(name), changeable(scenario)
    wanted = list(dict.fromkeys(named)) or list(alternatives_in(folder))
    if not wanted:
        raise Failed(f"{scenario.name} has no alternatives: they are files in its folder 'alternatives'.", MISSING)
    found, faults = [], []
    for one in wanted:
        try:
            found.append(read_alternative(scenario, folder, one, numbers))
        except Faulty as error:
            faults += error.faults
    if faults:
        raise FaultyScenario(faults)
    return found


def _compared(
    told: Scenario, alternatives: Sequence[Alternative], name: str, seed: int, draws: int, until: date | None,
    workers: int | None, parameters: str, again: str, quiet: bool,
) -> Alternatives:  # fmt: skip
    from limen.answers.check import check
    from limen.results.alternatives import Alternatives, meanings, outcome, simulated
    from limen.results.ensemble import about

    base = many.model_of(told)
    others = [many.model_of(one.over(told), one.policy) for one in alternatives]
    with many.keeps_nothing(many.COMPARISON), many.clear_numbers(told.name), many.progress(draws, 0, quiet) as tell:
        rows = simulated(base, others, seed, draws, many.worker_count(workers), tell)
    checked = check(told.policy)
    outcomes = [
        outcome(one, told, rows[0], row, checked, check(one.policy))
        for one, row in zip(alternatives, rows[1:], strict=True)
    ]
    hashes = {**told.hashes, **{f"alternatives/{one.name}.yaml": one.digest for one in alternatives}}
    run = about(name, told.title, seed, draws, again, hashes, str(until) if until else "", parameters)
    first, last = told.period.report_from, told.period.end - timedelta(days=1)
    return Alternatives(run, draws, first.isoformat(), last.isoformat(), outcomes, meanings(outcomes))
