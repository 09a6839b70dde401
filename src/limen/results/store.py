"""The folder that keeps a run: its draws (`limen.results.draws`), written one after another, and what the run is.

Draws are kept in their order and each lies in a chunk of its own; none counts before it is whole. So a run that was killed is
readable as far as it came, and one that was continued has the same bytes as one that was not.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from limen.flow.program import Trace
from limen.model.labels import Labels
from limen.results.ensemble import FORMAT, About, changed_files, labels_of

if TYPE_CHECKING:
    import xarray as xr

    from limen.results.draws import Draws

RUN = "limen-run.json"
DRAWS, INDEX = "draws.zarr", ".zmetadata"
WRITTEN = (
    RUN, DRAWS, "quantiles.parquet", "quantiles.csv", "series.csv", "observed.csv", "states.csv", "ways.csv", "gates.csv",
    "offices.csv", "kinds.csv", "report.html", "CITATION.bib", "CITATION.txt", "README.txt", "charts",
)  # fmt: skip
"""What a run writes into its folder; a new run in the same folder takes these away and nothing else."""

FOLDERS = (DRAWS, "charts")
_MAY_DIFFER = {"draws", "command", "title", "scenario", "python"}


class NoResult(FileNotFoundError):
    """The folder holds no result of a run, or one that cannot be read."""


class OtherRun(ValueError):
    """The folder holds the result of another run than the one to be continued."""


class NotEmpty(FileExistsError):
    """The folder holds something that would be lost."""


class Store:
    """The draws of one run in a folder, open for adding more of them. `done`: how many are kept, numbered from 0.

    `lost`: how many were kept before and are to be taken again, since they, or one before them, cannot be read whole any more.
    The library that writes them is loaded with the first that is asked of them, so that drawing need not wait for it.
    """

    def __init__(self, folder: Path, run: About, done: int, opening: Callable[[], Draws], lost: int = 0) -> None:
        self.folder = folder
        self.run = run
        self.done = done
        self.lost = lost
        self._opening = opening

    @cached_property
    def draws(self) -> Draws:
        """The draws, opened when they are first asked for."""
        return self._opening()

    def append(self, traces: Sequence[Trace]) -> None:
        """Keeps the next draws. Those that were not written to the end when the process ends do not count."""
        self.draws.append(traces)
        self.done = self.draws.done
        write_run(self.folder, self.run, self.done)

    def close(self) -> None:
        """Leaves the folder as readers expect it: no half-written draw, and what the run is."""
        self.draws.close()
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
    return _begun(folder, labels, run)


def _begun(folder: Path, labels: Labels, run: About) -> Store:
    def opening() -> Draws:
        from limen.results import draws

        return draws.made(folder / DRAWS, labels, run)

    return Store(folder, run, 0, opening)


def resume(folder: Path, labels: Labels, run: About) -> Store:
    """Opens a result to which the missing draws are to be added. From a draw on that cannot be read whole, all are missing.

    Raises NoResult where there is none, OtherRun where it was made with another seed, other files or another version.
    """
    kept = read_run(folder)
    different = [
        f"files ({changed_files(kept.get(name), value)})"
        if name == "hashes"
        else f"{name.replace('limen', 'version of Limen')}: {_said(kept.get(name))} there, {_said(value)} now"
        for name, value in run.as_dict().items()
        if name not in _MAY_DIFFER and kept.get(name) != value
    ]
    if different:
        raise OtherRun(f"{folder} cannot be continued by this run. It differs in {'; '.join(different)}.")
    for half in folder.glob(f".{RUN}.*"):
        half.unlink()
    if not kept.get("draws_done") and not (folder / DRAWS / INDEX).exists():  # killed before there was one
        write_run(folder, run, 0)
        return _begun(folder, labels, run)
    if not (folder / DRAWS).is_dir():
        raise NoResult(f"{folder} has no {DRAWS}: its draws are gone.")
    from limen.results import draws

    with _opened(folder, draws.read_columns) as data:
        before = data.sizes["draw"]
        if labels_of(data) != labels:
            raise OtherRun(f"{folder} cannot be continued by this run: it counts other things or other days.")
    if before > run.draws:
        raise OtherRun(f"{folder} already has {before} draws, more than the {run.draws} asked for.")
    there = draws.kept(folder / DRAWS, labels, run)
    write_run(folder, run, there.done)
    return Store(folder, run, there.done, lambda: there, before - there.done)


def opened(folder: Path | str) -> xr.Dataset:
    """The draws that a folder keeps, read only as far as they are used. Raises NoResult, also where one of them is damaged."""
    folder = Path(folder)
    if not read_run(folder).get("draws_done") and not (folder / DRAWS / INDEX).exists():
        raise NoResult(f"{folder} keeps no draw yet: its run was stopped before the first.")
    from limen.results import draws

    return _opened(folder, draws.read)


def _opened(folder: Path, reading: Callable[[Path], xr.Dataset]) -> xr.Dataset:
    path = folder / DRAWS
    try:
        return reading(path)
    except (OSError, KeyError, ValueError) as error:
        raise NoResult(f"The draws in {path} cannot be read: {error}") from None


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
