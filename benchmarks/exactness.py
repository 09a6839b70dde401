"""How sure it is that counting groups has the law of counting persons: p-values. `python -m benchmarks.exactness`."""

from __future__ import annotations

import importlib.util
import random
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from scipy import stats

from benchmarks.flow_world import world
from limen.flow import persons, reference
from limen.flow.kernel import Engine
from limen.flow.program import Trace

TESTS = Path(__file__).parent.parent / "tests" / "flow"
SEEDS = (1, 2, 3)


def engine_of(of: Any, seed: int) -> Callable[[int], Trace]:
    """The engine."""
    engine = Engine(of.program)
    return lambda draw: engine.simulate(of.rates, seed, draw)


def reference_of(of: Any, seed: int) -> Callable[[int], Trace]:
    """The law to be read."""
    chance = np.random.default_rng(seed)
    return lambda _: reference.simulate(of.program, of.rates, chance)


def persons_of(of: Any, seed: int) -> Callable[[int], Trace]:
    """One object per person."""
    chance = random.Random(seed)
    return lambda _: persons.simulate(of.program, of.rates, chance)


CONTENDERS = (
    ("engine", engine_of, 250, 400),
    ("reference", reference_of, 25, 200),
    ("persons", persons_of, 50, 200),
)
"""How each simulates, how many copies of a small world at once, and how many draws."""


def from_tests(name: str) -> ModuleType:
    """A module of the tests of flows, where the exact distribution is worked out."""
    spec = importlib.util.spec_from_file_location(f"flow_tests.{name}", TESTS / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def against_the_exact_distribution() -> None:
    """A hundred thousand draws of each small world, three seeds; the readable law and persons with fewer."""
    exact, small = from_tests("exact"), from_tests("worlds")
    print("small worlds against their exact distribution (chi-square)")
    for plan, days in ((small.town, 4), (small.port, 3)):
        single = small.copies(plan, days, 1)
        law = exact.distribution(single.program, single.rates)
        for name, prepared, count, draws in CONTENDERS:
            many = small.copies(plan, days, count)
            for seed in SEEDS:
                simulate, found = prepared(many, seed), Counter[Any]()
                for draw in range(draws):
                    found.update(small.outcomes(many, simulate(draw)))
                p, apart = exact.p_value(found, law)
                print(
                    f"  {plan.__name__}  {name:<10}  seed {seed}  {count * draws:>7,} runs  {apart:>4} outcomes  p = {p:.3f}"
                )


def groups_against_persons(people: int = 2000, days: int = 15, runs: int = 400) -> None:
    """The large world: every stock of the last day, every meter and every line, in groups and person by person."""
    of = world(people, days)
    engine = Engine(of.built.program)
    chance = random.Random(1)
    one = np.array([seen(engine.simulate(of.rates, 1, draw)) for draw in range(runs)])
    two = np.array([seen(persons.simulate(of.built.program, of.rates, chance)) for _ in range(runs)])
    varied = (one.std(axis=0) > 0) & (two.std(axis=0) > 0)
    one, two = one[:, varied], two[:, varied]
    tests = {
        "means (Welch)": stats.ttest_ind(one, two, equal_var=False).pvalue,
        "variances (Levene)": np.array([stats.levene(a, b).pvalue for a, b in zip(one.T, two.T)]),
        "distributions (Kolmogorov, Smirnov)": np.array([stats.ks_2samp(a, b).pvalue for a, b in zip(one.T, two.T)]),
    }
    print(f"{people:,} people, {days} days, {runs} runs of groups against {runs} of persons: {one.shape[1]} numbers")
    for name, found in tests.items():
        least = min(1.0, float(found.min()) * len(found))
        print(f"  {name:<36} below 0.01: {np.mean(found < 0.01):.2%} (expected 1%)   least, corrected: {least:.3f}")


def seen(trace: Trace) -> np.ndarray[Any, Any]:
    """What a run counted, as one row."""
    return np.concatenate([trace.stocks[-1], trace.meters.sum(axis=0), trace.waiting[-1], trace.served.sum(axis=0)])


if __name__ == "__main__":
    against_the_exact_distribution()
    groups_against_persons()
