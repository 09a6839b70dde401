"""The table of scores: means by series and week, rivals on the same counts, and words for where the forecast loses."""

import numpy as np
import pytest
from tests.inference.counts import seen

from limen.inference.forecasts import LEVELS, Prediction
from limen.inference.matching import Matched
from limen.inference.rivals import RANDOM_WALK, SEASONAL_NAIVE
from limen.inference.scored import score_table
from limen.inference.scores import scored

AT = np.array(LEVELS)


def around(middle):
    return Prediction(AT, middle * np.array([0.8, 0.85, 0.9, 1, 1.1, 1.15, 1.2]))


def match(series, week, counted, forecast):
    return Matched(seen(series, 7 * week, counted), series, counted, week, around(forecast))


def table(matches, rival=None, only=RANDOM_WALK):
    def rivals(one):
        return {} if rival is None else {only: scored(around(rival), one.value)}

    return score_table(matches, rivals, {"a": "Entries"}, [], "file", "about", "2022-09-01", ["counts.csv"], "made")


def test_rows_are_means_by_series_and_week_then_over_all():
    found = table([match("a", 1, 100, 110), match("a", 2, 100, 150), match("b", 1, 1000, 1000)])
    assert [(row.series, row.week, row.counts) for row in found.rows] == [
        ("a", 1, 1), ("a", 2, 1), ("a", None, 2), ("b", 1, 1), ("", 1, 2), ("", 2, 1), ("", None, 3),
    ]  # fmt: skip
    by = {(row.series, row.week): row for row in found.rows}
    singles = [one.wis_log for one in found.judgements]
    assert by["a", None].wis_log == pytest.approx(np.mean(singles[:2]))
    assert by["", None].wis_log == pytest.approx(np.mean(singles))
    assert by["a", None].title == "Entries"
    assert (by["a", 1].in50, by["a", 2].in90, by["b", 1].in50) == (1, 0, 1)
    assert sum(found.pit) == pytest.approx(1)


def test_where_it_loses_to_the_random_walk_the_table_says_so_plainly():
    found = table([match("a", 1, 100, 200), match("b", 1, 100, 100)], rival=110)
    rows = {row.series: row for row in found.rows}
    assert rows["a"].random_walk.loses
    assert rows["a"].random_walk.skill_log < 0
    assert not rows["b"].random_walk.loses
    assert rows["b"].random_walk.skill_log > 0
    assert any(said.startswith("Over all, the forecast loses to the random walk") for said in found.said)
    assert "It loses to the random walk at a." in found.said
    assert f"No {SEASONAL_NAIVE} could be made from the counts known then." in found.said


def test_it_says_in_which_weeks_it_loses():
    found = table([match("a", 1, 100, 100), match("a", 2, 100, 300)], rival=120)
    assert "It loses to the random walk in week 2 ahead." in found.said


def test_a_rival_is_compared_on_the_counts_that_both_forecast():
    matches = [match("a", 1, 100, 100), match("a", 2, 100, 1000)]

    def rivals(one):
        return {RANDOM_WALK: scored(around(110), one.value)} if one.week == 1 else {}

    found = score_table(matches, rivals, {}, [], "file", "about", "2022-09-01", [], "made")
    whole = found.rows[-1]
    assert (whole.counts, whole.random_walk.counts) == (2, 1)
    assert whole.random_walk.skill_log > 0


def test_few_counts_and_counts_that_overlap_are_remarked_on():
    overlapping = [
        Matched(seen("a", 0, 1, days=7), "a", 1, 1, around(1)),
        Matched(seen("a", 3, 1), "a", 1, 1, around(1)),
    ]
    said = " ".join(table(overlapping).said)
    assert "are few" in said
    assert "overlap" in said
    assert "overlap" not in " ".join(table([match("a", 1, 1, 1)]).said)


def test_without_a_count_there_is_nothing_to_tell():
    found = table([])
    assert (found.counts, found.rows, found.judgements) == (0, [], [])
