"""Reasons in the terminal: the rule, what it says, its text, its dates, how far it can be relied on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from limen.answers.caution import NotKnown
from limen.answers.reasons import Reason, Text
from limen.face.words_and_colours import HEAD, KNOWN, QUIET, alternatives, say

if TYPE_CHECKING:
    from limen.answers.ask import Answers
    from limen.answers.ways import Ways

MOST_WHEN = 2
WEAK = ("low", "medium", "unstated")


def show_asked(console: Console, found: Answers | Ways) -> None:
    """What was asked: the policy, the day, what is known of the person; and what to be warned of."""
    say(console, (found.policy, HEAD))
    known_on = f", as known on {found.known_on}" if found.known_on else ""
    say(console, f"On {found.on}{known_on}. Known: {'; '.join(found.facts) or 'nothing'}.")
    for warning in found.warnings:
        say(console, (f"! {warning}", KNOWN))


def show_reason(console: Console, reason: Reason, indent: int, full: bool) -> None:
    """One rule in two lines or so."""
    says = "; ".join(reason.says)
    when = (
        "" if reason.certain or not reason.when else f" — if {alternatives(reason.when, None if full else MOST_WHEN)}"
    )
    say(console, (reason.rule, HEAD), f" — {says}" if says else "", (when, QUIET), indent=indent)
    texts = "; ".join(map(in_full, reason.texts)) if full else in_short(reason.texts)
    rank = reason.rank if reason.speaks_at == reason.rank else f"{reason.rank}, speaking as {reason.speaks_at}"
    days = f", {dates(reason.start, reason.end)}" if reason.start or reason.end else ""
    weak = [("; confidence ", QUIET), (reason.confidence, KNOWN)] if reason.confidence in WEAK else []
    place = f"  [{Path(reason.where).name}]"
    say(console, texts, (f" · {rank}{days}", QUIET), *weak, (place, QUIET), indent=indent + 4)
    if reason.prevails_over:
        say(console, (f"prevails over: {', '.join(reason.prevails_over)}", QUIET), indent=indent + 4)
    if reason.untranslated:
        say(console, ("not put into rules: ", KNOWN), reason.untranslated, indent=indent + 4)


def show_not_known(console: Console, rule: NotKnown, indent: int) -> None:
    """A rule of which it is not known whether it stands, and how it is taken here."""
    known, quiet = _not_known(rule)
    say(console, (known, KNOWN), (quiet, QUIET), indent=indent)


def not_known_in_words(rule: NotKnown) -> str:
    """The same as one sentence."""
    return "".join(_not_known(rule))


def _not_known(rule: NotKnown) -> tuple[str, str]:
    taken = "taken to stand" if rule.stands else "taken to have ended"
    return f"from {rule.since} it is not known {rule.what}", f" — {rule.rule}; {taken}"


def in_full(text: Text) -> str:
    """A text with its name, citation and locator."""
    name = f"{text.name} ({text.cite})" if text.name and text.name != text.cite else text.cite
    return f"{name} {text.locator}".strip()


def in_short(texts: Iterable[Text]) -> str:
    """Texts by name and locator, each name once."""
    locators: dict[str, list[str]] = {}
    for text in texts:
        locators.setdefault(text.name or text.cite, []).append(text.locator)
    return "; ".join(f"{name} {', '.join(filter(None, found))}".strip() for name, found in locators.items())


def dates(start: str | None, end: str | None) -> str:
    """From a day, until before another."""
    return " ".join(part for part in (f"from {start}" if start else "", f"until {end}" if end else "") if part)


def show_all_not_known(console: Console, several: Sequence[NotKnown]) -> None:
    """The rules of which it is not known whether they stand, at the end of all that is told."""
    if several:
        console.print()
        say(console, (f"Known until a day only ({len(several)})", HEAD), " — all else is said of the rules as written")
        for rule in several:
            show_not_known(console, rule, 2)
