"""Claims about what is reached, in the terminal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from limen.answers.reached import ReachFailure, ReachResult, Stop
from limen.face.show_reasons import in_short
from limen.face.words_and_colours import BAD, GOOD, HEAD, KNOWN, QUIET, listed, say

MOST_STOPS = 6
MOST_WAYS = 4


def show_reach(
    console: Console, claims: list[ReachResult], quiet: bool, verbose: bool,
    show_readings: Callable[[Console, list[dict[str, str]]], None],
) -> None:  # fmt: skip
    """Which claims about ways are proved; of those that fail, who is stopped at which doors."""
    if not claims:
        return
    proved = sum(claim.holds and not claim.vacuous for claim in claims)
    known = sum(not claim.holds and claim.expected_to_fail for claim in claims)
    console.print()
    known_text = f", {known} known to fail" if known else ""
    say(console, ("Claims about ways: ", HEAD), f"{proved} of {len(claims)} proved for everyone{known_text}")
    for claim in claims:
        if not quiet or claim.surprise or claim.vacuous:
            _show_claim(console, claim, verbose, show_readings)


def _show_claim(
    console: Console, claim: ReachResult, verbose: bool, show_readings: Callable[[Console, list[dict[str, str]]], None]
) -> None:
    if claim.vacuous:
        sign, said = ("? ", KNOWN), "says nothing: nobody possible is in its scope"
    elif claim.holds:
        surprise = ", although it was expected to fail" if claim.surprise else ""
        sign, said = ("✓ ", BAD if claim.surprise else GOOD), f"proved{surprise}"
    else:
        sign = ("✗ ", BAD if claim.surprise else KNOWN)
        said = "fails" if claim.surprise else "fails, as is known"
    law = f"  ({in_short(claim.law)})" if claim.law else ""
    say(console, sign, (claim.claim, HEAD if not claim.holds else ""), f" — {said}", (law, QUIET), indent=2)
    if verbose:
        say(console, (f"ways: {_some(claim.ways, verbose)}  [{Path(claim.where).name}]", QUIET), indent=6)
    if claim.because and not claim.holds:
        say(console, ("because ", QUIET), claim.because, indent=6)
    for failure in claim.failures:
        _show_failure(console, failure, verbose, show_readings)


def _show_failure(
    console: Console, failure: ReachFailure, verbose: bool,
    show_readings: Callable[[Console, list[dict[str, str]]], None],
) -> None:  # fmt: skip
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
