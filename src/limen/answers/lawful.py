"""Whether somebody gets through a door, and through several in a row: whatever officials do, or if they want, or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from limen.answers.door import Possibility
from limen.policy.words import Door

NOT_ARISING = "does not arise"


class Lawful(StrEnum):
    """What a door's possible answers to one person come to.

    OPEN: it must open, whatever is still unknown. CAN: it can lawfully open, whatever is unknown, and somebody could lawfully
    shut it (a discretion, a gap or a conflict). DEPENDS: on what is unknown, whether it must stay shut. SHUT: it must.
    NOT_ASKED: it does not arise. NOBODY: nobody with these facts can stand before it.
    """

    OPEN = "surely open"
    CAN = "can open"
    DEPENDS = "depends"
    SHUT = "surely shut"
    NOT_ASKED = "not asked"
    NOBODY = "nobody"


class Reach(StrEnum):
    """What doors in a row come to. MUST: whatever officials do. DEPENDS: on what is unknown, whether one can reach the end."""

    MUST = "must reach"
    CAN = "can reach"
    DEPENDS = "depends"
    CANNOT = "cannot"


def lawful(possibilities: Iterable[Possibility], door: Door) -> Lawful:
    """What the possibilities of a door come to. A door of protection that does not arise protects nobody: it is not open."""
    verdicts = {possibility.verdict for possibility in possibilities}
    if verdicts == {NOT_ARISING}:
        return Lawful.NOT_ASKED
    closed = {"must shut", *([NOT_ARISING] if door.protection else [])}
    if verdicts <= closed:
        return Lawful.SHUT
    if verdicts & closed:
        return Lawful.DEPENDS
    return Lawful.OPEN if verdicts <= {"must open", NOT_ARISING} else Lawful.CAN


def stops(found: Lawful, door: Door) -> bool:
    """Whether nobody gets through."""
    return found in (Lawful.SHUT, Lawful.NOBODY) or (found is Lawful.NOT_ASKED and door.protection)


def reach(several: Iterable[tuple[Lawful, Door]]) -> Reach:
    """What doors in a row come to, each seen by itself."""
    several = list(several)
    if any(stops(found, door) for found, door in several):
        return Reach.CANNOT
    if any(found is Lawful.DEPENDS for found, _ in several):
        return Reach.DEPENDS
    return Reach.CAN if any(found is Lawful.CAN for found, _ in several) else Reach.MUST
