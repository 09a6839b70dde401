"""Groups, the readable law and single persons against the exact distribution.

`python -m benchmarks.exactness` prints the p-values.
"""

import random
from collections import Counter
from functools import cache

import numpy as np
import pytest

from limen.flow import persons, reference
from limen.flow.kernel import Engine

from .exact import distribution, p_value
from .worlds import copies, outcomes, port, town

DAYS = {town: 4, port: 3}
LEAST = 1e-3
"""Seeds are fixed: a p-value below this is a fault, not bad luck."""

plans = pytest.mark.parametrize("plan", [town, port], ids=lambda plan: plan.__name__)


@cache
def exact(plan):
    world = copies(plan, DAYS[plan], 1)
    return distribution(world.program, world.rates)


def observed(plan, simulate, count, draws):
    """What happened in so many copies of a world, so many times."""
    world = copies(plan, DAYS[plan], count)
    found = Counter()
    for draw in range(draws):
        found.update(outcomes(world, simulate(world, draw)))
    return found


@plans
def test_a_hundred_thousand_draws_have_the_exact_distribution(plan):
    engine = Engine(copies(plan, DAYS[plan], 250).program)
    found = observed(plan, lambda world, draw: engine.simulate(world.rates, 2022, draw), 250, 400)
    assert sum(found.values()) == 100_000
    p, outcomes_apart = p_value(found, exact(plan))
    assert outcomes_apart > 50
    assert p > LEAST


@plans
def test_the_readable_law_has_the_exact_distribution(plan):
    chance = np.random.default_rng(2022)
    found = observed(plan, lambda world, _: reference.simulate(world.program, world.rates, chance), 25, 100)
    assert p_value(found, exact(plan))[0] > LEAST


@plans
def test_single_persons_have_the_exact_distribution(plan):
    chance = random.Random(2022)
    found = observed(plan, lambda world, _: persons.simulate(world.program, world.rates, chance), 50, 100)
    assert p_value(found, exact(plan))[0] > LEAST


def test_the_worlds_use_every_rule():
    programs = [copies(plan, DAYS[plan], 1).program for plan in (town, port)]
    assert {d for program in programs for d in program.discipline.tolist()} == {0, 1, 2}
    assert {r for program in programs for r in program.response.tolist()} == {0, 1, 2, 3}
    assert any((program.fallback >= 0).any() for program in programs)
    assert {lag for program in programs for lag in program.lag.tolist()} >= {1, 2, 3}
    assert any(len(program.inflow_cell) for program in programs)
