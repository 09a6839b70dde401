"""How flows stray: walks by week, numbers by day, and what they do to trips and to those who leave."""

from datetime import date, timedelta

import numpy as np
import pytest

from limen.flow.draws import in_order
from limen.model.compile import all_parameters, free
from limen.model.course import by_day, walk
from limen.model.parameters import Values, valued
from limen.model.run import model_of
from limen.scenario.courses import COURSE, LEAVING, PRESSURE, TRIPS, TRIPS_BY_WEEK, courses, is_assumption, varies

from .small import PARAMETERS, small
from .test_model import column

DAYS = [date(2022, 1, 5) + timedelta(days=i) for i in range(40)]
STRAYS = PARAMETERS + "".join(
    f'{name},,{size},,,fixed,log,"Own assumption",low,\n'
    for name, size in (
        ("trips change from day to day", 0.3), ("trips change from week to week", 0.4),
        ("leaving changes from day to day", 0.3), ("leaving changes from week to week", 0.4),
        ("pressure changes from week to week", 0.4),
    )
)  # fmt: skip


@pytest.fixture(scope="module")
def still(tmp_path_factory):
    return model_of(small(tmp_path_factory.mktemp("still") / "small"))


@pytest.fixture(scope="module")
def straying(tmp_path_factory):
    changes = {"evidence/parameters.csv": STRAYS}
    return model_of(small(tmp_path_factory.mktemp("straying") / "small", changes))


def test_a_walk_is_nought_on_its_monday_and_takes_each_step_over_its_week():
    values = Values({
        (TRIPS_BY_WEEK, ""): 0.5, (COURSE, "x 2022-01-10"): 2.0, (COURSE, "x 2022-01-03"): -1.0, (COURSE, "y 2022-01-10"): 9.0,
    })  # fmt: skip
    found = dict(zip(DAYS, walk(values, "x", TRIPS_BY_WEEK, DAYS, date(2022, 1, 12)), strict=True))
    assert found[date(2022, 1, 10)] == 0
    assert found[date(2022, 1, 17)] == pytest.approx(1.0)
    assert found[date(2022, 1, 12)] == pytest.approx(2 / 7)
    assert found[date(2022, 1, 5)] == pytest.approx(0.5 * 5 / 7)
    assert found[DAYS[-1]] == pytest.approx(1.0)


def test_a_walk_without_size_stays_where_it_is():
    assert not walk(Values({(COURSE, "x 2022-01-10"): 2.0}), "x", TRIPS_BY_WEEK, DAYS, DAYS[0]).any()


def test_a_walk_cut_short_is_the_same_until_then():
    values = Values({(TRIPS_BY_WEEK, ""): 0.5, (COURSE, "x 2022-01-10"): 2.0, (COURSE, "x 2022-01-24"): 1.0})
    whole = walk(values, "x", TRIPS_BY_WEEK, DAYS, date(2022, 1, 12))
    assert np.array_equal(walk(values, "x", TRIPS_BY_WEEK, DAYS[:15], date(2022, 1, 12)), whole[:15])


def test_days_are_chance_keyed_by_seed_draw_and_state():
    values = Values({("trips change from day to day", ""): 0.2, ("leaving changes from day to day", ""): 0.4})
    one = by_day(values, "East", 2000, (1, 1))
    assert np.std(one.there) == pytest.approx(0.2, rel=0.1)
    assert np.std(one.back) == pytest.approx(0.2, rel=0.1)
    assert np.std(one.leaving) == pytest.approx(0.4, rel=0.1)
    assert np.array_equal(by_day(values, "East", 10, (1, 1)).there, one.there[:10])
    for other in (by_day(values, "East", 2000, (1, 2)), by_day(values, "West", 2000, (1, 1))):
        assert abs(np.corrcoef(one.there, other.there)[0, 1]) < 0.1
    assert abs(np.corrcoef(one.there, one.back)[0, 1]) < 0.1
    assert not np.concatenate(by_day(values, "East", 10, None)).any()


def test_steps_are_in_doubt_but_no_assumptions(straying, still):
    scenario = straying.compiled.scenario
    keys = [key for key in free(scenario) if not is_assumption(key)]
    assert {of.rsplit(" ", 1)[0] for _, of in keys} == {
        *(f"{name} {state}" for name in (TRIPS, LEAVING) for state in ("East", "West")), PRESSURE,
    }  # fmt: skip
    assert not [key for key in free(still.compiled.scenario) if not is_assumption(key)]
    assert varies(scenario.parameters)
    assert not varies(still.compiled.scenario.parameters)


def test_without_an_event_nothing_walks_but_trips(straying):
    scenario = straying.compiled.scenario
    found = courses(scenario.parameters, scenario.period, scenario.world, ())
    assert {of.split(" ")[0] for _, of in found} == {"trips"}


def test_medians_stray_nowhere(straying, still):
    assert np.array_equal(straying.simulate(3, None).meters, still.simulate(3, None).meters)


def test_counts_of_a_day_spread_by_as_much_as_is_stated(straying, still):
    """At the medians of everything else: trips to East on the second Monday, by the bridge."""

    def spread(model):
        stated = all_parameters(model.compiled.scenario)
        steps = [key for key in free(model.compiled.scenario) if not is_assumption(key)]
        fixed = valued(stated, {})

        def one(draw):
            drawn = np.random.default_rng(draw).standard_normal(len(steps))
            values = Values({**fixed.of, **dict(zip(steps, drawn, strict=True))})
            trace = model.simulate_with(values, 1, draw)
            return np.log(column(model, trace, "entries", state="East", mode="trip")[9])

        return np.std([value for _, value in in_order(one, range(200))])

    assert spread(still) < 0.15
    assert spread(straying) == pytest.approx(np.hypot(0.3, 0.4), rel=0.25)


def test_a_state_that_more_travel_to_takes_nobody_from_another(straying):
    scenario = straying.compiled.scenario
    fixed = valued(all_parameters(scenario), {})
    steps = {key: 1.0 for key in free(scenario) if key[0] == COURSE and key[1].startswith(f"{TRIPS} East")}
    more = Values({**fixed.of, **steps})

    def entries(values, state):
        rates = straying.compiled.rates(values)
        return column(straying, straying.engine.simulate(rates, 1, 1), "entries", state=state, mode="trip")[8:22].sum()

    assert entries(more, "East") > 1.3 * entries(fixed, "East")
    assert entries(more, "West") == pytest.approx(entries(fixed, "West"), rel=0.15)
