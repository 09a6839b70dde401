"""Rules at many moments at once: what was in force on a day, as it could be known on another.

Moments between which the rules in question do not differ are one place on an axis of moments, on which each rule says when it
is in force. So a year of days is answered as fast as its few changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from limen.policy.conditions import with_needs
from limen.policy.rules import Rule
from limen.policy.standing import Standing
from limen.policy.words import Axis, Fact, Kind, Look, Words

Moment = tuple[date, date | None]
"""A day, and the day on which one asks what was known of its law (None: everything)."""

MOMENT = "moment"
_EVER, _NEVER = 0, 10_000_000


@dataclass(frozen=True)
class Moments:
    """Moments as one more axis of the words; `places` tells where on it each moment lies, `count` how many differ."""

    standing: Standing
    axis: int
    places: npt.NDArray[np.intp]
    count: int


def laid(words: Words, rules: Sequence[Rule], moments: Sequence[Moment]) -> Moments:
    """The rules, in order, at some moments."""
    valid = in_force_as_known(rules, moments)
    if rules:
        different, places = np.unique(valid, axis=1, return_inverse=True)
    else:
        different, places = np.zeros((0, 1), dtype=np.bool_), np.zeros(len(moments), dtype=np.intp)
    count = different.shape[1]
    names = tuple(map(str, range(count)))
    number = len(words.axes)
    axis = Axis(number, Fact(MOMENT, Kind.DAY, names, frozenset(names[-1:])))
    dated = []
    for rule, when in zip(rules, different, strict=True):
        if when.all():
            dated.append(rule)
        elif when.any():
            look = Look(number, frozenset(map(int, np.flatnonzero(when))))
            dated.append(replace(rule, when=with_needs(rule.when, [(look,)])))
    standing = Standing(replace(words, axes=(*words.axes, axis)), tuple(dated))
    return Moments(standing, number, places.reshape(-1), count)


def in_force_as_known(rules: Sequence[Rule], moments: Sequence[Moment]) -> npt.NDArray[np.bool_]:
    """Whether each rule (rows) is in force at each moment (columns): the same as `limen.policy.standing.standing` says."""
    start = _ordinals([rule.start for rule in rules], _EVER)
    end = _ordinals([rule.end for rule in rules], _NEVER)
    published = _ordinals([rule.cited[0].source.published for rule in rules], _EVER)
    told = _ordinals([rule.ended_by.published if rule.ended_by else None for rule in rules], _EVER)
    day = _ordinals([day for day, _ in moments], _EVER).T
    known = _ordinals([known_on for _, known_on in moments], _NEVER).T
    found: npt.NDArray[np.bool_] = (published <= known) & (start <= day) & ((day < end) | (told > known))
    return found


def _ordinals(days: Sequence[date | None], missing: int) -> npt.NDArray[np.int64]:
    """Days as numbers, one below the other."""
    numbers = [missing if day is None else day.toordinal() for day in days]
    return np.array(numbers, dtype=np.int64).reshape(-1, 1)
