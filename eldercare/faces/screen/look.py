"""What the drawings of the screen share: the quiet look and the colours that mean nothing."""

from __future__ import annotations

from eldercare.drawing import CALM, EXPLAINS, Drawing
from eldercare.measures import (
    INK,
    LINE,
    MUTED,
)

EMPTY_CELL, BORDER, AXIS = "#F1F4F7", "#B8C2CC", "#8796A5"
STILL = {"selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}}}


def style(figure: Drawing, height: int, room: int = 0) -> None:
    """The quiet look all charts share: no tools, faint horizontal grid, zero line, fixed axes; `room` as in `Drawing.needs`."""
    figure.needs(room)
    figure.update_layout(
        height=height,
        margin={"l": 52, "r": 70, "t": 34, "b": 8},
        **CALM,
        hovermode="closest",
        hoverlabel={"align": "left", "font": {"size": 13}},
        legend={
            "orientation": "h",
            "y": 1.0,
            "yanchor": "bottom",
            "x": 0.06,
            "font": {"size": 13, "color": INK},
            **EXPLAINS,
        },
        xaxis={"showgrid": False, "fixedrange": True, "tickfont": {"size": 12, "color": MUTED}},
        yaxis={
            "gridcolor": LINE,
            "zerolinecolor": AXIS,
            "rangemode": "tozero",
            "fixedrange": True,
            "tickfont": {"size": 12, "color": MUTED},
        },
    )
