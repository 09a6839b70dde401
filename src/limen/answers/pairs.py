"""Two people who differ in one fact and are answered unlike at a door: the nearest, and the rules through which it is so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from limen.answers.cause import Cause, Part, treatment
from limen.answers.decide import Decision, decide
from limen.answers.enumerated import differing
from limen.answers.example import DisagreementError
from limen.answers.firmness import Firm
from limen.answers.hanging import Hanging
from limen.answers.projected import Combination, projected
from limen.answers.prover import Prover
from limen.answers.sides import parts_of
from limen.answers.treated import Ruling, Treated, ruling, treated
from limen.answers.wording import marked, worded
from limen.policy.everyone import Everyone
from limen.policy.lanes import in_lanes
from limen.policy.meaning import Truth, any_of, either
from limen.policy.outcome import PARTS
from limen.policy.words import Axis

MOST_FINDINGS = 20
"""As many ways in which the fact decides are told of one door: those of the nearest people."""

SPOKEN = PARTS.index("spoken")

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


_Code = tuple[str, ...]
"""An answer: one digit for each of its parts."""


@dataclass(frozen=True, slots=True)
class _Way:
    """Rules through which the fact decides for a person, with a twin; `both` have the places of both, on their own axes."""

    parts: list[Part]
    values: list[Alike]
    person: Treated
    twin: Treated
    both: dict[int, int]


@dataclass(frozen=True)
class Pairs:
    """Two people in the scope of a door who differ in one fact."""

    prover: Prover
    door: str
    axis: Axis
    whole: Everyone
    scope: Truth
    firm: Firm

    def deciding(self, circumstances: Sequence[int]) -> set[Combination]:
        """All circumstances in which the fact decides among people of whom rules speak."""
        return projected(
            self.prover.search, self._pair(True), {axis: self.whole.classes[axis] for axis in circumstances}
        )

    def _pair(self, covered: bool) -> list[Truth]:
        """What is so of two people between whom the fact decides."""
        prover, number = self.prover, self.axis.number
        unlike = any_of(either(part, prover.elsewhere(part, number)) for part in self._parts)
        spoken = prover.meant.doors[self.door].spoken
        other = prover.elsewhere(spoken, number)
        return [
            spoken & other if covered else either(spoken, other), unlike, self.scope, prover.elsewhere(self.scope, number),
            prover.second_possible(self.whole, number), *prover.within(self.whole.known),
        ]  # fmt: skip

    def findings(self, circumstances: Sequence[int], state: int | None, covered: bool) -> tuple[list[Finding], bool]:
        """The ways in which the fact decides, and whether there are more.

        `covered`: among people of whom rules speak; else between somebody of whom they do and somebody of whom they do not.
        """
        prover, search, pair = self.prover, self.prover.search, self._pair(covered)
        axes = {axis: self.whole.classes[axis] for axis in circumstances}
        found: list[Finding] = []
        switch, distance = search.switch(), 0
        while (person := search.nearest([*pair, switch], self.whole, distance)) is not None:
            if len(found) >= MOST_FINDINGS:
                return found, True
            distance = search.distance(person)
            ways = self._ways(person, covered)
            if not ways:
                raise DisagreementError(f"{self.door!r} treats somebody unlike somebody else, but not this person.")
            for way in ways:
                through = self._through(way.parts)
                search.never([switch, *through])
                where = projected(search, [*pair, *through], axes, way.both)
                states, days = self._told(where, circumstances, state)
                rules = [ruling(part, self.door, prover.words, OF[part.how]) for part in way.parts]
                found.append(Finding(covered, rules, states, days, way.person, way.twin, way.values))
        return found, False

    @cached_property
    def _parts(self) -> list[Truth]:
        return parts_of(self.prover.meant, self.door, self.prover.words.findings)

    @cached_property
    def _answer(self) -> list[Truth]:
        """The parts of the answer, and what does not count for treatment, but is told."""
        return [*self._parts, self.prover.meant.doors[self.door].tension]

    @cached_property
    def _hanging(self) -> Hanging:
        return Hanging(self.prover.circuit, self._answer, self.prover.words)

    def _ways(self, person: dict[int, int], covered: bool) -> list[_Way]:
        """For a person the different rules through which the fact decides, each with the first twin for whom it does."""
        whole, number = self.whole, self.axis.number
        classes, cell = whole.classes[number], whole.cell_of(person)
        there = [whole.beside(cell, number, at) for at in range(len(classes))]
        scope, answers = self._answers(person)
        inside = [at for at in range(len(classes)) if scope[at] and whole.possible_at(there[at])]
        lane = self._hanging.own(person)
        codes = {at: answers[at][lane][:-1] for at in inside}
        own = cell[whole.dims[number]]
        twins = {at: person if at == own else differing(whole, person, number, there[at]) for at in inside}
        spoken = {at: codes[at][SPOKEN] == "1" for at in inside}
        others = [at for at in inside if codes[at] != codes[own] and covered == (spoken[at] and spoken[own])]
        in_full = len({codes[at][len(PARTS) :] for at in inside}) > 1
        told = {own, *others, *{code: at for at, code in reversed(codes.items())}.values()}
        decisions = {at: self._decided(twins[at]) for at in inside if at in told}
        values = self._alike(codes, decisions, in_full)
        found: dict[frozenset[str], _Way] = {}
        for at in others:
            one, other = decisions[own].outcomes[self.door], decisions[at].outcomes[self.door]
            if treatment(one) == treatment(other):
                raise DisagreementError(f"{self.door!r} treats two people unlike together, but not each alone.")
            parts = Cause(self.door, decisions[own], decisions[at]).rules
            key = frozenset(part.rule.name for part in parts)
            if key not in found:
                shown = [self._treated(decisions[it], twins[it], in_full, answers[it]) for it in (own, at)]
                second = {axis + len(self.prover.words.axes): place for axis, place in twins[at].items()}
                found[key] = _Way(parts, values, shown[0], shown[1], {**person, **second})
        return list(found.values())

    def _answers(self, person: dict[int, int]) -> tuple[list[int], list[list[_Code]]]:
        """Whether a person with each class of the fact is in scope, and how she or he is answered under each reading."""
        number, hanging = self.axis.number, self._hanging
        classes, several = self.whole.classes[number], len(hanging.all)
        lanes = len(classes) * several
        varied = {number: [one[0] for one in classes for _ in range(several)], **hanging.varied(len(classes))}
        scope, *answer = in_lanes(self.prover.circuit, [self.scope, *self._answer], person, varied, lanes)
        spelled = list(zip(*(f"{truth:0{lanes}b}"[::-1] for truth in answer), strict=True))
        by_class = [spelled[start : start + several] for start in range(0, lanes, several)]
        return [scope >> at * several + hanging.own(person) & 1 for at in range(len(classes))], by_class

    def _alike(self, codes: dict[int, _Code], decisions: dict[int, Decision], in_full: bool) -> list[Alike]:
        """Values that go with the same answer."""
        kind = self.prover.words.doors[self.door]
        groups: dict[_Code, list[int]] = {}
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

    def _treated(self, decision: Decision, person: dict[int, int], in_full: bool, answers: Sequence[_Code]) -> Treated:
        timeline = self.prover.timeline
        day = timeline.spans([person[timeline.day_axis]]).day
        words = self.prover.words
        outcome = decision.outcomes[self.door]
        hangs_on = self._hanging.matter(answers, person)
        keep = [self.axis.fact.name]
        return treated(decision, outcome, person, self.door, day, words, self.firm, keep, in_full, hangs_on)

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
