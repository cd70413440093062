"""Figures of the section 机构: announced against known, institutions on the map."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from eldercare import maps
from eldercare.drawing import Drawing, bar, scatter
from eldercare.figures import style
from eldercare.measures import ACCENT, FIRST_DARK_CLASS, GROUND, INK, LINE, MUTED, PANEL, PRIMARY, SEQUENCE, missing, number
from eldercare.text import _, hover_text

HATCH = {"shape": "/", "fgcolor": "#C5CDD6", "bgcolor": "#FFFFFF", "size": 5}


def announced_bars(rows: pd.DataFrame, height: int = 300) -> go.Figure:
    """Known by name against announced: `rows` has line, announced, named, unnamed, hover; top to bottom.

    What was announced and has no name here is hatched. A place with no announced figure shows only
    what is named.
    """
    names = rows["line"].tolist()
    figure = Drawing(
        *[
            bar(
                y=names,
                x=rows["named"].tolist(),
                orientation="h",
                name=_("已知名称"),
                marker={"color": PRIMARY},
                hovertext=[hover_text(words) for words in rows["hover"]],
                hoverinfo="text",
                text=[str(n) if n else "" for n in rows["named"]],
                textposition="inside",
                insidetextanchor="middle",
                textfont={"color": "#FFFFFF"},
            ),
            bar(
                y=names,
                x=rows["unnamed"].fillna(0).tolist(),
                orientation="h",
                name=_("未具名"),
                marker={"color": "#FFFFFF", "line": {"color": "#8796A5", "width": 1}, "pattern": HATCH},
                hovertext=[hover_text(words) for words in rows["hover"]],
                hoverinfo="text",
                text=[_("点名，家数未上报") if n != n else str(int(n)) for n in rows["unnamed"]],
                textposition="outside",
                textfont={"color": INK},
                cliponaxis=False,
            ),
        ]
    )
    figure.update_layout(barmode="stack", yaxis={"autorange": "reversed"})
    style(figure, height)
    figure.update_layout(
        hovermode="closest",
        xaxis={"showgrid": False, "visible": False},
        yaxis={"showgrid": False, "tickfont": {"size": 13}, "automargin": True},
    )
    return figure.figure()


def with_unnamed(rows: pd.DataFrame) -> pd.DataFrame:
    """Adds `unnamed` = announced − named; unknown where nothing was announced."""
    return rows.assign(unnamed=(rows["announced"] - rows["named"]).astype("Float64").astype(float))


# How exact the point is, as shape and fill; only an address is filled with colour.
POINTS = {
    "address": (_("门牌地址"), "circle", ACCENT),
    "town": (_("乡镇中心"), "circle", "#F6E0CB"),
    "county": (_("区县中心"), "circle", GROUND),
    "city": (_("城市中心"), "diamond", GROUND),
    "province": (_("省级中心"), "square", GROUND),
}


def found_points(rows: pd.DataFrame, numbers: Mapping[str, int], height: int = 520) -> go.Figure:
    """Institutions over the outlines: point_id, institutions, lon, lat, point_precision and hover.

    The shape says how exact the place is; several at one point, or in one cell of a crowded map, are one circle
    with their number. Those of the list beside it (`numbers`: institution to its line) carry the number of their line.
    Each marker carries its point_id as customdata. The map shows the part where something is.
    """
    figure = maps.background(height)
    frame = _extent(rows)
    _add_city_names(figure, frame, rows)
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
                    "size": [22 if line else 10 for line in lines],
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
                name=_("多家，内为家数"),
                **_marks(circles),
            )
        )
    figure.update_layout(
        xaxis={"range": frame[0], "constrain": "range"},
        yaxis={"range": frame[1], "constrain": "range"},
        margin={"l": 0, "r": 0, "t": 0, "b": 58},
        legend={"x": 0, "y": -0.01, "xanchor": "left", "yanchor": "top", "orientation": "h", "entrywidth": 92, "itemsizing": "constant"},
    )
    return figure.figure()


def found_tiles(rows: pd.DataFrame, tiles: pd.DataFrame, height: int = 420) -> go.Figure:
    """The same by city, one square each: place_code, short_name, institutions, hover; an empty city is pale and says 无."""
    known = rows.set_index("place_code")
    placed = tiles[tiles["place_code"].isin(known.index)]
    counts = [known.at[code, "institutions"] for code in placed["place_code"]]
    ranks = [0 if missing(count) else 1 + sum(count >= edge for edge in (5, 20, 100, 500)) for count in counts]
    figure = Drawing(
        scatter(
            x=placed["tile_column"].to_numpy(np.float32),
            y=-placed["tile_row"].to_numpy(np.float32),
            mode="markers+text",
            marker={
                "symbol": "square",
                "size": 37,
                "color": [SEQUENCE[rank] if rank else PANEL for rank in ranks],
                "line": {"width": 1, "color": LINE},
            },
            text=[
                f"{known.at[code, 'short_name']}<br>{_('无') if missing(count) else number(count)}"
                for code, count in zip(placed["place_code"], counts, strict=True)
            ],
            textfont={"size": 10, "color": [GROUND if rank >= FIRST_DARK_CLASS else INK for rank in ranks]},
            customdata=placed["place_code"].tolist(),
            hovertext=[hover_text(known.at[code, "hover"]) for code in placed["place_code"]],
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


def bed_states(rows: pd.DataFrame, names: Mapping[str, str], height: int = 320) -> go.Figure:
    """The four bed states of a few institutions beside each other: one group a state, one bar an institution; gaps stay gaps."""
    figure = Drawing()
    for row, colour in zip(rows.itertuples(index=False), (PRIMARY, ACCENT, MUTED, SEQUENCE[2]), strict=False):
        values = [getattr(row, column) for column in names]
        figure.add_trace(
            bar(
                x=list(names.values()),
                y=[None if missing(value) else float(value) for value in values],
                name=hover_text(row.name),
                marker={"color": colour},
                text=[number(value) for value in values],
                textposition="outside",
                cliponaxis=False,
                hovertext=[
                    hover_text(f"{row.name}\n{words}：{number(value)}") for words, value in zip(names.values(), values, strict=True)
                ],
                hoverinfo="text",
            )
        )
    style(figure, height)
    figure.update_layout(barmode="group", yaxis={"visible": False})
    return figure.figure()


def _positions(rows: pd.DataFrame) -> dict[str, np.ndarray]:
    return {"x": rows["lon"].to_numpy(np.float32), "y": rows["lat"].to_numpy(np.float32)}


def _marks(rows: pd.DataFrame) -> dict[str, object]:
    return {
        "customdata": rows["point_id"].tolist(),
        "hovertext": [hover_text(words) for words in rows["hover"]],
        "hoverinfo": "text",
        "showlegend": True,
    }


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


def _add_city_names(figure: Drawing, frame: tuple[list[float], list[float]], rows: pd.DataFrame) -> None:
    """Names of the cities in the frame, but not where a point would stand over them."""
    (west, east), (south, north) = frame
    across, along = (east - west) * 0.07, (north - south) * 0.035
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
