"""How good forecasts were: proper scores by `scoringrules`, intervals that held, where in the forecast the truth lay.

The weighted interval score (Bracher et al. 2021, Evaluating epidemic forecasts in an interval format, PLoS Computational Biology
17(2)) of a median and K central intervals is the mean over their 2 K + 1 quantiles of twice the quantile score, and computed so.
(`scoringrules.weighted_interval_score` is not used: in version 0.10.0 it takes the median for the distance to the median,
unless numba compiles it.) Less is better; the unit is that of the counts.

Scores are taken of the counts and of log(1 + count) (Bosse et al. 2023, Scoring epidemiological forecasts on transformed scales,
PLoS Computational Biology 19(8)): there a miss by a tenth weighs the same at a small border and at a large one.

The import of `scoringrules` takes seconds (it compiles what we do not use), so it happens where it is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from limen.inference.forecasts import Prediction

Reals = npt.NDArray[np.float64]

CENTRAL = (50, 80, 90)
PIT_BINS = 10
_FINE = (np.arange(400) + 0.5) / 400
_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of one forecast against one count.

    `wis_log`, `crps_log`: on log(1 + count); `wis`, `crps`: in the unit of the counts. `inside`: by central interval of 50, 80
    and 90%, whether it held the count, None where its ends are not given. `pit`: from where to where in the forecast the count
    lies, as probabilities (a range, since quantiles and whole numbers do not tell it exactly). `bias`: from -1 (all of the
    forecast below the count) to 1 (all above), 0 where the count is its median.
    """

    wis_log: float
    crps_log: float
    wis: float
    crps: float
    inside: tuple[bool | None, ...]
    pit: tuple[float, float]

    @property
    def bias(self) -> float:
        """From -1, too low, to 1, too high."""
        return 1 - self.pit[0] - self.pit[1]


def scored(predicted: Prediction, count: float) -> Scores:
    """The scores of a forecast against a count of 0 or more."""
    logs = Prediction(
        predicted.levels, _log(predicted.values), None if predicted.draws is None else _log(predicted.draws)
    )
    log = float(np.log1p(count))
    return Scores(
        wis(logs, log), crps(logs, log), wis(predicted, count), crps(predicted, count),
        tuple(inside(predicted, count, level) for level in CENTRAL), pit(predicted, count),
    )  # fmt: skip


def wis(predicted: Prediction, count: float) -> float:
    """The weighted interval score: the mean over the quantiles of twice the quantile score. Levels are even around the median."""
    return _quantile_scores(count, predicted.values, predicted.levels)


def crps(predicted: Prediction, count: float) -> float:
    """The continuous ranked probability score.

    Of draws exactly, as of the distribution that they are. Of quantiles the integral over all levels of twice the quantile score,
    the quantiles between taken from straight lines, those beyond the outermost from these themselves: whatever a forecast says in
    its tails is left out, for whoever is scored alike.
    """
    if predicted.draws is not None:
        from scoringrules import crps_ensemble  # type: ignore[import-untyped]

        return float(crps_ensemble(count, predicted.draws, estimator="qd", backend="numpy"))
    return _quantile_scores(count, np.interp(_FINE, predicted.levels, predicted.values), _FINE)


def _quantile_scores(count: float, values: Reals, levels: Reals) -> float:
    from scoringrules import crps_quantile

    return float(crps_quantile(count, values, levels, backend="numpy"))


def inside(predicted: Prediction, count: float, percent: int) -> bool | None:
    """Whether the central interval of so many percent, its ends included, holds the count; None where the ends are not given."""
    low, high = (_value_at(predicted, (1 + sign * percent / 100) / 2) for sign in (-1, 1))
    return None if low is None or high is None else bool(low <= count <= high)


def _value_at(predicted: Prediction, level: float) -> float | None:
    place = int(np.argmin(np.abs(predicted.levels - level)))
    return float(predicted.values[place]) if abs(predicted.levels[place] - level) < _SAME else None


def pit(predicted: Prediction, count: float) -> tuple[float, float]:
    """From where to where the count lies in the forecast, as probabilities; one number twice where that is exact.

    Of n draws by rank: a count in the (k + 1)st place among them lies from k to k + 1 of n + 1. Of quantiles between two levels
    on a straight line; beyond the outermost anywhere there.
    """
    if predicted.draws is not None:
        of = len(predicted.draws) + 1
        return float((predicted.draws < count).sum()) / of, float((predicted.draws <= count).sum() + 1) / of
    levels, values = predicted.levels, predicted.values
    first, last = int(np.searchsorted(values, count, "left")), int(np.searchsorted(values, count, "right"))
    if first < last:
        low = 0.0 if first == 0 and values[0] == 0 else float(levels[first])
        return low, float(levels[last - 1])
    if first == 0:
        return 0.0, float(levels[0])
    if first == len(values):
        return float(levels[-1]), 1.0
    between = float(np.interp(count, values[first - 1 : first + 1], levels[first - 1 : first + 1]))
    return between, between


def pit_histogram(pits: Sequence[tuple[float, float]], bins: int = PIT_BINS) -> list[float]:
    """The share of counts in each tenth of their forecasts: all alike where forecasts are calibrated.

    A count that lies in a range is spread over it evenly (Czado, Gneiting and Held 2009, Biometrics 65: the nonrandomised PIT).
    """
    edges = np.linspace(0, 1, bins + 1)
    shares = np.zeros(bins)
    for low, high in pits:
        if high > low:
            shares += np.diff((np.clip(edges, low, high) - low) / (high - low))
        else:
            shares[min(int(low * bins), bins - 1)] += 1
    found: list[float] = (shares / max(len(pits), 1)).tolist()
    return found


def skill(own: float, rival: float) -> float | None:
    """By what share the own score is less than the rival's: 0.2 is a fifth better; None where the rival's is 0."""
    return None if rival <= 0 else 1 - own / rival


def _log(numbers: Reals) -> Reals:
    logs: Reals = np.log1p(numbers)
    return logs
