"""Parameters: what a draw makes of a prior."""

import numpy as np
import pytest

from limen.evidence.figures import Basis, Parameter, Spread
from limen.model.parameters import PARAMETERS, MissingParameters, Values, drawn, quantile

Z95 = 1.6448536269514722


def parameter(value, low, high, spread):
    return Parameter("name", "", value, low, high, spread, "", Basis("source", "low"))


@pytest.mark.parametrize(
    ("value", "low", "high", "spread"),
    [
        (0.3, 0.1, 0.6, Spread.LOGIT),
        (12.0, 3.0, 40.0, Spread.LOGNORMAL),
        (-1.0, -3.0, 0.5, Spread.NORMAL),
        (7.0, 7.0, 7.0, Spread.FIXED),
    ],
)
def test_the_value_is_the_median_and_the_ends_are_the_outer_twentieths(value, low, high, spread):
    one = parameter(value, low, high, spread)
    assert quantile(one, 0.0) == pytest.approx(value)
    assert quantile(one, -Z95) == pytest.approx(low)
    assert quantile(one, Z95) == pytest.approx(high)


def test_a_share_stays_a_share_and_what_is_positive_stays_positive():
    for z in (-8.0, 8.0):
        assert 0 <= quantile(parameter(0.99, 0.9, 0.999, Spread.LOGIT), z) <= 1
        assert quantile(parameter(1.0, 0.5, 3.0, Spread.LOGNORMAL), z) > 0


def test_a_share_of_nothing_or_of_all_is_read_without_a_fault():
    assert quantile(parameter(0.0, 0.0, 0.1, Spread.LOGIT), 0.0) == pytest.approx(0.0, abs=1e-8)
    assert quantile(parameter(1.0, 0.9, 1.0, Spread.LOGIT), 1.0) == pytest.approx(1.0, abs=1e-8)


def test_a_further_parameter_changes_no_other_one():
    wide = parameter(0.3, 0.1, 0.6, Spread.LOGIT)
    alone = drawn([(("a", ""), wide)], 1, 7)
    beside = drawn([(("b", ""), wide), (("a", ""), wide)], 1, 7)
    assert alone.get("a") == beside.get("a")
    assert beside.get("a") != beside.get("b")


def test_draws_of_a_prior_have_its_outer_twentieths():
    wide = parameter(0.3, 0.1, 0.6, Spread.LOGIT)
    values = [drawn([(("a", ""), wide)], 3, draw).get("a") for draw in range(4000)]
    assert np.quantile(values, [0.05, 0.5, 0.95]) == pytest.approx([0.1, 0.3, 0.6], rel=0.08)


def test_without_a_draw_every_parameter_has_its_median():
    assert drawn([(("a", ""), parameter(0.3, 0.1, 0.6, Spread.LOGIT))], 1, None).get("a") == 0.3


def test_the_most_particular_value_counts():
    values = Values({("pull", "FI"): 1.0, ("pull", ""): 2.0})
    assert values.get("pull", "FI") == 1.0
    assert values.get("pull", "EE") == 2.0


def test_what_is_missing_is_named_with_what_it_means():
    with pytest.raises(MissingParameters, match="travel weighs"):
        Values({}).get("travel weighs")
    assert Values({}).get("pull of a way", "Vaalimaa") == 0.0
    assert "hour" in PARAMETERS["travel weighs"]
