"""The folder that keeps a run: draws in zarr, written one after another, so that what was stopped can be read and continued.

Draws are kept in their order and each lies in a chunk of its own; the number of a draw is written last. So whatever has a
number is whole, a run that was killed is readable as far as it came, and one that was continued has the same bytes as one that
was not.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import zarr
from numcodecs import Shuffle, Zstd  # type: ignore[import-untyped]

from limen.flow.program import Trace
from limen.model.labels import Labels
from limen.results.ensemble import FORMAT, VARIABLES, About, changed_files, columns_of, labels_of, stacked

if TYPE_CHECKING:
    import xarray as xr

RUN = "limen-run.json"
DRAWS = "draws.zarr"
WRITTEN = (
    RUN, DRAWS, "quantiles.parquet", "quantiles.csv", "series.csv", "observed.csv", "states.csv", "ways.csv", "gates.csv",
    "offices.csv", "kinds.csv", "report.html", "CITATION.bib", "CITATION.txt", "README.txt", "charts",
)  # fmt: skip
"""What a run writes into its folder; a new run in the same folder takes these away and nothing else."""

FOLDERS = (DRAWS, "charts")
_MAY_DIFFER = {"draws", "command", "title", "scenario", "python"}
_NUMBERS_IN_A_CHUNK = 4096


class NoResult(FileNotFoundError):
    """The folder holds no result of a run, or one that cannot be read."""


class OtherRun(ValueError):
    """The folder holds the result of another run than the one to be continued."""


class NotEmpty(FileExistsError):
    """The folder holds something that would be lost."""


class Store:
    """The draws of one run in a folder, open for adding more of them."""

    def __init__(self, folder: Path, labels: Labels, run: About, group: zarr.Group):
        self.folder = folder
        self.labels = labels
        self.run = run
        self._group = group

    @property
    def done(self) -> int:
        """How many draws are kept: those numbered from 0 until before this."""
        return int(_array(self._group, "draw").shape[0])

    def append(self, traces: Sequence[Trace]) -> None:
        """Keeps the next draws. Those that were not written to the end when the process ends do not count."""
        first = self.done
        for name in VARIABLES:
            _array(self._group, name).append(stacked(self.labels, list(traces), name), axis=0)
        numbers = np.arange(first, first + len(traces), dtype=np.int64)
        _array(self._group, "draw").append(numbers, axis=0)

    def close(self) -> None:
        """Leaves the folder as readers expect it: no half-written draw, an index of the arrays, what the run is."""
        _cut(self._group, self.done)
        zarr.consolidate_metadata(self._group.store, zarr_format=2)
        write_run(self.folder, self.run, self.done)


def create(folder: Path, labels: Labels, run: About) -> Store:
    """Starts a result in a folder, in place of an older result that is there.

    Raises NotEmpty where the folder holds something else than a result of Limen's.
    """
    if folder.exists():
        if not folder.is_dir():
            raise NotEmpty(f"{folder} is a file.")
        if any(folder.iterdir()):
            if not (folder / RUN).is_file():
                raise NotEmpty(f"{folder} is not empty and holds no result of Limen's. Nothing was changed.")
            _empty(folder)
    folder.mkdir(parents=True, exist_ok=True)
    write_run(folder, run, 0)
    group = zarr.open_group(folder / DRAWS, mode="w", zarr_format=2, attributes=_attributes(labels, run))
    for name, (dimension, values) in columns_of(labels).items():
        _make(group, name, values, (dimension,))
    days = np.array(labels.days, dtype="datetime64[D]").astype(np.int64)
    since = {"units": "days since 1970-01-01", "calendar": "proleptic_gregorian"}
    _make(group, "day", days, ("day",), since)
    for name, dimension in VARIABLES.items():
        _make(group, name, stacked(labels, [], name), ("draw", "day", dimension))
    _make(group, "draw", np.empty(0, dtype=np.int64), ("draw",))
    return Store(folder, labels, run, group)


def resume(folder: Path, labels: Labels, run: About) -> Store:
    """Opens a result to which the missing draws are to be added.

    Raises NoResult where there is none, OtherRun where it was made with another seed, other files or another version.
    """
    kept = read_run(folder)
    different = [
        f"files ({changed_files(kept.get(name), value)})" if name == "hashes"
        else f"{name.replace('limen', 'version of Limen')}: {_said(kept.get(name))} there, {_said(value)} now"
        for name, value in run.as_dict().items()
        if name not in _MAY_DIFFER and kept.get(name) != value
    ]  # fmt: skip
    if different:
        raise OtherRun(f"{folder} cannot be continued by this run. It differs in {'; '.join(different)}.")
    if not (folder / DRAWS).is_dir():
        raise NoResult(f"{folder} has no {DRAWS}: its draws are gone.")
    with opened(folder) as data:
        if labels_of(data) != labels:
            raise OtherRun(f"{folder} cannot be continued by this run: it counts other things or other days.")
    group = zarr.open_group(folder / DRAWS, mode="r+", zarr_format=2, use_consolidated=False)
    store = Store(folder, labels, run, group)
    if store.done > run.draws:
        raise OtherRun(f"{folder} already has {store.done} draws, more than the {run.draws} asked for.")
    (folder / DRAWS / ".zmetadata").unlink(missing_ok=True)
    for half in (folder / DRAWS).rglob("*.partial"):
        half.unlink()
    _cut(group, store.done)
    group.attrs.put(_attributes(labels, run))
    write_run(folder, run, store.done)
    return store


def opened(folder: Path | str) -> xr.Dataset:
    """The draws that a folder keeps, read only as far as they are used. Raises NoResult."""
    import xarray as xr

    folder = Path(folder)
    read_run(folder)
    path = folder / DRAWS
    try:
        group = zarr.open_group(path, mode="r", zarr_format=2, use_consolidated=False)
        done = int(_array(group, "draw").shape[0])
        whole = all(_array(group, name).shape[0] == done for name in VARIABLES)
    except (OSError, KeyError, ValueError) as error:
        raise NoResult(f"The draws in {path} cannot be read: {error}") from None
    if whole:
        data: xr.Dataset = xr.open_zarr(path, consolidated=False, chunks=None)
        return data
    parts = [xr.open_zarr(path, consolidated=False, chunks=None, drop_variables=_others(name)) for name in VARIABLES]
    parts = [part.isel(draw=slice(0, done)) for part in parts]
    data = xr.merge(parts, compat="equals", combine_attrs="override", join="exact")
    return data.assign_coords(draw=np.arange(done, dtype=np.int64))


def write_run(folder: Path, run: About, done: int) -> None:
    """Writes what the run is and how many of its draws are kept."""
    write(folder / RUN, json.dumps({**run.as_dict(), "draws_done": done}, ensure_ascii=False, indent=2) + "\n")


def read_run(folder: Path | str) -> dict[str, Any]:
    """What the run in a folder is. Raises NoResult."""
    folder = Path(folder)
    if not folder.is_dir():
        raise NoResult(f"There is no folder {folder}.")
    try:
        found = json.loads((folder / RUN).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NoResult(f"{folder} holds no result of Limen's: it has no {RUN}.") from None
    except (OSError, ValueError) as error:
        raise NoResult(f"{folder / RUN} cannot be read: {error}") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise NoResult(f"{folder / RUN} is not of format {FORMAT}, the one that this version of Limen reads.")
    return found


def about_of(folder: Path | str) -> About:
    """What the run in a folder is, as it was when it was made. Raises NoResult."""
    found = read_run(folder)
    return About(**{field.name: found[field.name] for field in fields(About) if field.name in found})


def write(path: Path, content: str | bytes) -> None:
    """Writes a file as a whole or not at all: a reader never meets half of it. Errors name the file itself."""
    with naming(path):
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content.encode("utf-8") if isinstance(content, str) else content)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Sees to it that what goes wrong while a file is written is told of that file, not of one that stands in for it."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "This is a folder, and a file is to be written there", str(path))
    try:
        yield
    except OSError as error:
        raise type(error)(error.errno, error.strerror or str(error), str(path)) from None


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
        filters=[Shuffle(values.dtype.itemsize)], compressors=Zstd(level=3),
        attributes={"_ARRAY_DIMENSIONS": list(dimensions), **(more or {})},
    )  # fmt: skip
    if values.size:
        array[:] = values


def _attributes(labels: Labels, run: About) -> dict[str, Any]:
    """What the run is, and which arrays are coordinates, as the CF conventions say it and xarray reads it."""
    return {**run.as_dict(), "coordinates": " ".join(name for name in columns_of(labels) if name != "gate")}


def _cut(group: zarr.Group, done: int) -> None:
    """Leaves the first draws alone."""
    for name in ("draw", *VARIABLES):
        array = _array(group, name)
        if array.shape[0] > done:
            array.resize((done, *array.shape[1:]))


def _array(group: zarr.Group, name: str) -> zarr.Array[Any]:
    found = group[name]
    if not isinstance(found, zarr.Array):
        raise KeyError(name)
    return found


def _others(name: str) -> list[str]:
    return [other for other in VARIABLES if other != name] + ["draw"]


def _empty(folder: Path) -> None:
    """Takes away the older result of a run; its mark goes last. Raises NotEmpty where a folder stands in place of a file."""
    for path in (folder / name for name in WRITTEN if name not in FOLDERS):
        if path.is_dir():
            raise NotEmpty(f"{path} is a folder, and a file is to be written there. Nothing was changed.")
    for path in (folder / name for name in reversed(WRITTEN)):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _said(value: object) -> str:
    return str(value) if value not in ("", None) else "none"
