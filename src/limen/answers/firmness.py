"""How firm an answer to one person is: the confidence of the rules behind it, and what of texts and days is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from limen.answers.caution import NotKnown, not_known
from limen.answers.decide import Decision, decide
from limen.answers.reasons import marks, untranslated_of
from limen.answers.spans import Timeline
from limen.policy.meaning import any_of
from limen.policy.rules import Rule
from limen.policy.standing import Standing


@dataclass(frozen=True, slots=True)
class Firmness:
    """What an answer carries, as one of `ask` does.

    `confidence` is the lowest among the rules behind it (None: there are none), `untranslated` what of their texts could not be
    put into rules; `not_known` are the rules on which it hangs and of which it is not known whether they stand.
    """

    confidence: str | None
    untranslated: list[str]
    not_known: list[NotKnown]


NOT_ASKED = Firmness(None, [], [])
"""Where the door is not asked of the person."""


class Firm:
    """Finds it for the people of a timeline."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._days: dict[date, Standing] = {}

    def of(self, decision: Decision, person: Mapping[int, int], door: str, day: date) -> Firmness:
        """How firm the answer of a door is to a person on a day."""
        rules = decision.standing.about([door])
        speaking = [rule for rule in rules if any_of(decision.meant.fired[rule.name].values())]
        texts = (untranslated_of(rule) for rule in speaking if marks(rule, door))
        behind = [rule.confidence for rule in speaking if rule.fills or door in rule.doors or _marked_at(rule, door)]
        today, unsure = self._on(day), list[NotKnown]()
        if today.unsure:
            here = {axis: frozenset((place,)) for axis, place in person.items()}
            unsure = not_known(today, door, here, lambda other: decide(other, person, [door]).outcomes[door])
        return Firmness(str(min(behind)) if behind else None, list(dict.fromkeys(filter(None, texts))), unsure)

    def _on(self, day: date) -> Standing:
        if day not in self._days:
            self._days[day] = self._timeline.with_unsure(day)
        return self._days[day]


def _marked_at(rule: Rule, door: str) -> bool:
    return rule.untranslated is not None and door in rule.untranslated.doors
