"""Taking the missing draws of a run into its folder, so that nothing is half done when it is stopped."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from limen.flow.draws import in_order
from limen.flow.program import Trace
from limen.results.ensemble import Simulated
from limen.results.store import Store


def fill(store: Store, model: Simulated, workers: int, told: Callable[[int], None]) -> None:
    """Adds the missing draws to a store on `workers` threads, and tells how many are kept after each.

    An interrupt (KeyboardInterrupt) comes through once what is being written is written; draws that wait for an earlier one are
    given up. The store is closed in any case, and so can be read and continued.
    """
    run = store.run

    def task(draw: int) -> Trace:
        return model.simulate(run.seed, draw)

    try:
        with (
            ThreadPoolExecutor(max_workers=1, thread_name_prefix="write") as writer,
            closing(in_order(task, range(store.done, run.draws), workers=workers)) as draws,
        ):
            writer.submit(lambda: store.draws)  # opened while the first are drawn
            for draw, trace in draws:
                if draw == store.done:  # after an interrupt there are gaps
                    writer.submit(store.append, [trace]).result()
                    told(store.done)
    finally:
        store.close()
