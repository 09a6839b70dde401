"""A fit of the small scenario: which counts it uses, how they err, and what is said where it cannot be."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from tests.model.small import small

from limen.evidence.figures import Spread
from limen.inference.errors import CONFIDENCE, covariance, own_error, rounded_to
from limen.inference.fit import FIRST_DRAW, fit, problem_of
from limen.inference.observe import NothingToFit
from limen.inference.told import NOT_INFORMED, table_of
from limen.model.run import model_of

from .counted import COUNTS, counted, row

MEMBERS = 40
OBSERVATIONS = "evidence/observations/east.csv"


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    return counted(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def problem(scenario):
    return problem_of(scenario)


@pytest.fixture(scope="module")
def fitted(problem):
    return fit(problem, members=100)


def test_what_was_worked_out_from_other_counts_is_left_out_where_those_are_at_hand(problem):
    assert len(problem.counts.used) == 19
    ((seen, why),) = problem.counts.left_out
    assert seen.derived
    assert "worked out" in why


def test_what_was_worked_out_is_used_where_nothing_else_is_at_hand(tmp_path):
    lonely = "\n".join([COUNTS.split("\n", 1)[0], row(10, 10, "entries to East", 160, "low", 1), ""])
    assert len(problem_of(counted(tmp_path, {OBSERVATIONS: lonely})).counts.used) == 1


def test_nothing_counted_after_the_day_is_looked_at(scenario, tmp_path):
    until = date(2022, 1, 16)
    other = COUNTS.replace(",305,", ",99999,").replace(",1900,", ",7,").replace(",2800,", ",1,")
    assert other != COUNTS
    one, two = (
        fit(known, until, members=MEMBERS).smoothed.posterior
        for known in (scenario, counted(tmp_path, {OBSERVATIONS: other}))
    )
    assert np.array_equal(one, two)


def test_a_model_cut_short_counts_the_same_until_then(scenario):
    cut = problem_of(scenario, date(2022, 1, 16)).model
    whole = model_of(scenario)
    assert cut.labels.days[-1] == date(2022, 1, 16)
    for draw in (None, 3):
        short, long = cut.simulate(1, draw), whole.simulate(1, draw)
        assert np.array_equal(short.meters, long.meters[: len(cut.labels.days)])


def test_values_that_are_given_are_simulated(problem):
    model = problem.model
    values = model.compiled.values(1, 5)
    assert np.array_equal(model.simulate(1, 5).meters, model.simulate_with(values, 1, 5).meters)
    assert not np.array_equal(
        model.simulate(1, 5).meters, model.simulate_with(model.compiled.values(1, 6), 1, 5).meters
    )


def test_the_same_seed_gives_the_same_bits_for_any_number_of_workers(problem):
    one, two = (fit(problem, members=MEMBERS, workers=workers).smoothed for workers in (1, 3))
    assert np.array_equal(one.posterior, two.posterior)
    assert np.array_equal(one.simulated_after, two.simulated_after)


def test_the_fit_is_nearer_to_the_counts_and_surer_than_the_prior(fitted):
    table = table_of(fitted, "limen fit small")
    everything = table.series[-1]
    assert everything.series == ""
    assert everything.off[1] < everything.off[0]
    informed = [row for row in table.parameters if row.informed]
    assert informed
    assert all(row.left <= NOT_INFORMED for row in informed)
    assert table.not_informed == table.in_doubt - len(informed)


def test_what_no_count_can_know_keeps_its_prior(fitted):
    idle = [fitted.problem.keys.index(key) for key in (("decisions a day", "East"), ("returns when days run out", ""))]
    assert not set(idle) & set(fitted.moved)


def test_counts_as_the_prior_has_them_move_nothing_far(problem, tmp_path):
    """What the medians of the priors lead to, fitted: the means stay, the spread shrinks."""
    expected = np.expm1(problem.counts.simulated(problem.model.simulate(0, None))).round()
    lines = [
        row(count.first + 1, count.last + 1, count.seen.series, int(value))
        for count, value in zip(problem.counts.used, expected, strict=True)
    ]
    text = "\n".join([COUNTS.split("\n", 1)[0], *lines, ""])
    found = fit(counted(tmp_path, {OBSERVATIONS: text}), members=100)
    moved = found.smoothed.posterior[:, found.moved]
    assert np.abs(moved.mean(axis=0)).max() < 0.6
    assert moved.std(axis=0).mean() < 0.9


def test_more_counts_leave_less_open(scenario, fitted):
    few = fit(scenario, date(2022, 1, 10), members=100)
    place = fitted.problem.keys.index(("leaving of others a day", ""))
    assert fitted.smoothed.posterior[:, place].std() < few.smoothed.posterior[:, place].std()


def test_a_sum_beside_its_days_errs_as_they_do(problem):
    """The errors of a week and of its days hang together by what they share, and the mean of seven days errs less than one."""
    used = [count.seen for count in problem.counts.used]
    week = next(i for i, seen in enumerate(used) if seen.value == 690)
    days = [i for i, seen in enumerate(used) if seen.series == "entries to East" and seen.start == seen.end]
    error = problem.error
    correlation = error / np.sqrt(np.outer(np.diag(error), np.diag(error)))
    assert (correlation[week, days] > 0.3).all()
    assert error[week, week] - CONFIDENCE["medium"] ** 2 < error[days[0], days[0]]
    assert np.linalg.eigvalsh(error).min() > 0


def test_errors_of_different_states_and_measures_have_nothing_in_common(problem):
    used = [count.seen.series for count in problem.counts.used]
    east, west, exits = (used.index(name) for name in ("entries to East", "entries to West", "exits"))
    assert problem.error[east, west] == problem.error[east, exits] == 0


def test_a_count_errs_the_more_the_smaller_rounder_and_less_reliable_it_is():
    assert own_error(66_123, "high") < own_error(66_123, "medium") < own_error(66_123, "low")
    assert own_error(26_506, "high") < own_error(20_000, "high")
    assert own_error(5_003, "high") < own_error(17, "high")
    assert [rounded_to(value) for value in (0, 7, 250, 8_500, 12.5)] == [0, 1, 10, 100, 0]


def test_where_nothing_is_simulated_an_error_is_shared_evenly(problem):
    trace = problem.model.simulate(0, None)
    nothing = replace(trace, meters=0 * trace.meters, stocks=0 * trace.stocks)
    assert np.linalg.eigvalsh(covariance(problem.counts, nothing, problem.model.labels)).min() > 0


def test_no_member_meets_the_chance_of_a_run():
    assert FIRST_DRAW > 100_000


def test_a_day_before_the_first_count_is_said(scenario):
    with pytest.raises(NothingToFit, match=r"no count until 2022-01-05: the first .* ends on 2022-01-07"):
        problem_of(scenario, date(2022, 1, 5))


def test_a_scenario_without_counts_of_a_series_is_said(tmp_path):
    with pytest.raises(NothingToFit, match="nothing to fit to"):
        problem_of(small(tmp_path, {"evidence/series.csv": None, OBSERVATIONS: None, "evidence/quoted.csv": None}))


def test_a_series_that_the_model_does_not_count_is_said(tmp_path):
    series = "series,title,measure,states,ways,unit,per_day,stock\nwonders,Wonders,wonders,East,,wonders,,\n"
    lonely = "\n".join([COUNTS.split("\n", 1)[0], row(10, 10, "wonders", 160), ""])
    with pytest.raises(NothingToFit, match="that the model counts too"):
        problem_of(counted(tmp_path, {"evidence/series.csv": series, OBSERVATIONS: lonely}))


def test_without_any_doubt_there_is_nothing_to_fit(scenario):
    sure = {key: replace(one, spread=Spread.FIXED) for key, one in scenario.parameters.items()}
    practice = tuple(replace(one, share=replace(one.share, spread=Spread.FIXED)) for one in scenario.practice)
    with pytest.raises(NothingToFit, match="no parameter in doubt"):
        problem_of(replace(scenario, parameters=sure, practice=practice))


@pytest.mark.parametrize(("members", "steps"), [(1, 4), (19, 4), (40, 0)])
def test_too_few_members_or_steps_are_said_before_anything_is_simulated(problem, members, steps):
    with pytest.raises(ValueError, match="at least 20 members and one step"):
        fit(problem, members=members, steps=steps, told=lambda *_: pytest.fail("it simulated"))


def test_progress_is_told(problem):
    seen = []
    fit(problem, members=20, steps=1, told=lambda done, total: seen.append((done, total)))
    assert seen == [(done, 40) for done in range(1, 41)]


def test_the_last_day_is_that_of_the_last_count(problem, scenario):
    assert problem.model.labels.days[-1] == date(2022, 1, 28)
    assert problem.until == scenario.period.end - timedelta(days=1)
