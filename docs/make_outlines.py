"""Reduces the outlines of Natural Earth to the part of the world around our scenarios: src/limen/world/outlines.json.

Give it the file `countries-50m.json` of the npm package world-atlas 2.0.2, which holds Natural Earth 4.1 at 1:50 million (public
domain) as TopoJSON (package: ISC licence). Which ring belongs to whom, and which line is disputed, is our own table here: it
follows the United Nations (General Assembly resolution 68/262: Crimea is Ukraine; Security Council resolutions 541 and 1244).
"""

from __future__ import annotations

import heapq
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

OUT = Path(__file__).parent.parent / "src/limen/world/outlines.json"
WEST, EAST, SOUTH, NORTH = -26.0, 180.0, 8.0, 83.0
SMALLEST = 0.02
"""Rings of less than this many square degrees are left out, unless a country has no larger one."""

COARSEST = 14.0
"""A point goes where the triangle with its neighbours has less than this area, in squares of the grid of the file."""

CODES = {
    "004": "AF",
    "008": "AL", "012": "DZ", "020": "AD", "031": "AZ", "040": "AT", "048": "BH", "050": "BD", "051": "AM", "056": "BE",
    "064": "BT", "070": "BA", "096": "BN", "100": "BG", "104": "MM", "112": "BY", "116": "KH", "120": "CM", "140": "CF",
    "144": "LK", "148": "TD", "156": "CN", "158": "TW", "191": "HR", "196": "CY", "203": "CZ", "204": "BJ", "208": "DK",
    "231": "ET", "232": "ER", "233": "EE", "246": "FI", "248": "AX", "250": "FR", "262": "DJ", "268": "GE", "276": "DE",
    "288": "GH", "300": "GR", "320": "GT", "324": "GN", "348": "HU", "352": "IS", "356": "IN", "360": "ID", "364": "IR",
    "368": "IQ", "372": "IE", "376": "IL", "275": "PS", "380": "IT", "384": "CI", "392": "JP", "398": "KZ", "400": "JO",
    "408": "KP", "410": "KR", "414": "KW", "417": "KG", "418": "LA", "422": "LB", "428": "LV", "434": "LY", "438": "LI",
    "440": "LT", "442": "LU", "466": "ML", "470": "MT", "478": "MR", "496": "MN", "498": "MD", "499": "ME", "504": "MA",
    "512": "OM", "524": "NP", "528": "NL", "562": "NE", "566": "NG", "578": "NO", "586": "PK", "608": "PH", "616": "PL",
    "620": "PT", "634": "QA", "642": "RO", "643": "RU", "682": "SA", "686": "SN", "688": "RS", "694": "SL", "702": "SG",
    "703": "SK", "704": "VN", "705": "SI", "706": "SO", "724": "ES", "728": "SS", "729": "SD", "732": "EH", "752": "SE",
    "756": "CH", "760": "SY", "762": "TJ", "764": "TH", "768": "TG", "784": "AE", "788": "TN", "792": "TR", "795": "TM",
    "804": "UA", "807": "MK", "818": "EG", "826": "GB", "834": "TZ", "840": "US", "854": "BF", "860": "UZ", "887": "YE",
}  # fmt: skip
"""ISO 3166-1: alpha-2 by numeric code, as far as the region reaches."""

BELONGS = {"N. Cyprus": "Cyprus", "Somaliland": "Somalia", "Siachen Glacier": "India"}
"""What Natural Earth draws by itself and the United Nations count to another state."""

CRIMEA = (32.4, 44.3, 36.7, 46.3)
"""The ring of Russia inside this box (west, south, east, north) is Ukraine's."""

DISPUTED = (
    ("Kosovo", "Serbia"), ("N. Cyprus", "Cyprus"), ("Palestine", "Israel"), ("W. Sahara", "Morocco"), ("Somaliland", "Somalia"),
    ("Siachen Glacier", "India"), ("Siachen Glacier", "Pakistan"), ("Siachen Glacier", "China"),
    ("North Korea", "South Korea"),
)  # fmt: skip
"""Between which of Natural Earth's units a line is disputed, or one of control; that around Crimea besides."""


def main(path: str) -> None:
    """Reads, reduces, writes."""
    world = json.loads(Path(path).read_text(encoding="utf-8"))
    scale, shift = world["transform"]["scale"], world["transform"]["translate"]
    grid = [_summed(arc) for arc in world["arcs"]]

    def corners(ring: list[int]) -> list[tuple[float, float]]:
        points = [point for arc in ring for point in (grid[arc] if arc >= 0 else grid[~arc][::-1])]
        return [(x * scale[0] + shift[0], y * scale[1] + shift[1]) for x, y in points]

    owners: dict[int, set[str]] = defaultdict(set)
    rings: dict[str, list[list[int]]] = defaultdict(list)
    ids: dict[str, str] = {}
    for country in world["objects"]["countries"]["geometries"]:
        name = country["properties"]["name"]
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        outer = [(polygon, corners(polygon[0])) for polygon in polygons]
        inside = [(polygon, points) for polygon, points in outer if _within(points)]
        if not inside:
            continue
        largest = max(_area(points) for _, points in inside)
        ids[name] = CODES.get(str(country.get("id", "")), "XK" if name == "Kosovo" else "")
        for polygon, points in inside:
            if _area(points) < min(SMALLEST, largest):
                continue
            owner = "Ukraine" if name == "Russia" and _inside(points, CRIMEA) else name
            for ring in polygon:
                for arc in ring:
                    owners[arc if arc >= 0 else ~arc].add("Crimea" if owner != name else name)
            rings[BELONGS.get(owner, owner)].append(polygon)
    lines = [arc for arc, by in owners.items() if _disputed(by)]
    kept = {arc: place for place, arc in enumerate(sorted(owners))}

    def renamed(part: Any) -> Any:
        if isinstance(part, list):
            return [renamed(one) for one in part]
        return kept[part] if part >= 0 else ~kept[~part]

    countries = [
        {"type": "MultiPolygon", "id": ids.get(name, ""), "properties": {"name": _called(name)}, "arcs": renamed(found)}
        for name, found in sorted(rings.items())
    ]
    disputed = {"type": "MultiLineString", "arcs": [[kept[arc]] for arc in sorted(lines)]}
    written = {
        "type": "Topology", "transform": world["transform"],
        "objects": {"countries": {"type": "GeometryCollection", "geometries": countries},
                    "disputed": {"type": "GeometryCollection", "geometries": [disputed]}},
        "arcs": [_differences(_simplified(grid[arc])) for arc in sorted(owners)],
    }  # fmt: skip
    OUT.write_text(json.dumps(written, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{OUT.name}: {len(countries)} countries, {len(lines)} disputed lines, {OUT.stat().st_size // 1024} kB")  # noqa: T201


def _called(name: str) -> str:
    return {"Kosovo": "Kosovo (Security Council resolution 1244)", "Macedonia": "North Macedonia"}.get(name, name)


def _disputed(by: set[str]) -> bool:
    return {"Crimea", "Ukraine"} <= by or any(set(pair) <= by for pair in DISPUTED)


def _within(points: list[tuple[float, float]]) -> bool:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return max(xs) > WEST and min(xs) < EAST and max(ys) > SOUTH and min(ys) < NORTH


def _inside(points: list[tuple[float, float]], box: tuple[float, float, float, float]) -> bool:
    return all(box[0] < x < box[2] and box[1] < y < box[3] for x, y in points)


def _area(points: list[tuple[float, float]]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, [*points[1:], points[0]], strict=True))) / 2


def _summed(arc: list[list[int]]) -> list[tuple[int, int]]:
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x, y))
    return points


def _differences(points: list[tuple[int, int]]) -> list[list[int]]:
    before = (0, 0)
    found = []
    for x, y in points:
        found.append([x - before[0], y - before[1]])
        before = (x, y)
    return found


def _simplified(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without the points that matter least (Visvalingam, Whyatt 1993); ends stay, and four points of a ring."""
    least = 4 if points[0] == points[-1] else 2
    before, after = list(range(-1, len(points) - 1)), list(range(1, len(points) + 1))

    def weight(place: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = points[before[place]], points[place], points[after[place]]
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2

    left = set(range(len(points)))
    queue = [(weight(place), place) for place in range(1, len(points) - 1)]
    heapq.heapify(queue)
    current = {place: found for found, place in queue}
    while queue and len(left) > least:
        found, place = heapq.heappop(queue)
        if place not in left or current[place] != found:
            continue
        if found >= COARSEST:
            break
        left.discard(place)
        one, other = before[place], after[place]
        after[one], before[other] = other, one
        for neighbour in (one, other):
            if 0 < neighbour < len(points) - 1:
                current[neighbour] = weight(neighbour)
                heapq.heappush(queue, (current[neighbour], neighbour))
    return [points[place] for place in sorted(left)]


if __name__ == "__main__":
    main(sys.argv[1])
