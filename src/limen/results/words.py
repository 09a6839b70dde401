"""Numbers over draws, and days, as they are printed: in a terminal and on a page alike."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from limen.results.ranges import Range, as_text

if TYPE_CHECKING:
    from limen.results.tables import RunTable

NOT_PUBLISHED = "n.p."
"""In place of a number that would give away one of people from 1 to 9."""


def middle(found: Range | None, sign: str = "") -> str:
    """The median as it is printed; with `sign` % as a change."""
    return "" if found is None else _number(found.median, found, sign)


def average(found: Range | None) -> str:
    """The mean as it is printed."""
    return "" if found is None else _number(found.mean, found, "")


def _number(value: float | None, found: Range, sign: str) -> str:
    if found.withheld:
        return NOT_PUBLISHED
    return f"{signed(value)}%" if sign and value is not None else as_text(value)


def interval(found: Range, sign: str = "") -> str:
    """The ends of the central 80%."""
    if found.withheld:
        return ""
    if sign and found.low80 is not None and found.high80 is not None:
        return f"{signed(found.low80)}% to {signed(found.high80)}%"
    return f"{as_text(found.low80)}\N{EN DASH}{as_text(found.high80)}"


WHOLE_PERCENT = 10
"""Changes of less than this many percent are told with a tenth."""

ADDS_UP = (
    "Means over the draws, so that a row adds up: as it stands + difference = changed, and % = difference ÷ as it stands. The "
    "interval holds the difference in 90% of the draws; its ends are no sums. Entries and exits are crossings, all else persons."
)
"""What adds up in a table of differences."""


def difference(found: Range) -> str:
    """The mean of a difference as it is printed."""
    return NOT_PUBLISHED if found.withheld else signed(found.mean)


def ends(found: Range, level: int) -> str:
    """The ends of a central interval of a difference, of 50, 80 or 90%."""
    if found.withheld:
        return ""
    return f"{signed(getattr(found, f'low{level}'))} to {signed(getattr(found, f'high{level}'))}"


def percent(value: float | None) -> str:
    """A change in percent; empty where there is none."""
    if value is None:
        return ""
    digits = 1 if round(value, 1) and abs(value) < WHOLE_PERCENT else 0
    return f"{value:+,.{digits}f}%".replace("-", "\N{MINUS SIGN}") if round(value, digits) else "0%"


def signed(value: float | None) -> str:
    """A difference with its sign."""
    if value is None:
        return as_text(None)
    return (f"{value:+,.0f}" if round(value) else "0").replace("-", "\N{MINUS SIGN}")


def day(text: str) -> str:
    """`26 Sep`; empty for no day."""
    if not text:
        return ""
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


def told_of_counts(table: RunTable) -> str:
    """How many counts there are, and which are shown, compared and left out, in words."""
    shown = len(table.observed)
    compared = sum(row.simulated is not None for row in table.observed)
    derived = sum(row.simulated is not None and row.derived for row in table.observed)
    says = [f"Of {shown + table.left_out:,} counts, {compared:,} are compared with the simulation."]
    if table.left_out:
        says.append(
            f"{table.left_out:,} are not shown: they belong to no series, and are not of days that are simulated."
        )
    if shown > compared:
        says.append(f"{shown - compared:,} are shown with the reason why nothing stands beside them.")
    if derived:
        says.append(
            f"{derived:,} that somebody worked out from others are compared, but do not count for how far a series is."
        )
    says.append("Series may overlap, so they are not put together.")
    return " ".join(says)
