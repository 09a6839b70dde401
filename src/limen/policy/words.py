"""The closed vocabulary of a policy: what can be said at all.

Everything that a condition can read is laid on *axes*: a fact with one of several values is one axis, a fact that is a set
of things held is one yes/no axis a thing, a whole number is an axis with one place a number, a disputed reading is an axis
with one place an answer; "on every day" adds an axis of the days between which no rule changes. A person (under a reading,
on a day) is one place on every axis, so "everyone" is finite.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property


class Kind(Enum):
    """How many of its values a fact takes at once."""

    ONE = "one"
    SET = "set"
    NUMBER = "number"
    READING = "reading"
    DAY = "day"

    @property
    def personal(self) -> bool:
        """Whether it is something about a person: neither how a text is read nor which day it is."""
        return self not in (Kind.READING, Kind.DAY)


@dataclass(frozen=True, slots=True)
class Computed:
    """A fact that follows from what a person says under another key (see `limen.policy.computed`)."""

    function: str
    given: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact about a person, or a *finding* (known only after somebody has looked), or a disputed reading.

    `values` are the names in the order of the file (numbers as text); `ordinary` holds one of them, for a set any number.
    """

    name: str
    kind: Kind
    values: tuple[str, ...]
    ordinary: frozenset[str]
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    low: int = 0
    computed: Computed | None = None
    finding: bool = False
    looked_at_by: str = ""
    ask: str = ""
    says: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    """What values are called in full, by value: offered where somebody writes the name."""


@dataclass(frozen=True, slots=True)
class Term:
    """An open word of a law that rules fill; `unfilled` is its value where none does."""

    name: str
    values: tuple[str, ...]
    unfilled: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank of law. What is not binding yields at most a leaning."""

    name: str
    binding: bool = True


@dataclass(frozen=True)
class Axis:
    """One dimension of "everyone": a fact, or one thing of a set-valued fact (then its places are not held, held)."""

    number: int
    fact: Fact
    item: str | None = None

    @cached_property
    def size(self) -> int:
        """How many places the axis has."""
        return 2 if self.item is not None else len(self.fact.values)

    @cached_property
    def ordinary(self) -> int:
        """The place of the ordinary value."""
        if self.item is not None:
            return int(self.item in self.fact.ordinary)
        return self.fact.values.index(next(iter(self.fact.ordinary)))

    def __str__(self) -> str:
        return self.fact.name if self.item is None else f"{self.fact.name}: {self.item}"


@dataclass(frozen=True, slots=True)
class Look:
    """Is the place on an axis one of these?"""

    axis: int
    places: frozenset[int]


@dataclass(frozen=True, slots=True)
class Filled:
    """Is the value of a term one of these?"""

    term: str
    values: frozenset[str]


Need = tuple[Look, ...] | Filled
"""One requirement: any of several looks, or a term's value."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Requirements that must all hold, with the words in which the file states them."""

    needs: tuple[Need, ...]
    stated: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return "; ".join(f"{name}: {value}" for name, value in self.stated) or "everyone"


Condition = tuple[Clause, ...]
"""Clauses of which one must hold."""


def looks_of(condition: Condition) -> Iterator[Look]:
    """The looks that a condition takes."""
    for clause in condition:
        for need in clause.needs:
            if not isinstance(need, Filled):
                yield from need


EVERYONE: Condition = (Clause(()),)
NOBODY: Condition = ()


@dataclass(frozen=True, slots=True)
class Door:
    """One decision with its two answers.

    `protection`: a refusal always needs an individual assessment. `asked` says of whom it is a question at all; of others it does
    not arise, so silence about them is no gap. `passing` maps axes of facts to the places of whoever has passed the
    door, that is for whom it opened; `takes` is how many days the decision takes, at least and at most, where it is known.
    """

    name: str
    open: str
    shut: str
    decided_by: str = ""
    protection: bool = False
    says: str = ""
    asked: Condition = EVERYONE
    passing: Mapping[int, int] = field(default_factory=dict, hash=False)
    takes: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """The facts behind the short forms `in:` and `at:`."""

    in_: str | None = None
    at: str | None = None


@dataclass(frozen=True)
class Words:
    """The vocabulary of one policy, with the axes that it spans."""

    title: str
    facts: Mapping[str, Fact]
    terms: Mapping[str, Term]
    doors: Mapping[str, Door]
    ranks: tuple[Rank, ...]
    place: Place
    readings: Mapping[str, Fact] = field(default_factory=dict)
    impossible: tuple[Clause, ...] = ()
    axes: tuple[Axis, ...] = ()
    axes_of: Mapping[str, tuple[Axis, ...]] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()
    """Names that are declared with a fault; while a policy is read, nothing is said about their use."""

    @property
    def findings(self) -> list[str]:
        """Names of the findings, in the order of the file."""
        return [name for name, fact in self.facts.items() if fact.finding]


def lay_axes(facts: Mapping[str, Fact]) -> tuple[tuple[Axis, ...], dict[str, tuple[Axis, ...]]]:
    """The axes of the facts, in order, and which of them belong to each fact."""
    axes: list[Axis] = []
    axes_of: dict[str, tuple[Axis, ...]] = {}
    for name, fact in facts.items():
        items = fact.values if fact.kind is Kind.SET else (None,)
        own = tuple(Axis(len(axes) + i, fact, item) for i, item in enumerate(items))
        axes.extend(own)
        axes_of[name] = own
    return tuple(axes), axes_of
