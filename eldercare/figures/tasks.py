"""Figures of the section 任务: the wall of lamps, promises with numbers, units."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from eldercare.drawing import Drawing, bar, scatter
from eldercare.figures import LIGHT_HATCH, style
from eldercare.measures import (
    ACCENT,
    INK,
    LAMPS,
    LINE,
    MUTED,
    PRIMARY,
    PROOFS,
    SELF_REPORTS,
    Status,
    missing,
)
from eldercare.text import bold

# The three statuses stand under each other, each on its own line: nothing adds them up to one lamp.
LINES = (
    ("time_status", "时限", LAMPS),
    ("proof", "证据", PROOFS),
    ("self_status", "责任单位反馈", SELF_REPORTS),
)
STEP = 4.1
# A task and its place in the row.
Placed = tuple[int, Any]


def lamp_wall(rows: pd.DataFrame) -> go.Figure:
    """Every task as three marks under its number, list by list; `rows` are the tasks with their words.

    Each mark carries its task_id as customdata; what each line counts stands at its right end.
    """
    figure = Drawing()
    ticks: dict[float, str] = {}
    longest = int(rows.groupby("list_short").size().max()) if len(rows) else 1
    for position, (name, part) in enumerate(rows.groupby("list_short", sort=False)):
        top = position * STEP
        tasks = list(enumerate(part.itertuples(index=False), start=1))
        _add_numbers(figure, tasks, top)
        for offset, (column, title, statuses) in enumerate(LINES):
            y = top + offset
            ticks[y] = title
            shown: dict[str, list[Placed]] = {}
            for place, task in tasks:
                if column != "time_status" or task.list_kind != "achievement":
                    shown.setdefault(getattr(task, column), []).append((place, task))
            for key, status in statuses.items():
                if key in shown:
                    _add_marks(figure, shown[key], y, status)
            words = "　".join(
                f"{status.word}{len(shown[key])}"
                for key, status in statuses.items()
                if key in shown
            )
            _add_counts(figure, words, len(part) + 0.9, y)
        figure.add_annotation(
            x=0,
            xref="paper",
            xanchor="right",
            xshift=-58,
            y=top + 1,
            text=bold(name),
            showarrow=False,
            font={"size": 13, "color": INK},
        )
    last = (rows["list_short"].nunique() - 1) * STEP + 2
    style(figure, int(26 + 19.5 * (last + 2)), 940)
    figure.update_layout(
        margin={"l": 226, "r": 8, "t": 4, "b": 0},
        showlegend=False,
        xaxis={"visible": False, "range": [0.4, longest + 9.5]},
        yaxis={
            "range": [last + 0.7, -1.4],
            "tickmode": "array",
            "tickvals": list(ticks),
            "ticktext": list(ticks.values()),
            "showgrid": False,
            "zeroline": False,
            "rangemode": "normal",
            "tickfont": {"size": 12, "color": MUTED},
        },
    )
    return figure.figure()


def _add_numbers(figure: Drawing, tasks: list[Placed], top: float) -> None:
    labels = [
        "＋" if r.membership != "listed" else "·" if missing(r.number) else str(int(r.number))
        for _place, r in tasks
    ]
    figure.add_trace(
        scatter(
            x=[place for place, _task in tasks],
            y=[top - 0.8] * len(tasks),
            mode="text",
            text=labels,
            textfont={"size": 11, "color": MUTED},
            hoverinfo="skip",
        )
    )


def _add_marks(figure: Drawing, tasks: list[Placed], y: float, status: Status) -> None:
    figure.add_trace(
        scatter(
            x=[place for place, _task in tasks],
            y=[y] * len(tasks),
            mode="markers",
            marker={
                "symbol": status.symbol,
                "size": 13,
                "color": status.colour,
                "line": {"width": 2, "color": status.colour},
            },
            customdata=[task.task_id for _place, task in tasks],
            hovertext=[_task_hover(task) for _place, task in tasks],
            hoverinfo="text",
            name=status.word,
        )
    )


def _task_hover(row: pd.Series) -> str:
    lines = [
        f"{row.number_words} {row.title}",
        row.who,
        # A published result says once that it has no date to keep.
        "时限：{due}".format(
            due=row.lamp_words
            if row.list_kind == "achievement"
            else f"{row.due_words} {row.lamp_words}"
        ),
        f"证据：{row.proof_dated}",
        f"责任单位反馈：{row.self_words}",
    ]
    return str("\n".join(lines))


def _add_counts(figure: Drawing, words: str, x: float, y: float) -> None:
    figure.add_annotation(
        x=x,
        y=y,
        text=words or "已发布的成果，不设时限",
        showarrow=False,
        xanchor="left",
        font={"size": 12, "color": MUTED},
    )


def promises(rows: pd.DataFrame) -> go.Figure | None:
    """Start (ring), newer number (disc) and target (stroke) of each promise that has a starting point.

    Each row has its own scale from zero to its largest number: units differ from row to row. Target and gap stand in
    a column of their own, where no mark can reach them. None where no promise has a number to start from.
    """
    rows = rows[rows["start_value"].notna() | rows["later_value"].notna()].reset_index(drop=True)
    if rows.empty:
        return None
    figure = Drawing()
    for y, row in enumerate(rows.itertuples()):
        full = max(v for v in (row.target, row.start_value, row.later_value) if not missing(v))
        hover = str(
            "\n".join(
                [
                    f"{row.short_title} {row.wording}",
                    f"起点：{row.start_words}",
                    f"新数：{row.later_words}",
                    f"目标：{row.target_words}；{row.gap_words}",
                ]
            )
        )
        if row.comparable:
            figure.add_shape(
                type="line",
                x0=0,
                x1=row.target / full,
                y0=y,
                y1=y,
                line={"color": LINE, "width": 7},
                layer="below",
            )
        start = "" if missing(row.start_value) else f"起点{row.start_words}"
        later = "" if missing(row.later_value) else f"新数{row.later_brief}"
        marks = [
            (row.target, "", "line-ns", INK, "middle right"),
            (row.start_value, start, "circle-open", MUTED, "top"),
            (row.later_value, later, "circle", PRIMARY, "bottom"),
        ]
        for value, words, symbol, colour, side in marks:
            if missing(value):
                continue
            place = value / full
            # Words near an end of the scale run inwards, so none is cut.
            inwards = "left" if place > 0.75 else "right" if place < 0.2 else "center"
            figure.add_trace(
                scatter(
                    x=[place],
                    y=[y],
                    mode="markers+text",
                    marker={
                        "symbol": symbol,
                        "size": 18 if symbol == "line-ns" else 12,
                        "color": colour,
                        "line": {"width": 3, "color": colour},
                    },
                    text=[words],
                    textposition=f"{side} {inwards}" if words else side,
                    textfont={"size": 12, "color": colour},
                    hovertext=[hover],
                    hoverinfo="text",
                    showlegend=False,
                    cliponaxis=False,
                )
            )
        for words, colour, shift in (
            (f"目标{row.target_words}", INK, 9),
            (row.gap_words, ACCENT, -9),
        ):
            figure.add_annotation(
                x=1,
                xref="paper",
                xshift=14,
                y=y,
                yshift=shift,
                text=str(words),
                xanchor="left",
                showarrow=False,
                font={"size": 12, "color": colour},
            )
    style(figure, 30 + 66 * max(len(rows), 1), 940)
    figure.update_layout(
        margin={"l": 190, "r": 250, "t": 8, "b": 4},
        xaxis={"visible": False, "range": [0, 1.02]},
        yaxis={
            "range": [len(rows) - 0.45, -0.6],
            "tickmode": "array",
            "tickvals": list(range(len(rows))),
            "ticktext": [str(words) for words in rows["wording"]],
            "showgrid": False,
            "zeroline": False,
            "rangemode": "normal",
            "tickfont": {"size": 13, "color": INK},
        },
    )
    return figure.figure()


def unit_bars(rows: pd.DataFrame) -> go.Figure:
    """Tasks led and joined by each unit, most first; `rows` has unit, leads, joins and hover."""
    figure = Drawing()
    for column, name, colour, hatch in (
        ("leads", "牵头", PRIMARY, ""),
        ("joins", "其他责任", "#9CC4D2", "/"),
    ):
        figure.add_trace(
            bar(
                y=rows["unit"].tolist(),
                x=rows[column].tolist(),
                orientation="h",
                name=name,
                marker={"color": colour, "pattern": {"shape": hatch, **LIGHT_HATCH}},
                text=[str(n) if n else "" for n in rows[column]],
                textposition="inside",
                textangle=0,
                constraintext="none",
                textfont={"size": 12, "color": INK if column == "joins" else "#FFFFFF"},
                hovertext=[str(words) for words in rows["hover"]],
                hoverinfo="text",
            )
        )
    style(figure, 22 * len(rows) + 50)
    figure.update_layout(
        barmode="stack",
        legend={"traceorder": "normal"},
        bargap=0.25,
        margin={"l": 176, "r": 10, "t": 26, "b": 4},
        xaxis={"visible": False},
        yaxis={"autorange": "reversed", "showgrid": False, "tickfont": {"size": 12, "color": INK}},
    )
    return figure.figure()
