"""Simulations: each is a folder as `limen run` leaves it, filled by a job. The same settings are the same run."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from limen.face import many
from limen.face.prepared import Prepared, prepared
from limen.face.serve.jobs import ENDED, SPOILT, Bench, Job
from limen.face.serve.limits import Limits
from limen.face.serve.questions import Run
from limen.face.serve.shelf import Served, Shelf, mark
from limen.face.serve.trouble import Refused
from limen.results.ensemble import About

if TYPE_CHECKING:
    import xarray as xr

    from limen.scenario.scenario import Scenario


@dataclass(frozen=True)
class Ran:
    """A run that was asked for: its settings, its scenario, its job and the folder that keeps its draws."""

    asked: Run
    served: Served
    ready: Prepared
    folder: Path
    job: Job

    @property
    def id(self) -> str:
        """Its name in addresses; the same settings have the same."""
        return self.job.id

    @property
    def told(self) -> Scenario:
        """Its scenario."""
        return self.ready.told

    @property
    def about(self) -> About:
        """What it is."""
        return self.ready.about

    @property
    def draws(self) -> int:
        """How many draws are kept so far."""
        return self.job.done

    def opened(self) -> xr.Dataset:
        """Its draws so far. Raises Refused where there is none yet."""
        from limen.results.store import NoResult, opened

        try:
            return opened(self.folder)
        except NoResult:
            raise Refused(404, f"Run {self.id} has no draw yet.") from None

    def simulate(self, job: Job) -> None:
        """Fills the folder."""
        from limen.results.running import fill
        from limen.results.store import create

        model = self.ready.model
        store = create(self.folder, model.labels, self.about)
        with many.clear_numbers(self.about.scenario):
            fill(store, model, many.worker_count(None), job.tell)


class Runs:
    """All runs of a server, kept in a folder."""

    def __init__(self, shelf: Shelf, limits: Limits, folder: Path) -> None:
        self._shelf, self._limits, self._folder = shelf, limits, folder
        self._bench, self._lock = Bench(), threading.Lock()
        self._runs: dict[str, Ran] = {}

    @property
    def all(self) -> Mapping[str, Ran]:
        """The runs by id, in the order in which they were asked for."""
        return dict(self._runs)

    def named(self, name: str) -> Ran:
        """A run by its id. Raises Refused."""
        if name not in self._runs:
            raise Refused(404, f"There is no run {name!r}.")
        return self._runs[name]

    def start(self, asked: Run) -> Ran:
        """The run with these settings: the one that is there, or a new one. One that was cancelled or failed starts again."""
        if asked.draws > self._limits.draws:
            raise Refused(422, f"A run here takes at most {self._limits.draws:,} draws; `limen run` takes more.")
        name = mark(asked.model_dump(mode="json"))[:12]
        if (there := self._good(name)) is not None:
            return there
        made = self._made(asked, name)
        with self._lock:
            if (there := self._good(name)) is not None:
                return there
            if name not in self._runs and len(self._runs) >= self._limits.runs:
                self._forget_one()
            self._runs[name] = made
            self._bench.start(made.job, made.simulate)
        return made

    def stop(self) -> None:
        """Cancels whatever is not at its end."""
        for ran in self.all.values():
            ran.job.cancel()

    def _good(self, name: str) -> Ran | None:
        """The run of this name, unless it was cancelled or failed."""
        there = self._runs.get(name)
        return None if there is None or there.job.state in SPOILT else there

    def _made(self, asked: Run, name: str) -> Ran:
        served = self._shelf.named(asked.scenario)
        ready = prepared(
            served.scenario(asked.until),
            served.path,
            asked.draws,
            asked.seed,
            asked.until,
            asked.prior,
            asked.alternative,
        )
        return Ran(asked, served, ready, self._folder / name, Job(name, asked.draws))

    def _forget_one(self) -> None:
        """Makes room: the oldest run that ended goes. Raises Refused where none has."""
        import shutil

        oldest = next((name for name, ran in self._runs.items() if ran.job.state in ENDED), None)
        if oldest is None:
            raise Refused(422, f"{len(self._runs)} runs are waiting; cancel one or wait.")
        shutil.rmtree(self._runs.pop(oldest).folder, ignore_errors=True)
