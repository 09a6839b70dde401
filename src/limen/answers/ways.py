"""The ways of one person on a day: each door in a row, what it leaves open, where one is stopped, and what is risked.

Before each door hold the person's own facts, those that doors passed before have changed, and those of the step. Every door is
answered as `limen.answers.ask` would answer it, on the one day that is asked about. After a door that is shut the way is walked
on, as though it had opened, so that all that stands in it can be seen.

The state that one leaves cannot close a way to protection elsewhere, and nor can it be closed because one came in irregularly:
such doors are told as risk.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from limen.answers.ask import facts_in_words, possible_facts
from limen.answers.caution import notes, warnings
from limen.answers.door import DoorAnswer, ImpossiblePerson, answer_door
from limen.answers.lawful import Lawful, Reach, lawful, reach, stops
from limen.answers.rows import places_of
from limen.answers.steps import relative_facts, state_of
from limen.answers.together import Before, somebody_passes
from limen.policy.people import Person, excluded
from limen.policy.rules import Policy
from limen.policy.standing import Known, Standing, standing
from limen.policy.words import Words
from limen.world.places import Mode, Step, Way

Places = dict[int, frozenset[int]]


@dataclass(frozen=True, slots=True)
class StepAnswer:
    """One door of a way: what holds before it, what it leaves open and why, and how many days it takes where that is said.

    `lawful_if_nothing_is_found`: the same if whatever nobody has looked at turns out ordinary. `risk`: it does not close the way.
    `answer` is None where nobody with these facts can stand there; `nobody` then says why.
    """

    door: str
    state: str
    decided_by: str
    facts: list[str]
    lawful: Lawful
    lawful_if_nothing_is_found: Lawful
    answer: DoorAnswer | None
    takes: tuple[int, int] | None
    risk: bool = False
    nobody: str = ""


@dataclass(frozen=True, slots=True)
class Walked:
    """Doors in a row: whether the last can be passed, which is the first that nobody lets this person through, and the days.

    `takes` adds up the days of the doors that say how many; `untimed` are the others.
    """

    steps: list[StepAnswer]
    reach: Reach
    reach_if_nothing_is_found: Reach
    stopped_by: str | None
    takes: tuple[int, int]
    untimed: list[str]
    risks: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class WayAnswer:
    """A way: `through` its doors (None where it has none), and `protection`, asked for at its end (None where it is not)."""

    way: str
    state: str
    place: str
    mode: str
    through: Walked | None
    protection: Walked | None


@dataclass(frozen=True, slots=True)
class Ways:
    """What is open to one person on a day, with what to be warned of and to bear in mind."""

    policy: str
    on: str
    known_on: str | None
    facts: list[str]
    ways: list[WayAnswer]
    warnings: list[str]
    notes: list[str]


def ways(
    policy: Policy,
    person: Person,
    several: Iterable[Way],
    on: date,
    *,
    home: str,
    issuer: str = "",
    known_on: date | None = None,
    under: Known | None = None,
    explain: bool = False,
) -> Ways:
    """The ways of a person on a day.

    `home` is the state that one leaves, `issuer` the one that issued the person's papers (empty: nobody, or what is known of the
    person says it). `under` restricts readings, `explain` also seeks what suffices and near misses, as in `ask`. Raises
    ImpossiblePerson where the person cannot be, TooManyKinds where too little is known.
    """
    known = {**possible_facts(policy.words, person, on), **(under or {})}
    walker = Walker(policy.words, standing(policy, on, known_on), known, home, issuer, explain)
    return Ways(
        policy.title or policy.words.title,
        on.isoformat(),
        known_on.isoformat() if known_on else None,
        facts_in_words(policy.words, known, person),
        [walker.way(way) for way in several],
        warnings(policy, on, on, known_on),
        notes(policy, known_on),
    )


@dataclass(frozen=True)
class Walker:
    """Walks the ways of one person on one day. What was asked before is not asked again."""

    words: Words
    today: Standing
    known: Known
    home: str
    issuer: str = ""
    explain: bool = False
    _answered: dict[tuple[str, frozenset[tuple[int, frozenset[int]]]], DoorAnswer | str] = field(
        default_factory=dict, repr=False
    )

    def way(self, way: Way) -> WayAnswer:
        """One way: through all its doors, and to protection at its end."""
        through = self.walk(way.steps) if way.steps else None
        protection = self.walk((*way.steps[:-1], way.claim)) if way.claim else None
        if way.mode is Mode.GREEN and protection:
            protection.risks.append("outside the crossing points one comes in irregularly")
        return WayAnswer(way.name, way.state, way.place, way.mode.value, through, protection)

    def walk(self, steps: Sequence[Step]) -> Walked:
        """Doors in a row. It is a way to protection if the last is a door of protection."""
        doors = self.words.doors
        to_protection = bool(steps) and doors[steps[-1].door].protection
        found: list[StepAnswer] = []
        row: list[Before] = []
        for step, state, changed in self.before(steps):
            risk = to_protection and state == self.home and not doors[step.door].protection
            found.append(self._step(step, state, changed, risk))
            row.append(Before(step.door, changed))
        closing = [(one, before) for one, before in zip(found, row) if not one.risk]
        return Walked(
            found,
            self._reach([(one.lawful, before) for one, before in closing]),
            self._reach([(one.lawful_if_nothing_is_found, self._ordinary(before)) for one, before in closing]),
            next((one.door for one, _ in closing if stops(one.lawful, doors[one.door])), None),
            (sum(one.takes[0] for one in found if one.takes), sum(one.takes[1] for one in found if one.takes)),
            [one.door for one in found if one.takes is None],
            [_risk(one) for one in found if one.risk and one.lawful not in (Lawful.OPEN, Lawful.NOT_ASKED)],
        )

    def before(self, steps: Sequence[Step]) -> Iterable[tuple[Step, str, Places]]:
        """Each step with its state and the places that hold there whatever the person's own were."""
        words, issuer = self.words, self.issuer
        relative = {axis.number for step in steps for name in step.relative for axis in words.axes_of[name]}
        passed: Places = {}
        for step in steps:
            door, state = words.doors[step.door], state_of(words, step)
            stated = {**step.facts, **relative_facts(words, step, issuer)}
            here = {axis: frozenset((place,)) for item in stated.items() for axis, place in places_of(words, *item)}
            changed = {**passed, **here}
            yield step, state, changed
            if self._arises(step.door, changed):
                passed.update({axis: frozenset((place,)) for axis, place in door.passing.items()})
                if not relative.isdisjoint(door.passing):
                    issuer = state

    def _arises(self, door: str, changed: Places) -> bool:
        found = self.answer(door, changed)
        return (
            isinstance(found, DoorAnswer)
            and lawful(found.possibilities, self.words.doors[door]) is not Lawful.NOT_ASKED
        )

    def _step(self, step: Step, state: str, changed: Places, risk: bool) -> StepAnswer:
        door = self.words.doors[step.door]
        found = self.answer(step.door, changed)
        facts = facts_in_words(self.words, changed)
        if isinstance(found, str):
            nobody = Lawful.NOBODY
            return StepAnswer(door.name, state, door.decided_by, facts, nobody, nobody, None, door.takes, risk, found)
        now = lawful(found.possibilities, door)
        ordinary = lawful(found.if_nothing_is_found or found.possibilities, door)
        return StepAnswer(door.name, state, door.decided_by, facts, now, ordinary, found, door.takes, risk)

    def answer(self, door: str, changed: Places) -> DoorAnswer | str:
        """The door's answer, or why nobody with these facts can stand before it."""
        here = {**self.known, **changed}
        key = door, frozenset(here.items())
        if key not in self._answered:
            self._answered[key] = self._asked(door, here)
        return self._answered[key]

    def _asked(self, door: str, here: Places) -> DoorAnswer | str:
        reason = excluded(self.words, here)
        if reason is not None:
            return f"the words file declares impossible: {reason}"
        name = self.words.place.in_
        axis = self.words.axes_of[name][0] if name else None
        place = axis.fact.values[min(here[axis.number])] if axis else None
        try:
            return answer_door(self.today, door, place, here, self.explain)[0]
        except ImpossiblePerson as error:
            return str(error)

    def _ordinary(self, before: Before) -> Before:
        """The same with findings that nobody has made ordinary, save at doors of protection, where the look is the decision."""
        if self.words.doors[before.door].protection:
            return before
        axes = (axis for name in self.words.findings for axis in self.words.axes_of[name])
        ordinary = {axis.number: frozenset((axis.ordinary,)) for axis in axes if axis.number not in self.known}
        return Before(before.door, {**ordinary, **before.known})

    def _reach(self, several: Sequence[tuple[Lawful, Before]]) -> Reach:
        """What doors in a row come to, also where each by itself depends on something."""
        found = reach((one, self.words.doors[before.door]) for one, before in several)
        if found is Reach.DEPENDS and not somebody_passes(self.today, [before for _, before in several], self.known):
            return Reach.CANNOT
        return found


def _risk(step: StepAnswer) -> str:
    """A door that does not close the way, as a risk in words."""
    by = f" by {step.decided_by}" if step.decided_by else ""
    return f"{step.door}{by} in {step.state}: {step.answer.answer if step.answer else step.nobody}"
