"""Maps as Vega specifications: flows out of one state on a day, and a value by state. Drawn by the page and by `picture`.

The data sets `flows` (rows of `of_day`) and the signals `zoom`, `right`, `down` may be changed in a view that is shown.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

from limen.results.by_day import ByDay
from limen.results.pictures import FONT, LIGHT, Spec, Theme
from limen.world.outlines import FOOTNOTE, outlines

CENTER = (50.5, 46.5)
"""Degrees east and north that stand in the middle of a map."""

DEGREES = 112.0
"""So many degrees from west to east are on a map."""

HIGH = 60.0
"""So many degrees, as wide as at the equator, are on a map from top to bottom."""

WIDEST = 26.0
"""The width of the widest flow, in pixels, on a map of at least 900."""

ANCHORS = ("right", "left", "top", "bottom", "top-right", "bottom-right", "top-left", "bottom-left")
"""Where a label may stand beside its place, the best first: near it, then a little farther off."""

LAND = {LIGHT.paper: ("#e8eef1", "#fbfaf6", "#dcdfe3", "#b9bfc6")}
DARK_LAND = ("#12181d", "#262e36", "#39434d", "#56616c")


def of_day(told: ByDay, day: int) -> list[dict[str, Any]]:
    """The rows of a map of flows on a day, by its number: where each state is, and how many came."""
    found = []
    for row in told.states:
        value = row.daily.median[day]
        if row.latitude is not None and value:
            found.append({"state": row.state, "name": row.name, "latitude": row.latitude, "longitude": row.longitude,
                          "value": value, "text": f"{value:,.0f}"})  # fmt: skip
    return found


def flows(told: ByDay, rows: Sequence[dict[str, Any]], most: float, theme: Theme = LIGHT, width: int = 960,
          height: int = 600, inline: bool = True) -> Spec:  # fmt: skip
    """Flows from the state that is left, as wide as they are large; `most` is the largest that may be shown.

    `inline`: the outlines stand inside the specification; else they are asked for as `/outlines.json`.
    """
    sea, land, home, line = LAND.get(theme.paper, DARK_LAND)
    at = [told.longitude, told.latitude]
    outline = {"values": json.loads(outlines())} if inline else {"url": "/outlines.json"}
    size = {"signal": f"max(0.8, min({WIDEST}, width / 35) * sqrt(abs(datum.value) / {max(most, 1.0)}))"}
    label = {"signal": "width < 500 ? 10.5 : 12.5"}
    return {
        "$schema": "https://vega.github.io/schema/vega/v5.json",
        "description": "A map of flows from the state that is left; the table beside it has the same numbers.",
        "width": width, "height": height, "padding": 0, "background": sea, "autosize": "none",
        "config": {"text": {"font": FONT}},
        "signals": [
            {"name": "zoom", "value": 1}, {"name": "right", "value": 0}, {"name": "down", "value": 0},
            {"name": "unit", "update": f"min(width / {DEGREES}, height / {HIGH}) * 180 / PI * zoom"},
            {"name": "chosen", "value": ""},
        ],
        "projections": [{
            "name": "p", "type": "mercator", "center": list(CENTER), "scale": {"signal": "unit"},
            "translate": [{"signal": "width / 2 + right"}, {"signal": "height / 2 + down"}],
        }],
        "data": [
            {"name": "countries", **outline, "format": {"type": "topojson", "feature": "countries"}},
            {"name": "disputed", **outline, "format": {"type": "topojson", "feature": "disputed"}},
            {"name": "home", "values": [{"longitude": at[0], "latitude": at[1]}], "transform": [
                {"type": "geopoint", "projection": "p", "fields": ["longitude", "latitude"], "as": ["hx", "hy"]}]},
            {"name": "flows", "values": list(rows), "transform": [
                {"type": "geopoint", "projection": "p", "fields": ["longitude", "latitude"], "as": ["x", "y"]},
                {"type": "formula", "as": "hx", "expr": "data('home')[0].hx"},
                {"type": "formula", "as": "hy", "expr": "data('home')[0].hy"},
                {"type": "formula", "as": "bend", "expr": "datum.x < datum.hx ? 0.16 : -0.16"},
                {"type": "formula", "as": "path", "expr":
                    "'M' + datum.hx + ',' + datum.hy + 'Q' + "
                    "((datum.hx + datum.x) / 2 + datum.bend * (datum.y - datum.hy)) + ',' + "
                    "((datum.hy + datum.y) / 2 - datum.bend * (datum.x - datum.hx)) + ' ' + datum.x + ',' + datum.y"},
            ]},
        ],
        "marks": [
            {"type": "shape", "clip": True, "from": {"data": "countries"}, "encode": {
                "update": {"fill": [{"test": f"datum.id === {json.dumps(told.home)}", "value": home}, {"value": land}],
                           "stroke": {"value": line}, "strokeWidth": {"value": 0.7}}},
             "transform": [{"type": "geoshape", "projection": "p"}]},
            {"type": "shape", "clip": True, "from": {"data": "disputed"}, "encode": {
                "update": {"stroke": {"value": theme.quiet}, "strokeWidth": {"value": 1.2}, "strokeDash": {"value": [3, 3]}}},
             "transform": [{"type": "geoshape", "projection": "p"}]},
            {"type": "path", "clip": True, "from": {"data": "flows"}, "encode": {
                "update": {"path": {"field": "path"}, "stroke": {"signal":
                               f"datum.value < 0 ? '{theme.other}' : '{theme.main}'"},
                           "strokeWidth": size, "strokeOpacity": {"signal": "datum.state === chosen ? 0.95 : 0.62"},
                           "strokeCap": {"value": "round"}}}},
            {"type": "symbol", "clip": True, "from": {"data": "flows"}, "encode": {
                "update": {"x": {"field": "x"}, "y": {"field": "y"}, "size": {"value": 46}, "fill": {"value": theme.paper},
                           "stroke": {"signal": f"datum.value < 0 ? '{theme.other}' : '{theme.main}'"},
                           "strokeWidth": {"value": 1.6},
                           "tooltip": {"signal": "datum.name + ': ' + datum.text"}}}},
            {"type": "text", "name": "halo", "clip": True, "from": {"data": "flows"}, "encode": {
                "update": {"text": {"signal": "datum.name + '  ' + datum.text"}, "x": {"field": "x"}, "y": {"field": "y"},
                           "stroke": {"value": land}, "strokeWidth": {"value": 3.5}, "fill": {"value": land},
                           "fontSize": label, "fontWeight": {"value": 600}}},
             "transform": [{"type": "label", "size": {"signal": "[width, height]"},
                            "sort": {"field": "datum.value", "order": "descending"},
                            "anchor": [*ANCHORS, *ANCHORS], "offset": [6] * len(ANCHORS) + [18] * len(ANCHORS), "padding": 0}]},
            {"type": "text", "clip": True, "from": {"data": "halo"}, "encode": {
                "update": {"text": {"field": "text"}, "x": {"field": "x"}, "y": {"field": "y"}, "align": {"field": "align"},
                           "baseline": {"field": "baseline"}, "opacity": {"field": "opacity"}, "fill": {"value": theme.ink},
                           "fontSize": label, "fontWeight": {"value": 600}}}},
            *_legend(most, theme),
        ],
        "usermeta": {"footnote": FOOTNOTE},
    }  # fmt: skip


def _legend(most: float, theme: Theme) -> list[Spec]:
    """How wide flows are: three round numbers, drawn in a corner."""
    tops = [_round(most / part) for part in (100, 10, 1)]
    rows = [{"value": value, "text": f"{value:,.0f}", "x": 14 + 64 * place} for place, value in enumerate(tops)]
    high = {"signal": f"max(0.8, min({WIDEST}, width / 35) * sqrt(datum.value / {max(most, 1.0)}))"}
    return [
        {"type": "group", "encode": {"update": {"y": {"signal": "height - 46"}}},
         "data": [{"name": "widths", "values": rows}], "marks": [
            {"type": "rect", "from": {"data": "widths"}, "encode": {"update": {
                "x": {"field": "x"}, "width": {"value": 44}, "yc": {"value": 12}, "height": high,
                "fill": {"value": theme.main}, "fillOpacity": {"value": 0.62}}}},
            {"type": "text", "from": {"data": "widths"}, "encode": {"update": {
                "x": {"signal": "datum.x + 22"}, "y": {"value": 38}, "align": {"value": "center"}, "fontSize": {"value": 11},
                "text": {"field": "text"}, "fill": {"value": theme.ink}}}}]},
    ]  # fmt: skip


def _round(value: float) -> float:
    """The next round number below: 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(max(value, 1.0)))
    return next(step * power for step in (5, 2, 1) if step * power <= max(value, 1.0))


def picture(spec: Spec) -> str:
    """A map as SVG, with its footnote."""
    import vl_convert

    note = {
        "type": "text", "encode": {"enter": {
            "x": {"value": 10}, "y": {"signal": "height - 8"}, "text": {"value": spec["usermeta"]["footnote"]},
            "fontSize": {"value": 10}, "fill": {"value": "#6b7682"}}},
    }  # fmt: skip
    return str(vl_convert.vega_to_svg(json.dumps({**spec, "marks": [*spec["marks"], note]}), allowed_base_urls=[]))
