"""Which assumptions carry an answer: how far each number of the model goes along with it over draws (given-data methods).

Every draw has its own value of every assumption, so the draws at hand are the sample and no further run is needed. An assumption
is told by its rank correlation with the answer (Spearman 1904), and by PAWN (Pianosi and Wagener 2015, 2018), which also sees
what is not monotone: how far the distribution of the answer moves when the assumption is held within a part of its range. What
lies below the level that chance alone reaches is not told apart from none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
import numpy.typing as npt

from limen.evidence.figures import PRACTICE, Parameter
from limen.results.ensemble import About
from limen.results.ranges import Range, range_of

Reals = npt.NDArray[np.float64]
Key = tuple[str, str]

FEWEST_DRAWS = 40
"""Fewer draws tell nothing of hundreds of assumptions."""

SLICES = 8
SHUFFLES = 200
LEVEL = 0.95


class MissingLibrary(ImportError):
    """SALib is an extra and is not there."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """One assumption and the answer.

    `rank_correlation` (-1 to 1) and `pawn` (0 to 1) as above. `low` and `high`: the median answer in the third of the draws in
    which the assumption is lowest, and highest; `from_` and `to`: its median there. `carries`: the rank correlation is above
    what the largest of all would be by chance in one of twenty cases.
    """

    parameter: str
    of: str
    rank_correlation: float
    pawn: float
    from_: float
    to: float
    low: float
    high: float
    carries: bool
    confidence: str
    source: str


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Assumptions in order of what they carry of an answer: a measure as it stands, or what an alternative changes in it.

    `answer`: over all draws. `by_chance`: the rank correlation that the largest of all would reach by chance in one of twenty
    cases; `pawn_by_chance` the same of PAWN. `assumptions`: how many were in doubt; `rows` are the first of them.
    """

    run: About
    measure: str
    of: str
    unit: str
    alternative: str
    draws: int
    answer: Range
    by_chance: float
    pawn_by_chance: float
    assumptions: int
    rows: list[Assumption]


def ranked(
    run: About, measure: tuple[str, str, str], alternative: str, parameters: Mapping[Key, Parameter],
    values: Sequence[Mapping[Key, float]], answer: Sequence[float], most: int, seed: int,
) -> Sensitivity:  # fmt: skip
    """Ranks the assumptions in doubt by what they carry of the answer: one value of each, and one answer, a draw.

    Raises ValueError where there are fewer draws than `FEWEST_DRAWS`, MissingLibrary without SALib.
    """
    if len(answer) < FEWEST_DRAWS:
        raise ValueError(f"Sensitivity needs at least {FEWEST_DRAWS} draws; these are {len(answer)}.")
    keys = list(parameters)
    inputs = np.array([[draw[key] for key in keys] for draw in values])
    found = np.asarray(answer, dtype=np.float64)
    correlation = rank_correlations(inputs, found)
    by_chance = chance_level(inputs, found, seed)
    order = np.argsort(-np.abs(correlation), kind="stable")[:most]
    pawn, pawn_by_chance = pawn_of(inputs[:, order], found, seed)
    rows = [
        _row(keys[place], parameters[keys[place]], inputs[:, place], found, correlation[place], index, by_chance)
        for place, index in zip(order.tolist(), pawn.tolist(), strict=True)
    ]
    return Sensitivity(
        run, *measure, alternative, len(found), range_of(found), by_chance, pawn_by_chance, len(keys), rows
    )  # fmt: skip


def _row(
    key: Key, parameter: Parameter, values: Reals, answer: Reals, correlation: float, pawn: float, by_chance: float
) -> Assumption:
    third = max(1, len(values) // 3)
    order = np.argsort(values, kind="stable")
    low, high = order[:third], order[-third:]
    name, of = ("practice", parameter.of) if key[0] == PRACTICE else key
    return Assumption(
        name, of, float(correlation), pawn, float(np.median(values[low])), float(np.median(values[high])),
        float(np.median(answer[low])), float(np.median(answer[high])), bool(abs(correlation) > by_chance),
        parameter.basis.confidence, parameter.basis.source,
    )  # fmt: skip


def ranks(values: Reals) -> Reals:
    """The rank of each value in its column, from 0, the mean rank where some are equal."""
    columns = values.reshape(len(values), -1)
    found = np.empty_like(columns, dtype=np.float64)
    for place, column in enumerate(columns.T):
        _, where, count = np.unique(column, return_inverse=True, return_counts=True)
        ends = np.cumsum(count)
        found[:, place] = (ends - (count + 1) / 2)[where]
    return found.reshape(values.shape)


def rank_correlations(inputs: Reals, answer: Reals) -> Reals:
    """Spearman's rank correlation of each column with the answer; 0 where either does not vary."""
    return _correlations(ranks(inputs), ranks(answer))


def _correlations(inputs: Reals, answer: Reals) -> Reals:
    one, other = inputs - inputs.mean(axis=0), answer - answer.mean()
    length = np.sqrt((one**2).sum(axis=0) * (other**2).sum())
    found: Reals = np.where(length > 0, (one * other[:, None]).sum(axis=0) / np.where(length > 0, length, 1.0), 0.0)
    return found


def chance_level(inputs: Reals, answer: Reals, seed: int) -> float:
    """What the largest of all rank correlations exceeds in one of twenty cases where the answer hangs on none of them."""
    one, other = ranks(inputs), ranks(answer)
    numbers = np.random.default_rng(seed)
    largest = [np.abs(_correlations(one, numbers.permutation(other))).max(initial=0.0) for _ in range(SHUFFLES)]
    return float(np.quantile(largest, LEVEL))


def pawn_of(inputs: Reals, answer: Reals, seed: int) -> tuple[Reals, float]:
    """PAWN of each column (the median over the parts of its range), and what chance alone reaches in one of twenty cases."""
    numbers = np.random.default_rng(seed)
    found = _pawn(inputs, answer)
    beside = np.column_stack([numbers.permutation(len(answer)).astype(np.float64) for _ in range(SHUFFLES)])
    return found, float(np.quantile(_pawn(beside, answer), LEVEL))


def require() -> None:
    """Sees to it that SALib is there. Raises MissingLibrary."""
    if find_spec("SALib") is None:
        raise MissingLibrary("Sensitivity needs SALib, which is not installed: pip install 'limen[sensitivity]'.")


def _pawn(inputs: Reals, answer: Reals) -> Reals:
    require()
    from SALib.analyze import pawn

    names = [str(place) for place in range(inputs.shape[1])]
    bounds = [[float(column.min()), float(column.max())] for column in inputs.T]
    problem = {"num_vars": len(names), "names": names, "bounds": bounds}
    result = pawn.analyze(problem, inputs, answer, S=SLICES, print_to_console=False)
    return np.asarray(result["median"], dtype=np.float64)
