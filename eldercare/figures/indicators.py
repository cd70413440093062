"""Figures of the indicator ledger: how old each value is, what changed, what regions do."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from eldercare.drawing import Drawing, Trace, bar, scatter
from eldercare.faces.screen import style
from eldercare.figures import LIGHT_HATCH
from eldercare.measures import (
    ACCENT,
    INK,
    LINE,
    MUTED,
    PATTERNS,
    PRESENT,
    PRIMARY,
    SEQUENCE,
    day_words,
    full_quantity,
    missing,
    quantity,
    worked_out,
)
from eldercare.palette import SERIES
from eldercare.text import bold

# A part that is larger than its whole stands near it: the reader must not add or compare the two.
UNLIKE = "※年份或范围不同，只并列"
# Only a date given as a year is a date to reach; a day is the day of the document that sets the target.
GOAL_PRECISIONS = ("year", "year_end")


def ages(rows: pd.DataFrame, as_of: date) -> go.Figure:
    """Each indicator on its line: the newest value at its date, the targets at theirs, today as a dashed line.

    `rows` is the ledger with its words; an indicator without a dated value has no mark but keeps its line.
    """
    single = rows.drop_duplicates(["indicator_code", "base"]).reset_index(drop=True)
    names = [
        r.indicator_title + ("" if r.base == "不适用" else f"（{r.base}）")
        for r in single.itertuples()
    ]
    line = {(r.indicator_code, r.base): y for y, r in enumerate(single.itertuples())}
    figure = Drawing()
    dated = single[single["date"].notna()]
    goals = rows[
        rows["target"].notna() & rows["is_goal"] & rows["target_precision"].isin(GOAL_PRECISIONS)
    ]
    for y in range(0, len(single), 2):
        figure.add_shape(
            type="rect",
            x0=0,
            x1=1,
            xref="paper",
            y0=y - 0.5,
            y1=y + 0.5,
            fillcolor="#F5F7F9",
            line={"width": 0},
            layer="below",
        )
    figure.add_trace(_values(dated, line, goals))
    if len(goals):
        figure.add_trace(_targets(goals, line))
    for row in single[single["date"].isna()].itertuples():
        figure.add_annotation(
            x=0,
            xref="paper",
            y=line[row.indicator_code, row.base],
            text=str(row.value_words),
            xanchor="left",
            showarrow=False,
            font={"size": 12, "color": MUTED},
        )
    today = pd.Timestamp(as_of)
    figure.add_shape(
        type="line",
        x0=today,
        x1=today,
        y0=0,
        y1=1,
        yref="paper",
        line={"dash": "dot", "width": 1, "color": MUTED},
    )
    figure.add_annotation(
        x=today,
        y=1,
        yref="paper",
        yshift=20,
        text=day_words(as_of, "day"),
        yanchor="bottom",
        showarrow=False,
        font={"size": 11, "color": MUTED},
    )
    style(figure, 23 * max(len(single), 1) + 64, 940)
    first = dated["date"].min() if len(dated) else today
    last = max([today, *goals["target_date"]])
    figure.update_layout(
        margin={"l": 236, "r": 60, "t": 54, "b": 8},
        legend={
            "x": 0,
            "xanchor": "left",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "font": {"size": 12, "color": INK},
        },
        xaxis={
            "range": [first - (last - first) * 0.04, last + (last - first) * 0.1],
            "dtick": "M12" if (last - first).days < 4600 else "M36",
            "tickformat": "%Y",
            # The year stands in the middle of its days: the last of December belongs to it, not to the next.
            "ticklabelmode": "period",
            "side": "top",
            "showgrid": True,
            "gridcolor": LINE,
        },
        yaxis={
            "range": [len(single) - 0.5, -0.5],
            "tickmode": "array",
            "tickvals": list(range(len(single))),
            "ticktext": [str(name) for name in names],
            "showgrid": False,
            "zeroline": False,
            "rangemode": "normal",
            "tickfont": {"size": 12, "color": INK},
        },
    )
    return figure.figure()


def _values(rows: pd.DataFrame, line: dict[tuple[str, str], int], goals: pd.DataFrame) -> Trace:
    """Words stand right of their mark, and left of it where a target follows within three years."""
    ahead = {
        (g.indicator_code, g.base, g.target_date)
        for g in goals.itertuples()
        if not missing(g.target_date)
    }
    near = [
        any(
            (code, base) == (r.indicator_code, r.base) and 0 <= (day - r.date).days < 1100
            for code, base, day in ahead
        )
        for r in rows.itertuples()
    ]
    hover = [
        "\n".join(
            [
                f"{r.indicator_title}：{r.value_words}",
                r.value_day,
                *([] if missing(r.target) else [f"{r.target_words}；{r.gap_words}"]),
                *([] if r.trend_words == "—" else [r.trend_words]),
                *([] if missing(r.beside) else [r.beside]),
            ]
        )
        for r in rows.itertuples()
    ]
    words = [
        f"{word} {UNLIKE}" if r.unlike else word
        for word, r in zip(rows["brief_words"], rows.itertuples(), strict=True)
    ]
    return scatter(
        x=rows["date"].tolist(),
        y=[line[r.indicator_code, r.base] for r in rows.itertuples()],
        mode="markers+text",
        # What is no value of the present has a hollow mark.
        marker={
            "symbol": ["circle" if kind in PRESENT else "circle-open" for kind in rows["kind"]],
            "size": 9,
            "color": PRIMARY,
        },
        text=[f"{word} " if close else f" {word}" for word, close in zip(words, near, strict=True)],
        textposition=["middle left" if close else "middle right" for close in near],
        textfont={"size": 12, "color": PRIMARY},
        hovertext=hover,
        hoverinfo="text",
        name="现值及其日期"
        if rows["kind"].isin(PRESENT).all()
        else "现值及其日期（空心：政策、案例等，不是现值）",
        cliponaxis=False,
    )


def _targets(rows: pd.DataFrame, line: dict[tuple[str, str], int]) -> Trace:
    """Several readings of one target share a mark; its words name them all."""
    marks: dict[tuple, list[Any]] = {}
    for row in rows.itertuples():
        if not missing(row.target_date):
            marks.setdefault((row.indicator_code, row.base, row.target_date), []).append(row)
    return scatter(
        x=[day for _code, _base, day in marks],
        y=[line[code, base] for code, base, _day in marks],
        mode="markers+text",
        marker={"symbol": "line-ns", "size": 14, "line": {"width": 3, "color": ACCENT}},
        text=[
            " " + "或".join(full_quantity(r.target, r.unit, r.target_qualifier) for r in part)
            for part in marks.values()
        ],
        textposition="middle right",
        textfont={"size": 12, "color": ACCENT},
        hovertext=[
            str(
                "\n".join(
                    [
                        part[0].indicator_title,
                        *(r.target_words for r in part),
                        *(r.gap_words for r in part),
                    ]
                )
            )
            for part in marks.values()
        ],
        hoverinfo="text",
        name="目标及其年份",
        cliponaxis=False,
    )


def small_lines(rows: pd.DataFrame, columns: int = 4) -> go.Figure:
    """One small line per indicator with first and last value; `rows` are the comparable claims."""
    series = list(dict.fromkeys(rows["series"]))
    lines = max(1, -(-len(series) // columns))
    columns = min(columns, max(len(series), 1))
    parts = [
        rows[rows["series"] == name].sort_values("date").reset_index(drop=True) for name in series
    ]
    titles = [
        part["indicator_title"].iloc[0]
        + ("" if part["base"].iloc[0] == "不适用" else f"（{part['base'].iloc[0]}）")
        for part in parts
    ]
    grid = make_subplots(
        rows=lines,
        cols=columns,
        subplot_titles=titles,
        vertical_spacing=min(0.5 / lines, 0.3),
        horizontal_spacing=0.05,
    ).to_dict()["layout"]
    figure = Drawing()
    figure.update_layout(**{name: part for name, part in grid.items() if name != "template"})
    for position, part in enumerate(parts):
        last = len(part) - 1
        ends = [
            quantity(r.value, r.unit, r.qualifier) if i in (0, last) else ""
            for i, r in enumerate(part.itertuples())
        ]
        hover = [
            f"{r.indicator_title}：{full_quantity(r.value, r.unit, r.qualifier)}{worked_out(r.kind)}\n"
            f"{day_words(r.date, r.date_precision, r.date_label, bool(r.date_inferred))}\n{r.source_title}（{r.publisher}）"
            for r in part.itertuples()
        ]
        figure.add_trace(
            scatter(
                x=part["date"].tolist(),
                y=part["value"].tolist(),
                mode="lines+markers+text",
                line={"color": SERIES[0], "width": 2},
                marker={"size": 5},
                text=[
                    f"{word}\n{part['date'].iloc[i].year}" if word else ""
                    for i, word in enumerate(ends)
                ],
                textposition=["top center"] * len(part),
                textfont={"size": 11, "color": INK},
                hovertext=hover,
                hoverinfo="text",
                showlegend=False,
                cliponaxis=False,
                xaxis=f"x{position + 1}",
                yaxis=f"y{position + 1}",
            )
        )
    style(figure, 60 + 150 * lines, 760)
    span = pd.Timedelta(days=1)
    for position, part in enumerate(parts):
        low, high = part["date"].min(), part["date"].max()
        pad = max((high - low) * 0.16, 60 * span)
        hidden = {"visible": False, "fixedrange": True}
        number_ = str(position + 1) if position else ""
        figure.update_layout(
            **{
                f"xaxis{number_}": {**hidden, "range": [low - pad, high + pad]},
                f"yaxis{number_}": {**hidden, "range": [0, float(part["value"].max()) * 1.55]},
            }
        )
    figure.update_layout(margin={"l": 12, "r": 12, "t": 30, "b": 6})
    for title in figure.layout.get("annotations", []):
        title["font"] = {"size": 12, "color": MUTED}
    return figure.figure()


def practice_bars(rows: pd.DataFrame) -> go.Figure:
    """Practices of each region by kind; `rows` has short_name, measures, figures and plans."""
    figure = Drawing()
    for (column, name, colour, ink), hatch in zip(
        (
            ("measures", "举措", PRIMARY, "#FFFFFF"),
            ("figures", "数字", "#9CC4D2", INK),
            ("plans", "计划与目标", "#E8F1F4", INK),
        ),
        PATTERNS,
        strict=False,
    ):
        figure.add_trace(
            bar(
                y=rows["short_name"].tolist(),
                x=rows[column].tolist(),
                orientation="h",
                name=name,
                marker={
                    "color": colour,
                    "line": {"width": 1, "color": "#FFFFFF"},
                    "pattern": {"shape": hatch, **LIGHT_HATCH},
                },
                text=[str(n) if n else "" for n in rows[column]],
                textposition="inside",
                insidetextanchor="middle",
                textfont={"color": ink},
                hovertext=[
                    f"{r.short_name}（{r.department}）\n{(f'{name}{n}条') if n else (f'{name}没有摘录')}"
                    f"\n{r.themes}"
                    for r, n in zip(rows.itertuples(), rows[column], strict=True)
                ],
                hoverinfo="text",
            )
        )
    style(figure, 28 * len(rows) + 50)
    figure.update_layout(
        barmode="stack",
        legend={"traceorder": "normal"},
        margin={"l": 60, "r": 20, "t": 28, "b": 4},
        xaxis={"visible": False},
        yaxis={"autorange": "reversed", "showgrid": False, "tickfont": {"size": 13, "color": INK}},
    )
    return figure.figure()


def practice_matrix(rows: pd.DataFrame) -> go.Figure:
    """Common themes × regions: how many practices and the first of them; an empty cell is a dash.

    `rows` has common_theme, region, place_code, sort_order, practices, item_list and hover.
    """
    themes, regions = (
        list(dict.fromkeys(rows["common_theme"])),
        list(dict.fromkeys(rows.sort_values(["sort_order", "place_code"])["region"])),
    )
    figure = Drawing()
    filled = {(r.common_theme, r.region): r for r in rows.itertuples()}
    width = 8 if len(regions) > 5 else 14
    cells = [
        (x, y, filled.get((theme, region)))
        for y, theme in enumerate(themes)
        for x, region in enumerate(regions)
    ]
    for x, y, cell in cells:
        if cell is not None:
            box = {"x0": x - 0.48, "x1": x + 0.48, "y0": y - 0.46, "y1": y + 0.46}
            figure.add_shape(
                type="rect", **box, fillcolor=SEQUENCE[0], line={"width": 0}, layer="below"
            )
    figure.add_trace(
        scatter(
            x=[x for x, _y, _cell in cells],
            y=[y for _x, y, _cell in cells],
            mode="text",
            text=[
                "—" if cell is None else f"{bold(cell.practices)}\n{_items(cell.item_list, width)}"
                for _x, _y, cell in cells
            ],
            textfont={"size": 12, "color": INK},
            hovertext=[
                "" if cell is None else f"{cell.region} {cell.common_theme}\n{cell.hover}"
                for _x, _y, cell in cells
            ],
            hoverinfo="text",
            showlegend=False,
        )
    )
    style(figure, 62 * max(len(themes), 1) + 40, 1040)
    axis = {
        "showgrid": False,
        "zeroline": False,
        "tickmode": "array",
        "rangemode": "normal",
        "tickfont": {"size": 13, "color": INK},
    }
    figure.update_layout(
        margin={"l": 160, "r": 8, "t": 28, "b": 4},
        xaxis={
            **axis,
            "side": "top",
            "range": [-0.5, len(regions) - 0.5],
            "tickvals": list(range(len(regions))),
            "ticktext": regions,
        },
        yaxis={
            **axis,
            "range": [len(themes) - 0.5, -0.5],
            "tickvals": list(range(len(themes))),
            "ticktext": themes,
        },
    )
    return figure.figure()


def _items(items: list[str], width: int) -> str:
    """The first two practices, each on a line of its own and cut to `width`; the hover text has them whole."""
    short = [item if len(item) <= width else f"{item[: width - 1]}…" for item in items[:2]]
    return "\n".join(short)
