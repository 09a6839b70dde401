"""The tables of a run by way, gate and office, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr

from limen.model.labels import OFFICE
from limen.results.cells import ENTRIES, FLOWS, MODES
from limen.results.counted import Pick, gates
from limen.results.ranges import Range, published
from limen.results.series import Told


@dataclass(frozen=True, slots=True)
class WayRow:
    """A way into a state: over which place, by which mode of travel, through which gate (empty: none); sums as of a state."""

    way: str
    state: str
    name: str
    place: str
    mode: str
    gate: str
    entries: Range
    trips: Range | None
    to_stay: Range | None
    refusals: Range | None
    border_claims: Range | None


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office that decides on requests for protection, by its state.

    The most that waited there on one day, the day on which the mean was highest (empty: none waited), and how many were dealt
    with in all.
    """

    office: str
    state: str
    most_waiting: Range
    day: str
    served: Range


@dataclass(frozen=True, slots=True)
class GateRow:
    """A gate, and the states that one comes to through it.

    The most who waited there on one day, the day on which the mean was highest (empty: nobody waited), and how many were
    served in all.
    """

    gate: str
    states: list[str]
    most_waiting: Range
    day: str
    served: Range


def way_rows(told: Told, names: Mapping[str, str], found: Mapping[Pick, Range]) -> list[WayRow]:
    """The ways whose entries are counted, most entries first."""
    rows = []
    for way in told.world.ways.values():
        pick = Pick(ENTRIES, (way.state,), (way.name,))
        if pick not in found:
            continue
        trips, to_stay = (found.get(Pick(ENTRIES, (way.state,), (way.name,), mode=mode)) for mode in MODES.values())
        refusals, claims = (
            found.get(Pick(FLOWS[flow], (way.state,), (way.name,))) for flow in ("refusals", "border_claims")
        )
        rows.append(
            WayRow(
                way.name, way.state, names.get(way.state, way.state), way.place, way.mode.value, way.gate, found[pick],
                trips, to_stay, refusals, claims,
            )
        )  # fmt: skip
    return sorted(rows, key=lambda row: -(row.entries.median or 0))


def gate_rows(data: xr.Dataset, told: Told, names: Mapping[str, str]) -> tuple[list[GateRow], list[OfficeRow]]:
    """The gates of the ways, and all others: the offices. Longest queue first."""
    queues, days, waiting, served = gates(data, told.period.report_from)
    leads: dict[str, list[str]] = {}
    for way in told.world.ways.values():
        leads.setdefault(way.gate, []).append(way.state)
    rows: list[GateRow] = []
    offices: list[OfficeRow] = []
    for place, name in enumerate(queues):
        mean = waiting[:, :, place].mean(axis=0)
        day = days[int(np.argmax(mean))].isoformat() if mean.any() else ""
        most, through = published(waiting[:, :, place].max(axis=1)), published(served[:, :, place].sum(axis=1))
        if name in leads:
            rows.append(GateRow(name, list(dict.fromkeys(leads[name])), most, day, through))
        else:
            state = name.removeprefix(OFFICE).strip()
            offices.append(OfficeRow(name, names.get(state, state), most, day, through))
    return (
        sorted(rows, key=lambda row: -(row.most_waiting.median or 0)),
        sorted(offices, key=lambda row: -(row.most_waiting.median or 0)),
    )
