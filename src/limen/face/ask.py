"""`limen ask`: which doors are open to one person on a day, and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from limen.answers.ask import ask, places_of
from limen.answers.door import ImpossiblePerson
from limen.face.common import (
    USAGE,
    Day,
    Failed,
    clear_errors,
    doors_named,
    either,
    emit,
    load,
    once,
    policy_argument,
    readings,
    shared_options,
)
from limen.face.person import person_from, person_options
from limen.policy.people import Person
from limen.policy.words import Kind, Words
from limen.text.forms import not_a_day, parse_date

MOST_PLACES = 8
"""So many places are answered at once where no door is named."""

EXAMPLE = 'Example: limen ask finland-estonia-2022 state=FI nationality=RU "where=land border" --on 2022-09-30'


class Period(click.ParamType):  # type: ignore[type-arg]
    """A period such as 2022-09-01..2022-10-15, both days included."""

    name = "period"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[date, date]:
        """Reads the period, or ends with a usage error."""
        if isinstance(value, tuple):
            return value
        first, found, last = str(value).partition("..")
        start, end = parse_date(first), parse_date(last)
        if start is not None and end is not None and end < start:
            self.fail(f"{value!r} ends before it begins.", param, ctx)
        if end == date.max:
            self.fail(f"{value!r} ends at the end of time; choose an earlier day.", param, ctx)
        for one in (first, last):
            if parse_date(one) is None and "out of range" in (why := not_a_day(one)):
                self.fail(why, param, ctx)
        if not found or start is None or end is None:
            self.fail(f"{value!r} is not a period; write it as 2022-09-01..2022-10-15.", param, ctx)
        return start, end


def _place_named(words: Words, person: Person) -> None:
    """Sees to it that not every door of a great many places is answered at once, which nobody could read."""
    fact = words.facts.get(words.place.in_ or "")
    if fact is None or fact.kind is not Kind.ONE:
        return
    left = [str(place) for place, _ in places_of(words, person.known)]
    if len(left) > MOST_PLACES:
        raise click.UsageError(
            f"{len(left)} places are left open: {', '.join(left)}. Name one or a few ({fact.name}={left[0]}), or a door "
            f"(--door {next(iter(words.doors))!r})."
        )


@click.command("ask", epilog=EXAMPLE)
@policy_argument
@person_options
@click.option(
    "--on", "on", type=Day(), multiple=True, callback=once, metavar="DAY", help="The day that is asked about."
)
@click.option(
    "--calendar", "period", type=Period(), multiple=True, callback=once, metavar="DAY..DAY",
    help="The doors by day over a period, as bars.",
)  # fmt: skip
@click.option("--door", "doors", multiple=True, metavar="DOOR", help="Only this door. May be repeated.")
@click.option("--ways", "by_way", is_flag=True, help="The lawful ways out of the state that is left, door by door.")
@click.option("--issuer", metavar="STATE", default="", help="With --ways: the state that issued the person's papers.")
@click.option("--brief", is_flag=True, help="Answers without reasons, near misses and questions.")
@click.option("-v", "--verbose", is_flag=True, help="Full citations, and every alternative.")
@shared_options
def command(
    policy: str, facts: tuple[str, ...], file: str | None, on: date | None, period: tuple[date, date] | None,
    doors: tuple[str, ...], by_way: bool, issuer: str, brief: bool, verbose: bool, known_on: date | None, under: tuple[str,
    ...], as_json: bool, output: Path | None, ) -> None:  # fmt: skip
    """Ask which doors POLICY leaves open to a person, and why.

    Facts that are left out stay unknown: the answer covers all their values and says what to ask next. Several things held, or
    several possible values, are written with commas (document=passport,visa). A question mark leaves open whether a thing is
    held (document=passport,visa?). Nothing that you state is kept.
    """
    either(brief, "--brief", verbose, "--verbose")
    if (on is None) == (period is None):
        raise click.UsageError("Say which day you ask about: either --on DAY, or --calendar DAY..DAY.")
    if by_way and period is not None:
        raise click.UsageError("The ways are those of one day: leave --calendar out, and name it with --on DAY.")
    if issuer and not by_way:
        raise click.UsageError("--issuer belongs to --ways.")
    with clear_errors():
        read = load([policy])
        person = person_from(read.words, facts, file)
        left = readings(read.words, under)
        chosen = doors_named(read.words, doors)
        try:
            if by_way:
                from limen.face.ask_ways import travel_named, ways_of_person
                from limen.face.show_ways import show_ways

                assert on is not None
                travel = travel_named(read, policy)
                several = ways_of_person(read, travel, person, on, issuer, chosen, known_on, left)
                emit(several, "ways", as_json, output, lambda console: show_ways(console, several, brief, verbose))
                return
            if chosen is None:
                _place_named(read.words, person)
            if period is not None:
                from datetime import timedelta

                from limen.answers.calendar import calendar
                from limen.face.show_calendar import show_calendar

                start, last = period
                found = calendar(
                    read, person, start, last + timedelta(days=1), known_on=known_on, under=left, doors=chosen
                )
                emit(found, "calendar", as_json, output, lambda console: show_calendar(console, found))
                return
            assert on is not None
            answers = ask(read, person, on, known_on=known_on, under=left, doors=chosen, explain=not brief)
        except (ImpossiblePerson, ValueError) as error:
            raise Failed(str(error), USAGE) from None

        from limen.face.show_answers import show_answers

        emit(answers, "ask", as_json, output, lambda console: show_answers(console, answers, brief, verbose))
