"""The draws of one run as one dataset: whole-number counts by draw, day and column, with what every column is called.

| variable | dimensions | counts |
|---|---|---|
| `flows` | draw, day, meter | people or crossings on the day (`limen.model.labels.MEASURES`) |
| `stocks` | draw, day, stock | persons at the end of the day (`limen.model.labels.STOCKS`) |
| `waiting`, `served` | draw, day, gate | persons before the gate at the end of the day, and admitted by it on the day |

Columns are told by the coordinates `measure`, `state`, `way`, `mode` and `kind` (of meters) and `stock_measure`, `stock_state`
and `stock_kind` (of stocks); an empty text means that it is not told apart.
"""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from limen.flow.program import Trace
from limen.model.labels import Labels, Meter, Stock

if TYPE_CHECKING:
    import xarray as xr

FORMAT = 1
"""The version of the folder's layout and of the dataset in it; a change that old readers cannot read raises it."""

VARIABLES = {"flows": "meter", "stocks": "stock", "waiting": "gate", "served": "gate"}
"""The variables, and the dimension that each has besides draw and day."""

EPOCH = date(1970, 1, 1)


class Simulated(Protocol):
    """What can be run: the names of what it counts, and one draw's counts, always the same for the same seed and draw."""

    @property
    def labels(self) -> Labels:
        """The names of the columns and days of every trace."""

    def simulate(self, seed: int, draw: int) -> Trace:
        """The counts of one draw. Safe to call from several threads at once."""


@dataclass(frozen=True, slots=True)
class About:
    """What a run is, so that it can be told, cited, continued and given again.

    `scenario`: the name or path that was asked for; `title`: its title in words; `seed` and `draws` (how many were asked for);
    `until`: the last day simulated where it was cut short; `command` gives the run again; `hashes`: SHA-256 by file of all
    files read; `limen`, `python`, `numpy`, `numba`: versions; `parameters`: what
    they were drawn from, the priors or a posterior.
    """

    scenario: str
    title: str
    seed: int
    draws: int
    command: str
    until: str
    hashes: Mapping[str, str]
    limen: str
    python: str
    numpy: str
    numba: str
    format: int = FORMAT
    parameters: str = "priors"

    @property
    def prior(self) -> bool:
        """Whether its parameters were drawn from their priors."""
        return self.parameters == "priors"

    def as_dict(self) -> dict[str, Any]:
        """As plain data, for JSON and for the attributes of a dataset."""
        return asdict(self)


def about(
    scenario: str,
    title: str,
    seed: int,
    draws: int,
    command: str,
    hashes: Mapping[str, str],
    until: str = "",
    parameters: str = "priors",
) -> About:
    """What a run is, with the versions of the program and of what it counts with."""
    return About(
        scenario, title, seed, draws, command, until, shortened(hashes),
        _version("limen"), platform.python_version(), _version("numpy"), _version("numba"), parameters=parameters,
    )  # fmt: skip


def shortened(hashes: Mapping[str, str]) -> dict[str, str]:
    """Hashes by file, without the part of the paths that all files share: where a folder lies does not change what is in it.

    >>> shortened({"a/b/policy/x.yaml": "1", "a/b/world.csv": "2"})
    {'policy/x.yaml': '1', 'world.csv': '2'}
    """
    parts = {name: PurePath(Path(name)).parts for name in hashes}
    shared = 0
    if parts:
        least = min(len(found) for found in parts.values()) - 1
        while shared < least and len({found[shared] for found in parts.values()}) == 1:
            shared += 1
    return {"/".join(found[shared:]): hashes[name] for name, found in sorted(parts.items())}


MOST_FILES = 5


def changed_files(before: object, after: object) -> str:
    """Which files differ between two mappings of files to hashes, in words.

    >>> changed_files({"a": "1", "b": "2", "c": "3"}, {"a": "1", "b": "9", "d": "4"})
    'b is another, c is gone, d is new'
    """
    one, other = (dict(hashes) if isinstance(hashes, Mapping) else {} for hashes in (before, after))
    says = [
        f"{name} is {'new' if name not in one else 'gone' if name not in other else 'another'}"
        for name in sorted({**one, **other})
        if one.get(name) != other.get(name)
    ]
    more = [f"{len(says) - MOST_FILES} more"] if len(says) > MOST_FILES else []
    return ", ".join([*says[:MOST_FILES], *more])


def dataset(labels: Labels, traces: Mapping[int, Trace], run: About) -> xr.Dataset:
    """The traces of some draws, in order of draw, as a dataset in memory."""
    draws = sorted(traces)
    variables = {
        name: (("draw", "day", dimension), stacked(labels, [traces[draw] for draw in draws], name))
        for name, dimension in VARIABLES.items()
    }
    coordinates = {name: (dimension, values) for name, (dimension, values) in columns_of(labels).items()}
    days = np.array(labels.days, dtype="datetime64[ns]")
    numbers = np.array(draws, dtype=np.int64)
    import xarray as xr

    return xr.Dataset(variables, {"draw": numbers, "day": days, **coordinates}, run.as_dict())


def stacked(labels: Labels, traces: list[Trace], name: str) -> npt.NDArray[np.int64]:
    """One variable of several traces (draw, day, column). Raises ValueError where a trace has another shape than the labels."""
    columns = {"meter": len(labels.meters), "stock": len(labels.stocks), "gate": len(labels.gates)}[VARIABLES[name]]
    shape = (len(labels.days), columns)
    found = np.empty((len(traces), *shape), dtype=np.int64)
    for place, trace in enumerate(traces):
        counts = getattr(trace, "meters" if name == "flows" else name)
        if counts.shape != shape:
            raise ValueError(f"{name} of a draw have the shape {counts.shape}; the labels say {shape}.")
        found[place] = counts
    return found


def columns_of(labels: Labels) -> dict[str, tuple[str, npt.NDArray[np.str_]]]:
    """What every column is called: by coordinate, the dimension and the names."""
    meters = {name: ("meter", _texts([getattr(meter, name) for meter in labels.meters])) for name in Meter._fields}
    stocks = {
        f"stock_{name}": ("stock", _texts([getattr(stock, name) for stock in labels.stocks])) for name in Stock._fields
    }
    return {**meters, **stocks, "gate": ("gate", _texts(list(labels.gates)))}


def labels_of(data: xr.Dataset) -> Labels:
    """The labels that a dataset was made with."""
    meters = zip(*(data[name].values.tolist() for name in Meter._fields))
    stocks = zip(*(data[f"stock_{name}"].values.tolist() for name in Stock._fields))
    numbers = data["day"].values.astype("datetime64[D]").astype(np.int64).tolist()
    return Labels(
        tuple(Meter(*names) for names in meters),
        tuple(Stock(*names) for names in stocks),
        tuple(data["gate"].values.tolist()),
        tuple(EPOCH + timedelta(days=number) for number in numbers),
    )


def _texts(names: list[str]) -> npt.NDArray[np.str_]:
    return np.array(names, dtype=np.str_) if names else np.empty(0, dtype="<U1")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
