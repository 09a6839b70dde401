"""The tables of a run: by destination and gate."""

from dataclasses import replace

import numpy as np
import pytest
from tests.results.fake import Fake, scenario

from limen.results.ensemble import about, dataset
from limen.results.tables import read, table
from limen.results.words import told_of_counts


@pytest.fixture(scope="module")
def made():
    model, told = Fake(), scenario()
    run = about("sketch", told.title, 1, 20, "limen run sketch", {})
    data = dataset(model.labels, {draw: model.simulate(1, draw) for draw in range(20)}, run)
    return data, told, table(data, told, run, read(data, told))


def test_destinations_come_with_the_most_entries_first_and_by_their_names(made):
    rows = made[2].destinations
    assert [row.name for row in rows] == ["Finland", "Georgia", "Estonia"]
    assert [row.entries.median for row in rows] == sorted((row.entries.median for row in rows), reverse=True)


def test_a_destination_is_the_sum_of_its_columns_over_the_days_that_are_told(made):
    data, _, found = made
    row = next(row for row in found.destinations if row.state == "EE")
    wanted = ((data["measure"] == "refusals") & (data["state"] == "EE")).values
    assert row.refusals.median == np.median(data["flows"].values[:, 7:, wanted].sum(axis=(1, 2)))
    place = ((data["stock_measure"] == "pending") & (data["stock_state"] == "EE")).values
    assert row.pending.median == np.median(data["stocks"].values[:, -1, place])


def test_the_busiest_week_is_told_with_its_change_against_the_one_before(made):
    row = made[2].destinations[0]
    assert (row.busiest.start, row.busiest.end) == ("2022-09-19", "2022-09-25")
    assert row.busiest.entries == max(week.entries for week in row.weeks)
    assert 100 < row.change.median < 300
    assert len(row.weeks) == 6


def test_only_counts_of_that_state_alone_say_how_far_it_is(made):
    fits = {row.state: row.fit for row in made[2].destinations}
    assert (fits["FI"].counts, fits["EE"].counts, fits["GE"]) == (3, 1, None)


def test_entries_are_told_by_trips_and_those_to_stay_and_by_way(made):
    data, _, found = made
    for row in found.destinations:
        assert row.entries.mean == pytest.approx(row.trips.mean + row.to_stay.mean)
        ways = [way for way in found.ways if way.state == row.state]
        assert row.entries.mean == pytest.approx(sum(way.entries.mean for way in ways))
        assert row.to_stay.mean == pytest.approx(sum(way.to_stay.mean for way in ways))
    wanted = ((data["way"] == "air to FI") & (data["mode"] == "leave") & (data["measure"] == "entries")).values
    row = next(way for way in found.ways if way.way == "air to FI")
    assert row.to_stay.median == np.median(data["flows"].values[:, 7:, wanted].sum(axis=(1, 2)))
    assert (row.name, row.place, row.mode, row.gate) == ("Finland", "Helsinki Airport", "air", "")
    assert [way.entries.median for way in found.ways] == sorted(
        (way.entries.median for way in found.ways), reverse=True
    )


def test_offices_stand_apart_from_the_gates_of_ways():
    model, told = Fake(), scenario()
    model.labels = model.labels.__class__(
        model.labels.meters, model.labels.stocks, ("Vaalimaa", "asylum office FI", "Verkhny Lars"), model.labels.days
    )
    run = about("sketch", told.title, 1, 4, "limen run sketch", {})
    data = dataset(model.labels, {draw: model.simulate(1, draw) for draw in range(4)}, run)
    found = table(data, told, run, read(data, told))
    assert {row.gate for row in found.gates} == {"Vaalimaa", "Verkhny Lars"}
    assert [(row.office, row.state) for row in found.offices] == [("asylum office FI", "Finland")]


def test_counts_that_are_not_shown_are_counted(made):
    data, told, found = made
    assert found.left_out == len(told.observations) - len(found.observed) == 0
    old = replace(told.observations[4], start=told.observations[5].start, end=told.observations[5].end)
    more = replace(told, observations=(*told.observations, old))
    again = table(data, more, about("s", "S", 1, 20, "limen run s", {}), read(data, more))
    assert again.left_out == 1
    assert "1 are not shown" in told_of_counts(again)
    assert "Of 7 counts, 4 are compared" in told_of_counts(again)


def test_gates_come_with_the_longest_queue_first_and_where_they_lead(made):
    data, _, found = made
    left = (data["waiting"] - data["served"]).values[:, 7:]  # who came and was let through the same day did not wait
    longest = {row.gate: row.most_waiting.median for row in found.gates}
    assert longest == pytest.approx(
        {gate: np.median(left[:, :, place].max(axis=1)) for place, gate in enumerate(map(str, data["gate"].values))},
        abs=1,
    )
    assert list(longest.values()) == sorted(longest.values(), reverse=True)
    assert {row.gate: row.states for row in found.gates} == {
        "Verkhny Lars": ["GE"],
        "Vaalimaa": ["FI"],
        "Narva": ["EE"],
    }


def test_what_is_not_counted_is_left_out(made):
    data, told, _ = made
    kept = (data["measure"] != "refusals").values
    fewer = data.isel(meter=np.flatnonzero(kept))
    found = table(fewer, told, about("s", "S", 1, 20, "limen run s", {}), read(fewer, told))
    assert all(row.refusals is None for row in found.destinations)


def test_without_draws_there_is_no_table(made):
    data, told, _ = made
    none = data.isel(draw=slice(0, 0))
    with pytest.raises(ValueError, match="no draw"):
        table(none, told, about("s", "S", 1, 20, "limen run s", {}), read(none, told))


def test_a_scenario_without_counts_or_quoted_figures_has_a_table_too(made):
    data, told, _ = made
    bare = replace(told, observations=(), quoted=(), series={}, parameters={}, events=())
    found = table(data, bare, about("s", "S", 1, 20, "limen run s", {}), read(data, bare))
    assert (found.observed, found.quoted, found.fits) == ([], [], [])
