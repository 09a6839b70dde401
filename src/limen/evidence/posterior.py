"""A posterior: what fitting to counts made of the priors, kept as an ensemble of equally likely members."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

Reals = npt.NDArray[np.float64]

FILES = ("evidence/posterior.csv", "evidence/posterior.yaml")
"""Where a scenario keeps it: the members, and what they were made with."""

BEARS_NOT_ON_IT = (*FILES, "evidence/quoted.csv", "evidence/needs.csv")
"""Files of a scenario that a fit does not depend on."""

CLAIMS_AND_CASES = ("policy/claims", "policy/cases")
"""How the files begin that hold claims and cases by the custom of the house: they ask about a policy and change no flow."""


@dataclass(frozen=True)
class Posterior:
    """Members of an ensemble, each a point of the priors by parameter.

    `z` (member, key): how far from the median of its prior a parameter lies, as a standard normal number (0 the median, -1.645
    and 1.645 the 5th and 95th percentile). A parameter without a key here was not informed by the counts and keeps its prior.
    Members are equally likely, and each is to be taken as a whole: parameters hang together.

    `until`: the last day whose counts were used. `command` and `seed` make it again from the files with these `hashes`.
    """

    keys: tuple[tuple[str, str], ...]
    z: Reals
    until: date
    command: str
    seed: int
    hashes: Mapping[str, str] = field(default_factory=dict)

    @property
    def members(self) -> int:
        """How many members there are."""
        return len(self.z)

    def member(self, draw: int) -> dict[tuple[str, str], float]:
        """The points of one draw: those of the member of its number, counted anew after the last."""
        return dict(zip(self.keys, self.z[draw % self.members].tolist()))

    def medians(self) -> dict[tuple[str, str], float]:
        """The median of each parameter by itself."""
        return dict(zip(self.keys, np.median(self.z, axis=0).tolist()))

    def changed(self, hashes: Mapping[str, str]) -> list[str]:
        """The files that have changed, come or gone since it was made, in order: none, and it is up to date."""
        return [name for name in sorted({*self.hashes, *hashes}) if self.hashes.get(name) != hashes.get(name)
                and _bears_on_it(name)]  # fmt: skip


def rests_on(hashes: Mapping[str, str]) -> dict[str, str]:
    """Of the hashes of a scenario's files, those that a fit depends on."""
    return {name: digest for name, digest in hashes.items() if _bears_on_it(name)}


def _bears_on_it(name: str) -> bool:
    return name not in BEARS_NOT_ON_IT and not name.startswith(CLAIMS_AND_CASES)
