"""The joint table of people: a seed raked to the margins, then whole persons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from limen.people.groups import Holding, Kind, Population
from limen.people.raking import Raked, Table, Total, rake
from limen.people.read_margins import BY, MarginRow, Weight
from limen.people.rounding import WITHIN, round_to_whole

APART = 0.005
"""The share by which the totals of two margins, or a total and what could be fitted, may differ."""

MOST_PEOPLE = 1e11
BETWEEN = (1e-60, 1e60)
"""The product of weights lies within this, or is 0: nobody means more, and fitting stays within numbers that computers have."""


def population(
    origins: Sequence[str],
    kinds: Mapping[str, Kind],
    holdings: Mapping[str, Holding],
    margins: Mapping[str, list[MarginRow]],
    weights: Sequence[Weight],
    possible: npt.NDArray[np.bool_],
    reasons: Sequence[tuple[str, str, str]] = (),
) -> Population | None:
    """Fits the people to the margins; None after a fault, which is noted at a row of the margins.

    `possible` (origins, kinds, holdings): groups that can exist; `reasons`: kinds and holdings that cannot go together, with why.
    The first margin gives the number of people; others that differ from it by less than half a percent in all are scaled to it.
    """
    axes = [list(origins), list(kinds), list(holdings)]
    found = [rows for rows in margins.values() if rows]
    if not found or not all(axes) or not _agree(found):
        return None
    totals = [_total(rows, axes) for rows in found]
    people = float(totals[0].persons.sum())
    totals = [Total(total.over, total.persons * (people / total.persons.sum())) for total in totals]
    seed = _seed(weights, axes) * possible
    raked = rake(seed, totals)
    if not _reached(found, totals, seed, raked, axes, possible, reasons):
        return None
    rounded = round_to_whole(raked.table, totals)
    if rounded.off > WITHIN + 1e-3:
        row = found[-1][0].row
        row.fault(
            "margin",
            f"No whole numbers of people were found that keep each margin within 1: one is {rounded.off:.1f} off.",
        )
        return None
    return Population(
        tuple(origins), kinds, holdings, rounded.counts, tuple(row.margin for rows in found for row in rows)
    )


def _reason(row: MarginRow, reasons: Sequence[tuple[str, str, str]]) -> str:
    """Why the people of a row cannot exist: what is told of the first kind and holding among them."""
    told = (
        why for kind, holding, why in reasons if row.margin.kind in ("", kind) and row.margin.holding in ("", holding)
    )
    return f"their facts exclude one another ({next(told, 'with those of their region')})"


def _total(rows: Sequence[MarginRow], axes: Sequence[list[str]]) -> Total:
    """A margin as an array with length 1 along the axes that it sums over."""
    over = tuple(axis for axis in range(len(BY)) if not rows[0].cell[axis])
    persons = np.zeros([1 if axis in over else len(names) for axis, names in enumerate(axes)])
    for row in rows:
        persons[_place(row.cell, axes)] = row.margin.persons
    return Total(over, persons)


def _place(cell: Sequence[str], axes: Sequence[list[str]]) -> tuple[int, ...]:
    return tuple(names.index(name) if name else 0 for name, names in zip(cell, axes))


def _seed(weights: Sequence[Weight], axes: Sequence[list[str]]) -> Table:
    seed = np.ones([len(names) for names in axes])
    for weight in weights:
        cell = (weight.origin, weight.kind, weight.holding)
        place = tuple(names.index(name) if name else slice(None) for name, names in zip(cell, axes))
        seed[place] = np.minimum(seed[place] * weight.weight, BETWEEN[1])
    return np.where(seed > 0, np.clip(seed, *BETWEEN), 0.0)


def _agree(margins: Sequence[list[MarginRow]]) -> bool:
    """Whether the margins hold equally many people; the fault names both that do not."""
    first = margins[0]
    people = sum(row.margin.persons for row in first)
    if not 0 < people <= MOST_PEOPLE:
        told = "nobody" if not people else f"{people:g} people"
        first[0].row.fault(
            "margin", f"The margin {first[0].margin.name!r} holds {told}; it holds 1 to {MOST_PEOPLE:g} people."
        )
        return False
    fine = True
    for rows in margins[1:]:
        other = sum(row.margin.persons for row in rows)
        if abs(other - people) > APART * people:
            message = (
                f"The margin {rows[0].margin.name!r} holds {other:,.0f} people, {first[0].margin.name!r} (line "
                f"{first[0].row.line}) {people:,.0f}: they are {abs(other - people) / people:.1%} apart, over {APART:.1%}."
            )
            rows[0].row.fault("margin", message)
            fine = False
    return fine


def _reached(
    margins: Sequence[list[MarginRow]],
    totals: Sequence[Total],
    seed: Table,
    raked: Raked,
    axes: Sequence[list[str]],
    possible: npt.NDArray[np.bool_],
    reasons: Sequence[tuple[str, str, str]],
) -> bool:
    """Whether every total was reached, up to half a percent or one person; a fault for each that cannot be."""
    fine = True
    for rows, total in zip(margins, totals):
        could = seed.sum(axis=total.over, keepdims=True)
        might = possible.sum(axis=total.over, keepdims=True)
        for row in rows:
            place = _place(row.cell, axes)
            if total.persons[place] > 0 and could[place] <= 0:
                why = "the seed gives them weight 0" if might[place] else _reason(row, reasons)
                about = ", ".join(name for name in row.cell if name) or "anybody"
                row.row.fault("persons", f"Nobody can be {about}, since {why}; but here are {row.margin.persons:,.0f}.")
                fine = False
    if not fine:
        return False
    apart = []
    for rows, total, off in zip(margins, totals, raked.off):
        wanted = total.persons
        wrong = (off > APART) & (off * np.where(wanted > 0, wanted, 1.0) > WITHIN)
        apart += [(float(off[_place(row.cell, axes)]), row) for row in rows if wrong[_place(row.cell, axes)]]
    if apart:
        share, row = max(apart, key=lambda found: found[0])
        message = (
            f"The margins contradict each other, or the zeros of the seed: whatever is tried, {row.margin.name!r} is "
            f"{share:.1%} off here (after {raked.rounds:,} rounds of fitting)."
        )
        row.row.fault("persons", message)
    return not apart
