"""`limen validate`: reads everything, changes nothing, names every fault."""

from __future__ import annotations

from pathlib import Path

import click

from limen.face.common import FAULTY, clear_errors, counted, load, told_faults
from limen.model.labels import UNITS
from limen.policy.rules import Policy
from limen.scenario.alternatives import Alternative
from limen.scenario.files import is_scenario
from limen.scenario.find import policy_paths, scenario_folder
from limen.scenario.read import read_scenario
from limen.scenario.scenario import Scenario
from limen.text.faults import Faulty


@click.command("validate")
@click.argument("paths", metavar="POLICY...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON (its schema: limen schema --of validate).")
def command(paths: tuple[str, ...], as_json: bool) -> None:
    """Read POLICY (files, folders or the name of a scenario) and name every fault, each with its place.

    The folder of a scenario is read whole: its policy, world, people and evidence.
    """
    with clear_errors():
        try:
            found = _read(paths)
            alternatives = _alternatives(paths, found)
        except Faulty as error:
            if not as_json:
                raise
            click.echo(told_faults("validate", error.faults))
            raise click.exceptions.Exit(FAULTY) from None
    if as_json:
        click.echo(told_faults("validate", []))
        return
    policy = found.policy if isinstance(found, Scenario) else found
    click.echo(f"{_of_policy(policy)}. No faults.")
    if isinstance(found, Scenario):
        click.echo(f"{_of_scenario(found)}. No faults.")
        if len(alternatives):
            click.echo(
                f"{counted(len(alternatives), 'alternative')}: {', '.join(one.name for one in alternatives)}. No faults."
            )


def _read(paths: tuple[str, ...]) -> Policy | Scenario:
    """A scenario where one is named by itself, the policy of all paths otherwise."""
    if len(paths) == 1 and not Path(paths[0]).is_file():
        policy_paths(paths)
        folder = scenario_folder(paths[0])
        if is_scenario(folder):
            found = read_scenario(folder, measures=UNITS)
            _can_run(found)
            return found
    return load(paths)


def _alternatives(paths: tuple[str, ...], found: Policy | Scenario) -> list[Alternative]:
    """The alternatives of a scenario, in order of name."""
    from limen.face.alternatives import read_alternatives
    from limen.scenario.alternatives import alternatives_in

    if not isinstance(found, Scenario) or not alternatives_in(scenario_folder(paths[0])):
        return []
    return read_alternatives(found, paths[0], ())


def _can_run(scenario: Scenario) -> None:
    """Sees to it that the movement model finds every number that it reads. Raises MissingData."""
    from limen.model.compile import compile_scenario

    compile_scenario(scenario)


def _of_policy(policy: Policy) -> str:
    words = policy.words
    return (
        f"{policy.title or words.title}: {counted(len(policy.hashes), 'file')}, {counted(len(words.facts), 'fact')}, "
        f"{counted(len(words.terms), 'term')}, {counted(len(words.doors), 'door')}, "
        f"{counted(len(policy.sources), 'source')}, {counted(len(policy.rules), 'rule')}, "
        f"{counted(len(policy.claims) + len(policy.reach), 'claim')}, {counted(len(policy.cases), 'case')}"
    )


def _of_scenario(scenario: Scenario) -> str:
    world, people = scenario.world, scenario.population
    figures = scenario.confidences
    low = figures.count("low")
    return (
        f"{scenario.title}: {counted(scenario.period.days, 'day')}, {counted(len(world.places), 'place')}, "
        f"{counted(len(world.gates), 'gate')}, {counted(len(world.ways), 'way')}, {counted(len(world.routes), 'route')}, "
        f"{counted(int(people.counts.sum()), 'person', 'people')} in {counted(len(people.groups), 'group')}, "
        f"{counted(len(scenario.parameters), 'parameter')}, {counted(len(scenario.practice), 'share')} of practice, "
        f"{counted(len(scenario.events), 'event')}, {counted(len(scenario.observations), 'observation')} and "
        f"{counted(len(scenario.series), 'series', 'series')}; {low:,} of {counted(len(figures), 'figure')} "
        f"{'has' if low == 1 else 'have'} low confidence"
    )
