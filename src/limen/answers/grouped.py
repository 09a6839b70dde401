"""What the written rules leave open to groups: by row (a door and the facts before it) and by day.

What a row leaves out has the ordinary value of the words file (see `limen.answers.rows`). How officials use what is left open
to them is no matter of rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from limen.answers.ask import doors_named
from limen.answers.bulk import NOT_ASKED, Answers, at_moments
from limen.answers.moments import Moment
from limen.answers.rows import Column, Facts, table_of, where
from limen.evidence.figures import ANSWERS
from limen.policy.rules import Policy
from limen.policy.standing import Known

SHUT = ANSWERS.index("must shut")


def answered(
    policy: Policy,
    asked: Sequence[tuple[str, Facts]],
    days: Sequence[date],
    under: Known,
    known_on: date | None = None,
) -> Answers:
    """The answers to rows of (door, facts) on days: places in `limen.evidence.figures.ANSWERS`, rows down, days across.

    NOT_ASKED where the door does not arise for the facts. `under` are the readings that officials follow; `known_on` leaves out
    what was published later. Raises ValueError for unknown doors, facts and values, ImpossibleGroup for a row that cannot be,
    OpenReading where an answer depends on a reading that is left open.
    """
    return at_moments_of(policy, asked, [(day, known_on) for day in days], under)


def announced(
    policy: Policy, asked: Sequence[tuple[str, Facts]], days: Sequence[date], ahead: int, under: Known
) -> Answers:
    """The answers that will hold `ahead` days after each day, by what was published until that day.

    So a row is shut here before it is shut in `answered` where the rule was published in advance, and at once where it took
    people by surprise. Raises as `answered` does.
    """
    return at_moments_of(policy, asked, ahead_of(days, ahead), under)


def ahead_of(days: Sequence[date], ahead: int) -> list[Moment]:
    """The moments of `announced`: `ahead` days after each day, as known on that day."""
    return [(day + timedelta(days=ahead), day) for day in days]


def at_moments_of(
    policy: Policy, asked: Sequence[tuple[str, Facts]], moments: Sequence[Moment], under: Known
) -> Answers:
    """The answers at moments (a day, as known on another; None: everything) across, rows down. Raises as `answered` does."""
    rows_of: dict[str, list[int]] = {}
    for number, (door, _) in enumerate(asked):
        rows_of.setdefault(door, []).append(number)
    doors_named(policy.words, rows_of)
    table = table_of(policy.words, [facts for _, facts in asked])
    found = np.full((len(asked), len(moments)), NOT_ASKED, dtype=np.int8)
    for door, rows in rows_of.items():
        here = np.array(rows)
        here = here[where(policy.words, policy.words.doors[door].asked, table[here])]
        if len(here) and moments:
            columns = np.ascontiguousarray(table[here].T)
            found[here] = at_moments(policy, door, columns.__getitem__, len(here), moments, under)
    return found


def permitted_days(
    policy: Policy,
    rows: Sequence[Facts],
    day: date,
    under: Known,
    *,
    door: str,
    axis: str | Sequence[str],
    known_on: date | None = None,
) -> list[int | None]:
    """For how many days a stay is not shut, by row, as the rules stand on a day.

    `door` is the one that ends the stay, `axis` the whole number that counts the days, or several that grow together (each up
    to its greatest number). It is the greatest number up to which the door is never surely shut (what a row states of it is not
    looked at); one less than the axis begins with, where it is shut from the start; None where it is not shut within the axis,
    or where the door does not arise. Raises as `answered` does.
    """
    words = policy.words
    doors_named(words, [door])
    table = table_of(words, rows)
    names = (axis,) if isinstance(axis, str) else tuple(axis)
    counting = [words.axes_of[name][0] for name in names]
    low, high = counting[0].fact.low, max(one.fact.low + one.size for one in counting)
    numbers = np.arange(low, high)
    asked = np.flatnonzero(where(words, words.doors[door].asked, table))
    growing = {one.number: np.clip(numbers - one.fact.low, 0, one.size - 1).astype(np.int16) for one in counting}

    def column(number: int) -> Column:
        if number in growing:
            return np.tile(growing[number], len(asked))
        return np.repeat(table[asked, number], len(numbers))

    found: list[int | None] = [None] * len(rows)
    if len(asked):
        answers = at_moments(policy, door, column, len(asked) * len(numbers), [(day, known_on)], under)
        shut = answers.reshape(len(asked), len(numbers)) == SHUT
        for row, first, ever in zip(asked, shut.argmax(axis=1), shut.any(axis=1)):
            if ever:
                found[row] = int(numbers[first]) - 1
    return found
