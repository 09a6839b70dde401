"""The pictures of a run as Vega-Lite specifications: a number over time, bars by destination, queues at gates, differences.

Each is described once, for a theme and a width in pixels; `pictures` draws it. All data stand inside the specification.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from limen.results.pictures import LIGHT, WIDE, Spec, Theme, config
from limen.results.ranges import LEVELS

PIN = 17
"""Pixels between the middles of two pins that just do not touch."""

BELOW = 0.04
"""The part of the height that is left free below the lowest difference, so that its band is not cut by the edge."""

STRIP = 58
"""The height of one strip of several, in pixels."""

AXIS = 46
"""Pixels left of every plot for the numbers of its axis, so that plots stand in line."""

CHARACTER = 6.5
"""Pixels that a character of the small text takes, about."""

DAYS = "%-d %b"
NUMBER = "datum.value === 0 ? '0' : format(datum.value, '~s')"


@dataclass(frozen=True, slots=True)
class Pin:
    """A day on which something happened or a rule began or ended, with what it was."""

    day: date
    label: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A count a day on the days from `start` to `end`, both included."""

    start: date
    end: date
    value: float


@dataclass(frozen=True)
class Line:
    """A number by draw and day (draw, day), with its name."""

    name: str
    days: tuple[date, ...]
    values: npt.NDArray[Any]


def over_time(
    line: Line, unit: str, pins: Sequence[Pin] = (), counted: Sequence[Counted] = (), beside: Line | None = None,
    theme: Theme = LIGHT, width: int = WIDE, signed: bool = False,
) -> Spec:  # fmt: skip
    """A number over time: its median with bands that hold 50 and 90% of the draws, counts as diamonds, and numbered days.

    `beside` is a second line, drawn by its median alone. `signed`: the number is a difference, so zero is marked.
    """
    inner, height = _inner(width), 250 if width >= WIDE else 220
    pins = sorted((pin for pin in pins if line.days[0] <= pin.day <= line.days[-1]), key=lambda pin: pin.day)
    rows, levels = _levels(pins, line.days, inner)
    tops = [float(np.quantile(line.values, LEVELS["high90"], axis=0).max()), *(count.value for count in counted)]
    lows = [float(np.quantile(line.values, LEVELS["low90"], axis=0).min()), 0.0]
    if beside is not None:
        tops.append(float(np.median(beside.values, axis=0).max()))
    top: float = max([*tops, 0.0 if signed else 1.0])
    low: float = min(lows) if signed else 0.0
    if top == low:
        top, low = 1.0, -1.0
    if signed:
        low -= BELOW * (top - low)
    room = (rows * PIN + 8) / height if rows else 0.03
    scale = {"domain": [low, low + (top - low) / (1 - room)], "nice": False, "zero": not signed}
    layers = [*_pin_layers(pins, levels, theme), *_band_layers(line, theme, scale)]
    if beside is not None:
        dashed = {"type": "line", "color": theme.other, "strokeWidth": 1.8, "strokeDash": [5, 3]}
        layers.append(
            {
                "data": {"values": _bands(beside)},
                "mark": dashed,
                "encoding": {"x": _day("day"), "y": _number("median", scale)},
            }
        )
    if signed:
        layers.append(
            {
                "data": {"values": [{"y": 0}]},
                "mark": {"type": "rule", "color": theme.quiet},
                "encoding": {"y": _number("y", scale)},
            }
        )
    if counted:
        layers += _counted_layers(counted, theme, scale)
    says = f"{unit}; line: median, bands: 50 and 90% of the draws"
    says += "; diamonds: counted" if counted else ""
    says += f"; dashes: {beside.name}" if beside is not None else ""
    plot = {"layer": layers, "width": inner, "height": height}
    return _spec(plot, line.name, [says, *_key(pins)], theme, width)


def with_day(spec: Spec, day: date, theme: Theme = LIGHT) -> Spec:
    """A picture over time with a line at a day. In a view that is shown the signal `day` (ms since 1970) moves it."""
    at = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)
    mark = {"type": "rule", "color": theme.ink, "strokeWidth": 2}
    line = {"data": {"values": [{}]}, "mark": mark, "encoding": {"x": {"datum": {"expr": "day"}, "type": "temporal"}}}
    return {**spec, "params": [{"name": "day", "value": at}], "layer": [*spec["layer"], line]}


def bars(
    rows: Iterable[tuple[str, float, float, float]],
    title: str,
    says: str,
    theme: Theme = LIGHT,
    width: int = WIDE,
    signed: bool = False,
) -> Spec:
    """Bars with intervals: rows of name, low end, median and high end. `signed`: differences, to either side of zero."""
    rows = list(rows)
    values = [
        {"name": name, "low": low, "median": middle, "high": high, "text": _short(middle, signed), "tip": max(high, 0)}
        for name, low, middle, high in rows
    ]
    names = min(220 if width >= WIDE else 156, int(max((len(row[0]) for row in rows), default=1) * 6.7) + 10)
    ends = int(max((len(_short(row[2], signed)) for row in rows), default=1) * 7.6) + 24
    inner = width - names - ends
    left = min([0.0, *(low for _, low, _, _ in rows)]) * 1.04 if signed else 0.0
    right = max([0.0 if signed else 1.0, *(high for _, _, _, high in rows)])
    domain = [left, right] if left < right else [-1.0, 1.0]
    x = {"type": "quantitative", "scale": {"domain": domain, "nice": False}, "axis": None}
    axis = {"labelLimit": names - 6, "labelColor": theme.ink, "labelFontSize": 12, "minExtent": names, "maxExtent": names,
            "title": None, "domain": False}  # fmt: skip
    y = {"field": "name", "type": "nominal", "sort": None, "axis": axis}
    layers: list[Spec] = [
        {
            "mark": {"type": "bar", "color": theme.main, "height": {"band": 0.5}, "opacity": 0.55},
            "encoding": {"x": {**x, "field": "median"}, "y": y},
        },
        {
            "mark": {"type": "rule", "color": theme.ink, "strokeWidth": 1.4},
            "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y},
        },
        {
            "mark": {"type": "text", "align": "left", "dx": 7, "color": theme.ink, "fontSize": 12.5},
            "encoding": {"x": {**x, "field": "tip"}, "y": y, "text": {"field": "text"}},
        },
    ]
    if signed:
        zero = {"type": "rule", "color": theme.quiet}
        layers.insert(0, {"data": {"values": [{"x": 0}]}, "mark": zero, "encoding": {"x": {**x, "field": "x"}}})
    plot = {"data": {"values": values}, "layer": layers, "width": inner, "height": {"step": 24}}
    return _spec(plot, title, [says], theme, width)


def queues(
    lines: Sequence[Line], title: str, pins: Sequence[Pin] = (), theme: Theme = LIGHT, width: int = WIDE
) -> Spec:
    """How many wait before each gate, one strip a gate, each on a scale of its own; days are numbered on the first."""
    inner = _inner(width)
    strips = []
    pins = sorted((pin for pin in pins if lines[0].days[0] <= pin.day <= lines[0].days[-1]), key=lambda pin: pin.day)
    rows, levels = _levels(pins, lines[0].days, inner)
    for place, line in enumerate(lines):
        last = place == len(lines) - 1
        height = STRIP if place else STRIP + rows * PIN
        top = float(np.quantile(line.values, LEVELS["high90"], axis=0).max()) or 1.0
        scale = {"domain": [0, top * 1.05 * height / STRIP], "nice": False}
        marks = _rules(pins, theme, last) if place else _pin_layers(pins, levels, theme, last)
        layers = [*marks, *_band_layers(line, theme, scale, ticks=2, labels=last)]
        name = {"text": line.name, "fontSize": 12.5, "color": theme.ink, "offset": 3, "fontWeight": 500}
        strips.append({"layer": layers, "width": inner, "height": height, "title": name})
    says = ["persons at the end of the day; line: median, bands: 50 and 90% of the draws; each gate has its own scale"]
    return _spec({"vconcat": strips, "spacing": 14}, title, [*says, *_key(pins)], theme, width)


def caption_of(spec: Mapping[str, Any]) -> tuple[str, list[str]]:
    """The title of a picture and the lines below it, unbroken, for a page that sets them itself."""
    return spec["usermeta"]["title"], spec["usermeta"]["says"]


def bare(spec: Mapping[str, Any]) -> Spec:
    """The picture without its title and the lines below it."""
    return {name: part for name, part in spec.items() if name != "title"}


def _characters(width: int) -> int:
    """How many characters of the small text a line holds."""
    return int((width - 20) / CHARACTER)


def _inner(width: int) -> int:
    return width - AXIS - 30


def _spec(plot: Spec, title: str, says: Sequence[str], theme: Theme, width: int) -> Spec:
    lines = [line for text in _packed(says, _characters(width)) for line in textwrap.wrap(text, _characters(width))]
    heading = textwrap.wrap(title, int((width - 20) / 8.4)) or [""]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {"text": heading, "subtitle": lines, "offset": 14 if "vconcat" in plot else 12},
        "usermeta": {"title": title, "says": list(says)},
        **plot,
        "config": config(theme),
    }


def _bands(line: Line) -> list[dict[str, Any]]:
    found = {name: np.quantile(line.values, level, axis=0) for name, level in LEVELS.items() if "80" not in name}
    return [
        {"day": day.isoformat(), **{name: round(float(found[name][place]), 3) for name in found}}
        for place, day in enumerate(line.days)
    ]


def _band_layers(line: Line, theme: Theme, scale: Spec, ticks: int = 4, labels: bool = True) -> list[Spec]:
    days = _day("day", labels, line.days)
    layers: list[Spec] = [
        {
            "mark": {"type": "area", "color": theme.main, "opacity": opacity},
            "encoding": {"x": days, "y": _number(f"low{level}", scale, ticks), "y2": {"field": f"high{level}"}},
        }
        for level, opacity in ((90, 0.18), (50, 0.32))
    ]
    middle = {"type": "line", "color": theme.main, "strokeWidth": 2}
    layers.append({"mark": middle, "encoding": {"x": days, "y": _number("median", scale, ticks)}})
    return [{"data": {"values": _bands(line)}, "layer": layers}]


def _counted_layers(counted: Sequence[Counted], theme: Theme, scale: Spec) -> list[Spec]:
    values = [
        {
            "start": count.start.isoformat(),
            "end": count.end.isoformat(),
            "middle": date.fromordinal((count.start.toordinal() + count.end.toordinal()) // 2).isoformat(),
            "value": count.value,
        }
        for count in counted
    ]
    y = _number("value", scale)
    over = {"type": "rule", "color": theme.counted, "strokeWidth": 1.6}
    mark = {
        "type": "point",
        "shape": "diamond",
        "filled": True,
        "size": 100,
        "color": theme.counted,
        "stroke": theme.paper,
        "strokeWidth": 1,
        "opacity": 1,
    }
    return [
        {"data": {"values": values}, "mark": over, "encoding": {"x": _day("start"), "x2": {"field": "end"}, "y": y}},
        {"data": {"values": values}, "mark": mark, "encoding": {"x": _day("middle"), "y": y}},
    ]


def _levels(pins: Sequence[Pin], days: tuple[date, ...], inner: int) -> tuple[int, list[int]]:
    """In which row each pin stands so that no two touch, and how many rows that takes."""
    a_day = inner / max(1, len(days) - 1)
    last: list[float] = []
    levels = []
    for pin in pins:
        x = (pin.day - days[0]).days * a_day
        row = next((row for row, taken in enumerate(last) if x - taken >= PIN), len(last))
        if row == len(last):
            last.append(x)
        last[row] = x
        levels.append(row)
    return len(last), levels


def _rules(pins: Sequence[Pin], theme: Theme, labels: bool = True) -> list[Spec]:
    values = [{"day": pin.day.isoformat()} for pin in pins]
    mark = {"type": "rule", "color": theme.quiet, "strokeDash": [2, 3]}
    return [{"data": {"values": values}, "mark": mark, "encoding": {"x": _day("day", labels)}}] if values else []


def _pin_layers(pins: Sequence[Pin], levels: Sequence[int], theme: Theme, labels: bool = True) -> list[Spec]:
    if not pins:
        return []
    values = [
        {"day": pin.day.isoformat(), "number": str(number), "y": 9 + PIN * level}
        for number, (pin, level) in enumerate(zip(pins, levels), 1)
    ]
    at = {"x": _day("day", labels), "y": {"field": "y", "type": "quantitative", "scale": None}}
    disc = {
        "type": "point",
        "shape": "circle",
        "filled": True,
        "size": 200,
        "color": theme.paper,
        "stroke": theme.quiet,
        "opacity": 1,
    }
    text = {"type": "text", "color": theme.ink, "fontSize": 10.5, "baseline": "middle", "dy": 0.5}
    drawn: list[Spec] = [
        {"mark": disc, "encoding": at},
        {"mark": text, "encoding": {**at, "text": {"field": "number"}}},
    ]
    return [*_rules(pins, theme, labels), {"data": {"values": values}, "layer": drawn}]


def _key(pins: Sequence[Pin]) -> list[str]:
    """What the numbers on the pins mean."""
    return [f"{number}: {pin.day.day} {pin.day:%b}, {pin.label}" for number, pin in enumerate(pins, 1)]


def _packed(says: Sequence[str], characters: int) -> list[str]:
    """The first line as it is, then as many of the others to a line as go in."""
    lines: list[str] = list(says[:1])
    for place, text in enumerate(says[1:]):
        if place and len(lines[-1]) + len(text) + 3 <= characters:
            lines[-1] += f" · {text}"
        else:
            lines.append(text)
    return lines


def _day(field: str, labels: bool = True, days: Sequence[date] = ()) -> Spec:
    axis: Spec = {
        "title": None,
        "format": DAYS,
        "labelOverlap": "greedy",
        "labelSeparation": 12,
        "labels": labels,
        "labelFlush": True,
    }
    if days:
        axis["values"] = [{"year": day.year, "month": day.month, "date": day.day, "utc": True} for day in _marked(days)]
    return {"field": field, "type": "temporal", "timeUnit": "utcyearmonthdate", "scale": {"type": "utc"}, "axis": axis}


def _marked(days: Sequence[date]) -> list[date]:
    """The days that an axis names: Mondays of a few weeks, or the first of each month."""
    if len(days) <= 75:
        return [day for day in days if day.weekday() == 0]
    return [after for before, after in pairwise(days) if before.month != after.month]


def _number(field: str, scale: Spec, ticks: int = 4) -> Spec:
    axis = {"title": None, "labelExpr": NUMBER, "tickCount": ticks, "minExtent": AXIS, "maxExtent": AXIS}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}


def _short(value: float, signed: bool) -> str:
    """A number with three digits that count."""
    if value and math.isfinite(value):
        value = round(value, 2 - math.floor(math.log10(abs(value))))
    return (f"{value:+,.0f}" if signed and value else f"{value:,.0f}").replace("-", "\N{MINUS SIGN}")
