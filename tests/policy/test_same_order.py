"""The order of rules hangs on nothing but the files: sets have another order in each process."""

import os
import subprocess
import sys

ORDER = "from limen.face.common import load; print('\\n'.join(load(['mobilisation-2022']).order))"


def order(seed):
    done = subprocess.run(
        [sys.executable, "-c", ORDER],
        env={**os.environ, "PYTHONHASHSEED": str(seed)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_the_order_of_rules_is_the_same_in_every_process():
    first = order(1)
    assert len(first) > 200
    assert order(2) == first
