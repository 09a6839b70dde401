"""`limen compare`: the same draws under two policies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from limen.face import many
from limen.face.common import USAGE, Failed, OutputFile, clear_errors, emit
from limen.text.faults import nearest

if TYPE_CHECKING:
    from limen.policy.rules import Policy
    from limen.results.compare import Comparison
    from limen.results.counted import Counted
    from limen.results.ensemble import Simulated
    from limen.scenario.scenario import Scenario

ENDINGS = (".json", ".txt", ".html")


@click.command("compare")
@click.argument("scenario", metavar="SCENARIO")
@click.option("--change", "changes", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
              help="A policy file or folder laid over the scenario's policy: a file of the same name replaces it, "
                   "a new name is added. May be repeated.")  # fmt: skip
@click.option(
    "--without", "without", multiple=True, metavar="RULE", help="Withdraw the rule of this name. May be repeated."
)
@click.option("--with", "named", multiple=True, metavar="NAME",
              help="Compare with an alternative policy of the scenario, by the name of its file. May be repeated.")  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="Compare with all alternative policies of the scenario.")
@many.many_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON (its schema: limen schema --of compare).")
@click.option("-o", "--output", type=OutputFile(), metavar="FILE",
              help="Write the result to a .json or .txt file instead, or .html without --with and --all.")  # fmt: skip
def command(
    scenario: str, changes: tuple[Path, ...], without: tuple[str, ...], named: tuple[str, ...], everything: bool,
    draws: int | None, seed: int | None, until: date | None,
    workers: int | None, prior: bool, quiet: bool, as_json: bool, output: Path | None,
) -> None:  # fmt: skip
    """Simulate SCENARIO as it stands and with all changes together: what differs, with intervals.

    Both see the same random numbers, draw by draw; where the two policies say the same, the difference is exactly zero.
    """
    if named or everything:
        if changes or without:
            raise click.UsageError(
                "--with and --all compare alternatives as they are: leave --change and --without out."
            )
        from limen.face.alternatives import compare_alternatives

        compare_alternatives(
            scenario, () if everything else named, draws, seed, until, workers, prior, quiet, as_json, output
        )
        return
    if not changes and not without:
        raise click.UsageError("Name at least one change: --with NAME, --all, --change FILE or --without RULE.")
    if output is not None and output.suffix not in ENDINGS:
        raise click.UsageError(f"{output}: the ending picks the format; it can be .json, .txt or .html.")
    with clear_errors(), many.faults_as_json("compare", as_json):
        told, parameters = many.drawn_from(many.scenario_named(scenario, until), prior)
        changed = without_rules(laid_over(told.policy, changes) if changes else told.policy, without)
        seed, draws = many.SEED if seed is None else seed, draws or many.DRAWS
        models = many.model_of(told), many.model_of(told, changed)
        base, other = _simulate(models, told, seed, draws, many.worker_count(workers), quiet)
        options = [*_repeated("--change", map(many.as_path, changes)), *_repeated("--without", without)]
        numbers = many.settings(draws, seed, until, prior) + (["--output", many.as_path(output)] if output else [])
        again = many.command_line("limen", "compare", many.as_path(scenario), *options, *numbers)
        found = _compared(
            base, other, told, models, scenario, changed, seed, draws, until, parameters, again, changes, without
        )
        _tell(found, base, other, told, models[0], as_json, output)


def laid_over(policy: Policy, changes: Sequence[Path]) -> Policy:
    """The policy with files laid over it: one of the same name in place of the old. Raises as `read_policy`."""
    from limen.policy.read import policy_files, read_policy

    files = {Path(name).name: Path(name) for name in policy.hashes}
    files.update({file.name: file for file in policy_files(changes)})
    return read_policy(files.values())


def without_rules(policy: Policy, names: Sequence[str]) -> Policy:
    """The policy without some rules. Raises click.UsageError for a name that no rule has."""
    for name in names:
        if name not in policy.rules:
            near = nearest(name, policy.rules)
            raise click.UsageError(
                f"There is no rule {name!r} to withdraw.{f' Did you mean {near!r}?' if near else ''}"
            )
    if not names:
        return policy
    rules = {
        name: replace(rule, despite=tuple(other for other in rule.despite if other not in names))
        for name, rule in policy.rules.items()
        if name not in names
    }
    return replace(policy, rules=rules, order=tuple(name for name in policy.order if name not in names))


def _repeated(option: str, values: Sequence[str] | map[str]) -> list[str]:
    return [word for value in values for word in (option, value)]


def _simulate(
    models: tuple[Simulated, Simulated], told: Scenario, seed: int, draws: int, workers: int, quiet: bool
) -> tuple[Counted, Counted]:
    from limen.results.compare import OtherLabels, both

    try:
        with many.keeps_nothing(many.COMPARISON), many.clear_numbers(told.name), many.progress(draws, 0, quiet) as tell:
            return both(*models, told, seed, draws, workers, tell)
    except OtherLabels as error:
        raise Failed(str(error), USAGE) from None


def _compared(
    base: Counted, other: Counted, told: Scenario, models: tuple[Simulated, Simulated], name: str, changed: Policy, seed: int,
    draws: int, until: date | None, parameters: str, again: str, changes: Sequence[Path], without: Sequence[str],
) -> Comparison:  # fmt: skip
    from limen.results.compare import compared
    from limen.results.ensemble import about

    laid = {
        f"laid over: {Path(file).name}": digest
        for file, digest in changed.hashes.items()
        if file not in told.policy.hashes
    }
    hashes = {**told.hashes, **laid}
    run = about(name, told.title, seed, draws, again, hashes, str(until) if until else "", parameters)
    said = [*(f"with {path}" for path in changes), *(f"without the rule “{rule}”" for rule in without)]
    return compared(base, other, told, models[0].labels, run, said)


def _tell(
    found: Comparison,
    base: Counted,
    other: Counted,
    told: Scenario,
    model: Simulated,
    as_json: bool,
    output: Path | None,
) -> None:
    from limen.face.show_comparison import show_comparison
    from limen.results import gallery, report_compared
    from limen.results.store import write

    if output is not None and output.suffix == ".html":
        pictures = gallery.of_comparison(told, base, other, found)
        write(output, report_compared.comparison_report(told, found, pictures, getattr(model, "notes", ())))
    else:
        emit(found, "compare", as_json, output, lambda console: show_comparison(console, found))
