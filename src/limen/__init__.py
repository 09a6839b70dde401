"""Limen: a laboratory for border, visa and asylum policy.

`limen.read(...)` gives a policy that can be asked about one person, a table of people, or everyone. The command line is `limen`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from limen.face.python import Reading

__all__ = ["read"]


def read(*names: str | Path) -> Reading:
    """Reads a policy: a built-in scenario by its name, or files and folders (see `limen.face.python.read`)."""
    from limen.face import python

    return python.read(*names)
