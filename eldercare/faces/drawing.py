"""Primitives of a drawing in points: polygons, lines, dots and words, for the formats that draw shapes themselves."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from eldercare.maps import MIDDLE_LATITUDE
from eldercare.measures import INK

BEND, CURVE_POINTS = 0.18, 24
NEVER_FIRST = "，。、；：）”》！？%· "
OPENING = "（“《‘"
# What numbers are written in, and how long one may be.
TOGETHER, LONGEST_NUMBER = "0123456789.,%+-", 12
LEFT, MIDDLE, RIGHT = "start", "middle", "end"


@dataclass(frozen=True)
class Area:
    """Closed rings filled with one colour; `name` is what a reader of the file sees as the shape's name."""

    rings: Sequence[Sequence[tuple[float, float]]]
    fill: str
    line: str = ""
    width: float = 0.6
    name: str = ""


@dataclass(frozen=True)
class Stroke:
    """A straight or broken line."""

    points: Sequence[tuple[float, float]]
    colour: str
    width: float = 1.0
    dashed: bool = False


@dataclass(frozen=True)
class Dot:
    """A filled circle."""

    x: float
    y: float
    radius: float
    fill: str
    line: str = ""


@dataclass(frozen=True)
class Words:
    """Lines of text; (x, y) is the middle of the first line's height, `anchor` says which end x is."""

    x: float
    y: float
    lines: Sequence[str]
    size: float
    colour: str = INK
    anchor: str = LEFT
    bold: bool = False


Primitive = Area | Stroke | Dot | Words


def moved(parts: Sequence[Primitive], x: float, y: float) -> list[Primitive]:
    """The same, so much further to the right and down."""
    found: list[Primitive] = []
    for part in parts:
        if isinstance(part, Area):
            rings = [[(a + x, b + y) for a, b in ring] for ring in part.rings]
            found.append(replace(part, rings=rings))
        elif isinstance(part, Stroke):
            found.append(replace(part, points=[(a + x, b + y) for a, b in part.points]))
        else:
            found.append(replace(part, x=part.x + x, y=part.y + y))
    return found


def lowest(parts: Sequence[Primitive]) -> float:
    """How far down a drawing reaches."""
    ends = [0.0]
    for part in parts:
        if isinstance(part, Area):
            ends += [y for ring in part.rings for _x, y in ring]
        elif isinstance(part, Stroke):
            ends += [y for _x, y in part.points]
        elif isinstance(part, Dot):
            ends.append(part.y + part.radius)
        else:
            ends.append(part.y + (len(part.lines) - 0.5) * part.size * 1.25)
    return max(ends)


def paragraph(
    x: float, y: float, lines: Sequence[str], size: float, colour: str = INK, bold: bool = False
) -> Words:
    """Lines whose first begins at `y` (the top of its room) and not at its middle."""
    return Words(x, y + size * 0.625, lines, size, colour, bold=bold)


def curve(start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    """A quadratic curve between two points (longitude, latitude), bent to the left of the way."""
    (lon, lat), (to_lon, to_lat) = start, end
    shrink = math.cos(math.radians(MIDDLE_LATITUDE))
    middle_lon = (lon + to_lon) / 2 - (to_lat - lat) * BEND / shrink
    middle_lat = (lat + to_lat) / 2 + (to_lon - lon) * BEND
    steps = [step / (CURVE_POINTS - 1) for step in range(CURVE_POINTS)]
    return [
        (
            (1 - t) ** 2 * lon + 2 * t * (1 - t) * middle_lon + t**2 * to_lon,
            (1 - t) ** 2 * lat + 2 * t * (1 - t) * middle_lat + t**2 * to_lat,
        )
        for t in steps
    ]


def box(x: float, y: float, width: float, height: float) -> list[list[tuple[float, float]]]:
    """The one ring of a rectangle."""
    return [[(x, y), (x + width, y), (x + width, y + height), (x, y + height)]]


def width_of(words: str, size: float) -> float:
    """About how wide words are: a Chinese character is as wide as it is high, a digit a little more than half.

    On the wide side: some fonts have wider digits, and some programs put a little room between digits and Chinese.
    """
    wide = [unicodedata.east_asian_width(letter) in "WFA" for letter in words]
    return size * (
        sum(1.0 if w else 0.6 for w in wide)
        + 0.2 * sum(one != other for one, other in pairwise(wide))
    )


def along(points: Sequence[tuple[float, float]], step: float = 6) -> list[tuple[float, ...]]:
    """Small boxes on a broken line: what no words may stand on."""
    found = []
    for (x, y), (to_x, to_y) in pairwise(points):
        count = max(1, math.ceil(math.hypot(to_x - x, to_y - y) / step))
        for part in range(count + 1):
            at_x, at_y = x + (to_x - x) * part / count, y + (to_y - y) * part / count
            found.append((at_x - 2, at_y - 2, at_x + 2, at_y + 2))
    return found


def wrapped(words: str, size: float, width: float) -> list[str]:
    """Words broken into lines of a width, all of them: what has no room is left out whole, never cut."""
    lines, line = [], ""
    for letter in words:
        # Closing punctuation never begins a line, nor does a point between two parts.
        if line and width_of(line + letter, size) > width and letter not in NEVER_FIRST:
            # A number is not torn apart where a line has room for the whole of it.
            kept = line.rstrip(TOGETHER) if letter in TOGETHER else line
            kept = kept if kept and len(line) - len(kept) <= LONGEST_NUMBER else line
            # What opens stays with what it opens.
            kept = kept.rstrip(OPENING) or kept
            lines.append(kept)
            line = line[len(kept) :]
        line += letter
    return [*lines, line]


def fitting(words: str, width: float, lines: int, sizes: Sequence[float]) -> float:
    """The largest of the sizes at which the words take no more than so many lines; the smallest when none does."""
    return next((size for size in sizes if len(wrapped(words, size, width)) <= lines), sizes[-1])
