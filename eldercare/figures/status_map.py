"""Maps of a status: places filled by stage with its shape beside the name, pairs as curved lines, and the tile grid."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from eldercare import maps
from eldercare.drawing import Drawing, Trace, scatter
from eldercare.measures import DARK_STAGES, INK, LINE, MUTED, STAGE_FILLS, STAGES

STEPS = np.linspace(0, 1, 24, dtype=np.float32)
DASHES = {"intent": "dash", "joint_activity": "dot"}


def status_map(places: pd.DataFrame, cells: pd.DataFrame, height: int = 600) -> go.Figure:
    """Cities and districts filled by stage, and a curved line for every pair.

    `places` has place_code, short_name, level, lon, lat, stage and hover; counties are drawn as points. `cells` has one row
    per pair and agreement, the furthest stage first, with the coordinates of both ends.
    """
    shapes = maps.outlines()
    known = places.set_index("place_code")
    figure = Drawing()
    by_stage: dict[str, list[str]] = {}
    for code in shapes:
        by_stage.setdefault(known.at[code, "stage"] if code in known.index else "none", []).append(
            code
        )
    for axis, part in maps.parts(shapes).items():
        for stage, codes in by_stage.items():
            drawn = [shapes[code] for code in codes if code in part["drawn"]]
            if drawn:
                filled = maps.fill(drawn, STAGE_FILLS[stage], axis)
                filled["line"]["color"] = "#B8C2CC"
                figure.add_trace(filled)
    # Lines above the ground and below the names.
    _add_pairs(figure, cells)
    figure.add_trace(_points(places[places["level"] == "county"]))
    for axis, part in maps.parts(shapes).items():
        figure.add_trace(
            _names([shapes[code] for code in part["named"] if code in known.index], known, axis)
        )
    _add_legend(figure)
    maps.frame(figure, shapes, height)
    figure.update_layout(clickmode="event+select")
    return figure.figure()


def status_tiles(places: pd.DataFrame, tiles: pd.DataFrame, height: int = 600) -> go.Figure:
    """The same places as squares of equal size; `tiles` has place_code, tile_row, tile_column."""
    known = places.set_index("place_code")
    figure = Drawing()
    for axis, inset in (("", False), ("2", True)):
        part = tiles[
            (tiles["place_code"].map(maps.is_district) == inset)
            & tiles["place_code"].isin(known.index)
        ]
        stages = [known.at[code, "stage"] for code in part["place_code"]]
        figure.add_trace(
            scatter(
                x=part["tile_column"].to_numpy(np.float32),
                y=-part["tile_row"].to_numpy(np.float32),
                xaxis=f"x{axis}",
                yaxis=f"y{axis}",
                mode="markers+text",
                marker={
                    "symbol": "square",
                    "size": maps.SMALL_TILE if inset else maps.TILE,
                    "color": [STAGE_FILLS[stage] for stage in stages],
                    "line": {"width": 1, "color": LINE},
                },
                selected={"marker": {"opacity": 1}},
                unselected={"marker": {"opacity": 1}},
                text=[
                    f"{known.at[code, 'short_name']}\n{_shape(stage)}"
                    for code, stage in zip(part["place_code"], stages, strict=True)
                ],
                textfont={"size": 12, "color": [_ink(stage) for stage in stages]},
                customdata=part["place_code"].tolist(),
                hovertext=[str(known.at[code, "hover"]) for code in part["place_code"]],
                hoverinfo="text",
                showlegend=False,
            )
        )
    _add_legend(figure)
    maps.tile_frame(figure, height)
    figure.update_layout(clickmode="event+select")
    return figure.figure()


def _shape(stage: str) -> str:
    return "" if stage == "none" else STAGES[stage].shape


def _ink(stage: str) -> str:
    return "#FFFFFF" if stage in DARK_STAGES else INK


def _names(named: list[maps.Outline], known: pd.DataFrame, axis: str) -> Trace:
    stages = [known.at[shape.code, "stage"] for shape in named]
    return scatter(
        x=np.array([shape.label_lon for shape in named], dtype=np.float32),
        y=np.array([shape.label_lat for shape in named], dtype=np.float32),
        xaxis=f"x{axis}",
        yaxis=f"y{axis}",
        mode="markers+text",
        marker={"size": 26, "opacity": 0},
        selected={"marker": {"opacity": 0}},
        unselected={"marker": {"opacity": 0}},
        text=[
            f"{known.at[shape.code, 'short_name']}\n{_shape(stage)}"
            if stage != "none"
            else known.at[shape.code, "short_name"]
            for shape, stage in zip(named, stages, strict=True)
        ],
        # Where nothing is on record the name steps back, and leaves its neighbour the room for a sign.
        textfont={
            "size": [11 if stage != "none" else 10 for stage in stages],
            "color": [_ink(stage) if stage != "none" else MUTED for stage in stages],
        },
        customdata=[shape.code for shape in named],
        hovertext=[str(known.at[shape.code, "hover"]) for shape in named],
        hoverinfo="text",
        showlegend=False,
    )


def _points(counties: pd.DataFrame) -> Trace:
    return scatter(
        x=counties["lon"].to_numpy(np.float32),
        y=counties["lat"].to_numpy(np.float32),
        mode="markers+text",
        text=counties["short_name"].tolist(),
        # The counties lie close together: the easternmost is named towards the sea, the others towards the land.
        textposition=[
            "middle right" if lon == counties["lon"].max() else "middle left"
            for lon in counties["lon"]
        ],
        textfont={"size": 10, "color": INK},
        marker={
            "size": 9,
            "symbol": [STAGES[stage].symbol for stage in counties["stage"]],
            "color": [STAGES[stage].colour for stage in counties["stage"]],
            "line": {"width": 1.5, "color": [STAGES[stage].colour for stage in counties["stage"]]},
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        customdata=counties["place_code"].tolist(),
        hovertext=[str(words) for words in counties["hover"]],
        hoverinfo="text",
        showlegend=False,
    )


def _add_pairs(figure: Drawing, cells: pd.DataFrame) -> None:
    """One trace per stage: curves from the district to its partner, bent to the left of the way."""
    pairs = cells.drop_duplicates(["district_code", "partner_code"])
    for stage, part in pairs.groupby("stage", sort=False):
        curves = [
            _curve(row.district_lon, row.district_lat, row.partner_lon, row.partner_lat)
            for row in part.itertuples()
        ]
        figure.add_trace(
            scatter(
                x=np.concatenate([x for x, _y in curves]),
                y=np.concatenate([y for _x, y in curves]),
                mode="lines",
                line={
                    "width": 1.2 if stage == "joint_activity" else 2.4,
                    "color": STAGES[stage].colour,
                    "dash": DASHES.get(stage, "solid"),
                },
                hoverinfo="skip",
                showlegend=False,
            )
        )


def _curve(lon: float, lat: float, to_lon: float, to_lat: float) -> tuple[np.ndarray, np.ndarray]:
    """A quadratic curve that ends with NaN, so that several make one trace."""
    bend = 0.18
    middle_lon = (lon + to_lon) / 2 - (to_lat - lat) * bend / math.cos(
        math.radians(maps.MIDDLE_LATITUDE)
    )
    middle_lat = (lat + to_lat) / 2 + (to_lon - lon) * bend
    x = (1 - STEPS) ** 2 * lon + 2 * STEPS * (1 - STEPS) * middle_lon + STEPS**2 * to_lon
    y = (1 - STEPS) ** 2 * lat + 2 * STEPS * (1 - STEPS) * middle_lat + STEPS**2 * to_lat
    gap = np.array([np.nan], dtype=np.float32)
    return np.concatenate([x.astype(np.float32), gap]), np.concatenate([y.astype(np.float32), gap])


def _add_legend(figure: Drawing) -> None:
    for stage, status in STAGES.items():
        figure.add_trace(
            scatter(
                x=[None],
                y=[None],
                mode="markers",
                marker={
                    "symbol": "square",
                    "size": 13,
                    "color": STAGE_FILLS[stage],
                    "line": {"width": 1, "color": "#B8C2CC"},
                },
                name=f"{_shape(stage)} {status.word}".strip(),
                hoverinfo="skip",
            )
        )
