"""Which groups of people cannot exist: because facts contradict each other, or because the policy declares them impossible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from limen.people.groups import Holding, Kind
from limen.policy.people import excluded
from limen.scenario.vocabulary import PolicyWords


def possible_groups(
    words: PolicyWords,
    origins: Sequence[Mapping[str, str]],
    kinds: Mapping[str, Kind],
    holdings: Mapping[str, Holding],
) -> tuple[npt.NDArray[np.bool_], tuple[tuple[str, str, str], ...]]:
    """Whether each group (origin, kind, holding) can exist, and the kinds and holdings that nowhere go together, each with why.

    `origins`: the facts of each region of origin. A group is impossible where two of its parts state different values of a fact,
    or where its facts, whatever is not stated, fall under one of the policy's `impossible:` clauses.
    """
    possible = np.ones((len(origins), len(kinds), len(holdings)), dtype=np.bool_)
    told: list[tuple[str, str, str]] = []
    same: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for place, facts in enumerate(origins):
        same.setdefault(tuple(sorted(facts.items())), []).append(place)
    for number, kind in enumerate(kinds.values()):
        for column, holding in enumerate(holdings.values()):
            reason = _why(words, kind.facts, holding.facts)
            if reason is not None:
                possible[:, number, column] = False
                told.append((kind.name, holding.name, reason))
                continue
            for own, places in same.items():
                if own and _why(words, kind.facts, holding.facts, dict(own)) is not None:
                    possible[places, number, column] = False
    return possible, tuple(told)


def _why(words: PolicyWords, *parts: Mapping[str, str]) -> str | None:
    stated: dict[str, str] = {}
    for part in parts:
        for name, value in part.items():
            if stated.setdefault(name, value) != value:
                return f"{name}: {stated[name]} and {value} at once"
    return excluded(words.words, words.known(stated))
