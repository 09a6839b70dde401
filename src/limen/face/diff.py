"""`limen diff`: who is treated differently under two policies, or on two days?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
    either,
    emit,
    load,
    policy_argument,
    readings,
    shared_options,
)
from limen.face.compare import laid_over, without_rules
from limen.text.faults import no_such

if TYPE_CHECKING:
    from limen.answers.diff import Diff, People
    from limen.face.examples import Named
    from limen.face.show_audit import Groups
    from limen.policy.rules import Policy
    from limen.policy.words import Words

EXAMPLE = "Example: limen diff mobilisation-2022 --on 2022-09-29 --against 2022-09-30 --door entry"


@click.command("diff", epilog=EXAMPLE)
@policy_argument
@click.argument("other", metavar="[OTHER]", required=False)
@click.option("--on", "on", type=Day(), metavar="DAY", help="The day that is asked about, instead of every day.")
@click.option("--against", "against", type=Day(), metavar="DAY", help="The day that it is compared with.")
@click.option("--change", "changes", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
              help="Compare with POLICY with this file or folder laid over it. May be repeated.")  # fmt: skip
@click.option("--without", "without", multiple=True, metavar="RULE",
              help="Compare with POLICY without this rule. May be repeated.")  # fmt: skip
@click.option("--practised", metavar="RULE",
              help="Compare the law with what is done where this rule is followed, whatever higher law says.")  # fmt: skip
@click.option("--door", "doors", multiple=True, metavar="DOOR", help="Only this door. May be repeated.")
@click.option("--people", metavar="SCENARIO", help="Count the people of this scenario as well as kinds of people.")
@click.option("--examples", type=OutputFolder(), metavar="FOLDER",
              help="Write the nearest people into this folder, as files for limen ask --person.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "md"]), default="text",
              help="md: as a comment on a change of policy files.")  # fmt: skip
@click.option("-v", "--verbose", is_flag=True, help="All changes, and what the rules cite in full.")
@shared_options
def command(
    policy: str, other: str | None, on: date | None, against: date | None, changes: tuple[Path, ...], without: tuple[str, ...],
    practised: str | None, doors: tuple[str, ...], people: str | None, examples: Path | None, form: str, verbose: bool,
    known_on: date | None, under: tuple[str, ...], as_json: bool, output: Path | None,
) -> None:  # fmt: skip
    """Tell who is treated differently under OTHER than under POLICY, or on another day: by which rules, how many, who first.

    OTHER is another policy, POLICY with a change (--change, --without), or what is practised (--practised). With --on alone
    both are asked about that day; with --on and --against each about its own; with neither about every day.
    """
    if sum(map(bool, (other, changes or without, practised))) > 1:
        raise click.UsageError("Name one thing to compare with: OTHER, --change and --without, or --practised.")
    if on is None and against is not None:
        raise click.UsageError("--against says which day another is compared with: name that with --on.")
    if not (other or changes or without or practised) and (on is None or against is None):
        raise click.UsageError(
            "Name something to compare with: OTHER, --change, --without, --practised, or --on and --against."
        )
    either(form == "md", "--format md", as_json, "--json")
    either(output is not None and output.suffix == ".md", "-o FILE.md", as_json, "--json")
    with clear_errors():
        from limen.answers.diff import diff
        from limen.face.show_audit import groups_of

        before = load([policy])
        try:
            before, after = _both(before, other, changes, without, practised)
            chosen = doors_named(after.words, doors)
            found = diff(
                before, after, on=on, against=against, known_on=known_on, under=readings(after.words, under), doors=chosen,
                people=None if people is None else _people(people, (before.words, after.words)),
            )  # fmt: skip
        except ValueError as error:
            raise Failed(str(error), USAGE) from None
        if examples is not None:
            from limen.face.examples import write_examples

            write_examples(
                examples,
                _named(found, policy, other or (None if changes or without or practised else policy)),
                found.known_on,
            )
        _tell(found, practised, groups_of(after.words), form, verbose, as_json, output)


def _both(
    before: Policy, other: str | None, changes: tuple[Path, ...], without: tuple[str, ...], practised: str | None
) -> tuple[Policy, Policy]:
    if practised is not None:
        from limen.answers.practised import practised as as_practised

        return as_practised(before, practised)
    after = load([other]) if other else laid_over(before, changes) if changes else before
    return before, without_rules(after, without)


def _people(name: str, several: Sequence[Words]) -> People:
    """The people of a scenario; a usage error where they have facts or values that neither policy knows."""
    from limen.face.many import scenario_named
    from limen.model.people_at import people_at
    from limen.scenario.find import scenario_folder

    scenario = scenario_named(name)
    found, own = people_at(scenario), scenario.policy.words
    place = {own.place.in_: own.facts[own.place.in_].values[0]} if own.place.in_ else {}
    if strange := _strange({item for facts, _ in found(place) for item in _items(facts)}, several):
        known = ", ".join(dict.fromkeys(fact for words in several for fact in words.facts))
        head = (
            f"{scenario_folder(name) / 'people'}: these people cannot be counted under the policies that are compared."
        )
        raise click.UsageError("\n".join((head, *strange, f"The policies know: {known}.")))
    return found


def _items(facts: Mapping[str, str | Collection[str]]) -> Iterator[tuple[str, str]]:
    for name, value in facts.items():
        for one in (value,) if isinstance(value, str) else value:
            yield name, one


def _strange(items: Iterable[tuple[str, str]], several: Sequence[Words]) -> list[str]:
    """The facts that no words know, and of others the values that none knows, each with the nearest that is there."""
    known: dict[str, list[str]] = {}
    for words in several:
        for name, fact in words.facts.items():
            known.setdefault(name, []).extend(fact.values)
    facts = {name for name, _ in items if name not in known}
    values = {(name, value) for name, value in items if name in known and value not in (*known[name], "none")}
    return [
        *(no_such("fact", name, known) for name in sorted(facts)),
        *(no_such(f"value of {name!r}", value, known[name]) for name, value in sorted(values)),
    ]


def _tell(
    found: Diff, practised: str | None, groups: Groups, form: str, verbose: bool, as_json: bool, output: Path | None
) -> None:
    if form == "md" or (output is not None and output.suffix == ".md"):
        from limen.face.markdown_diff import markdown

        text = markdown(found, groups, practised)
        if output is None:
            click.echo(text, nl=False)
        else:
            output.write_text(text, encoding="utf-8")
        return
    from limen.face.show_diff import show_diff

    emit(found, "diff", as_json, output, lambda console: show_diff(console, found, practised, groups, verbose))


def _named(found: Diff, before: str, after: str | None) -> Iterator[Named]:
    """`after` is None where what is compared has no name that could be asked."""
    from limen.face.examples import file_name

    for number, change in enumerate(found.changes, 1):
        asked = [(before, change.before)] + ([(after, change.after)] if after else [])
        yield file_name(change.door, str(number)), change.door, asked
