"""Who is treated differently: under two policies, or on two days of one, by which rules, how many, and the nearest of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from limen.answers.cause import Cause, Part, treatment
from limen.answers.caution import NO_ADVICE, NotKnown, bearing_not_known, warnings
from limen.answers.common import in_common
from limen.answers.example import DisagreementError
from limen.answers.hanging import Hanging
from limen.answers.kinds import kinds
from limen.answers.projected import reached
from limen.answers.rows import Facts, places_of
from limen.answers.sides import Sides, parts_of
from limen.answers.treated import Ruling, Treated, rulings, treated
from limen.policy.everyone import Everyone
from limen.policy.lanes import in_all, in_lanes
from limen.policy.meaning import Truth, any_of, either, no
from limen.policy.rules import Policy
from limen.policy.standing import Known

MOST_CHANGES = 20
"""As many changes of one door are told: those of the nearest people."""

People = Callable[[Mapping[str, str]], Sequence[tuple[Facts, int]]]
"""The groups of a scenario by what is known of them where these facts say, and how many people are in each."""


@dataclass(frozen=True, slots=True)
class Change:
    """A difference at a door: people who are treated so before and otherwise after, through the same rules.

    `states` and `days` are those where and on which somebody is. `kinds` counts the kinds of people (None: not counted).
    `people` counts those of the scenario who would be treated so if they stood where the nearest person stands (None: no
    scenario was given). `before` and `after` are the nearest person on both sides.
    """

    door: str
    protection: bool
    decided_by: str
    rules: list[Ruling]
    states: list[str]
    days: list[str]
    kinds: int | None
    people: int | None
    before: Treated
    after: Treated


@dataclass(frozen=True, slots=True)
class Compared:
    """One side of a comparison: a policy as it is on a day (None: on every day).

    `not_known` are the rules that bear on the doors compared and of which it is not known, on the day or from some day on,
    whether they stand; all is said of them as written.
    """

    policy: str
    on: str | None
    rules: int
    not_known: list[NotKnown]
    files: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Diff:
    """What `diff` found. `same` are the doors at which everybody is treated as before; `more` those with further changes."""

    before: Compared
    after: Compared
    known_on: str | None
    changes: list[Change]
    same: list[str]
    more: list[str]
    notes: list[str]


def diff(
    before: Policy, after: Policy, *, on: date | None = None, against: date | None = None, known_on: date | None = None,
    under: Known | None = None, doors: Sequence[str] | None = None, people: People | None = None,
) -> Diff:  # fmt: skip
    """Who is treated differently under `after`, on the day `against`, than under `before`, on the day `on`.

    Without days every day is compared with itself. Two people are treated alike where the lawful answers, whether anybody spoke,
    leanings and what has to be looked at first are the same. `under` are readings of `after`. Raises OtherWords.
    """
    against = on if against is None else against
    if on is None and against is not None:
        raise ValueError("A day is compared with another day: give both.")
    pair = in_common(before, after)
    sides = Sides.of(pair, (on, against), known_on, under or {})
    changes: list[Change] = []
    same, more = [], []
    chosen = [door for door in sides.doors if doors is None or door in doors]
    for door in chosen:
        found, all_told = _Door(sides, door, people, (before, after)).changes()
        changes += found
        if not found:
            same.append(door)
        if not all_told:
            more.append(door)
    notes = [*pair.notes, *(f"Further changes at {door!r} are not told." for door in more), NO_ADVICE]
    if on is not None and against is not None:
        told = [warnings(policy, day, day, known_on) for policy, day in ((before, on), (after, against))]
        notes = [*dict.fromkeys(text for texts in told for text in texts), *notes]
    told_sides = [
        Compared(policy.title or policy.words.title, day.isoformat() if day else None,
                 len(side.timeline.standing.rules), bearing_not_known(policy, day, known_on, chosen), dict(policy.hashes))
        for policy, day, side in ((before, on, sides.before), (after, against, sides.after))
    ]  # fmt: skip
    return Diff(told_sides[0], told_sides[1], known_on.isoformat() if known_on else None, changes, same, more, notes)


@dataclass(frozen=True)
class _Door:
    """One door on both sides."""

    sides: Sides
    door: str
    people: People | None
    own: tuple[Policy, Policy]

    def changes(self) -> tuple[list[Change], bool]:
        """What differs, that of the nearest people first, and whether that is all."""
        differs = self._differs()
        everyone = None if differs is False else self.sides.everyone(self.door, self.sides.known)
        if everyone is None or everyone.nobody:
            return [], True
        search = self.sides.search
        switch = search.switch()
        found: list[Change] = []
        distance = 0
        while (person := search.nearest([differs, switch], everyone, distance)) is not None:
            if len(found) == MOST_CHANGES:
                return found, False
            distance = search.distance(person)
            change, so = self._change(person, everyone)
            search.never([switch, *so])
            found.append(change)
        return found, True

    @cached_property
    def _parts(self) -> tuple[list[Truth], list[Truth]]:
        """All that counts on each side; that of people of whom the door is not asked is nothing."""
        findings = sorted({*self.sides.before.timeline.words.findings, *self.sides.after.timeline.words.findings})
        sides = []
        for side in (self.sides.before, self.sides.after):
            asked = side.asked(self.door)
            sides.append([asked, *(asked & part for part in parts_of(side.meant, self.door, findings))])
        return sides[0], sides[1]

    @cached_property
    def _answers(self) -> list[list[Truth]]:
        """The whole answer on each side, whoever is asked, with what does not count for treatment."""
        findings = sorted({*self.sides.before.timeline.words.findings, *self.sides.after.timeline.words.findings})
        return [[*parts_of(side.meant, self.door, findings), side.meant.doors[self.door].tension]
                for side in (self.sides.before, self.sides.after)]  # fmt: skip

    @cached_property
    def _hanging(self) -> Hanging:
        words = self.sides.before.timeline.words
        return Hanging(self.sides.search.circuit, [truth for side in self._answers for truth in side], words)

    def _differs(self) -> Truth:
        return any_of(either(one, other) for one, other in zip(*self._parts, strict=True))

    def _change(self, person: dict[int, int], everyone: Everyone) -> tuple[Change, list[Truth]]:
        """The change that a person meets, and what is so of all who meet it."""
        sides, door = self.sides, self.door
        decisions = [side.decided(person, door) for side in (sides.before, sides.after)]
        outcomes = [side.outcome(decision, person, door)
                    for side, decision in zip((sides.before, sides.after), decisions, strict=True)]  # fmt: skip
        one, other = (outcome and treatment(outcome) for outcome in outcomes)
        if one == other:
            raise DisagreementError(f"{door!r} differs for everyone, but not for one person alone.")
        parts = [] if one is None or other is None else Cause(door, decisions[0], decisions[1]).rules
        alike, hangs_on = self._as_of(person)
        so = [*alike, *self._through(parts)]
        words = sides.after.timeline.words
        days = [side.timeline.epochs[person[side.timeline.day_axis]].day for side in (sides.before, sides.after)]
        in_full = one is not None and other is not None and one.first != other.first
        shown = [
            treated(decision, outcome, person, door, day, policy.words, firm, in_full=in_full, hangs_on=readings)
            for decision, outcome, day, policy, firm, readings in zip(
                decisions, outcomes, days, self.own, (sides.before.firm, sides.after.firm), hangs_on, strict=True
            )
        ]
        where = reached(sides.search, so, everyone, person)
        count = kinds(sides.search, so, sides.everyone(door, {**sides.known, **where}))
        kind = words.doors[door]
        return Change(
            door, kind.protection, kind.decided_by, rulings(parts, door, words),
            self._states(where), self._days(where), count, self._people(so, person), shown[0], shown[1],
        ), so  # fmt: skip

    def _as_of(self, person: Mapping[int, int]) -> tuple[list[Truth], list[Mapping[str, str] | None]]:
        """That somebody is treated on both sides as this person is, and on which readings the answer hangs on each side."""
        hanging = self._hanging
        counts = [truth for side in self._parts for truth in side]
        answers = [truth for side in self._answers for truth in side]
        lanes, lane = len(hanging.all), hanging.own(person)
        found = in_lanes(self.sides.search.circuit, [*counts, *answers], person, hanging.varied(), lanes)
        so = [truth if held >> lane & 1 else no(truth) for truth, held in zip(counts, found, strict=False)]
        digits = [f"{held:0{lanes}b}"[::-1] for held in found[len(counts) :]]
        of_sides = digits[: len(self._answers[0])], digits[len(self._answers[0]) :]
        return so, [hanging.matter(list(zip(*side, strict=True)), person) for side in of_sides]

    def _through(self, parts: Sequence[Part]) -> list[Truth]:
        """That all these rules speak otherwise on one side than on the other."""
        ranks = len(self.sides.after.timeline.words.ranks)
        found = []
        for part in parts:
            sides = zip((self.sides.before, self.sides.after), part.rules, strict=True)
            one, other = ([False] * ranks if rule is None else side.spoke(rule.name, ranks) for side, rule in sides)
            found.append(any_of(either(mine, its) for mine, its in zip(one, other, strict=True)))
        return found

    def _states(self, where: Known) -> list[str]:
        """The states where somebody is treated so; none where the states make no difference."""
        words = self.sides.after.timeline.words
        name = words.place.in_
        axis = words.axes_of[name][0] if name else None
        if axis is None or axis.number not in where:
            return []
        return [axis.fact.values[place] for place in sorted(where[axis.number])]

    def _days(self, where: Known) -> list[str]:
        """The days on which somebody is treated so; none where they make no difference."""
        timeline = self.sides.after.timeline
        return timeline.spans(where[timeline.day_axis]).worded if timeline.day_axis in where else []

    def _people(self, so: Sequence[Truth], person: Mapping[int, int]) -> int | None:
        if self.people is None:
            return None
        words = self.sides.after.timeline.words
        at = [words.axes_of[name][0] for name in (words.place.in_, words.place.at) if name]
        groups = list(self.people({axis.fact.name: axis.fact.values[person[axis.number]] for axis in at}))
        varied: dict[int, list[int]] = {}
        for lane, (facts, _) in enumerate(groups):
            for name, value in facts.items():
                for number, place in places_of(words, name, value):
                    varied.setdefault(number, [person[number]] * len(groups))[lane] = place
        search = self.sides.search
        together = in_all(in_lanes(search.circuit, [*so, *search.possibly], person, varied, len(groups)))
        return sum(count for lane, (_, count) in enumerate(groups) if together >> lane & 1)
