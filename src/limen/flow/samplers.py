"""Whole numbers by chance: how many of n people take an outcome.

Binomial by inversion where fewer than `FEW` are expected, else by transformed rejection with squeeze, BTRS (Hörmann: The
generation of binomial random variates; J. Stat. Comput. Simul. 46, 1993). Hypergeometric by inversion where fewer than `FEW` are
expected (Kachitvichyanukul, Schmeiser: Computer generation of hypergeometric random variates; J. Stat. Comput. Simul. 22, 1985),
else by ratio of uniforms, HRUA* (Stadlober: The ratio of uniforms approach for generating discrete random variates; J. Comput.
Appl. Math. 31, 1990). Multinomial by one binomial after the other.

All are exact but for the rounding of doubles. What is compared with a logarithm of a chance is written by differences, so that
this rounding grows with the spread of the outcome, not with the number of people: a billion people cost no accuracy.
"""

from __future__ import annotations

import math

import numpy as np

from limen.flow.jit import part, small
from limen.flow.philox import Stream, uniform
from limen.flow.program import Counts, Reals

FEW = 10.0
NEARLY = 1.0 - 1e-9
"""Shares that sum to this much of the whole are taken for all of it: what lacks is rounding."""
WIDTH, WIDTH_AT_LEAST = 1.7155277699214135, 0.8989161620588988  # sqrt(8 / e), 3 - 2 sqrt(3 / e)


def _correction(k: int) -> float:
    """What is left of ln k! without Stirling's formula for it."""
    return math.lgamma(k + 1) - ((k + 0.5) * math.log(k + 1) - (k + 1) + 0.5 * math.log(2 * math.pi))


SMALL_CORRECTIONS = np.array([_correction(k) for k in range(10)])


@small
def stirling(k: int) -> float:
    """What Stirling's formula, (k + 1/2) ln(k + 1) - (k + 1) + ln(2 pi) / 2, lacks of ln k!."""
    if k < 10:
        return float(SMALL_CORRECTIONS[k])
    y = 1.0 / (k + 1.0)
    z = y * y
    return (1.0 / 12.0 - (1.0 / 360.0 - z / 1260.0) * z) * y


@part
def log_factorials(a: int, b: int) -> float:
    """ln(a! / b!) - (a - b) ln(b + 1), without the cancelling of large numbers."""
    return (a + 0.5) * math.log1p((a - b) / (b + 1.0)) - (a - b) + stirling(a) - stirling(b)


@small
def binomial(stream: Stream, n: int, p: float) -> int:
    """How many of n take an outcome of chance p each."""
    if n <= 0 or p <= 0.0:
        return 0
    if p >= 1.0:
        return n
    rarer = min(p, 1.0 - p)
    few = n * rarer < FEW
    k = binomial_by_inversion(stream, n, rarer) if few else binomial_by_rejection(stream, n, rarer)
    return k if p <= 0.5 else n - k


@part
def binomial_by_inversion(stream: Stream, n: int, p: float) -> int:
    """The least k of which the chance of at most k reaches a uniform number; the chances one from the other."""
    left = uniform(stream)
    if left <= 1.0 - n * p:  # a lower bound of the chance of none, and mostly enough where few are expected
        return 0
    odds = p / (1.0 - p)
    if n < 16:
        none = 1.0
        for _ in range(n):
            none *= 1.0 - p
    else:
        none = math.exp(n * math.log1p(-p))
    while True:
        chance = none
        for k in range(min(n, 200) + 1):
            if left <= chance:
                return k
            left -= chance
            chance *= odds * (n - k) / (k + 1.0)
        left = uniform(stream)  # rounding left a gap at the very end


@part
def binomial_by_rejection(stream: Stream, n: int, p: float) -> int:
    """BTRS; needs n p >= 10 and p <= 1/2. Names as in Hörmann 1993.

    Far from the mode, bounds of the logarithm spare most evaluations of it (Kachitvichyanukul, Schmeiser: Binomial random variate
    generation; Comm. ACM 31, 1988, step 5.2).
    """
    variance = n * p * (1.0 - p)
    spread = math.sqrt(variance)
    b = 1.15 + 2.53 * spread
    a = -0.0873 + 0.0248 * b + 0.01 * p
    c = n * p + 0.5
    v_r = 0.92 - 4.2 / b
    mode = int((n + 1.0) * p)
    while True:
        u = uniform(stream) - 0.5
        v = uniform(stream)
        us = 0.5 - abs(u)
        x = (2.0 * a / us + b) * u + c
        if x < 0.0 or x >= n + 1.0:
            continue
        k = int(x)
        if us >= 0.07 and v <= v_r:
            return k
        alpha = (2.83 + 5.1 / b) * spread
        height = math.log(v * alpha / (a / (us * us) + b))
        far = abs(k - mode)
        if 20 < far < 0.5 * variance - 1.0:
            around = -0.5 * far * far / variance
            within = far / variance * ((far * (far / 3.0 + 0.625) + 1.0 / 6.0) / variance + 0.5)
            if height < around - within:
                return k
            if height > around + within:
                continue
        tilt = (k - mode) * math.log(p / (1.0 - p) * (n - mode + 1.0) / (mode + 1.0))
        ratio = tilt - log_factorials(k, mode) - log_factorials(n - k, n - mode)
        if height <= ratio:
            return k


@part
def hypergeometric(stream: Stream, good: int, bad: int, sample: int) -> int:
    """How many of `good` are among `sample` people taken from good and bad, all alike."""
    everybody = good + bad
    if sample <= 0 or good <= 0:
        return 0
    if sample >= everybody:
        return good
    if bad <= 0:
        return sample
    few = min(good, bad)
    taken = min(sample, everybody - sample)
    if (taken + 1.0) * (few + 1.0) / (everybody + 2.0) < FEW:
        k = hypergeometric_by_inversion(stream, everybody, few, taken)
    else:
        k = hypergeometric_by_rejection(stream, everybody, few, taken)
    if good > bad:
        k = taken - k
    if taken < sample:
        k = good - k
    return k


@part
def hypergeometric_by_inversion(stream: Stream, everybody: int, few: int, taken: int) -> int:
    """How many of `few` are among `taken`, neither more than half of everybody: inversion, the chances one from the other."""
    less, more = min(few, taken), max(few, taken)
    rest = everybody - few - taken
    none = math.exp(
        log_factorials(everybody - more, rest)
        - log_factorials(everybody, everybody - less)
        + less * math.log1p(-more / (everybody - less + 1.0))
    )
    while True:
        left = uniform(stream)
        chance = none
        for k in range(min(less, 400) + 1):
            if left <= chance:
                return k
            left -= chance
            chance *= (less - k) / (k + 1.0) * ((more - k) / (rest + k + 1.0))


@part
def hypergeometric_by_rejection(stream: Stream, everybody: int, few: int, taken: int) -> int:
    """How many of `few` are among `taken`, neither more than half of everybody: HRUA*."""
    share = few / everybody
    middle = taken * share + 0.5
    variance = (everybody - taken) / (everybody - 1.0) * taken * share * (1.0 - share)
    width = WIDTH * math.sqrt(variance + 0.5) + WIDTH_AT_LEAST
    rest = everybody - few - taken
    mode = int((taken + 1.0) * ((few + 1.0) / (everybody + 2.0)))
    slope = math.log((few - mode + 1.0) / (mode + 1.0) * ((taken - mode + 1.0) / (rest + mode + 1.0)))
    least = min(few, taken)
    while True:
        u = uniform(stream)
        x = middle + width * (uniform(stream) - 0.5) / u
        if x < 0.0 or x >= least + 1.0:
            continue
        k = int(x)
        ratio = (
            (k - mode) * slope
            - log_factorials(k, mode)
            - log_factorials(few - k, few - mode)
            - log_factorials(taken - k, taken - mode)
            - log_factorials(rest + k, rest + mode)
        )
        if u * (4.0 - u) - 3.0 <= ratio:
            return k
        if u * (u - ratio) < 1.0 and 2.0 * math.log(u) <= ratio:
            return k


@part
def multinomial(stream: Stream, people: int, weight: Reals, outcomes: int, whole: float, taken: Counts) -> int:
    """Splits people over outcomes, each with the chance weight / max(sum of weights, whole), into `taken`; returns who are left.

    First how many take any outcome, then which. Where the weights sum to the whole or more, nobody is left. The last outcome of
    positive weight takes who remains, so that nobody is lost by rounding.
    """
    total, last = 0.0, -1
    for i in range(outcomes):
        taken[i] = 0
        if weight[i] > 0.0:
            total += weight[i]
            last = i
    if last < 0:
        return people
    some = people if total >= whole * NEARLY else binomial(stream, people, total / whole)
    left = some
    for i in range(last):
        if left == 0:
            break
        if weight[i] > 0.0:
            k = binomial(stream, left, weight[i] / total)
            taken[i] = k
            left -= k
            total -= weight[i]
    taken[last] = left
    return people - some
