"""Bars, lines and timelines as drawings, for formats without charts of their own: the web page and native shapes."""

from __future__ import annotations

import math

from eldercare import palette
from eldercare.exhibits.shapes import Bars, Lines, Point, Series, Timeline
from eldercare.faces.drawing import (
    LEFT,
    MIDDLE,
    RIGHT,
    Area,
    Dot,
    Primitive,
    Stroke,
    Words,
    along,
    box,
    width_of,
    wrapped,
)
from eldercare.measures import GROUND, INK, LINE, MUTED, PRIMARY, axis_ticks, number

SIZE = 14.0


def label(value: float | None, unit: str, decimals: int, gap: str = "") -> str:
    """A value as it stands on a bar: full digits with its unit; a gap says why."""
    return gap if value is None else f"{value:,.{decimals}f}{unit}"


def bars(shape: Bars, width: float, height: float) -> list[Primitive]:
    """Horizontal or upright bars with their values; several series stand side by side or on top of each other."""
    return _across(shape, width, height) if shape.horizontal else _upright(shape, width, height)


def _highest(shape: Bars) -> float:
    known = [[v or 0 for v in series.values] for series in shape.series]
    return (
        max(
            [sum(column) for column in zip(*known, strict=True)]
            if shape.stacked
            else [v for row in known for v in row],
            default=0,
        )
        or 1
    )


def _legend(names: list[tuple[str, str]], x: float, y: float) -> list[Primitive]:
    found: list[Primitive] = []
    for name, colour in names:
        found += [Area(box(x, y - 6, 12, 12), colour), Words(x + 18, y, [name], SIZE, INK)]
        x += 18 + width_of(name, SIZE) + 24
    return found


def _colour(series: Series, index: int) -> str:
    return palette.colour(series.roles[index] if series.roles else series.role)


def _across(shape: Bars, width: float, height: float) -> list[Primitive]:
    found: list[Primitive] = []
    top = 0.0
    if len(shape.series) > 1:
        found += _legend(
            [(series.name, palette.colour(series.role)) for series in shape.series], 0, 8
        )
        top = 26
    count = 1 if shape.stacked else len(shape.series)
    row = min((height - top) / max(len(shape.categories), 1), max(46, 26 * count))
    size = SIZE
    names = min(
        max((width_of(name, size) for name in shape.categories), default=0) + 12, width * 0.42
    )
    scale = (width - names - 92) / _highest(shape)
    thick = row * 0.72 / count
    for index, name in enumerate(shape.categories):
        middle = top + row * (index + 0.5)
        told = wrapped(name, size, names)
        first = middle - (len(told) - 1) * size * 0.625
        found.append(Words(names - 8, first, told, size, INK, RIGHT))
        x = names
        for place, series in enumerate(shape.series):
            value = series.values[index]
            y = middle - row * 0.36 + (0 if shape.stacked else place * thick)
            if value is not None:
                found.append(
                    Area(
                        box(x, y, value * scale, thick),
                        _colour(series, index),
                        name=f"{name} {series.name}",
                    )
                )
            if shape.stacked:
                words = number(value, shape.decimals) if value else ""
                if words and width_of(words, size) < (value or 0) * scale:
                    found.append(
                        Words(
                            x + (value or 0) * scale / 2,
                            y + thick / 2,
                            [words],
                            size,
                            GROUND,
                            MIDDLE,
                            True,
                        )
                    )
                x += (value or 0) * scale
            else:
                words = label(value, shape.unit, shape.decimals, series.gap)
                colour = MUTED if value is None else INK
                found.append(
                    Words(names + (value or 0) * scale + 5, y + thick / 2, [words], SIZE, colour)
                )
    found.append(Stroke([(names, top), (names, top + row * len(shape.categories))], MUTED, 0.8))
    return found


def _upright(shape: Bars, width: float, height: float) -> list[Primitive]:
    found: list[Primitive] = []
    if len(shape.series) > 1:
        found += _legend(
            [(series.name, palette.colour(series.role)) for series in shape.series], 52, 8
        )
    top, bottom, left = 44.0, height - 26.0, 52.0
    values, words = axis_ticks(_highest(shape), shape.unit)
    scale = (bottom - top) / values[-1]
    for value, word in zip(values, words, strict=True):
        y = bottom - value * scale
        found += [
            Stroke([(left, y), (width, y)], LINE, 0.7),
            Words(left - 6, y, [word], SIZE, MUTED, RIGHT),
        ]
    column = (width - left) / max(len(shape.categories), 1)
    thick = column * 0.76 / len(shape.series)
    size = SIZE
    widest = max(width_of(name, SIZE) for name in shape.categories)
    step = max(1, math.ceil((widest + 6) / column))
    for index, name in enumerate(shape.categories):
        start = left + column * (index + 0.12)
        if index % step == 0:
            middle = left + column * (index + 0.5)
            found.append(Words(middle, bottom + 13, [name], SIZE, INK, MIDDLE))
        for place, series in enumerate(shape.series):
            value = series.values[index]
            x = start + place * thick
            if value is not None:
                found.append(
                    Area(
                        box(x, bottom - value * scale, thick * 0.94, value * scale),
                        _colour(series, index),
                    )
                )
            if shape.labelled:
                y = bottom - (value or 0) * scale - size * 0.7
                found.append(
                    Words(
                        x + thick / 2,
                        y,
                        [label(value, shape.unit, shape.decimals, series.gap)],
                        size,
                        INK,
                        MIDDLE,
                    )
                )
    return [*found, Stroke([(left, bottom), (width, bottom)], MUTED, 0.8)]


def lines(shape: Lines, width: float, height: float) -> list[Primitive]:
    """Points joined where they may be; targets are hollow diamonds' strokes with their wording, joined to nothing."""
    points = [point for path in shape.paths for point in path.points if point.value is not None]
    found: list[Primitive] = []
    named = [path for path in shape.paths if not path.own_words]
    if not points:
        return _legend([(path.name, palette.colour(path.role)) for path in shape.paths], 60, 8)
    top, bottom, left, right = 48.0, height - 26.0, 60.0, width - 70.0
    values, words = axis_ticks(max(point.value for point in points), shape.unit)
    first, last = min(p.year for p in points), max(p.year for p in points)
    span = max(last - first, 0.5)
    across, up = (right - left - 40) / span, (bottom - top) / values[-1]
    for value, word in zip(values, words, strict=True):
        y = bottom - value * up
        found += [
            Stroke([(left, y), (right + 40, y)], LINE, 0.7),
            Words(left - 6, y, [word], SIZE, MUTED, RIGHT),
        ]
    # Every year where their words have room, else every second or further.
    step = max(1 if span < 9 else 2, math.ceil((width_of("2020年底", SIZE) + 8) / across))
    for year in range(int(first), int(last) + 2):
        x = left + 20 + (year - first) * across
        if left <= x <= right + 20 and year % step == 0:
            found.append(Words(x, bottom + 14, [f"{year}年底"], SIZE, MUTED, MIDDLE))
    taken: list[tuple[float, ...]] = []
    for path in named:
        for run in path.runs:
            at = [(left + 20 + (p.year - first) * across, bottom - p.value * up) for p in run]
            taken += along(at) or along(at * 2)
    marked = []
    for path in shape.paths:
        ink = palette.colour(path.role)
        for run in path.runs:
            at = [(left + 20 + (p.year - first) * across, bottom - p.value * up) for p in run]
            if len(run) > 1 and not path.own_words:
                found.append(Stroke(at, ink, 2.4))
            for point, (x, y) in zip(run, at, strict=True):
                found.append(
                    Stroke([(x - 11, y), (x + 11, y)], ink, 3.2)
                    if path.target
                    else Dot(x, y, 4.2, *((GROUND, ink) if path.apart else (ink, GROUND)))
                )
                marked.append((path, point, x, y, ink))
    # What no legend explains finds its place first.
    for path, point, x, y, ink in sorted(marked, key=lambda m: (not m[0].apart, not m[0].target)):
        words_at = _point_words(point, x, y, ink, taken, width)
        found += words_at
        if not words_at and path not in named:
            named.append(path)
    found += _legend([(path.name, palette.colour(path.role)) for path in named], 60, 8)
    return [*found, Stroke([(left, bottom), (right + 40, bottom)], MUTED, 0.8)]


def _point_words(
    point: Point,
    x: float,
    y: float,
    colour: str,
    taken: list[tuple[float, ...]],
    width: float,
) -> list[Primitive]:
    """The words of a point above, below or beside it, where nothing stands yet and the picture has not ended."""
    half = width_of(point.words, SIZE) / 2
    for dx, dy in ((0, -14), (0, 16), (half + 10, 0), (-half - 10, 0), (0, -28), (0, 30)):
        edges = (x + dx - half, y + dy - 7, x + dx + half, y + dy + 7)
        if (
            edges[0] >= 0
            and edges[2] <= width
            and all(
                edges[2] <= t[0] or edges[0] >= t[2] or edges[3] <= t[1] or edges[1] >= t[3]
                for t in taken
            )
        ):
            taken.append(edges)
            return [Words(x + dx, y + dy, [point.words], SIZE, colour, MIDDLE, True)]
    return []


def timeline(shape: Timeline, width: float, height: float) -> list[Primitive]:
    """Newest on top: a line with a dot for every event, the day on its left, the words on its right."""
    events = [(event.when, event.words) for event in shape.newest]
    days = max((width_of(day, SIZE) for day, _words in events), default=0) + 4
    middle = days + 18
    told = {}
    for size in (16, SIZE):
        told = [wrapped(words, size, width - middle - 24) for _day, words in events]
        high = [len(lines) * size * 1.25 for lines in told]
        if sum(high) + 8 * len(high) <= height:
            break
    gap = min(28.0, max(4.0, (height - sum(high)) / max(len(events), 1)))
    found: list[Primitive] = [
        Stroke([(middle, 8), (middle, sum(high) + gap * (len(high) - 1))], LINE, 2)
    ]
    y = 14.0
    for (day, _words), lines, own in zip(events, told, high, strict=True):
        found += [
            Dot(middle, y, 5, PRIMARY, GROUND),
            Words(middle - 18, y, [day], SIZE, MUTED, RIGHT),
            Words(middle + 20, y, lines, size, INK, LEFT),
        ]
        y += own + gap
    return found
