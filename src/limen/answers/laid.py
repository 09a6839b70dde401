"""A question about some doors and terms, laid out over everyone in question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from limen.policy.everyone import Everyone, in_slices, looks_of, looks_of_rules
from limen.policy.meaning import Meaning, TermMeaning, any_of, holds, meaning
from limen.policy.outcome import Outcome, encode
from limen.policy.rules import Rule
from limen.policy.standing import Known, Standing, simplified
from limen.policy.words import EVERYONE, Condition, Look


@dataclass(frozen=True)
class Laid:
    """The meaning of the rules that matter to a question, over a piece of everyone."""

    standing: Standing
    rules: tuple[Rule, ...]
    everyone: Everyone
    meant: Meaning
    scope: Any = True

    def codes(self, door: str) -> Any:
        """The door's answers as numbers (see `limen.policy.outcome`), over the asked axes."""
        return encode(self.meant.doors[door], self.standing.words.findings)

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

    def outcomes(self, door: str) -> dict[int, Outcome]:
        """The different answers that somebody in question gets, by their numbers."""
        codes = self.full(self.codes(door))[self.inside]
        findings = self.standing.words.findings
        return {int(code): Outcome.decode(int(code), findings) for code in np.unique(codes)}


def lay(
    standing: Standing, doors: Iterable[str], known: Known, scope: Condition = EVERYONE, terms: Iterable[str] = (),
    whole: Set[int] = frozenset(), apart: Set[int] = frozenset(),
) -> Iterator[Laid]:  # fmt: skip
    """Lays a question out, in as many pieces as memory wants. People outside the scope stay in the arrays, marked.

    Axes in `whole` are never cut into pieces, axes in `apart` are kept value by value. Raises TooManyKinds.
    """
    doors = tuple(doors)
    read = frozenset(terms) | {need.term for clause in scope for need in clause.needs if not isinstance(need, tuple)}

    def narrowed(piece: Known) -> tuple[Standing, tuple[Rule, ...], Condition]:
        live = standing.given(piece)
        return live, live.about(doors, read), simplified(scope, piece)

    def looks(piece: Known) -> set[Look]:
        _, rules, left = narrowed(piece)
        return looks_of_rules(rules) | set(looks_of(left))

    for everyone in in_slices(standing.words, looks, known, whole, apart):
        live, rules, left = narrowed(everyone.known)
        meant = meaning(rules, standing.words, everyone.see, doors, read)

        def term(name: str, meant: Meaning = meant) -> TermMeaning:
            return meant.terms[name]

        inside = any_of(holds(left, everyone.see, term).values())
        yield Laid(live, rules, everyone, meant, inside)
