"""Figures of the section 机构: announced against known, institutions on the map."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from eldercare import maps
from eldercare.figures import style
from eldercare.measures import ACCENT, INK, PRIMARY
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


def institution_points(rows: pd.DataFrame, height: int = 420) -> go.Figure:
    """Institutions as numbered points over the outlines; `rows` has number, lon, lat and hover.

    A ring instead of a disc marks the centre of a town, county or city: the address is not known.
    """
    figure = maps.background(height)
    homes = rows[rows["kind"] == "institution"].dropna(subset=["lon", "lat"])
    for precise, words in ((True, _("按地址")), (False, _("按乡镇、区县或城市的中心"))):
        part = homes[(homes["location_precision"] == "address") == precise]
        if not part.empty:
            figure.add_trace(
                go.Scatter(
                    x=part["lon"].tolist(),
                    y=part["lat"].tolist(),
                    mode="markers+text",
                    marker={
                        "symbol": "circle",
                        "size": 21,
                        "color": ACCENT if precise else "#FFFFFF",
                        "line": {"width": 2, "color": ACCENT},
                    },
                    text=part["number"].astype(str).tolist(),
                    textfont={"size": 12, "color": "#FFFFFF" if precise else ACCENT},
                    customdata=part["institution_id"].tolist(),
                    hovertext=[hover_text(words) for words in part["hover"]],
                    hoverinfo="text",
                    name=words,
                    showlegend=False,
                )
            )
    return figure
