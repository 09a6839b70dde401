"""Sums over the columns of the draws, one draw at a time: a run may be larger than the memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import xarray as xr

from limen.model.labels import STOCKS, Labels, Meter, Stock
from limen.results.ensemble import labels_of

Counts = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pick:
    """What is added up: a measure, in the states, by the ways, of the kind and in the mode named (empty: all of them).

    `mode`: `trip` or `leave`, as in `limen.model.labels`.
    """

    measure: str
    states: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    kind: str = ""
    mode: str = ""

    @property
    def stock(self) -> bool:
        """Whether it is a stock, counted at the end of the day, and not a flow."""
        return self.measure in STOCKS


@dataclass(frozen=True)
class Counted:
    """The sums, by pick an array (draw, day), and which days these are."""

    days: tuple[date, ...]
    draws: int
    values: Mapping[Pick, Counts]

    def since(self, day: date) -> Counted:
        """The same from a day on."""
        first = max(0, (day - self.days[0]).days)
        return Counted(self.days[first:], self.draws, {pick: found[:, first:] for pick, found in self.values.items()})

    def between(self, pick: Pick, start: date, end: date) -> Counts | None:
        """Each draw's number on the days from `start` to `end`, both included (draw, day); None where not all are simulated."""
        first, last = (start - self.days[0]).days, (end - self.days[0]).days
        if pick not in self.values or first < 0 or last >= len(self.days) or last < first:
            return None
        return self.values[pick][:, first : last + 1]


def columns(labels: Labels, pick: Pick) -> list[int]:
    """The places of the columns that a pick adds up, none where the run does not count it.

    A measure may be counted several times over, told apart by different things (by state and way; by state and kind). Only
    meters with the same things told apart may be added, so the coarsest telling is taken that tells apart what the pick names.
    """
    named: tuple[Meter | Stock, ...] = labels.stocks if pick.stock else labels.meters
    tellings: dict[tuple[str, ...], list[int]] = {}
    for place, column in enumerate(named):
        if column.measure == pick.measure:
            told = tuple(name for name in column._fields if name != "measure" and getattr(column, name))
            tellings.setdefault(told, []).append(place)
    asked = {"state": pick.states, "way": pick.ways, "kind": (pick.kind,), "mode": (pick.mode,)}
    needed = {name for name, wanted in asked.items() if any(wanted)}
    for told in sorted(tellings, key=lambda told: (len(told), told)):
        if needed <= set(told):
            return [place for place in tellings[told] if all(getattr(named[place], n) in asked[n] for n in needed)]
    return []


def all_columns(labels: Labels) -> list[Meter | Stock]:
    """The meters, then the stocks."""
    return [*labels.meters, *labels.stocks]


class Sums:
    """Adds up draws as they come: those columns that picks name, on the days from `start` on (None: all).

    `whole`: one number a draw, of a flow the sum over the days, of a stock that at the end of the last.
    """

    def __init__(self, labels: Labels, picks: Iterable[Pick], start: date | None = None, whole: bool = False):
        self.first = 0 if start is None else max(0, (start - labels.days[0]).days)
        self.days = labels.days[self.first :]
        self.whole = whole
        self._places = {pick: np.array(found) for pick in dict.fromkeys(picks) if (found := columns(labels, pick))}
        self._rows: dict[Pick, list[Counts]] = {pick: [] for pick in self._places}
        self._draws = 0
        self.reads = {pick.stock for pick in self._places}

    def add(self, flows: Counts, stocks: Counts) -> None:
        """Adds one draw: its flows (day, meter) and stocks (day, stock)."""
        flows, stocks = flows[self.first :], stocks[self.first :]
        if self.whole:
            flows, stocks = flows.sum(axis=0, keepdims=True), stocks[-1:]
        for pick, places in self._places.items():
            self._rows[pick].append((stocks if pick.stock else flows)[:, places].sum(axis=1))
        self._draws += 1

    def counted(self) -> Counted:
        """The sums of the draws that were added. Picks of which nothing is counted are left out."""
        days = (self.days[-1],) if self.whole else self.days
        empty = np.empty((0, len(days)), dtype=np.int64)
        return Counted(
            days, self._draws, {pick: np.stack(rows) if rows else empty for pick, rows in self._rows.items()}
        )


def count(data: xr.Dataset, picks: Iterable[Pick], start: date | None = None, whole: bool = False) -> Counted:
    """Reads the sums of all draws of a run, as `Sums` makes them."""
    sums = Sums(labels_of(data), picks, start, whole)
    empty = np.empty((len(labels_of(data).days), 0), dtype=np.int64)
    for draw in range(data.sizes["draw"]):
        flows, stocks = (
            data[name][draw].values if stock in sums.reads else empty
            for name, stock in (("flows", False), ("stocks", True))
        )
        sums.add(flows, stocks)
    return sums.counted()


def gates(data: xr.Dataset, start: date | None = None) -> tuple[tuple[str, ...], tuple[date, ...], Counts, Counts]:
    """The gates, the days, and (draw, day, gate) how many were left waiting at the end of the day, and were let through."""
    labels = labels_of(data)
    first = 0 if start is None else max(0, (start - labels.days[0]).days)
    waiting, served = (data[name].values[:, first:] for name in ("waiting", "served"))
    return labels.gates, labels.days[first:], waiting - served, served


def weeks(days: Sequence[date]) -> list[tuple[date, date]]:
    """The weeks from Monday to Sunday that lie wholly within the days, each with its first and last day."""
    mondays = [day for day in days if day.weekday() == 0]
    return [(day, day + timedelta(days=6)) for day in mondays if day + timedelta(days=6) <= days[-1]]
