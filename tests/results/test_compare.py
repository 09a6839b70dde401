"""Two policies with the same draws: the difference is taken draw by draw."""

from dataclasses import replace
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


def test_a_difference_is_taken_draw_by_draw_with_its_intervals():
    one, other, found = compare(Fake(), Fake(shut={"FI": date(2022, 9, 30)}))
    row = next(row for row in found.series if row.name == "finland")
    told = scenario().series["finland"]
    draws = [value(told, counts, counts.days[0], counts.days[-1]) for counts in (one, other)]
    less = draws[1] - draws[0]
    assert row.difference.median == np.median(less) < 0
    assert [row.difference.low50, row.difference.high90] == pytest.approx(np.quantile(less, [0.25, 0.95]))
    assert row.difference.mean == pytest.approx(less.mean())
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


def test_what_is_shown_adds_up():
    _, _, found = compare(Fake(), Fake(shut={"FI": date(2022, 9, 30)}))
    for row in [*found.series, *found.measures, *found.states]:
        assert row.base.mean + row.difference.mean == pytest.approx(row.changed.mean)
        if row.percent is not None:
            assert row.percent == pytest.approx(100 * row.difference.mean / row.base.mean)
    for measure in found.measures:
        parts = [row.changed.mean for row in found.states if row.name == measure.name]
        assert not parts or sum(parts) == pytest.approx(measure.changed.mean)


def few(model, state, measure, draws=8):
    """The comparison in which the changed policy leaves four people of a measure in a state, and nothing else differs."""
    column = next(
        place for place, one in enumerate(model.labels.meters) if (one.measure, one.state) == (measure, state)
    )

    class Fewer(Fake):
        def simulate(self, seed, draw):
            trace = super().simulate(seed, draw)
            counts = trace.meters.copy()
            chosen = [i for i, one in enumerate(self.labels.meters) if (one.measure, one.state) == (measure, state)]
            counts[:, chosen] = 0
            counts[20, column] = 4
            return replace(trace, meters=counts)

    return compare(model, Fewer(), draws)[2]


@pytest.mark.parametrize("draws", [1, 8])
def test_a_few_people_cannot_be_worked_out_from_the_rest_of_a_row_or_of_a_sum(draws):
    found = few(Fake(), "EE", "claims at the border", draws)
    rows = {row.state: row for row in found.states if row.name == "claims at the border"}
    assert (rows["EE"].base.mean > 10, rows["EE"].changed.few) == (True, True)
    assert rows["EE"].difference.withheld
    assert rows["EE"].percent is None
    hidden = {state for state, row in rows.items() if row.changed.few or row.changed.withheld}
    assert len(hidden) == 2  # from all but one and their sum the last could be worked out
    assert all(rows[state].difference.withheld for state in hidden)
    total = next(row for row in found.measures if row.name == "claims at the border")
    assert total.difference.mean is not None


def test_what_is_a_series_of_its_own_is_told_in_full():
    found = few(Fake(), "EE", "entries")
    row = next(row for row in found.states if (row.name, row.state) == ("entries", "EE"))
    assert row.changed.mean == 4
    assert row.changed == next(row for row in found.series if row.name == "estonia").changed
