"""The order of a day, as it is printed."""

from __future__ import annotations

from textwrap import wrap

from rich.console import Console
from rich.text import Text

from limen.model.order import OnADay

INDENT = " " * 3


def show_order(console: Console, title: str, steps: list[OnADay]) -> None:
    """Each step with its size, its rule, and what it is to people."""
    console.print(Text(title, style="bold"))
    console.print("Each day, in this order:")
    for number, step in enumerate(steps, 1):
        console.print()
        console.print(Text(f"{number}. {step.name}", style="bold"), Text(f"({step.sizes})"))
        for line in _wrapped(step.meaning, console.width):
            console.print(Text(line))
        for line in _wrapped(f"Engine: {step.rule}.", console.width):
            console.print(Text(line, style="dim"))


def _wrapped(text: str, width: int) -> list[str]:
    return wrap(text, max(width, 20), initial_indent=INDENT, subsequent_indent=INDENT)
