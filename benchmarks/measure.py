"""How figures are taken: contenders take turns, medians are reported, and other work on the machine does not count."""

from __future__ import annotations

import gc
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from limen.policy.many import People
from limen.policy.read import read_policy
from limen.policy.rules import Policy
from limen.policy.words import Words
from limen.scenario.find import policy_paths

SCENARIO = "finland-estonia-2022"
DAY = date(2022, 10, 15)
PACKAGES = ("limen", "numpy", "numba", "PyYAML", "python-sat", "OpenFisca-Core", "cedarpy", "Mesa")

Run = Callable[[], Any]
Prepare = Callable[[], Run]


@dataclass(frozen=True)
class Verdict:
    """A promise and what was measured of it."""

    promise: str
    measured: str
    kept: bool


@dataclass(frozen=True)
class Figure:
    """What one module measures: rows of what and how long, the promises about it, and what should be known with it."""

    title: str
    rows: Sequence[tuple[str, str]]
    verdicts: Sequence[Verdict]
    notes: Sequence[str] = field(default=())


def alternate(contenders: Mapping[str, Prepare], rounds: int) -> dict[str, float]:
    """The median seconds that each contender keeps the processor; they take turns, after a first round that does not count.

    A contender prepares what is timed. Between two turns whatever the last one left is thrown away.
    """
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(rounds + 1):
        for name, prepare in contenders.items():
            run = prepare()
            gc.collect()
            start = time.process_time()
            run()
            spent = time.process_time() - start
            del run
            if turn:
                taken[name].append(spent)
    return {name: statistics.median(times) for name, times in taken.items()}


def commands(contenders: Mapping[str, Sequence[str]], rounds: int) -> dict[str, tuple[float, float]]:
    """The median seconds of the clock and of the processor that each command takes, in turns as in `alternate`."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in contenders}
    for turn in range(rounds + 1):
        for name, command in contenders.items():
            before, start = _used_by_children(), time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            clock = time.perf_counter() - start
            if turn:
                taken[name].append((clock, _used_by_children() - before))
    return {name: (statistics.median(c for c, _ in times), statistics.median(u for _, u in times))
            for name, times in taken.items()}  # fmt: skip


def _used_by_children() -> float:
    """The processor's time of all ended children of this process."""
    try:
        import resource
    except ImportError:  # Windows
        return os.times().children_user + os.times().children_system
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def one_core() -> Iterator[None]:
    """Keeps the process on one processor, where the system can."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def corpus() -> Policy:
    """The policy that the figures are about."""
    return read_policy(policy_paths((SCENARIO,)))


def random_people(words: Words, count: int, seed: int) -> People:
    """People whose every fact, finding and reading is drawn evenly from its values."""
    chance = np.random.default_rng(seed)
    return People(words, count, {
        axis.number: chance.integers(0, axis.size, count, dtype=np.uint8 if axis.size <= 256 else np.uint16)
        for axis in words.axes
    })  # fmt: skip


def seconds(value: float) -> str:
    """A time in words, with as many digits as mean something."""
    factor, unit = next(((f, u) for f, u in ((1.0, "s"), (1e3, "ms"), (1e6, "µs")) if value * f >= 1), (1e9, "ns"))
    scaled = value * factor
    return f"{scaled:.{0 if scaled >= 100 else 1 if scaled >= 10 else 2}f} {unit}"


def times(value: float) -> str:
    """A ratio in words."""
    return f"{value:,.0f} times" if value >= 100 else f"{value:.1f} times"


def machine() -> list[str]:
    """Where and with what the figures were taken."""
    name = platform.processor() or platform.machine()
    with suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        name = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), name)
    found = [f"{name}, {os.cpu_count()} cores, {platform.system()}", f"Python {platform.python_version()}"]
    for package in PACKAGES:
        with suppress(PackageNotFoundError):
            found.append(f"{package} {version(package)}")
    return found


def report(figure: Figure) -> None:
    """Prints a figure: as JSON where the runner asks for it."""
    if "--json" in sys.argv[1:]:
        print(json.dumps(asdict(figure), ensure_ascii=False))
        return
    print(figure.title)
    for what, value in figure.rows:
        print(f"  {value:>12}  {what}")
    for verdict in figure.verdicts:
        print(f"  {'kept' if verdict.kept else 'NOT KEPT'}: {verdict.promise} (measured: {verdict.measured})")
    for note in figure.notes:
        print(f"  {note}")
