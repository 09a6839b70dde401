"""What all commands share: reading a policy with clear faults, days, readings, and where the result goes."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console

from limen.face.output import clear_output
from limen.face.stated import readings_of
from limen.policy.everyone import TooManyKinds
from limen.policy.read import read_policy
from limen.policy.rules import Policy
from limen.policy.standing import Known
from limen.policy.words import Words
from limen.scenario.find import policy_paths
from limen.text.faults import Fault, Faulty, nearest
from limen.text.forms import not_a_day, parse_date

F = TypeVar("F", bound=Callable[..., Any])

FAILS, USAGE, FAULTY, MISSING = 1, 2, 3, 4
WIDTH = 110


class Failed(click.ClickException):
    """An error with one of the documented exit codes."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]

    def show(self, file: Any = None) -> None:  # noqa: ARG002
        """Prints the message alone: faults already say where they are."""
        click.echo(self.message, err=True)


class Day(click.ParamType):  # type: ignore[type-arg]
    """A day such as 2022-09-30."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Reads the day, or ends with a usage error."""
        if isinstance(value, date):
            return value
        day = parse_date(str(value))
        if day is None:
            self.fail(not_a_day(str(value)), param, ctx)
        return day


class OutputFile(click.Path):
    """A file that is to be written: it has a name, and the folder in which it is to stand is there."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Reads the name, or ends with an error before anything is worked out."""
        if not str(value):
            self.fail("It names no file.", param, ctx)
        super().convert(value, param, ctx)
        path = Path(str(value))
        if not path.parent.is_dir():
            raise Failed(f"There is no folder {path.parent}, in which {path.name} could be written.", MISSING)
        return path


class OutputFolder(click.Path):
    """A folder that is to be written; it has a name."""

    def __init__(self) -> None:
        super().__init__(file_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Reads the name, or ends with an error."""
        if not str(value):
            self.fail("It names no folder.", param, ctx)
        return super().convert(value, param, ctx)


def once(ctx: click.Context, param: click.Parameter, values: tuple[Any, ...]) -> Any:
    """The one value of an option that may be given once (declared with `multiple`, so that a second value is not lost)."""
    if len(values) > 1:
        raise click.BadParameter("It can be given once.", ctx, param)
    return values[0] if values else None


def either(first: bool, one: str, second: bool, other: str) -> None:
    """Sees to it that of two options that contradict one another only one is given."""
    if first and second:
        raise click.UsageError(f"{one} and {other} exclude one another; give one of them.")


def policy_argument(function: F) -> F:
    """The paths or name of the policy."""
    return click.argument("policy", metavar="POLICY", required=True)(function)


def shared_options(function: F) -> F:
    """Options of the commands that answer."""
    for option in (
        click.option("--known-on", type=Day(), multiple=True, callback=once, metavar="DAY",
                     help="Leave out what was published later."),
        click.option(
            "--under", "under", multiple=True, metavar="READING=ANSWER",
            help="Take a disputed text to mean this. May be repeated; without it every reading counts.",
        ),
        click.option("--json", "as_json", is_flag=True, help="Print JSON (its schema: limen schema --of COMMAND)."),
        click.option("-o", "--output", type=OutputFile(), multiple=True, callback=once,
                     metavar="FILE",
                     help="Write the result to a .json or .txt file instead."),
    ):  # fmt: skip
        function = option(function)
    return function


@contextmanager
def clear_errors() -> Iterator[None]:
    """Turns what can go wrong in a file into one clear message and the documented exit code."""
    try:
        yield
    except Faulty as error:
        raise Failed(f"{error}\n\n{counted(len(error.faults), 'fault')}. Nothing was changed.", FAULTY) from None
    except FileNotFoundError as error:
        raise Failed(f"There is no file {error.filename}." if error.filename else str(error), MISSING) from None
    except OSError as error:
        if not error.filename:  # not of a file that somebody named: what is said cannot be written
            raise
        raise Failed(f"{error.filename}: {error.strerror or error}.", MISSING) from None
    except TooManyKinds as error:
        raise Failed(f"{error} Name more facts (or fewer doors), or narrow the claim.", FAILS) from None


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """`1 fault`, `2 faults`, `1,200 rules`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def load(names: Sequence[str]) -> Policy:
    """Reads the policy that the names stand for."""
    return read_policy(policy_paths(tuple(names)))


def readings(words: Words, given: Sequence[str]) -> Known:
    """The places left on the axes of readings by `--under question=answer`."""
    under: dict[str, str] = {}
    for text in given:
        name, _, answer = (part.strip() for part in text.partition("="))
        if under.get(name, answer) != answer:
            raise click.UsageError(f"{name!r} cannot be read as {under[name]!r} and as {answer!r} at once.")
        under[name] = answer
    try:
        return readings_of(words, under)
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def doors_named(words: Words, given: Sequence[str]) -> list[str] | None:
    """The doors named on the command line, None for all."""
    for name in given:
        if name not in words.doors:
            raise click.UsageError(_unknown("door", name, list(words.doors)))
    return list(dict.fromkeys(given)) or None


def _unknown(what: str, name: str, options: list[str]) -> str:
    near = nearest(name, options)
    hint = f" Did you mean {near!r}?" if near else f" There are: {', '.join(options) or 'none'}."
    return f"There is no {what} {name!r}.{hint}"


def emit(result: Any, command: str, as_json: bool, output: Path | None, show: Callable[[Console], None]) -> None:
    """Prints the result, or writes it to a file whose ending picks the format."""
    if output is not None and output.suffix not in (".json", ".txt"):
        raise click.UsageError(f"{output}: the ending picks the format; it can be .json or .txt.")
    if as_json or (output is not None and output.suffix == ".json"):
        from importlib.metadata import version

        document = {"limen": version("limen"), "command": command, **asdict(result)}
        text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        if output is None:
            with clear_output():
                click.echo(text, nl=False)
    elif output is None:
        to_terminal(show)
        return
    else:
        page = io.StringIO()
        show(Console(highlight=False, width=WIDTH, file=page, no_color=True))
        text = page.getvalue()
    if output is not None:
        with clear_errors():
            output.write_text(text, encoding="utf-8")


def to_terminal(show: Callable[[Console], None]) -> None:
    """Prints to standard output, if there is one; a reader that stops reading ends the command as a signal would."""
    if sys.stdout is None:
        raise Failed("There is no standard output to print to.", MISSING)
    with clear_output():
        show(Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH))
        sys.stdout.flush()


def told_faults(command: str, faults: Sequence[Fault]) -> str:
    """Faults as JSON."""
    from importlib.metadata import version

    told = [
        {"file": f.file, "line": f.line, "column": f.column, "message": f.message, "nearest": f.nearest} for f in faults
    ]
    return json.dumps({"limen": version("limen"), "command": command, "faults": told}, indent=2)


def fault_list(faults: Sequence[Fault]) -> str:
    """Faults as they are printed."""
    return "\n".join(map(str, faults))
