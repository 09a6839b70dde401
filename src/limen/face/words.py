"""`limen words`: what can be said of a person, with the questions that find it out."""

from __future__ import annotations

import click
from rich.console import Console

from limen.face.common import clear_errors, load, to_terminal
from limen.face.words_and_colours import HEAD, QUIET, say
from limen.policy.words import Fact, Kind, Words


@click.command("words")
@click.argument("paths", metavar="POLICY...", nargs=-1, required=True)
def command(paths: tuple[str, ...]) -> None:
    """List the facts and findings that POLICY knows, with their values and the questions that find them out."""
    with clear_errors():
        words = load(paths).words
        to_terminal(lambda console: show_words(console, words))


def show_words(console: Console, words: Words) -> None:
    """Facts, findings, readings and doors."""
    facts = [fact for fact in words.facts.values() if not fact.finding]
    findings = [fact for fact in words.facts.values() if fact.finding]
    for title, group in (
        ("Facts", facts),
        ("Findings", findings),
        ("Readings (--under)", list(words.readings.values())),
    ):
        if group:
            say(console, (title, HEAD))
            for fact in group:
                _show(console, fact)
            console.print()
    say(console, ("Doors (--door)", HEAD))
    for door in words.doors.values():
        by = f", decided by {door.decided_by}" if door.decided_by else ""
        say(console, f"{door.name}: {door.open} or {door.shut}{by}", indent=2)


def _show(console: Console, fact: Fact) -> None:
    values = " | ".join(f"{value} ({fact.names[value]})" if value in fact.names else value for value in fact.values)
    if fact.kind is Kind.NUMBER:
        values = f"{fact.values[0]}..{fact.values[-1]}"
    elif fact.kind is Kind.SET:
        values = f"any of {values} | none"
    groups = f"; groups: {', '.join(fact.groups)}" if fact.groups else ""
    computed = f"; or state {fact.computed.given}" if fact.computed else ""
    say(console, (fact.name, HEAD), f" = {values}{groups}{computed}", indent=2)
    for text in filter(None, (fact.ask, fact.says if fact.kind is not Kind.READING else "")):
        say(console, (text, QUIET), indent=6)
