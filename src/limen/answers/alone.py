"""The ways of one person of whom everything is known: each door is decided at once, and explained only where that is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from limen.answers.decide import decide
from limen.answers.ways import Places, Walker
from limen.answers.wording import careful
from limen.policy.meaning import See, on_facts
from limen.policy.outcome import Outcome
from limen.policy.people import excluded
from limen.policy.standing import Known
from limen.policy.words import Look
from limen.world.places import Step

Row = Sequence[tuple[Step, str, Places]]
"""The steps of a way, as `Walker.before` tells them."""


@dataclass(frozen=True, slots=True)
class StoppedAt:
    """Where a person is stopped: at which step, in which state, what holds there, and the door's answer in words.

    `answer` is empty where nobody with these facts can stand before the door.
    """

    step: Step
    state: str
    changed: Places
    answer: str


@dataclass(frozen=True)
class Alone(Walker):
    """Walks the ways of one person on one day: what is `known` is one place on every axis that rules read.

    It says the same as a `Walker`, which explains every door.
    """

    _decided: dict[tuple[str, frozenset[tuple[int, frozenset[int]]]], Outcome] = field(default_factory=dict, repr=False)

    def stopped(self, row: Row, must: bool) -> StoppedAt | None:
        """The first door of a way that stops the person: surely, or (with `must`) if officials want; None where none does."""
        doors = self.words.doors
        to_protection = doors[row[-1][0].door].protection
        for step, state, changed in row:
            door, here = doors[step.door], {**self.known, **changed}
            if to_protection and state == self.home and not door.protection:
                continue  # a risk, which does not close the way
            if excluded(self.words, here) is not None:
                return StoppedAt(step, state, changed, "")
            outcome = self._outcome(step.door, here) if self._asked_of(step.door, here) else None
            if outcome is None:
                passes = not door.protection
            else:
                passes = outcome.verdict == "must open" if must else outcome.verdict != "must shut"
            if not passes:
                return StoppedAt(step, state, changed, careful(outcome, door))
        return None

    def at_end(self, row: Row) -> See:
        """What is seen of the person before the last door of a way."""
        return _seen({**self.known, **row[-1][2]})

    def _arises(self, door: str, changed: Places) -> bool:
        here = {**self.known, **changed}
        return self._asked_of(door, here) and excluded(self.words, here) is None

    def _asked_of(self, door: str, here: Known) -> bool:
        return bool(on_facts(self.words.doors[door].asked, _seen(here)))

    def _outcome(self, door: str, here: Known) -> Outcome:
        key = door, frozenset(here.items())
        found = self._decided.get(key)
        if found is None:
            person = {axis: place for axis, (place,) in here.items()}
            found = self._decided[key] = decide(self.today, person, [door]).outcomes[door]
        return found


def _seen(known: Known) -> See:
    def see(look: Look) -> bool:
        return known[look.axis] <= look.places

    return see
