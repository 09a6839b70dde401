"""A tornado: bars from the answer at the low end of each assumption to that at its high end, the widest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from limen.results.pictures import LIGHT, WIDE, Spec, Theme, config


@dataclass(frozen=True, slots=True)
class Bar:
    """One assumption: the answer where it is low and where it is high, what it is there, and whether it carries."""

    name: str
    low: float
    high: float
    at_low: str
    at_high: str
    carries: bool


def tornado(bars: Sequence[Bar], middle: float, title: str, says: str, theme: Theme = LIGHT, width: int = WIDE) -> Spec:
    """The bars about the median answer, `middle`. Bars of assumptions not told apart from chance are pale."""
    values: list[dict[str, Any]] = []
    for bar in bars:
        for end, answer, at in (("low", bar.low, bar.at_low), ("high", bar.high, bar.at_high)):
            values.append(
                {"name": bar.name, "end": end, "middle": middle, "answer": answer, "at": at,
                 "opacity": 0.75 if bar.carries else 0.3}
            )  # fmt: skip
    names = min(420 if width >= WIDE else 190, int(max((len(bar.name) for bar in bars), default=1) * 6.4) + 12)
    colour = {"field": "end", "type": "nominal", "title": None, "scale": {"domain": ["low", "high"],
              "range": [theme.other, theme.main]},
              "legend": {"orient": "top", "labelColor": theme.quiet, "labelFontSize": 12, "symbolType": "square",
                         "labelExpr": "datum.value === 'low' ? 'assumption low' : 'assumption high'"}}  # fmt: skip
    axis = {"labelLimit": names - 6, "labelColor": theme.ink, "labelFontSize": 12, "minExtent": names, "maxExtent": names,
            "title": None, "domain": False}  # fmt: skip
    y = {"field": "name", "type": "nominal", "sort": None, "axis": axis}
    ends = [bar.low for bar in bars] + [bar.high for bar in bars] + [middle]
    room = (max(ends) - min(ends)) * 0.16 or 1.0
    scale = {"domain": [min(ends) - room, max(ends) + room], "nice": False, "zero": False}
    number = {"title": None, "labelExpr": "format(datum.value, ',')", "tickCount": 6}
    x = {"type": "quantitative", "scale": scale, "axis": number}
    opacity = {"field": "opacity", "type": "quantitative", "scale": None, "legend": None}
    text = {"type": "text", "fontSize": 11, "color": theme.quiet, "dx": {"expr": "datum.answer < datum.middle ? -4 : 4"},
            "align": {"expr": "datum.answer < datum.middle ? 'right' : 'left'"}}  # fmt: skip
    layers: list[Spec] = [
        {
            "mark": {"type": "bar", "height": {"band": 0.62}},
            "encoding": {
                "x": {**x, "field": "middle"},
                "x2": {"field": "answer"},
                "y": y,
                "color": colour,
                "opacity": opacity,
            },
        },
        {"mark": text, "encoding": {"x": {**x, "field": "answer"}, "y": y, "text": {"field": "at"}}},
        {
            "data": {"values": [{"x": middle}]},
            "mark": {"type": "rule", "color": theme.ink, "strokeWidth": 1.2},
            "encoding": {"x": {**x, "field": "x"}},
        },
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {"text": title, "subtitle": says, "offset": 8},
        "usermeta": {"title": title, "says": [says]},
        "data": {"values": values},
        "layer": layers,
        "width": width - names - 30,
        "height": {"step": 25},
        "config": config(theme),
    }
