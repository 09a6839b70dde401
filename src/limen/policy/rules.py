"""Sources, rules, claims and cases as the files state them, once read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, IntEnum
from typing import Protocol

from limen.policy.words import EVERYONE, NOBODY, Clause, Condition, Words


class Confidence(IntEnum):
    """How far a text can be relied on: *high* only where the official text was read. Ordered from the weakest."""

    UNSTATED = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3

    def __str__(self) -> str:
        return self.name.lower()


class Force(Enum):
    """What a rule says of a door."""

    MUST = "must"
    MAY = "may"
    PRESUME = "presume"
    FIRST = "first"


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a file, counted from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Source:
    """A text: a law, a measure, guidance. `rank` counts from the highest; `published` is None where not stated."""

    id: str
    cite: str
    rank: int
    name: str = ""
    link: str = ""
    published: date | None = None
    confidence: Confidence = Confidence.UNSTATED
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """A place in a source, such as `sbc 14(1)`."""

    source: Source
    locator: str = ""

    def __str__(self) -> str:
        return f"{self.source.name or self.source.cite} {self.locator}".strip()


@dataclass(frozen=True, slots=True)
class Effect:
    """What a rule says of one door: must, may, presume towards `open` or shut; or look at `finding` first."""

    door: str
    force: Force
    open: bool = False
    finding: str = ""


@dataclass(frozen=True, slots=True)
class Fill:
    """The value that a rule gives a term."""

    term: str
    value: str


@dataclass(frozen=True, slots=True)
class Untranslated:
    """What of a text the format could not say, and why; `doors` whose answers carry the mark."""

    words: str
    why: str
    doors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownUntil:
    """The first day from which it is not known whether a rule stands or not, and what of it is not known, in words."""

    day: date
    then: str

    def __str__(self) -> str:
        return f"from {self.day} it is not known {self.then}"


class Dated(Protocol):
    """Whatever is in force from a day until another."""

    @property
    def start(self) -> date | None:
        """First day in force, None: always was."""

    @property
    def end(self) -> date | None:
        """First day no longer in force, None: no end is known."""


def in_force(thing: Dated, day: date) -> bool:
    """Whether a thing is in force on a day (half-open)."""
    return (thing.start is None or thing.start <= day) and (thing.end is None or day < thing.end)


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One sentence of a text, as data."""

    name: str
    where: Where
    effects: tuple[Effect, ...]
    fills: tuple[Fill, ...]
    cited: tuple[Cited, ...]
    rank: int
    confidence: Confidence
    when: Condition = EVERYONE
    unless: Condition = NOBODY
    despite: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    ended_by: Source | None = None
    known: KnownUntil | None = None
    untranslated: Untranslated | None = None
    note: str = ""
    stated_scope: tuple[tuple[str, str], ...] = ()

    @property
    def doors(self) -> tuple[str, ...]:
        """The doors of which the rule says something, or whose answers it marks."""
        marked = self.untranslated.doors if self.untranslated else ()
        return tuple(dict.fromkeys([effect.door for effect in self.effects] + list(marked)))


class Asks(Enum):
    """What a claim asks of a door."""

    MUST = "must"
    CAN = "can"
    FIRST = "first"
    SAME = "same for every"


@dataclass(frozen=True, slots=True)
class Asked:
    """One part of a claim: of a door (`open` is the side), of a finding looked at first, or of equal treatment by a fact."""

    door: str
    asks: Asks
    open: bool = False
    finding: str = ""
    fact: str = ""


@dataclass(frozen=True, slots=True)
class AskedTerm:
    """The values that a claim allows a term."""

    term: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """A sentence about everyone in its scope, to be proved or refuted."""

    name: str
    where: Where
    asked: tuple[Asked | AskedTerm, ...]
    scope: Condition = EVERYONE
    unless: Condition = NOBODY
    start: date | None = None
    end: date | None = None
    law: tuple[Cited, ...] = ()
    right: bool = False
    expected_to_fail: bool = False
    because: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AskedReach:
    """A door to be reached: whatever officials do (`must`), or if they want."""

    door: str
    must: bool


@dataclass(frozen=True, slots=True, eq=False)
class ReachClaim:
    """A sentence about what everyone in its scope can reach on some way, to be proved or refuted.

    `scope` and `unless` are about the person before setting out, `ends` about the last door of a way. `issuers` are the
    states that may have issued the person's papers (empty: any, or nobody). `irregular`: ways by the green border count as
    well.
    """

    name: str
    where: Where
    asked: tuple[AskedReach, ...]
    scope: Condition = EVERYONE
    unless: Condition = NOBODY
    ends: Condition = EVERYONE
    issuers: frozenset[str] = frozenset()
    irregular: bool = False
    start: date | None = None
    end: date | None = None
    law: tuple[Cited, ...] = ()
    right: bool = False
    expected_to_fail: bool = False
    because: str = ""
    note: str = ""


class Outlook(Enum):
    """What a case expects of a door."""

    MUST = "must"
    MAY = "may"
    PRESUME = "presume"
    FIRST = "first"
    GAP = "gap"
    CONFLICT = "conflict"
    TENSION = "tension"


@dataclass(frozen=True, slots=True)
class Expected:
    """One expectation of a case about a door."""

    door: str
    outlook: Outlook
    open: bool = False
    finding: str = ""


@dataclass(frozen=True, slots=True)
class ExpectedTerm:
    """The value that a case expects of a term."""

    term: str
    value: str


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A person on a day with the answers that are expected.

    `person` gives the place on every axis of facts and findings that the case states; `under` on axes of readings.
    """

    name: str
    where: Where
    on: date
    person: Mapping[int, int]
    expected: tuple[Expected | ExpectedTerm, ...]
    under: Mapping[int, int] = field(default_factory=dict)
    by: tuple[str, ...] = ()
    cited: tuple[Cited, ...] = ()
    expected_to_fail: bool = False
    because: str = ""
    note: str = ""


@dataclass(frozen=True, eq=False)
class Policy:
    """Everything that a folder of files says. `order` lists rule names so that whatever a rule depends on comes before it."""

    title: str
    words: Words
    sources: Mapping[str, Source]
    rules: Mapping[str, Rule]
    claims: Mapping[str, Claim] = field(default_factory=dict)
    reach: Mapping[str, ReachClaim] = field(default_factory=dict)
    cases: Mapping[str, Case] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    hashes: Mapping[str, str] = field(default_factory=dict)

    @property
    def impossible(self) -> tuple[Clause, ...]:
        """Kinds of people that cannot exist."""
        return self.words.impossible
