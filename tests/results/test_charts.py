"""Pictures: each is drawn for both themes and both widths, without anything from outside."""

import itertools
import json
import re
from datetime import date, timedelta

import numpy as np
import pytest

from limen.results import charts
from limen.results.pictures import DARK, LIGHT, NARROW, THEMES, WIDE, inline, png, svg

DAYS = tuple(date(2022, 9, 1) + timedelta(days=n) for n in range(46))
RANDOM = np.random.default_rng(1)
LINE = charts.Line("Entries", DAYS, RANDOM.poisson(900, (20, 46)))
PINS = [charts.Pin(date(2022, 9, day), f"measure {day} <b>") for day in (19, 20, 21, 21, 22, 30)]
COUNTED = [charts.Counted(date(2022, 9, 19), date(2022, 9, 25), 880.0), charts.Counted(DAYS[3], DAYS[3], 950.0)]
MADE = {
    "over time": lambda theme, width: charts.over_time(LINE, "crossings a day", PINS, COUNTED, LINE, theme, width),
    "bare": lambda theme, width: charts.over_time(LINE, "crossings a day", theme=theme, width=width),
    "difference": lambda theme, width: charts.over_time(
        charts.Line("Less", DAYS, LINE.values - 950), "crossings", theme=theme, width=width, signed=True
    ),
    "nothing": lambda theme, width: charts.over_time(
        charts.Line("None", DAYS, np.zeros((3, 46))), "crossings", theme=theme, width=width, signed=True
    ),
    "bars": lambda theme, width: charts.bars(
        [("Finland", 1, 2, 3), ("Bosnia and Herzegovina", 0, 0, 0)], "To", "x", theme, width
    ),
    "no bars": lambda theme, width: charts.bars([], "To", "x", theme, width),
    "signed bars": lambda theme, width: charts.bars(
        [("Finland", -30, -20, -10), ("Georgia", 5, 6, 7)], "To", "x", theme, width, True
    ),
    "queues": lambda theme, width: charts.queues([LINE, LINE], "Waiting", PINS, theme, width),
}


@pytest.mark.parametrize(("name", "theme", "width"), list(itertools.product(MADE, THEMES, (WIDE, NARROW))))
def test_every_picture_is_drawn_as_wide_as_its_place(name, theme, width):
    drawn = svg(MADE[name](THEMES[theme], width))
    assert drawn.startswith("<svg")
    found = re.search(r'width="([\d.]+)" height="([\d.]+)"', drawn)
    assert width - 40 <= float(found[1]) <= width + 8
    assert 20 < float(found[2]) < 700
    assert not re.findall(r"<(?:image|script|foreignObject)|(?:href|src)=", drawn)
    assert "<b>" not in drawn


def test_a_picture_is_drawn_as_png_too():
    assert png(svg(MADE["bars"](LIGHT, NARROW))).startswith(b"\x89PNG")


def test_a_picture_opens_no_address():
    spec = MADE["bars"](LIGHT, WIDE)
    spec["data"] = {"url": "https://example.org/data.json"}
    with pytest.raises(ValueError, match=r"example\.org|not allowed|External"):
        svg(spec)


def contrast(one, other):
    def light(colour):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_words_and_lines_can_be_told_from_the_paper(theme):
    for name in ("ink", "quiet", "main", "other", "counted"):
        assert contrast(getattr(theme, name), theme.paper) >= 4.5, name
    assert len({getattr(theme, name) for name in theme.__slots__}) == len(theme.__slots__)


def test_in_a_page_a_picture_takes_the_colours_of_the_page_and_its_marks_keep_to_themselves():
    drawn = svg(MADE["queues"](LIGHT, WIDE))
    found = inline(drawn, "gates-wide", "Waiting")
    assert 'role="img" aria-label="Waiting"' in found
    assert not re.findall(r'"#[0-9a-f]{6}"', found)
    assert "var(--main)" in found
    assert found.count("role=") == 1
    assert all(mark.startswith("gates-wide-") for mark in re.findall(r'\bid="([^"]*)"', found))


def test_pins_that_would_touch_stand_in_rows():
    inner = 300
    rows, levels = charts._levels(PINS, DAYS, inner)
    placed = [(level, (pin.day - DAYS[0]).days * inner / 45) for pin, level in zip(PINS, levels)]
    assert rows == max(levels) + 1
    for (row, x), (other, y) in itertools.combinations(placed, 2):
        assert row != other or abs(x - y) >= charts.PIN


def test_what_pins_mean_and_what_marks_are_stands_below_the_title():
    title, says = charts.caption_of(MADE["over time"](LIGHT, WIDE))
    assert title == "Entries"
    assert "diamonds: counted" in says[0]
    assert says[1] == "1: 19 Sep, measure 19 <b>"
    assert len(says) == 1 + len(PINS)


def test_a_number_is_told_with_three_digits_that_count():
    assert [charts._short(value, False) for value in (0, 7.4, 1234.4, 593834)] == ["0", "7", "1,230", "594,000"]
    assert [charts._short(value, True) for value in (0, 12, -205140)] == ["0", "+12", "\N{MINUS SIGN}205,000"]


def texts_of(spec):
    return re.findall(r">([^<>]+)</text>", svg(spec))


def test_the_days_on_the_queues_are_numbered_and_told():
    spec = charts.queues([LINE, LINE], "Waiting", PINS, LIGHT, WIDE)
    _, says = charts.caption_of(spec)
    assert says[1:] == [f"{n}: {pin.day.day} Sep, {pin.label}" for n, pin in enumerate(PINS, 1)]
    assert [text for text in texts_of(charts.bare(spec)) if text in set("123456")] == list("123456")


def test_the_band_of_a_difference_lies_within_the_picture():
    line = charts.Line("Less", DAYS, -LINE.values)
    spec = charts.over_time(line, "crossings", PINS, theme=LIGHT, width=WIDE, signed=True)
    scales = re.findall(r'"domain": \[(-?[\d.]+), (-?[\d.]+)\]', json.dumps(spec))
    low, high = map(float, scales[0])
    assert low < np.quantile(line.values, 0.05, axis=0).min()
    assert high > 0
