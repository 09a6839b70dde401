"""What is wrong in a file, and where: one message a fault, all faults of a reading at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

LONGEST_LINE_SHOWN = 160


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in one place. `line` and `column` count from 1; `shown` is the line of the file as it stands."""

    file: str
    line: int
    column: int
    message: str
    shown: str = ""
    nearest: str | None = None

    def __str__(self) -> str:
        hint = f" Did you mean {self.nearest!r}?" if self.nearest else ""
        text = "".join(map(_harmless, f"{self.file}:{self.line}:{self.column}: {self.message}{hint}"))
        if not self.shown:
            return text
        start = max(0, self.column - 1 - LONGEST_LINE_SHOWN // 2)
        shown = "".join(map(_harmless, self.shown[start : start + LONGEST_LINE_SHOWN]))
        pointer = " " * (self.column - 1 - start) + "^"
        return f"{text}\n    {shown}\n    {pointer}"


def _harmless(character: str) -> str:
    """The character where it can be shown in one cell of a terminal, and does nothing to it."""
    if character.isprintable():
        return character
    return " " if character.isspace() else "\N{REPLACEMENT CHARACTER}"


class Faulty(ValueError):
    """Raised once a reading is complete, with every fault that it met."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults), key=lambda fault: (fault.file, fault.line, fault.column, fault.message))
        super().__init__("\n".join(map(str, self.faults)))

    def __reduce__(self) -> tuple[type[Faulty], tuple[list[Fault]]]:
        return type(self), (self.faults,)


class FaultyPolicy(Faulty):
    """What is wrong in the files of a policy, or in what is said of a person in its words."""


class FaultyScenario(Faulty):
    """What is wrong in the folder of a scenario, its policy included."""


@lru_cache(maxsize=64)
def _lowered(names: tuple[str, ...]) -> list[str]:
    return [name.lower() for name in names]


@lru_cache(maxsize=4096)
def _nearest(word: str, names: tuple[str, ...]) -> str | None:
    found = process.extract(word[:80].lower(), _lowered(names), scorer=fuzz.ratio, score_cutoff=60)
    if not found:
        return None
    best = max(score for _, score, _ in found)
    return max((names[place] for _, score, place in found if score == best), key=lambda name: name[:2] == word[:2])


def no_such(what: str, name: str, known: Iterable[str]) -> str:
    """That there is no such thing, with the nearest name that there is."""
    near = nearest(name, known)
    return f"There is no {what} {name!r}." + (f" Did you mean {near!r}?" if near else "")


def nearest(word: str, names: Sequence[str] | Iterable[str]) -> str | None:
    """The name that `word` most likely meant, or None where none is near."""
    return _nearest(word, tuple(names))
