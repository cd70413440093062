"""DataFrame in, Plotly figure out. Pure: no Streamlit, no query, no sentence."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from eldercare import maps
from eldercare.measures import (
    ACCENT,
    INK,
    LINE,
    MUTED,
    PRIMARY,
    STAGES,
    missing,
    province_colour,
    quantity,
)
from eldercare.text import _

# Colour-blind safe line colours for definitions (not places): at most four lines a chart.
DEFINITIONS = (PRIMARY, ACCENT, "#5F6B7A", "#7B4FA3")
HATCH = {"shape": "/", "fgcolor": "#C5CDD6", "bgcolor": "#FFFFFF", "size": 5}


def series(rows: pd.DataFrame, unit: str, height: int = 380) -> go.Figure:
    """Values over time. One line per `series` (place, definition, base and segment: never joined further).

    `rows` has series, legend, date, value, hover; a series of one point is a point. Targets (kind =
    target) are short horizontal strokes with their wording.
    """
    figure = go.Figure()
    actual = rows[rows["kind"] != "target"]
    legends = list(dict.fromkeys(actual["legend"]))
    for name, part in actual.groupby("series", sort=False):
        colour = DEFINITIONS[legends.index(part["legend"].iloc[0]) % len(DEFINITIONS)]
        part = part.sort_values("date")
        labels = [quantity(v, "", q) for v, q in zip(part["value"], part["qualifier"], strict=True)]
        figure.add_trace(
            go.Scatter(
                x=part["date"].tolist(),
                y=part["value"].tolist(),
                mode="lines+markers+text",
                connectgaps=False,
                line={"color": colour, "width": 2.5},
                marker={"size": 8, "color": colour},
                text=_thinned(labels),
                textposition="top center",
                textfont={"size": 12, "color": colour},
                hovertext=part["hover"].tolist(),
                hoverinfo="text",
                name=part["legend"].iloc[0],
                legendgroup=part["legend"].iloc[0],
                showlegend=part["legend"].iloc[0] not in {t.name for t in figure.data},
                uid=str(name),
            )
        )
        for _index, row in part.iterrows():
            if not missing(row.get("break_note")):
                figure.add_vline(x=row["date"], line={"dash": "dot", "width": 1, "color": MUTED})
                figure.add_annotation(x=row["date"], y=1, yref="paper", text=_("口径变动"), showarrow=False, font={"size": 11, "color": MUTED}, xanchor="left", yanchor="bottom")
    for _index, row in rows[rows["kind"] == "target"].iterrows():
        _add_target(figure, row)
    _style(figure, height, unit)
    return figure


def _add_target(figure: go.Figure, row: pd.Series) -> None:
    span = pd.Timedelta(days=75)
    when = pd.Timestamp(row["date"])
    figure.add_trace(
        go.Scatter(
            x=[when - span, when + span],
            y=[row["value"]] * 2,
            mode="lines+text",
            line={"color": INK, "width": 3},
            text=["", row["legend"]],
            textposition="middle right",
            textfont={"size": 12, "color": INK},
            hovertext=row["hover"],
            hoverinfo="text",
            showlegend=False,
            cliponaxis=False,
        )
    )


def _thinned(labels: list[str], limit: int = 9) -> list[str]:
    """Labels of long series: first, last and every few between, so that they do not overlap."""
    if len(labels) <= limit:
        return labels
    step = -(-len(labels) // limit)
    return [w if i in (0, len(labels) - 1) or (i % step == 0 and len(labels) - 1 - i >= step) else "" for i, w in enumerate(labels)]


def announced_bars(rows: pd.DataFrame, height: int = 300) -> go.Figure:
    """Known by name against announced: `rows` has short_name, announced, named, hover; top to bottom.

    What was announced and has no name here is hatched. A place with no announced figure shows only
    what is named.
    """
    names = rows["short_name"].tolist()
    figure = go.Figure(
        [
            go.Bar(y=names, x=rows["named"].tolist(), orientation="h", name=_("已知名称"), marker={"color": PRIMARY}, hovertext=rows["hover"].tolist(), hoverinfo="text", text=[str(n) if n else "" for n in rows["named"]], textposition="inside", insidetextanchor="middle"),
            go.Bar(y=names, x=rows["unnamed"].tolist(), orientation="h", name=_("未具名"), marker={"color": "#FFFFFF", "line": {"color": "#8796A5", "width": 1}, "pattern": HATCH}, hovertext=rows["hover"].tolist(), hoverinfo="text", text=[str(int(n)) if n == n and n else "" for n in rows["unnamed"]], textposition="outside", textfont={"color": INK}, cliponaxis=False),
        ]
    )
    figure.update_layout(barmode="stack", yaxis={"autorange": "reversed"})
    _style(figure, height, "")
    figure.update_layout(hovermode="closest", xaxis={"showgrid": False, "visible": False}, yaxis={"showgrid": False, "tickfont": {"size": 13}})
    return figure


def institution_points(rows: pd.DataFrame, height: int = 420) -> go.Figure:
    """Institutions as points over the outlines; a hollow marker is a centroid, not an address."""
    figure = maps.background(height)
    for precise, symbol, words in ((True, "circle", _("按地址")), (False, "circle-open", _("按乡镇或区县、城市中心"))):
        part = rows[(rows["location_precision"] == "address") == precise].dropna(subset=["lon", "lat"])
        if not part.empty:
            figure.add_trace(
                go.Scatter(
                    x=part["lon"].tolist(),
                    y=part["lat"].tolist(),
                    mode="markers+text",
                    marker={"symbol": symbol, "size": 11, "color": ACCENT, "line": {"width": 2}},
                    text=part["name"].tolist(),
                    textposition="middle right",
                    textfont={"size": 11, "color": INK},
                    customdata=part["institution_id"].tolist(),
                    hovertext=part["hover"].tolist(),
                    hoverinfo="text",
                    name=words,
                )
            )
    return figure


def with_unnamed(rows: pd.DataFrame) -> pd.DataFrame:
    """Adds `unnamed` = announced − named; unknown where nothing was announced."""
    return rows.assign(unnamed=(rows["announced"] - rows["named"]).astype("Float64").astype(float))


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
            name=f"{STAGES['none'].shape} {STAGES['none'].word}",
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
                hovertext=[row.hover for row in cells],
                hoverinfo="text",
                name=f"{status.shape} {status.word}",
            )
        )
    figure.update_layout(
        height=height,
        margin={"l": 4, "r": 8, "t": 92, "b": 6},
        plot_bgcolor="rgba(0,0,0,0)",
        paper_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
        hovermode="closest",
        xaxis={"side": "top", "tickmode": "array", "tickvals": list(across.values()), "ticktext": partners["short_name"].tolist(), "tickangle": -60, "showgrid": False, "zeroline": False, "range": [-0.7, len(across) - 0.3], "tickfont": {"size": 12}, "fixedrange": True},
        yaxis={"tickmode": "array", "tickvals": list(down.values()), "ticktext": districts["label"].tolist(), "showgrid": False, "zeroline": False, "range": [len(down) - 0.4, -0.6], "tickfont": {"size": 13}, "fixedrange": True},
        legend={"orientation": "h", "y": -0.02, "yanchor": "top", "font": {"size": 12}, "itemclick": False, "itemdoubleclick": False},
        hoverlabel={"align": "left"},
    )
    for position, tick in enumerate(partners["place_code"]):
        if position and tick[:2] != partners["place_code"].iloc[position - 1][:2]:
            figure.add_vline(x=position - 0.5, line={"width": 1, "color": "#8796A5"})
    return figure


def ranked_bars(rows: pd.DataFrame, unit: str, decimals: int = 1, height: int | None = None) -> go.Figure:
    """Horizontal bars in the order given, coloured by province: place_code, short_name, value, hover."""
    figure = go.Figure(
        go.Bar(
            y=rows["short_name"].tolist(),
            x=rows["value"].tolist(),
            orientation="h",
            marker={"color": [province_colour(code) for code in rows["place_code"]]},
            text=[_("未上报") if missing(v) else f"{v:.{decimals}f}{unit}" for v in rows["value"]],
            textposition="outside",
            cliponaxis=False,
            hovertext=rows["hover"].tolist(),
            hoverinfo="text",
            customdata=rows["place_code"].tolist(),
        )
    )
    _style(figure, height or 26 * len(rows) + 30, unit)
    figure.update_layout(yaxis={"autorange": "reversed", "showgrid": False}, xaxis={"visible": False}, showlegend=False)
    return figure


def _style(figure: go.Figure, height: int, unit: str) -> None:
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 40, "t": 36, "b": 8},
        plot_bgcolor="rgba(0,0,0,0)",
        paper_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
        hovermode="closest",
        hoverlabel={"align": "left", "font": {"size": 13}},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0, "font": {"size": 12}, "itemclick": False, "itemdoubleclick": False},
        xaxis={"showgrid": False, "fixedrange": True, "tickformat": "%Y年"},
        yaxis={"gridcolor": LINE, "zerolinecolor": "#8796A5", "rangemode": "tozero", "fixedrange": True, "title": {"text": unit, "font": {"size": 12, "color": MUTED}}},
    )
