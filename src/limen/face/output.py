"""Where what a command says cannot be written: nobody reads it, or there is no room for it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import click

PIPE_CLOSED = 141


class Unwritten(click.ClickException):
    """The output cannot be written."""

    exit_code = 4

    def show(self, file: Any = None) -> None:  # noqa: ARG002
        """Prints the message alone, as far as that can be written."""
        with suppress(OSError):
            click.echo(self.message, err=True)
        silence()


@contextmanager
def clear_output() -> Iterator[None]:
    """Ends the command where its output cannot be written: as a signal would if nobody reads it, else with a message."""
    try:
        yield
    except (BrokenPipeError, SystemExit) as error:  # rich and click turn the one into the other
        if isinstance(error, SystemExit) and not isinstance(error.__context__, BrokenPipeError):
            raise
        silence()
        raise click.exceptions.Exit(PIPE_CLOSED) from None
    except OSError as error:
        if error.filename:
            raise
        silence()
        raise Unwritten(f"The output cannot be written: {error.strerror or error}.") from None


def silence() -> None:
    """Throws away what cannot be written, so that Python does not try again when it ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
