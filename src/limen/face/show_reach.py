"""Claims about what is reached, in the terminal."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from limen.answers.reached import ReachFailure, ReachResult, Stop
from limen.face.show_claims import rests_on, show_because, show_claims, show_outcome, show_readings, show_support
from limen.face.show_reasons import in_short
from limen.face.words_and_colours import HEAD, QUIET, listed, say

MOST_STOPS = 6
MOST_WAYS = 4


def show_reach(console: Console, claims: list[ReachResult], quiet: bool, verbose: bool) -> None:
    """Which claims about ways are proved; of those that fail, who is stopped at which doors."""
    show_claims(console, "Claims about ways", claims, quiet, lambda claim: _show_claim(console, claim, verbose))


def _show_claim(console: Console, claim: ReachResult, verbose: bool) -> None:
    show_outcome(console, claim, "nobody possible is in its scope", rests_on(claim.support))
    if verbose:
        say(console, (f"ways: {_some(claim.ways, verbose)}  [{Path(claim.where).name}]", QUIET), indent=6)
    if verbose and claim.support is not None:
        show_support(console, claim.support)
    show_because(console, claim)
    for failure in claim.failures:
        _show_failure(console, failure, verbose)


def _show_failure(console: Console, failure: ReachFailure, verbose: bool) -> None:
    say(console, f"{failure.asks} fails {listed(failure.days)}; the nearest:", indent=6)
    show_readings(console, failure.readings)
    person = failure.person
    say(console, person.sentence, f", {person.on}", indent=8)
    if not person.stops:
        say(console, "no way leads there", indent=10)
    shown = person.stops if verbose else person.stops[:MOST_STOPS]
    for stop in shown:
        show_stop(console, stop, verbose)
    if len(shown) < len(person.stops):
        say(console, (f"and {len(person.stops) - len(shown)} more doors", QUIET), indent=10)


def show_stop(console: Console, stop: Stop, verbose: bool) -> None:
    """A door that stops somebody, on which ways, and why."""
    say(
        console,
        (f"{stop.door} in {stop.in_state}: ", HEAD),
        stop.answer,
        (f"  [{_some(stop.ways, verbose)}]", QUIET),
        indent=10,
    )
    for reason in stop.reasons if verbose else ():
        says = [said for said in reason.says if ": first " not in said]
        if says:
            say(console, (f"{reason.rule}: {'; '.join(says)} — {in_short(reason.texts)}", QUIET), indent=12)


def _some(names: list[str], verbose: bool) -> str:
    if verbose or len(names) <= MOST_WAYS:
        return ", ".join(names)
    return f"{', '.join(names[:MOST_WAYS])} and {len(names) - MOST_WAYS} more"
