"""Maps drawn as plain Plotly shapes from our own outlines: no tiles, no request, no WebGL.

Ratios are choropleths; Shanghai's sixteen districts stand enlarged in an inset. Every map has a tile
grid as its second view. Nothing here knows Streamlit or DuckDB.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from eldercare.data.outlines import Outline, area, extent, is_district, outlines
from eldercare.drawing import CALM, EXPLAINS, Drawing, Trace, scatter
from eldercare.labels import fitted
from eldercare.measures import (
    FIRST_DARK_CLASS,
    INK,
    LINE,
    MUTED,
    SEQUENCE,
    UNKNOWN,
    class_of,
    class_words,
)

# Where one degree of longitude is as long as cos(latitude) of one degree of latitude.
MIDDLE_LATITUDE = 31.3
SHRUNK = math.cos(math.radians(MIDDLE_LATITUDE))
# The views of an exhibit that draw places as outlines and as squares of equal size.
OUTLINES, SQUARES = "地图", "方格图"
# What share of the height the main map and its two insets take, from below.
HEIGHTS = {"": (0.0, 1.0), "2": (0.56, 0.95), "3": (0.0, 0.5)}
# Size of a letter in the labels, in pixels.
LETTER = 11
# Sides of a tile in pixels: side by side, not over one another, where the screen is 1366 wide.
TILE, SMALL_TILE = 48, 42
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


def has_outlines(figure: go.Figure) -> bool:
    """Whether outlines are drawn in the figure."""
    return (figure.layout.meta or {}).get("outlines", False)


def choropleth(
    rows: pd.DataFrame, breaks: tuple[float, ...], unit: str, decimals: int = 0, height: int = 560
) -> go.Figure:
    """A map of a ratio: `rows` has place_code, short_name, value and hover, one row a place.

    Places without a row or value are grey and say 公开资料未载. Markers at the label points carry the place
    code as customdata, so a click or a selection tells which place was meant.
    """
    shapes = outlines()
    known = rows.set_index("place_code")
    figure = Drawing()
    classes: dict[int | None, list[str]] = {}
    for code in shapes:
        value = known.at[code, "value"] if code in known.index else None
        classes.setdefault(class_of(value, breaks), []).append(code)
    for axis, part in parts(shapes).items():
        for rank, codes in classes.items():
            drawn = [shapes[code] for code in codes if code in part["drawn"]]
            if drawn:
                figure.add_trace(fill(drawn, _colour(rank), axis))
        named = [shapes[code] for code in part["named"] if code in known.index]
        low, high = extent(
            [shapes[code] for code in (part["named"] if axis == "3" else part["drawn"])]
        )[1]
        bottom, top = HEIGHTS[axis]
        _add_labels(
            figure,
            known,
            named,
            breaks,
            unit,
            decimals,
            axis,
            height * (top - bottom) / (high - low),
        )
    _add_legend(figure, breaks, unit, None in classes)
    frame(figure, shapes, height)
    return figure.figure()


def tile_grid(
    rows: pd.DataFrame,
    tiles: pd.DataFrame,
    breaks: tuple[float, ...],
    unit: str,
    decimals: int = 0,
    height: int = 560,
) -> go.Figure:
    """The same rows as squares of equal size; `tiles` has place_code, tile_row, tile_column."""
    known = rows.set_index("place_code")
    figure = Drawing()
    for axis, inset in (("", False), ("2", True)):
        part = tiles[tiles["place_code"].map(is_district) == inset]
        part = part[part["place_code"].isin(known.index)]
        values = [known.at[code, "value"] for code in part["place_code"]]
        ranks = [class_of(value, breaks) for value in values]
        figure.add_trace(
            scatter(
                x=part["tile_column"].to_numpy(np.float32),
                y=-part["tile_row"].to_numpy(np.float32),
                xaxis=f"x{axis}",
                yaxis=f"y{axis}",
                mode="markers+text",
                marker={
                    "symbol": "square",
                    "size": SMALL_TILE if inset else TILE,
                    "color": [_colour(rank) for rank in ranks],
                    "line": {"width": 1, "color": "#FFFFFF"},
                },
                text=[
                    _label(known.at[code, "short_name"], value, unit, decimals)
                    for code, value in zip(part["place_code"], values, strict=True)
                ],
                textfont={"size": 12, "color": [_text_colour(rank) for rank in ranks]},
                customdata=part["place_code"].tolist(),
                hovertext=[str(known.at[code, "hover"]) for code in part["place_code"]],
                hoverinfo="text",
                showlegend=False,
            )
        )
    _add_legend(figure, breaks, unit, any(class_of(v, breaks) is None for v in known["value"]))
    tile_frame(figure, height)
    return figure.figure()


def tile_frame(figure: Drawing, height: int) -> None:
    """The axes of a tile grid: cities on the left, Shanghai's districts in the inset."""
    hidden = {"visible": False, "fixedrange": True}
    figure.update_layout(
        xaxis={**hidden, "domain": [0, 0.66], "range": [-0.6, 7.6]},
        yaxis={**hidden, "range": [-7.6, 0.6]},
        xaxis2={**hidden, "domain": [0.7, 1], "range": [-0.6, 3.6], "anchor": "y2"},
        yaxis2={**hidden, "domain": [0.45, 0.95], "range": [-3.6, 0.6], "anchor": "x2"},
        annotations=[inset_title("上海16区", 0.95)],
    )
    quiet(figure, height, legend_at=0.7)
    figure.needs(580)


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
        else {},
        hoverinfo="skip",
        showlegend=False,
    )


def key(colour: str) -> dict[str, Any]:
    """The mark of a filled area in the legend."""
    if colour == UNKNOWN:
        return {"symbol": "hash-open", "size": 11, "color": "#8796A5", "line": {"width": 1}}
    return {"symbol": "square", "size": 13, "color": colour, "line": {"width": 1, "color": LINE}}


def _add_labels(
    figure: Drawing,
    known: pd.DataFrame,
    named: list[Outline],
    breaks: tuple[float, ...],
    unit: str,
    decimals: int,
    axis: str,
    scale: float,
) -> None:
    """Names and values of the places that have room for them in this part of the map; `scale`: pixels per degree of latitude."""
    values = [known.at[shape.code, "value"] for shape in named]
    words = [
        _label(known.at[shape.code, "short_name"], value, unit, decimals)
        for shape, value in zip(named, values, strict=True)
    ]
    figure.add_trace(
        scatter(
            x=np.array([shape.label_lon for shape in named], dtype=np.float32),
            y=np.array([shape.label_lat for shape in named], dtype=np.float32),
            xaxis=f"x{axis}",
            yaxis=f"y{axis}",
            mode="markers+text",
            marker={"size": 26, "opacity": 0},
            text=fitted(
                [(s.label_lon * scale * SHRUNK, s.label_lat * scale) for s in named],
                words,
                [area(s) for s in named],
                LETTER,
            ),
            textfont=_lettering([class_of(value, breaks) for value in values], LETTER),
            customdata=[shape.code for shape in named],
            hovertext=[str(known.at[shape.code, "hover"]) for shape in named],
            hoverinfo="text",
            showlegend=False,
        )
    )


def _add_legend(figure: Drawing, breaks: tuple[float, ...], unit: str, with_unknown: bool) -> None:
    entries = list(zip(class_words(breaks, unit), SEQUENCE, strict=False))
    if with_unknown:
        entries.append(("未载", UNKNOWN))
    for words, colour in entries:
        figure.add_sign(words, **key(colour))


def frame(figure: Drawing, shapes: dict[str, Outline], height: int) -> None:
    """The axes of a map: the delta, and Shanghai's districts and its centre as insets."""
    ratio = 1 / SHRUNK
    drawn = parts(shapes)
    main = extent([shapes[code] for code in drawn[""]["drawn"]])
    districts = extent([shapes[code] for code in drawn["2"]["drawn"]])
    centre = extent([shapes[code] for code in drawn["3"]["named"]])
    hidden = {"visible": False, "fixedrange": True, "constrain": "domain"}
    figure.update_layout(
        xaxis={**hidden, "domain": [0, 0.64], "range": main[0]},
        yaxis={**hidden, "range": main[1], "scaleanchor": "x", "scaleratio": ratio},
        xaxis2={**hidden, "domain": [0.66, 1], "range": districts[0], "anchor": "y2"},
        yaxis2={
            **hidden,
            "domain": list(HEIGHTS["2"]),
            "range": districts[1],
            "anchor": "x2",
            "scaleanchor": "x2",
            "scaleratio": ratio,
        },
        xaxis3={**hidden, "domain": [0.66, 1], "range": centre[0], "anchor": "y3"},
        yaxis3={
            **hidden,
            "domain": list(HEIGHTS["3"]),
            "range": centre[1],
            "anchor": "x3",
            "scaleanchor": "x3",
            "scaleratio": ratio,
        },
        annotations=[inset_title("上海16区", 0.955), inset_title("其中：中心城区", 0.505)],
    )
    quiet(figure, height)
    figure.needs(580)
    _sign(figure)


def _sign(figure: Drawing) -> None:
    """Who approved the outlines, or that nobody did, in the picture itself: it leaves the page without its foot."""
    figure.update_layout(meta={"outlines": True})
    figure.add_annotation(
        text=mark(),
        x=1,
        y=0,
        xref="paper",
        yref="paper",
        xanchor="right",
        yanchor="bottom",
        showarrow=False,
        font={"size": 11, "color": MUTED},
    )


def inset_title(words: str, y: float) -> dict:
    """The title of an inset as an annotation."""
    return {
        "text": words,
        "x": 0.66,
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
        hoverlabel={"align": "left", "font": {"size": 13}},
        legend={
            "x": legend_at,
            "y": 0,
            "xanchor": "left",
            "yanchor": "bottom",
            "font": {"size": 12, "color": INK},
            **EXPLAINS,
            "tracegroupgap": 0,
        },
    )


def _colour(rank: int | None) -> str:
    return UNKNOWN if rank is None else SEQUENCE[rank]


def _lettering(ranks: list[int | None], size: int) -> dict:
    """Letters with a rim in the colour of their ground: a name wider than its place stays legible on the neighbour."""
    rims = [_colour(rank) for rank in ranks]
    return {
        "size": size,
        "color": [_text_colour(rank) for rank in ranks],
        "shadow": [f"0 0 2px {rim}, 0 0 2px {rim}, 0 0 3px {rim}, 0 0 3px {rim}" for rim in rims],
    }


def _text_colour(rank: int | None) -> str:
    return "#FFFFFF" if rank is not None and rank >= FIRST_DARK_CLASS else INK


def _label(name: str, value: object, unit: str, decimals: int) -> str:
    words = "未载" if value is None or value != value else f"{float(value):.{decimals}f}{unit}"
    return f"{name}\n{words}"
