"""The tornado as a specification and as a picture."""

from limen.results.pictures import NARROW, THEMES, WIDE, svg
from limen.results.tornado import Bar, tornado

BARS = [Bar("how long it lasts", 80, 140, "4", "16", True), Bar("a & b <c>", 101, 99, "0.1", "0.2", False)]


def test_each_assumption_has_a_bar_to_either_end_and_pale_means_chance():
    spec = tornado(BARS, 100, "Applications", "persons")
    values = spec["data"]["values"]
    assert [(row["name"], row["end"], row["answer"]) for row in values] == [
        ("how long it lasts", "low", 80),
        ("how long it lasts", "high", 140),
        ("a & b <c>", "low", 101),
        ("a & b <c>", "high", 99),
    ]
    assert values[0]["opacity"] > values[2]["opacity"]


def test_it_can_be_drawn_in_every_theme_and_width():
    for theme in THEMES.values():
        for width in (WIDE, NARROW):
            drawn = svg(tornado(BARS, 100, "Applications", "persons", theme, width))
            assert "how long it lasts" in drawn
            assert "a &amp; b &lt;c&gt;" in drawn
            assert float(drawn.split('width="')[1].split('"')[0]) <= width + 20


def test_where_nothing_differs_there_is_still_a_picture():
    assert "Nothing" in svg(tornado([Bar("x", 5, 5, "1", "2", False)], 5, "Nothing", "persons"))
