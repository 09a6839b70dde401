"""Alternative policies beside a scenario as it stands: what each does, and which claims about everyone it breaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from limen.answers.check import Report
from limen.answers.claims import ClaimResult
from limen.evidence.figures import Practice
from limen.flow.draws import in_order
from limen.model.run import Model
from limen.policy.rules import Policy
from limen.results.cells import PENDING, kept_back
from limen.results.consequences import HEARING, MEANINGS, MONTHS, OTHER, PERSONS, Measure, Measurer
from limen.results.ensemble import About
from limen.results.ranges import LEVELS, WITHHELD, Range, range_of
from limen.scenario.alternatives import Alternative
from limen.scenario.scenario import Scenario

Found = dict[Measure, float]
Reals = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Consequence:
    """One measure under the scenario as it stands, under an alternative, and the second less the first, draw by draw.

    `of` is a state or a group of states, empty where it is told in all. `same`: the difference is zero in every draw;
    `clear`: its 90% interval lies on one side of zero.
    """

    measure: str
    of: str
    unit: str
    base: Range
    changed: Range
    difference: Range
    same: bool
    clear: bool


@dataclass(frozen=True, slots=True)
class Broken:
    """A claim that holds as the rules stand and fails under an alternative: when, and the nearest person for whom it does.

    `right`: the claim states a right. `readings`: those under which it fails; empty: under every one.
    """

    claim: str
    right: bool
    asks: str
    law: list[str]
    days: list[str]
    readings: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Against:
    """A rule of an alternative that says what a rule of a higher rank excludes, or contradicts one of its own rank.

    `sentence`: for whom, for example; `readings`: under which readings of disputed texts.
    """

    rule: str
    other: str
    about: str
    overruled: bool
    readings: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Who asks for an alternative, or speaks of it."""

    who: str
    says: str
    source: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """One alternative: what it changes, what follows, the claims that it breaks or mends, its rules that the law excludes."""

    name: str
    title: str
    says: str
    asked_by: list[Quote]
    changes: list[str]
    consequences: list[Consequence]
    broken: list[Broken]
    mended: list[str]
    against: list[Against]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Alternative policies compared with a scenario as it stands, by the same draws. `meanings` says what each measure counts.

    `start` and `end` are the days told, both included.
    """

    run: About
    draws: int
    start: str
    end: str
    outcomes: list[Outcome]
    meanings: dict[str, str]


def simulated(
    base: Model, others: Sequence[Model], seed: int, draws: int, workers: int, tell: Callable[[int], None]
) -> list[list[Found]]:
    """The measures of every draw of every model, the base first: [model][draw]."""
    models = [base, *others]
    measurers = [Measurer(model.compiled.scenario, model.labels) for model in models]

    def task(draw: int) -> list[Found]:
        found = []
        for model, measurer in zip(models, measurers, strict=True):
            values = model.compiled.values(seed, draw)
            found.append(measurer.measures(model.simulate_with(values, seed, draw), values, seed, draw))
        return found

    rows: list[list[Found]] = [[] for _ in models]
    with closing(in_order(task, range(draws), workers=workers)) as results:
        for draw, found in results:
            for row, one in zip(rows, found, strict=True):
                row.append(one)
            tell(draw + 1)
    return rows


def outcome(
    alternative: Alternative,
    scenario: Scenario,
    base: Sequence[Found],
    found: Sequence[Found],
    checked: Report,
    own: Report,
) -> Outcome:
    """One alternative from its draws, and from the checks of the policy as it stands and of its own."""
    return Outcome(
        alternative.name,
        alternative.title,
        alternative.says,
        [Quote(one.who, one.says, scenario.sources.get(one.source, one.source)) for one in alternative.asked_by],
        told(alternative),
        consequences(base, found),
        broken(checked, own),
        [claim.claim for claim, was in _pairs(own, checked) if claim.holds and not was.holds],
        against(alternative, own),
    )


def consequences(base: Sequence[Found], changed: Sequence[Found]) -> list[Consequence]:
    """What differs, measure by measure, draw by draw.

    By state, a base or changed number of people from 1 to 9 is not published, and then neither is what would give it away: the
    difference between both, another state of the same sum, the months that the office would need for them.
    """
    measures = list(base[0])
    one, other = (
        {measure: np.array([found.get(measure, 0.0) for found in draws]) for measure in measures}
        for draws in (base, changed)
    )
    before, after = _published(one), _published(other)
    rows = []
    for measure in measures:
        less = other[measure] - one[measure]
        low, high = np.quantile(less, (LEVELS["low90"], LEVELS["high90"]))
        hidden = any(found.few or found.withheld for found in (before[measure], after[measure]))
        rows.append(
            Consequence(
                measure.name, measure.of, measure.unit, before[measure], after[measure],
                WITHHELD if hidden else range_of(less),
                bool((one[measure] == other[measure]).all()), bool(low > 0 or high < 0),
            )
        )  # fmt: skip
    return rows


def _published(values: Mapping[Measure, Reals]) -> dict[Measure, Range]:
    """What is told of each measure: all that is told of many states together, and by state what may be published."""
    together = {measure for measure in values if measure.of in ("", HEARING, OTHER)}
    months = {measure for measure in values if measure.unit == MONTHS}
    by_name: dict[str, list[Measure]] = {}
    for measure in values:
        if measure not in together and measure not in months:
            by_name.setdefault(measure.name, []).append(measure)
    found = kept_back(values, [(parts, []) for parts in by_name.values()], together | months)
    for measure in months - together:
        people = found.get(Measure(PENDING, measure.of, PERSONS))
        if people is not None and (people.few or people.withheld):
            found[measure] = WITHHELD
    return found


def _pairs(own: Report, checked: Report) -> list[tuple[ClaimResult, ClaimResult]]:
    before = {claim.claim: claim for claim in checked.claims}
    return [(claim, before[claim.claim]) for claim in own.claims if claim.claim in before]


def broken(checked: Report, own: Report) -> list[Broken]:
    """The claims that hold as the rules stand, and fail under the alternative."""
    found = []
    for claim, was in _pairs(own, checked):
        if claim.holds or not was.holds:
            continue
        first = claim.failures[0]
        law = [f"{text.name or text.cite} {text.locator}".strip() for text in claim.law]
        found.append(
            Broken(claim.claim, claim.right, first.asks, law, first.days, _read(first.readings), first.example.sentence)
        )
    return found


def against(alternative: Alternative, own: Report) -> list[Against]:
    """The rules of the alternative that the law excludes, each with the first rule that does."""
    mine = {*alternative.added, *(one.rule for one in alternative.moved)}
    found: dict[tuple[str, bool], Against] = {}
    for clashes, overruled in ((own.tensions, True), (own.conflicts, False)):
        for clash in clashes:
            rule = clash.overruled if overruled else next((one for one in clash.rules if one in mine), None)
            if rule is None or rule not in mine:
                continue
            other = next((one for one in clash.rules if one != rule), rule)
            one = Against(
                rule,
                other,
                clash.about,
                overruled,
                _read([{name: clash.example.readings[name] for name in _at_stake(alternative.policy, rule, other)}]),
                clash.example.sentence,
            )
            found.setdefault((rule, overruled), one)
    return list(found.values())


def _at_stake(policy: Policy, *rules: str) -> list[str]:
    """The disputed questions on an answer of which one of the rules stands."""
    stated = dict.fromkeys(name for rule in rules for name, _ in policy.rules[rule].stated_scope)
    return [name for name in stated if name in policy.words.readings]


def _read(readings: Sequence[Mapping[str, str]]) -> str:
    return " or ".join("; ".join(f"{name}: {answer}" for name, answer in one.items()) for one in readings if one)


def told(alternative: Alternative) -> list[str]:
    """What an alternative changes, a line each."""
    lines = [f"Withdrawn: {name}." for name in alternative.withdrawn]
    for one in alternative.moved:
        days = " ".join(f"{word} {day}" for word, day in (("from", one.start), ("until", one.end)) if day is not None)
        lines.append(f"In force {days or 'always'}: {one.rule}.")
    lines += [f"Added: {name}." for name in alternative.added]
    for row, ways in _together(alternative.practice):
        where = ", ".join(part for part in (row.state, *ways) if part)
        since = f" from {row.start}" if row.start else ""
        share = _range(row.share.value, row.share.low, row.share.high)
        lines.append(f"{row.door}{f' ({where})' if where else ''}, {row.answer}: opens for a share of {share}{since}.")
    for change in alternative.changes:
        of = f" ({', '.join(change.of)})" if change.of != ("",) else ""
        by = _range(change.by.value, change.by.low, change.by.high)
        lines.append(f"{change.number}{of}: {change.how.value} {by} from {change.start}.")
    return lines


def _together(practice: Sequence[Practice]) -> list[tuple[Practice, list[str]]]:
    """Rows of practice that differ by way alone, the first of each with all its ways."""
    found: dict[tuple[object, ...], tuple[Practice, list[str]]] = {}
    for row in practice:
        key = row.door, row.state, row.answer, row.start, row.end, row.share
        found.setdefault(key, (row, []))[1].append(row.way)
    return list(found.values())


def _range(value: float, low: float, high: float) -> str:
    return f"{value:g}" if low == high else f"{value:g} ({low:g} to {high:g})"


def meanings(outcomes: Sequence[Outcome]) -> dict[str, str]:
    """What the measures told count."""
    named: Mapping[str, None] = dict.fromkeys(row.measure for one in outcomes for row in one.consequences)
    return {name: MEANINGS[name] for name in named if name in MEANINGS}
