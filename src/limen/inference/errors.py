"""How far a count may be from what a simulation with the right parameters would have in its place.

All on the scale of log(1 + count), so that 0.1 is about a tenth. Four errors are added:

- **the figure itself**: what was reported by others, remembered or estimated is less exact than an official count
  (`CONFIDENCE`, by the confidence that the observation states);
- **rounding**: a figure is taken to be rounded to its last digit that is not 0, and off by as much as that leaves open
  (uniform: the step over the root of 12);
- **chance**: a small count would not come out the same twice; as a Poisson number has it, variance 1 / (1 + count);
- **the model**: what it leaves out. A scenario may have that in the model itself (`limen.model.course`), fitted and forecast with
  everything else; then it is no error of counts, and nothing is added here. Where it has not, every measure in a state is off by
  a factor of its own each day (`DAY`: weather, a holiday, a bus), and by one that lasts (`LASTING`, forgotten over about
  `LASTS_DAYS`: a shape that is not quite right). These numbers are judgement.

The first three are each count's own. The last belongs to the day and the state, and whatever counts these shares it: the day, the
week, one border or the whole Union, each by the part of it that falls there in the simulation with all parameters at their
medians. So a sum beside its days tells what it adds to them and nothing twice. This is the covariance of the errors of averages
over cells whose errors are correlated; see Brynjarsdóttir and O'Hagan (2014), Learning about physical parameters: the importance
of model discrepancy, Inverse Problems 30, for why a model's own error must be in it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from limen.flow.program import Trace
from limen.inference.observe import Cell, Counts
from limen.model.labels import Labels

Reals = npt.NDArray[np.float64]

CONFIDENCE = {"high": 0.03, "medium": 0.08, "low": 0.20}
"""Standard deviation of a figure of each confidence."""

DAY, LASTING, LASTS_DAYS = 0.10, 0.15, 5.0
"""Standard deviations of the model's error of a day and of the one that lasts, and after how many days this falls by e."""

LASTING_AT_SHUT_DOORS = 0.5
AT_SHUT_DOORS = ("refusals", "claims at the border", "turned back unassessed")
"""What happens before a door that is shut is known much less well: who tries it all the same differs from state to state, and the
model has one number for all."""


def covariance(counts: Counts, at_medians: Trace, labels: Labels, strays: bool = False) -> Reals:
    """The covariance of the errors of all counts (count, count). `strays`: the model's own errors are in what it simulates."""
    own = [own_error(count.seen.value, count.seen.basis.confidence) ** 2 for count in counts.used]
    if strays:
        return np.diag(own)
    weights, cells = _weights(counts, at_medians, labels)
    found: Reals = weights @ model_error(cells) @ weights.T + np.diag(own)
    return found


def own_error(value: float, confidence: str) -> float:
    """The standard deviation of what a count has of its own: the figure, its rounding, chance.

    >>> round(own_error(66_000, "high"), 3), round(own_error(3_000, "high"), 3), round(own_error(16, "high"), 3)
    (0.031, 0.102, 0.245)
    """
    rounding = rounded_to(value) / np.sqrt(12) / (1 + value)
    return float(np.sqrt(CONFIDENCE[confidence] ** 2 + rounding**2 + 1 / (1 + value)))


def rounded_to(value: float) -> float:
    """To what a figure is taken to be rounded: ten to the power of the noughts at its end; 0 for what is no whole number or 0.

    >>> rounded_to(66_000), rounded_to(26_506), rounded_to(250), rounded_to(0)
    (1000.0, 1.0, 10.0, 0.0)
    """
    if value == 0 or value != int(value):
        return 0.0
    text = str(int(value))
    return 10.0 ** (len(text) - len(text.rstrip("0")))


def model_error(cells: list[Cell]) -> Reals:
    """The covariance of the model's errors by cell: none between measures or states, between days what lasts."""
    days = np.array([day.toordinal() for _, _, day in cells])
    apart = np.abs(days[:, None] - days)
    same = np.array([[one[:2] == other[:2] for other in cells] for one in cells])
    lasting = np.array([LASTING_AT_SHUT_DOORS if measure in AT_SHUT_DOORS else LASTING for measure, _, _ in cells])
    found: Reals = same * (DAY**2 * (apart == 0) + lasting**2 * np.exp(-apart / LASTS_DAYS))
    return found


def _weights(counts: Counts, at_medians: Trace, labels: Labels) -> tuple[Reals, list[Cell]]:
    """The part of each count that falls into each cell (count, cell)."""
    parts = [count.by_cell(at_medians, labels) for count in counts.used]
    cells = list(dict.fromkeys(cell for part in parts for cell in part))
    place = {cell: index for index, cell in enumerate(cells)}
    found = np.zeros((len(parts), len(cells)))
    for row, part in zip(found, parts, strict=True):
        total = sum(part.values())
        for cell, number in part.items():
            row[place[cell]] = number / total if total > 0 else 1 / len(part)
    return found, cells
