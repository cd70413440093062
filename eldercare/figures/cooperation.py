"""Figures of the section 协作: the district × partner matrix."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from eldercare.measures import INK, STAGES
from eldercare.text import _, hover_text


def matrix(rows: pd.DataFrame, districts: pd.DataFrame, partners: pd.DataFrame, height: int = 560) -> go.Figure:
    """District × partner, one square marker a cell; shape and colour say the stage.

    `rows` has district_code, partner_code, stage, hover; `districts` and `partners` have place_code and
    short_name in display order. Each marker carries `district|partner` as customdata.
    """
    across = {code: i for i, code in enumerate(partners["place_code"])}
    down = {code: i for i, code in enumerate(districts["place_code"])}
    filled = {}
    for row in rows.itertuples():
        filled.setdefault((row.district_code, row.partner_code), row)
    figure = go.Figure()
    empty = [(d, p) for d in down for p in across if (d, p) not in filled]
    figure.add_trace(
        go.Scatter(
            x=[across[p] for _d, p in empty],
            y=[down[d] for d, _p in empty],
            mode="markers",
            marker={"symbol": "square", "size": 17, "color": "#F1F4F7", "line": {"width": 0}},
            customdata=[f"{d}|{p}" for d, p in empty],
            hovertext=[_("未见公开记录")] * len(empty),
            hoverinfo="text",
            name=STAGES["none"].word,
        )
    )
    for stage, status in STAGES.items():
        cells = [row for key, row in filled.items() if row.stage == stage and key[0] in down and key[1] in across]
        if not cells:
            continue
        figure.add_trace(
            go.Scatter(
                x=[across[row.partner_code] for row in cells],
                y=[down[row.district_code] for row in cells],
                mode="markers",
                marker={"symbol": status.symbol, "size": 15, "color": status.colour, "line": {"width": 2, "color": status.colour}},
                customdata=[f"{row.district_code}|{row.partner_code}" for row in cells],
                hovertext=[hover_text(row.hover) for row in cells],
                hoverinfo="text",
                name=status.word,
            )
        )
    figure.update_layout(
        height=height,
        margin={"l": 4, "r": 8, "t": 92, "b": 6},
        plot_bgcolor="rgba(0,0,0,0)",
        paper_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
        hovermode="closest",
        xaxis={
            "side": "top",
            "tickmode": "array",
            "tickvals": list(across.values()),
            "ticktext": partners["short_name"].tolist(),
            "tickangle": -60,
            "showgrid": False,
            "zeroline": False,
            "range": [-0.7, len(across) - 0.3],
            "tickfont": {"size": 12, "color": INK},
            "fixedrange": True,
        },
        yaxis={
            "tickmode": "array",
            "tickvals": list(down.values()),
            "ticktext": districts["label"].tolist(),
            "showgrid": False,
            "zeroline": False,
            "range": [len(down) - 0.4, -0.6],
            "tickfont": {"size": 13, "color": INK},
            "fixedrange": True,
        },
        legend={"orientation": "h", "y": -0.02, "yanchor": "top", "font": {"size": 12}, "itemclick": False, "itemdoubleclick": False},
        hoverlabel={"align": "left"},
    )
    for position, tick in enumerate(partners["place_code"]):
        if position and tick[:2] != partners["place_code"].iloc[position - 1][:2]:
            figure.add_vline(x=position - 0.5, line={"width": 1, "color": "#8796A5"})
    return figure
