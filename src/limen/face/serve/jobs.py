"""Long work beside the requests: it tells how far it is, can be cancelled, and leaves what it came to."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from limen.face.serve.trouble import Refused, told_clearly


class State(Enum):
    """Where a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


SPOILT = {State.CANCELLED, State.FAILED}
ENDED = {State.DONE, *SPOILT}


class Cancelled(BaseException):
    """Raised inside a job that somebody cancelled."""


@dataclass
class Job:
    """A piece of work with `total` steps. `tell` is called by the work and raises Cancelled once it is to stop."""

    id: str
    total: int
    state: State = State.WAITING
    done: int = 0
    says: str = ""
    _stop: threading.Event = field(default_factory=threading.Event)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _version: int = 0

    def tell(self, done: int) -> None:
        """Says how many steps are done. Raises Cancelled."""
        self._move(self.state, done=done)
        if self._stop.is_set():
            raise Cancelled

    def cancel(self) -> None:
        """Asks it to stop. What ended stays as it is."""
        self._stop.set()
        if self.state is State.WAITING:
            self._move(State.CANCELLED)

    def work(self, work: Callable[[Job], None]) -> None:
        """Does the work on this thread."""
        if self._stop.is_set():
            return
        self._move(State.RUNNING)
        try:
            with told_clearly(0):
                work(self)
            self._move(State.DONE)
        except Cancelled:
            self._move(State.CANCELLED)
        except Refused as error:
            self._move(State.FAILED, says=error.says)
        except BaseException:
            self._move(State.FAILED, says="The work ended with a fault of Limen itself.")
            raise

    def changed_since(self, version: int, seconds: float) -> int:
        """Waits until something changed after a version, or the seconds are over; the version now."""
        with self._changed:
            self._changed.wait_for(lambda: self._version > version, seconds)
            return self._version

    def _move(self, state: State, done: int | None = None, says: str = "") -> None:
        with self._changed:
            self.state, self.done = state, self.done if done is None else done
            self.says = says or self.says
            self._version += 1
            self._changed.notify_all()


class Bench:
    """Where jobs are worked on, one after another: each uses all cores by itself."""

    def __init__(self) -> None:
        self._turn = threading.Lock()

    def start(self, job: Job, work: Callable[[Job], None]) -> None:
        """Starts a job as soon as those before it have ended."""

        def take_turn() -> None:
            with self._turn:
                job.work(work)

        threading.Thread(target=take_turn, name=f"job-{job.id}", daemon=True).start()
