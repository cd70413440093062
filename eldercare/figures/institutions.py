"""Figures of the section 机构: announced against known, institutions on the map."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from eldercare import maps
from eldercare.figures import style
from eldercare.measures import ACCENT, FIRST_DARK_CLASS, GROUND, INK, LINE, MUTED, PANEL, PRIMARY, SEQUENCE, missing, number
from eldercare.text import _, hover_text

HATCH = {"shape": "/", "fgcolor": "#C5CDD6", "bgcolor": "#FFFFFF", "size": 5}


def announced_bars(rows: pd.DataFrame, height: int = 300) -> go.Figure:
    """Known by name against announced: `rows` has short_name, announced, named, hover; top to bottom.

    What was announced and has no name here is hatched. A place with no announced figure shows only
    what is named.
    """
    names = rows["short_name"].tolist()
    figure = go.Figure(
        [
            go.Bar(
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
            go.Bar(
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
        hovermode="closest", xaxis={"showgrid": False, "visible": False}, yaxis={"showgrid": False, "tickfont": {"size": 13}}
    )
    return figure


def with_unnamed(rows: pd.DataFrame) -> pd.DataFrame:
    """Adds `unnamed` = announced − named; unknown where nothing was announced."""
    return rows.assign(unnamed=(rows["announced"] - rows["named"]).astype("Float64").astype(float))


POINTS = {
    "address": (_("门牌地址"), "circle"),
    "town": (_("乡镇中心"), "circle-open-dot"),
    "county": (_("区县中心"), "circle-open"),
    "city": (_("城市中心"), "diamond-open"),
    "province": (_("省级中心"), "square-open"),
}
# Up to this many points stand with their names.
NAMED_POINTS = 12


def found_points(rows: pd.DataFrame, height: int = 520) -> go.Figure:
    """Institutions over the outlines: point_id, institutions, lon, lat, point_precision, label and hover.

    The shape says how exact the place is; several at one point, or in one cell of a crowded map, are one circle
    with their number. Each marker carries its point_id as customdata. The map shows the part where something is.
    """
    figure = maps.background(height)
    frame = _extent(rows)
    _add_city_names(figure, frame)
    circles = rows[rows["institutions"] > 1]
    if not circles.empty:
        counts = circles["institutions"].to_numpy(float)
        figure.add_trace(
            go.Scatter(
                **_positions(circles),
                mode="markers+text",
                marker={
                    "size": np.clip(15 + 5 * np.sqrt(counts), 18, 62),
                    "color": PRIMARY,
                    "opacity": 0.82,
                    "line": {"width": 1, "color": GROUND},
                },
                text=[number(count) for count in counts],
                textfont={"size": 11, "color": GROUND},
                name=_("多家，数字为家数"),
                **_marks(circles),
            )
        )
    single = rows[rows["institutions"] == 1]
    for precision, (words, symbol) in POINTS.items():
        part = single[single["point_precision"] == precision]
        if part.empty:
            continue
        named = len(rows) <= NAMED_POINTS
        figure.add_trace(
            go.Scatter(
                **_positions(part),
                mode="markers+text" if named else "markers",
                marker={"symbol": symbol, "size": 13, "color": ACCENT, "line": {"width": 2, "color": ACCENT}},
                text=[hover_text(name) for name in part["label"]] if named else None,
                textposition=_sides(part),
                textfont={"size": 12, "color": INK},
                name=words,
                **_marks(part),
            )
        )
    figure.update_layout(
        xaxis={"range": frame[0], "constrain": "range"},
        yaxis={"range": frame[1], "constrain": "range"},
        legend={"x": 0, "y": 1, "xanchor": "left", "yanchor": "top", "orientation": "v", "bgcolor": "rgba(255,255,255,0.8)"},
    )
    return figure


def found_tiles(rows: pd.DataFrame, tiles: pd.DataFrame, height: int = 520) -> go.Figure:
    """The same by city, one square each: place_code, short_name, institutions, hover; an empty city is pale and says 无."""
    known = rows.set_index("place_code")
    placed = tiles[tiles["place_code"].isin(known.index)]
    counts = [known.at[code, "institutions"] for code in placed["place_code"]]
    ranks = [0 if missing(count) else 1 + sum(count >= edge for edge in (5, 20, 100, 500)) for count in counts]
    figure = go.Figure(
        go.Scatter(
            x=placed["tile_column"].to_numpy(np.float32),
            y=-placed["tile_row"].to_numpy(np.float32),
            mode="markers+text",
            marker={
                "symbol": "square",
                "size": 46,
                "color": [SEQUENCE[rank] if rank else PANEL for rank in ranks],
                "line": {"width": 1, "color": LINE},
            },
            text=[
                f"{known.at[code, 'short_name']}<br>{_('无') if missing(count) else number(count)}"
                for code, count in zip(placed["place_code"], counts, strict=True)
            ],
            textfont={"size": 11, "color": [GROUND if rank >= FIRST_DARK_CLASS else INK for rank in ranks]},
            customdata=placed["place_code"].tolist(),
            hovertext=[hover_text(known.at[code, "hover"]) for code in placed["place_code"]],
            hoverinfo="text",
            showlegend=False,
        )
    )
    style(figure, height)
    hidden = {"visible": False, "fixedrange": True}
    figure.update_layout(xaxis=hidden, yaxis={**hidden, "rangemode": "normal"}, margin={"l": 20, "r": 20, "t": 20, "b": 20})
    return figure


def bed_states(rows: pd.DataFrame, names: Mapping[str, str], height: int = 320) -> go.Figure:
    """The four bed states of a few institutions beside each other: one group a state, one bar an institution; gaps stay gaps."""
    figure = go.Figure()
    for row, colour in zip(rows.itertuples(index=False), (PRIMARY, ACCENT, MUTED, SEQUENCE[2]), strict=False):
        values = [getattr(row, column) for column in names]
        figure.add_trace(
            go.Bar(
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
    return figure


def _positions(rows: pd.DataFrame) -> dict[str, np.ndarray]:
    return {"x": rows["lon"].to_numpy(np.float32), "y": rows["lat"].to_numpy(np.float32)}


def _marks(rows: pd.DataFrame) -> dict[str, object]:
    return {
        "customdata": rows["point_id"].tolist(),
        "hovertext": [hover_text(words) for words in rows["hover"]],
        "hoverinfo": "text",
        "showlegend": True,
    }


def _sides(rows: pd.DataFrame) -> list[str]:
    """Names alternate above and below in order of latitude, so that neighbours do not write over each other."""
    ranks = rows["lat"].rank(method="first").astype(int)
    return ["top center" if rank % 2 else "bottom center" for rank in ranks]


def _extent(rows: pd.DataFrame) -> tuple[list[float], list[float]]:
    """The part of the delta that holds the points, never less than about 80 km, with a margin for names."""
    everything = rows if len(rows) else pd.DataFrame({"lon": [114.9, 122.8], "lat": [27.1, 35.2]})
    found = []
    for column in ("lon", "lat"):
        low, high = float(everything[column].min()), float(everything[column].max())
        margin = max((high - low) * 0.12, (0.8 - (high - low)) / 2, 0.15)
        found.append([low - margin, high + margin])
    return found[0], found[1]


def _add_city_names(figure: go.Figure, frame: tuple[list[float], list[float]]) -> None:
    (west, east), (south, north) = frame
    shapes = [
        s for s in maps.outlines().values() if west < s.label_lon < east and south < s.label_lat < north and not maps.is_district(s.code)
    ]
    figure.add_trace(
        go.Scatter(
            x=np.array([shape.label_lon for shape in shapes], dtype=np.float32),
            y=np.array([shape.label_lat for shape in shapes], dtype=np.float32),
            mode="text",
            text=[shape.name.removesuffix("市") for shape in shapes],
            textfont={"size": 10, "color": MUTED},
            hoverinfo="skip",
            showlegend=False,
        )
    )
