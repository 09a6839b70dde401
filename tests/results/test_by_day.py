"""A run by day: sums, what is not published, differences; and the map of a day."""

import json
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from tests.results.fake import Fake, labels_from, scenario

from limen.results import by_day, maps
from limen.results.counted import Pick
from limen.results.ensemble import about, dataset
from limen.results.pictures import THEMES
from limen.world.places import Place

DRAWS = 6


def data_of(shut=None):
    model = Fake(labels_from(), shut or {})
    run = about("sketch", "Sketch", 1, DRAWS, "limen run sketch", {})
    return dataset(model.labels, {draw: model.simulate(1, draw) for draw in range(DRAWS)}, run)


@pytest.fixture(scope="module")
def told():
    found = scenario()
    states = {"FI": (61.9, 25.7), "EE": (58.6, 25.0), "GE": (42.3, 43.4)}
    places = {"Moscow": Place("Moscow", "origin", "RU", 55.7, 37.6, "s", "high")}
    places |= {name: Place(name, "state", name, *where, "s", "high") for name, where in states.items()}
    return replace(found, world=SimpleNamespace(**{**vars(found.world), "places": {**found.world.places, **places}}))


@pytest.fixture(scope="module")
def data():
    return data_of()


def test_each_number_is_that_quantile_of_the_draws(data, told):
    counted = by_day.counted_by_day(data, told, "entries")
    found = by_day.by_day(data, told, "entries", counted)
    assert found.days[0] == told.period.report_from.isoformat()
    row = next(row for row in found.states if row.state == "FI")
    values = counted.values[Pick("entries", ("FI",))]
    for name, level in (("low80", 0.1), ("median", 0.5), ("high80", 0.9)):
        assert getattr(row.daily, name) == [round(one, 1) for one in np.quantile(values, level, axis=0).tolist()]
    assert found.total.median == [round(one, 1) for one in np.median(counted.values[Pick("entries")], axis=0).tolist()]


def test_numbers_of_people_from_1_to_9_in_a_state_are_not_published(data, told):
    counted = by_day.counted_by_day(data, told, "claims at the border")
    found = by_day.by_day(data, told, "claims at the border", counted)
    numbers = [one for row in found.states for one in row.daily.median]
    assert None in numbers
    assert all(one is None or one == 0 or one >= 10 for one in numbers)


def test_a_difference_is_taken_draw_by_draw_and_hides_what_would_give_small_numbers_away(data, told):
    day = told.period.report_from
    changed = data_of({"FI": day})
    base, other = (by_day.counted_by_day(one, told, "entries") for one in (data, changed))
    found = by_day.by_day(changed, told, "entries", other, base)
    assert found.less
    assert found.counted == found.queues == []
    alike = by_day.by_day(data, told, "entries", base, base)
    assert {one for row in alike.states for one in row.daily.median} == {0.0}
    less = other.values[Pick("entries")] - base.values[Pick("entries")]
    assert found.total.median == [round(one, 1) for one in np.median(less, axis=0).tolist()]
    claims = [by_day.counted_by_day(one, told, "claims at the border") for one in (data, changed)]
    hidden = by_day.by_day(changed, told, "claims at the border", claims[1], claims[0])
    assert any(one is None for row in hidden.states for one in row.daily.median)


@pytest.mark.parametrize("theme", THEMES)
def test_a_map_is_drawn_with_its_footnote_and_without_anything_from_outside(data, told, theme):
    found = by_day.by_day(data, told, "entries", by_day.counted_by_day(data, told, "entries"))
    rows = maps.of_day(found, 30)
    spec = maps.flows(found, rows, max(row["value"] for row in rows), THEMES[theme])
    drawn = maps.picture(spec)
    assert "Crimea is Ukraine" in drawn
    assert all(row["text"] in drawn for row in rows)
    assert not [
        text for text in json.dumps(spec).split('"') if text.startswith("http") and "vega.github.io" not in text
    ]
