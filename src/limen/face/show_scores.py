"""`limen score` in the terminal."""

from __future__ import annotations

from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from limen.face.common import counted
from limen.face.show_run import new_table, row_of
from limen.face.words_and_colours import BAD, GOOD, HEAD, QUIET, say
from limen.inference.matching import NO_SERIES, NOT_FORECAST
from limen.inference.scored import Against, Row, ScoreTable
from limen.inference.scores import PIT_BINS
from limen.results.words import days

SPARKS = "▁▂▃▄▅▆▇█"
MINUS = "\N{MINUS SIGN}"
LONGEST_NAME = 28
MOST_UNMATCHED = 5


def show_scores(console: Console, table: ScoreTable, verbose: bool) -> None:
    """Scores by series and week, where it loses, calibration, and the counts that judge nothing."""
    say(console, (table.about, HEAD))
    files = counted(len(table.observations), "file")
    say(
        console,
        f"{counted(table.counts, 'count')} of {files} judge it, {counted(len(table.unmatched), 'count')} do not.",
    )
    say(console, table.rivals)
    if table.counts:
        console.print()
        console.print(scores(table.rows))
        say(
            console,
            (
                "WIS: weighted interval score, CRPS: continuous ranked probability score; less is better. On the log scale 0.1 "
                f"is a miss by about a tenth. Bias from {MINUS}1 (too low) to 1 (too high). Rivals: by how much the WIS on the "
                "log scale is less than theirs, on the counts that both forecast.",
                QUIET,
            ),
        )
        console.print()
        for sentence in table.said:
            say(console, (sentence, BAD if "loses to" in sentence else ""))
        say(
            console,
            f"Where the counts lay in their forecasts, by tenths: {spark(table.pit)} (all alike where calibrated).",
        )
    if verbose and table.judgements:
        console.print()
        console.print(judgements(table))
    if table.unmatched:
        console.print()
        show_unmatched(console, table, verbose)


def scores(rows: list[Row]) -> Table:
    """The mean scores: a row for each series and week, then all of them together."""
    heads = ("Week", "Counts", "WIS\nlog", "CRPS\nlog", "WIS", "In\n50%", "In\n80%", "In\n90%", "Bias")
    table = new_table("Series", *heads, "Random\nwalk", "Seasonal\nnaive", apart=1)
    before = None
    for row in rows:
        name = row.series or "All series"
        shown = "" if name == before else _short(name)
        before = name
        week = "all" if row.week is None else f"{row.week}"
        shares = ("" if share is None else f"{share:.0%}" for share in (row.in50, row.in80, row.in90))
        numbers = (f"{row.wis_log:.3f}", f"{row.crps_log:.3f}", f"{row.wis:,.0f}")
        bias = f"{row.bias:+.2f}".replace("-", MINUS)
        rivals = (against(row.random_walk), against(row.seasonal_naive))
        row_of(table, shown, week, f"{row.counts:,}", *numbers, *shares, bias, *rivals)
    return table


def against(rival: Against | None) -> Text:
    """`+23%` where it is better than the rival; `loses` where not; empty where there is no rival."""
    if rival is None:
        return Text("")
    share = "" if rival.skill_log is None else f"{rival.skill_log:+.0%}".replace("-", MINUS)
    return Text(f"loses {share}".rstrip(), BAD) if rival.loses else Text(share, GOOD)


def judgements(table: ScoreTable) -> Table:
    """Every count beside its forecast."""
    found = new_table(
        "Count", "Days", "Counted", "Median", "90% interval", "WIS log", "Random walk", "Seasonal", left=2
    )
    for one in table.judgements:
        low, middle, high = (one.quantiles.get(level) for level in ("0.05", "0.5", "0.95"))
        ends = "" if low is None or high is None else f"{low:,.0f}\N{EN DASH}{high:,.0f}"
        rivals = ("" if wis is None else f"{wis:.3f}" for wis in (one.random_walk_wis_log, one.seasonal_naive_wis_log))
        row_of(
            found, _short(one.series), days(one.start, one.end), f"{one.counted:,.0f}",
            "" if middle is None else f"{middle:,.0f}", ends, f"{one.wis_log:.3f}", *rivals,
        )  # fmt: skip
    return found


def show_unmatched(console: Console, table: ScoreTable, verbose: bool) -> None:
    """The counts that judge nothing, by why; of those that could with other words or days the first few."""
    say(console, ("Counts that judge nothing:", HEAD))
    for why, grouped in groupby(table.unmatched, key=lambda one: one.why):
        found = list(grouped)
        say(console, f"{len(found):,}: {why}", indent=2)
        shown = found if verbose else found[:MOST_UNMATCHED] if why in (NOT_FORECAST, NO_SERIES) else []
        for one in shown:
            meant = f" ({' or '.join(one.series)})" if one.series else ""
            what = f"{days(one.start, one.end)}, {one.place}, {one.border}, {one.measure}, {one.unit}{meant}"
            say(console, (f"{what}, {one.where}" if verbose else what, QUIET), indent=5)
    if not verbose:
        say(console, ("All of them: --verbose or --json.", QUIET), indent=2)


def spark(shares: list[float]) -> str:
    """A bar for each tenth; half of the full height is what a calibrated forecast has."""
    return "".join(SPARKS[min(len(SPARKS) - 1, round(share * PIT_BINS / 2 * (len(SPARKS) - 1)))] for share in shares)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
