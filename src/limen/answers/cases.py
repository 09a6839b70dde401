"""Cases: persons with the answers that are expected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product

from limen.answers.decide import Decision, decide
from limen.answers.reasons import Reason
from limen.answers.wording import careful, readings_of
from limen.policy.outcome import Outcome
from limen.policy.rules import Case, Expected, ExpectedTerm, Outlook, Policy
from limen.policy.standing import Known, standing
from limen.policy.words import Kind, Words


@dataclass(frozen=True, slots=True)
class Miss:
    """One expectation that is not met, under the readings named, with the answer given instead and its reasons."""

    expected: str
    got: str
    readings: dict[str, str]
    reasons: list[Reason]


@dataclass(frozen=True, slots=True)
class CaseResult:
    """Whether a case is as expected."""

    case: str
    where: str
    on: str
    holds: bool
    misses: list[Miss]


def check_cases(policy: Policy, known_on: date | None = None, under: Known | None = None) -> list[CaseResult]:
    """Answers every case; one that names no reading must be as expected under all that are in question.

    Cases whose day lies after `known_on` are left out: the law of that day could not be known.
    """
    cases = [case for case in policy.cases.values() if known_on is None or case.on <= known_on]
    return [_check(policy, case, known_on, under or {}) for case in cases]


def _check(policy: Policy, case: Case, known_on: date | None, under: Known) -> CaseResult:
    words = policy.words
    today = standing(policy, case.on, known_on)
    doors = list(dict.fromkeys(e.door for e in case.expected if isinstance(e, Expected)))
    terms = list(dict.fromkeys(e.term for e in case.expected if isinstance(e, ExpectedTerm)))
    misses: list[Miss] = []
    for readings in _readings(words, case, under):
        decision = decide(today, {**case.person, **readings}, doors, terms)
        named = readings_of(words, {**case.person, **readings})
        for expected in case.expected:
            said = _missed(words, decision, expected)
            if said is not None:
                reasons = decision.reasons(expected.door) if isinstance(expected, Expected) else []
                misses.append(Miss(said[0], said[1], named, reasons))
        for rule in case.by:
            if not decision.fires(rule):
                reasons = [reason for door in doors for reason in decision.reasons(door)]
                misses.append(Miss(f"the rule {rule!r} is among the reasons", "it does not speak here", named, reasons))
    return CaseResult(case.name, str(case.where), case.on.isoformat(), not misses, misses)


def _readings(words: Words, case: Case, under: Known) -> Iterator[dict[int, int]]:
    axes = [axis for axis in words.axes if axis.fact.kind is Kind.READING]
    options = [
        [case.under[axis.number]] if axis.number in case.under else sorted(under.get(axis.number, range(axis.size)))
        for axis in axes
    ]
    for places in product(*options):
        yield {axis.number: place for axis, place in zip(axes, places, strict=True)}


def _missed(words: Words, decision: Decision, expected: Expected | ExpectedTerm) -> tuple[str, str] | None:
    """What was expected and what is so, where they differ."""
    if isinstance(expected, ExpectedTerm):
        got = decision.term(expected.term)
        if got == {expected.value}:
            return None
        return f"{expected.term}: {expected.value}", f"{expected.term}: {' and '.join(sorted(got))}"
    outcome = decision.outcomes[expected.door]
    if _as_expected(outcome, expected):
        return None
    door = words.doors[expected.door]
    side = door.open if expected.open else door.shut
    said = {
        Outlook.MUST: f"must {side}",
        Outlook.PRESUME: f"presume {side}",
        Outlook.FIRST: f"first {expected.finding}",
    }.get(expected.outlook, expected.outlook.value)
    got_first = f"; first {', '.join(outcome.first)}" if outcome.first else ""
    return f"{expected.door}: {said}", f"{expected.door}: {careful(outcome, door)}{got_first}"


def _as_expected(outcome: Outcome, expected: Expected) -> bool:
    side = "open" if expected.open else "shut"
    match expected.outlook:
        case Outlook.MUST:
            return outcome.verdict == f"must {side}"
        case Outlook.MAY | Outlook.GAP | Outlook.CONFLICT:
            return outcome.verdict == str(expected.outlook.value)
        case Outlook.PRESUME:
            return outcome.verdict == "may" and outcome.leaning == side
        case Outlook.TENSION:
            return outcome.tension
        case _:
            return expected.finding in outcome.first
