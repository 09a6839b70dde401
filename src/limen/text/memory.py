"""Memory while much is read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the collector of circular garbage: nodes and rules make none, and looking for it takes half of a large reading."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@contextmanager
def kept_to_the_end() -> Iterator[None]:
    """Like `uncollected`, for a process that keeps to its end what it reads here: that is never looked through later on."""
    with uncollected():
        yield
        gc.freeze()
