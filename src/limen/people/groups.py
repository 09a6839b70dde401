"""Groups: how many people of each kind, with which papers, live in each region of origin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of people by what they are (sex, age, standing to the army): the `facts` that hold of every one of them.

    `leaving` are further facts of those of them who leave for good or for long (that they refuse to serve, say).
    """

    name: str
    facts: Mapping[str, str]
    leaving: Mapping[str, str] = field(default_factory=dict)
    says: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """What papers and reasons somebody has: the `facts`, and which state issued the papers (empty: none did)."""

    name: str
    facts: Mapping[str, str]
    issuer: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class Margin:
    """A total that is known: people of `origin`, `kind` and `holding` (empty: summed over), from a source."""

    name: str
    origin: str
    kind: str
    holding: str
    persons: float
    source: str
    confidence: str
    where: str = ""


@dataclass(frozen=True)
class Population:
    """The joint table: `counts` (origins, kinds, holdings) in whole persons, and the margins that it was made from."""

    origins: tuple[str, ...]
    kinds: Mapping[str, Kind]
    holdings: Mapping[str, Holding]
    counts: npt.NDArray[np.int64]
    margins: tuple[Margin, ...] = field(default=())

    @property
    def groups(self) -> list[tuple[int, int, int]]:
        """The groups that have somebody in them, as places in `counts`, in order."""
        return [(int(o), int(k), int(h)) for o, k, h in np.argwhere(self.counts > 0)]
