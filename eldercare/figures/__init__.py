"""DataFrame in, Plotly figure out. Pure: no Streamlit, no query, no sentence.

One module per menu section; here is what all share.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from eldercare.drawing import Drawing, bar, scatter
from eldercare.measures import (
    ACCENT,
    DASHES,
    INK,
    LINE,
    MUTED,
    POINTS,
    PRIMARY,
    axis_ticks,
    day_words,
    full_quantity,
    missing,
    province_colour,
    quantity,
)

# Colour-blind safe line colours for definitions (not places): at most four lines a chart.
DEFINITIONS = (PRIMARY, ACCENT, "#5F6B7A", "#7B4FA3")
# Hatching of bars that must not hide the numbers on them.
LIGHT_HATCH = {"fgcolor": "#6AA5BA", "size": 8, "solidity": 0.15}
# Points further apart than this are not joined: the years between are a gap, not a line.
LONGEST_STEP = pd.Timedelta(days=550)
# The columns of a claim that a series is drawn from.
DRAWN = ["series", "legend", "kind", "date", "value", "unit", "qualifier"]
# What some questions add: why a new series begins, and the words of a target.
TOLD = ("break_note", "goal")


def series(
    rows: pd.DataFrame, unit: str, height: int = 380, ticks: int = 10, room: int = 440
) -> go.Figure:
    """Values over time. One line per `series` (place, definition, base and segment: never joined further).

    `rows` has series, legend and the columns of a claim; a series of one point is a point, and years
    without a value stay a gap. What is derived is hollow and says 推算. Targets (kind = target) are short horizontal
    strokes with their wording; milestones of one target are joined by a dotted path. `ticks` is how many dates fit on the axis.
    """
    return drawn_series(rows, unit, height, ticks, room=room).figure()


def drawn_series(
    rows: pd.DataFrame,
    unit: str,
    height: int = 380,
    ticks: int = 10,
    goals: str = "middle right",
    room: int = 440,
) -> Drawing:
    """`series` before it is finished, for figures that add to it. `goals`: where the words of a target stand."""
    figure = Drawing()
    # Every later step copies all columns: the few that are drawn make it cheap.
    told = [name for name in TOLD if name in rows]
    rows = rows[DRAWN + told].assign(
        hover=[_claim_hover(row) for row in rows.itertuples(index=False)]
    )
    actual = rows[rows["kind"] != "target"]
    legends = list(dict.fromkeys(actual["legend"]))
    direct = len(legends) <= 2
    for _name, part in actual.groupby("series", sort=False):
        legend = part["legend"].iloc[0]
        rank = legends.index(legend)
        colour, point = DEFINITIONS[rank % len(DEFINITIONS)], POINTS[rank % len(POINTS)]
        part = part.sort_values("date").reset_index(drop=True)
        derived = part["kind"] == "derived"
        words = [quantity(v, "", q) for v, q in zip(part["value"], part["qualifier"], strict=True)]
        labels = _thinned(
            [word + "（推算）" if how else word for word, how in zip(words, derived, strict=True)]
        )
        sides = ["bottom center" if rank % 2 else "top center"] * len(part)
        if direct and part["date"].iloc[-1] == actual.loc[actual["legend"] == legend, "date"].max():
            labels[-1] = f"{labels[-1]}　{legend}"
            sides[-1] = "middle right"
        # On the left only where nothing stands: an earlier point has its words there.
        if len(part) > 1 and not (actual["date"] < part["date"].iloc[0]).any():
            sides[0] = "middle left"
        # The longer words of what is derived, on the side that the labels of its line leave free.
        sides = [
            ("top center" if rank % 2 else "bottom center") if how else side
            for how, side in zip(derived, sides, strict=True)
        ]
        part = _with_gaps(
            part.assign(
                label=labels,
                side=sides,
                symbol=[f"{point}-open" if how else point for how in derived],
            )
        )
        figure.add_trace(
            scatter(
                x=part["date"].tolist(),
                y=part["value"].tolist(),
                mode="lines+markers+text",
                connectgaps=False,
                line={"color": colour, "width": 2.5, "dash": DASHES[rank % len(DASHES)]},
                marker={
                    "size": 8,
                    "color": colour,
                    "symbol": part["symbol"].tolist(),
                    "line": {"width": 2, "color": colour},
                },
                text=part["label"].tolist(),
                textposition=part["side"].tolist(),
                textfont={"size": 12, "color": colour},
                hovertext=part["hover"].tolist(),
                hoverinfo="text",
                name=legend,
                legendgroup=legend,
                showlegend=not direct and legend not in {trace["name"] for trace in figure.traces},
                cliponaxis=False,
            )
        )
    _add_breaks(
        figure,
        actual,
        {legend: DEFINITIONS[rank % len(DEFINITIONS)] for rank, legend in enumerate(legends)},
    )
    targets = rows[rows["kind"] == "target"]
    for _name, path in targets.groupby("series", sort=False):
        _add_path(figure, path.drop_duplicates("date").sort_values("date"))
    for row in targets.itertuples(index=False):
        _add_target(figure, row, goals)
    style(figure, height, room)
    if len(rows):
        _time_axes(figure, rows, unit, ticks)
    return figure


def _claim_hover(row: Any) -> str:
    """What is claimed with every digit, the date as precise as its source has it, and the source."""
    value = full_quantity(row.value, row.unit, row.qualifier)
    day = day_words(row.date, row.date_precision, row.date_label, bool(row.date_inferred))
    return f"{row.place_name} {row.indicator_title}：{value}\n{day}\n{row.source_title}"


def _with_gaps(part: pd.DataFrame) -> pd.DataFrame:
    """Inserts an empty row wherever two points are too far apart to be joined."""
    later = part[part["date"].diff() > LONGEST_STEP].index
    gaps = pd.DataFrame(
        {
            "date": part.loc[later, "date"] - pd.Timedelta(days=1),
            "label": "",
            "hover": "",
            "side": "top center",
            "symbol": "circle",
        },
        index=later - 0.5,
    )
    return pd.concat([part, gaps]).sort_index() if len(gaps) else part


def _add_breaks(figure: Drawing, actual: pd.DataFrame, colours: dict[str, str]) -> None:
    """Where one legend goes on as another series: a line midway between its own two points, in its colour and its words."""
    marks, middle = [], actual["date"].min() + (actual["date"].max() - actual["date"].min()) / 2
    for legend, part in actual.sort_values("date", kind="stable").groupby("legend", sort=False):
        starts = part.drop_duplicates("series").iloc[1:]
        for start in starts.itertuples():
            before = part.loc[part["date"] < start.date, "date"].max()
            if not missing(before):
                words = f"{_short(legend)}：{_break_words(getattr(start, 'break_note', None))}"
                marks.append((before + (start.date - before) / 2, words, colours[legend]))
    for place, (when, words, colour) in enumerate(sorted(marks)):
        figure.add_shape(
            type="line",
            x0=when,
            x1=when,
            y0=0,
            y1=1,
            yref="paper",
            line={"dash": "dot", "width": 1, "color": colour},
        )
        # Neighbours stand on two levels, so that their words do not meet.
        figure.add_annotation(
            x=when, y=1 - 0.07 * (place % 2), yref="paper", text=str(words), showarrow=False, font={"size": 11, "color": colour},
            xanchor="left" if when < middle else "right", yanchor="top", xshift=3 if when < middle else -3,
        )  # fmt: skip


def _break_words(note: Any) -> str:
    """A change only where the source says that the definition changed."""
    return "口径是否相同未说明" if "未说明" in str(note) else "口径变动"


def _short(legend: str) -> str:
    """养老床位 for 养老床位（全口径或来源未限定）: what stands in brackets is told by the legend."""
    return legend.split("（")[0]


def _add_path(figure: Drawing, milestones: pd.DataFrame) -> None:
    """The way between the milestones of one target; a single target has none."""
    if len(milestones) > 1:
        figure.add_trace(
            scatter(
                x=milestones["date"].tolist(),
                y=milestones["value"].tolist(),
                mode="lines",
                line={"color": INK, "width": 1.5, "dash": "dot"},
                hoverinfo="skip",
                showlegend=False,
            )
        )


def _time_axes(figure: Drawing, rows: pd.DataFrame, unit: str, ticks: int) -> None:
    """Year-end ticks (most figures are year-end figures) and value ticks in 万."""
    values, words = axis_ticks(float(rows["value"].max()))
    dates = pd.to_datetime(rows["date"])
    years = list(range(dates.min().year, dates.max().year + 1))
    years = years[:: -(-len(years) // ticks)]
    margin = max((dates.max() - dates.min()) * 0.06, pd.Timedelta(days=120))
    figure.update_layout(
        xaxis={
            "tickvals": [f"{year}-12-31" for year in years],
            "ticktext": [f"{year}年底" for year in years],
            "range": [dates.min() - margin, dates.max() + margin * 1.6],
        },
        yaxis={"tickvals": values, "ticktext": words, "range": [0, values[-1] * 1.06]},
    )
    figure.add_annotation(
        x=0,
        y=1,
        xref="paper",
        yref="paper",
        text=f"单位：{unit}",
        showarrow=False,
        xanchor="right",
        yanchor="bottom",
        font={"size": 12, "color": MUTED},
        xshift=8,
        yshift=4,
    )


def _add_target(figure: Drawing, row: Any, words_at: str) -> None:
    when = pd.Timestamp(row.date)
    words = f"{_short(row.legend)}目标 {quantity(row.value, row.unit, row.qualifier)}"
    figure.add_trace(
        scatter(
            x=[when - pd.Timedelta(days=150), when],
            y=[row.value] * 2,
            mode="lines+text",
            line={"color": INK, "width": 3},
            text=["", str(getattr(row, "goal", words))],
            textposition=words_at,
            textfont={"size": 12, "color": INK},
            hovertext=row.hover,
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
    return [
        w if i in (0, len(labels) - 1) or (i % step == 0 and len(labels) - 1 - i >= step) else ""
        for i, w in enumerate(labels)
    ]


def ranked_bars(
    rows: pd.DataFrame, unit: str, decimals: int = 1, height: int | None = None
) -> go.Figure:
    """Horizontal bars in the order given, coloured by province: place_code, short_name, value, hover; `words` where the label says more."""
    words = rows["words"] if "words" in rows else [f"{v:.{decimals}f}{unit}" for v in rows["value"]]
    figure = Drawing(
        bar(
            y=rows["short_name"].tolist(),
            x=rows["value"].tolist(),
            orientation="h",
            marker={"color": [province_colour(code) for code in rows["place_code"]]},
            text=[
                "未载" if missing(v) else str(label)
                for v, label in zip(rows["value"], words, strict=True)
            ],
            textposition="outside",
            cliponaxis=False,
            hovertext=[str(words) for words in rows["hover"]],
            hoverinfo="text",
            customdata=rows["place_code"].tolist(),
        )
    )
    style(figure, height or 26 * len(rows) + 30, 520 if "words" in rows else 390)
    figure.update_layout(
        yaxis={"autorange": "reversed", "showgrid": False},
        xaxis={"visible": False},
        showlegend=False,
    )
    if "words" in rows and rows["value"].notna().any():
        # Labels outside the bars are longer than the margin leaves room for.
        figure.update_layout(xaxis={"range": [0, 1.4 * float(rows["value"].max())]})
    return figure.figure()


def style(figure: Drawing, height: int, room: int = 0) -> None:
    """The quiet look all charts share: no tools, faint horizontal grid, zero line, fixed axes; `room` as in `Drawing.needs`."""
    figure.needs(room)
    figure.update_layout(
        height=height,
        margin={"l": 52, "r": 70, "t": 34, "b": 8},
        plot_bgcolor="rgba(0,0,0,0)",
        paper_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
        hovermode="closest",
        hoverlabel={"align": "left", "font": {"size": 13}},
        legend={
            "orientation": "h",
            "y": 1.0,
            "yanchor": "bottom",
            "x": 0.06,
            "font": {"size": 13, "color": INK},
            "itemclick": False,
            "itemdoubleclick": False,
        },
        xaxis={"showgrid": False, "fixedrange": True, "tickfont": {"size": 12, "color": MUTED}},
        yaxis={
            "gridcolor": LINE,
            "zerolinecolor": "#8796A5",
            "rangemode": "tozero",
            "fixedrange": True,
            "tickfont": {"size": 12, "color": MUTED},
        },
    )
