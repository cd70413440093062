"""The map of an exhibit as a drawing: our own outlines, the places' fills, names and values, insets for Shanghai."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from eldercare import maps, palette
from eldercare.exhibits.shapes import Map, Place
from eldercare.faces.drawing import (
    MIDDLE,
    Area,
    Dot,
    Primitive,
    Stroke,
    Words,
    box,
    curve,
    moved,
    width_of,
    wrapped,
)
from eldercare.faces.layout import LEAST
from eldercare.maps import MIDDLE_LATITUDE, Outline
from eldercare.measures import ACCENT, GROUND, INK, LINE, MUTED, UNKNOWN

# Neighbours share their border points; rounding to this grid keeps it so.
GRID = 0.4
# Ties that are no agreement are dashed.
LOOSE = {"stage:intent", "stage:joint_activity"}
# From this height to its width on a picture of squares stands upright, its parts below each other.
UPRIGHT = 0.75
SHRINK = math.cos(math.radians(MIDDLE_LATITUDE))


# Where a label may move to when its own place is taken, nearest first.
SHIFTS = (
    (0, 0),
    (0, -4),
    (0, 4),
    (0, -8),
    (0, 8),
    (-6, 0),
    (6, 0),
    (0, -13),
    (0, 13),
    (-8, -8),
    (8, 8),
    (0, -19),
    (0, 19),
)


@dataclass(frozen=True)
class Frame:
    """Degrees → points, one scale for both directions, centred in a box."""

    west: float
    north: float
    scale: float
    x: float
    y: float

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        return self.x + (lon - self.west) * SHRINK * self.scale, self.y + (
            self.north - lat
        ) * self.scale


def frame(shapes: Iterable[Outline], x: float, y: float, width: float, height: float) -> Frame:
    """The frame that shows all the shapes as large as the box allows."""
    (west, east), (south, north) = maps.extent(list(shapes))
    scale = min(width / ((east - west) * SHRINK), height / (north - south))
    spare_x, spare_y = width - (east - west) * SHRINK * scale, height - (north - south) * scale
    return Frame(west, north, scale, x + spare_x / 2, y + spare_y / 2)


def drawn(shape: Map, width: float, height: float) -> list[Primitive]:
    """Everything of the map inside width × height points; without a province the delta and two insets."""
    places = {place.code: place for place in shape.places}
    side = width - 250
    if shape.squares and height > UPRIGHT * width:
        return _squares_below(shape, places, width, height)
    if shape.squares:
        return _squares(shape, places, side - 20, height) + _aside(shape, places, side, height)
    outlines = maps.outlines()
    if shape.within:
        chosen = [
            o
            for code, o in outlines.items()
            if code.startswith(shape.within) and _kept(code, shape.within)
        ]
        inside = frame(chosen, 0, 0, side - 20, height)
        parts = _areas(chosen, places, inside, shape) + _labels(chosen, places, inside)
        return parts + _aside(shape, places, side, height) + _signed(height)
    whole = list(outlines.values())
    parts_of = maps.parts(outlines)
    left = width * 0.38
    main = frame(whole, -8, 0, left, height)
    cities = [o for o in whole if not maps.is_district(o.code)]
    districts = [o for o in whole if maps.is_district(o.code)]
    result = _areas(cities, places, main, shape) + _areas(
        districts, places, main, shape, borders=False
    )
    result += _ties(shape, main)
    result += _labels([outlines[code] for code in parts_of[""]["named"]], places, main)
    x, room = left + 14, side - left - 40
    result.append(Words(x, 8, ["上海16区"], LEAST, MUTED))
    inset = frame(districts, x, 20, room, height * 0.48 - 20)
    result += _areas(districts, places, inset, shape)
    result += _labels([outlines[code] for code in parts_of["2"]["named"]], places, inset)
    centre = [outlines[code] for code in parts_of["3"]["named"]]
    result.append(Words(x, height * 0.5, ["其中：中心城区"], LEAST, MUTED))
    inset = frame(centre, x, height * 0.5 + 14, room, height * 0.5 - 16)
    result += _areas(centre, places, inset, shape) + _labels(centre, places, inset)
    return result + _aside(shape, places, side, height) + _signed(height)


def _signed(height: float) -> list[Primitive]:
    """The number under which the outlines were approved; without one no file has outlines."""
    return [Words(0, height - LEAST * 0.6, [maps.mark()], LEAST, MUTED)]


def _squares_below(
    shape: Map, places: dict[str, Place], width: float, height: float
) -> list[Primitive]:
    """Upright: the cities over the whole width, below them Shanghai's districts and the legend beside each other."""
    inside = {code: place for code, place in places.items() if code.startswith(shape.within)}
    parts = [
        {code: place for code, place in inside.items() if maps.is_district(code) == district}
        for district in (False, True)
    ]
    found: list[Primitive] = []
    y = x = 0.0
    # The legend stands beside the districts, or below the cities where there are none.
    low = max(height * 0.28, 32 + 20 * len(shape.legend))
    for part, room in zip(parts, (height - low - 20, low), strict=True):
        drawn = _squares(shape, part, width, room)
        if not drawn:
            continue
        found += moved(drawn, 0, y)
        edges = [point for each in drawn if isinstance(each, Area) for point in each.rings[0]]
        if y:
            x = max(across for across, _down in edges) + 24
        else:
            y = max(down for _across, down in edges) + 16
    ends = _ends(shape, places, x + 150, y + 10, 98)
    return found + moved(_legend(shape, 0), x, y) + ends


def _squares(shape: Map, places: dict[str, Place], width: float, height: float) -> list[Primitive]:
    """The places as squares: cities in one grid, Shanghai's districts beside it, or one of the two."""
    wanted = [
        tile for tile in shape.tiles if tile[0] in places and tile[0].startswith(shape.within)
    ]
    grids = [
        [tile for tile in wanted if maps.is_district(tile[0]) == district]
        for district in (False, True)
    ]
    if shape.within:
        grids = [[tile for tile in wanted if _kept(tile[0], shape.within)]]
    found: list[Primitive] = []
    x = 0.0
    # Both grids at one size of square; a name of two characters needs 32 points.
    spans = [
        (
            max(t[1] for t in grid) - min(t[1] for t in grid) + 1,
            max(t[2] for t in grid) - min(t[2] for t in grid) + 1,
        )
        for grid in grids
        if grid
    ]
    if not spans:
        return []
    side = min(
        (width - 20 * (len(spans) - 1)) / sum(columns for _rows, columns in spans),
        *(height / rows for rows, _columns in spans),
        76,
    )
    for grid, (_rows, columns) in zip([grid for grid in grids if grid], spans, strict=True):
        top, left = min(t[1] for t in grid), min(t[2] for t in grid)
        for code, row, column in grid:
            place = places[code]
            own_x, own_y = x + (column - left) * side, (row - top) * side
            own = code == shape.highlight
            found.append(Area(box(own_x + 1, own_y + 1, side - 2, side - 2), palette.colour(place.role), ACCENT if own else palette.colour(shape.border) if shape.border else GROUND, 2.4 if own else 0.6,
                f"{place.name} {place.words}"))  # fmt: skip
            lines = _in_square([line for line in place.label.split("\n") if line], side)
            found.append(
                Words(
                    own_x + side / 2,
                    own_y + side / 2 - (len(lines) - 1) * LEAST * 0.575,
                    lines,
                    LEAST,
                    palette.ink(place.role),
                    MIDDLE,
                )
            )
        x += columns * side + 20
    return found


def _in_square(lines: list[str], side: float) -> list[str]:
    """What of a label has room in a square; a name of three characters breaks into two lines."""
    name = wrapped(lines[0], LEAST, side) if lines else []
    if side < 2.3 * LEAST or len(name) > 1:
        return name
    return [line for line in lines if width_of(line, LEAST) <= side]


def _kept(code: str, within: str) -> bool:
    """Shanghai by its districts, the other provinces by their cities."""
    return maps.is_district(code) == within.startswith("31")


def _areas(
    shapes: list[Outline],
    places: dict[str, Place],
    inside: Frame,
    drawn_of: Map,
    borders: bool = True,
) -> list[Primitive]:
    found: list[Primitive] = []
    chosen: list[Primitive] = []
    for shape in shapes:
        place = places.get(shape.code)
        fill = palette.colour(place.role) if place else UNKNOWN
        edge = palette.colour(drawn_of.border) if drawn_of.border else GROUND
        own = borders and shape.code == drawn_of.highlight
        line, width = (ACCENT, 2.4) if own else (edge if borders else fill, 0.6)
        words = f"{place.name} {place.words}" if place else f"{shape.name} 公开资料未载"
        (chosen if own else found).append(Area(_rings(shape, inside), fill, line, width, words))
    return found + chosen


def _ties(drawn_of: Map, inside: Frame) -> list[Primitive]:
    """The flows as curves, and the places without an outline as dots; the table under the map names them."""
    curves: list[Primitive] = [
        Stroke(
            [inside.at(*point) for point in curve(flow.start, flow.end)],
            palette.line(flow.role),
            1.4,
            dashed=flow.role in LOOSE,
        )
        for flow in drawn_of.flows
    ]
    spots = [place for place in drawn_of.places if place.spot]
    return curves + [
        Dot(*inside.at(*place.spot), 2.6, GROUND, palette.line(place.role)) for place in spots
    ]


def _rings(shape: Outline, inside: Frame) -> list[list[tuple[float, float]]]:
    rings: list[list[tuple[float, float]]] = [[]]
    for lon, lat in zip(shape.lon.tolist(), shape.lat.tolist(), strict=True):
        if math.isnan(lon):
            rings.append([])
            continue
        x, y = inside.at(lon, lat)
        point = (round(round(x / GRID) * GRID, 2), round(round(y / GRID) * GRID, 2))
        if not rings[-1] or rings[-1][-1] != point:
            rings[-1].append(point)
    return [ring for ring in rings if len(ring) > 2]


def _labels(shapes: list[Outline], places: dict[str, Place], inside: Frame) -> list[Primitive]:
    """Name and value where they stand on their own ground and touch no other; else the name, else nothing: the notes name all."""
    found: list[Primitive] = []
    taken: list[tuple[float, float, float, float]] = []
    size = LEAST
    for shape in sorted(
        shapes,
        key=lambda s: (
            -float(np.nanmax(s.lon) - np.nanmin(s.lon)) * float(np.nanmax(s.lat) - np.nanmin(s.lat))
        ),
    ):
        place = places.get(shape.code)
        if place is None:
            continue
        x, y = inside.at(shape.label_lon, shape.label_lat)
        rings = _rings(shape, inside)
        lines = [line for line in place.label.split("\n") if line]
        for words, (dx, dy) in [(part, shift) for part in (lines, lines[:1]) for shift in SHIFTS]:
            width, high = max(width_of(line, size) for line in words), size * 1.15 * len(words)
            left, top = x + dx - width / 2, y + dy - high / 2
            edges = (left, top, left + width, top + high)
            free = all(
                edges[2] <= t[0] or edges[0] >= t[2] or edges[3] <= t[1] or edges[1] >= t[3]
                for t in taken
            )
            if free and _on_ground(edges, rings):
                taken.append(edges)
                found.append(
                    Words(x + dx, top + size * 0.575, words, size, palette.ink(place.role), MIDDLE)
                )
                break
    return found


def _on_ground(
    edges: tuple[float, float, float, float], rings: list[list[tuple[float, float]]]
) -> bool:
    """Whether words stand on their own place: the ends of each side, a little drawn in, lie inside its border."""
    in_x, in_y = (edges[2] - edges[0]) * 0.08, (edges[3] - edges[1]) * 0.15
    corners = [
        (x, y)
        for x in (edges[0] + in_x, edges[2] - in_x)
        for y in (edges[1] + in_y, edges[3] - in_y)
    ]
    return all(sum(_crosses(corner, ring) for ring in rings) % 2 for corner in corners)


def _crosses(at: tuple[float, float], ring: list[tuple[float, float]]) -> int:
    """How often a line from a point to the right crosses a ring."""
    x, y = at
    sides = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(
        (a[1] > y) != (b[1] > y) and x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]
        for a, b in sides
    )


def _aside(shape: Map, places: dict[str, Place], x: float, height: float) -> list[Primitive]:
    """The classes, and for a ratio the highest and the lowest in words that can be read from the back of a hall."""
    y = 32 + len(shape.legend) * 20 + 20
    # Where a picture is low, the lowest stand beside the highest.
    beside = y + 2 * 98 > height
    return _legend(shape, x) + _ends(shape, places, x, y, 0 if beside else 98)


def _legend(shape: Map, x: float) -> list[Primitive]:
    found: list[Primitive] = [Words(x, 10, [shape.heading], LEAST, MUTED)]
    for row, (words, role) in enumerate(shape.legend):
        top = 32 + row * 20
        found += [
            Area(box(x, top - 7, 14, 14), palette.colour(role), LINE, 0.6),
            Words(x + 22, top, [words], LEAST, INK),
        ]
    return found


def _ends(shape: Map, places: dict[str, Place], x: float, y: float, down: float) -> list[Primitive]:
    """Of six places or more the three highest, and so far below them, or beside them, the three lowest."""
    ranked = sorted(
        (p for p in places.values() if p.value is not None and _ranks(p.code, shape.within)),
        key=lambda p: -p.value,
    )
    found: list[Primitive] = []
    if len(ranked) < 6:
        return found
    for heading, part in (("最高", ranked[:3]), ("最低", ranked[:-4:-1])):
        found.append(Words(x, y, [heading], LEAST, MUTED))
        for line, place in enumerate(part, start=1):
            words = f"{place.name} {place.words}"
            found.append(Words(x, y + 22 * line, [words], 16, INK, bold=True))
        x, y = (x, y + down) if down else (x + 125, y)
    return found


def _ranks(code: str, within: str) -> bool:
    """Cities are ranked among cities; districts only on Shanghai's own map."""
    return maps.is_district(code) == within.startswith("31")
