"""`limen fit` in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from rich.console import Console

from limen.face.common import counted
from limen.face.show_run import new_table, row_of
from limen.face.words_and_colours import HEAD, QUIET, copied, say
from limen.inference.filter import Standing
from limen.inference.holdout import HeldOut, summary
from limen.inference.told import FitTable
from limen.model.compile import all_parameters
from limen.model.parameters import Key, quantile
from limen.results.words import day, days
from limen.scenario.scenario import Scenario

MOST_ROWS = 15
LONGEST_NAME = 46


def show_fit(console: Console, table: FitTable, kept: Sequence[str]) -> None:
    """The parameters, the series, where the posterior is and what gives it again."""
    say(console, (table.title, HEAD))
    members = f"{table.members:,} members, {counted(table.steps, 'step')}, seed {table.seed}"
    say(console, f"{counted(table.counts, 'count')} until {table.until}; {members}.")
    console.print()
    parameters = new_table("Assumption", "Prior", "90%", "Posterior", "90%", "Spread left", apart=1)
    for row in table.parameters:
        name = _short(name_of((row.name, row.of)))
        row_of(parameters, name, *_three(row.prior), *_three(row.posterior), f"{row.left:.2f}")
    console.print(parameters)
    informed = sum(row.informed for row in table.parameters)
    say(
        console,
        f"Of {table.in_doubt:,} assumptions in doubt the counts inform {informed:,} (spread left at most 0.90 of the prior); "
        f"{table.not_informed:,} are as open as before. Those not listed keep their priors.",
    )
    moved, steps = table.steps_moved
    if steps:
        say(
            console,
            f"Besides, {moved:,} of {counted(steps, 'step')} of random walks moved, by which flows drift over weeks.",
        )
    console.print()
    series = new_table(
        "Counts", "Number", "Off by, before", "after", "In 50%, before", "after", "In 90%, before", "after"
    )
    for one in table.series:
        shares = (f"{share:.0%}" for pair in (one.in50, one.in90) for share in pair)
        row_of(series, one.series or "all", f"{one.counts:,}", *(_factor(error) for error in one.off), *shares)
    console.print(series)
    say(
        console,
        ("Intervals have the errors of counts in them. “Off by” is the factor between median and count.", QUIET),
    )
    for name, start, end, why in table.left_out:
        say(console, (f"Not used: {name}, {days(start, end)}: {why}.", QUIET))
    console.print()
    say(console, ("Kept in ", HEAD), " and ".join(kept))
    say(console, ("The same again:", HEAD))
    copied(console, table.command, indent=2)


def show_weeks(console: Console, told: Scenario, weeks: Sequence[Standing], members: int) -> None:
    """By week what was new and what became of the members; then the assumptions that moved most, week by week."""
    say(console, (told.title, HEAD))
    table = new_table("Until", "New counts", f"Effective of {members:,}", "Then")
    for week in weeks:
        effective = "" if week.effective is None else f"{week.effective:.1f}"
        row_of(
            table, str(week.until), str(week.new), effective, "fitted again" if week.fitted else "members drawn anew"
        )
    console.print(table)
    parameters = dict(all_parameters(told))
    places = {key: place for place, key in enumerate(weeks[-1].keys)}
    spread = {key: float(weeks[-1].points[:, places[key]].std()) for key in weeks[-1].moved}
    chosen = sorted(spread, key=lambda key: (spread[key], key))[:MOST_ROWS]
    console.print()
    table = new_table("Assumption: median", "Prior", *(day(str(week.until)) for week in weeks))
    for key in chosen:
        middles = [float(np.median(week.points[:, places[key]])) if key in week.moved else 0.0 for week in weeks]
        values = (_number(quantile(parameters[key], z)) for z in middles)
        row_of(table, _short(name_of(key)), _number(parameters[key].value), *values)
    console.print(table)


def show_held_out(console: Console, told: Scenario, until: date, last: date, rows: Sequence[HeldOut]) -> None:
    """The counts that were not fitted beside what was foretold; then how far off, beside the rivals."""
    say(console, (told.title, HEAD))
    say(console, f"Fitted to counts until {until}, compared with those that begin after it and end by {last}.")
    console.print()
    table = new_table(
        "Counts", "Days", "Counted", "Prior", "Fitted", "Last value", "Week before", "In 50%", "In 90%", apart=1
    )
    for row in rows:
        values = (_people(value) for value in (row.observed, row.prior, row.fitted, row.last, row.seasonal))
        row_of(table, row.series, days(str(row.start), str(row.end)), *values, _yes(row.in50), _yes(row.in90))
    console.print(table)
    console.print()
    table = new_table("Off by a factor of", "Counts", "Prior", "Fitted", "Rival", "In 50%", "In 90%")
    for name, rival in (
        ("all", ""),
        ("where there is a last value", "last"),
        ("where there is a week before", "seasonal"),
    ):
        found = summary(rows, rival)
        if found is not None:
            errors = (_factor(error) for error in (found.prior, found.fitted, found.rival))
            row_of(table, name, f"{found.counts:,}", *errors, f"{found.in50:.0%}", f"{found.in90:.0%}")
    console.print(table)


def name_of(key: Key) -> str:
    """What a parameter is called in a table."""
    name, of = key
    if "|" not in of:
        return f"{name}: {of}" if of else name
    door, state, way, answer, *since = of.split("|")
    where = way or state or "anywhere"
    from_day = f" from {since[0]}" if since[0] != "None" else ""
    return f"{name}: {door}, {answer}, {where}{from_day}"


def _three(values: tuple[float, float, float]) -> tuple[str, str]:
    middle, low, high = map(_number, values)
    return middle, f"{low} to {high}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def _people(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}"


def _factor(error: float | None) -> str:
    return "" if error is None else f"{np.exp(error):.2f}"


def _yes(inside: bool) -> str:
    return "yes" if inside else "no"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1]}…"
