"""Figures of the section 机构: announced against known, beds side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from eldercare.drawing import Drawing, bar
from eldercare.faces.screen import style
from eldercare.measures import ACCENT, INK, MUTED, PATTERNS, PRIMARY, SEQUENCE, missing, number

HATCH = {"shape": "/", "fgcolor": "#C5CDD6", "bgcolor": "#FFFFFF", "size": 5}


def announced_bars(rows: pd.DataFrame, height: int = 300) -> go.Figure:
    """Known by name against announced: `rows` has line, announced, announced_beds, named, unnamed, hover; top to bottom.

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
                name="已知名称",
                marker={"color": PRIMARY},
                hovertext=[str(words) for words in rows["hover"]],
                hoverinfo="text",
            ),
            bar(
                y=names,
                x=rows["unnamed"].fillna(0).tolist(),
                orientation="h",
                name="未具名",
                marker={
                    "color": "#FFFFFF",
                    "line": {"color": "#8796A5", "width": 1},
                    "pattern": HATCH,
                },
                hovertext=[str(words) for words in rows["hover"]],
                hoverinfo="text",
                text=[_announced_words(row) for row in rows.itertuples()],
                textposition="outside",
                textfont={"color": INK},
                cliponaxis=False,
            ),
        ]
    )
    figure.update_layout(barmode="stack", yaxis={"autorange": "reversed"})
    style(figure, height, 440)
    figure.update_layout(
        hovermode="closest",
        # Room for the words behind the longest bar.
        xaxis={
            "showgrid": False,
            "visible": False,
            "range": [0, 1.75 * max(1, rows["announced"].fillna(0).max())],
        },
        yaxis={"showgrid": False, "tickfont": {"size": 13}, "automargin": True},
    )
    return figure.figure()


def _announced_words(row: Any) -> str:
    named = f"，已知名称{row.named}家" if row.named else ""
    if missing(row.announced):
        return "点名，家数未载" + named
    beds = "" if missing(row.announced_beds) else f"、{number(row.announced_beds)}张床位"
    # A place of a list has homes on it; it published nothing.
    what = "公布" if row.line == row.list_title else "入选"
    return f"{what}{number(row.announced)}家{beds}" + named


def with_unnamed(rows: pd.DataFrame) -> pd.DataFrame:
    """Adds `unnamed` = announced − named; unknown where nothing was announced."""
    return rows.assign(unnamed=(rows["announced"] - rows["named"]).astype("Float64").astype(float))


def bed_states(rows: pd.DataFrame, names: Mapping[str, str], height: int = 320) -> go.Figure:
    """The four bed states of a few institutions beside each other: one group a state, one bar an institution; gaps stay gaps."""
    figure = Drawing()
    for row, colour, hatch in zip(
        rows.itertuples(index=False), (PRIMARY, ACCENT, MUTED, SEQUENCE[2]), PATTERNS, strict=False
    ):
        values = [getattr(row, column) for column in names]
        figure.add_trace(
            bar(
                x=list(names.values()),
                y=[None if missing(value) else float(value) for value in values],
                name=str(row.name),
                marker={"color": colour, "pattern": {"shape": hatch, "size": 7}},
                text=[number(value) for value in values],
                textposition="outside",
                cliponaxis=False,
                hovertext=[
                    f"{row.name}\n{words}：{number(value)}"
                    for words, value in zip(names.values(), values, strict=True)
                ],
                hoverinfo="text",
            )
        )
    style(figure, height)
    figure.update_layout(barmode="group", yaxis={"visible": False})
    return figure.figure()
