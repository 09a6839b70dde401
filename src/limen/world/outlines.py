"""Outlines of countries around our scenarios, as TopoJSON: Natural Earth (public domain), reduced by `docs/make_outlines.py`.

Countries have the two letters of ISO 3166-1 as `id`. Which ring belongs to whom follows the United Nations; disputed lines, and
lines of control, are an object of their own.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

FOOTNOTE = (
    "Outlines: Natural Earth. Boundaries and names do not imply endorsement; dashed lines are disputed, or lines of control. "
    "Crimea is Ukraine (General Assembly resolution 68/262)."
)
"""Stands under every map and in every export of one."""


@lru_cache
def outlines() -> bytes:
    """The outlines as TopoJSON, with the objects `countries` and `disputed`."""
    return (files("limen.world") / "outlines.json").read_bytes()
