"""An example: the nearest person for whom something is so, replayed before it is shown, and ready to be pasted as a case."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import product

from limen.answers.decide import Decision, decide, readings_at_stake
from limen.answers.reasons import Reason
from limen.answers.wording import marked, person_facts, readings_of, sentence
from limen.policy.outcome import Outcome
from limen.policy.read_words import LONGEST_NAME
from limen.policy.standing import Standing
from limen.policy.words import Door, Words

_PLAIN = re.compile(r"[A-Za-z0-9(][A-Za-z0-9 ()/.+-]*")


class DisagreementError(AssertionError):
    """A counterexample of the arrays is none for the person answered alone: a fault of Limen itself, never of a policy."""


def agree(so: bool, what: str, shown: Example) -> None:
    """Raises DisagreementError where what was found for everyone is not so of the person answered alone."""
    if not so:
        raise DisagreementError(f"{what} is met for everyone, but not for {shown.sentence} alone.")


@dataclass(frozen=True, slots=True)
class Example:
    """A person on a day, with what the rules say of them now.

    `case` is the text of a case that holds of the policy as it stands. `reasons` are the rules behind the answer.
    """

    sentence: str
    on: str
    facts: dict[str, str | list[str]]
    unusual: dict[str, str | list[str]]
    readings: dict[str, str]
    answers: dict[str, str]
    reasons: list[Reason]
    case: str


def unlike(words: Words, person: Mapping[int, int]) -> int:
    """In how many facts a person differs from the ordinary one."""
    return sum(axis.fact.kind.personal and person[axis.number] != axis.ordinary for axis in words.axes)


def example(
    standing: Standing, person: Mapping[int, int], day: date, doors: Iterable[str], name: str, terms: Iterable[str] = (),
    remark: str = "", keep: Iterable[str] = (), in_full: bool = False,
) -> tuple[Example, Decision]:  # fmt: skip
    """Answers the person alone and makes the example of it.

    The sentence names what is unusual, where the person stands, and the facts in `keep`. `in_full`: the answers also tell what
    has to be looked at first, which counts for equal treatment.
    """
    words = standing.words
    doors, terms = tuple(doors), tuple(terms)
    decision = decide(standing, person, doors, terms)
    answers = {door: marked(decision.outcomes[door], words.doors[door], in_full) for door in doors}
    answers |= {term: " and ".join(sorted(decision.term(term))) for term in terms}
    readings = readings_of(words, person)
    unusual = person_facts(words, person, only_unusual=True)
    found = Example(
        sentence(words, person, [*keep, words.place.in_ or "", words.place.at or ""]),
        day.isoformat(),
        person_facts(words, person),
        unusual,
        readings,
        answers,
        [reason for door in doors for reason in decision.reasons(door)],
        ready_case(words, decision, name, day, person, doors, terms, remark),
    )
    return found, decision


def ready_case(
    words: Words,
    decision: Decision,
    name: str,
    day: date,
    person: Mapping[int, int],
    doors: Iterable[str],
    terms: Iterable[str] = (),
    remark: str = "",
) -> str:
    """The text of a case that is as expected as things stand. Readings are named where the answer hangs on them.

    A case names one value of a term. Where rules give it several, the case expects one of them, and to fail.
    """
    doors, terms = tuple(doors), tuple(terms)
    unusual = person_facts(words, person, only_unusual=True)
    stated = {
        key: value
        for key, value in person_facts(words, person).items()
        if key in unusual or key in (words.place.in_, words.place.at)
    }
    lines = [f"# {remark}"] if remark else []
    lines += [f"- case: {_scalar(_fitting(name))}", f"  on: {day.isoformat()}"]
    lines.append("  person: {" + ", ".join(f"{_scalar(key)}: {_value(value)}" for key, value in stated.items()) + "}")
    under = readings_that_matter(decision, person, doors, terms)
    if under:
        lines.append(
            "  under: {" + ", ".join(f"{_scalar(key)}: {_scalar(value)}" for key, value in under.items()) + "}"
        )
    lines += [f"  {_scalar(door)}: {_expected(decision.outcomes[door], words.doors[door])}" for door in doors]
    lines += [f"  {_scalar(term)}: {_scalar(min(decision.term(term)))}" for term in terms]
    if unlike := [term for term in terms if len(decision.term(term)) > 1]:
        lines += ["  expected: fails", f"  because: {_scalar(f'Rules of one rank fill {unlike[0]!r} unlike.')}"]
    return "\n".join(lines)


def readings_that_matter(
    decision: Decision, person: Mapping[int, int], doors: tuple[str, ...], terms: tuple[str, ...]
) -> dict[str, str]:
    """The person's readings without those that change nothing, whichever way the others are read."""
    standing = decision.standing
    words = standing.words
    stake = readings_at_stake(standing, person, doors, terms)
    axes = [words.axes_of[name][0] for name in words.readings if words.axes_of[name][0].number in stake]
    if not axes:
        return {}
    answers = {}
    for places in product(*(range(axis.size) for axis in axes)):
        other = decide(standing, {**person, **{a.number: p for a, p in zip(axes, places, strict=True)}}, doors, terms)
        answers[places] = [*(other.outcomes[door] for door in doors), *(other.term(term) for term in terms)]
    matter = {}
    for index, axis in enumerate(axes):
        alike = all(answers[places] == answers[(*places[:index], 0, *places[index + 1 :])] for places in answers)
        if not alike:
            matter[axis.fact.name] = axis.fact.values[person[axis.number]]
    return matter


def _expected(outcome: Outcome, door: Door) -> str:
    if outcome.conflict:
        verdict = "conflict"
    elif outcome.open != outcome.shut:
        verdict = f"must {door.open if outcome.open else door.shut}"
    elif outcome.leaning in ("open", "shut"):
        verdict = f"presume {door.open if outcome.leaning == 'open' else door.shut}"
    else:
        verdict = "may" if outcome.spoken else "gap"
    parts = [verdict, *(["tension"] if outcome.tension else []), *(f"first {finding}" for finding in outcome.first)]
    return _scalar(parts[0]) if len(parts) == 1 else "[" + ", ".join(map(_scalar, parts)) + "]"


def _fitting(name: str) -> str:
    """A name as short as names may be; what is cut off still tells it from others."""
    if len(name) <= LONGEST_NAME:
        return name
    ending = f"… {sha256(name.encode()).hexdigest()[:6]}"
    return name[: LONGEST_NAME - len(ending)].rstrip() + ending


def _value(value: str | list[str]) -> str:
    return _scalar(value) if isinstance(value, str) else "[" + ", ".join(map(_scalar, value)) + "]"


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and text == text.strip() else json.dumps(text, ensure_ascii=False)
