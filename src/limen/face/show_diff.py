"""`limen diff` in the terminal, and what it shares with the comment of a review."""

from __future__ import annotations

from rich.console import Console

from limen.answers.caution import NotKnown
from limen.answers.diff import Change, Compared, Diff
from limen.answers.treated import Ruling
from limen.face.common import counted
from limen.face.show_audit import Groups, reading_of, show_marks, states
from limen.face.show_reasons import dates, in_full, in_short, show_all_not_known
from limen.face.words_and_colours import HEAD, KNOWN, QUIET, listed, say

MOST_CHANGES = 6


def show_diff(console: Console, found: Diff, practised: str | None, groups: Groups, verbose: bool) -> None:
    """The changes by door, then the doors at which nothing changes."""
    say(console, (found.before.policy, HEAD))
    say(console, f"{compared(found, practised)}: {count_of(found)}.")
    for door in dict.fromkeys(change.door for change in found.changes):
        changes = [change for change in found.changes if change.door == door]
        by = f"  decided by {changes[0].decided_by}" if changes[0].decided_by else ""
        console.print()
        say(console, (door, HEAD), (by, QUIET))
        for change in changes if verbose else changes[:MOST_CHANGES]:
            _show_change(console, change, groups, verbose)
        if not verbose and (more := len(changes) - MOST_CHANGES) > 0:
            say(console, (f"and {counted(more, 'change')} more (-v shows all)", QUIET), indent=2)
    console.print()
    if found.changes and found.same:
        say(console, f"Nothing changes at {listed(found.same)}.")
    show_all_not_known(console, all_not_known(found))
    for note in found.notes:
        say(console, (note, QUIET))


def all_not_known(found: Diff) -> list[NotKnown]:
    """The rules of either side of which it is not known whether they stand, each once."""
    return list(dict.fromkeys([*found.before.not_known, *found.after.not_known]))


def compared(found: Diff, practised: str | None) -> str:
    """What is compared with what."""
    known_on = f", as known on {found.known_on}" if found.known_on else ""
    if practised is not None:
        return f"The law, and what is done where “{practised}” is followed whatever higher law says{_day(found.before)}{known_on}"
    if found.before.on != found.after.on:
        return f"{found.before.on} → {found.after.on}{known_on}"
    rules = f"{counted(found.before.rules, 'rule')} → {counted(found.after.rules, 'rule')}"
    return f"{found.before.policy} → {found.after.policy} ({rules}){_day(found.before)}{known_on}"


def _day(side: Compared) -> str:
    return f", on {side.on}" if side.on else ", on every day"


def count_of(found: Diff) -> str:
    """How many changes there are, and at how many doors."""
    if not found.changes:
        return "nobody is treated differently"
    doors = len({change.door for change in found.changes})
    return f"{counted(len(found.changes), 'change')} at {counted(doors, 'door')}"


def how_many(change: Change) -> str:
    """Kinds of people and people."""
    kinds = "kinds of people not counted" if change.kinds is None else f"{counted(change.kinds, 'kind')} of people"
    if change.people is None:
        return kinds
    return f"{kinds}; {counted(change.people, 'person', 'people')} of the scenario, if they stood where this one stands"


def texts_of(rule: Ruling, full: bool) -> str:
    """What a rule cites, its rank, days and confidence."""
    texts = "; ".join(map(in_full, rule.texts)) if full else in_short(rule.texts)
    days = f", {dates(rule.start, rule.end)}" if rule.start or rule.end else ""
    return f"{texts}, {rule.rank}{days}; confidence {rule.confidence}"


def _show_change(console: Console, change: Change, groups: Groups, full: bool) -> None:
    where = f"in {states(change.states, groups)}" if change.states else ""
    at = "; ".join(filter(None, (where, listed(change.days))))
    say(console, (change.before.answer, HEAD), " → ", (change.after.answer, HEAD), f", {at}" if at else "", indent=2)
    say(console, ("nearest: ", QUIET), change.before.sentence, (f"  ({how_many(change)})", QUIET), indent=6)
    for rule in change.rules:
        says = "; ".join(rule.says)
        say(
            console,
            ("through ", QUIET),
            rule.rule,
            f" ({rule.how}) — {says}",
            (f" — {texts_of(rule, full)}", QUIET),
            indent=6,
        )
    if told := reading_of(change.before, change.after):
        say(console, ("if one reads ", KNOWN), told, indent=6)
    show_marks(console, change.rules, (change.before, change.after), 6)
