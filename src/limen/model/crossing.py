"""Getting through a way, by day: let out, admitted, refused, a claim taken or not; and what that weighs in a choice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from limen.model.doors import Openings
from limen.model.groups import Passage
from limen.model.plan import Numbers, Plan

NEVER = -1
"""In place of a row of chances: a door that is not there and never opens."""

FAMILIES = ("stopped", "admitted", "refused", "claim", "unassessed", "choice", "willing")


class Through(NamedTuple):
    """The rows of chances of a passage: of the doors before the last, of the last, and of a claim taken. NEVER: not there."""

    out: tuple[int, ...]
    entry: int
    claim: int

    @classmethod
    def of(cls, passage: Passage, number: Sequence[int]) -> Through:
        """The rows of a passage, from those of its meetings."""
        return cls(
            tuple([number[one] for one in passage.out]),
            NEVER if passage.entry is None else number[passage.entry],
            NEVER if passage.claim is None else number[passage.claim],
        )


class Crossing(NamedTuple):
    """How one gets through a passage: on the day, as expected when setting out, and under the scenario's own policy.

    `last`: the meeting at its last door, or where there is none that with a request; NEVER: neither. `travelled`: whether people
    make ordinary trips that way before any measure.
    """

    now: Through
    expected: Through
    at_first: Through
    last: int
    travelled: bool


class Crossings:
    """The crossings of passages, each worked out once. `trips`: the ways of which trips a day are stated."""

    def __init__(self, opened: Openings, trips: Collection[str]) -> None:
        self._trips, self._shut = trips, opened.shut_at_first.tolist()
        self._now, self._first = opened.now.tolist(), opened.first.tolist()
        self._arriving = {journey: rows.tolist() for journey, rows in opened.arriving.items()}
        self._known: dict[Passage, Crossing] = {}

    def of(self, passage: Passage) -> Crossing:
        """The crossing of a passage."""
        found = self._known.get(passage)
        if found is None:
            last = passage.entry if passage.entry is not None else passage.claim
            found = self._known[passage] = Crossing(
                Through.of(passage, self._now),
                Through.of(passage, self._arriving[passage.journey]),
                Through.of(passage, self._first),
                NEVER if last is None else last,
                self._travelled(passage),
            )
        return found

    def _travelled(self, passage: Passage) -> bool:
        if passage.entry is None or passage.way.name not in self._trips:
            return False
        return not any(self._shut[one] for one in (*passage.out, passage.entry))


def fill_crossings(plan: Plan, numbers: Numbers) -> None:
    """Fills the rows of every family above.

    `admitted` is let out times admitted; `refused` let out and not admitted; `claim` and `unassessed` the part of the refused
    whose request for protection would be taken, or not. `choice` is the chance to get through (where there is no door: that a
    claim is taken), at least the state's `attempts though shut`, to the power `refusal risk weighs`; `willing` the same to the
    power 1.
    """
    values = numbers.values
    power = values.get("refusal risk weighs")
    padded = np.vstack([numbers.chances, np.zeros((1, numbers.days)), np.ones((1, numbers.days))])
    never, always = len(numbers.chances), len(numbers.chances) + 1

    for family in FAMILIES:
        rows, keys = plan.rows_of(family)
        if not len(rows):
            continue
        out, entry, claim = plan.from_keys(family, partial(_indices, never=never, always=always))
        let_out = np.prod(padded[out], axis=1) if out.shape[1] else np.ones((len(keys), numbers.days))
        admitted, taken = padded[entry], padded[claim]
        match family:
            case "stopped":
                found: Any = 1 - let_out
            case "admitted":
                found = let_out * admitted
            case "refused":
                found = let_out * (1 - admitted)
            case "claim":
                found = let_out * (1 - admitted) * taken
            case "unassessed":
                found = let_out * (1 - admitted) * (1 - taken)
            case _:
                through = let_out * np.where((entry == never)[:, None], taken, admitted)
                least = np.array([values.get("attempts though shut", state) for _, state in keys])
                found = np.maximum(through, least[:, None])
                if family == "choice":
                    found = found**power
        numbers.rows[rows] = found


def chance_at_first(through: Through, numbers: Numbers) -> float:
    """The chance to get through on the first day, of a passage that has doors."""
    chance = numbers.chances[:, 0]
    return float(np.prod([chance[one] for one in (*through.out, through.entry) if one != NEVER]))


def _indices(
    keys: list[tuple[Any, ...]], never: int, always: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The rows of chances behind keys (a Through each)."""
    through: list[Through] = [key[0] for key in keys]
    longest = max(len(one.out) for one in through)
    out = np.full((len(keys), longest), always, dtype=np.int64)
    for place, one in enumerate(through):
        out[place, : len(one.out)] = one.out
    entry = np.array([never if one.entry == NEVER else one.entry for one in through], dtype=np.int64)
    claim = np.array([never if one.claim == NEVER else one.claim for one in through], dtype=np.int64)
    return out, entry, claim
