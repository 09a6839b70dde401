"""`limen ask` in the terminal."""

from __future__ import annotations

from rich.console import Console

from limen.answers.ask import Answers
from limen.answers.door import DoorAnswer, Possibility
from limen.face.show_reasons import MOST_WHEN, show_asked, show_not_known, show_reason
from limen.face.words_and_colours import HEAD, KNOWN, QUIET, alternatives, listed, say, verdict_of

MOST_QUESTIONS = 8
MOST_NAMED = 5


def show_answers(console: Console, answers: Answers, brief: bool, full: bool) -> None:
    """Each place with its doors, then what to ask and look at."""
    show_asked(console, answers)
    place: str | None = None
    for door in answers.doors:
        if door.place is not None and door.place != place and len({other.place for other in answers.doors}) > 1:
            place = door.place
            console.print()
            say(console, (f"In {place}", HEAD))
        if brief:
            _show_briefly(console, door)
        else:
            _show_door(console, door, full)
    if not brief:
        _show_questions(console, answers)
    console.print()
    for note in answers.notes:
        say(console, (note, QUIET))


def _show_briefly(console: Console, door: DoorAnswer) -> None:
    marks = "; ".join(_marks(door))
    shown = door.depends_on[:MOST_NAMED] if door.verdict == "depends" else []
    more = [f"{len(door.depends_on) - len(shown)} more"] if shown and len(door.depends_on) > len(shown) else []
    say(
        console,
        (f"{door.door}: ", HEAD),
        verdict_of(door.verdict, door.answer),
        f" — on {listed([*shown, *more])}" if shown else "",
        (f"  ({marks})" if marks else "", KNOWN),
    )
    if door.if_nothing_is_found:
        say(console, ("if nothing unusual is found", QUIET), indent=2)
        _show_options(console, door.if_nothing_is_found, 4, full=False)


def _show_door(console: Console, door: DoorAnswer, full: bool) -> None:
    console.print()
    by = f"   decided by {door.decided_by}" if door.decided_by else ""
    say(console, (f"{door.door}: ", HEAD), verdict_of(door.verdict, door.answer), (by, QUIET))
    if door.verdict == "does not arise":
        return
    if marks := _marks(door):
        say(console, ("; ".join(marks), KNOWN), indent=2)
    for rule in door.not_known:
        show_not_known(console, rule, 2)
    if len(door.possibilities) > 1:
        if door.if_nothing_is_found:
            say(console, ("if nothing unusual is found", HEAD), indent=2)
            _show_options(console, door.if_nothing_is_found, 4, full)
            say(console, ("in full", HEAD), indent=2)
        _show_options(console, door.possibilities, 4 if door.if_nothing_is_found else 2, full)
    if door.look_first:
        say(console, ("to be looked at first: ", KNOWN), listed(door.look_first), indent=2)
    for reading in door.by_reading:
        names = "; ".join(f"{question}: {answer}" for question, answer in reading.readings.items())
        say(console, ("if one reads ", KNOWN), names, " → ", listed(reading.answers, "or"), indent=2)
    for reason in door.reasons:
        show_reason(console, reason, 2, full)
    if not door.reasons and door.verdict == "gap":
        say(console, "no rule says anything about this", indent=2)
    if door.enough is not None and door.verdict != "gap":
        say(console, ("enough for this: ", QUIET), ", ".join(door.enough) or "nothing needs to be known", indent=2)
    for miss in door.near_misses:
        say(console, ("would be ", QUIET), miss.answer, (" with ", QUIET), ", ".join(miss.changes), indent=2)


def _show_options(console: Console, options: list[Possibility], indent: int, full: bool) -> None:
    for option in options:
        when = alternatives(option.when, None if full else MOST_WHEN)
        condition = f" — if {when}" if when != "everyone" else ""
        say(console, verdict_of(option.verdict, option.answer), condition, indent=indent)


def _marks(door: DoorAnswer) -> list[str]:
    marks = []
    if any(option.tension for option in door.possibilities):
        marks.append("tension: a lower rule says what a higher one excludes")
    if door.not_known:
        marks.append("it is not known whether a rule behind this stands on that day")
    if door.untranslated:
        marks.append("not everything in the texts could be put into rules")
    if door.reasons and door.confidence != "high":
        marks.append(f"confidence {door.confidence}")
    return marks


def _show_questions(console: Console, answers: Answers) -> None:
    if answers.ask_next:
        console.print()
        say(console, ("To ask next, in order of what it settles", HEAD))
        for question in answers.ask_next[:MOST_QUESTIONS]:
            asked = f" — {question.ask}" if question.ask else ""
            say(console, question.fact, asked, (f"  ({listed(question.doors)})", QUIET), indent=2)
        if len(answers.ask_next) > MOST_QUESTIONS:
            rest = ", ".join(question.fact for question in answers.ask_next[MOST_QUESTIONS:])
            say(console, (f"then {rest}", QUIET), indent=2)
    if answers.look_at:
        console.print()
        say(console, ("Known only after somebody has looked", HEAD))
        for look in answers.look_at:
            who = f", looked at by {look.looked_at_by}" if look.looked_at_by else ""
            duty = " — the rules demand the look" if look.duty else ""
            say(console, look.finding, who, duty, (f"  ({listed(look.doors)})", QUIET), indent=2)
