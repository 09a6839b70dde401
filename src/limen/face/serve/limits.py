"""What a question may take: bytes and seconds. A question that takes too long is stopped in mid-work."""

from __future__ import annotations

import ctypes
import threading
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
    thread, lock, done = threading.get_ident(), threading.Lock(), False

    def stop() -> None:
        with lock:
            if not done:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(TooLong))

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        return work()
    finally:
        with lock:
            done = True
        timer.cancel()
