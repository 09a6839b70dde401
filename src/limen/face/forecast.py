"""`limen forecast`: the days after a day, kept in a folder once and for all."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console

from limen.face import many
from limen.face.common import USAGE, Day, Failed, OutputFolder, clear_errors, counted, emit
from limen.face.words_and_colours import HEAD, copied, say

if TYPE_CHECKING:
    from limen.inference.folder import ForecastAbout
    from limen.inference.wanted import Wanted
    from limen.results.counted import Counted
    from limen.results.ensemble import Simulated
    from limen.scenario.known import LeftOut
    from limen.scenario.scenario import Scenario


@click.command("forecast")
@click.argument("scenario", metavar="SCENARIO")
@click.option("--known-on", type=Day(), metavar="DAY", help="Leave out what was published or began later.")
@click.option("--origin", type=Day(), metavar="DAY", help="The last day before the forecast (default: --known-on).")
@many.many_options
@click.option("-o", "--out", type=OutputFolder(), metavar="FOLDER", required=True,
              help="Where to keep the forecast: a new or empty folder.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON (its schema: limen schema --of forecast).")
def command(
    scenario: str, known_on: date | None, origin: date | None, draws: int | None, seed: int | None, until: date | None,
    workers: int | None, prior: bool, quiet: bool, out: Path, as_json: bool,
) -> None:  # fmt: skip
    """Forecast the days after a day in SCENARIO: a built-in one by its name, or a folder.

    With --known-on, under the rules, practice and events that could be known on that day; with --origin alone, given those that
    really followed. Keeps quantiles by day, week and month as the hubverse has them, with two naive rivals made from the counts
    known on the origin, and all that it was made from. A folder that holds a forecast is never written again.
    """
    origin = origin or known_on
    if origin is None:
        raise click.UsageError("Name the day: --known-on DAY, or --origin DAY given the measures that really followed.")
    with clear_errors():
        from limen.inference.folder import check_empty
        from limen.results.store import NotEmpty
        from limen.scenario.known import known_scenario

        told, _ = many.drawn_from(many.scenario_named(scenario, until), prior)
        _check_days(told, origin, known_on)
        try:
            check_empty(out)
        except NotEmpty as error:
            raise Failed(str(error), USAGE) from None
        seed, draws = many.SEED if seed is None else seed, draws or many.DRAWS
        known, left_out = known_scenario(told, known_on)
        model = many.model_of(known)
        about = _about(told, left_out, scenario, origin, known_on, seed, draws, until, prior)
        kept = _made(told, known, model, about, seed, draws, many.worker_count(workers), quiet, out)
        emit(kept, "forecast", as_json, None, lambda console: show_forecast(console, kept, out))


def _check_days(told: Scenario, origin: date, known_on: date | None) -> None:
    first, last = told.period.report_from, told.period.end - timedelta(days=1)
    if not first <= origin < last:
        raise click.UsageError(f"{origin}: {told.name} can be forecast from a day from {first} to before {last}.")
    fitted = getattr(told, "posterior", None)
    if fitted is not None and fitted.until > (known_on or origin):
        raise click.UsageError(
            f"The parameters of {told.name} were fitted to counts until {fitted.until}: what is after {known_on or origin} "
            "would be no forecast. Fit them again to earlier counts."
        )


def _about(
    told: Scenario, left_out: LeftOut, name: str, origin: date, known_on: date | None, seed: int, draws: int,
    until: date | None, prior: bool,
) -> ForecastAbout:  # fmt: skip
    from limen.inference.folder import ForecastAbout
    from limen.results.ensemble import about

    days = [("--known-on", known_on), ("--origin", None if origin == known_on else origin), ("--until", until)]
    options = [word for option, day in days if day for word in (option, str(day))]
    again = many.command_line("limen", "forecast", name, *options, *many.settings(draws, seed, None, prior))
    run = about(name, told.title, seed, draws, again, told.hashes, str(until) if until else "")
    given = f"as known on {known_on}." if known_on else "given the measures that really followed."
    fitted = getattr(told, "posterior", None)
    parameters = (
        f"Parameters as fitted to counts until {fitted.until}." if fitted else "Parameters as assumed, not fitted."
    )
    last = told.period.end - timedelta(days=1)
    left: dict[str, Any] = {
        key: list(value) if isinstance(value, tuple) else value for key, value in asdict(left_out).items()
    }
    return ForecastAbout(
        str(origin), str(known_on or ""), given, str(last), run.as_dict(), parameters, left,
    )  # fmt: skip


def _made(
    told: Scenario, known: Scenario, model: Simulated, about: ForecastAbout, seed: int, draws: int, workers: int, quiet: bool,
    out: Path,
) -> ForecastAbout:  # fmt: skip
    from limen.inference.folder import rivals_for, write_folder
    from limen.inference.predicted import predictions
    from limen.inference.wanted import matcher_for, wanted

    origin, series = date.fromisoformat(about.origin), wanted(known, model.labels)
    sums = _simulated(model, series, seed, draws, workers, quiet)
    forecasts = list(predictions(series, sums, origin, told.period.report_from))
    matcher = matcher_for(told, series)
    rivals, counts = rivals_for(known.observations, matcher, [one.series.id for one in series], origin)
    return write_folder(out, replace(about, counts=counts), series, forecasts, rivals, matcher)


def _simulated(model: Simulated, series: list[Wanted], seed: int, draws: int, workers: int, quiet: bool) -> Counted:
    from limen.inference.predicted import simulated

    stopped = many.keeps_nothing("A forecast keeps nothing of what it did not finish.")
    with stopped, many.progress(draws, 0, quiet) as tell:
        return simulated(model, series, seed, draws, workers, tell)


def show_forecast(console: Console, about: ForecastAbout, folder: Path) -> None:
    """What was forecast, what was left out, where it is kept and what gives it again."""
    say(console, (str(about.run["title"]), HEAD))
    say(console, f"The days after {about.origin} to {about.last}, {about.given} {about.parameters}")
    left = about.left_out
    parts = [(left["rules"], "rule"), (left["practice"], "row of practice"), (left["events"], "event")]
    gone = [
        counted(len(names), noun, "rows of practice" if noun.startswith("row") else None)
        for names, noun in parts
        if names
    ]
    ends = len(left["ends"]) + len(left["practice_ends"]) + len(left["event_ends"])
    if gone or ends:
        forgotten = f"{counted(ends, 'later end')} forgotten" if ends else ""
        say(console, f"Not known then: {', '.join([*gone, *([forgotten] if forgotten else [])])}.")
    say(
        console,
        f"{counted(about.targets, 'target')}; the naive rivals rest on {counted(about.counts, 'count')} known then.",
    )
    for note in about.notes:
        say(console, note)
    console.print()
    say(console, (f"Kept in {folder}: ", HEAD), "README.txt says what each file is.")
    say(console, "Judge it by counts with:")
    copied(console, many.command_line("limen", "score", str(folder), "--observations", "FILE"), indent=2)
    say(console, ("The same again:", HEAD))
    copied(console, f"{about.run['command']} --out FOLDER", indent=2)
