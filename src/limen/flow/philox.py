"""Random numbers that are looked up, not taken from a row: Philox4x32-10.

Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3; SC 2011.

A number depends on its address alone. The key is (seed, draw), the counter (n, day, cell, process), each 32 bits. So the bits
are the same for any number of threads, any order and any batch; and what a policy does in one cell moves no random number of
another.

A *stream* is one array of eight words: the address at which numbers are being read, and the half of a block still unread.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from limen.flow.jit import part, small

Word = np.uint64
Stream = npt.NDArray[np.uint64]

SEED, DRAW, DAY, CELL, PROCESS, BLOCK, SPARE, HAS_SPARE = range(8)

MULTIPLIER_0, MULTIPLIER_1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
WEYL_0, WEYL_1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)  # golden ratio, sqrt(3) - 1
LOW, HALF, DROPPED = np.uint64(0xFFFFFFFF), np.uint64(32), np.uint64(12)
ZERO, ONE = np.uint64(0), np.uint64(1)
STEP = 2.0**-52


@part
def philox(c0: Word, c1: Word, c2: Word, c3: Word, k0: Word, k1: Word) -> tuple[Word, Word, Word, Word]:
    """The block of four 32-bit words at counter (c0..c3) under key (k0, k1); words are held in 64 bits."""
    for _ in range(10):
        one = MULTIPLIER_0 * c0
        two = MULTIPLIER_1 * c2
        c0, c1, c2, c3 = (two >> HALF) ^ c1 ^ k0, two & LOW, (one >> HALF) ^ c3 ^ k1, one & LOW
        k0 = (k0 + WEYL_0) & LOW
        k1 = (k1 + WEYL_1) & LOW
    return c0, c1, c2, c3


@small
def begin(stream: Stream, day: int, cell: int, process: int) -> None:
    """Turns the stream to the first number of an address."""
    stream[DAY] = np.uint64(day)
    stream[CELL] = np.uint64(cell)
    stream[PROCESS] = np.uint64(process)
    stream[BLOCK] = ZERO
    stream[HAS_SPARE] = ZERO


@small
def uniform(stream: Stream) -> float:
    """The next number of the stream: an odd multiple of 2^-53, evenly from all 2^52 of them; never 0, never 1."""
    if stream[HAS_SPARE] != ZERO:
        stream[HAS_SPARE] = ZERO
        word = stream[SPARE]
    else:
        w0, w1, w2, w3 = philox(stream[BLOCK], stream[DAY], stream[CELL], stream[PROCESS], stream[SEED], stream[DRAW])
        stream[BLOCK] += ONE
        stream[SPARE] = (w2 << HALF) | w3
        stream[HAS_SPARE] = ONE
        word = (w0 << HALF) | w1
    return float((np.int64(word >> DROPPED) + 0.5) * STEP)
