"""Fuzzes the reading of policies: whatever the bytes, the answer is a policy or its faults, in time, and nothing is opened.

`python tests/fuzz/fuzz_read.py -runs=100000` or `-max_total_time=30`; the options are libFuzzer's.
"""

import random
import sys
from pathlib import Path

try:
    import atheris
except ImportError:
    sys.exit("Fuzzing needs atheris (there is one for Linux, x86-64 and Python below 3.14).")

sys.path.insert(0, str(Path(__file__).parent.parent / "policy"))
with atheris.instrument_imports(include=["limen.policy"]):
    from broken import Watch, broken_files, check

SECONDS = 3.0
EVERY = 10_000
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
    """One input of the fuzzer: bytes as they are, or choices of how to break a good policy."""
    if data[:1] == b"\x00":
        good = check({"any.yaml": data[1:]}, watch, SECONDS)
    else:
        good = check(broken_files(chosen_by(data[1:])), watch, SECONDS)
    counted[good] += 1
    if sum(counted.values()) % EVERY == 0:
        sys.stderr.write(f"{counted[False]} malformed policies, {counted[True]} good ones\n")


if __name__ == "__main__":
    atheris.Setup([*sys.argv, "-timeout=10", "-rss_limit_mb=4096"], read_anything)
    atheris.Fuzz()
