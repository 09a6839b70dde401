"""The ways that belong to the policies a command or a script names."""

from __future__ import annotations

from collections.abc import Sequence

from limen.answers.reach import Travel
from limen.policy.words import Words
from limen.scenario.find import policy_paths
from limen.scenario.travel import read_travel


class SeveralWays(ValueError):
    """Several scenarios are named, each with ways of its own."""


def travel_of(names: Sequence[str], words: Words) -> Travel | None:
    """The ways of the scenario that the names stand for; None where it has none. Raises SeveralWays, FaultyScenario."""
    found = [read for path in policy_paths(tuple(names)) if (read := read_travel(path, words)) is not None]
    if len(found) > 1:
        raise SeveralWays("Several scenarios are named, each with ways of its own: name one.")
    return Travel(found[0].ways, found[0].home, found[0].hashes) if found else None
