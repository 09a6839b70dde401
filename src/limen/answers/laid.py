"""A question about some doors and terms, laid out over everyone in question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from limen.policy.everyone import MOST_CELLS, Everyone, in_slices, looks_of, looks_of_rules
from limen.policy.meaning import Meaning, TermMeaning, any_of, holds, meaning, no
from limen.policy.outcome import Outcome, encode
from limen.policy.rules import Rule
from limen.policy.standing import Known, Speaks, Standing, implied, simplified
from limen.policy.words import EVERYONE, NOBODY, Condition, Look

DOES_NOT_ARISE = 1 << 62


@dataclass(frozen=True)
class Laid:
    """The meaning of the rules that matter to a question, over a piece of everyone."""

    standing: Standing
    rules: tuple[Rule, ...]
    everyone: Everyone
    meant: Meaning
    scope: Any = True
    arises: Mapping[str, Any] = field(default_factory=dict)

    def codes(self, door: str) -> Any:
        """The door's answers as numbers (see `limen.policy.outcome`); `DOES_NOT_ARISE` for those of whom it is not asked."""
        codes = encode(self.meant.doors[door], self.standing.words.findings)
        arises = self.arises.get(door, True)
        return codes if arises is True else np.where(arises, codes, DOES_NOT_ARISE)

    @cached_property
    def inside(self) -> npt.NDArray[np.bool_]:
        """Where somebody possible in the scope of the question is, over all asked axes."""
        return np.broadcast_to(np.asarray(self.scope & self.everyone.possible), self.everyone.shape)

    def possibly(self, truth: Any) -> bool:
        """Whether something is so for somebody in question."""
        return bool(np.any(truth & self.scope & self.everyone.possible))

    def surely(self, truth: Any) -> bool:
        """Whether something is so for everybody in question."""
        return not np.any((truth ^ True) & self.scope & self.everyone.possible)

    def full(self, array: Any) -> npt.NDArray[Any]:
        """An array with its full length along every asked axis."""
        return np.broadcast_to(np.asarray(array), self.everyone.shape)

    def kinds(self, where: Any) -> int:
        """How many of the kinds of people that the question tells apart lie in `where`, on whatever day and reading."""
        axes = self.standing.words.axes
        other = tuple(
            self.everyone.dims[number] for number in self.everyone.asked if not axes[number].fact.kind.personal
        )
        return int(np.count_nonzero((self.full(where) & self.inside).any(axis=other)))

    def outcomes(self, door: str) -> dict[int, Outcome | None]:
        """The different answers that somebody in question gets, by their numbers; None where the door does not arise."""
        codes = np.unique(self.full(self.codes(door))[self.inside])
        findings = self.standing.words.findings
        return {int(code): None if code == DOES_NOT_ARISE else Outcome.decode(int(code), findings) for code in codes}


def lay(
    standing: Standing, doors: Iterable[str], known: Known, scope: Condition = EVERYONE, terms: Iterable[str] = (),
    whole: Set[int] = frozenset(), speaks: Speaks | None = None, most_cells: int = MOST_CELLS,
    arising: bool = False, unless: Condition = NOBODY,
) -> Iterator[Laid]:  # fmt: skip
    """Lays a question out, in as many pieces as memory wants. People outside the scope, or spared by `unless`, are marked.

    Axes in `whole` are never cut into pieces. `speaks` picks the effects in question. `arising` also tells
    of whom the doors are asked. Raises TooManyKinds.
    """
    doors, words = tuple(doors), standing.words
    known = implied(scope, known, [axis.size for axis in words.axes])
    if not scope or not all(known.values()):
        return
    read = frozenset(terms) | {
        need.term for clause in (*scope, *unless) for need in clause.needs if not isinstance(need, tuple)
    }

    whole_standing = Standing(words, standing.about(doors, read, speaks))
    cache: dict[frozenset[tuple[int, frozenset[int]]], tuple[Standing, tuple[Rule, ...], Condition]] = {}

    def narrowed(piece: Known) -> tuple[Standing, tuple[Rule, ...], Condition]:
        key = frozenset(piece.items())
        if key not in cache:
            live = whole_standing.given(piece)
            cache[key] = live, live.about(doors, read, speaks), simplified(scope, piece)
        return cache[key]

    def looks(piece: Known) -> set[Look]:
        _, rules, left = narrowed(piece)
        asked = {look for door in doors if arising for look in looks_of(simplified(words.doors[door].asked, piece))}
        return looks_of_rules(rules) | set(looks_of(left)) | set(looks_of(simplified(unless, piece))) | asked

    for everyone in in_slices(words, looks, known, whole, most_cells=most_cells):
        live, rules, left = narrowed(everyone.known)
        meant = meaning(rules, words, everyone.see, doors, read)

        def term(name: str, meant: Meaning = meant) -> TermMeaning:
            return meant.terms[name]

        inside = any_of(holds(left, everyone.see, term).values())
        spared = any_of(holds(simplified(unless, everyone.known), everyone.see, term).values())
        arises = {
            door: any_of(holds(simplified(words.doors[door].asked, everyone.known), everyone.see, term).values())
            for door in doors if arising
        }  # fmt: skip
        yield Laid(live, rules, everyone, meant, inside & no(spared), arises)
