"""A question about some doors and terms, laid out over everyone in question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from limen.policy.everyone import MOST_CELLS, MOST_IN_ALL, Everyone, in_slices, looks_of_rules
from limen.policy.meaning import Meaning, any_of, holds, meaning, no
from limen.policy.outcome import Outcome, encode
from limen.policy.rules import Rule
from limen.policy.standing import Known, Speaks, Standing, implied, simplified
from limen.policy.words import EVERYONE, NOBODY, Condition, Look, looks_of

DOES_NOT_ARISE = 1 << 62


@dataclass(frozen=True)
class Laid:
    """The meaning of the rules that matter to a question, over a piece of everyone. It is worked out when it is first read."""

    standing: Standing
    rules: tuple[Rule, ...]
    everyone: Everyone
    doors: tuple[str, ...]
    terms: frozenset[str]
    meant_for: Condition
    spared: Condition
    arising: bool

    @cached_property
    def _codes(self) -> dict[str, Any]:
        return {}

    @cached_property
    def meant(self) -> Meaning:
        """The meaning of the rules, over the asked axes."""
        return meaning(self.rules, self.standing.words, self.everyone.see, self.doors, self.terms)

    def holds(self, condition: Condition) -> Any:
        """Where a condition holds, at whatever rank."""
        return any_of(holds(condition, self.everyone.see, lambda name: self.meant.terms[name]).values())

    @cached_property
    def scope(self) -> Any:
        """Where the question is asked."""
        return self.holds(self.meant_for) & no(self.holds(self.spared))

    @cached_property
    def arises(self) -> Mapping[str, Any]:
        """By door, of whom it is asked (if that was wanted)."""
        words, known = self.standing.words, self.everyone.known
        return {door: self.holds(simplified(words.doors[door].asked, known)) for door in self.doors if self.arising}

    def codes(self, door: str) -> Any:
        """The door's answers as numbers (see `limen.policy.outcome`); `DOES_NOT_ARISE` for those of whom it is not asked."""
        if door not in self._codes:
            codes = encode(self.meant.doors[door], self.standing.words.findings)
            arises = self.arises.get(door, True)
            self._codes[door] = codes if arises is True else np.where(arises, codes, DOES_NOT_ARISE)
        return self._codes[door]

    @cached_property
    def inside(self) -> npt.NDArray[np.bool_]:
        """Where somebody possible in the scope of the question is, over all asked axes."""
        return np.broadcast_to(np.asarray(self.scope & self.everyone.possible), self.everyone.shape)

    @cached_property
    def reached(self) -> dict[int, int]:
        """By asked axis, on how many of its classes somebody possible in the scope of the question is."""
        dims = range(self.inside.ndim)
        found = {}
        for number in self.everyone.asked:
            others = tuple(dim for dim in dims if dim != self.everyone.dims[number])
            found[number] = int(np.count_nonzero(self.inside.any(axis=others)))
        return found

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


class Layout:
    """How a question about some doors and terms is laid out over everyone: which rules matter to it, and what they tell apart.

    People outside the scope, or spared by `unless`, are marked. `arising` also tells of whom the doors are asked. Where equal
    treatment by the axis `same` is asked, that axis stays whole, and pieces in which no rule reads it are left out: nobody there
    is treated unlike. `speaks` picks the effects in question.
    """

    def __init__(
        self, standing: Standing, doors: Iterable[str], known: Known, scope: Condition = EVERYONE, terms: Iterable[str] = (),
        same: int | None = None, speaks: Speaks | None = None, arising: bool = False, unless: Condition = NOBODY,
    ) -> None:  # fmt: skip
        self.words = standing.words
        self.doors, self.scope, self.same, self.unless = tuple(doors), scope, same, unless
        self._speaks, self._arising = speaks, arising
        self.known = implied(scope, known, [axis.size for axis in self.words.axes])
        self._read = frozenset(terms) | {
            need.term for clause in (*scope, *unless) for need in clause.needs if not isinstance(need, tuple)
        }
        self._standing = Standing(self.words, standing.about(self.doors, self._read))
        self._all = Standing(self.words, standing.about(self.doors, self._read, speaks))
        self._narrowed: dict[frozenset[tuple[int, frozenset[int]]], tuple[Standing, tuple[Rule, ...], Condition]] = {}

    @cached_property
    def whole(self) -> Everyone | None:
        """Everyone in one piece, whether or not that fits into memory; None where there is nobody to look at."""
        if not self.scope or not all(self.known.values()) or (self.same is not None and self._unread(self.known)):
            return None
        everyone = Everyone(self.words, self._looks(self.known), self.known)
        return None if everyone.nobody else everyone

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that can matter to the question, in order."""
        return self._narrow(self.known)[1]

    @property
    def bearing(self) -> tuple[Rule, ...]:
        """The rules that bear on the doors and terms in question, in order: also where they say what it does not ask."""
        return self._standing.given(self.known).about(self.doors, self._read)

    def pieces(self, most_cells: int = MOST_CELLS, most_in_all: int = MOST_IN_ALL) -> Iterator[Laid]:
        """The question laid out in as many pieces as memory wants. Raises TooManyKinds."""
        if not self.scope or not all(self.known.values()):
            return
        whole = frozenset[int]() if self.same is None else frozenset((self.same,))
        skip = None if self.same is None else self._unread
        for everyone in in_slices(
            self.words, self._looks, self.known, whole, most_cells=most_cells, skip=skip, most_in_all=most_in_all
        ):
            live, rules, left = self._narrow(everyone.known)
            spared = simplified(self.unless, everyone.known)
            yield Laid(live, rules, everyone, self.doors, self._read, left, spared, self._arising)

    def _narrow(self, piece: Known) -> tuple[Standing, tuple[Rule, ...], Condition]:
        key = frozenset(piece.items())
        found = self._narrowed.get(key)
        if found is None:
            wider = next(
                (self._narrowed[less][0] for item in key if (less := key - {item}) in self._narrowed), self._all
            )
            live = wider.given(piece)
            found = live, live.about(self.doors, self._read, self._speaks), simplified(self.scope, piece)
            self._narrowed[key] = found
        return found

    def _looks(self, piece: Known) -> set[Look]:
        _, rules, left = self._narrow(piece)
        conditions = [left, simplified(self.unless, piece)]
        if self._arising:
            conditions += [simplified(self.words.doors[door].asked, piece) for door in self.doors]
        return looks_of_rules(rules) | {look for condition in conditions for look in looks_of(condition)}

    def _unread(self, piece: Known) -> bool:
        return all(look.axis != self.same for look in looks_of_rules(self._narrow(piece)[1]))


def lay(
    standing: Standing, doors: Iterable[str], known: Known, scope: Condition = EVERYONE, terms: Iterable[str] = (),
    most_cells: int = MOST_CELLS, arising: bool = False, most_in_all: int = MOST_IN_ALL,
) -> Iterator[Laid]:  # fmt: skip
    """Lays a question out, as `Layout` says, in as many pieces as memory wants. Raises TooManyKinds."""
    return Layout(standing, doors, known, scope, terms, arising=arising).pieces(most_cells, most_in_all)
