"""`limen ask --ways` in the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console

from limen.answers.lawful import Lawful, Reach
from limen.answers.ways import StepAnswer, Walked, WayAnswer, Ways
from limen.face.show_reasons import in_short, show_asked
from limen.face.words_and_colours import HEAD, KNOWN, QUIET, listed, say

SIGNS = {
    Reach.MUST: ("●", "green"),
    Reach.CAN: ("◐", "yellow"),
    Reach.DEPENDS: ("?", "cyan"),
    Reach.CANNOT: ("○", "red"),
}
MOST_WAYS = 6


def show_ways(console: Console, found: Ways, brief: bool, full: bool) -> None:
    """The ways by what they come to, those alike together; then what to bear in mind."""
    show_asked(console, found)
    _show(console, "To be let in", ((way, way.through) for way in found.ways), brief, full)
    _show(console, "To ask for protection", ((way, way.protection) for way in found.ways), brief, full)
    console.print()
    for note in found.notes:
        say(console, (note, QUIET))


def _show(
    console: Console, title: str, several: Iterable[tuple[WayAnswer, Walked | None]], brief: bool, full: bool
) -> None:
    alike: dict[tuple[object, ...], list[tuple[WayAnswer, Walked]]] = {}
    for way, walked in several:
        if walked is not None:
            doors = tuple((one.door, _said(one)) for one in walked.steps if not one.risk)
            key = walked.reach, walked.reach_if_nothing_is_found, doors, tuple(walked.risks)
            alike.setdefault(key, []).append((way, walked))
    if not alike:
        return
    console.print()
    say(console, (title, HEAD))
    for group in sorted(alike.values(), key=lambda group: list(SIGNS).index(group[0][1].reach)):
        _show_group(console, group, brief, full)


def _show_group(console: Console, group: list[tuple[WayAnswer, Walked]], brief: bool, full: bool) -> None:
    walked = group[0][1]
    names = [way.way for way, _ in group]
    some = names if full or len(names) <= MOST_WAYS else [*names[:MOST_WAYS], f"{len(names) - MOST_WAYS} more"]
    sign, style = SIGNS[walked.reach]
    states = listed(dict.fromkeys(way.state for way, _ in group))
    least, most = walked.takes
    days = f", {least}..{most} days" if most else ""
    untimed = f", time not known: {', '.join(walked.untimed)}" if walked.untimed and walked.steps else ""
    say(
        console,
        (f"{sign} {walked.reach}", style),
        f" — {', '.join(some)}",
        (f"  [{states}{days}{untimed}]", QUIET),
        indent=2,
    )
    if walked.reach_if_nothing_is_found is not walked.reach:
        say(console, (f"if nothing unusual is found: {walked.reach_if_nothing_is_found}", QUIET), indent=6)
    if not brief:
        for number, step in enumerate(walked.steps):
            if not step.risk and (full or step.lawful not in (Lawful.OPEN, Lawful.NOT_ASKED)):
                places = dict.fromkeys(other.steps[number].state for _, other in group)
                _show_step(console, step, list(places), full)
    for risk in walked.risks:
        say(console, ("risk: ", KNOWN), risk, indent=6)


def _show_step(console: Console, step: StepAnswer, states: list[str], full: bool) -> None:
    by = f" ({step.decided_by})" if step.decided_by else ""
    there = f" in {states[0]}" if len(states) == 1 else " in each"
    say(console, (f"{step.door}{there}", HEAD), (by, QUIET), f": {_said(step)}", indent=6)
    for reason in step.answer.reasons if step.answer and full else ():
        says = [said for said in reason.says if ": first " not in said]
        if says:
            say(console, (f"{reason.rule}: {'; '.join(says)} — {in_short(reason.texts)}", QUIET), indent=8)


def _said(step: StepAnswer) -> str:
    return step.answer.answer if step.answer else f"nobody with these facts stands there: {step.nobody}"
