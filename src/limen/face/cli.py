"""The command `limen`: its commands by name, each imported only when it runs."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from limen.face.output import clear_output

COMMANDS = {
    "run": "How many come, by which way, who waits where: draws, tables, one page.",
    "compare": "The same draws under two policies: what differs.",
    "sensitivity": "Which assumptions carry an answer.",
    "fit": "What the counts say of the assumptions: fit, keep the posterior, tell what stays open.",
    "forecast": "The days after a day, as known on it or given what followed: a folder of quantiles.",
    "score": "How good a forecast or run was against counts, and against naive rivals.",
    "ask": "Which doors are open to one person on a day, and why.",
    "check": "Does it hold for everyone? Claims, cases, gaps, conflicts, tensions.",
    "repair": "The smallest changes of the rules that make a claim hold, proved, and who else they touch.",
    "reach": "Who could lawfully reach a door, by state and kind of people: a table for maps.",
    "diff": "Who is treated differently under two policies, or on two days, and by which rule.",
    "audit": "Where one fact decides, such as nationality: by door, state, rule and source.",
    "words": "What can be said of a person: facts, values, questions.",
    "validate": "Read everything, change nothing, name every fault.",
    "serve": "The page and the HTTP API, on this machine.",
    "schema": "The JSON Schema of policy files, for editors, and of answers.",
}

INTERRUPTED = 130


class Commands(click.Group):
    """A group that imports a command's module only when it is run, so that `--help` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Imports a command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"limen.face.{cmd_name}").command
        return command

    def make_context(self, *arguments: Any, **more: Any) -> click.Context:
        """Reads the arguments, and prints help where it is asked for."""
        with clear_output():
            return super().make_context(*arguments, **more)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command. What cannot be written is met here: click ends with 1 where nobody reads."""
        with clear_output():
            return super().invoke(ctx)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Names the nearest command where there is none by a name."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from limen.text.faults import nearest

            near = nearest(args[0], tuple(COMMANDS))
            hint = f" Did you mean {near!r}?" if near else f" There are {', '.join(COMMANDS)}."
            raise click.UsageError(f"There is no command {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Lists the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


EPILOG = """Exit codes: 0 fine, 1 a claim or a limit fails, 2 wrong usage, 3 a file is faulty, 4 data missing, 130 interrupted.
Limen says what written rules leave open; it is no legal advice and never decides about a person."""


@click.command(cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="limen", prog_name="limen")
def limen() -> None:
    """A laboratory for border, visa and asylum policy: one file, answered for one person, many people, and everyone."""


def main(args: list[str] | None = None) -> int | None:
    """Runs the command line and returns, or ends with, one of the documented exit codes."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        with clear_output():
            ended: int | None = _ended(args)
            for stream in (sys.stdout, sys.stderr):
                if stream is not None:
                    stream.flush()
        return ended
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)


def _ended(args: list[str] | None) -> int | None:
    """Runs a command; its exit code, None where it went through. Says what was wrong."""
    try:
        ended: int | None = limen.main(args=args, prog_name="limen", standalone_mode=False)
        return ended
    except click.exceptions.Abort:
        click.echo("Interrupted.", err=True)
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
