"""What to be warned of before an answer is used: days that the policy does not reach, and texts that could not be known."""

from __future__ import annotations

from datetime import date, timedelta

from limen.policy.rules import Policy, in_force
from limen.policy.standing import as_known, undated

STALE = timedelta(days=92)
NO_ADVICE = "These are the rules as written here. It is no legal advice and no decision about a person."


def warnings(policy: Policy, first: date, last: date, known_on: date | None = None) -> list[str]:
    """Warnings about answers for the days from the first to the last."""
    found = []
    rules = as_known(policy, known_on)
    if left_out := len(policy.rules) - len(rules):
        found.append(
            f"{left_out} of {len(policy.rules)} rules are left out, since their texts were published after {known_on}."
        )
    dates = [source.published for source in policy.sources.values()]
    dates += [rule.start for rule in policy.rules.values()]  # an end that a text names in advance is no newer text
    newest = max((day for day in dates if day is not None), default=None)
    if newest is not None and last - newest > STALE:
        found.append(
            f"The newest text or rule in this policy is of {newest}. What changed after it is not in these rules."
        )
    later = sum(
        1
        for rule in rules
        if rule.start is None and in_force(rule, first) and (day := rule.cited[0].source.published) and day > first
    )
    if later:
        found.append(
            f"{later} rules name no first day and come from texts published after {first}; they may not have applied."
        )
    return found


def notes(policy: Policy, known_on: date | None) -> list[str]:
    """What to bear in mind of any answer about a person."""
    if known_on is None or not (without := undated(policy)):
        return [NO_ADVICE]
    names = ", ".join(source.id for source in without)
    return [NO_ADVICE, f"Taken as known on {known_on}, because no date of publication is stated: {names}."]
