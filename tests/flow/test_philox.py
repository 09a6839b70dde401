"""The published known answers (Random123, kat_vectors: philox 4x32 10), and that numbers hang on their address alone."""

import numpy as np
import pytest
from numba import njit

from limen.flow.philox import begin, philox, uniform

KNOWN = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]


def words(text):
    return [np.uint64(int(word, 16)) for word in text.split()]


@njit
def numbers(stream, day, cell, process, out):
    begin(stream, day, cell, process)
    for i in range(len(out)):
        out[i] = uniform(stream)


@njit
def block(c0, c1, c2, c3, k0, k1):
    return philox(c0, c1, c2, c3, k0, k1)


def read(key, address, count):
    found = np.empty(count)
    numbers(np.array([*key, 0, 0, 0, 0, 0, 0], np.uint64), *address, found)
    return found


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN)
def test_philox_gives_the_published_answers(counter, key, answer):
    assert list(block(*words(counter), *words(key))) == words(answer)


def test_numbers_hang_on_their_address_alone():
    once = read((1, 2), (3, 4, 5), 7)
    read((1, 2), (9, 9, 9), 5)
    assert (read((1, 2), (3, 4, 5), 7) == once).all()
    assert (read((1, 2), (3, 4, 5), 3) == once[:3]).all()


def test_every_part_of_the_address_counts():
    found = {
        read(key, address, 1)[0]
        for key in [(1, 2), (2, 1), (0, 0), (2**32 - 1, 0)]
        for address in [(3, 4, 5), (4, 3, 5), (3, 5, 4), (0, 0, 0)]
    }
    assert len(found) == 16


def test_numbers_are_evenly_spread_and_never_0_or_1():
    found = read((7, 0), (0, 0, 0), 400_000)
    assert 0 < found.min() < 1e-4
    assert 1 - 1e-4 < found.max() < 1
    counts = np.bincount((found * 100).astype(int), minlength=100)
    assert ((counts - 4000) ** 2 / 4000).sum() < 150  # 99 degrees of freedom: 1 in 1,400
    assert abs(np.corrcoef(found[1:], found[:-1])[0, 1]) < 0.01
