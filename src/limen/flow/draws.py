"""Many draws: a task of one draw's number, done by any `concurrent.futures.Executor`, results in order.

A draw's randomness hangs on its number alone, so neither the executor nor the batch nor the order of work can change a result; a
run that was stopped goes on with the draws that it lacks.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from threading import Event
from typing import TypeVar

T = TypeVar("T")

BATCH = 25
"""Draws a piece of work on an executor of the caller's: enough that sending them costs little."""
AHEAD = 4
"""Pieces of work that are handed out at once for each worker."""


def in_order(
    task: Callable[[int], T],
    draws: Iterable[int],
    *,
    executor: Executor | None = None,
    workers: int | None = None,
    batch: int | None = None,
    finished: Callable[[int], None] | None = None,
    stop: Event | None = None,
) -> Generator[tuple[int, T], None, None]:
    """Yields (draw, task(draw)) in the order of `draws`.

    `executor`: threads of our own by default, one for each core; another one is not shut down, and its tasks must be picklable if
    it is of processes. `workers`: how many it has. `batch`: draws a piece of work, 1 on our own threads and `BATCH` elsewhere.
    `finished(draw)` is called in the caller's thread as soon as a draw's work is done, whatever is still to come before it.

    When `stop` is set or Ctrl-C is pressed, no new work is begun; what is finished or under way is still yielded, with gaps, and
    then KeyboardInterrupt goes on to the caller. An error in a task ends the run after the draws before it, and names the draw.
    """
    if batch is not None and batch < 1:
        raise ValueError(f"a batch has at least one draw, not {batch}")
    size = batch or (1 if executor is None else BATCH)
    numbers = list(draws)
    pieces = [numbers[i : i + size] for i in range(0, len(numbers), size)]
    count = workers or os.cpu_count() or 1
    halt = stop or Event()
    with _opened(executor, count) as pool:
        yield from _deliver(pool, task, pieces, AHEAD * count, finished, halt)


def _deliver(
    pool: Executor,
    task: Callable[[int], T],
    pieces: Sequence[Sequence[int]],
    ahead: int,
    finished: Callable[[int], None] | None,
    stop: Event,
) -> Iterator[tuple[int, T]]:
    at: dict[Future[list[T]], int] = {}
    done: dict[int, Future[list[T]]] = {}
    delivered, begun, interrupt = 0, 0, None
    try:
        while delivered < len(pieces):
            try:
                while not stop.is_set() and begun < min(len(pieces), delivered + ahead):
                    at[pool.submit(_work, task, pieces[begun])] = begun
                    begun += 1
                if not at:
                    break
                for future in wait(at, return_when=FIRST_COMPLETED, timeout=0.2).done:
                    number = at.pop(future)
                    done[number] = future
                    if finished and not future.cancelled() and future.exception() is None:
                        for draw in pieces[number]:
                            finished(draw)
            except KeyboardInterrupt as pressed:
                if interrupt:
                    raise
                interrupt = pressed
                stop.set()
            if stop.is_set():
                for future in list(at):
                    if future.cancel():
                        del at[future]
            while delivered in done:
                yield from zip(pieces[delivered], done.pop(delivered).result())
                delivered += 1
        for number in sorted(done):
            yield from zip(pieces[number], done[number].result())
    finally:
        for future in at:
            future.cancel()
    if interrupt:
        raise interrupt


@contextmanager
def _opened(executor: Executor | None, workers: int) -> Iterator[Executor]:
    if executor is not None:
        yield executor
        return
    own = ThreadPoolExecutor(workers, thread_name_prefix="draws")
    try:
        yield own
    finally:
        own.shutdown(wait=True, cancel_futures=True)


def _work(task: Callable[[int], T], draws: Sequence[int]) -> list[T]:
    found = []
    for draw in draws:
        try:
            found.append(task(draw))
        except Exception as wrong:
            wrong.add_note(f"in draw {draw}")
            raise
    return found
