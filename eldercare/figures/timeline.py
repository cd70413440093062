"""Figures of 协作历程: events and documents by kind along time."""

from __future__ import annotations

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from eldercare.drawing import Drawing, scatter
from eldercare.faces.screen import style
from eldercare.measures import ACCENT, INK, LINE, MUTED, PRIMARY, day_words

# What is closer than this in one lane is set beside its neighbour instead of on top of it.
CLOSE = pd.Timedelta(days=40)
LEVELS = (0.0, -0.26, 0.26, -0.13, 0.13)


def axis(rows: pd.DataFrame, as_of: date, first: date, height: int = 440) -> go.Figure:
    """One lane a kind. Filled: happened; hollow: planned. What lies before `first` or long after `as_of` stands at the edge with its year.

    `rows` has lane, lane_order, title, planned, source_title and the columns of a date; undated rows are left out.
    """
    start, end = pd.Timestamp(first), pd.Timestamp(as_of) + pd.Timedelta(days=60)
    dated = rows[rows["date"].notna()].sort_values(["lane_order", "date"])
    lanes = dated.drop_duplicates("lane").sort_values("lane_order")["lane"].tolist()
    height_of = {lane: i for i, lane in enumerate(lanes)}
    figure = Drawing()
    spots = []
    for lane, part in dated.groupby("lane", sort=False):
        previous, level = None, 0
        for row in part.itertuples():
            when = min(max(row.date, start), end)
            level = (
                (level + 1) % len(LEVELS) if previous is not None and when - previous < CLOSE else 0
            )
            previous = when
            spots.append((when, height_of[lane] + LEVELS[level], row))
    for planned, word in ((False, "已发生"), (True, "计划与目标")):
        part = [spot for spot in spots if spot[2].planned == planned]
        colour = ACCENT if planned else PRIMARY
        figure.add_trace(
            scatter(
                x=[when for when, _y, _row in part],
                y=[y for _when, y, _row in part],
                mode="markers+text",
                marker={
                    "symbol": [_symbol(row.date, start, end, planned) for _when, _y, row in part],
                    "size": 11,
                    "color": colour,
                    "line": {"width": 1.5, "color": colour if planned else "#FFFFFF"},
                },
                text=[
                    f"{row.date.year}" if not start <= row.date <= end else ""
                    for _when, _y, row in part
                ],
                textposition=[
                    "middle left" if when == end else "middle right" for when, _y, _row in part
                ],
                textfont={"size": 11, "color": MUTED},
                hovertext=[
                    f"{_day(row)}{_mark(row)}\n{row.title}\n{row.source_title}"
                    for _when, _y, row in part
                ],
                hoverinfo="text",
                customdata=[row.record_id for _when, _y, row in part],
                showlegend=False,
            )
        )
        symbol = "circle-open" if planned else "circle"
        figure.add_trace(
            scatter(
                x=[None],
                y=[None],
                mode="markers",
                marker={"symbol": symbol, "size": 11, "color": colour},
                name=word,
            )
        )
    style(figure, height)
    _add_years(figure, dated, start, end)
    years = range(first.year, as_of.year + 1)
    figure.update_layout(
        margin={"l": 4, "r": 16, "t": 26, "b": 56},
        legend={"y": -0.1, "yanchor": "top"},
        xaxis={
            "range": [start - pd.Timedelta(days=60), end + pd.Timedelta(days=30)],
            "tickvals": [f"{y}-01-01" for y in years],
            "ticktext": [f"{y}" for y in years],
            "showgrid": True,
            "gridcolor": LINE,
        },
        yaxis={
            "tickvals": list(height_of.values()),
            "ticktext": lanes,
            "range": [len(lanes) - 0.4, -0.6],
            "zeroline": False,
            "tickfont": {"size": 13, "color": INK},
            "automargin": True,
        },
    )
    figure.add_vline(x=pd.Timestamp(as_of), line={"width": 1, "dash": "dot", "color": MUTED})
    return figure.figure()


def _add_years(
    figure: Drawing, dated: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp
) -> None:
    """How many happened in each year, above the lanes."""
    happened = dated[~dated["planned"] & (dated["date"] >= start) & (dated["date"] <= end)]
    counts = happened["date"].dt.year.value_counts()
    for year in range(start.year, end.year + 1):
        figure.add_annotation(
            x=f"{year}-07-01",
            y=1,
            yref="paper",
            yanchor="bottom",
            showarrow=False,
            text=f"{int(counts.get(year, 0))}条",
            font={"size": 12, "color": MUTED},
        )


def _symbol(when: pd.Timestamp, start: pd.Timestamp, end: pd.Timestamp, planned: bool) -> str:
    shape = "triangle-left" if when < start else "triangle-right" if when > end else "circle"
    return f"{shape}-open" if planned else shape


def _mark(row: object) -> str:
    """What is only to be says so beside its day: the hollow sign is not in the words."""
    return "（计划与目标）" if row.planned else ""


def _day(row: object) -> str:
    return day_words(row.date, row.date_precision, row.date_label, bool(row.date_inferred))
