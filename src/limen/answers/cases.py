"""Cases: persons with the answers that are expected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from limen.answers.decide import Decision, decide, readings_at_stake
from limen.answers.reasons import Reason
from limen.answers.wording import careful, readings_of
from limen.policy.outcome import Outcome
from limen.policy.rules import Case, Expected, ExpectedTerm, Outlook, Policy, Rule, in_force
from limen.policy.standing import Known, Standing, as_known, was_known
from limen.policy.words import Kind, Words


@dataclass(frozen=True, slots=True)
class Miss:
    """One expectation that is not met, with the answer given instead and its reasons; `readings` as of a failed claim."""

    expected: str
    got: str
    readings: list[dict[str, str]]
    reasons: list[Reason]


@dataclass(frozen=True, slots=True)
class CaseResult:
    """Whether a case is met. `surprise`: it is not, or it is although the disagreement was known (`because` says why)."""

    case: str
    where: str
    on: str
    holds: bool
    expected_to_fail: bool
    because: str
    surprise: bool
    misses: list[Miss]


def check_cases(policy: Policy, known_on: date | None = None, under: Known | None = None) -> list[CaseResult]:
    """Answers every case; one that names no reading must be as expected under all that are in question.

    Cases are left out whose day lies after `known_on`, or whose text was published later: the law could not be known.
    """
    cases = [case for case in policy.cases.values() if was_known(case, policy, known_on)]
    rules = as_known(policy, known_on)
    alike: dict[tuple[Rule, ...], Standing] = {}
    days = {}
    for day in {case.on for case in cases}:
        today = tuple(rule for rule in rules if in_force(rule, day))
        days[day] = alike.setdefault(today, Standing(policy.words, today))
    return [_check(policy.words, case, days[case.on], under or {}) for case in cases]


def _check(words: Words, case: Case, today: Standing, under: Known) -> CaseResult:
    doors = list(dict.fromkeys(e.door for e in case.expected if isinstance(e, Expected)))
    terms = list(dict.fromkeys(e.term for e in case.expected if isinstance(e, ExpectedTerm)))
    misses: dict[tuple[str, str], list[Miss]] = {}
    options = _readings(today, case, under, doors, terms)
    varied = {name for name in words.readings if len({places[words.axes_of[name][0].number] for places in options}) > 1}
    for readings in options:
        decision = decide(today, {**case.person, **readings}, doors, terms)
        named = {name: answer for name, answer in readings_of(words, readings).items() if name in varied}
        for expected in case.expected:
            said = _missed(words, decision, expected)
            if said is not None:
                reasons = decision.reasons(expected.door) if isinstance(expected, Expected) else []
                misses.setdefault(said, []).append(Miss(*said, [named], reasons))
        for rule in case.by:
            if not decision.fires(rule):
                said = f"the rule {rule!r} is among the reasons", "it does not speak here"
                reasons = [reason for door in doors for reason in decision.reasons(door)]
                misses.setdefault(said, []).append(Miss(*said, [named], reasons))
    found = [replace(same[0], readings=_told(same, len(options))) for same in misses.values()]
    holds = not found
    known = case.expected_to_fail
    return CaseResult(
        case.name, str(case.where), case.on.isoformat(), holds, known, case.because, holds == known, found
    )


def _told(misses: list[Miss], of: int) -> list[dict[str, str]]:
    """The readings under which something is missed; none where it is missed under all."""
    return [] if len(misses) == of else [miss.readings[0] for miss in misses]


def _readings(today: Standing, case: Case, under: Known, doors: list[str], terms: list[str]) -> list[dict[int, int]]:
    """The ways to read the disputed texts that the case leaves open and that matter to it, each with all readings."""
    words = today.words
    axes = [axis for axis in words.axes if axis.fact.kind is Kind.READING]
    left = {
        axis.number: frozenset((case.under[axis.number],))
        if axis.number in case.under
        else under.get(axis.number, frozenset(range(axis.size)))
        for axis in axes
    }
    matters = readings_at_stake(today, case.person, doors, terms)
    options = [sorted(places) if axis in matters else [min(places)] for axis, places in left.items()]
    return [dict(zip(left, places, strict=True)) for places in product(*options)]


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
