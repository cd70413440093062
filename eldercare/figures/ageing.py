"""Figures about age: pyramid, older and faster, ten years' change, totals on the map."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from eldercare import maps
from eldercare.drawing import Drawing, bar, scatter
from eldercare.faces.screen import style
from eldercare.measures import (
    ACCENT,
    INK,
    LINE,
    MUTED,
    PRIMARY,
    PROVINCES,
    SEQUENCE,
    province_colour,
    province_point,
    quantity,
)

OLD_FROM = 60


def pyramid(rows: pd.DataFrame, height: int = 360) -> go.Figure:
    """Shares of five-year groups, men left and women right; 2020 filled, 2010 as an outline.

    `rows` has year, age_from, age_group, male, female and their shares; groups from 60 on are dark.
    """
    figure = Drawing()
    place = {age: number for number, age in enumerate(sorted(set(rows["age_from"])))}
    rows = rows.assign(y=rows["age_from"].map(place))
    now, before = rows[rows["year"] == 2020], rows[rows["year"] == 2010]
    for sex, sign, word in (("male", -1, "男"), ("female", 1, "女")):
        if len(now):
            figure.add_trace(
                bar(
                    y=now["y"].tolist(),
                    x=(sign * now[f"{sex}_share"]).tolist(),
                    orientation="h",
                    width=0.86,
                    marker={
                        "color": [
                            PRIMARY if age >= OLD_FROM else SEQUENCE[2] for age in now["age_from"]
                        ],
                        "line": {"width": 0},
                    },
                    hovertext=[_pyramid_hover(row, sex, word) for row in now.itertuples()],
                    hoverinfo="text",
                    name="2020年",
                    showlegend=False,
                )
            )
        if len(before):
            # Two corners a group make the outline of its bar.
            figure.add_trace(
                scatter(
                    y=[y + edge for y in before["y"] for edge in (-0.5, 0.5)],
                    x=[sign * share for share in before[f"{sex}_share"] for _edge in range(2)],
                    mode="lines",
                    line={"color": ACCENT, "width": 2},
                    hovertext=[
                        _pyramid_hover(row, sex, word)
                        for row in before.itertuples()
                        for _edge in range(2)
                    ],
                    hoverinfo="text",
                    showlegend=False,
                )
            )
    style(figure, height, 440)
    reach = (
        float(np.ceil(rows[["male_share", "female_share"]].to_numpy().max())) if len(rows) else 1.0
    )
    ticks = np.arange(0, reach + 0.5, 2 if reach > 4 else 1)
    figure.update_layout(
        barmode="overlay",
        bargap=0,
        margin={"l": 58, "r": 12, "t": 26, "b": 26},
        xaxis={
            "range": [-reach * 1.03, reach * 1.03],
            "tickvals": [*(-ticks[::-1]), *ticks[1:]],
            "ticktext": [f"{t:g}%" for t in [*ticks[::-1], *ticks[1:]]],
            "zeroline": True,
            "zerolinecolor": LINE,
        },
        yaxis={
            "showgrid": False,
            "zeroline": False,
            "tickfont": {"size": 11},
            "tickvals": list(place.values())[::2],
            "ticktext": rows.drop_duplicates("y").sort_values("y")["age_group"].tolist()[::2],
        },
    )
    for x, words, colour in (
        (0.02, "男", INK),
        (0.98, "女", INK),
        (0.36, "柱：2020年（深色60+）", PRIMARY),
        (0.74, "线：2010年", ACCENT),
    ):
        figure.add_annotation(
            x=x,
            y=1.02,
            xref="paper",
            yref="paper",
            text=words,
            showarrow=False,
            yanchor="bottom",
            font={"size": 12, "color": colour},
        )
    return figure.figure()


def _pyramid_hover(row: tuple, sex: str, word: str) -> str:
    people, share = getattr(row, sex), getattr(row, f"{sex}_share")
    group = f"{row.age_from}岁及以上" if row.age_group.endswith("及以上") else f"{row.age_group}岁"
    return f"{row.year}年 {group} {word}\n{people:,}人，占总人口{share:.2f}%"


def quadrant(rows: pd.DataFrame, height: int = 500) -> go.Figure:
    """Share against its change in ten years; the lines are the delta as a whole, quotients of sums.

    `rows` has place_code, short_name, value, change, delta_value, delta_change and hover. Names stand where
    there is room: the outermost places; the others by hover and in the table.
    """
    figure = Drawing()
    named = _outermost(rows)
    figure.add_trace(
        scatter(
            x=rows["value"].tolist(),
            y=rows["change"].tolist(),
            mode="markers+text",
            marker={
                "symbol": [province_point(code) for code in rows["place_code"]],
                "size": 10,
                "color": [province_colour(code) for code in rows["place_code"]],
                "line": {"width": 1, "color": "#FFFFFF"},
            },
            text=[name if name in named else "" for name in rows["short_name"]],
            textposition="top center",
            textfont={"size": 11, "color": INK},
            hovertext=[str(words) for words in rows["hover"]],
            hoverinfo="text",
            customdata=rows["place_code"].tolist(),
            cliponaxis=False,
            showlegend=False,
        )
    )
    style(figure, height, 390)
    if len(rows):
        middle, pace = float(rows["delta_value"].iloc[0]), float(rows["delta_change"].iloc[0])
        figure.add_vline(x=middle, line={"width": 1, "dash": "dot", "color": MUTED})
        figure.add_hline(y=pace, line={"width": 1, "dash": "dot", "color": MUTED})
        for x, y, anchor, base, words in (
            (1, 1, "right", "bottom", "占比较高、上升较快 ↗"),
            (0, 1, "left", "bottom", "↖ 占比较低、上升较快"),
            (1, 0, "right", "bottom", "占比较高、上升较慢 ↘"),
            (0, 0, "left", "bottom", "↙ 占比较低、上升较慢"),
        ):
            figure.add_annotation(
                x=x,
                y=y,
                xref="paper",
                yref="paper",
                xanchor=anchor,
                yanchor=base,
                text=words,
                showarrow=False,
                font={"size": 13, "color": MUTED},
            )
        figure.add_annotation(
            x=middle,
            y=0.06,
            yref="paper",
            text=f"长三角{middle:.1f}%",
            showarrow=False,
            xanchor="left",
            font={"size": 11, "color": MUTED},
        )
        figure.add_annotation(
            x=1.0,
            xref="paper",
            y=pace,
            text=f"长三角{pace:+.1f}",
            showarrow=False,
            xanchor="right",
            yanchor="bottom",
            font={"size": 11, "color": MUTED},
        )
    for code, name in zip(PROVINCES, ("上海", "江苏", "浙江", "安徽"), strict=True):
        figure.add_sign(name, symbol=province_point(code), size=10, color=province_colour(code))
    figure.update_layout(
        margin={"l": 46, "r": 16, "t": 50, "b": 40},
        legend={"x": 0, "y": 1, "yref": "container", "yanchor": "top"},
        xaxis={
            "title": {"text": "2020年占比（%）", "font": {"size": 12, "color": MUTED}},
            "ticksuffix": "%",
        },
        yaxis={
            "title": {"text": "十年升降（百分点）", "font": {"size": 12, "color": MUTED}},
            "rangemode": "normal",
            "zeroline": False,
            **_roomy(rows["change"]),
        },
    )
    return figure.figure()


def _roomy(values: pd.Series) -> dict:
    """An axis range with room above and below for the words of the corners."""
    if values.dropna().empty:
        return {}
    span = float(values.max() - values.min()) or 1.0
    return {"range": [float(values.min()) - 0.12 * span, float(values.max()) + 0.08 * span]}


def _outermost(rows: pd.DataFrame, count: int = 16) -> set[str]:
    """Names of the points farthest from the middle that do not stand on a name already placed."""
    if rows.empty:
        return set()
    x = (rows["value"] - rows["value"].mean()) / (rows["value"].std() or 1)
    y = (rows["change"] - rows["change"].mean()) / (rows["change"].std() or 1)
    placed: list[tuple[float, float]] = []
    named = set()
    for index in (x**2 + y**2).sort_values(ascending=False).index:
        if len(named) == count:
            break
        if all(abs(x[index] - a) > 0.35 or abs(y[index] - b) > 0.2 for a, b in placed):
            placed.append((x[index], y[index]))
            named.add(rows.at[index, "short_name"])
    return named


def ten_years(rows: pd.DataFrame) -> go.Figure:
    """Ranked places: the share of 2010 as a ring, of 2020 as a disc, joined by the ten years between."""
    known = rows.dropna(subset=["value"]).sort_values("value", ascending=False, kind="stable")
    names = known["short_name"].tolist()
    hover = [str(words) for words in known["hover"]]
    figure = Drawing()
    for row in known.dropna(subset=["value_2010"]).itertuples():
        figure.add_shape(
            type="line",
            x0=row.value_2010,
            x1=row.value,
            y0=row.short_name,
            y1=row.short_name,
            line={"width": 3, "color": LINE},
            layer="below",
        )
    for column, symbol, word in (
        ("value_2010", "circle-open", "2010年"),
        ("value", "circle", "2020年"),
    ):
        figure.add_trace(
            scatter(
                x=known[column].tolist(),
                y=names,
                mode="markers+text" if column == "value" else "markers",
                marker={
                    "symbol": symbol,
                    "size": 10,
                    "color": [province_colour(code) for code in known["place_code"]],
                    "line": {"width": 2},
                },
                text=[f"{v:.1f}%" for v in known[column]] if column == "value" else None,
                textposition="middle right",
                textfont={"size": 11, "color": INK},
                hovertext=hover,
                hoverinfo="text",
                name=word,
                showlegend=False,
                cliponaxis=False,
            )
        )
    style(figure, 19 * len(known) + 60)
    figure.update_layout(
        margin={"l": 64, "r": 46, "t": 26, "b": 24},
        yaxis={"autorange": "reversed", "showgrid": False, "tickfont": {"size": 12}},
        xaxis={"ticksuffix": "%", "showgrid": True, "gridcolor": LINE, "side": "top"},
    )
    figure.add_annotation(
        x=1,
        y=1.0,
        xref="paper",
        yref="paper",
        yanchor="top",
        xanchor="right",
        text="空心：2010年　实心：2020年",
        showarrow=False,
        font={"size": 12, "color": MUTED},
    )
    return figure.figure()


def counts(rows: pd.DataFrame, height: int = 500) -> go.Figure:
    """Totals as circles on the outlines: area in proportion to people."""
    figure = maps.background(height, "#EEF1F4")
    shapes = maps.outlines()
    known = rows[rows["peers"] == "city"].dropna(subset=["elders"])
    known = known.assign(
        at=[shapes.get(code) or shapes.get("310115") for code in known["place_code"]]
    )
    largest = float(known["elders"].max()) if len(known) else 1.0
    figure.add_trace(
        scatter(
            x=[shape.label_lon for shape in known["at"]],
            y=[shape.label_lat for shape in known["at"]],
            mode="markers+text",
            marker={
                "size": [52 * float(np.sqrt(n / largest)) for n in known["elders"]],
                "color": [province_colour(code) for code in known["place_code"]],
                "opacity": 0.55,
                "line": {"width": 1, "color": "#FFFFFF"},
            },
            text=[
                f"{name}\n{quantity(n)}"
                for name, n in zip(known["short_name"], known["elders"], strict=True)
            ],
            textfont={"size": 10, "color": INK},
            hovertext=[str(words) for words in known["hover"]],
            hoverinfo="text",
            customdata=known["place_code"].tolist(),
            showlegend=False,
        )
    )
    return figure.figure()
