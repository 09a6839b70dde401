"""What a question may take: bytes and seconds. A question that takes too long is stopped in mid-work."""

from __future__ import annotations

import ctypes
import heapq
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one request may hold in bytes, that one question may take in seconds, and the draws of one run."""

    bytes: int = 4 * 1024 * 1024
    seconds: float = 60.0
    draws: int = 2_000
    runs: int = 64


class TooLong(BaseException):
    """Raised inside a question that has used up its time. No handler of ordinary errors may keep it."""


def within(seconds: float, work: Callable[[], T]) -> T:
    """What `work` gives. Raises TooLong inside it, on its own thread, once the seconds are over."""
    task = _Task(time.monotonic() + seconds, threading.get_ident())
    _WATCH.add(task)
    try:
        return work()
    finally:
        with task.lock:
            task.done = True


class _Task:
    """Work that is being done on a thread, until a time."""

    __slots__ = ("done", "lock", "thread", "until")

    def __init__(self, until: float, thread: int) -> None:
        self.until, self.thread, self.done, self.lock = until, thread, False, threading.Lock()

    def stop(self) -> None:
        """Raises TooLong in the thread, unless the work is done."""
        with self.lock:
            if not self.done:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self.thread), ctypes.py_object(TooLong))


class _Watch:
    """One thread that looks after all work: it sleeps until the first time that is up."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._tasks: list[tuple[float, int, _Task]] = []
        self._number = 0
        self._watching = False

    def add(self, task: _Task) -> None:
        """Looks after a task."""
        with self._changed:
            self._number += 1
            first = not self._tasks or task.until < self._tasks[0][0]
            heapq.heappush(self._tasks, (task.until, self._number, task))
            if not self._watching:
                self._watching = True
                threading.Thread(target=self._watch, name="watch", daemon=True).start()
            elif first:
                self._changed.notify()

    def _watch(self) -> None:
        while True:
            with self._changed:
                while self._tasks and self._tasks[0][2].done:
                    heapq.heappop(self._tasks)
                left = self._tasks[0][0] - time.monotonic() if self._tasks else None
                if left is None or left > 0:
                    self._changed.wait(left)
                    continue
                task = heapq.heappop(self._tasks)[2]
            task.stop()


_WATCH = _Watch()
