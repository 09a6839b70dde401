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


def groups_against_persons(runs: int = 4000) -> None:
    """A larger world whose gates bind: every stock, meter and line, in groups and person by person."""
    small = from_tests("worlds")
    of = small.region()
    one, two = (
        np.array([small.counted(simulate(draw)) for draw in range(runs)])
        for simulate in (engine_of(of, 1), persons_of(of, 1))
    )
    varied = (one.std(axis=0) > 0) & (two.std(axis=0) > 0)
    pairs = list(zip(one[:, varied].T, two[:, varied].T))
    tests = {
        "means (Welch)": [stats.ttest_ind(a, b, equal_var=False).pvalue for a, b in pairs],
        "variances (Levene)": [stats.levene(a, b).pvalue for a, b in pairs],
        "distributions (Kolmogorov, Smirnov)": [stats.ks_2samp(a, b, method="asymp").pvalue for a, b in pairs],
    }
    print(f"{of.rates.initial.sum()} people, {of.rates.days} days, {runs:,} runs each: {len(pairs)} numbers compared")
    for name, found in tests.items():
        print(f"  {name:<36} least p = {min(found):.4f}, after Bonferroni {min(1.0, min(found) * len(found)):.3f}")


if __name__ == "__main__":
    against_the_exact_distribution()
    groups_against_persons()
