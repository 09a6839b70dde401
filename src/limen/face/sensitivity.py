"""`limen sensitivity`: which assumptions carry an answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from limen.face import many
from limen.face.alternatives import read_alternatives
from limen.face.common import MISSING, Failed, OutputFile, clear_errors, emit
from limen.text.faults import nearest

if TYPE_CHECKING:
    from limen.inference.sensitivity import Sensitivity
    from limen.scenario.scenario import Scenario

DRAWS, MOST = 200, 12
ENDINGS = (".json", ".txt", ".csv", ".svg", ".png")


@click.command("sensitivity")
@click.argument("scenario", metavar="SCENARIO")
@click.option("--measure", default="first applications", metavar="MEASURE", show_default=True,
              help="What the answer is: a measure of `limen compare --all`.")  # fmt: skip
@click.option("--of", "of", default="", metavar="STATE", help="Of which state, where the measure is told by state.")
@click.option(
    "--with", "named", metavar="NAME", help="What an alternative policy changes: its answer less that as it stands."
)
@click.option("--top", "most", type=click.IntRange(1, 100), default=MOST, show_default=True, metavar="N",
              help="How many assumptions to tell.")  # fmt: skip
@many.many_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON (its schema: limen schema --of sensitivity).")
@click.option("-o", "--output", type=OutputFile(), metavar="FILE",
              help="Write a .json, .txt or .csv table, or the tornado as .svg or .png.")  # fmt: skip
def command(
    scenario: str, measure: str, of: str, named: str | None, most: int, draws: int | None, seed: int | None, until: date | None,
    workers: int | None, prior: bool, quiet: bool, as_json: bool, output: Path | None,
) -> None:  # fmt: skip
    """Rank the assumptions of SCENARIO by what they carry of an answer, over draws in which all of them vary at once.

    An assumption carries the answer where both go along over the draws further than chance would have it. Nothing is run anew for
    any of them. How flows stray from week to week of themselves is no assumption, and is not ranked.
    """
    if output is not None and output.suffix not in ENDINGS:
        raise click.UsageError(f"{output}: the ending picks the format; it can be {', '.join(ENDINGS)}.")
    with clear_errors():
        told, parameters = many.drawn_from(many.scenario_named(scenario, until), prior)
        seed, draws = many.SEED if seed is None else seed, draws or DRAWS
        options = ["--measure", measure, *(["--of", of] if of else []), *(["--with", named] if named else [])]
        again = many.command_line("limen", "sensitivity", scenario, *options, *many.settings(draws, seed, until, prior))
        found = _found(
            told, scenario, (measure, of), named, most, draws, seed, until, workers, parameters, again, quiet
        )
        _tell(found, as_json, output)


def _found(
    told: Scenario, name: str, wanted: tuple[str, str], named: str | None, most: int, draws: int, seed: int, until: date | None,
    workers: int | None, parameters: str, again: str, quiet: bool,
) -> Sensitivity:  # fmt: skip
    from limen.inference.sensitivity import FEWEST_DRAWS, MissingLibrary, ranked, require
    from limen.model.compile import in_doubt
    from limen.results.alternatives import simulated
    from limen.results.ensemble import about

    if draws < FEWEST_DRAWS:
        raise click.UsageError(f"--draws {draws}: sensitivity needs at least {FEWEST_DRAWS} draws.")
    try:
        require()
    except MissingLibrary as error:
        raise Failed(str(error), MISSING) from None
    alternative = read_alternatives(told, name, [named])[0] if named else None
    scenario = alternative.over(told) if alternative else told
    base = many.model_of(told)
    others = [many.model_of(scenario, alternative.policy)] if alternative else []
    stopped = many.keeps_nothing("Nothing is kept of what was not finished.")
    with stopped, many.clear_numbers(told.name), many.progress(draws, 0, quiet) as tell:
        rows = simulated(base, others, seed, draws, many.worker_count(workers), tell)
    measure = next((one for one in rows[0][0] if one[:2] == wanted), None)
    if measure is None:
        raise click.UsageError(_unknown(wanted, [one[:2] for one in rows[0][0]]))
    answer = [row[measure] for row in rows[-1]]
    if others:
        answer = [changed - was for changed, was in zip(answer, (row[measure] for row in rows[0]), strict=True)]
    model = others[0] if others else base
    values = [model.compiled.values(seed, draw).of for draw in range(draws)]
    run = about(name, told.title, seed, draws, again, told.hashes, str(until) if until else "", parameters)
    return ranked(
        run, measure, alternative.title if alternative else "", in_doubt(scenario), values, answer, most, seed,
    )  # fmt: skip


def _unknown(wanted: tuple[str, str], known: list[tuple[str, str]]) -> str:
    """What is wrong with a measure, or with what it is of."""
    measure, of = wanted
    names = list(dict.fromkeys(name for name, _ in known))
    if measure not in names:
        near = nearest(measure, names)
        hint = f" Did you mean {near!r}?" if near else f" There are: {', '.join(names)}."
        return f"There is no measure {measure!r}.{hint}"
    owners = [owner for name, owner in known if name == measure]
    told = ", ".join(owner or "(in all: leave --of out)" for owner in owners)
    return f"{measure!r} is not told of {of!r}. It is told of: {told}." if of else f"{measure!r} needs --of: {told}."


def _tell(found: Sensitivity, as_json: bool, output: Path | None) -> None:
    from limen.face.show_sensitivity import as_csv, picture, show_sensitivity
    from limen.results.pictures import png, svg

    suffix = "" if output is None else output.suffix
    if output is None or suffix in (".json", ".txt"):
        emit(found, "sensitivity", as_json, output, lambda console: show_sensitivity(console, found))
    elif suffix == ".csv":
        output.write_text(as_csv(found), encoding="utf-8")
    elif suffix == ".svg":
        output.write_text(svg(picture(found)), encoding="utf-8")
    else:
        output.write_bytes(png(svg(picture(found))))
