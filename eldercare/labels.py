"""Labels on a map: every place has its own, none covers another; one that stands aside is led back to its place by a line."""

from __future__ import annotations

import math
from functools import lru_cache

# How far a label may stand from its place, in pixels, nearest first, and in how many directions.
RINGS = (0, 8, 14, 20, 27, 35, 44, 54, 66, 80, 96, 114)
TURNS = 16
# Half the side of what stands at a place that is a point.
POINT = 6

Box = tuple[float, float, float, float]


# The same map is drawn for every visitor.
@lru_cache(maxsize=64)
def placed(
    spots: tuple[tuple[float, float], ...],
    words: tuple[str, ...],
    weights: tuple[float, ...],
    letter: float,
    points: tuple[int, ...] = (),
) -> tuple[tuple[float, float], ...]:
    """Where the middle of each label stands, in pixels; `spots` are the middles of the places, up is more.

    The heavier stays where it is and the lighter gives way, as little as it can. Labels of `points` leave their spot
    free, all others keep off it. `letter` is the size of a character in pixels, a label may have several lines.
    """
    taken: dict[int, Box] = {}
    marks = {index: _box(spots[index], POINT, POINT) for index in points}
    found = list(spots)
    # A point must give way to its own mark: nobody else has so little choice.
    order = sorted(range(len(words)), key=lambda index: (index not in marks, -weights[index]))
    for index in order:
        wide, high = size(words[index], letter)
        others = [*taken.values(), *marks.values()]
        free = [
            spot
            for index_, spot in enumerate(spots)
            if index_ != index and index_ not in taken and index_ not in marks
        ]
        best: tuple[float, float, float] | None = None
        for ring in RINGS:
            for spot in _around(spots[index], ring):
                box = _box(spot, wide, high)
                covered = sum(_meet(box, other) for other in others)
                # The middle of a place that is not yet named is better left to its own name.
                hidden = sum(_holds(box, other) for other in free)
                cost = 1000.0 * covered + 8.0 * hidden + ring
                if best is None or cost < best[0]:
                    best = (cost, *spot)
            if best is not None and best[0] < ring:
                break
        assert best is not None
        found[index] = best[1:]
        taken[index] = _box(found[index], wide, high)
    return tuple(found)


def size(words: str, letter: float) -> tuple[float, float]:
    """Half the width and half the height of a label; a digit is little more than half as wide as a Chinese character."""
    lines = [line for line in words.split("\n") if line]
    wide = max((sum(0.6 if ord(c) < 0x2000 else 1.0 for c in line) for line in lines), default=0)
    return letter / 2 * wide, letter * 0.62 * len(lines)


def edge(
    spot: tuple[float, float], middle: tuple[float, float], words: str, letter: float
) -> tuple[float, float]:
    """The point of a label's box that is nearest to its place."""
    wide, high = size(words, letter)
    return (
        min(max(spot[0], middle[0] - wide), middle[0] + wide),
        min(max(spot[1], middle[1] - high), middle[1] + high),
    )


def _around(spot: tuple[float, float], ring: float) -> list[tuple[float, float]]:
    if not ring:
        return [spot]
    angles = [2 * math.pi * turn / TURNS for turn in range(TURNS)]
    return [(spot[0] + ring * math.cos(a), spot[1] + ring * math.sin(a)) for a in angles]


def _box(spot: tuple[float, float], wide: float, high: float) -> Box:
    return spot[0] - wide, spot[1] - high, spot[0] + wide, spot[1] + high


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _holds(box: Box, spot: tuple[float, float]) -> bool:
    return box[0] < spot[0] < box[2] and box[1] < spot[1] < box[3]
