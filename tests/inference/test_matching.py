"""Which count judges which forecast, and why another judges none."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest
from tests.inference.counts import seen

from limen.evidence.figures import Series
from limen.inference.forecasts import Prediction
from limen.inference.matching import (
    DERIVED,
    NO_COUNT,
    NO_SERIES,
    NOT_FORECAST,
    OTHER,
    OVER,
    Matcher,
    likes_of,
    matched,
)

SOMETHING = Prediction(np.array([0.5]), np.array([1.0]))


@dataclass
class AnyDays:
    """Forecasts of single days and whole weeks of some series, after the ninth of September."""

    ids: tuple = ("entries-finland", "sums", "exits-NO", "first-time-applications-EU-states", "rate", "stock")
    reference: date = date(2022, 9, 9)

    def find(self, series, start, end, place):  # noqa: ARG002
        return SOMETHING if (end - start).days in (0, 6) else None


def series(id_, measure, states, ways=(), per_day=False, stock=False):
    return Series(id_, id_, measure, states, ways, "persons", per_day, stock)


MATCHER = Matcher(
    {
        one.id: one
        for one in (
            series("entries-finland", "entries", ("FI",), ("Vaalimaa",)), series("exits-NO", "exits", ("NO",)),
            series("first-time-applications-EU-states", "first-time applications", ("FI", "EE")),
            series("rate", "entries", ("KZ",), per_day=True), series("stock", "pending", ("FI",), stock=True),
        )
    },
    {"exits-NO": "NO", "first-time-applications-EU-states": "EU states", "rate": "KZ", "stock": "FI"},
    {("FI", "RU->FI", "entries_RUS_citizens"): ("sums", "entries-finland"), ("EE", "", "all"): ("entries-finland",)},
    {"NO": ("Storskog",)},
    ("RU",),
)  # fmt: skip


def outcome(**count):
    counts = {"series": "", "start": "2022-09-12", "value": 10, **count}
    matches, unmatched = matched([seen(**counts)], AnyDays(), MATCHER)
    return matches[0].series if matches else unmatched[0].why


def test_a_count_is_matched_by_the_series_that_it_names():
    assert outcome(series="entries-finland", place="nowhere") == "entries-finland"


def test_else_by_what_counts_of_its_like_belong_to_with_any_code_of_states():
    assert outcome() == "sums"
    assert outcome(place="FIN", border="RUS->FIN") == "sums"
    assert outcome(place="EST", border="whatever", measure="all") == "entries-finland"
    assert outcome(series="unknown") == "sums"


@pytest.mark.parametrize(
    ("place", "border", "measure", "expected"),
    [
        ("NOR", "NOR->RUS", "exits_RUS_citizens", "exits-NO"),
        ("NO", "NO->any", "exits_all", "exits-NO"),
        ("NO", "Storskog", "exits_all", "exits-NO"),
        ("NO", "Kirkenes", "exits_all", NO_SERIES),
        ("NO", "NO->RU land", "exits_all", NO_SERIES),
        ("NO", "NO->RU", "exits_with_permit", NO_SERIES),
        ("FI", "FI->RU", "exits_RUS_citizens", NO_SERIES),
        ("NO", "NO->SE", "exits_all", NO_SERIES),
        ("NO", "SE", "exits_all", NO_SERIES),
        ("NO", "NO->RU", "exits_UKR_citizens", NO_SERIES),
        ("EU", "UKR citizens", "asylum_applications_first", NO_SERIES),
        ("EU27", "RUS citizens", "first_time_asylum_applicants_month", "first-time-applications-EU-states"),
        ("EU", "", "asylum_applications_first", "first-time-applications-EU-states"),
        ("FIN", "RUS citizens", "asylum_applications_first", NO_SERIES),
        ("FI", "RUS citizens", "pending_applications", "stock"),
    ],
)
def test_else_by_what_its_words_mean(place, border, measure, expected):
    assert outcome(place=place, border=border, measure=measure) == expected


def test_why_a_count_judges_nothing_is_said():
    assert outcome(start="2022-09-09") == OVER
    assert outcome(start="2022-09-08", days=7) == "sums"
    assert outcome(days=2) == NOT_FORECAST
    assert outcome(derived=True) == DERIVED
    assert outcome(unit="percent") == NO_COUNT
    assert outcome(measure="cars_in_line", unit="persons") == NO_SERIES


def test_of_two_counts_of_the_same_days_the_more_reliable_is_taken():
    counts = [seen("sums", "2022-09-12", 1, confidence="low", where="a"), seen("sums", "2022-09-12", 2, where="b")]
    (match,), (unmatched,) = matched(counts, AnyDays(), MATCHER)
    assert (match.value, unmatched.where, unmatched.why) == (2, "a", OTHER)


def test_a_rate_becomes_a_sum_and_a_sum_a_rate_where_the_series_is_so_told():
    assert MATCHER.value(seen("x", 0, 70, days=7), "rate") == 10
    assert MATCHER.value(seen("x", 0, 70, days=7, measure="entries_RUS_citizens_per_day"), "rate") == 70
    assert MATCHER.value(seen("x", 0, 70, days=7, unit="persons/day"), "entries-finland") == 490
    assert MATCHER.value(seen("x", 0, 70, days=7, unit="persons/week"), "entries-finland") == 70
    assert MATCHER.value(seen("x", 0, 70, days=7), "stock") == 70
    assert MATCHER.value(seen("x", 0, 70, days=7), "not known") == 70


def test_the_week_ahead_is_counted_from_the_day_of_the_forecast():
    matches, _ = matched([seen("sums", "2022-09-16", 1), seen("sums", "2022-09-17", 1)], AnyDays(), MATCHER)
    assert [match.week for match in matches] == [1, 2]


def test_what_counts_of_a_scenario_belong_to_is_taken_from_those_that_name_a_series():
    counts = [seen("a", 0, 1), seen("b", 1, 1, place="FIN", border="RUS->FIN"), seen("", 2, 1, measure="other")]
    assert likes_of(counts) == {("FI", "RU->FI", "entries_RUS_citizens"): ("a", "b")}
