"""Claims about everyone: proved, or refuted by the nearest person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from limen.answers.decide import Decision
from limen.answers.enumerated import AT_ONCE, enumerated
from limen.answers.example import DisagreementError, Example, example
from limen.answers.proved import proved
from limen.answers.prover import Prover
from limen.answers.question import Decided, Question, Refutation, unmet
from limen.answers.reasons import Text, texts_of
from limen.answers.support import Support, Supports
from limen.policy.rules import Asked, AskedTerm, Asks, Claim
from limen.policy.standing import Known
from limen.policy.words import Filled, Words


@dataclass(frozen=True, slots=True)
class Failure:
    """Where a claim does not hold: the days on which it fails under the same readings and the same person is the nearest.

    `readings` are those under which it fails (empty: under every one); `kinds` counts the kinds of people for whom it fails on
    some of these days, among those that its question tells apart (None: not counted, since there are too many to lay them out);
    `example` is the nearest person; `twin` is the other person of unequal treatment.
    """

    asks: str
    days: list[str]
    readings: list[dict[str, str]]
    kinds: int | None
    example: Example
    twin: Example | None


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """Whether a claim holds for everyone in its scope, on every day and under every reading in question.

    It is made from `start` until before `end`, where it names such days.
    `surprise`: it fails although it should hold, holds although it was expected to fail, or says nothing. `vacuous`: there
    is a part of it that is asked of nobody possible in its scope. `kinds` counts the kinds of people of whom it is asked, among
    those that its question tells apart (None: not counted).
    `support` is what a proof rests on (None where there is none).
    """

    claim: str
    where: str
    law: list[Text]
    start: str | None
    end: str | None
    right: bool
    holds: bool
    expected_to_fail: bool
    because: str
    surprise: bool
    vacuous: bool
    kinds: int | None
    failures: list[Failure]
    support: Support | None = None


def check_claim(claim: Claim, supports: Supports, known: Known, in_part: bool = False) -> ClaimResult:
    """Checks one claim in every epoch in which it is in force.

    `in_part`: not every day or reading is in question, so that a failure that was expected may well lie elsewhere. Several claims
    may share the `supports`.
    """
    prover = supports.prover
    questions = [Question(claim, asked, prover.timeline, known) for asked in claim.asked]
    found = [decided(question, prover) for question in questions]
    failures = [_failure(question, one) for question, its in zip(questions, found) for one in its.refutations]
    counts = [its.kinds for its in found]
    kinds = None if None in counts else max(count for count in counts if count is not None)
    holds, vacuous = not failures, not all(its.anybody for its in found)
    surprise = (vacuous or claim.expected_to_fail) and not in_part if holds else not claim.expected_to_fail
    return ClaimResult(
        claim.name, str(claim.where), texts_of(claim.law), claim.start.isoformat() if claim.start else None,
        claim.end.isoformat() if claim.end else None, claim.right, holds, claim.expected_to_fail, claim.because,
        surprise, vacuous, kinds, failures,
        supports.of(questions) if holds and not vacuous else None,
    )  # fmt: skip


def decided(question: Question, prover: Prover) -> Decided:
    """Decides a part of a claim: by laying everyone out where that is soon done, else by proof."""
    whole = question.layout.whole or question.scoped.whole
    if whole is None or whole.cells <= AT_ONCE:
        return enumerated(question)
    return proved(question, prover)


def _failure(question: Question, found: Refutation) -> Failure:
    """A refutation in words. Who refutes is answered alone before being shown."""
    claim, asked, timeline = question.claim, question.asked, question.timeline
    words, spans = timeline.words, timeline.spans(found.days)
    standing = timeline.on(spans.epochs[-1])
    wording = spelled(asked, words)
    title = f"{claim.name}{f' ({wording})' if len(claim.asked) > 1 else ''}, {spans.day}"

    def shown(person: Mapping[int, int], name: str, in_full: bool = False) -> tuple[Example, Decision]:
        return example(
            standing, person, spans.day, question.doors, f"{name}: {title}", question.terms,
            f"the claim asks {wording}", _spoken_of(question, person), in_full,
        )  # fmt: skip

    nearest, decision = shown(found.person, "against")
    twin = None
    if isinstance(asked, AskedTerm):
        replayed = bool(decision.term(asked.term) - asked.values)
    elif question.same is None:
        replayed = bool(unmet(asked, decision.meant.doors[asked.door]))
    elif found.twin is None:
        replayed = False
    else:
        twin, other = shown(found.twin, "twin, against")
        replayed = other.outcomes[asked.door] != decision.outcomes[asked.door]
        if other.outcomes[asked.door].first != decision.outcomes[asked.door].first:
            nearest, twin = shown(found.person, "against", True)[0], shown(found.twin, "twin, against", True)[0]
    if not replayed:
        raise DisagreementError(
            f"The claim {claim.name!r} is refuted for everyone, but not for {nearest.sentence} alone."
        )
    return Failure(wording, spans.worded, found.readings, found.kinds, nearest, twin)


def _spoken_of(question: Question, person: Mapping[int, int]) -> list[str]:
    """The facts of which a claim speaks: those of the alternatives that the person meets, its carve-outs, its equal treatment."""
    claim, asked = question.claim, question.asked
    met = [clause for clause in claim.scope if all(
        isinstance(need, Filled) or any(person[look.axis] in look.places for look in need) for need in clause.needs
    )]  # fmt: skip
    names = [name for clause in (*met, *claim.unless) for name, _ in clause.stated]
    names += [asked.fact] if isinstance(asked, Asked) and asked.fact else []
    return [name for name in names if name in question.timeline.words.facts]


def spelled(asked: Asked | AskedTerm, words: Words) -> str:
    """What a claim asks, as in `entry: must admit`."""
    if isinstance(asked, AskedTerm):
        return f"{asked.term}: {' or '.join(sorted(asked.values))}"
    if asked.asks is Asks.SAME:
        return f"{asked.door}: same for every {asked.fact}"
    if asked.asks is Asks.FIRST:
        return f"{asked.door}: first {asked.finding}"
    door = words.doors[asked.door]
    return f"{asked.door}: {asked.asks.value} {door.open if asked.open else door.shut}"
