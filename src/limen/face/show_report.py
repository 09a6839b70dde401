"""`limen check` in the terminal."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from limen.answers.cases import CaseResult
from limen.answers.check import Report
from limen.answers.claims import ClaimResult, Failure
from limen.answers.clashes import Clash
from limen.answers.example import Example
from limen.answers.gaps import Gap
from limen.face.common import counted
from limen.face.show_claims import rests_on, show_because, show_claims, show_outcome, show_readings, show_support
from limen.face.show_reach import show_reach
from limen.face.show_reasons import dates, in_short, show_all_not_known
from limen.face.words_and_colours import BAD, GOOD, HEAD, KNOWN, QUIET, alternatives, copied, listed, say


def show_report(console: Console, report: Report, quiet: bool, verbose: bool) -> None:
    """Cases, claims, conflicts, tensions, gaps and dead rules; the verdict last."""
    known_on = f", as known on {report.known_on}" if report.known_on else ""
    days = f"in force on {report.on}" if report.on else f"in {counted(report.epochs, 'epoch')}"
    say(console, (report.policy, HEAD))
    say(console, f"{counted(report.rules, 'rule')} {days}{known_on}.")
    _show_cases(console, report, quiet, verbose)
    show_claims(console, "Claims", report.claims, quiet, lambda claim: _show_claim(console, claim, verbose))
    show_reach(console, report.reach, quiet, verbose)
    for title, clashes in (("Conflicts", report.conflicts), ("Tensions", report.tensions)):
        if clashes and not (quiet and title == "Tensions"):
            console.print()
            say(console, (f"{title} ({len(clashes)})", HEAD))
            for clash in clashes:
                _show_clash(console, clash, verbose or title == "Conflicts")
    if not quiet:
        _show_silence(console, report, verbose)
    console.print()
    for note in report.notes:
        say(console, (note, QUIET))
    say(console, _verdict(report))


def _verdict(report: Report) -> tuple[str, str]:
    asked = bool(report.claims or report.reach or report.cases)
    if not (report.rules or asked):
        return "? Nothing can be checked: there are no rules, claims or cases.", KNOWN
    if report.fine and not asked:
        return "✓ No conflicts. There are no claims or cases to check.", GOOD
    if report.fine:
        return "✓ Everything is as expected.", GOOD
    parts = []
    if wrong := sum(case.surprise for case in report.cases):
        parts.append(counted(wrong, "case"))
    if surprises := sum([*(claim.surprise for claim in report.claims), *(claim.surprise for claim in report.reach)]):
        parts.append(counted(surprises, "claim"))
    if report.conflicts:
        parts.append(counted(len(report.conflicts), "conflict"))
    return f"✗ Not as expected: {listed(parts)}.", BAD


def _show_cases(console: Console, report: Report, quiet: bool, verbose: bool) -> None:
    if not report.cases:
        return
    met = sum(case.holds for case in report.cases)
    known = sum(case.expected_to_fail and not case.holds for case in report.cases)
    known_text = f", {known} known to disagree" if known else ""
    console.print()
    say(console, ("Cases: ", HEAD), f"{met} of {len(report.cases)} as expected{known_text}")
    for case in report.cases:
        if case.surprise or (not quiet and (verbose or not case.holds)):
            _show_case(console, case)


def _show_case(console: Console, case: CaseResult) -> None:
    sign = ("✓ " if case.holds else "✗ ", BAD if case.surprise else GOOD if case.holds else KNOWN)
    surprise = ", although it was known to disagree" if case.surprise and case.holds else ""
    say(console, sign, case.case, f", {case.on}{surprise}", (f"  [{Path(case.where).name}]", QUIET), indent=2)
    if case.because and not case.holds:
        say(console, ("because ", QUIET), case.because, indent=6)
    for miss in case.misses:
        say(console, f"expected {miss.expected}; the rules say {miss.got}", indent=6)
        show_readings(console, miss.readings)
        for reason in miss.reasons:
            say(console, (f"{reason.rule}: {'; '.join(reason.says)} — {in_short(reason.texts)}", QUIET), indent=8)


def _show_claim(console: Console, claim: ClaimResult, verbose: bool) -> None:
    days = f", {days}" if (days := dates(claim.start, claim.end)) else ""
    show_outcome(console, claim, "nobody possible is in its scope and asked", f"{days}{rests_on(claim.support)}")
    if verbose and not claim.vacuous:
        kinds = (
            "kinds of people not counted"
            if claim.kinds is None
            else f"{counted(claim.kinds, 'kind')} of people told apart"
        )
        say(console, (f"{kinds}  [{Path(claim.where).name}]", QUIET), indent=6)
    if verbose and claim.support is not None:
        show_support(console, claim.support)
    show_because(console, claim)
    for failure in claim.failures:
        _show_failure(console, failure, verbose or claim.surprise)


def _show_failure(console: Console, failure: Failure, ready: bool) -> None:
    kinds = "" if failure.kinds is None else f" for {counted(failure.kinds, 'kind')} of people"
    say(console, f"{failure.asks} fails {listed(failure.days)}{kinds}; the nearest:", indent=6)
    show_readings(console, failure.readings)
    _show_example(console, failure.example, ready)
    if failure.twin is not None:
        _show_example(console, failure.twin, ready=False, head="but ")


def _show_example(console: Console, example: Example, ready: bool, head: str = "") -> None:
    answers = "; ".join(f"{door}: {answer}" for door, answer in example.answers.items())
    say(console, head, example.sentence, f", {example.on} — ", (answers, HEAD), indent=8)
    for reason in example.reasons:
        says = [said for said in reason.says if ready or ": first " not in said]
        if says:
            days = f", {dates(reason.start, reason.end)}" if reason.start or reason.end else ""
            say(console, (f"{reason.rule}: {'; '.join(says)} — {in_short(reason.texts)}{days}", QUIET), indent=10)
    if ready:
        console.print()
        copied(console, example.case, indent=10)
        console.print()


def _show_clash(console: Console, clash: Clash, verbose: bool) -> None:
    one, other = clash.rules
    if clash.overruled:
        say(console, f"{clash.about}: ", (clash.overruled, HEAD), " says what a higher rank excludes by ",
            (one if clash.overruled == other else other, HEAD), f", {listed(clash.days)}", indent=2)  # fmt: skip
    else:
        say(console, f"{clash.about}: ", (one, HEAD), " against ", (other, HEAD), f", {listed(clash.days)}", indent=2)
    if verbose:
        _show_example(console, clash.example, ready=not clash.overruled)
    else:
        say(console, ("for example ", QUIET), clash.example.sentence, indent=6)


def _show_silence(console: Console, report: Report, verbose: bool) -> None:
    if report.gaps:
        console.print()
        say(
            console,
            (f"Gaps ({len(report.gaps)})", HEAD),
            " — nobody has said anything, which is neither a yes nor a no",
        )
        for gap in report.gaps:
            _show_gap(console, gap, verbose)
    if report.dead:
        console.print()
        say(console, (f"Rules that never speak ({len(report.dead)})", HEAD))
        for dead in report.dead:
            say(console, dead.rule, f" — {dead.why}", (f"  [{Path(dead.where).name}]", QUIET), indent=2)
    show_all_not_known(console, report.not_known)


def _show_gap(console: Console, gap: Gap, verbose: bool) -> None:
    counts = gap.kinds is not None and gap.of_kinds is not None
    share = f"  ({gap.kinds} of {counted(gap.of_kinds or 0, 'kind')} of people)" if counts else ""
    say(console, (gap.door, HEAD), f", {listed(gap.days)}: {alternatives(gap.when)}", (share, QUIET), indent=2)
    if verbose:
        say(console, ("for example ", QUIET), gap.example.sentence, indent=6)
