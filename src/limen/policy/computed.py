"""Facts that follow from a date or from stays: a small, named, documented set. Nothing else is ever computed.

What a person says (a date of birth, past stays) is used for the day that is asked about and then forgotten: answers show the
computed fact, never what it came from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from limen.text.forms import parse_date

WINDOW_DAYS = 180


def age_on_the_day(texts: Sequence[str]) -> Callable[[date], int]:
    """Completed years of age; somebody born on 29 February comes of age on 1 March in a common year."""
    if len(texts) != 1 or (born := parse_date(texts[0])) is None:
        raise ValueError("a date of birth is one day such as 1995-03-01")

    def age(day: date) -> int:
        if day < born:
            raise ValueError("The day lies before the date of birth")
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    return age


def days_in_any_180(texts: Sequence[str]) -> Callable[[date], int]:
    """Days of stay in the 180 days that end with the day, which itself counts as a day of stay.

    The days of entry and of exit both count (Regulation (EU) 2016/399, Article 6(1) and (2)). So the day is a permitted day of
    a stay of 90 days in any 180 where the result is at most 90.
    """
    stays = [_stay(text) for text in texts]

    def days(day: date) -> int:
        first = day - timedelta(days=WINDOW_DAYS - 1)
        stayed = {day}
        for entry, leaving in stays:
            last = min(leaving or day, day)
            start = max(entry, first)
            stayed.update(start + timedelta(days=i) for i in range((last - start).days + 1))
        return len(stayed)

    return days


def _stay(text: str) -> tuple[date, date | None]:
    single = parse_date(text.strip())
    if single is not None:
        return single, single
    found = re.fullmatch(r"([\d-]+)\.\.([\d-]*)", text.strip())
    entry = parse_date(found[1]) if found else None
    leaving = parse_date(found[2]) if found and found[2] else None
    if not found or entry is None or (found[2] and leaving is None) or (leaving is not None and leaving < entry):
        raise ValueError(f"{text!r} is not a stay; write it as 2022-03-01..2022-03-20")
    return entry, leaving


CONDITIONS: Mapping[str, str] = {
    "age on the day": "on the day",
    "days in any 180": "if the day itself is one of stay; counted back 180 days",
}
"""What to add where the value of a computed fact is shown."""

COMPUTED: Mapping[str, Callable[[Sequence[str]], Callable[[date], int]]] = {
    "age on the day": age_on_the_day,
    "days in any 180": days_in_any_180,
}
"""The computed facts by their names in a words file: from what was said to a whole number on a day."""
