"""Numbers of people by state, way and kind, as they may be published: none under 10, and none that gives such a one away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeAlias, TypeVar

import numpy.typing as npt
import xarray as xr

from limen.model.labels import LEAVE, TRIP, UNITS, Labels
from limen.results.counted import Pick, all_columns, count
from limen.results.ensemble import labels_of
from limen.results.ranges import WITHHELD, Range, published, range_of
from limen.results.series import Told, pick_of

K = TypeVar("K", bound=Hashable)
Sum: TypeAlias = tuple[list[K], list[K]]
"""The parts of a sum, and their total where it is told."""

ENTRIES = "entries"
FLOWS = {"refusals": "refusals", "border_claims": "claims at the border", "applications": "first-time applications"}
PENDING = "pending"
MODES = {"trips": TRIP, "to_stay": LEAVE}
"""Entries on an ordinary trip, and entries of people who left for good or for long."""


def cells(values: Mapping[Pick, npt.ArrayLike], public: Collection[Pick] = ()) -> dict[Pick, Range]:
    """Each number over the draws, as it may be published. `public`: numbers of which a count has been published anyway."""
    return kept_back(values, list(sums_of(values)), public)


def kept_back(values: Mapping[K, npt.ArrayLike], sums: Collection[Sum[K]], public: Collection[K]) -> dict[K, Range]:
    """Each number over the draws, as it may be published; `sums`: what adds up among them; `public`: told in any case.

    A number of people from 1 to 9 is not published. Where it is the only one of a sum that is not, it could be worked out from
    the others: then the smallest of these is withheld too (complementary suppression; Hundepool et al. 2012).
    """
    told = {key: (range_of if key in public else published)(found) for key, found in values.items()}
    hidden = {key for key, found in told.items() if found.few}
    size = {key: float(range_of(found).mean or 0.0) for key, found in values.items()} if hidden else {}
    again = bool(hidden)
    while again:
        again = False
        for parts, total in sums:
            together = [*parts, *total]
            if len(hidden.intersection(together)) != 1:
                continue
            for some in (parts, total):
                others = [key for key in some if key not in hidden and key not in public and size[key]]
                if others:
                    hidden.add(min(others, key=lambda key: size[key]))
                    again = True
                    break
    return {key: found if key not in hidden or found.few else WITHHELD for key, found in told.items()}


def sums_of(picks: Collection[Pick]) -> Iterator[Sum[Pick]]:
    """What adds up among numbers: the parts, and their total where it is one of them."""
    nothing: tuple[dict[str, Any], ...] = ({"states": ()}, {"ways": ()}, {"kind": ""}, {"mode": ""})
    for one in nothing:
        groups: dict[Pick, list[Pick]] = defaultdict(list)
        for pick in picks:
            if (total := replace(pick, **one)) != pick:
                groups[total].append(pick)
        for total, parts in groups.items():
            if len(parts) > 1:
                yield parts, [total] if total in picks else []


def in_cells(data: xr.Dataset, told: Told) -> dict[Pick, Range]:
    """Every measure by state, way, mode and kind of people over the days that are told, as it may be published."""
    labels = labels_of(data)
    found = count(data, cell_picks(labels), told.period.report_from, whole=True)
    public = {pick_of(series) for series in told.series.values()}
    return cells({pick: values[:, 0] for pick, values in found.values.items()}, public) if found.draws else {}


def cell_picks(labels: Labels) -> list[Pick]:
    """What is told by state, way, mode and kind."""
    there = dict.fromkeys(
        (column.measure, column.state, *(getattr(column, name, "") for name in ("way", "mode", "kind")))
        for column in all_columns(labels)
    )
    order = list(UNITS)
    measured = sorted(there, key=lambda one: (order.index(one[0]) if one[0] in order else len(order), one))
    picks = []
    for measure, state, way, mode, kind in measured:
        where = (state,) if state else ()
        by_way = (way,) if way and state and measure in (ENTRIES, *FLOWS.values()) else ()
        picks += [Pick(measure, where), *([Pick(measure, where, kind=kind)] if kind else [])]
        picks += [Pick(measure, where, by_way)] if by_way else []
        if measure == ENTRIES and mode and state:
            picks += [Pick(measure, where, mode=mode), *([Pick(measure, where, by_way, mode=mode)] if by_way else [])]
    return list(dict.fromkeys(pick for pick in picks if pick != Pick(pick.measure)))
