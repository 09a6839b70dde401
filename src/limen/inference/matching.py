"""Which forecast a count judges: by the series that it names, by what is said of its like, or by what its words mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from limen.evidence.figures import CONFIDENCES, Observation, Series
from limen.inference.forecasts import Prediction
from limen.inference.targets import week_ahead
from limen.text.states import in_two_letters

Like = tuple[str, str, str]
"""Place, border or counterpart ("": any) and measure, in the publisher's words, states in two letters."""

_MEASURES = {
    "entries": r"entries_(all|(?P<of>[A-Z]{2,3})_citizens)(_per_day)?(_cumulative)?",
    "exits": r"exits_(all|(?P<of>[A-Z]{2,3})_citizens)(_per_day)?(_cumulative)?",
    "refusals": r"refusals_(all|(?P<of>[A-Z]{2,3})_citizens)(_per_day)?(_cumulative)?",
    "first-time applications": r"(asylum_applications_first|first_time_asylum_applicants|asylum_applicants_first_time)\w*",
    "pending": r"(asylum_)?pending\w*",
}
_NO_COUNT = re.compile(r"percent|%|share|change|metres|hours|cars|RUB|flights|visas", re.ASCII)
_A_DAY = re.compile(r"per_day|/ ?day\b|\ba day\b|\bdaily\b", re.ASCII)
NO_COUNT = "no count of people or crossings, going by its unit"
OVER = "its days were over on the day of the forecast"
DERIVED = "worked out by somebody, not counted"
NO_SERIES = "no series that is forecast is known to be this; a map can say so"
NOT_FORECAST = "there is no forecast of just these days"
OTHER = "another count of the same days is relied on more"
_YEAR_OF_GROUP = re.compile(r"[\d_]+$")


class Judged(Protocol):
    """Where forecasts are found, by series and days."""

    @property
    def reference(self) -> date:
        """The day on which the forecast was made: it is judged by days that end later."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The series that are forecast."""

    def find(self, series: str, start: date, end: date, place: str) -> Prediction | None:
        """What is forecast of a series over days, both included, None where nothing is. `place` tells where several are."""


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A count that judges no forecast, and why; `series`: those that it may belong to."""

    why: str
    where: str
    start: str
    end: str
    place: str
    border: str
    measure: str
    unit: str
    series: list[str]


@dataclass(frozen=True, slots=True)
class Matched:
    """A count with the forecast that it judges. `value`: the count as the series tells it, a sum or a mean a day."""

    seen: Observation
    series: str
    value: float
    week: int
    predicted: Prediction


@dataclass(frozen=True)
class Matcher:
    """What is known of the series that are forecast.

    `series` and `places` by id (a series that is all of a state or of a group of states has its name as place); `likes`: which
    series counts of this place, border and measure belong to; `borders`: by state, names that stand for its whole land border;
    `origins`: the states that the people who are forecast come from.
    """

    series: Mapping[str, Series] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    likes: Mapping[Like, tuple[str, ...]] = field(default_factory=dict)
    borders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    origins: tuple[str, ...] = ()

    def candidates(self, seen: Observation, ids: Iterable[str]) -> list[str]:
        """The series of `ids` that a count may belong to, likeliest first."""
        known = dict.fromkeys(ids)
        if seen.series in known:
            return [seen.series]
        place, border, measure = like_of(seen)
        stated = [*self.likes.get((place, border, measure), ()), *self.likes.get((place, "", measure), ())]
        return [name for name in dict.fromkeys([*stated, *self._meant(place, border, measure)]) if name in known]

    def value(self, seen: Observation, series: str) -> float:
        """A count as the series tells it: a count per day times its days for a sum, a sum by its days for a mean a day."""
        about = self.series.get(series)
        if about is None or about.stock:
            return seen.value
        number = (seen.end - seen.start).days + 1
        a_day = per_day(seen)
        if about.per_day:
            return seen.value if a_day else seen.value / number
        return seen.value * number if a_day else seen.value

    def _meant(self, place: str, border: str, measure: str) -> list[str]:
        """The series that are all of a measure at a place, where the count's words say that it is all of it."""
        sort = next(
            (name for name, pattern in _MEASURES.items() if self._of_these_people(re.fullmatch(pattern, measure))), None
        )
        group = _YEAR_OF_GROUP.sub("", place)
        found = []
        for name, whole in self.places.items():
            about = self.series.get(name)
            alike = place == whole or (group == "EU" and whole.split()[0] == "EU")
            if about is not None and about.measure == sort and alike and self._whole(place, border):
                found.append(name)
        return found

    def _whole(self, place: str, border: str) -> bool:
        """Whether a border or counterpart is all of it: nothing, citizens, a state of origin and the place, its only one."""
        ends = {end.strip() for end in border.split("->")}
        arrow = "->" in border and len(ends) == 2 and place in ends and ends <= {place, *self.origins, "all", "any"}
        citizens = {"", "citizens", *self.origins, *(f"{origin} citizens" for origin in self.origins)}
        return arrow or border in citizens or border in self.borders.get(place, ())

    def _of_these_people(self, measure: re.Match[str] | None) -> bool:
        """Whether a measure is of everybody, or of citizens of a state that the people come from."""
        of = measure.groupdict().get("of") if measure is not None else None
        return measure is not None and (of is None or in_two_letters(of) in self.origins)


def like_of(seen: Observation) -> Like:
    """Place, border or counterpart and measure of a count, states in two letters."""
    return in_two_letters(seen.place), in_two_letters(seen.border), seen.measure


def likes_of(observations: Iterable[Observation]) -> dict[Like, tuple[str, ...]]:
    """Which series the counts of a scenario belong to, by place, border and measure."""
    found: dict[Like, dict[str, None]] = {}
    for seen in observations:
        if seen.series:
            found.setdefault(like_of(seen), {})[seen.series] = None
    return {like: tuple(names) for like, names in found.items()}


def per_day(seen: Observation) -> bool:
    """Whether a count is a mean a day."""
    return bool(_A_DAY.search(seen.measure) or _A_DAY.search(seen.unit))


def is_count(seen: Observation) -> bool:
    """Whether it counts people or crossings, going by its unit."""
    return not _NO_COUNT.search(seen.unit)


def matched(
    observations: Sequence[Observation], source: Judged, matcher: Matcher
) -> tuple[list[Matched], list[Unmatched]]:
    """Every count with the forecast that it judges, in order of series and day, and those that judge none, each with why.

    Of several counts of the same days of a series the one to be relied on most is taken.
    """
    found: dict[tuple[str, date, date], Matched] = {}
    unmatched = []
    for seen in sorted(observations, key=lambda seen: CONFIDENCES.index(seen.basis.confidence)):
        names = matcher.candidates(seen, source.ids)
        one = _match(seen, names, source, matcher)
        if isinstance(one, Matched):
            if found.setdefault((one.series, seen.start, seen.end), one) is one:
                continue
            one = OTHER
        about = seen.basis.where, seen.start.isoformat(), seen.end.isoformat(), seen.place, seen.border, seen.measure
        unmatched.append(Unmatched(one, *about, seen.unit, names))
    return (
        sorted(found.values(), key=lambda one: (one.series, one.seen.end, one.seen.start)),
        sorted(unmatched, key=lambda one: (one.why, one.start, one.place, one.where)),
    )


def _match(seen: Observation, names: Sequence[str], source: Judged, matcher: Matcher) -> Matched | str:
    """The count with the forecast that it judges, or why there is none."""
    if not is_count(seen):
        return NO_COUNT
    if seen.end <= source.reference:
        return OVER
    if not names:
        return NO_SERIES
    for name in names:
        predicted = source.find(name, seen.start, seen.end, in_two_letters(seen.place))
        if predicted is not None:
            if seen.derived:
                return DERIVED
            value = matcher.value(seen, name)
            return Matched(seen, name, value, week_ahead(source.reference, seen.end), predicted)
    return NOT_FORECAST
