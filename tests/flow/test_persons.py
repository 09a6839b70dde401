"""Groups against single persons where gates bind: means, variances and whole distributions."""

import random

import numpy as np
import pytest
from scipy import stats

from limen.flow import persons, reference
from limen.flow.kernel import Engine

from .worlds import counted, region

RUNS = 800
LEAST = 1e-3
"""After Bonferroni's correction; seeds are fixed."""


@pytest.fixture(scope="module")
def world():
    return region()


@pytest.fixture(scope="module")
def groups(world):
    engine = Engine(world.program)
    return np.array([counted(engine.simulate(world.rates, 1, draw)) for draw in range(4 * RUNS)])


def least(test, one, two):
    varied = (one.std(axis=0) > 0) & (two.std(axis=0) > 0)
    assert varied.sum() > 50
    found = np.array([test(a, b).pvalue for a, b in zip(one[:, varied].T, two[:, varied].T)])
    return min(1.0, found.min() * len(found))


def assert_one_law(one, two):
    assert least(lambda a, b: stats.ttest_ind(a, b, equal_var=False), one, two) > LEAST
    assert least(stats.levene, one, two) > LEAST
    assert least(lambda a, b: stats.ks_2samp(a, b, method="asymp"), one, two) > LEAST


def test_the_gates_bind(world):
    trace = Engine(world.program).simulate(world.rates, 1, 0)
    assert (trace.served < trace.waiting).mean(axis=0).min() > 0.5


def test_groups_and_single_persons_have_one_law(world, groups):
    chance = random.Random(1)
    assert_one_law(
        groups, np.array([counted(persons.simulate(world.program, world.rates, chance)) for _ in range(RUNS)])
    )


def test_groups_and_the_readable_law_are_one(world, groups):
    chance = np.random.default_rng(1)
    runs = RUNS // 4
    assert_one_law(
        groups, np.array([counted(reference.simulate(world.program, world.rates, chance)) for _ in range(runs)])
    )


def test_another_law_would_be_noticed(world, groups):
    """A gate that serves two more a week, or a hazard that is a tenth too high, does not pass for the same."""
    for name in ("capacity", "hazard"):
        changed = type(world.rates)(
            **{f: getattr(world.rates, f) * (1.1 if f == name else 1) for f in world.rates.__dataclass_fields__}
        )
        engine = Engine(world.program)
        other = np.array([counted(engine.simulate(changed, 2, draw)) for draw in range(RUNS)])
        assert least(lambda a, b: stats.ttest_ind(a, b, equal_var=False), groups, other) < LEAST
