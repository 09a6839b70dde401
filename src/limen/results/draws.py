"""The draws of a run in zarr, one chunk a draw: what counts is what the index says, and the index is replaced as a whole.

A draw's counts are written first, and the arrays get longer one by one. Then the index of all arrays (zarr's consolidated
metadata, the file `.zmetadata`) takes the place of the last one in a single step. Readers of the index, as xarray and zarr are
unless told otherwise, so always find arrays of one length and whole draws; whatever a process that was killed had begun is not in
it. What was whole and is not any more, as after a power cut, is found before it is read (`limen.results.whole`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import zarr
from numcodecs import Shuffle, Zstd  # type: ignore[import-untyped]

from limen.flow.program import Trace
from limen.model.labels import Labels
from limen.results.ensemble import VARIABLES, About, columns_of, stacked
from limen.results.store import INDEX, write
from limen.results.whole import broken, whole_draws

if TYPE_CHECKING:
    import xarray as xr

BY_DRAW = ("draw", *VARIABLES)

_NUMBERS_IN_A_CHUNK = 4096
_EVERY_CHUNK = {"array.write_empty_chunks": True}
"""So that a chunk that is not there is one that was lost, never one of zeros."""


class Draws:
    """The draws in a folder, open for adding more of them."""

    def __init__(self, path: Path, labels: Labels, group: zarr.Group, index: dict[str, Any]) -> None:
        self.path = path
        self.labels = labels
        with zarr.config.set(_EVERY_CHUNK):
            self._arrays = {name: _array(group, name) for name in BY_DRAW}
        self._index = index

    @property
    def done(self) -> int:
        """How many are kept: those numbered from 0 until before this."""
        return done_in(self._index)

    def append(self, traces: Sequence[Trace]) -> None:
        """Keeps the next draws: all of them or, where this does not come to its end, none."""
        first, last = self.done, self.done + len(traces)
        found = {name: stacked(self.labels, list(traces), name) for name in VARIABLES}
        for name, counts in {**found, "draw": np.arange(first, last, dtype=np.int64)}.items():
            array = self._arrays[name]
            array.resize((last, *array.shape[1:]))
            array[first:last] = counts
        self.keep(last)

    def keep(self, done: int) -> None:
        """Says that so many are kept."""
        known = self._index["metadata"]
        for name in BY_DRAW:
            known[f"{name}/.zarray"]["shape"][0] = done
        write(self.path / INDEX, json.dumps(self._index, ensure_ascii=False))

    def close(self) -> None:
        """Takes away what was begun and not kept, so that the arrays by themselves say what the index says."""
        for array in self._arrays.values():
            if array.shape[0] != self.done:
                array.resize((self.done, *array.shape[1:]))


def made(path: Path, labels: Labels, run: About) -> Draws:
    """No draws yet."""
    with zarr.config.set(_EVERY_CHUNK):
        return _made(path, labels, run)


def _made(path: Path, labels: Labels, run: About) -> Draws:
    group = zarr.open_group(path, mode="w", zarr_format=2, attributes=_attributes(labels, run))
    for name, (dimension, values) in columns_of(labels).items():
        _make(group, name, values, (dimension,))
    days = np.array(labels.days, dtype="datetime64[D]").astype(np.int64)
    since = {"units": "days since 1970-01-01", "calendar": "proleptic_gregorian"}
    _make(group, "day", days, ("day",), since)
    for name, dimension in VARIABLES.items():
        _make(group, name, stacked(labels, [], name), ("draw", "day", dimension))
    _make(group, "draw", np.empty(0, dtype=np.int64), ("draw",))
    known = {file.relative_to(path).as_posix(): json.loads(file.read_bytes()) for file in sorted(path.rglob(".z[ga]*"))}
    found = Draws(path, labels, group, {"metadata": known, "zarr_consolidated_format": 1})
    found.keep(0)
    return found


def kept(path: Path, labels: Labels, run: About) -> Draws:
    """The draws that are there and whole, without what was begun by a process that was killed.

    Of draws of which one cannot be read whole, those before it are kept. Raises OSError, KeyError or ValueError where more than
    draws is damaged.
    """
    group = zarr.open_group(path, mode="r+", zarr_format=2, use_consolidated=False)
    index, attributes = index_of(path), _attributes(labels, run)
    group.attrs.put(attributes)
    index["metadata"][".zattrs"] = attributes
    found = Draws(path, labels, group, index)
    for half in (*path.rglob("*.partial"), *path.glob(f".{INDEX}.*")):
        half.unlink()
    done, file = whole_draws(path, index["metadata"], BY_DRAW, found.done)
    found.keep(done)
    if file:
        (path / file).unlink(missing_ok=True)
    found.close()
    return found


def read(path: Path) -> xr.Dataset:
    """The draws that are kept, read as far as they are used. Raises OSError, KeyError or ValueError where they are damaged."""
    index = index_of(path)
    done, file = whole_draws(path, index["metadata"], BY_DRAW, done_in(index))
    if file:
        raise ValueError(f"{file} is not whole; what is before draw {done} is, and --resume takes the others again")
    return _read(path)


def read_columns(path: Path) -> xr.Dataset:
    """Columns and days, and how many draws are kept, where the draws themselves may be damaged. Raises as `read` does."""
    return _read(path, BY_DRAW[:1])


def _read(path: Path, without: Sequence[str] = ()) -> xr.Dataset:
    import xarray as xr

    index = index_of(path)
    done, known = done_in(index), index["metadata"]
    group = zarr.open_group(path, mode="r", zarr_format=2, use_consolidated=False)
    short = [name for name in BY_DRAW if _array(group, name).shape[0] < done]
    if short:
        raise ValueError(f"{', '.join(short)} hold fewer than the {done} draws of {INDEX}")
    columns = [key.removesuffix("/.zarray") for key in known if key.endswith("/.zarray")]
    lost = [file for name in columns if name not in BY_DRAW for _, file in broken(path, known, name)]
    if lost:
        raise ValueError(f"{', '.join(lost)} is not whole")
    data: xr.Dataset = xr.open_zarr(path, consolidated=True, chunks=None, drop_variables=list(without))
    return data


def index_of(path: Path) -> dict[str, Any]:
    """What the index says. Raises OSError, KeyError or ValueError where there is none."""
    found: dict[str, Any] = json.loads((path / INDEX).read_bytes())
    done_in(found)
    return found


def done_in(index: dict[str, Any]) -> int:
    """How many draws an index says are kept."""
    return int(index["metadata"]["draw/.zarray"]["shape"][0])


def _make(
    group: zarr.Group,
    name: str,
    values: np.ndarray[Any, Any],
    dimensions: tuple[str, ...],
    more: dict[str, str] | None = None,
) -> None:
    """One array with its dimensions. Its chunks are one draw each, those of the numbers of draws a few thousand."""
    if len(dimensions) > 1:
        chunks = (1, *(max(1, size) for size in values.shape[1:]))
    else:
        chunks = (_NUMBERS_IN_A_CHUNK,) if name == "draw" else (max(1, len(values)),)
    array = group.create_array(
        name, shape=values.shape, chunks=chunks, dtype=values.dtype, fill_value=None,
        filters=[Shuffle(values.dtype.itemsize)], compressors=Zstd(level=3, checksum=True),
        attributes={"_ARRAY_DIMENSIONS": list(dimensions), **(more or {})},
    )  # fmt: skip
    if values.size:
        array[:] = values


def _attributes(labels: Labels, run: About) -> dict[str, Any]:
    """What the run is, and which arrays are coordinates, as the CF conventions say it and xarray reads it."""
    return {**run.as_dict(), "coordinates": " ".join(name for name in columns_of(labels) if name != "gate")}


def _array(group: zarr.Group, name: str) -> zarr.Array[Any]:
    found = group[name]
    if not isinstance(found, zarr.Array):
        raise KeyError(name)
    return found
