"""`limen score`: how good a forecast or a run was, against counts and against naive rivals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from limen.face import many
from limen.face.common import MISSING, Day, Failed, OutputFile, clear_errors, emit

if TYPE_CHECKING:
    from limen.evidence.figures import Observation
    from limen.inference.matching import Judged, Matched, Matcher
    from limen.inference.scored import Predicted, ScoreTable
    from limen.inference.scores import Scores

ENDINGS = (".csv", ".parquet")


@dataclass(frozen=True)
class Subject:
    """What is scored: where its forecasts are found, what is known of its series, its own rivals where it has some."""

    source: Judged
    matcher: Matcher
    titles: Mapping[str, str]
    about: str
    rivals: Mapping[str, Judged] | None = None


@click.command("score")
@click.argument("forecast", metavar="FORECAST", type=click.Path(path_type=Path))
@click.argument("more", metavar="[FILE...]", nargs=-1, type=click.Path(path_type=Path))
@click.option("--observations", "observations", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
              help="A file of counts, or a folder of such files. More may follow, or repeat it.")  # fmt: skip
@click.option("--map", "map_file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="A table that says which series counts belong to: place, border_or_counterpart, measure, series.")  # fmt: skip
@click.option("--origin", type=Day(), metavar="DAY", help="Of a run: take the days after this one as forecast.")
@click.option("-v", "--verbose", is_flag=True, help="Every count that judges nothing, and every count by itself.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (its schema: limen schema --of score).")
@click.option("-o", "--output", type=OutputFile(), metavar="FILE",
              help="Write the result to a .json or .txt file instead.")  # fmt: skip
def command(
    forecast: Path, more: tuple[Path, ...], observations: tuple[Path, ...], map_file: Path | None, origin: date | None,
    verbose: bool, as_json: bool, output: Path | None,
) -> None:  # fmt: skip
    """Score FORECAST against counts: a folder of `limen forecast`, a folder of `limen run`, or a file of quantiles.

    Less is better of the scores; what is said of the random walk and the seasonal naive is measured on the same counts. Counts
    that judge nothing are listed with why.
    """
    if not observations:
        raise click.UsageError("Name the counts: --observations FILE.")
    with clear_errors():
        from limen.face.show_scores import show_scores
        from limen.inference.matching import matched
        from limen.inference.read_counts import count_files, read_counts, read_map
        from limen.inference.scored import score_table

        subject = _subject(forecast, origin)
        files = count_files([*observations, *more])
        counts = read_counts(files)
        matcher = subject.matcher
        if map_file is not None:
            stated = read_map(map_file, subject.source.ids)
            matcher = replace(matcher, likes={**matcher.likes, **stated})
        matches, unmatched = matched(counts, subject.source, matcher)
        rivals, made_from = _rivals(subject, matcher, counts)
        table = score_table(
            matches, rivals, subject.titles, unmatched, str(forecast), subject.about, str(subject.source.reference),
            [str(file) for file in files], made_from,
        )  # fmt: skip
        emit(table, "score", as_json, output, lambda console: show_scores(console, table, verbose))
        _end(table)


def _end(table: ScoreTable) -> None:
    if not table.counts:
        raise Failed("No count judges this forecast; it is said above, or in the result, why.", MISSING)


def _subject(path: Path, origin: date | None) -> Subject:
    from limen.inference.folder import ABOUT
    from limen.results.store import RUN

    if path.is_dir():
        if (path / ABOUT).is_file():
            return _of_folder(path, origin)
        if (path / RUN).is_file():
            return _of_run(path, origin)
        raise Failed(f"{path} holds neither a forecast ({ABOUT}) nor a run ({RUN}).", MISSING)
    if not path.exists():
        raise Failed(f"There is no file or folder {path}.", MISSING)
    if path.suffix not in ENDINGS:
        raise click.UsageError(f"{path}: a file of forecasts ends in .csv or .parquet.")
    return _of_file(path, origin)


def _of_folder(path: Path, origin: date | None) -> Subject:
    from limen.inference.folder import read_folder

    _no_origin(origin)
    kept = read_folder(path)
    about = f"{kept.about.run['title']}: the days after {kept.about.origin}, {kept.about.given} {kept.about.parameters}"
    return Subject(kept.forecasts, kept.matcher, kept.titles, about, kept.rivals)


def _of_file(path: Path, origin: date | None) -> Subject:
    from limen.inference.folder import ABOUT, FileForecasts, read_folder
    from limen.inference.forecasts import read_forecasts
    from limen.inference.matching import Matcher

    _no_origin(origin)
    forecasts = read_forecasts(path)
    about = f"The days after {forecasts.reference}, as forecast in {path.name}."
    if (path.parent / ABOUT).is_file():
        kept = read_folder(path.parent)
        return Subject(FileForecasts(forecasts, kept.forecasts.stocks), kept.matcher, kept.titles, about)
    return Subject(FileForecasts(forecasts), Matcher(), {}, about)


def _of_run(path: Path, origin: date | None) -> Subject:
    from limen.inference.predicted import DrawnForecasts
    from limen.inference.wanted import matcher_for, wanted
    from limen.results.counted import count
    from limen.results.ensemble import labels_of
    from limen.results.series import pick_of
    from limen.results.store import about_of, opened

    run = about_of(path)
    told = many.scenario_named(run.scenario, date.fromisoformat(run.until) if run.until else None)
    with opened(path) as data:
        labels = labels_of(data)
        series = wanted(told, labels)
        counted = count(data, [pick_of(one.series) for one in series])
    reference = origin or told.period.report_from - timedelta(days=1)
    if not labels.days[0] <= reference < labels.days[-1]:
        raise click.UsageError(f"--origin {reference}: the run is of {labels.days[0]} to {labels.days[-1]}.")
    matcher = matcher_for(told, series)
    about = f"{run.title}: a run of {counted.draws:,} draws, seed {run.seed}; its days after {reference}. A run is no forecast."
    titles = {name: one.title for name, one in matcher.series.items()}
    return Subject(DrawnForecasts(matcher.series, counted, reference), matcher, titles, about)


def _no_origin(origin: date | None) -> None:
    if origin is not None:
        raise click.UsageError("--origin is of runs; a forecast says itself which day it was made on.")


def _rivals(subject: Subject, matcher: Matcher, counts: Sequence[Observation]) -> tuple[Predicted, str]:
    """The rivals that were kept with a forecast, else those made from the counts that were known on its day."""
    from limen.inference.folder import rivals_for
    from limen.inference.scored import by_rivals
    from limen.inference.scores import scored
    from limen.text.states import in_two_letters

    kept = subject.rivals
    if kept is not None:

        def of(match: Matched) -> Mapping[str, Scores]:
            seen = match.seen
            place = in_two_letters(seen.place)
            found = {name: rival.find(match.series, seen.start, seen.end, place) for name, rival in kept.items()}
            return {name: scored(one, match.value) for name, one in found.items() if one is not None}

        return of, "Rivals as they were kept with the forecast."
    day = subject.source.reference
    made, known = rivals_for(counts, matcher, subject.source.ids, day)
    return by_rivals(made), f"Rivals made from {known:,} of the counts given, those known on {day}."
