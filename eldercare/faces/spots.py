"""Points as drawings: places along a line, between two measures, by where they lie; members of a network; short lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from eldercare import palette
from eldercare.exhibits.shapes import (
    Circles,
    Field,
    Homes,
    Items,
    Network,
    Panels,
    Path,
    Strip,
)
from eldercare.faces import boards, mapping
from eldercare.faces.drawing import (
    LEFT,
    MIDDLE,
    RIGHT,
    Dot,
    Primitive,
    Stroke,
    Words,
    width_of,
    wrapped,
)
from eldercare.faces.layout import LEAST, RESERVE
from eldercare.measures import GROUND, INK, LINE, MUTED, PROVINCES, number

Box = tuple[float, float, float, float]
PROVINCE_NAMES = ("上海", "江苏", "浙江", "安徽")
DOT, OWN_DOT = 5.0, 7.0
# Largest radius of a circle: of few places, and of many.
LARGE, SMALL, FEW = 30.0, 9.0, 60
PANEL_HEIGHT, PANEL_WIDTH = 104.0, 190.0


def _free(edges: Box, taken: Sequence[Box]) -> bool:
    return all(
        edges[2] <= t[0] or edges[0] >= t[2] or edges[3] <= t[1] or edges[1] >= t[3] for t in taken
    )


def _named(
    words: str,
    x: float,
    y: float,
    near: float,
    taken: list[Box],
    inside: Box,
    ink: str = INK,
    bold: bool = False,
) -> list[Primitive]:
    """The name of a point above, below or beside it, where nothing stands yet; nothing where all is taken."""
    wide = width_of(words, LEAST)
    for dx, dy in (
        (0, -near - 9),
        (0, near + 9),
        (wide / 2 + near + 3, 0),
        (-wide / 2 - near - 3, 0),
    ):
        edges = (x + dx - wide / 2, y + dy - 8, x + dx + wide / 2, y + dy + 8)
        within = edges[0] >= inside[0] and edges[2] <= inside[2]
        within = within and edges[1] >= inside[1] and edges[3] <= inside[3]
        if within and _free(edges, taken):
            taken.append(edges)
            return [Words(x + dx, y + dy, [words], LEAST, ink, MIDDLE, bold)]
    return []


def strip(shape: Strip, width: float, height: float) -> list[Primitive]:
    """One line from the lowest to the highest; what is named stands above, on as many levels as the names need, the whole below."""
    values = [dot.value for dot in shape.dots]
    low, span = min(values), (max(values) - min(values)) or 1.0
    levels = 4
    y = levels * 22 + 12.0

    def across(value: float) -> float:
        return 40 + (value - low) / span * (width - 80)

    found: list[Primitive] = [Stroke([(20, y), (width - 20, y)], LINE, 1.5)]
    for role, radius in (("peer", DOT), ("own", OWN_DOT), ("whole", OWN_DOT)):
        found += [
            Dot(across(dot.value), y, radius, palette.colour(role), GROUND)
            for dot in shape.dots
            if dot.role == role
        ]
    ends = [-math.inf] * levels
    for dot in sorted((d for d in shape.dots if d.label), key=lambda d: d.value):
        x, wide = across(dot.value), width_of(dot.label, LEAST)
        x_words = min(max(x, wide / 2), width - wide / 2)
        if dot.role == "whole":
            found.append(Words(x_words, y + 24, [dot.label], LEAST, INK, MIDDLE, True))
            continue
        level = next((i for i, end in enumerate(ends) if x_words - wide / 2 > end), None)
        if level is None:
            continue
        ends[level] = x_words + wide / 2 + 8
        at = y - 20 - level * 22
        found += [
            Stroke([(x, y - OWN_DOT), (x, at + 8)], LINE, 0.8),
            Words(x_words, at, [dot.label], LEAST, INK, MIDDLE),
        ]
    return found


def field(shape: Field, width: float, height: float) -> list[Primitive]:
    """A point for each place in the colour of its province, those farthest out named first; the whole as dashed lines."""
    left, top, right, bottom = 16.0, 54.0, width - 8, height - 36
    xs, ys = [s.x for s in shape.spots], [s.y for s in shape.spots]
    across, up = _scale(xs, left, right), _scale(ys, bottom, top)
    middle = across(shape.middle[0]), up(shape.middle[1])
    found: list[Primitive] = [
        Stroke([(left, bottom), (right, bottom)], MUTED, 0.8),
        Stroke([(left, bottom), (left, top)], MUTED, 0.8),
        Stroke([(middle[0], top), (middle[0], bottom)], MUTED, 0.8, dashed=True),
        Stroke([(left, middle[1]), (right, middle[1])], MUTED, 0.8, dashed=True),
        Words((left + right) / 2, height - 12, [f"横：{shape.axes[0]}　纵：{shape.axes[1]}"], LEAST, MUTED, MIDDLE),
    ]  # fmt: skip
    taken: list[Box] = []
    corners = ((right, top + 10, RIGHT), (left + 6, top + 10, LEFT), (right, bottom - 10, RIGHT), (left + 6, bottom - 10, LEFT))  # fmt: skip
    for (x, y, anchor), words in zip(corners, shape.corners, strict=True):
        wide = width_of(words, LEAST)
        start = x - wide if anchor == RIGHT else x
        taken.append((start, y - 8, start + wide, y + 8))
        found.append(Words(x, y, [words], LEAST, MUTED, anchor))
    inside = (left, top, right, bottom)
    at = {spot.code: (across(spot.x), up(spot.y)) for spot in shape.spots}
    taken += [(x - DOT, y - DOT, x + DOT, y + DOT) for x, y in at.values()]
    name, unit = shape.middle_name, shape.units
    found += _named(f"{name}{shape.middle[0]:.1f}{unit[0]}", middle[0], bottom - 20, 2, taken, inside, MUTED)  # fmt: skip
    found += _named(f"{name}{shape.middle[1]:+.1f}", right - 60, middle[1], 2, taken, inside, MUTED)
    for spot in sorted(
        shape.spots, key=lambda s: -math.hypot(at[s.code][0] - middle[0], at[s.code][1] - middle[1])
    ):
        x, y = at[spot.code]
        found.append(Dot(x, y, DOT, palette.colour(f"place:{spot.code}"), GROUND))
        found += _named(spot.name, x, y, DOT, taken, inside)
    return found + _provinces(0, 10)


def _provinces(x: float, y: float) -> list[Primitive]:
    """Which colour is which province."""
    found: list[Primitive] = []
    for code, name in zip(PROVINCES, PROVINCE_NAMES, strict=True):
        found += [
            Dot(x + 6, y, DOT, palette.colour(f"place:{code}"), GROUND),
            Words(x + 16, y, [name], LEAST, INK),
        ]
        x += 62
    return found


def _scale(values: Sequence[float], start: float, end: float):
    """From a value to its place between start and end, with room at both."""
    low, span = min(values), (max(values) - min(values)) or 1.0
    room = (end - start) * 0.07
    return lambda value: start + room + (value - low) / span * (end - start - 2 * room)


def circles(shape: Circles, width: float, height: float) -> list[Primitive]:
    """The numbers of places as circles where they lie, no outlines; the largest are named first."""
    largest = max(place.value for place in shape.places) or 1.0
    most = LARGE if len(shape.places) <= FEW else SMALL
    lon, lat = ([place.spot[axis] for place in shape.places] for axis in (0, 1))
    top = 24.0
    scale = min(
        (width - 2 * most) / ((max(lon) - min(lon)) * mapping.SHRINK or 1),
        (height - top - 2 * most) / ((max(lat) - min(lat)) or 1),
    )
    left = (width - (max(lon) - min(lon)) * mapping.SHRINK * scale) / 2
    found: list[Primitive] = []
    taken: list[Box] = []
    drawn = sorted(shape.places, key=lambda place: -place.value)
    for place in drawn:
        radius = max(most * math.sqrt(place.value / largest), 2.0)
        x = left + (place.spot[0] - min(lon)) * mapping.SHRINK * scale
        y = top + most + (max(lat) - place.spot[1]) * scale
        found.append(Dot(x, y, radius, palette.colour(place.role), GROUND))
    circles_ = [part for part in found if isinstance(part, Dot)]
    many = len(drawn) > FEW
    if many:
        taken += [
            (d.x - d.radius, d.y - d.radius, d.x + d.radius, d.y + d.radius) for d in circles_
        ]
    for place, dot in zip(drawn, circles_, strict=True):
        words, near = f"{place.name}{place.words}", dot.radius if many else 0
        found += _named(words, dot.x, dot.y, near, taken, (0, top, width, height))
    return found + _provinces(0, 8)


def homes(shape: Homes, width: float, height: float) -> list[Primitive]:
    """Homes by city as squares; where there is but one, what is known of its place in words."""
    if shape.cities is not None:
        return mapping.drawn(replace(shape.cities, squares=True), width, height)
    told = [spot.hover.split("\n") for spot in shape.spots]
    return boards.items(Items([(head, "；".join(rest)) for head, *rest in told]), width, height)


def network(shape: Network, width: float, height: float) -> list[Primitive]:
    """The hub in the middle, the members of each side below each other: a member without a number is hollow and says so."""
    x, y = width / 2, height / 2
    found: list[Primitive] = []
    largest = max((node.value or 0 for node in shape.nodes), default=0) or 1.0
    for side, (heading, role) in enumerate(shape.sides):
        own = [node for node in shape.nodes if node.role == role and not node.hub]
        ink, at = palette.colour(role), width * (0.78 if side else 0.22)
        anchor, away = (LEFT, 1) if side else (RIGHT, -1)
        found.append(Words(at, 10, [heading], 16, ink, MIDDLE, True))
        step = (height - 50) / max(len(own), 1)
        for place, node in enumerate(own):
            down = 40 + (place + 0.5) * step
            radius = 7 + 11 * math.sqrt((node.value or 0) / largest)
            found += [
                Stroke([(x, y), (at, down)], ink, 1.6, dashed=bool(side)),
                Dot(at, down, radius, GROUND if node.value is None else ink, ink),
                Words(at + away * (radius + 6), down - (9 if node.words else 0), [line for line in (node.name, node.words) if line], LEAST, INK, anchor),
            ]  # fmt: skip
    for node in shape.nodes:
        if node.hub:
            lines = [line for line in (node.name, node.words) if line]
            wide = max(width_of(line, 16) for line in lines) / 2 + 8
            found += [
                Dot(x, y, max(wide, 30), palette.colour(node.role), GROUND),
                Words(x, y - (len(lines) - 1) * 10, lines, 16, GROUND, MIDDLE, True),
            ]
    return found


def panels(shape: Panels, width: float, height: float) -> list[Primitive]:
    """Short lines beside and below each other, each on its own scale from zero; those without room are counted."""
    columns = max(1, int(width / PANEL_WIDTH))
    rows = max(1, int((height - 20) / PANEL_HEIGHT))
    shown = shape.paths[: columns * rows]
    wide, found = width / columns, []
    high = min((height - 20) / -(-len(shown) // columns), PANEL_HEIGHT * 1.6)
    for index, path in enumerate(shown):
        found += _panel(path, (index % columns) * wide, index // columns * high, wide - 16, high)
    if len(shown) < len(shape.paths):
        told = f"画出{len(shown)}项，共{len(shape.paths)}项，其余见原页"
        found.append(Words(0, height - 8, [told], LEAST, MUTED))
    return found


def _panel(path: Path, x: float, y: float, width: float, height: float) -> list[Primitive]:
    known = [point for point in path.points if point.value is not None]
    name = wrapped(path.name, LEAST, width * RESERVE)[:2]
    found: list[Primitive] = [Words(x, y + 9, name, LEAST, MUTED)]
    if not known:
        return [*found, Words(x, y + height / 2, [number(None)], LEAST, MUTED)]
    top, bottom = y + 22 + 18 * len(name), y + height - 30
    highest = max(point.value for point in known) or 1.0
    first, span = known[0].year, (known[-1].year - known[0].year) or 1.0

    def at(point) -> tuple[float, float]:
        return (
            x + 8 + (point.year - first) / span * (width - 16),
            bottom - point.value / highest * max(bottom - top, 1),
        )

    ink = palette.colour(path.role)
    for run in path.runs:
        if len(run) > 1:
            found.append(Stroke([at(point) for point in run], ink, 2))
        found += [Dot(*at(point), 3, ink, GROUND) for point in run]
    found.append(Stroke([(x, bottom), (x + width, bottom)], LINE, 0.8))
    ends = [known[0], known[-1]] if len(known) > 1 else [known[0]]
    for point, anchor, edge in zip(ends, (LEFT, RIGHT), (x, x + width), strict=False):
        words = f"{point.words}（{point.day.year}）" if len(ends) == 1 else point.words
        found += [Words(edge, bottom + 11, [words], LEAST, INK, anchor)]
    return found
