"""The scores of a forecast as tables: by series and week ahead, over all, beside the naive rivals; in words where it loses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from limen.inference.matching import Matched, Unmatched
from limen.inference.rivals import RANDOM_WALK, RIVALS, SEASONAL_NAIVE, Rivals
from limen.inference.scores import Scores, pit_histogram, scored, skill


@dataclass(frozen=True, slots=True)
class Against:
    """A rival on the counts of which it, too, has a forecast: how many these are, and its scores.

    `skill` and `skill_log`: by what share the forecast's weighted interval score is less than the rival's on the same counts, in
    the unit of the counts and on log(1 + count). `loses`: on log(1 + count) it is more.
    """

    counts: int
    wis_log: float
    wis: float
    skill_log: float | None
    skill: float | None
    loses: bool


@dataclass(frozen=True, slots=True)
class Row:
    """Mean scores over the counts of a series (empty: of all) that end in a week after the forecast (None: in any).

    `wis_log` and so on as in `limen.inference.scores.Scores`; `in50`, `in80`, `in90`: the share of counts inside each interval,
    None where the forecast does not give its ends.
    """

    series: str
    title: str
    week: int | None
    counts: int
    wis_log: float
    crps_log: float
    wis: float
    crps: float
    in50: float | None
    in80: float | None
    in90: float | None
    bias: float
    random_walk: Against | None
    seasonal_naive: Against | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """One count beside its forecast: what was counted, the quantiles forecast by level, and the scores."""

    series: str
    start: str
    end: str
    week: int
    counted: float
    source: str
    quantiles: dict[str, float]
    wis_log: float
    crps_log: float
    wis: float
    crps: float
    pit: list[float]
    random_walk_wis_log: float | None
    seasonal_naive_wis_log: float | None


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """How good a forecast was.

    `rows`: by series and week, by series, by week, and over all. `pit`: the share of counts in each tenth of their forecasts, all
    alike where the forecasts are calibrated. `said`: what has to be borne in mind, in sentences; where the forecast loses to a
    rival is said there. `rivals`: what these were made from. `unmatched`: the counts that judge nothing, and why.
    """

    forecast: str
    about: str
    reference: str
    observations: list[str]
    counts: int
    rows: list[Row]
    pit: list[float]
    said: list[str]
    rivals: str
    judgements: list[Judgement]
    unmatched: list[Unmatched]


@dataclass(frozen=True)
class _One:
    match: Matched
    own: Scores
    rivals: dict[str, Scores]


Predicted = Callable[[Matched], Mapping[str, Scores]]


def by_rivals(made: Mapping[str, Rivals]) -> Predicted:
    """Scores of rivals that are made as they are asked for."""

    def of(match: Matched) -> Mapping[str, Scores]:
        rival = made.get(match.series)
        if rival is None:
            return {}
        told = rival.predictions(match.seen.start, match.seen.end, match.predicted.levels)
        return {name: scored(predicted, match.value) for name, predicted in told.items()}

    return of


def score_table(
    matches: Sequence[Matched], rivals: Predicted, titles: Mapping[str, str], unmatched: Sequence[Unmatched], forecast: str,
    about: str, reference: str, observations: Sequence[str], made_from: str,
) -> ScoreTable:  # fmt: skip
    """Scores every match and its rivals, and adds them up."""
    ones = [_One(match, scored(match.predicted, match.value), dict(rivals(match))) for match in matches]
    rows = []
    names = list(dict.fromkeys(one.match.series for one in ones))
    for name in names:
        rows += _rows(name, titles.get(name, name), [one for one in ones if one.match.series == name])
    rows += _rows("", "All series", ones) if len(names) > 1 else []
    return ScoreTable(
        forecast, about, reference, list(observations), len(ones), rows, pit_histogram([one.own.pit for one in ones]),
        _said(rows, ones), made_from, [_judgement(one) for one in ones], list(unmatched),
    )  # fmt: skip


def _rows(series: str, title: str, ones: Sequence[_One]) -> list[Row]:
    """A row for each week and one for all of them; only that where there is one week."""
    weeks = sorted({one.match.week for one in ones})
    by_week = [_row(series, title, week, [one for one in ones if one.match.week == week]) for week in weeks]
    return [*(by_week if len(weeks) > 1 else ()), _row(series, title, None if len(weeks) > 1 else weeks[0], ones)]


def _row(series: str, title: str, week: int | None, ones: Sequence[_One]) -> Row:
    def mean(tell: Callable[[Scores], float]) -> float:
        return float(np.mean([tell(one.own) for one in ones]))

    def share(place: int) -> float | None:
        held = [inside for one in ones if (inside := one.own.inside[place]) is not None]
        return float(np.mean(held)) if held else None

    return Row(
        series, title, week, len(ones), mean(lambda own: own.wis_log), mean(lambda own: own.crps_log), mean(lambda own: own.wis),
        mean(lambda own: own.crps), share(0), share(1), share(2), mean(lambda own: own.bias), _against(ones, RANDOM_WALK),
        _against(ones, SEASONAL_NAIVE),
    )  # fmt: skip


def _against(ones: Sequence[_One], rival: str) -> Against | None:
    both = [(one.own, one.rivals[rival]) for one in ones if rival in one.rivals]
    if not both:
        return None
    own_log, its_log, own, its = (
        float(np.mean(found))
        for found in zip(*((mine.wis_log, other.wis_log, mine.wis, other.wis) for mine, other in both))
    )
    return Against(len(both), its_log, its, skill(own_log, its_log), skill(own, its), own_log > its_log)


def _judgement(one: _One) -> Judgement:
    match, own = one.match, one.own
    quantiles = {
        f"{level:g}": value for level, value in zip(match.predicted.levels.tolist(), match.predicted.values.tolist())
    }
    theirs = [one.rivals[rival].wis_log if rival in one.rivals else None for rival in RIVALS]
    return Judgement(
        match.series, match.seen.start.isoformat(), match.seen.end.isoformat(), match.week, match.value, match.seen.basis.where,
        quantiles, own.wis_log, own.crps_log, own.wis, own.crps, list(own.pit), *theirs,
    )  # fmt: skip


def _said(rows: Sequence[Row], ones: Sequence[_One]) -> list[str]:
    """Where it loses and wins, plainly; and how far so few counts tell anything."""
    said = []
    whole = {row.series: row for row in rows if row.week is None}
    alone = {row.series: row for row in rows if row.series not in whole}
    finals = {**whole, **alone}
    for place, rival in enumerate(RIVALS):
        met = {name: found for name, row in finals.items() if (found := _of(row, place)) is not None}
        over_all = met.pop("", None) or (next(iter(met.values())) if len(met) == 1 else None)
        if over_all is None:
            said.append(f"No {rival} could be made from the counts known then.")
            continue
        verdict = "loses to" if over_all.loses else "beats" if over_all.skill_log else "is as good as"
        share = "" if not over_all.skill_log else f" by {abs(over_all.skill_log):.0%}"
        said.append(
            f"Over all, the forecast {verdict} the {rival}{share} ({_counts(over_all.counts)}, WIS on the log scale)."
        )
        lost = [name for name, found in met.items() if found.loses and name]
        if lost and len(met) > 1:
            said.append(f"It loses to the {rival} at {_listed(lost)}.")
        all_of_them = "" if "" in finals else next(iter(finals))
        weeks = [
            row for row in rows if row.series == all_of_them and row.week is not None and row is not finals[all_of_them]
        ]
        worse = [f"{row.week}" for row in weeks if (one := _of(row, place)) is not None and one.loses]
        if worse:
            said.append(f"It loses to the {rival} in {'week' if len(worse) == 1 else 'weeks'} {_listed(worse)} ahead.")
    if ones and len(ones) < 30:
        said.append(f"{_counts(len(ones))} are few: differences may be chance, and shares inside intervals are coarse.")
    nested = any(one.match.seen.start <= other.match.seen.start and other.match.seen.end <= one.match.seen.end
                 for one in ones for other in ones if one is not other and one.match.series == other.match.series)  # fmt: skip
    if nested:
        said.append("Some counts overlap others of the same series: they do not count as so much evidence apart.")
    return said


def _of(row: Row, place: int) -> Against | None:
    return (row.random_walk, row.seasonal_naive)[place]


def _counts(number: int) -> str:
    return f"{number:,} {'count' if number == 1 else 'counts'}"


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
