"""A posterior as data: the members of those parameters that counts speak for, and with what they were made."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import yaml

from limen.evidence.figures import Parameter
from limen.evidence.posterior import Posterior, rests_on
from limen.inference.fit import Fitted
from limen.model.parameters import Key, quantile

INTERVAL = (0.05, 0.95)


def posterior_of(fitted: Fitted, command: str) -> Posterior:
    """What a scenario keeps of a fit. Parameters that no count speaks for are not in it: they keep their priors."""
    problem, places = fitted.problem, fitted.moved
    keys = tuple(problem.keys[place] for place in places)
    hashes = rests_on(problem.scenario.hashes)
    z = np.vectorize(lambda point: float(_text(point)), otypes=[np.float64])(fitted.smoothed.posterior[:, places])
    return Posterior(keys, z, problem.until, command, fitted.seed, hashes)


def as_csv(posterior: Posterior, parameters: dict[Key, Parameter]) -> str:
    """One row a parameter: the median and the ends of the 90% interval in its own unit, then the point of every member."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("parameter", "of", "median", "low", "high", "z"))
    for key, points in zip(posterior.keys, posterior.z.T, strict=True):
        middle = (quantile(parameters[key], z) for z in np.quantile(points, (0.5, *INTERVAL)).tolist())
        writer.writerow((*key, *(f"{value:.3g}" for value in middle), " ".join(map(_text, points.tolist()))))
    return text.getvalue()


def _text(point: float) -> str:
    """A point as it is kept, to four digits: what is read is what was written."""
    return f"{point:.4g}"


def made_with(posterior: Posterior) -> str:
    """The command, the seed, the last day whose counts were used, and the hashes of the files."""
    content = {
        "command": posterior.command, "seed": posterior.seed, "until": posterior.until, "files": dict(posterior.hashes),
    }  # fmt: skip
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=1000)


def write_posterior(posterior: Posterior, parameters: dict[Key, Parameter], path: Path) -> tuple[Path, Path]:
    """Writes the members to a .csv file and the rest to a .yaml file beside it, over what is there. Returns their paths."""
    made = path.with_suffix(".yaml")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_csv(posterior, parameters), encoding="utf-8")
    made.write_text(made_with(posterior), encoding="utf-8")
    return path, made
