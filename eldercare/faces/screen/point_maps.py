"""Points of different exactness on the map."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from eldercare import maps
from eldercare.drawing import Drawing, Drawn, Trace, scatter
from eldercare.exhibits.shapes import Home, Homes
from eldercare.keeping import beside
from eldercare.measures import ACCENT, GROUND, INK, MUTED, PRIMARY, SEQUENCE, UNKNOWN, number

# How exact the point is, as shape and fill: told without colour too.
POINTS = {
    "address": ("门牌地址", "circle", ACCENT),
    "town": ("乡镇、街道", "circle-dot", GROUND),
    "county": ("区县中心", "triangle-up", GROUND),
    "city": ("城市中心", "diamond", GROUND),
    "province": ("省级中心", "square", GROUND),
}


# About as wide as the map stands on the page and as high as its legend is, in pixels; radius of a plain point and of one with its number.
MAP_WIDTH, LEGEND, DOT, NUMBERED = 400, 58, 5, 11
# A diamond reaches further than its size says.
REACH = 1.3


@beside
def points(shape: Homes, height: int = 560) -> Drawn:
    """Homes over the outlines; the map shows the part where something is.

    The sign says how exact a place is; several at one point, or in one cell of a crowded map, are one hexagon with their
    number. A spot carries the number of its line where it covers no other. Cities that are `known` have homes known by
    name; the grey of the others says that nobody is known there, not that there are none. Each marker carries its code.
    """
    figure = maps.background(height)
    lon, lat = (np.array([spot.spot[axis] for spot in shape.spots], float) for axis in (0, 1))
    frame = _extent(lon, lat)
    if shape.known:
        _add_known(figure, shape.known)
    _add_city_names(figure, frame, lon, lat)
    numbered = _with_room(shape.spots, lon, lat, frame, height)
    # Those of several first: a point beside one is not hidden under it.
    several = [spot for spot in shape.spots if spot.count > 1]
    if several:
        counts = np.array([spot.count for spot in several], float)
        sizes = 18 + 22 * np.sqrt(counts / counts.max()) if len(counts) > 1 else [24]
        edge = {"width": 1, "color": GROUND}
        figure.add_trace(
            scatter(
                **_marks(several),
                marker={
                    "symbol": "hexagon2",
                    "size": sizes,
                    "color": PRIMARY,
                    "opacity": 0.85,
                    "line": edge,
                },
                text=[number(spot.count) for spot in several],
                textfont={"size": 11, "color": GROUND},
                name="多家，内为家数",
            )
        )
    for precision, (words, symbol, fill) in POINTS.items():
        part = [s for s in shape.spots if s.count == 1 and s.precision == precision]
        if part:
            ink = GROUND if fill == ACCENT else INK
            figure.add_trace(
                scatter(
                    **_marks(part),
                    marker={
                        "symbol": symbol,
                        "size": [2 * (NUMBERED if s.code in numbered else DOT) for s in part],
                        "color": fill,
                        "opacity": 1,
                        "line": {"width": 2, "color": ACCENT},
                    },
                    text=[str(s.line) if s.code in numbered else "" for s in part],
                    textfont={"size": 11, "color": ink},
                    name=words,
                )
            )
    figure.update_layout(
        xaxis={"range": frame[0], "constrain": "range"},
        yaxis={"range": frame[1], "constrain": "range"},
        margin={"l": 0, "r": 0, "t": 0, "b": LEGEND},
        legend={
            "x": 0,
            "y": -0.01,
            "xanchor": "left",
            "yanchor": "top",
            "orientation": "h",
            "entrywidth": 92,
            "itemsizing": "constant",
        },
    )
    return figure.figure()


def _marks(spots: Sequence[Home]) -> Trace:
    return {
        "x": np.array([spot.spot[0] for spot in spots], dtype=np.float32),
        "y": np.array([spot.spot[1] for spot in spots], dtype=np.float32),
        "mode": "markers+text",
        "customdata": [spot.code for spot in spots],
        "hovertext": [spot.hover for spot in spots],
        "hoverinfo": "text",
        "showlegend": True,
    }


def _with_room(
    spots: Sequence[Home],
    lon: np.ndarray,
    lat: np.ndarray,
    frame: tuple[list[float], list[float]],
    height: int,
) -> set[str]:
    """The spots whose number would cover no other, those higher in the list first."""
    (west, east), (south, north) = frame
    scale = min(MAP_WIDTH / (east - west) / maps.SHRUNK, (height - LEGEND) / (north - south))
    x, y = lon * scale * maps.SHRUNK, lat * scale
    counts = np.array([spot.count for spot in spots], float)
    radius = np.where(counts > 1, 9 + 11 * np.sqrt(counts / max(counts.max(initial=1), 1)), DOT)
    found = set()
    listed = sorted((s.line, place) for place, s in enumerate(spots) if s.line and s.count == 1)
    for _line, place in listed:
        others = np.arange(len(spots)) != place
        if (np.hypot(x - x[place], y - y[place]) >= NUMBERED * REACH + radius)[others].all():
            radius[place] = NUMBERED * REACH
            found.add(spots[place].code)
    return found


def _add_known(figure: Drawing, known: Collection[str]) -> None:
    """The ground of the cities with institutions known by name, and what the two grounds mean."""
    shanghai = "310000" in known
    shapes = [
        shape
        for shape in maps.outlines().values()
        if shape.code in known or (shanghai and maps.is_district(shape.code))
    ]
    figure.add_trace(maps.fill(shapes, SEQUENCE[0], ""))
    for words, colour in (("有点名的机构", SEQUENCE[0]), ("来源未点名", UNKNOWN)):
        figure.add_sign(words, **maps.key(colour))


def _extent(lon: np.ndarray, lat: np.ndarray) -> tuple[list[float], list[float]]:
    """The part of the delta that holds the points with a margin, never less than about 80 km; the whole where they are spread."""
    whole = maps.extent(list(maps.outlines().values()))
    if not len(lon):
        return whole
    found = []
    for along, (least, most) in zip((lon, lat), whole, strict=True):
        low, high = float(along.min()), float(along.max())
        if high - low > 0.6 * (most - least):
            return whole
        room = max((high - low) * 0.12, (0.8 - (high - low)) / 2, 0.15)
        found.append([low - room, high + room])
    return found[0], found[1]


def _add_city_names(
    figure: Drawing, frame: tuple[list[float], list[float]], lon: np.ndarray, lat: np.ndarray
) -> None:
    """Names of the cities in the frame, but not where a point would stand over them."""
    (west, east), (south, north) = frame
    across, along = (east - west) * 0.07, (north - south) * 0.045
    shapes = []
    for shape in maps.outlines().values():
        inside = west < shape.label_lon < east and south < shape.label_lat < north
        near = (np.abs(lon - shape.label_lon) < across) & (np.abs(lat - shape.label_lat) < along)
        if inside and not maps.is_district(shape.code) and not near.any():
            shapes.append(shape)
    figure.add_trace(
        scatter(
            x=np.array([shape.label_lon for shape in shapes], dtype=np.float32),
            y=np.array([shape.label_lat for shape in shapes], dtype=np.float32),
            mode="text",
            text=[shape.name.removesuffix("市") for shape in shapes],
            textfont={"size": 10, "color": MUTED},
            hoverinfo="skip",
            showlegend=False,
        )
    )
