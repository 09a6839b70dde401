"""Sums over columns: of one telling apart only, draw by draw."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.results.fake import Fake, labels_from

from limen.model.labels import Labels, Meter, Stock
from limen.results.counted import Pick, Sums, columns, count, gates, weeks
from limen.results.ensemble import about, dataset

TWICE = Labels(
    (
        Meter("entries", "FI", "road", kind="liable"),
        Meter("entries", "FI", "road", kind="others"),
        Meter("entries", "FI", "air", kind="others"),
        Meter("entries", "FI", kind="liable"),
        Meter("entries", "FI", kind="others"),
        Meter("entries", "EE", kind="others"),
        Meter("departures"),
    ),
    (Stock("pending", "FI"),),
    (),
    (date(2022, 9, 1),),
)


@pytest.mark.parametrize(
    ("pick", "found"),
    [
        (Pick("entries"), [3, 4, 5]),
        (Pick("entries", ("FI",)), [3, 4]),
        (Pick("entries", ("FI",), kind="others"), [4]),
        (Pick("entries", (), ("road",)), [0, 1]),
        (Pick("entries", ("FI", "EE"), ("road", "air")), [0, 1, 2]),
        (Pick("departures"), [6]),
        (Pick("departures", ("FI",)), []),
        (Pick("refusals"), []),
        (Pick("pending"), [0]),
        (Pick("pending", ("FI",)), [0]),
    ],
)
def test_what_is_counted_several_times_over_is_added_once(pick, found):
    assert columns(TWICE, pick) == found


def made(draws=5):
    model = Fake()
    run = about("sketch", "A sketch", 1, draws, "limen run sketch", {})
    return dataset(model.labels, {draw: model.simulate(1, draw) for draw in range(draws)}, run)


def test_sums_are_those_of_numpy():
    data, pick = made(), Pick("entries", ("FI",))
    wanted = (data["measure"] == "entries") & (data["state"] == "FI")
    expected = data["flows"].values[:, :, wanted.values].sum(axis=2)
    assert (count(data, [pick]).values[pick] == expected).all()
    assert (count(data, [pick], date(2022, 9, 1)).values[pick] == expected[:, 7:]).all()
    assert (count(data, [pick], date(2022, 9, 1), whole=True).values[pick][:, 0] == expected[:, 7:].sum(axis=1)).all()


def test_a_stock_in_whole_is_that_of_the_last_day():
    data, pick = made(), Pick("pending", ("FI",))
    assert (count(data, [pick], whole=True).values[pick][:, 0] == count(data, [pick]).values[pick][:, -1]).all()


def test_days_outside_of_those_simulated_are_none():
    found, pick = count(made(), [Pick("entries")], date(2022, 9, 1)), Pick("entries")
    assert found.between(pick, date(2022, 9, 1), date(2022, 9, 2)).shape == (5, 2)
    assert found.between(pick, date(2022, 8, 31), date(2022, 9, 2)) is None
    assert found.between(pick, date(2022, 10, 1), date(2022, 10, 17)) is None
    assert found.between(pick, date(2022, 10, 2), date(2022, 10, 1)) is None
    assert found.between(Pick("refusals"), date(2022, 9, 1), date(2022, 9, 2)) is None


def test_no_draw_is_an_empty_table():
    labels = labels_from()
    assert Sums(labels, [Pick("entries")]).counted().values[Pick("entries")].shape == (0, len(labels.days))


def test_gates_are_told_from_the_first_day_on():
    data = made()
    names, days, waiting, served = gates(data, date(2022, 9, 1))
    assert names == ("Vaalimaa", "Narva", "Verkhny Lars")
    assert days[0] == date(2022, 9, 1)
    assert waiting.shape == served.shape == (5, len(days), 3)


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(1, 60))
def test_weeks_run_from_monday_to_sunday_and_lie_within_the_days(first, length):
    days = [date.fromordinal(first.toordinal() + n) for n in range(length)]
    for start, end in weeks(days):
        assert start.weekday() == 0
        assert end.weekday() == 6
        assert days[0] <= start < end <= days[-1]
    assert len(weeks(days)) >= (length - 6) // 7
    assert np.all(np.diff([start.toordinal() for start, _ in weeks(days)]) == 7)
