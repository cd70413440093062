"""Places along a line on the screen: every peer a grey dot, the place that is meant large, province and delta as strokes."""

from __future__ import annotations

import plotly.graph_objects as go

from eldercare import palette
from eldercare.drawing import Drawing, Trace, scatter
from eldercare.exhibits.shapes import Dot, Strip, Strips
from eldercare.faces.screen.look import STILL, style
from eldercare.measures import GROUND, INK, MUTED, PRIMARY
from eldercare.text import bold

SIGNS = {"own": ("star-diamond", 15), "province": ("line-ns", 20), "whole": ("hourglass", 16)}
# Between a strip's right end and its words.
ROOM_FOR_WORDS = 1.46


def strips(shape: Strips, height: int = 0) -> go.Figure:
    """One line a measure, each on its own scale, which its ends say."""
    figure = Drawing()
    worded = any(strip.words for strip in shape.strips)
    for number_, strip in enumerate(shape.strips):
        y = len(shape.strips) - 1 - number_
        values = [dot.value for dot in strip.dots if dot.role != "whole"]
        low, high = min(values), max(values)
        for role in ("peer", "province", "whole", "own"):
            dots = [dot for dot in strip.dots if dot.role == role]
            if dots:
                figure.add_trace(_dots(dots, strip, role, y, low, (high - low) or 1.0))
        _add_words(figure, strip, y, low, high)
    for words, role in shape.legend:
        symbol, size = SIGNS.get(role, ("circle", 9))
        colour = palette.colour(role)
        line = {"width": 3 if symbol == "line-ns" else 1, "color": colour}
        figure.add_sign(words, symbol=symbol, size=min(size, 13), color=colour, line=line)
    style(figure, height or 78 * len(shape.strips), 520 if worded else 390)
    figure.update_layout(
        margin={"l": 8, "r": 8, "t": 30 if shape.legend else 4, "b": 4},
        xaxis={"range": [-0.06, ROOM_FOR_WORDS if worded else 1.08], "visible": False},
        yaxis={"range": [-0.6, len(shape.strips) - 0.35], "visible": False, "rangemode": "normal"},
    )
    return figure.figure()


def _dots(dots: list[Dot], strip: Strip, role: str, y: float, low: float, span: float) -> Trace:
    symbol, size = SIGNS.get(role, ("circle", 9))
    colour = palette.colour(role)
    edge = colour if symbol == "line-ns" else GROUND
    return scatter(
        x=[(dot.value - low) / span for dot in dots],
        y=[y] * len(dots),
        mode="markers+text",
        marker={
            "symbol": symbol,
            "size": size,
            "color": colour,
            "line": {"width": 3 if symbol == "line-ns" else 1, "color": edge},
        },
        text=[dot.label for dot in dots],
        textposition="bottom center" if role == "whole" else "top center",
        textfont={"size": 12, "color": INK},
        cliponaxis=False,
        hovertext=[f"{dot.name} {dot.value:.2f}{strip.unit}" for dot in dots],
        hoverinfo="text",
        customdata=[dot.code for dot in dots],
        showlegend=False,
        **STILL,
    )


def _add_words(figure: Drawing, strip: Strip, y: float, low: float, high: float) -> None:
    labelled = any(dot.label for dot in strip.dots)
    ends = [] if labelled else [(0.0, "left", f"{low:.1f}"), (1.0, "right", f"{high:.1f}")]
    parts = [(0.0, 20, "left", strip.title, 13, INK)] if strip.title else []
    parts += [(x, -17, anchor, words, 11, MUTED) for x, anchor, words in ends]
    if strip.words:
        value, space, rank = strip.words.partition("　")
        told = bold(value) + space + rank
        parts.append((ROOM_FOR_WORDS - 0.01, 0, "right", told, 14, PRIMARY))
    for x, shift, anchor, words, size, colour in parts:
        figure.add_annotation(
            x=x, y=y, yshift=shift, text=words, xanchor=anchor, showarrow=False,
            font={"size": size, "color": colour},
        )  # fmt: skip
