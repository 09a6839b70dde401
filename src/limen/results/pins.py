"""The days that pictures over time are marked with: what happened, and the rules after which most changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

import numpy as np

from limen.policy.rules import Force, Rule
from limen.policy.standing import Standing
from limen.policy.words import Words, looks_of
from limen.results.cells import ENTRIES
from limen.results.charts import Pin
from limen.results.counted import Counted, Pick
from limen.results.series import Told

MOST_PINS = 9
WEEK = timedelta(days=6)


def pins(told: Told, start: date, end: date, states: Sequence[str] = (), entries: Counted | None = None) -> list[Pin]:
    """The days on which something happened, then those of rules at a border that began or ended; a few of them.

    `states`: only rules that name one of them (none: all rules). Of many days those are kept after which the entries into the
    states that their rules name changed most from one week to the next; without `entries` those of most rules.
    """
    happened: dict[date, list[str]] = {}
    for event in told.events:
        happened.setdefault(event.start, []).append(event.name)
    ruled: dict[date, list[tuple[str, Rule]]] = {}
    for rule in _at_the_border(told, states):
        for day, says in ((rule.start, rule.name), (rule.end, f"end of {rule.name}")):
            if day is not None:
                ruled.setdefault(day, []).append((says, rule))
    words = told.policy.words

    def weight(day: date) -> float:
        if entries is None:
            return len(ruled[day])
        return _changed(entries, day, {state for _, rule in ruled[day] for state in named_states(rule, words)})

    events = [day for day in sorted(happened) if start < day <= end][:MOST_PINS]
    others = [day for day in ruled if start < day <= end and day not in happened]
    others = sorted(others, key=lambda day: (-weight(day), day))[: MOST_PINS - len(events)]
    labels = {day: [text for text, _ in rules] for day, rules in ruled.items()} | happened
    return [Pin(day, _label(labels[day])) for day in sorted((*events, *others))]


def _changed(entries: Counted, day: date, states: Collection[str]) -> float:
    """By how many entries the week from a day on differs from the one before: into these states, or in all where none is one."""
    picks = [Pick(ENTRIES, (state,)) for state in states]
    picks = [pick for pick in picks if pick in entries.values] or [Pick(ENTRIES)]
    return abs(
        sum(_level(entries, pick, day) - _level(entries, pick, day - WEEK - timedelta(days=1)) for pick in picks)
    )


def _level(entries: Counted, pick: Pick, start: date) -> float:
    """The mean entries a day of the week from a day on, as far as it is simulated."""
    first = max(entries.days[0], min(start, entries.days[-1]))
    last = max(first, min(start + WEEK, entries.days[-1]))
    found = entries.between(pick, first, last)
    return 0.0 if found is None or not len(found) else 7 * float(np.mean(found))


def _at_the_border(told: Told, states: Sequence[str]) -> list[Rule]:
    """The rules that decide, by themselves or by filling a term, who passes a door of some way; guidance and choice left out."""
    policy = told.policy
    doors = {step.door for way in told.world.ways.values() for step in way.steps}
    standing = Standing(policy.words, tuple(policy.rules[name] for name in policy.order))
    return [
        rule for rule in standing.about(doors & policy.words.doors.keys())
        if policy.words.ranks[rule.rank].binding
        and (rule.fills or any(one.door in doors and one.force is Force.MUST for one in rule.effects))
        and (not states or not named_states(rule, policy.words).isdisjoint(states))
    ]  # fmt: skip


def named_states(rule: Rule, words: Words) -> frozenset[str]:
    """The states that a rule names where it says to whom it applies; none for a rule of all states."""
    if words.place.in_ is None:
        return frozenset()
    axis = words.axes_of[words.place.in_][0]
    named = [look.places for look in looks_of(rule.when) if look.axis == axis.number]
    return frozenset(axis.fact.values[place] for places in named for place in places)


def _label(names: list[str]) -> str:
    more = len(names) - 1
    return names[0] if not more else f"{names[0]} and {more} more"
