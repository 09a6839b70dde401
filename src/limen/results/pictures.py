"""Colours and the drawing of Vega-Lite specifications as SVG and PNG, without a network and without a browser.

Colours are those of Okabe and Ito (2008), darkened or lightened until their contrast with the paper is at least 4.5: people
who do not see some colours can tell them apart; dashes and marks say the same a second time.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import Any

VEGA_LITE = "5.20"
FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif"
WIDE, NARROW = 960, 358
"""Widths in pixels: of a page on a desk, and of a telephone."""

Spec = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme; no two are the same, so that a drawn picture can change its theme."""

    paper: str
    ink: str
    quiet: str
    grid: str
    main: str
    other: str
    counted: str


LIGHT = Theme("#ffffff", "#17202b", "#586472", "#e1e5ea", "#0a609f", "#a8480c", "#18212c")
DARK = Theme("#1a2026", "#e9eef3", "#a3afbb", "#37414b", "#6db5ef", "#f0a061", "#eaeff4")
THEMES = {"light": LIGHT, "dark": DARK}


def config(theme: Theme) -> Spec:
    """What all pictures of a theme share."""
    plain = {"labelColor": theme.quiet, "titleColor": theme.quiet, "labelFontSize": 12, "titleFontSize": 12}
    return {
        "font": FONT,
        "background": theme.paper,
        "padding": {"left": 4, "right": 14, "top": 6, "bottom": 6},
        "view": {"stroke": None},
        "axis": {**plain, "gridColor": theme.grid, "domain": False, "ticks": False, "labelPadding": 6},
        "axisX": {"grid": False, "domain": True, "domainColor": theme.quiet, "ticks": True, "tickColor": theme.quiet},
        "title": {
            "anchor": "start", "frame": "bounds", "color": theme.ink, "fontSize": 15, "fontWeight": 600, "offset": 12,
            "subtitleColor": theme.quiet, "subtitleFontSize": 12, "subtitleLineHeight": 16, "subtitlePadding": 5,
        },
    }  # fmt: skip


def svg(spec: Spec) -> str:
    """Draws a specification."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(json.dumps(spec), vl_version=VEGA_LITE, allowed_base_urls=[]))


def png(drawn: str, scale: float = 2.0) -> bytes:
    """The same as PNG, with `scale` dots for each pixel."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(drawn, scale=scale))


def inline(drawn: str, prefix: str, label: str) -> str:
    """An SVG in the light theme as part of a page: as wide as its place, in the page's colours, named for who cannot see it.

    The page has to define `--paper`, `--ink` and so on, one for each colour of `Theme`.
    """
    for name, colour in asdict(LIGHT).items():
        drawn = drawn.replace(f'"{colour}"', f'"var(--{name})"')
    drawn = re.sub(r'\bid="([\w-]+)"', rf'id="{prefix}-\1"', drawn)
    drawn = re.sub(r"url\(#([\w-]+)\)", rf"url(#{prefix}-\1)", drawn)
    drawn = re.sub(r' (?:aria-[\w-]+|role)="[^"]*"', "", drawn)
    return re.sub(r'(<svg [^>]*?)width="[\d.]+" height="[\d.]+"', rf'\1role="img" aria-label="{label}"', drawn, count=1)
