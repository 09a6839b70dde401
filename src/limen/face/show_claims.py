"""What is shown alike of every claim in the terminal, whether about doors or about ways: how it came out, when and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod
from typing import TypeVar

from rich.console import Console

from limen.answers.claims import ClaimResult
from limen.answers.reached import ReachResult
from limen.answers.support import Support
from limen.face.common import counted
from limen.face.show_reasons import in_short
from limen.face.words_and_colours import BAD, GOOD, HEAD, KNOWN, QUIET, say

MOST_READINGS = 4

Result = TypeVar("Result", ClaimResult, ReachResult)


def show_claims(
    console: Console, head: str, claims: Sequence[Result], quiet: bool, show: Callable[[Result], None]
) -> None:
    """How many of some claims hold, and each of them as `show` shows it; with `quiet` those that surprise or say nothing."""
    if not claims:
        return
    proved = sum(claim.holds and not claim.vacuous for claim in claims)
    known = sum(not claim.holds and claim.expected_to_fail for claim in claims)
    console.print()
    known_text = f", {known} known to fail" if known else ""
    say(console, (f"{head}: ", HEAD), f"{proved} of {len(claims)} proved for everyone{known_text}")
    for claim in claims:
        if not quiet or claim.surprise or claim.vacuous:
            show(claim)


def show_outcome(console: Console, claim: ClaimResult | ReachResult, nobody: str, marks: str = "") -> None:
    """Whether a claim holds, in a line; `nobody` says of whom it would be, where that is nobody; `marks` follow."""
    if claim.vacuous:
        sign, said = ("? ", KNOWN), f"says nothing: {nobody}"
    elif claim.holds:
        surprise = ", although it was expected to fail" if claim.surprise else ""
        sign, said = ("✓ ", BAD if claim.surprise else GOOD), f"proved{surprise}"
    else:
        sign = ("✗ ", BAD if claim.surprise else KNOWN)
        said = "fails" if claim.surprise else "fails, as is known"
    law = f"  ({in_short(claim.law)})" if claim.law else ""
    say(console, sign, (claim.claim, HEAD if not claim.holds else ""), f" — {said}{marks}", (law, QUIET), indent=2)


def show_because(console: Console, claim: ClaimResult | ReachResult) -> None:
    """Why a claim is known to fail."""
    if claim.because and not claim.holds:
        say(console, ("because ", QUIET), claim.because, indent=6)


def show_readings(console: Console, readings: list[dict[str, str]]) -> None:
    """The ways to read the disputed texts, without the questions on which they all agree or that make no difference."""
    questions = list(dict.fromkeys(question for reading in readings for question in reading))
    values = {question: {reading.get(question, "") for reading in readings} for question in questions}
    if prod(map(len, values.values())) == len(readings) and not any("" in answers for answers in values.values()):
        parts = [f"{question}: {' or '.join(sorted(answers))}" for question, answers in values.items()]
        texts = ["; ".join(parts)] if parts else []
    else:
        texts = ["; ".join(f"{question}: {answer}" for question, answer in reading.items()) for reading in readings]
    for text in texts[:MOST_READINGS]:
        say(console, ("only if one reads ", KNOWN), text, indent=8)
    if len(texts) > MOST_READINGS:
        say(console, (f"and {len(texts) - MOST_READINGS} more ways to read", QUIET), indent=8)


def rests_on(support: Support | None) -> str:
    """The marks of what a proof rests on, in few words."""
    if support is None:
        return ""
    parts = [
        f", on rules of {support.confidence} confidence" if support.confidence else ", since no rule says otherwise"
    ]
    if support.untranslated:
        parts.append(f"; not put into rules: {'; '.join(one.words for one in support.untranslated)}")
    if also := len(support.also_untranslated):
        parts.append(f"; {counted(also, 'other text')} not wholly put into rules")
    return "".join(parts)


def show_support(console: Console, support: Support) -> None:
    """The rules that suffice, and what of the texts in play is in no rule."""
    if support.rules:
        say(console, ("rests on ", QUIET), "; ".join(support.rules), indent=6)
    for one in (*support.untranslated, *support.also_untranslated):
        say(console, ("not put into rules: ", KNOWN), f"{one.words} ({one.why})", (f"  [{one.rule}]", QUIET), indent=6)
