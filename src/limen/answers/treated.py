"""Somebody who is treated otherwise than before, or than somebody else, and the rules through which it is so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from limen.answers.cause import AFTER, BEFORE, Part
from limen.answers.caution import NotKnown
from limen.answers.decide import Decision
from limen.answers.example import readings_that_matter
from limen.answers.firmness import NOT_ASKED, Firm
from limen.answers.reasons import Text, said, texts_of
from limen.answers.wording import careful, marked, person_facts, sentence
from limen.policy.outcome import Outcome
from limen.policy.words import Words


@dataclass(frozen=True, slots=True)
class Ruling:
    """A rule that makes a difference: `how` it is other after than before, what it says, and its text."""

    rule: str
    how: str
    says: list[str]
    texts: list[Text]
    rank: str
    confidence: str
    start: str | None
    end: str | None
    where: str


@dataclass(frozen=True, slots=True)
class Treated:
    """A person before a door on a day, with the answer. `readings` are those on which the answer hangs.

    `facts` are such as `limen ask --person FILE` reads them. `confidence` is the lowest on the chain of rules behind the answer
    (None: there are none), `untranslated` what of their texts could not be put into rules; `not_known` are the rules on which
    the answer hangs and of which it is not known whether they stand on the day.
    """

    sentence: str
    on: str
    facts: dict[str, str | list[str]]
    readings: dict[str, str]
    answer: str
    confidence: str | None
    untranslated: list[str]
    not_known: list[NotKnown]


def rulings(parts: Iterable[Part], door: str, words: Words) -> list[Ruling]:
    """Rules in words, each once: one that is another after than before as it is after, if it matters so."""
    found: dict[str, Ruling] = {}
    for part in parts:
        if part.rule.name not in found or part.rules[AFTER] is not None:
            found[part.rule.name] = ruling(part, door, words)
    return list(found.values())


def ruling(part: Part, door: str, words: Words, how: str = "") -> Ruling:
    """A rule in words; `how` in place of what the part itself says."""
    rule = part.rule
    rank = max(part.spoke[AFTER] or part.spoke[BEFORE], default=rule.rank)
    says = [said(effect, words) for effect in rule.effects if effect.door == door]
    says += [f"{fill.term}: {fill.value}" for fill in rule.fills]
    return Ruling(
        rule.name, how or part.how, says, texts_of(rule.cited), words.ranks[rank].name, str(rule.confidence),
        rule.start.isoformat() if rule.start else None, rule.end.isoformat() if rule.end else None, str(rule.where),
    )  # fmt: skip


def treated(
    decision: Decision, outcome: Outcome | None, person: Mapping[int, int], door: str, day: date, own: Words, firm: Firm,
    keep: Iterable[str] = (), in_full: bool = False, hangs_on: Mapping[str, str] | None = None,
) -> Treated:  # fmt: skip
    """A person in words. `own` are the words in which a question about the person is put.

    `hangs_on`: the readings on which the answer hangs, where they are known already.
    """
    words = decision.standing.words
    kind = words.doors[door]
    if hangs_on is None:
        hangs_on = readings_that_matter(decision, person, (door,), ())
    readings = {name: answer for name, answer in hangs_on.items() if name in own.readings}
    facts = {name: value for name, value in person_facts(words, person).items() if name in own.facts}
    place = [name for name in (words.place.in_, words.place.at) if name]
    answer = careful(None, kind) if outcome is None else marked(outcome, kind, in_full)
    marks = NOT_ASKED if outcome is None else firm.of(decision, person, door, day)
    return Treated(
        sentence(words, person, [*keep, *place]), day.isoformat(), facts, readings, answer,
        marks.confidence, marks.untranslated, marks.not_known,
    )  # fmt: skip
