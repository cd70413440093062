"""Figures of the section 现状: standing among peers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from eldercare.drawing import Drawing, scatter
from eldercare.faces.screen import style
from eldercare.measures import ACCENT, INK, MUTED, PRIMARY, missing
from eldercare.text import bold

DELTA = "长三角"


def standing(rows: pd.DataFrame, height: int = 390) -> go.Figure:
    """One strip a measure: every peer a grey dot, the place large, province and delta as strokes.

    `rows` has title, unit, value, rank, ranked, peer_values, peer_names, province_value, province_name, delta_value.
    """
    figure = Drawing()
    for number_, row in enumerate(rows.itertuples()):
        y = len(rows) - 1 - number_
        values = np.array(row.peer_values, dtype=np.float32)
        low, high = float(values.min()), float(values.max())
        span = (high - low) or 1.0
        figure.add_trace(
            scatter(
                x=((values - low) / span).tolist(),
                y=[y] * len(values),
                mode="markers",
                marker={"size": 8, "color": "rgba(135,150,165,.45)", "symbol": "circle"},
                hovertext=[
                    f"{name} {value:.2f}{row.unit}"
                    for name, value in zip(row.peer_names, values, strict=True)
                ],
                hoverinfo="text",
                name="同级地区",
            )
        )
        for value, name, colour in (
            (row.province_value, row.province_name, INK),
            (row.delta_value, DELTA, ACCENT),
        ):
            if not missing(value) and not missing(name):
                _add_stroke(
                    figure,
                    (float(value) - low) / span,
                    y,
                    f"{name} {value:.2f}{row.unit}",
                    colour,
                    name,
                )
        _add_own(figure, row, (row.value - low) / span, y)
        _add_strip_words(figure, row, y, low, high)
    style(figure, height, 520)
    figure.update_layout(
        margin={"l": 8, "r": 8, "t": 30, "b": 4},
        xaxis={"range": [-0.06, 1.46], "visible": False},
        yaxis={"range": [-0.6, len(rows) - 0.35], "visible": False},
    )
    # Each look once in the legend, wherever it first stands.
    named: set[str] = set()
    for trace in figure.traces:
        trace["showlegend"] = trace["name"] not in named
        named.add(trace["name"])
    return figure.figure()


def _add_stroke(figure: Drawing, x: float, y: float, words: str, colour: str, name: str) -> None:
    figure.add_trace(
        scatter(
            x=[x],
            y=[y],
            mode="markers",
            marker={
                "symbol": "hourglass" if name == DELTA else "line-ns",
                "size": 20,
                "color": colour,
                "line": {"width": 3, "color": colour},
            },
            hovertext=[str(words)],
            hoverinfo="text",
            name="长三角（人数加总）" if name == DELTA else name,
        )
    )


def _add_own(figure: Drawing, row: tuple, x: float, y: float) -> None:
    figure.add_trace(
        scatter(
            x=[x],
            y=[y],
            mode="markers",
            marker={
                "symbol": "star-diamond",
                "size": 15,
                "color": PRIMARY,
                "line": {"width": 2, "color": "#FFFFFF"},
            },
            hovertext=[f"{row.short_name} {row.title} {row.value:.2f}{row.unit}"],
            hoverinfo="text",
            name="本地区",
        )
    )


def _add_strip_words(figure: Drawing, row: tuple, y: float, low: float, high: float) -> None:
    rank = f"　{int(row.rank)}/{int(row.ranked)}" if int(row.ranked) > 1 else ""
    for x, shift, anchor, words, size, colour in (
        (0.0, 20, "left", row.title, 13, INK),
        (
            1.45,
            0,
            "right",
            f"{bold(f'{row.value:.2f}%')}{rank}"
            if row.unit == "%"
            else f"{bold(f'{row.value:+.2f}')}{rank}",
            14,
            PRIMARY,
        ),
        (0.0, -17, "left", f"{low:.1f}", 11, MUTED),
        (1.0, -17, "right", f"{high:.1f}", 11, MUTED),
    ):
        figure.add_annotation(
            x=x,
            y=y,
            yshift=shift,
            text=words,
            xanchor=anchor,
            showarrow=False,
            font={"size": size, "color": colour},
        )
