"""Where questions are worked on: a few at once, each within its time, on threads beside the one that answers the network."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from limen.face.serve.limits import Limits, within
from limen.face.serve.shelf import Shelf
from limen.face.serve.trouble import told_clearly

T = TypeVar("T")

AT_ONCE = 8


class Desk:
    """What every operation needs: the policies that are served, the limits, and somebody who does the work."""

    def __init__(self, shelf: Shelf, limits: Limits) -> None:
        self.shelf, self.limits = shelf, limits
        self._places = CapacityLimiter(AT_ONCE)

    async def do(self, work: Callable[[], T]) -> T:
        """Does a piece of work within its time. Raises Refused, in words, for whatever it runs into."""
        return await to_thread.run_sync(self._done, work, limiter=self._places)

    def _done(self, work: Callable[[], T]) -> T:
        with told_clearly(self.limits.seconds):
            return within(self.limits.seconds, work)
