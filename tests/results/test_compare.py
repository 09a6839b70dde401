"""Two policies with the same draws: the difference is taken draw by draw."""

from datetime import date

import numpy as np
import pytest
from tests.results.fake import Fake, labels_from, scenario

from limen.results.compare import OtherLabels, both, by_state, compared, measures
from limen.results.ensemble import about
from limen.results.series import value


def quietly(_):
    """Is told how many draws there are."""


def compare(base, changed, draws=8):
    told = scenario()
    one, other = both(base, changed, told, 3, draws, 2, quietly)
    return (
        one,
        other,
        compared(one, other, told, base.labels, about("s", "S", 3, draws, "limen compare s", {}), ["without x"]),
    )


def test_where_the_policies_say_the_same_the_difference_is_exactly_zero():
    _, _, found = compare(Fake(), Fake())
    rows = [*found.series, *found.measures, *found.states]
    assert len(rows) > 20
    for row in rows:
        assert row.same
        assert not row.clear
        assert row.base == row.changed
        assert set(vars_of(row.difference)) == {0.0}


def vars_of(found):
    return [getattr(found, name) for name in found.__slots__]


def test_a_difference_is_the_median_of_differences_with_their_intervals():
    one, other, found = compare(Fake(), Fake(shut={"FI": date(2022, 9, 30)}))
    row = next(row for row in found.series if row.name == "finland")
    told = scenario().series["finland"]
    draws = [value(told, counts, counts.days[0], counts.days[-1]) for counts in (one, other)]
    less = draws[1] - draws[0]
    assert row.difference.median == np.median(less) < 0
    assert [row.difference.low50, row.difference.high90] == pytest.approx(np.quantile(less, [0.25, 0.95]))
    assert row.percent.median == pytest.approx(np.median(100 * less / draws[0]))
    assert row.clear
    assert not row.same


def test_both_policies_see_the_same_draws():
    one, other, _ = compare(Fake(), Fake(shut={"FI": date(2022, 9, 30)}))
    for pick, counts in one.values.items():
        before = (date(2022, 9, 20) - one.days[0]).days
        if pick.measure == "refusals":
            assert (counts[:, :before] == other.values[pick][:, :before]).all()


def test_every_measure_is_told_in_all_and_by_state():
    labels = labels_from()
    assert [pick.measure for pick in measures(labels)] == [
        "departures", "entries", "refusals", "claims at the border", "first-time applications", "at home", "abroad", "pending",
    ]  # fmt: skip
    assert ("pending", ("EE",)) in [(pick.measure, pick.states) for pick in by_state(labels)]


def test_models_that_count_different_things_cannot_be_compared():
    with pytest.raises(OtherLabels):
        compare(Fake(), Fake(labels_from(end=date(2022, 10, 1))))
