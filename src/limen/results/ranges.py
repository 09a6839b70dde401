"""A number that differs from draw to draw, told as its median with intervals; and which numbers are too small to publish."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

import numpy as np
import numpy.typing as npt

Reals = npt.NDArray[np.float64]

FEWEST = 10
"""Numbers of people below this, except 0, are not published by state or kind: they could point to somebody."""

LEVELS = {"low90": 0.05, "low80": 0.1, "low50": 0.25, "median": 0.5, "high50": 0.75, "high80": 0.9, "high90": 0.95}


@dataclass(frozen=True, slots=True)
class Range:
    """The mean and the median over the draws, and the ends of the central 50, 80 and 90% intervals.

    None: a number of people from 1 to 9, which is not published. `withheld`: none of it is published, since it would give away
    a number that is not.
    """

    mean: float | None
    median: float | None
    low50: float | None
    high50: float | None
    low80: float | None
    high80: float | None
    low90: float | None
    high90: float | None
    withheld: bool = field(default=False, kw_only=True)

    @property
    def few(self) -> bool:
        """Whether it is in the middle a number of people from 1 to 9."""
        return not self.withheld and (self.mean is None or self.median is None)


NUMBERS = tuple(one.name for one in fields(Range) if one.name != "withheld")
"""The numbers of a range, in order."""

WITHHELD = Range(*(None for _ in NUMBERS), withheld=True)


def range_of(values: npt.ArrayLike) -> Range:
    """The mean, median and intervals of numbers over draws; quantiles as in numpy (linear between draws).

    >>> range_of([1, 2, 6]).median, range_of([1, 2, 6]).mean
    (2.0, 3.0)
    """
    numbers = np.asarray(values, dtype=np.float64)
    found = np.quantile(numbers, list(LEVELS.values()))
    return Range(mean=float(numbers.mean()), **dict(zip(LEVELS, found.tolist())))


def published(values: npt.ArrayLike) -> Range:
    """As `range_of`, without numbers of people that are too small to publish.

    >>> published([0, 4, 400]).median is None
    True
    """
    found = range_of(values)
    return Range(*(shown(getattr(found, name)) for name in NUMBERS))


def shown(value: float) -> float | None:
    """The number, or None where it is too small to publish."""
    return None if 0 < abs(value) < FEWEST else value


def as_text(value: float | None, digits: int = 0) -> str:
    """A number as it is printed and exported by state or kind: `<10` where it is not published.

    >>> as_text(None), as_text(1234.4)
    ('<10', '1,234')
    """
    return f"<{FEWEST}" if value is None else f"{value:,.{digits}f}"
