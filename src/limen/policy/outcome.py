"""A door's answer as one number, for tables and comparisons, and back as something one can read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from limen.policy.meaning import Answer, Truth
from limen.policy.words import Door

PARTS = ("open", "shut", "spoken", "leans_open", "leans_shut", "conflict")
"""What of an answer counts as treatment, beside what has to be looked at first."""

_BITS = (*PARTS, "tension")
_FIRST_BIT = len(_BITS)
MOST_FINDINGS = 63 - _FIRST_BIT


def encode(answer: Answer, findings: list[str]) -> Any:
    """The answer as an int64 (or an array of them): one bit for each of its parts, one for each finding to look at first.

    Two people are treated alike at a door where their numbers are equal.
    """
    code: Any = np.int64(0)
    for bit, truth in bits_of(answer, findings):
        code = code | (_number(truth) << bit)
    return code


def bits_of(answer: Answer, findings: list[str]) -> list[tuple[int, Truth]]:
    """The truths of the bits of `encode`."""
    if len(findings) > MOST_FINDINGS:
        raise ValueError(f"A policy with more than {MOST_FINDINGS} findings cannot be tabulated.")
    parts = [(bit, getattr(answer, part)) for bit, part in enumerate(_BITS)]
    return parts + [(bit, answer.first[one]) for bit, one in enumerate(findings, _FIRST_BIT) if one in answer.first]


def _number(truth: Any) -> Any:
    return truth.astype(np.int64) if isinstance(truth, np.ndarray) else int(truth)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The lawful answers of a door for one kind of person."""

    open: bool
    shut: bool
    spoken: bool
    leans_open: bool = False
    leans_shut: bool = False
    conflict: bool = False
    tension: bool = False
    first: tuple[str, ...] = ()

    @classmethod
    def of(cls, answer: Answer) -> Outcome:
        """From an answer about one person."""
        first = tuple(finding for finding, truth in answer.first.items() if truth)
        parts = {part: bool(getattr(answer, part)) for part in _BITS}
        return cls(**parts, first=first)

    @classmethod
    def decode(cls, code: int, findings: list[str]) -> Outcome:
        """From the number of `encode`."""
        parts = {part: bool(code >> bit & 1) for bit, part in enumerate(_BITS)}
        return cls(**parts, first=tuple(name for bit, name in enumerate(findings, _FIRST_BIT) if code >> bit & 1))

    @property
    def verdict(self) -> str:
        """In one word: must open, must shut, may, gap or conflict."""
        if self.conflict:
            return "conflict"
        if self.open != self.shut:
            return "must open" if self.open else "must shut"
        return "may" if self.spoken else "gap"

    @property
    def leaning(self) -> str | None:
        """Towards open or shut, *opposed* where two leanings cancel, None where there is none."""
        if self.leans_open and self.leans_shut:
            return "opposed"
        return "open" if self.leans_open else "shut" if self.leans_shut else None

    def spelled(self, door: Door) -> str:
        """In the door's own verbs, as in `must admit` or `may admit or refuse`."""
        if self.conflict:
            return f"conflict: must {door.open} and must {door.shut}"
        if self.open != self.shut:
            return f"must {door.open if self.open else door.shut}"
        if not self.spoken:
            return "not regulated (gap)"
        side = {"open": door.open, "shut": door.shut}.get(self.leaning or "")
        lean = f", presumed to {side}" if side else ", opposed presumptions" if self.leaning else ""
        return f"may {door.open} or {door.shut}{lean}"
