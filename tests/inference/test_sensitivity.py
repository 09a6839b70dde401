"""Which assumptions carry an answer: found where they do, and not where only chance does."""

import numpy as np
import pytest
from scipy import stats

from limen.evidence.figures import Basis, Parameter, Spread
from limen.inference import sensitivity
from limen.inference.sensitivity import chance_level, pawn_of, rank_correlations, ranked, ranks
from limen.results.ensemble import about

pytest.importorskip("SALib")

DRAWS, MANY = 200, 60
RUN = about("small", "Small", 1, DRAWS, "limen sensitivity small", {})


def parameter(number):
    return Parameter("p", str(number), 0, -1, 1, Spread.NORMAL, "", Basis("atlas", "low"))


def sample(seed):
    numbers = np.random.default_rng(seed)
    return numbers.standard_normal((DRAWS, MANY)), numbers


def found(inputs, answer, most=MANY):
    keys = [("p", str(place)) for place in range(inputs.shape[1])]
    values = [dict(zip(keys, row.tolist())) for row in inputs]
    stated = {key: parameter(place) for place, key in enumerate(keys)}
    return ranked(RUN, ("pending", "", "persons"), "", stated, values, answer.tolist(), most, 1)


def test_the_assumptions_that_carry_it_come_first_with_their_signs():
    inputs, numbers = sample(1)
    answer = np.exp(1.0 * inputs[:, 7]) - 2 * inputs[:, 3] + 0.3 * numbers.standard_normal(DRAWS)
    result = found(inputs, answer, most=5)
    assert [(row.of, row.rank_correlation > 0) for row in result.rows[:2]] == [("3", False), ("7", True)]
    assert [row.carries for row in result.rows] == [True, True, False, False, False]
    assert result.rows[0].low > result.answer.median > result.rows[0].high
    assert result.rows[0].from_ < 0 < result.rows[0].to
    assert (result.assumptions, result.draws) == (MANY, DRAWS)


def test_where_nothing_carries_it_one_in_twenty_is_said_to_at_most():
    alarms = 0
    for seed in range(40):
        inputs, numbers = sample(seed)
        alarms += any(row.carries for row in found(inputs[:, :20], numbers.standard_normal(DRAWS), most=1).rows)
    assert alarms <= 7, "with one in twenty expected, more than 7 of 40 come about once in a thousand times"


def test_rank_correlations_are_those_of_scipy_with_ties_too():
    inputs, numbers = sample(2)
    inputs[:, 0] = np.round(inputs[:, 0])
    answer = np.round(inputs[:, 0] + numbers.standard_normal(DRAWS))
    ours = rank_correlations(inputs, answer)
    theirs = [stats.spearmanr(column, answer).statistic for column in inputs.T]
    assert ours == pytest.approx(theirs)
    assert (ranks(answer) + 1).tolist() == stats.rankdata(answer).tolist()


def test_what_does_not_vary_correlates_with_nothing():
    inputs, _ = sample(3)
    assert rank_correlations(np.ones((DRAWS, 2)), inputs[:, 0]).tolist() == [0, 0]
    assert rank_correlations(inputs[:, :2], np.ones(DRAWS)).tolist() == [0, 0]


def test_pawn_sees_what_is_not_monotone():
    inputs, _ = sample(4)
    pawn, level = pawn_of(inputs[:, :2], np.abs(inputs[:, 0]), 1)
    assert abs(rank_correlations(inputs[:, :2], np.abs(inputs[:, 0]))[0]) < chance_level(
        inputs[:, :2], np.abs(inputs[:, 0]), 1
    )
    assert pawn[0] > level > 0
    assert pawn[0] > pawn[1]


def test_too_few_draws_are_refused():
    with pytest.raises(ValueError, match="at least 40 draws"):
        found(np.zeros((10, 2)), np.zeros(10))


def test_without_salib_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(sensitivity, "find_spec", lambda _: None)
    with pytest.raises(sensitivity.MissingLibrary, match=r"pip install 'limen\[sensitivity\]'"):
        sensitivity.require()
