"""`limen ask --calendar` in the terminal: doors as bars over the days."""

from __future__ import annotations

from datetime import date

from rich.console import Console
from rich.text import Text

from limen.answers.calendar import Calendar, DoorCalendar, Stretch
from limen.face.show_reasons import show_not_known
from limen.face.words_and_colours import HEAD, KNOWN, QUIET, VERDICTS, say, verdict_of

BARS = {
    "must open": "█",
    "must shut": "░",
    "may": "▒",
    "gap": "·",
    "conflict": "!",
    "depends": "?",
    "does not arise": " ",
}
WIDEST_BAR = 73


def show_calendar(console: Console, calendar: Calendar) -> None:
    """A bar for each door, with the days on which its answer changes below."""
    start, end = date.fromisoformat(calendar.start), date.fromisoformat(calendar.end)
    say(console, (calendar.policy, HEAD))
    known_on = f", as known on {calendar.known_on}" if calendar.known_on else ""
    last = date.fromordinal(end.toordinal() - 1)
    say(console, f"{start} to {last}{known_on}. Known: {'; '.join(calendar.facts) or 'nothing'}.")
    for warning in calendar.warnings:
        say(console, (f"! {warning}", KNOWN))
    console.print()
    names = {id(row): row.door + (f", {row.place}" if row.place else "") for row in calendar.doors}
    label = max((len(name) for name in names.values()), default=0)
    columns = max(10, min((end - start).days, WIDEST_BAR, console.width - label - 2))
    for row in calendar.doors:
        text = Text(f"{names[id(row)]:<{label}}  ")
        text.append_text(_bar(row, start, end, columns))
        console.print(text)
    if columns > 2 * len(calendar.start):
        gap = " " * (columns - 2 * len(calendar.start))
        console.print(Text.assemble(" " * (label + 2), (calendar.start, QUIET), gap, (str(last), QUIET)))
    say(console, *_legend(calendar))
    if (end - start).days > columns:
        say(
            console,
            (f"One column stands for {(end - start).days / columns:.1f} days and shows the first of them.", QUIET),
        )
    if any(s.if_nothing_is_found != s.verdict for row in calendar.doors for s in row.stretches):
        say(
            console,
            ("The bars show what is so if nothing unusual is found; below stands what is so whatever is.", QUIET),
        )
    for row in calendar.doors:
        console.print()
        say(console, (names[id(row)], HEAD))
        before: list[str] = []
        marks: list[str] = []
        for stretch in row.stretches:
            until = date.fromordinal(date.fromisoformat(stretch.end).toordinal() - 1)
            unlike = stretch.then_answer != stretch.answer
            usual = f" (if nothing unusual is found: {stretch.then_answer})" if unlike else ""
            answer = verdict_of(stretch.verdict, stretch.answer)
            say(
                console,
                f"{stretch.start} to {until}  ",
                answer,
                usual,
                (f"   ({'; '.join(now)})" if (now := _marks(stretch)) != marks and now else "", KNOWN),
                (_changes(before, stretch.rules), QUIET),
                indent=2,
            )
            for rule in stretch.not_known:
                show_not_known(console, rule, 4)
            before, marks = stretch.rules, now
    console.print()
    for note in calendar.notes:
        say(console, (note, QUIET))


def _marks(stretch: Stretch) -> list[str]:
    """How far an answer can be relied on, where that is not wholly."""
    if stretch.verdict == "does not arise":
        return []
    found = ["not everything in the texts could be put into rules"] if stretch.untranslated else []
    return [*found, f"confidence {stretch.confidence}"] if stretch.rules and stretch.confidence != "high" else found


def _legend(calendar: Calendar) -> list[str | tuple[str, str]]:
    """What the signs in use mean, in the verbs of the doors."""
    parts: list[str | tuple[str, str]] = []
    for verdict, sign in BARS.items():
        rows = [row for row in calendar.doors if any(s.if_nothing_is_found == verdict for s in row.stretches)]
        if not rows or verdict == "does not arise":
            continue
        verbs = {"must open": [f"must {row.open}" for row in rows], "must shut": [f"must {row.shut}" for row in rows]}
        meant = " / ".join(dict.fromkeys(verbs.get(verdict, [verdict])))
        parts += [(sign, VERDICTS[verdict][1]), f" {meant}   "]
    return parts


def _changes(before: list[str], now: list[str]) -> str:
    """The rules that came and went; all of them at first."""
    came = [rule for rule in now if rule not in before]
    went = [rule for rule in before if rule not in now]
    parts = [f"{'with' if before else 'by'} {'; '.join(came)}"] if came else []
    return "   " + ", ".join([*parts, *([f"without {'; '.join(went)}"] if went else [])])


def _bar(row: DoorCalendar, start: date, end: date, columns: int) -> Text:
    """One sign a column; where an answer changes within a column, that of its first day."""
    days = (end - start).days
    text = Text()
    for column in range(columns):
        stretch = _at(row.stretches, date.fromordinal(start.toordinal() + column * days // columns))
        text.append(BARS[stretch.if_nothing_is_found], VERDICTS[stretch.if_nothing_is_found][1])
    return text


def _at(stretches: list[Stretch], day: date) -> Stretch:
    return next(stretch for stretch in stretches if stretch.start <= day.isoformat() < stretch.end)
