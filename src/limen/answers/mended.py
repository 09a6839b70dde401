"""What is told of repairs: each change as a file would state it, that it is proved, and everybody whom it touches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from limen.answers.cases import check_cases
from limen.answers.claims import decided
from limen.answers.decide import decide
from limen.answers.edits import Edit, repaired, spelled
from limen.answers.example import DisagreementError
from limen.answers.prover import Prover
from limen.answers.question import Question
from limen.answers.reach import Reaching, Travel
from limen.answers.repair import Repairs
from limen.answers.spans import Timeline
from limen.answers.wording import careful, sentence
from limen.policy.meaning import Truth, any_of, either, meaning, no
from limen.policy.outcome import bits_of
from limen.policy.rules import Claim, Policy
from limen.policy.standing import Known, as_known, standing
from limen.text.faults import no_such

WHY_NONE = (
    "No carve-out and no order of precedence among the rules that are there makes it hold without breaking a right: "
    "a new rule would be needed."
)
NOT_OF_WAYS = (
    "Only claims about a door or a term are repaired. On a way a person's facts change, and several ways lead on: limen check "
    "names the doors that stop the nearest person. State what such a door must answer as a claim, and repair that one."
)
NOTE = "Repairs are about the rules as written here. They show what a change would do, not that it should be made."


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a rule: `text` is what to write under it, `says` what that comes to."""

    rule: str
    where: str
    rank: str
    says: str
    text: str


@dataclass(frozen=True, slots=True)
class Touched:
    """Of whom something changes at a door, on which days, and for the nearest of them what it was and is.

    `meant`: they are those for whom the claim is made, at the door of which it speaks; all others are touched besides.
    """

    door: str
    meant: bool
    days: list[str]
    nearest: str
    on: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Repair:
    """Changes that make a claim hold for everyone, proved; whom they touch; which claims and cases come out otherwise.

    No claim that states a right and holds now fails with them, and no new conflict arises.
    """

    changes: list[Change]
    touched: list[Touched]
    now_hold: list[str]
    now_fail: list[str]
    cases: list[str]


@dataclass(frozen=True, slots=True)
class Mended:
    """The smallest repairs of a claim. `holds`: there is nothing to repair. `why_none` says why none was found."""

    policy: str
    claim: str
    where: str
    holds: bool
    rights: int
    repairs: list[Repair]
    why_none: str
    notes: list[str]


def mend(
    policy: Policy, name: str, *, known: Known | None = None, travel: Travel | None = None, most: int = 3
) -> Mended:
    """The smallest repairs of a claim by its name. `known` restricts readings, `most` how many of one size are told.

    Raises ValueError for an unknown claim and for one about ways, TooHard where none was found within a stated number of tries.
    """
    if name in policy.reach:
        raise ValueError(f"{name!r} is about ways. {NOT_OF_WAYS}")
    if name not in policy.claims:
        raise ValueError(no_such("claim", name, policy.claims))
    claim, under = policy.claims[name], dict(known or {})
    timeline = Timeline(policy)
    prover = Prover(timeline)
    held = {other.name: _holds(other, prover, under) for other in policy.claims.values()}
    rights = [other for other in policy.claims.values() if other.right and held[other.name]]
    found = []
    if not held[name]:
        for edits in Repairs(policy, claim, under, timeline).found(most):
            repair = _told(policy, claim, edits, prover, held, under, travel)
            if repair is not None:
                found.append(repair)
    about = policy.title or policy.words.title
    why = "" if found or held[name] else WHY_NONE
    return Mended(about, name, str(claim.where), held[name], len(rights), found, why, [NOTE])


def _holds(claim: Claim, prover: Prover, known: Known) -> bool:
    questions = (Question(claim, asked, prover.timeline, known) for asked in claim.asked)
    return all(not decided(question, prover).refutations for question in questions)


def _told(
    policy: Policy, claim: Claim, edits: Sequence[Edit], prover: Prover, held: Mapping[str, bool], known: Known,
    travel: Travel | None,
) -> Repair | None:  # fmt: skip
    """A repair in words; None where it breaks a right to reach something. It is proved once more on the policy as changed."""
    changed = repaired(policy, edits)
    after = Prover(Timeline(changed))
    now = {other.name: _holds(other, after, known) for other in changed.claims.values()}
    broken = [other for other in policy.claims.values() if other.right and held[other.name] and not now[other.name]]
    if not now[claim.name] or broken:
        raise DisagreementError(f"A repair of {claim.name!r} does not hold for the policy as it was changed.")
    if travel is not None and _breaks_reach(policy, prover.timeline, after.timeline, known, travel):
        return None
    was, is_ = check_cases(policy, None, known), check_cases(changed, None, known)
    return Repair(
        [_change(policy, edit) for edit in edits],
        _touched(claim, prover, changed, known),
        [name for name in now if now[name] and not held[name] and name != claim.name],
        [name for name in now if held[name] and not now[name]],
        [one.case for one, other in zip(was, is_, strict=True) if one.holds and not other.holds],
    )


def _breaks_reach(policy: Policy, before: Timeline, after: Timeline, known: Known, travel: Travel) -> bool:
    rights = [claim for claim in policy.reach.values() if claim.right]
    if not rights:
        return False
    was, now = Reaching(before, travel), Reaching(after, travel)
    return any(
        now.refutations(claim, asked, known) and not was.refutations(claim, asked, known)
        for claim in rights for asked in claim.asked
    )  # fmt: skip


def _change(policy: Policy, edit: Edit) -> Change:
    rule = policy.rules[edit.rule]
    rank = policy.words.ranks[rule.rank].name
    if edit.withdraws:
        return Change(rule.name, str(rule.where), rank, "is withdrawn", "")
    if edit.despite:
        return Change(rule.name, str(rule.where), rank, f"prevails over {edit.despite!r}", f"despite: {edit.despite}")
    lines = []
    for clause in edit.unless:
        said = ", ".join(f"{name}: {value}" for name, value in spelled(policy.words, clause).items())
        lines.append(f"- {{{said}}}")
    return Change(rule.name, str(rule.where), rank, "no longer speaks of them", "\n".join(["unless:", *lines]))


def _touched(claim: Claim, before: Prover, changed: Policy, known: Known) -> list[Touched]:
    """Whoever is answered otherwise, by door; those whom the claim is about apart from all others."""
    words, circuit, timeline = before.words, before.circuit, before.timeline
    rules = [replace(rule, when=timeline.dated(rule.when, rule)) for rule in as_known(changed, None)]
    meant = meaning(rules, words, circuit.see, words.doors, words.terms)
    scope = before.holds(before.timeline.dated(claim.scope, claim)) & no(before.holds(claim.unless))
    asked = {one.door for one in claim.asked if hasattr(one, "door")}
    found = []
    for door in words.doors:
        was = dict(bits_of(before.meant.doors[door], words.findings))
        is_ = dict(bits_of(meant.doors[door], words.findings))
        differs: Truth = any_of(either(was.get(bit, False), is_.get(bit, False)) for bit in was.keys() | is_.keys())
        arises = before.holds(words.doors[door].asked)
        for aimed in (True, False):
            within = scope if door in asked else False
            truths = [differs, arises, within if aimed else no(within)]
            one = _nearest(before, truths, known)
            if one is not None:
                found.append(_told_of(door, aimed, one, before, changed, truths, known))
    return found


def _nearest(prover: Prover, truths: Sequence[Truth], known: Known) -> dict[int, int] | None:
    if any(truth is False for truth in truths):
        return None
    return prover.search.nearest(truths, prover.search.told_apart(truths, known))


def _told_of(
    door: str, meant: bool, person: dict[int, int], before: Prover, changed: Policy, truths: Sequence[Truth],
    known: Known,
) -> Touched:  # fmt: skip
    timeline, words = before.timeline, before.words
    place = person[timeline.day_axis]
    spans = timeline.spans([place])
    was = decide(timeline.on(timeline.epochs[place]), person, [door]).outcomes[door]
    now = decide(standing(changed, timeline.epochs[place].day), person, [door]).outcomes[door]
    if was == now:
        raise DisagreementError(f"A change at {door!r} is none for {sentence(words, person)} alone.")
    one, other = (careful(outcome, words.doors[door]) for outcome in (was, now))
    if one == other:
        one, other = _in_full(one, was.first, was.tension), _in_full(other, now.first, now.tension)
    days = timeline.spans(before.days([*truths, *before.within(known)])).worded
    return Touched(door, meant, days, sentence(words, person), spans.day.isoformat(), one, other)


def _in_full(answer: str, first: Sequence[str], tension: bool) -> str:
    """An answer with the duties to look and its tension, where nothing else changes."""
    looks = f", first {' and '.join(first)}" if first else ", nothing to look at first"
    return f"{answer}{looks}{', in tension' if tension else ''}"
