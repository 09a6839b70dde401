"""Where one fact decides: door by door and state by state, through which rules, with two people who differ in it as example."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from limen.answers.cause import Cause, Part, treatment
from limen.answers.caution import NO_ADVICE, warnings
from limen.answers.covered import Cover, Covered
from limen.answers.decide import Decision, decide
from limen.answers.enumerated import differing
from limen.answers.example import DisagreementError
from limen.answers.laid import Layout
from limen.answers.projected import Combination, projected
from limen.answers.prover import Prover
from limen.answers.sides import either, parts_of
from limen.answers.spans import Timeline
from limen.answers.treated import Ruling, Treated, ruling, treated
from limen.answers.wording import marked, worded
from limen.policy.everyone import Everyone
from limen.policy.lanes import in_lanes
from limen.policy.meaning import Truth, any_of
from limen.policy.rules import Policy
from limen.policy.standing import Known
from limen.policy.words import Axis, Kind
from limen.text.faults import nearest

MOST_FINDINGS = 30
"""As many ways in which the fact decides are told of one door: those of the nearest people."""

OF = {"silent now": "of the person", "speaks now": "of the other", "speaks at another rank": "of both, at other ranks"}


@dataclass(frozen=True, slots=True)
class Alike:
    """Values of the fact with which the person of a finding is answered the same."""

    values: str
    answer: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The fact decides at a door through some rules: between a person and a twin who differs in it, and in little else.

    `covered`: rules speak of both. Where they speak of one only, the other is not known to be treated otherwise: rules for her or
    him were not written. `states` and `days` are those where it is so through these rules (none: all that there are). `values`
    says how the person is answered with every value of the fact with which she or he is possible.
    """

    covered: bool

    rules: list[Ruling]
    states: list[str]
    days: list[str]
    person: Treated
    twin: Treated
    values: list[Alike]


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
    """What `audit` found. Not a verdict: a difference may have a good reason, and likeness may be unjust."""

    policy: str
    by: str
    values: str
    on: str | None
    known_on: str | None
    doors: list[AuditedDoor]
    notes: list[str]
    files: dict[str, str] = field(default_factory=dict)


def audit(
    policy: Policy, by: str, *, on: date | None = None, known_on: date | None = None, under: Known | None = None,
    doors: Sequence[str] | None = None,
) -> Audit:  # fmt: skip
    """Where the fact `by` decides, on a day or on every day.

    Two people are compared who are both possible, of whom the door is asked, and with whose values of the fact some rule speaks
    of somebody at that door, in that state, on that day. `under` are the readings in question, and may also leave values of the
    fact out. Raises ValueError for a fact that people cannot differ in by one value.
    """
    axis = axis_of(policy, by)
    timeline = Timeline(policy, known_on, on)
    prover = Prover(timeline)
    known = dict(under or {})
    found = [
        _Door(prover, door, axis, known).audited() for door in timeline.words.doors if doors is None or door in doors
    ]
    notes = ["A map of where the fact decides by the rules as written here. It is no verdict on any of these places.",
             *(f"Further ways in which it decides at {door.door!r} are not told." for door in found if door.more),
             *(warnings(policy, on, on, known_on) if on is not None else []), NO_ADVICE]  # fmt: skip
    return Audit(
        policy.title or policy.words.title, by, worded(axis, known.get(axis.number, range(axis.size))),
        on.isoformat() if on else None, known_on.isoformat() if known_on else None, found, notes, dict(policy.hashes),
    )  # fmt: skip


def axis_of(policy: Policy, by: str) -> Axis:
    """The axis of a fact by which people can be compared. Raises ValueError for another."""
    words = policy.words
    fact = words.facts.get(by)
    if fact is None:
        near = nearest(by, tuple(words.facts))
        raise ValueError(f"There is no fact {by!r}." + (f" Did you mean {near!r}?" if near else ""))
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
        cover = Cover.of(prover, whole, asked, spoken, [*circumstances, self.axis.number])
        findings: list[Finding] = []
        deciding: set[Combination] = set()
        more = False
        if self.axis.number in whole.asked:
            pairs = _Pairs(prover, self.door, self.axis, whole, asked & cover.truth(prover))
            here = [axis for axis in circumstances if axis in cover.axes]
            both, deciding, one_more = pairs.findings(here, state, True)
            some, _, other_more = pairs.findings(here, state, False)
            findings, more = both + some, one_more or other_more
        told = cover.told(prover, self.axis, state, deciding)
        return AuditedDoor(self.door, kind.decided_by, kind.protection, bool(deciding), findings, more, told)

    @property
    def _state(self) -> int | None:
        words = self.prover.words
        fact = words.facts.get(words.place.in_ or "")
        return None if fact is None or fact.kind is Kind.SET else words.axes_of[fact.name][0].number


@dataclass(frozen=True)
class _Pairs:
    """Two people in the scope of a door who differ in one fact."""

    prover: Prover
    door: str
    axis: Axis
    whole: Everyone
    scope: Truth

    def findings(
        self, circumstances: Sequence[int], state: int | None, covered: bool
    ) -> tuple[list[Finding], set[Combination], bool]:
        """The ways in which the fact decides, all circumstances in which it does, and whether there are more ways.

        `covered`: among people of whom rules speak; else between somebody of whom they do and somebody of whom they do not.
        """
        prover, search, number = self.prover, self.prover.search, self.axis.number
        unlike = any_of(either(part, prover.elsewhere(part, number)) for part in self._parts)
        spoken = prover.meant.doors[self.door].spoken
        other = prover.elsewhere(spoken, number)
        pair = [
            spoken & other if covered else either(spoken, other), unlike, self.scope, prover.elsewhere(self.scope, number),
            prover.second_possible(self.whole, number), *prover.within(self.whole.known),
        ]  # fmt: skip
        axes = {axis: self.whole.classes[axis] for axis in circumstances}
        found: list[Finding] = []
        deciding = projected(search, pair, axes)
        switch, distance = search.switch(), 0
        while (person := search.nearest([*pair, switch], self.whole, distance)) is not None:
            if len(found) >= MOST_FINDINGS:
                return found, deciding, True
            distance = search.distance(person)
            ways = self._ways(person, covered)
            if not ways:
                raise DisagreementError(f"{self.door!r} treats somebody unlike somebody else, but not this person.")
            for parts, values, one, twin in ways:
                through = self._through(parts)
                search.never([switch, *through])
                where = projected(search, [*pair, *through], axes)
                states, days = self._told(where, circumstances, state)
                rules = [ruling(part, self.door, prover.words, OF[part.how]) for part in parts]
                found.append(Finding(covered, rules, states, days, one, twin, values))
        return found, deciding, False

    @property
    def _parts(self) -> list[Truth]:
        return parts_of(self.prover.meant, self.door, self.prover.words.findings)

    def _ways(self, person: dict[int, int], covered: bool) -> list[tuple[list[Part], list[Alike], Treated, Treated]]:
        """For a person the different rules through which the fact decides, each with the first twin for whom it does."""
        whole, number = self.whole, self.axis.number
        classes, cell = whole.classes[number], whole.cell_of(person)
        dim = whole.dims[number]
        varied = {number: [one[0] for one in classes]}
        scope, *answer = in_lanes(self.prover.circuit, [self.scope, *self._parts], person, varied, len(classes))
        there = [(*cell[:dim], at, *cell[dim + 1 :]) for at in range(len(classes))]
        inside = [at for at in range(len(classes)) if scope >> at & 1 and whole.possible_at(there[at])]
        codes = {at: tuple(truth >> at & 1 for truth in answer) for at in inside}
        own = cell[dim]
        twins = {at: person if at == own else differing(whole, person, number, there[at]) for at in inside}
        decisions = {at: self._decided(twins[at]) for at in inside}
        spoken = {at: decisions[at].outcomes[self.door].spoken for at in inside}
        others = [at for at in inside if codes[at] != codes[own] and covered == (spoken[at] and spoken[own])]
        in_full = len({decisions[at].outcomes[self.door].first for at in inside}) > 1
        values = self._alike(codes, decisions, in_full)
        found: dict[frozenset[str], tuple[list[Part], list[Alike], Treated, Treated]] = {}
        for at in others:
            one, other = decisions[own].outcomes[self.door], decisions[at].outcomes[self.door]
            if treatment(one) == treatment(other):
                raise DisagreementError(f"{self.door!r} treats two people unlike together, but not each alone.")
            parts = Cause(self.door, decisions[own], decisions[at]).rules
            key = frozenset(part.rule.name for part in parts)
            if key not in found:
                shown = [self._treated(decisions[it], twins[it], in_full) for it in (own, at)]
                found[key] = parts, values, shown[0], shown[1]
        return list(found.values())

    def _alike(self, codes: dict[int, tuple[int, ...]], decisions: dict[int, Decision], in_full: bool) -> list[Alike]:
        """Values that go with the same answer."""
        kind = self.prover.words.doors[self.door]
        groups: dict[tuple[int, ...], list[int]] = {}
        for at, code in codes.items():
            groups.setdefault(code, []).append(at)
        classes = self.whole.classes[self.axis.number]
        return [
            Alike(worded(self.axis, [place for at in several for place in classes[at]]).partition(": ")[2],
                  marked(decisions[several[0]].outcomes[self.door], kind, in_full))
            for several in groups.values()
        ]  # fmt: skip

    def _decided(self, person: dict[int, int]) -> Decision:
        timeline = self.prover.timeline
        return decide(timeline.on(timeline.epochs[person[timeline.day_axis]]), person, [self.door])

    def _treated(self, decision: Decision, person: dict[int, int], in_full: bool) -> Treated:
        timeline = self.prover.timeline
        day = str(timeline.spans([person[timeline.day_axis]]).day)
        words = self.prover.words
        outcome = decision.outcomes[self.door]
        return treated(decision, outcome, person, self.door, day, words, [self.axis.fact.name], in_full)

    def _through(self, parts: Iterable[Part]) -> list[Truth]:
        """That all these rules speak otherwise of the one than of the other."""
        found = []
        for part in parts:
            held = self.prover.meant.fired[part.rule.name].values()
            found.append(any_of(either(truth, self.prover.elsewhere(truth, self.axis.number)) for truth in held))
        return found

    def _told(
        self, where: set[Combination], circumstances: Sequence[int], state: int | None
    ) -> tuple[list[str], list[str]]:
        """States and days in words."""
        timeline, states, days = self.prover.timeline, [], []
        for at, axis in enumerate(circumstances):
            classes = self.whole.classes[axis]
            places = sorted(place for number in {one[at] for one in where} for place in classes[number])
            if axis == state:
                states = [self.prover.words.axes[axis].fact.values[place] for place in places]
            else:
                days = timeline.spans(places).worded
        return states, days
