"""`limen schema`: JSON Schema of policy files, of words files, and of what the commands print as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from limen.face.common import OutputFile, clear_errors, load

ANSWERS = {
    "alternatives": ("limen.results.alternatives", "Alternatives"),
    "ask": ("limen.answers.ask", "Answers"),
    "audit": ("limen.answers.audit", "Audit"),
    "calendar": ("limen.answers.calendar", "Calendar"),
    "check": ("limen.answers.check", "Report"),
    "compare": ("limen.results.compare", "Comparison"),
    "diff": ("limen.answers.diff", "Diff"),
    "fit": ("limen.inference.told", "FitTable"),
    "forecast": ("limen.inference.folder", "ForecastAbout"),
    "reach": ("limen.model.who_reaches", "WhoReaches"),
    "repair": ("limen.answers.mended", "Mended"),
    "run": ("limen.results.tables", "RunTable"),
    "sensitivity": ("limen.inference.sensitivity", "Sensitivity"),
    "ways": ("limen.answers.ways", "Ways"),
    "score": ("limen.inference.scored", "ScoreTable"),
}
"""By command, the module and the data class of what it prints as JSON."""


@click.command("schema")
@click.argument("paths", metavar="[POLICY...]", nargs=-1)
@click.option("--of", "of", type=click.Choice(["policy", "words", "alternative", "validate", *ANSWERS]), default="policy",
              help="What the schema is of: policy files in the words of POLICY, words files, alternatives of a scenario, or a "
                   "command's JSON.")  # fmt: skip
@click.option("-o", "--output", type=OutputFile(), metavar="FILE", help="Write it to a file.")
def command(paths: tuple[str, ...], of: str, output: Path | None) -> None:
    """Print the JSON Schema of policy files written in the words of POLICY, so that an editor completes and marks."""
    with clear_errors():
        text = json.dumps(schema_of(of, paths), ensure_ascii=False, indent=2) + "\n"
        if output is None:
            click.echo(text, nl=False)
        else:
            output.write_text(text, encoding="utf-8")


def schema_of(of: str, paths: tuple[str, ...] = ()) -> dict[str, Any]:
    """The schema asked for."""
    if of == "policy":
        from limen.policy.schema import policy_schema

        if not paths:
            raise click.UsageError("Name the POLICY in whose words the files are written, or choose another --of.")
        policy = load(paths)
        return policy_schema(policy.words, list(policy.sources))
    if of == "alternative":
        return _of_alternatives(paths)
    if of == "words":
        from limen.policy.words_schema import words_schema

        return words_schema()
    return answer_schema(of)


def _of_alternatives(paths: tuple[str, ...]) -> dict[str, Any]:
    from limen.face.many import scenario_named
    from limen.model.changes import changeable
    from limen.scenario.alternative_schema import alternative_schema

    if len(paths) != 1:
        raise click.UsageError("Name the one scenario whose alternatives the schema is of.")
    scenario = scenario_named(paths[0])
    return alternative_schema(scenario, changeable(scenario))


def answer_schema(of: str) -> dict[str, Any]:
    """The schema of a command's JSON, made from the data classes that it prints."""
    head: dict[str, Any] = {"limen": {"type": "string"}, "command": {"const": of}}
    if of == "validate":
        head["command"] = {"enum": ["validate", "run", "compare"]}
        place = {"file": {"type": "string"}, "line": {"type": "integer"}, "column": {"type": "integer"}}
        fault = {**place, "message": {"type": "string"}, "nearest": {"type": ["string", "null"]}}
        one = {"type": "object", "properties": fault, "required": list(fault), "additionalProperties": False}
        properties: dict[str, Any] = {**head, "faults": {"type": "array", "items": one}}
        return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
    from importlib import import_module

    from pydantic import TypeAdapter

    module, name = ANSWERS[of]
    schema = TypeAdapter(getattr(import_module(module), name)).json_schema()
    schema["properties"] = {**head, **schema["properties"]}
    schema["required"] = list(schema["properties"])
    schema["additionalProperties"] = False
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
