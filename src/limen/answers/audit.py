"""Where one fact decides: door by door and state by state, through which rules, with two people who differ in it as example."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from limen.answers.caution import NO_ADVICE, NotKnown, bearing_not_known, warnings
from limen.answers.covered import Cover, Covered
from limen.answers.firmness import Firm
from limen.answers.laid import Layout
from limen.answers.pairs import Finding, Pairs
from limen.answers.projected import Combination
from limen.answers.prover import Prover
from limen.answers.spans import Timeline
from limen.answers.wording import worded
from limen.policy.rules import Policy
from limen.policy.standing import Known
from limen.policy.words import Axis, Kind
from limen.text.faults import no_such


@dataclass(frozen=True, slots=True)
class AuditedDoor:
    """What was found at one door. `decides`: people of whom rules speak are answered unlike. `more`: that is not all."""

    door: str
    decided_by: str
    protection: bool
    decides: bool
    findings: list[Finding]
    more: bool
    covered: list[Covered]


@dataclass(frozen=True, slots=True)
class Audit:
    """What `audit` found. Not a verdict: a difference may have a good reason, and likeness may be unjust.

    `not_known` are the rules that bear on these doors and of which it is not known, on the day or from some day on, whether they
    stand; all is said of them as written.
    """

    policy: str
    by: str
    values: str
    on: str | None
    known_on: str | None
    doors: list[AuditedDoor]
    not_known: list[NotKnown]
    notes: list[str]
    files: dict[str, str] = field(default_factory=dict)


def audit(
    policy: Policy, by: str, *, on: date | None = None, known_on: date | None = None, under: Known | None = None,
    doors: Sequence[str] | None = None,
) -> Audit:  # fmt: skip
    """Where the fact `by` decides, on a day or on every day.

    Two people are compared who are both possible, of whom the door is asked, and with whose values of the fact some rule speaks
    of somebody at that door, in that state, on that day. `under` are the readings in question, and may also leave values of the
    fact out. Raises ValueError for a fact that people cannot differ in by one value, and where fewer than two are left.
    """
    axis = axis_of(policy, by)
    known = dict(under or {})
    if axis.number in known and len(known[axis.number]) < 2:
        raise ValueError("Name at least two values to compare.")
    timeline = Timeline(policy, known_on, on)
    prover = Prover(timeline)
    firm = Firm(timeline)
    chosen = [door for door in timeline.words.doors if doors is None or door in doors]
    found = [_Door(prover, door, axis, known, firm).audited() for door in chosen]
    notes = ["A map of where the fact decides by the rules as written here. It is no verdict on any of these places.",
             *(f"Further ways in which it decides at {door.door!r} are not told." for door in found if door.more),
             *(warnings(policy, on, on, known_on) if on is not None else []), NO_ADVICE]  # fmt: skip
    return Audit(
        policy.title or policy.words.title, by, worded(axis, known.get(axis.number, range(axis.size))),
        on.isoformat() if on else None, known_on.isoformat() if known_on else None, found,
        bearing_not_known(policy, on, known_on, chosen), notes, dict(policy.hashes),
    )  # fmt: skip


def axis_of(policy: Policy, by: str) -> Axis:
    """The axis of a fact by which people can be compared. Raises ValueError for another."""
    words = policy.words
    fact = words.facts.get(by)
    if fact is None:
        raise ValueError(no_such("fact", by, words.facts))
    if fact.kind is Kind.SET:
        raise ValueError(f"{by!r} is a set of things held; people are compared by a fact with one value.")
    if by in (words.place.in_, words.place.at):
        raise ValueError(f"{by!r} says where a person stands; people are compared at one place.")
    return words.axes_of[by][0]


@dataclass(frozen=True)
class _Door:
    """One door, and the fact."""

    prover: Prover
    door: str
    axis: Axis
    known: Known
    firm: Firm

    def audited(self) -> AuditedDoor:
        """What is found there."""
        prover, kind = self.prover, self.prover.words.doors[self.door]
        whole = Layout(prover.timeline.standing, [self.door], self.known, arising=True).whole
        if whole is None:
            return AuditedDoor(self.door, kind.decided_by, kind.protection, False, [], False, [])
        asked = prover.holds(kind.asked)
        state = self._state
        circumstances = [*([] if state is None else [state]), prover.timeline.day_axis]
        spoken = prover.meant.doors[self.door].spoken
        cover = Cover.of(prover, whole, asked, spoken, circumstances, self.axis)
        findings: list[Finding] = []
        deciding: set[Combination] = set()
        more = False
        if self.axis.number in whole.asked:
            pairs = Pairs(prover, self.door, self.axis, whole, asked & cover.truth(prover), self.firm)
            here = [axis for axis in circumstances if axis in cover.axes]
            both, one_more = pairs.findings(here, state, True)
            deciding = pairs.deciding(here) if both else deciding
            some, other_more = pairs.findings(here, state, False)
            findings, more = both + some, one_more or other_more
        told = cover.told(prover, self.axis, state, deciding)
        return AuditedDoor(self.door, kind.decided_by, kind.protection, bool(deciding), findings, more, told)

    @property
    def _state(self) -> int | None:
        words = self.prover.words
        fact = words.facts.get(words.place.in_ or "")
        return None if fact is None or fact.kind is Kind.SET else words.axes_of[fact.name][0].number
