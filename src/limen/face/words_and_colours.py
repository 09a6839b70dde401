"""The signs and colours of answers. No colour stands alone: each has its word and its sign."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

VERDICTS = {
    "must open": ("●", "green"),
    "must shut": ("○", "red"),
    "may": ("◐", "yellow"),
    "gap": ("·", "bright_black"),
    "conflict": ("!", "bold magenta"),
    "depends": ("?", "cyan"),
    "does not arise": ("-", "bright_black"),
}
GOOD, BAD, KNOWN, QUIET, HEAD = "green", "bold red", "yellow", "bright_black", "bold"


def say(console: Console, *parts: str | tuple[str, str], indent: int = 0) -> None:
    """Prints one paragraph of plain or styled parts; nothing in them is ever read as markup."""
    text = Text()
    for part in parts:
        text.append(*((part,) if isinstance(part, str) else part))
    lines = text.wrap(console, max(20, console.width - indent))
    for line in lines:
        line.rstrip()
    shifted = [Text(" " * indent) + line for line in lines]
    console.print(Text("\n").join(shifted), no_wrap=True, overflow="ignore", crop=False)


def copied(console: Console, text: str, indent: int) -> None:
    """Prints text that somebody will copy: line by line, never broken."""
    for line in text.splitlines():
        console.print(Text(" " * indent + line), no_wrap=True, overflow="ignore", crop=False, soft_wrap=True)


def verdict_of(verdict: str, text: str) -> tuple[str, str]:
    """An answer with its sign, in its colour."""
    sign, style = VERDICTS[verdict]
    return f"{sign} {text}", style


def listed(items: Iterable[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    items = list(items)
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def alternatives(when: list[list[str]], most: int | None = None) -> str:
    """Boxes of facts in words, the first few."""
    texts = ["; ".join(box) or "everyone" for box in when[:most]]
    if most is not None and len(when) > most:
        texts.append(f"{len(when) - most} more")
    return "  or  ".join(texts)
