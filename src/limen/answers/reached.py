"""What is told of claims about reach: whether they hold, the nearest person for whom not, and the doors that stop that person."""

from __future__ import annotations

from dataclasses import dataclass

from limen.answers.alone import Alone, StoppedAt
from limen.answers.example import DisagreementError
from limen.answers.question import Refutation
from limen.answers.reach import NOBODY, Reaching
from limen.answers.reasons import Reason, Text, texts_of
from limen.answers.rests import ReachSupports
from limen.answers.support import Support
from limen.answers.wording import person_facts, readings_of, sentence
from limen.policy.meaning import on_facts
from limen.policy.rules import AskedReach, ReachClaim
from limen.policy.standing import Known, Standing


@dataclass(frozen=True, slots=True)
class Stop:
    """A door at which somebody is stopped, or can be, on some ways into a state."""

    door: str
    in_state: str
    decided_by: str
    answer: str
    ways: list[str]
    reasons: list[Reason]


@dataclass(frozen=True, slots=True)
class Stopped:
    """A person on a day, before setting out, with the doors that stop them. `issuer` issued the papers (empty: nobody)."""

    sentence: str
    on: str
    facts: dict[str, str | list[str]]
    issuer: str
    readings: dict[str, str]
    stops: list[Stop]


@dataclass(frozen=True, slots=True)
class ReachFailure:
    """Where a claim about reach fails: the days on which it fails under the same readings for the same nearest person."""

    asks: str
    days: list[str]
    readings: list[dict[str, str]]
    person: Stopped


@dataclass(frozen=True, slots=True)
class ReachResult:
    """Whether everyone in the scope of a claim reaches what it says, on every day and under every reading in question.

    `surprise`, `vacuous` and `support` are those of `limen.answers.claims.ClaimResult`; `ways` are those that lead there.
    """

    claim: str
    where: str
    law: list[Text]
    right: bool
    holds: bool
    expected_to_fail: bool
    because: str
    surprise: bool
    vacuous: bool
    ways: list[str]
    failures: list[ReachFailure]
    support: Support | None = None


def check_reach(claim: ReachClaim, supports: ReachSupports, known: Known, in_part: bool = False) -> ReachResult:
    """Checks a claim about reach in every epoch in which it is in force. `in_part` is that of `check_claim`.

    Several claims may share the `supports`.
    """
    reaching = supports.reaching
    failures = [
        _failure(claim, asked, reaching, found)
        for asked in claim.asked
        for found in reaching.refutations(claim, asked, known)
    ]
    holds, vacuous = not failures, not reaching.search.possible(reaching.scope(claim, known))
    surprise = (vacuous or claim.expected_to_fail) and not in_part if holds else not claim.expected_to_fail
    ways = [way.name for asked in claim.asked for way, _ in reaching.travel.to(asked.door, claim.irregular)]
    return ReachResult(
        claim.name, str(claim.where), texts_of(claim.law), claim.right, holds, claim.expected_to_fail, claim.because,
        surprise, vacuous, list(dict.fromkeys(ways)), failures,
        supports.of(claim, known) if holds and not vacuous else None,
    )  # fmt: skip


def asks_in_words(asked: AskedReach) -> str:
    """What a claim asks, as in `must reach: asylum procedure`."""
    return f"{'must' if asked.must else 'can'} reach: {asked.door}"


def _failure(claim: ReachClaim, asked: AskedReach, reaching: Reaching, found: Refutation) -> ReachFailure:
    """A refutation in words. Who refutes walks every way alone before being shown."""
    timeline = reaching.timeline
    spans = timeline.spans(found.days)
    today = Standing(timeline.words, timeline.on(spans.epochs[-1]).rules)
    words = today.words
    issuer = reaching.states[found.person[reaching.issuer]]
    issuer = "" if issuer == NOBODY else issuer
    person = {axis: place for axis, place in found.person.items() if axis < timeline.day_axis}
    known = {axis: frozenset((place,)) for axis, place in found.person.items() if axis != reaching.issuer}
    alone = Alone(words, today, known, reaching.travel.home, issuer)
    stops: dict[tuple[str, str, str], Stop] = {}
    for way, steps in reaching.travel.to(asked.door, claim.irregular):
        row = list(alone.before(steps))
        if not on_facts(claim.ends, alone.at_end(row)):
            continue
        at = alone.stopped(row, asked.must)
        if at is None:
            said = sentence(words, person)
            raise DisagreementError(f"The claim {claim.name!r} is refuted for everyone, but not for {said} alone.")
        key = at.step.door, at.state, at.answer or str(alone.answer(at.step.door, at.changed))
        if key not in stops:
            stops[key] = _stop(at, alone)
        stops[key].ways.append(way.name)
    keep = [name for clause in claim.scope[:1] for name, _ in clause.stated if name in words.facts]
    said = sentence(words, person, keep) + (f" and papers of {issuer}" if issuer else "")
    stopped = Stopped(
        said,
        spans.day.isoformat(),
        person_facts(words, person),
        issuer,
        readings_of(words, person),
        list(stops.values()),
    )
    return ReachFailure(asks_in_words(asked), spans.worded, found.readings, stopped)


def _stop(at: StoppedAt, alone: Alone) -> Stop:
    found, door = alone.answer(at.step.door, at.changed), alone.words.doors[at.step.door]
    answer, reasons = (found, []) if isinstance(found, str) else (found.answer, found.reasons)
    return Stop(door.name, at.state, door.decided_by, answer, [], list(reasons))
