"""What a forecast is about: a series over a day, a week, a month, or since a day; how it is named; how far ahead it lies."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DAILY, WEEKLY, MONTHLY = EVERY = ("daily", "weekly", "monthly")
SINCE = "since"
_NAME = re.compile(r"(?P<every>daily|weekly|monthly|since (?P<since>\d{4}-\d{2}-\d{2})) (?P<series>\S.*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Target:
    """A series over the days from `start` to `end`, both included, as forecast on the day `reference`.

    `every`: `daily`, `weekly` (seven days), `monthly` (a month of the calendar) or `since` (from a day that is named on). Of a
    flow the sum over the days is meant, of a series per day their mean, of a stock its number at the end of the last.
    """

    every: str
    series: str
    reference: date
    start: date
    end: date

    @property
    def name(self) -> str:
        """What it is called in the column `target`, such as `weekly entries-estonia`."""
        every = f"{SINCE} {self.start}" if self.every == SINCE else self.every
        return f"{every} {self.series}"

    @property
    def horizon(self) -> int:
        """How many whole days, weeks or months after the reference date it ends; of `since`, days. 0: it is under way then."""
        if self.every == MONTHLY:
            return 12 * (self.end.year - self.reference.year) + self.end.month - self.reference.month
        return (self.end - self.reference).days // (7 if self.every == WEEKLY else 1)

    @property
    def week(self) -> int:
        """In which week after the reference date it ends: 1 for the first seven days."""
        return week_ahead(self.reference, self.end)


def week_ahead(reference: date, end: date) -> int:
    """In which week after a day another day lies.

    >>> week_ahead(date(2022, 9, 29), date(2022, 10, 6)), week_ahead(date(2022, 9, 29), date(2022, 10, 7))
    (1, 2)
    """
    return -(-(end - reference).days // 7)


def target_of(name: str, reference: date, end: date) -> Target | None:
    """The target with this name that ends on a day; None where no target is so called, or it cannot end on that day.

    >>> target_of("weekly entries", date(2022, 9, 29), date(2022, 10, 9)).start
    datetime.date(2022, 10, 3)
    """
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    every, start = found["every"], end
    if every == WEEKLY:
        start = end - timedelta(days=6)
    elif every == MONTHLY:
        if end.day != monthrange(end.year, end.month)[1]:
            return None
        start = end.replace(day=1)
    elif every != DAILY:
        every = SINCE
        try:
            start = date.fromisoformat(found["since"])
        except ValueError:
            return None
        if start > end:
            return None
    return Target(every, found["series"], reference, start, end)


def targets(
    series: str, every: str, reference: date, first: date, last: date, since: date | None = None
) -> Iterator[Target]:
    """The targets of a series that end after the reference date, within the days from `first` to `last`, both included.

    Weeks run from Monday to Sunday. A week or a month that is under way on the reference date is one of them, if it does not
    begin before `first`. `since`: one target, from that day (None: the first) to the last.
    """
    for start, end in _spans(every, reference, first, last, since or first):
        if end > reference and start >= first:
            yield Target(every, series, reference, start, end)


def _spans(every: str, reference: date, first: date, last: date, since: date) -> Iterator[tuple[date, date]]:
    if every == SINCE:
        if since <= last:
            yield since, last
        return
    start = max(first, reference + timedelta(days=1))
    if every == WEEKLY:
        start -= timedelta(days=start.weekday())
    elif every == MONTHLY:
        start = start.replace(day=1)
    while True:
        days = {DAILY: 1, WEEKLY: 7}.get(every) or monthrange(start.year, start.month)[1]
        end = start + timedelta(days=days - 1)
        if end > last:
            return
        yield start, end
        start = end + timedelta(days=1)
