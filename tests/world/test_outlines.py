"""Outlines: which ring belongs to whom, which line is disputed, and that nothing in them is broken."""

import json

import pytest

from limen.world.outlines import FOOTNOTE, outlines


@pytest.fixture(scope="module")
def world():
    return json.loads(outlines())


def rings(world, country):
    """The outer rings of a country as points of degrees east and north."""
    (scale, shift), arcs = (world["transform"]["scale"], world["transform"]["translate"]), world["arcs"]

    def points(number):
        x = y = 0
        found = []
        for dx, dy in arcs[number if number >= 0 else ~number]:
            x, y = x + dx, y + dy
            found.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        return found if number >= 0 else found[::-1]

    return [[point for arc in polygon[0] for point in points(arc)] for polygon in country["arcs"]]


def holds(ring, east, north):
    """Whether a point lies inside a ring (crossings of a ray; even means outside)."""
    inside = False
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (ay > north) != (by > north) and east < (bx - ax) * (north - ay) / (by - ay) + ax:
            inside = not inside
    return inside


@pytest.mark.parametrize(
    ("east", "north", "state"),
    [(34.1, 45.2, "UA"), (37.6, 55.7, "RU"), (20.5, 54.7, "RU"), (30.5, 50.4, "UA"), (25.5, 64.0, "FI"), (66.9, 48.0, "KZ"),
     (41.0, 43.0, "GE"), (44.0, 42.2, "GE"), (44.4, 40.2, "AM"), (33.5, 35.2, "CY"), (21.0, 42.6, "XK"), (35.2, 31.9, "PS")],
)  # fmt: skip
def test_a_place_lies_in_the_state_that_the_united_nations_count_it_to(world, east, north, state):
    found = [
        country["id"]
        for country in world["objects"]["countries"]["geometries"]
        if any(holds(ring, east, north) for ring in rings(world, country))
    ]
    assert found == [state]


def test_every_arc_is_used_and_every_ring_closed(world):
    used = set()
    for country in world["objects"]["countries"]["geometries"]:
        for polygon in country["arcs"]:
            for ring in polygon:
                used |= {arc if arc >= 0 else ~arc for arc in ring}
        for ring in rings(world, country):
            assert ring[0] == pytest.approx(ring[-1])
    assert used == set(range(len(world["arcs"])))
    (disputed,) = world["objects"]["disputed"]["geometries"]
    assert {arc for line in disputed["arcs"] for arc in line} < used


def test_the_footnote_says_what_a_reader_has_to_know():
    assert "disputed" in FOOTNOTE
    assert "68/262" in FOOTNOTE
