"""What to be warned of before an answer is used: days that the policy or a text does not reach, and texts that were not known."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta

from limen.policy.rules import Policy, Rule, in_force
from limen.policy.standing import Known, Standing, as_known, simplified, undated, unsure_on
from limen.policy.words import Words

STALE = timedelta(days=92)
NO_ADVICE = "These are the rules as written here. It is no legal advice and no decision about a person."


@dataclass(frozen=True, slots=True)
class NotKnown:
    """A rule of which it is not known, from a day on, whether it stands; `what` says what of it is not known.

    `stands`: whether it is taken to stand on the day asked about.
    """

    rule: str
    since: str
    what: str
    stands: bool


def not_known(today: Standing, door: str, here: Known, answer: Callable[[Standing], object]) -> list[NotKnown]:
    """The rules of which it is not known whether they stand, and without which or with which a door would answer otherwise.

    `here` is what is known of the person, `answer` what is compared. Where none makes a difference by itself, and all together
    do, all are told.
    """
    unsure = _that_matter(today, door, here)
    if not unsure:
        return []
    now = answer(today)
    found = [rule for rule in unsure if answer(today.otherwise((rule,))) != now]
    if not found and answer(today.otherwise(unsure)) != now:
        found = unsure
    return [told(rule, rule in today.rules) for rule in found]


def _that_matter(today: Standing, door: str, here: Known) -> list[Rule]:
    """The unsure rules that may speak at a door, to somebody of whom it is asked."""
    unsure = [
        rule for rule in today.unsure
        if simplified(rule.when, here) and all(clause.needs for clause in simplified(rule.unless, here))
    ]  # fmt: skip
    if not unsure or not simplified(today.words.doors[door].asked, here):
        return []
    live = {rule.name for rule in Standing(today.words, today.either).given(here).about([door])}
    return [rule for rule in unsure if rule.name in live]


def told(rule: Rule, stands: bool) -> NotKnown:
    """An unsure rule, to be told."""
    assert rule.known is not None
    return NotKnown(rule.name, rule.known.day.isoformat(), rule.known.then, stands)


def all_not_known(policy: Policy, on: date | None, known_on: date | None) -> list[NotKnown]:
    """The rules of which it is not known, on a day or on some day, whether they stand."""
    rules = [rule for rule in as_known(policy, known_on) if rule.known and (on is None or unsure_on(rule, on))]
    return [told(rule, rule.end is None if on is None else in_force(rule, on)) for rule in rules]


def bearing_not_known(policy: Policy, on: date | None, known_on: date | None, doors: Collection[str]) -> list[NotKnown]:
    """Those of `all_not_known` on which the answers of some doors depend."""
    found = all_not_known(policy, on, known_on)
    if not found:
        return []
    rules = as_known(policy, known_on)
    if on is not None:
        rules = tuple(rule for rule in rules if in_force(rule, on) or unsure_on(rule, on))
    bearing = {rule.name for rule in Standing(policy.words, rules).about(doors)}
    return [one for one in found if one.rule in bearing]


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


def silent(words: Words, stated: Collection[str]) -> str:
    """What to be told where no door that is asked about has anything to say: what the words of the place mean."""
    facts = [words.facts[name] for name in (words.place.in_, words.place.at) if name is not None and name in stated]
    meant = " ".join(f"What {fact.name!r} means: {fact.says}" for fact in facts if fact.says)
    return f"No rule says anything of this. {meant}".strip()


def notes(policy: Policy, known_on: date | None) -> list[str]:
    """What to bear in mind of any answer about a person."""
    if known_on is None or not (without := undated(policy)):
        return [NO_ADVICE]
    names = ", ".join(source.id for source in without)
    return [NO_ADVICE, f"Taken as known on {known_on}, because no date of publication is stated: {names}."]
