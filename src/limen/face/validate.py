"""`limen validate`: reads everything, changes nothing, names every fault."""

from __future__ import annotations

import json
from importlib.metadata import version

import click

from limen.face.common import FAULTY, clear_errors, counted, load
from limen.text.faults import FaultyPolicy


@click.command("validate")
@click.argument("paths", metavar="POLICY...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON (its schema: limen schema --of validate).")
def command(paths: tuple[str, ...], as_json: bool) -> None:
    """Read POLICY (files, folders or the name of a scenario) and name every fault, each with its place."""
    with clear_errors():
        try:
            policy = load(paths)
        except FaultyPolicy as error:
            if not as_json:
                raise
            faults = [
                {"file": f.file, "line": f.line, "column": f.column, "message": f.message, "nearest": f.nearest}
                for f in error.faults
            ]
            click.echo(json.dumps({"limen": version("limen"), "command": "validate", "faults": faults}, indent=2))
            raise click.exceptions.Exit(FAULTY) from None
    if as_json:
        click.echo(json.dumps({"limen": version("limen"), "command": "validate", "faults": []}, indent=2))
        return
    words = policy.words
    click.echo(
        f"{policy.title or words.title}: {counted(len(policy.hashes), 'file')}, {counted(len(words.facts), 'fact')}, "
        f"{counted(len(words.terms), 'term')}, {counted(len(words.doors), 'door')}, "
        f"{counted(len(policy.sources), 'source')}, {counted(len(policy.rules), 'rule')}, "
        f"{counted(len(policy.claims), 'claim')}, {counted(len(policy.cases), 'case')}. No faults."
    )
