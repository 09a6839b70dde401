"""Limen: a laboratory for border, visa and asylum policy.

`limen.read(...)` gives a policy that can be asked about one person, a table of people, or everyone. The command line is `limen`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from limen.face.python import Reading
    from limen.face.stated import Day
    from limen.model.who_reaches import WhoReaches

__all__ = ["reach", "read"]


def read(*names: str | Path) -> Reading:
    """Reads a policy: a built-in scenario by its name, or files and folders (see `limen.face.python.read`)."""
    from limen.face import python

    return python.read(*names)


def reach(
    scenario: str | Path, door: str = "asylum procedure", *, start: Day | None = None, end: Day | None = None,
    irregular: bool = False, known_on: Day | None = None, under: Mapping[str, str] | None = None,
) -> WhoReaches:  # fmt: skip
    """Who of the people of a scenario could lawfully reach a door, and who not (see `limen.face.python.reach`)."""
    from limen.face import python

    return python.reach(scenario, door, start=start, end=end, irregular=irregular, known_on=known_on, under=under)
