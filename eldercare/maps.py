"""Maps drawn as plain Plotly shapes from our own outlines: no tiles, no request, no WebGL.

Ratios are choropleths; Shanghai's sixteen districts stand enlarged in an inset. Every map has a tile
grid as its second view. Nothing here knows Streamlit or DuckDB.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eldercare import labels
from eldercare.data.outlines import Outline, extent, is_district, outlines
from eldercare.data.outlines import area as area
from eldercare.drawing import CALM, EXPLAINS, Drawing, Drawn, Trace, scatter
from eldercare.measures import (
    GROUND,
    INK,
    LINE,
    MUTED,
    UNKNOWN,
)

# Where one degree of longitude is as long as cos(latitude) of one degree of latitude.
MIDDLE_LATITUDE = 31.3
SHRUNK = math.cos(math.radians(MIDDLE_LATITUDE))
# The views of an exhibit that draw places as outlines and as squares of equal size.
OUTLINES, SQUARES = "地图", "方格图"
# What share of the width and of the height, from below, the main map and its two insets take; of Shanghai alone, its
# districts and their centre side by side.
WHOLE_MAP = {
    "": ((0.0, 0.64), (0.0, 1.0)),
    "2": ((0.66, 1.0), (0.56, 0.95)),
    "3": ((0.66, 1.0), (0.0, 0.5)),
}
SHANGHAI_ALONE = {"2": ((0.0, 0.52), (0.0, 0.94)), "3": ((0.54, 1.0), (0.0, 0.94))}
Panels = Mapping[str, tuple[tuple[float, float], tuple[float, float]]]
# The least width in pixels at which a map is drawn.
ROOM = 580
# Size of a letter in the labels, in pixels; from this distance on a label needs a line to its place.
LETTER, ASIDE = 11, 13
# Shanghai as a whole has no outline beside its districts: its name belongs to their middle.
WHOLE, MIDDLE = "310000", (121.5, 31.2)
# Sides of a tile in pixels: side by side, not over one another, where the screen is 1366 wide.
TILE, SMALL_TILE, LARGE_TILE = 48, 42, 66
CENTRE = {"310101", "310104", "310105", "310106", "310107", "310109", "310110"}


def approval() -> str:
    """The number under which a map office approved the outlines (审图号), "" while nobody has one."""
    return os.environ.get("ELDERCARE_MAP_APPROVAL", "").strip()


def outlined() -> bool:
    """Whether pages draw outlines at all: without an approval they may be switched off."""
    return bool(approval()) or os.environ.get("ELDERCARE_MAP_OUTLINES", "") != "off"


def mark() -> str:
    """What stands under every drawing with outlines."""
    return f"审图号：{approval()}" if approval() else "内部示意，未经地图审核"


def note() -> str:
    """The same in the foot of an exhibit."""
    return f"行政区划示意。轮廓：天地图，{mark()}"


def views(named: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the views of an exhibit that may be shown."""
    return {name: view for name, view in named.items() if outlined() or name != OUTLINES}


def has_outlines(figure: Drawn) -> bool:
    """Whether outlines are drawn in the figure."""
    return figure.meta.get("outlines", False)


def tile_frame(figure: Drawing, height: int, districts: bool = True, cities: bool = True) -> None:
    """The axes of a tile grid: cities on the left, Shanghai's districts in the inset; either of them alone takes the middle."""
    hidden = {"visible": False, "fixedrange": True}
    figure.update_layout(
        xaxis={**hidden, "domain": [0, 0.66 if districts else 1], "range": [-0.6, 7.6]},
        yaxis={**hidden, "range": [-7.6, 0.6]},
        xaxis2={
            **hidden,
            "domain": [0.7, 1] if cities else [0.25, 0.75],
            "range": [-0.6, 3.6],
            "anchor": "y2",
        },
        yaxis2={
            **hidden,
            "domain": [0.45, 0.95] if cities else [0, 0.9],
            "range": [-3.6, 0.6],
            "anchor": "x2",
            # By themselves they stand as far apart upwards as across.
            **({} if cities else {"scaleanchor": "x2", "constrain": "domain"}),
        },
    )
    if districts and cities:
        figure.update_layout(annotations=[inset_title("上海16区", 0.95)])
    quiet(figure, height, legend_at=0.7 if cities else 0)
    figure.needs(580 if districts else 390)


def background(height: int, colour: str = UNKNOWN) -> Drawing:
    """Only the outlines, pale, as the ground for points; nothing where outlines are switched off."""
    figure = Drawing(*([fill(list(outlines().values()), colour, "")] if outlined() else []))
    everything = extent(list(outlines().values()))
    ratio = 1 / SHRUNK
    hidden = {"visible": False, "fixedrange": True, "constrain": "domain"}
    figure.update_layout(
        xaxis={**hidden, "range": everything[0]},
        yaxis={**hidden, "range": everything[1], "scaleanchor": "x", "scaleratio": ratio},
    )
    quiet(figure, height)
    if outlined():
        _sign(figure)
    return figure


def parts(shapes: dict[str, Outline]) -> dict[str, dict[str, list[str]]]:
    """The main map, the inset of all districts and the inset of the small central ones: what is drawn and named."""
    districts = [code for code in shapes if is_district(code)]
    return {
        "": {"drawn": list(shapes), "named": [code for code in shapes if not is_district(code)]},
        "2": {"drawn": districts, "named": [code for code in districts if code not in CENTRE]},
        "3": {"drawn": districts, "named": [code for code in districts if code in CENTRE]},
    }


def fill(drawn: list[Outline], colour: str, axis: str) -> Trace:
    """Places of one colour as one trace on the axes `axis` (main map, districts, central districts); the unknown is hatched."""
    gap = np.array([np.nan], dtype=np.float32)
    lon = np.concatenate([part for shape in drawn for part in (shape.lon, gap)])
    lat = np.concatenate([part for shape in drawn for part in (shape.lat, gap)])
    return scatter(
        x=lon,
        y=lat,
        xaxis=f"x{axis}",
        yaxis=f"y{axis}",
        mode="lines",
        line={"width": 0.8, "color": "#FFFFFF"},
        fill="toself",
        fillcolor=colour,
        fillpattern={"shape": "/", "fgcolor": "#B8C2CC", "bgcolor": UNKNOWN, "size": 6}
        if colour == UNKNOWN
        else None,
        hoverinfo="skip",
        showlegend=False,
    )


def key(colour: str) -> dict[str, Any]:
    """The mark of a filled area in the legend."""
    if colour == UNKNOWN:
        return {"symbol": "hash-open", "size": 11, "color": "#8796A5", "line": {"width": 1}}
    return {"symbol": "square", "size": 13, "color": colour, "line": {"width": 1, "color": LINE}}


@dataclass(frozen=True)
class Name:
    """What is written of one place of a map: its words in lines on the colour of its `ground`, and all that is known for a pointer.

    `reach` is how much ground a click on the place may hit, in square degrees; a `point` has a mark of its own and none.
    """

    code: str
    lon: float
    lat: float
    words: str
    hover: str
    ink: str = INK
    ground: str = GROUND
    reach: float = 0.0
    point: bool = False


def add_names(
    figure: Drawing, names: Sequence[Name], axis: str, height: int, panels: Panels = WHOLE_MAP
) -> None:
    """The names on one part of a map; those that find no room on their place stand aside, with a line to it.

    Reckoned for the narrowest screen: on a wider one they only move apart.
    """
    scale = _scale(axis, height, panels)
    spots = tuple((name.lon * scale * SHRUNK, name.lat * scale) for name in names)
    middles = labels.placed(
        spots,
        tuple(name.words for name in names),
        # A name with a sign or a value under it gives way after the bare ones.
        tuple(name.reach * (4 if "\n" in name.words else 1) for name in names),
        LETTER,
        tuple(index for index, name in enumerate(names) if name.point),
    )
    aside = [math.dist(spot, middle) > ASIDE for spot, middle in zip(spots, middles, strict=True)]
    ends = [
        (spot, labels.edge(spot, middle, name.words, LETTER))
        for name, spot, middle, away in zip(names, spots, middles, aside, strict=True)
        if away
    ]
    lines = [point for start, end in ends for point in (start, end, (np.nan, np.nan))]
    at = {"xaxis": f"x{axis}", "yaxis": f"y{axis}", "showlegend": False}

    def degrees(pixels: Sequence[tuple[float, float]]) -> Trace:
        return {
            "x": np.array([x / scale / SHRUNK for x, _y in pixels], dtype=np.float32),
            "y": np.array([y / scale for _x, y in pixels], dtype=np.float32),
        }

    if lines:
        line = {"width": 0.8, "color": MUTED}
        figure.add_trace(scatter(**degrees(lines), mode="lines", line=line, hoverinfo="skip", **at))
    told = {
        "customdata": [name.code for name in names],
        "hovertext": [name.hover for name in names],
        "hoverinfo": "text",
        "selected": {"marker": {"opacity": 0}},
        "unselected": {"marker": {"opacity": 0}},
        **at,
    }
    # A place is hit anywhere near its middle, not only on its name.
    reach = [
        min(max(0.6 * scale * math.sqrt(name.reach * SHRUNK), 2 * LETTER), 6 * LETTER)
        for name in names
    ]
    figure.add_trace(
        scatter(**degrees(spots), mode="markers", marker={"size": reach, "opacity": 0}, **told)
    )
    figure.add_trace(
        scatter(
            **degrees(middles),
            mode="markers+text",
            marker={"size": 2 * LETTER, "opacity": 0},
            text=[name.words for name in names],
            textfont=_lettering(
                [
                    (INK, GROUND) if away or name.point else (name.ink, name.ground)
                    for name, away in zip(names, aside, strict=True)
                ]
            ),
            cliponaxis=False,
            **told,
        )
    )


def _scale(axis: str, height: int, panels: Panels) -> float:
    """Pixels per degree of latitude on one part of a map of that height where the screen is as narrow as may be."""
    shapes = outlines()
    part = parts(shapes)[axis]
    (west, east), (south, north) = extent(
        [shapes[code] for code in (part["named"] if axis == "3" else part["drawn"])]
    )
    (left, right), (bottom, top) = panels[axis]
    return min(
        height * (top - bottom) / (north - south), ROOM * (right - left) / (east - west) / SHRUNK
    )


def frame(
    figure: Drawing, shapes: dict[str, Outline], height: int, panels: Panels = WHOLE_MAP
) -> None:
    """The axes of a map: the delta, and Shanghai's districts and its centre as insets; or these two alone."""
    drawn = parts(shapes)
    hidden = {"visible": False, "fixedrange": True, "constrain": "domain"}
    for axis, (across, up) in panels.items():
        codes = drawn[axis]["named" if axis == "3" else "drawn"]
        (west_east, south_north) = extent([shapes[code] for code in codes])
        beside = {"anchor": f"x{axis}"} if axis else {}
        figure.update_layout(
            **{
                f"xaxis{axis}": {
                    **hidden,
                    "domain": list(across),
                    "range": west_east,
                    **({"anchor": f"y{axis}"} if axis else {}),
                },
                f"yaxis{axis}": {
                    **hidden,
                    "domain": list(up),
                    "range": south_north,
                    "scaleanchor": f"x{axis}",
                    "scaleratio": 1 / SHRUNK,
                    **beside,
                },
            }
        )
    if "" not in panels:
        figure.update_layout(xaxis={"visible": False}, yaxis={"visible": False})
    titles = {"2": "上海16区", "3": "其中：中心城区"}
    figure.update_layout(
        annotations=[
            inset_title(words, panels[axis][1][1] + 0.005, panels[axis][0][0])
            for axis, words in titles.items()
        ]
    )
    quiet(figure, height)
    figure.needs(ROOM)
    # The sea in the south-east of the main map has room for it.
    _sign(figure, next(iter(panels.values()))[0][1])


def _sign(figure: Drawing, right: float = 1) -> None:
    """Who approved the outlines, or that nobody did, in the picture itself: it leaves the page without its foot."""
    figure.update_layout(meta={"outlines": True})
    figure.add_annotation(
        text=mark(),
        x=right,
        y=0,
        xref="paper",
        yref="paper",
        xanchor="right",
        yanchor="bottom",
        showarrow=False,
        font={"size": 11, "color": MUTED},
    )


def inset_title(words: str, y: float, x: float = 0.66) -> dict:
    """The title of an inset as an annotation."""
    return {
        "text": words,
        "x": x,
        "y": y,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 12, "color": MUTED},
    }


def quiet(figure: Drawing, height: int, legend_at: float = 0) -> None:
    """What all maps share: no margins, no tools, one upright legend on the lower edge.

    South-west of the delta nothing is drawn at any width. A lying legend would be pushed over the map where the screen is wide.
    """
    figure.update_layout(
        height=height,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        **CALM,
        hovermode="closest",
        # A click beside a name still means the place.
        hoverdistance=30,
        hoverlabel={"align": "left", "font": {"size": 13}},
        legend={
            "x": legend_at,
            # Its own margin reaches below the edge: seven signs come close to the names above.
            "y": -0.01,
            "xanchor": "left",
            "yanchor": "bottom",
            "font": {"size": LETTER, "color": INK},
            **EXPLAINS,
            "tracegroupgap": 0,
        },
    )


def _lettering(inks: Sequence[tuple[str, str]]) -> dict:
    """Letters with a rim in the colour of their ground: a name wider than its place stays legible on the neighbour."""
    return {
        "size": LETTER,
        "color": [ink for ink, _ground in inks],
        "shadow": [
            f"0 0 2px {rim}, 0 0 2px {rim}, 0 0 3px {rim}, 0 0 3px {rim}" for _ink, rim in inks
        ],
    }
