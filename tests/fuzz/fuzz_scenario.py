"""Fuzzes the reading of scenarios: whatever the bytes, the answer is a scenario that hangs together or its faults, in time.

`python tests/fuzz/fuzz_scenario.py -runs=100000` or `-max_total_time=30`; the options are libFuzzer's.
"""

import random
import sys
from pathlib import Path

try:
    import atheris
except ImportError:
    sys.exit("Fuzzing needs atheris (there is one for Linux, x86-64 and Python below 3.14).")

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent.parent))
with atheris.instrument_imports(include=["limen"]):
    from tests.policy.broken import Watch
    from tests.scenario.broken import broken_scenario, check
    from tests.scenario.small import FILES, texts_of

SECONDS = 5.0
EVERY = 10_000
PATHS = sorted(FILES)
watch = Watch()
counted = {True: 0, False: 0}


def chosen_by(data):
    """Choices taken from the fuzzer's bytes, and from a generator seeded with the last of them once they are used up."""
    provider = atheris.FuzzedDataProvider(data)
    after = random.Random(data[-8:])

    def choose(limit):
        return provider.ConsumeIntInRange(0, limit - 1) if provider.remaining_bytes() else after.randrange(limit)

    return choose


def read_anything(data):
    """One input of the fuzzer: bytes for one of the files, or choices of how to break some of them."""
    if data[:1] == b"\x00" and len(data) > 1:
        texts = {**texts_of(), PATHS[data[1] % len(PATHS)]: data[2:]}
    else:
        texts = broken_scenario(chosen_by(data[1:]))
    counted[check(texts, watch, SECONDS)] += 1
    if sum(counted.values()) % EVERY == 0:
        sys.stderr.write(f"{counted[False]} malformed scenarios, {counted[True]} good ones\n")


if __name__ == "__main__":
    np.random.default_rng(0)  # what numpy loads on first use is not the reader's doing
    check(texts_of(), watch, SECONDS)
    atheris.Setup([*sys.argv, "-timeout=20", "-rss_limit_mb=4096"], read_anything)
    atheris.Fuzz()
