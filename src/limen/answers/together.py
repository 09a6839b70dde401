"""Doors in a row for one person of whom something is unknown: is there anybody whom it could be, and who gets through all?

Each door by itself may depend on what is unknown, and still nobody may get through two of them: one opens only to those with a
permit, say, and the next only to those without.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from limen.policy.everyone import Everyone, TooManyKinds, in_slices, looks_of_rules
from limen.policy.meaning import meaning, no, on_facts
from limen.policy.standing import Known, Standing, simplified
from limen.policy.words import Condition, Look, looks_of

PIECE = 500_000
MOST = 4_000_000


@dataclass(frozen=True, slots=True)
class Before:
    """Somebody before a door: the places that hold there, whatever else is known or not."""

    door: str
    known: Known


def somebody_passes(today: Standing, row: Sequence[Before], known: Known) -> bool:
    """Whether somebody possible with the known places can be let through every door. True where they are too many to tell."""
    words = today.words
    whole = {before.door: Standing(words, today.about([before.door])) for before in row}

    def here(before: Before, piece: Known) -> tuple[Standing, Condition, Condition]:
        there = {**piece, **before.known}
        asked = simplified(words.doors[before.door].asked, there)
        return whole[before.door].given(there), asked, simplified(words.impossible, there)

    def looks(piece: Known) -> set[Look]:
        found: set[Look] = set()
        for before in row:
            live, asked, barred = here(before, piece)
            found |= looks_of_rules(live.about([before.door])) | set(looks_of(asked)) | set(looks_of(barred))
        return found

    def through(everyone: Everyone) -> bool:
        passing = everyone.possible
        for before in row:
            live, asked, barred = here(before, everyone.known)
            meant = meaning(live.about([before.door]), words, everyone.see, [before.door])
            open_, arises = meant.doors[before.door].open, on_facts(asked, everyone.see)
            passing = passing & no(on_facts(barred, everyone.see))
            passing = passing & (open_ & arises if words.doors[before.door].protection else open_ | no(arises))
        return bool(np.any(passing))

    try:
        return any(map(through, in_slices(words, looks, known, most_cells=PIECE, most_in_all=MOST)))
    except TooManyKinds:
        return True
