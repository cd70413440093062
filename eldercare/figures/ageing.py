"""Figures about age: pyramid, older and faster, ten years' change, totals on the map."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from eldercare.drawing import Drawing, bar, scatter
from eldercare.faces.screen import style
from eldercare.measures import (
    ACCENT,
    INK,
    LINE,
    PRIMARY,
    SEQUENCE,
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
