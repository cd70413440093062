"""Institutions on the map and on the tile grid."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from eldercare import maps
from eldercare.drawing import Drawing, scatter
from eldercare.faces.screen import style
from eldercare.measures import (
    ACCENT,
    FIRST_DARK_CLASS,
    GROUND,
    INK,
    LINE,
    MUTED,
    PANEL,
    PRIMARY,
    SEQUENCE,
    UNKNOWN,
    missing,
    number,
)

# How exact the point is, as shape and fill; only an address is filled with colour.
POINTS = {
    "address": ("门牌地址", "circle", ACCENT),
    "town": ("乡镇、街道", "circle", "#F6E0CB"),
    "county": ("区县中心", "circle", GROUND),
    "city": ("城市中心", "diamond", GROUND),
    "province": ("省级中心", "square", GROUND),
}


# About as wide as the map stands on the page and as high as its legend is, in pixels; radius of a plain point and of one with its number.
MAP_WIDTH, LEGEND, DOT, NUMBERED = 400, 58, 5, 11
# A diamond reaches further than its size says.
REACH = 1.3


def found_points(
    rows: pd.DataFrame, numbers: Mapping[str, int], height: int = 560, known: Collection[str] = ()
) -> go.Figure:
    """Institutions over the outlines: point_id, institutions, lon, lat, point_precision and hover.

    The shape says how exact the place is; several at one point, or in one cell of a crowded map, are one circle
    with their number. Those of the list beside it (`numbers`: institution to its line) carry the number of their line
    where it covers no other point. Cities in `known` have institutions known by name; the grey of the others says that
    nobody is known there, not that there are none. Each marker carries its point_id as customdata. The map shows the
    part where something is.
    """
    figure = maps.background(height)
    frame = _extent(rows)
    if known:
        _add_known(figure, known)
    _add_city_names(figure, frame, rows)
    numbers = {
        code: line
        for code, line in numbers.items()
        if code in _with_room(rows, numbers, frame, height)
    }
    # Circles first: a point beside one is not hidden under it.
    circles = rows[rows["institutions"] > 1]
    if not circles.empty:
        counts = circles["institutions"].to_numpy(float)
        figure.add_trace(
            scatter(
                **_positions(circles),
                mode="markers+text",
                marker={
                    "size": 18 + 22 * np.sqrt(counts / counts.max()) if len(counts) > 1 else [24],
                    "color": PRIMARY,
                    "opacity": 0.85,
                    "line": {"width": 1, "color": GROUND},
                },
                text=[number(count) for count in counts],
                textfont={"size": 11, "color": GROUND},
                name="多家，内为家数",
                **_marks(circles),
            )
        )
    single = rows[rows["institutions"] == 1]
    for precision, (words, symbol, fill) in POINTS.items():
        part = single[single["point_precision"] == precision]
        if part.empty:
            continue
        lines = [numbers.get(code) for code in part["point_id"]]
        figure.add_trace(
            scatter(
                **_positions(part),
                mode="markers+text",
                marker={
                    "symbol": symbol,
                    "size": [2 * NUMBERED if line else 2 * DOT for line in lines],
                    "color": fill,
                    "opacity": 1,
                    "line": {"width": 2, "color": ACCENT},
                },
                text=[str(line or "") for line in lines],
                textfont={"size": 11, "color": GROUND if fill == ACCENT else INK},
                name=words,
                **_marks(part),
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


def found_tiles(rows: pd.DataFrame, tiles: pd.DataFrame, height: int = 480) -> go.Figure:
    """The same by city, one square each: place_code, short_name, institutions, known, announced_words, hover, demo.

    A city where nobody is known by name is grey and says so; only of the fictitious list all is known, so there it says 无.
    """
    known = rows.set_index("place_code")
    placed = tiles[tiles["place_code"].isin(known.index)]
    counts = [known.at[code, "institutions"] for code in placed["place_code"]]
    ranks = [
        0 if missing(count) else 1 + sum(count >= edge for edge in (5, 20, 100, 500))
        for count in counts
    ]
    figure = Drawing(
        scatter(
            x=placed["tile_column"].to_numpy(np.float32),
            y=-placed["tile_row"].to_numpy(np.float32),
            mode="markers+text",
            marker={
                "symbol": "square",
                "size": 48,
                "color": [
                    SEQUENCE[rank]
                    if rank
                    else PANEL
                    if known.at[code, "known"] or known.at[code, "demo"]
                    else UNKNOWN
                    for code, rank in zip(placed["place_code"], ranks, strict=True)
                ],
                "line": {"width": 1, "color": LINE},
            },
            text=[_tile_words(known.loc[code]) for code in placed["place_code"]],
            textfont={
                "size": 10,
                "color": [GROUND if rank >= FIRST_DARK_CLASS else INK for rank in ranks],
            },
            customdata=placed["place_code"].tolist(),
            hovertext=[str(known.at[code, "hover"]) for code in placed["place_code"]],
            hoverinfo="text",
            showlegend=False,
        )
    )
    style(figure, height)
    hidden = {"visible": False, "fixedrange": True}
    columns, lines = placed["tile_column"], -placed["tile_row"]
    figure.update_layout(
        xaxis={**hidden, "range": [columns.min() - 0.6, columns.max() + 0.6]},
        yaxis={**hidden, "range": [lines.min() - 0.6, lines.max() + 1.1]},
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
    )
    return figure.figure()


def _tile_words(row: pd.Series) -> str:
    """Name, what is found there and, in the real list, what a published list says of the city."""
    if not missing(row["institutions"]):
        found = number(row["institutions"])
    elif row["demo"]:
        found = "无"
    else:
        found = "范围外" if row["known"] else "未点名"
    listed = (
        ""
        if missing(row["announced_words"])
        else "点名"
        if missing(row["announced"])
        else "入选{n}".format(n=row["announced"])
    )
    return "\n".join(filter(None, [row["short_name"], found, listed]))


def _positions(rows: pd.DataFrame) -> dict[str, np.ndarray]:
    return {"x": rows["lon"].to_numpy(np.float32), "y": rows["lat"].to_numpy(np.float32)}


def _marks(rows: pd.DataFrame) -> dict[str, object]:
    return {
        "customdata": rows["point_id"].tolist(),
        "hovertext": [str(words) for words in rows["hover"]],
        "hoverinfo": "text",
        "showlegend": True,
    }


def _with_room(
    rows: pd.DataFrame,
    numbers: Mapping[str, int],
    frame: tuple[list[float], list[float]],
    height: int,
) -> set[str]:
    """The institutions whose number would cover no other point, those higher in the list first."""
    (west, east), (south, north) = frame
    scale = min(MAP_WIDTH / (east - west) / maps.SHRUNK, (height - LEGEND) / (north - south))
    x, y = rows["lon"].to_numpy(float) * scale * maps.SHRUNK, rows["lat"].to_numpy(float) * scale
    counts = rows["institutions"].to_numpy(float)
    radius = np.where(counts > 1, 9 + 11 * np.sqrt(counts / max(counts.max(initial=1), 1)), DOT)
    found = set()
    for place in sorted(
        np.flatnonzero(rows["point_id"].isin(numbers)),
        key=lambda place: numbers[rows["point_id"].iloc[place]],
    ):
        others = np.arange(len(rows)) != place
        if (np.hypot(x - x[place], y - y[place]) >= NUMBERED * REACH + radius)[others].all():
            radius[place] = NUMBERED * REACH
            found.add(rows["point_id"].iloc[place])
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


def _extent(rows: pd.DataFrame) -> tuple[list[float], list[float]]:
    """The part of the delta that holds the points with a margin, never less than about 80 km; the whole where they are spread."""
    whole = maps.extent(list(maps.outlines().values()))
    if rows.empty:
        return whole
    found = []
    for column, (least, most) in zip(("lon", "lat"), whole, strict=True):
        low, high = float(rows[column].min()), float(rows[column].max())
        if high - low > 0.6 * (most - least):
            return whole
        room = max((high - low) * 0.12, (0.8 - (high - low)) / 2, 0.15)
        found.append([low - room, high + room])
    return found[0], found[1]


def _add_city_names(
    figure: Drawing, frame: tuple[list[float], list[float]], rows: pd.DataFrame
) -> None:
    """Names of the cities in the frame, but not where a point would stand over them."""
    (west, east), (south, north) = frame
    across, along = (east - west) * 0.07, (north - south) * 0.045
    shapes, lon, lat = [], rows["lon"].to_numpy(float), rows["lat"].to_numpy(float)
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
