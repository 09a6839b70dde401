"""`limen audit`: where does one fact decide?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from limen.face.common import (
    USAGE,
    Day,
    Failed,
    OutputFolder,
    clear_errors,
    doors_named,
    emit,
    load,
    policy_argument,
    readings,
    shared_options,
)

if TYPE_CHECKING:
    from limen.answers.audit import AuditedDoor
    from limen.face.examples import Named

EXAMPLE = "Example: limen audit mobilisation-2022 --by nationality --among RU,UA,BY,SY --on 2022-10-15"


@click.command("audit", epilog=EXAMPLE)
@policy_argument
@click.option(
    "--by", "by", required=True, metavar="FACT", help="The fact: nationality, sex, age or another of the words."
)
@click.option("--among", "values", metavar="VALUES", help="Only these values of it, with commas (RU,UA,BY).")
@click.option("--on", "on", type=Day(), metavar="DAY", help="Only this day, instead of every day.")
@click.option("--door", "doors", multiple=True, metavar="DOOR", help="Only this door. May be repeated.")
@click.option("--examples", type=OutputFolder(), metavar="FOLDER",
              help="Write the examples into this folder, as files for limen ask --person.")  # fmt: skip
@click.option("-v", "--verbose", is_flag=True, help="All findings, and what the rules cite in full.")
@shared_options
def command(
    policy: str, by: str, values: str | None, on: date | None, doors: tuple[str, ...], examples: Path | None, verbose: bool,
    known_on: date | None, under: tuple[str, ...], as_json: bool, output: Path | None,
) -> None:  # fmt: skip
    """Map where FACT decides in POLICY: by door and state, through which rule and source, with two people as example.

    Two people are compared who differ in the one fact and in as little else as can be. "Not covered" are those for whom rules
    were not written: they are not known to be treated alike. A map of the rules as written, and no verdict.
    """
    with clear_errors():
        read = load([policy])
        chosen = doors_named(read.words, doors)

        from limen.answers.audit import audit, axis_of
        from limen.face.person import person_from

        try:
            axis_of(read, by)
            known = dict(readings(read.words, under))
            if values is not None:
                known.update(person_from(read.words, [f"{by}={values}"], None).known)
            found = audit(read, by, on=on, known_on=known_on, under=known, doors=chosen)
        except ValueError as error:
            raise Failed(str(error), USAGE) from None

        if examples is not None:
            from limen.face.examples import write_examples

            write_examples(examples, _named(found.doors, policy), found.known_on)

        from limen.face.show_audit import groups_of, show_audit

        emit(
            found, "audit", as_json, output, lambda console: show_audit(console, found, groups_of(read.words), verbose)
        )


def _named(doors: list[AuditedDoor], policy: str) -> Iterator[Named]:
    from limen.face.examples import file_name

    for door in doors:
        for number, finding in enumerate(door.findings, 1):
            for what, person in (("person", finding.person), ("twin", finding.twin)):
                yield file_name(door.door, str(number), what), door.door, [(policy, person)]
