"""Numbers over draws, and days, as they are printed: in a terminal and on a page alike."""

from __future__ import annotations

from datetime import date

from limen.results.ranges import Range, as_text


def middle(found: Range | None, sign: str = "") -> str:
    """The median as it is printed; with `sign` % as a change."""
    if found is None:
        return ""
    return f"{signed(found.median)}%" if sign and found.median is not None else as_text(found.median)


def interval(found: Range, sign: str = "") -> str:
    """The ends of the central 80%."""
    if sign and found.low80 is not None and found.high80 is not None:
        return f"{signed(found.low80)}% to {signed(found.high80)}%"
    return f"{as_text(found.low80)}\N{EN DASH}{as_text(found.high80)}"


def signed(value: float | None) -> str:
    """A difference with its sign."""
    if value is None:
        return as_text(None)
    return (f"{value:+,.0f}" if round(value) else "0").replace("-", "\N{MINUS SIGN}")


def day(text: str) -> str:
    """`26 Sep`."""
    found = date.fromisoformat(text)
    return f"{found.day} {found:%b}"


def days(start: str, end: str) -> str:
    """`19 to 25 Sep 2022`, `26 Sep to 2 Oct 2022`."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    if first == last:
        return f"{day(end)} {last.year}"
    if first.year != last.year:
        return f"{day(start)} {first.year} to {day(end)} {last.year}"
    return f"{first.day if first.month == last.month else day(start)} to {day(end)} {last.year}"
