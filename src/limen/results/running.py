"""Taking the draws of a run: side by side, handed on in their order, and stopped so that nothing is half done."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice

from limen.flow.program import Trace
from limen.results.ensemble import Simulated
from limen.results.store import Store

AHEAD = 2
"""How many draws a worker may have under way or ready: more would only wait in memory for their turn."""


def traces(model: Simulated, seed: int, draws: range, executor: Executor, ahead: int) -> Iterator[tuple[int, Trace]]:
    """The draws with their traces, in order, at most `ahead` of them under way. To stop asking cancels what has not begun."""
    rest = iter(draws)
    under_way: deque[tuple[int, Future[Trace]]] = deque()
    try:
        while True:
            for draw in islice(rest, ahead - len(under_way)):
                under_way.append((draw, executor.submit(model.simulate, seed, draw)))
            if not under_way:
                return
            draw, future = under_way.popleft()
            yield draw, future.result()
    finally:
        for _, future in under_way:
            future.cancel()


@contextmanager
def workers(number: int) -> Iterator[Executor]:
    """Threads to simulate on. When left, for whatever reason, draws that were begun are finished and the others forgotten."""
    executor = ThreadPoolExecutor(max_workers=number, thread_name_prefix="draw")
    try:
        yield executor
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def fill(store: Store, model: Simulated, number: int, told: Callable[[int], None]) -> None:
    """Adds the missing draws to a store on `number` threads, and tells how many there are after each.

    An interrupt (KeyboardInterrupt) comes through once what is being written is written; the store is closed in any case, and
    so can be read and continued.
    """
    run = store.run
    try:
        with workers(1) as writer, workers(number) as executor:
            for _, trace in traces(model, run.seed, range(store.done, run.draws), executor, AHEAD * number):
                writer.submit(store.append, [trace]).result()
                told(store.done)
    finally:
        store.close()
