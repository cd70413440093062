"""Places along a line on the screen: every peer a grey dot, the ends named, the whole as a mark of its own."""

from __future__ import annotations

from eldercare import palette
from eldercare.drawing import Drawing, Drawn, scatter
from eldercare.exhibits.shapes import Strip
from eldercare.faces.screen.look import STILL, style
from eldercare.keeping import beside
from eldercare.measures import GROUND, INK

SIGNS = {"peer": ("circle", 9), "whole": ("hourglass", 16), "own": ("star-diamond", 15)}


@beside
def strip(shape: Strip, height: int = 92) -> Drawn:
    """One line from the lowest to the highest; what stands on it is named above, the whole below."""
    figure = Drawing()
    for role, (symbol, size) in SIGNS.items():
        dots = [dot for dot in shape.dots if dot.role == role]
        figure.add_trace(
            scatter(
                x=[dot.value for dot in dots],
                y=[0] * len(dots),
                mode="markers+text",
                marker={
                    "symbol": symbol,
                    "size": size,
                    "color": palette.colour(role),
                    "line": {"width": 1, "color": GROUND},
                },
                text=[dot.label for dot in dots],
                textposition="bottom center" if role == "whole" else "top center",
                textfont={"size": 12, "color": INK},
                cliponaxis=False,
                hovertext=[f"{dot.name} {dot.value:.2f}{shape.unit}" for dot in dots],
                hoverinfo="text",
                customdata=[dot.code for dot in dots],
                showlegend=False,
                **STILL,
            )
        )
    style(figure, height, 390)
    values = [dot.value for dot in shape.dots]
    edge = 0.08 * (max(values, default=1.0) - min(values, default=0.0))
    figure.update_layout(
        margin={"l": 8, "r": 8, "t": 4, "b": 4},
        xaxis={
            "visible": False,
            "range": [min(values, default=0.0) - edge, max(values, default=1.0) + edge],
        },
        yaxis={"visible": False, "range": [-1, 1], "rangemode": "normal"},
    )
    return figure.figure()
