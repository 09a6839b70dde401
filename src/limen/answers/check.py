"""Does it hold for everyone? Cases, claims, gaps, conflicts, tensions and dead rules of a policy, in every epoch."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from limen.answers.cases import CaseResult, check_cases
from limen.answers.caution import NotKnown, all_not_known, warnings
from limen.answers.caution import notes as caution
from limen.answers.claims import ClaimResult, check_claim
from limen.answers.clashes import Clash
from limen.answers.gaps import Gap
from limen.answers.prover import Prover
from limen.answers.reach import Reaching, Travel
from limen.answers.reached import ReachResult, check_reach
from limen.answers.rests import ReachSupports
from limen.answers.spans import Timeline
from limen.answers.support import Supports
from limen.answers.survey import DeadRule, survey
from limen.policy.rules import Policy
from limen.policy.standing import Known, was_known


@dataclass(frozen=True, slots=True)
class Report:
    """What `check` found. `fine`: every case and claim is as expected, and no rules are in conflict.

    `rules` are in force on some of the days that were looked at.
    `not_known`: the rules of which it is not known from some day on whether they stand; all else is said of the rules as written.
    """

    policy: str
    rules: int
    epochs: int
    known_on: str | None
    on: str | None
    fine: bool
    cases: list[CaseResult]
    claims: list[ClaimResult]
    reach: list[ReachResult]
    conflicts: list[Clash]
    tensions: list[Clash]
    gaps: list[Gap]
    dead: list[DeadRule]
    not_known: list[NotKnown]
    notes: list[str]
    files: dict[str, str] = field(default_factory=dict)


def check(
    policy: Policy, *, known_on: date | None = None, on: date | None = None, under: Known | None = None,
    travel: Travel | None = None,
) -> Report:  # fmt: skip
    """Checks a policy for everyone: in every epoch, or on one day; as known on a day; under all readings, or those left.

    `travel` are the ways that claims about what is reached need; without it they are left out. Cases keep their own days. Cases
    and claims whose law could not be known on `known_on` are left out.
    """
    known = dict(under or {})
    timeline = Timeline(policy, known_on, on)
    cases = check_cases(policy, known_on, known)
    in_part = on is not None or known_on is not None or bool(known)
    prover = Prover(timeline)
    supports = Supports(prover)
    stated = [claim for claim in policy.claims.values() if was_known(claim, policy, known_on)]
    claims = [check_claim(claim, supports, known, in_part) for claim in stated]
    about_ways = [claim for claim in policy.reach.values() if was_known(claim, policy, known_on)]
    on_ways = ReachSupports(Reaching(timeline, travel)) if travel is not None and about_ways else None
    reach = [check_reach(claim, on_ways, known, in_part) for claim in about_ways] if on_ways else []
    found = survey(prover, known)
    surprises = [*(one.surprise for one in cases), *(one.surprise for one in claims), *(one.surprise for one in reach)]
    fine = not any(surprises) and not found.conflicts
    notes = ["Claims are about the rules as written here."]
    if known_on is not None and (later := len(policy.cases) - len(cases)):
        notes.append(
            f"Left out, because their days lie after {known_on}, or because their texts were published later: {later} cases."
        )
    if unknown := len(policy.claims) - len(claims):
        notes.append(f"Left out, because their texts were published after {known_on}: {unknown} claims.")
    if about_ways and not on_ways:
        notes.append(
            f"Left out, because no ways were read: {len(about_ways)} claims about what is reached. Name the folder that holds "
            "the policy and `world/ways.yaml`."
        )
    if found.more_gaps:
        doors = ", ".join(found.more_gaps)
        notes.append(
            f"Of the gaps of these doors only those around the people nearest to the ordinary one are told: {doors}."
        )
    notes += caution(policy, known_on)[1:]
    if on is not None:
        notes += warnings(policy, on, on, known_on)
    return Report(
        policy.title or policy.words.title, len(timeline.standing.rules), len(timeline.epochs),
        known_on.isoformat() if known_on else None, on.isoformat() if on else None, fine, cases, claims, reach,
        found.conflicts, found.tensions, found.gaps, found.dead,
        all_not_known(policy, on, known_on), notes,
        {**policy.hashes, **(travel.hashes if travel and reach else {})},
    )  # fmt: skip
