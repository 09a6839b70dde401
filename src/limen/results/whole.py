"""Whether what is kept is whole: a file that is gone, was cut short or altered is found, and never read as if it were whole.

Each chunk carries a checksum, and is written though all its numbers are 0; so what a power cut or a full disk took can be seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import ceil, prod
from pathlib import Path
from typing import Any

import numpy as np
from numcodecs import get_codec  # type: ignore[import-untyped]


def whole_draws(path: Path, known: Mapping[str, Any], names: Iterable[str], done: int) -> tuple[int, str]:
    """How many of the first `done` draws can be read whole from these arrays, and the file that ends them (empty: none does).

    `known`: what the index knows of the arrays of the group at `path`.
    """
    found = done, ""
    for name in names:
        each = known[f"{name}/.zarray"]["chunks"][0]
        for number, file in broken(path, known, name):
            found = min(found, (number * each, file))
            break
    return found


def broken(path: Path, known: Mapping[str, Any], name: str) -> Iterator[tuple[int, str]]:
    """The chunks of an array that cannot be read whole: the place along its first dimension, and the file, in order.

    An array has several chunks along its first dimension only.
    """
    told = known[f"{name}/.zarray"]
    shape, chunks = told["shape"], told["chunks"]
    codec, size = get_codec(told["compressor"]), prod(chunks) * np.dtype(told["dtype"]).itemsize
    for number in range(ceil(shape[0] / chunks[0]) if prod(shape) else 0):
        file = f"{name}/{'.'.join([str(number), *['0'] * (len(shape) - 1)])}"
        try:
            whole = len(codec.decode((path / file).read_bytes())) == size
        except (OSError, RuntimeError, ValueError):
            whole = False
        if not whole:
            yield number, file
