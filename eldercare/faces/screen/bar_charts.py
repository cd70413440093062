"""Bars on the screen."""

from __future__ import annotations

from eldercare import palette
from eldercare.drawing import Drawing, Drawn, bar, room_for
from eldercare.exhibits.shapes import (
    Bars,
)
from eldercare.faces.screen.look import style
from eldercare.keeping import beside
from eldercare.measures import (
    INK,
    LINE,
    MUTED,
    axis_ticks,
    number,
)

# Pixels that a value needs above its bar.
LABEL = 34
# From here on Plotly writes k.
THOUSAND = 1_000


@beside
def bars(shape: Bars, height: int = 0) -> Drawn:
    """Bars beside each other, each with its value and, of several series that lie, its name; what is missing says why."""
    figure = Drawing()
    named = len(shape.series) > 1 and shape.horizontal
    for series in shape.series:
        labels = list(series.labels) or [
            series.gap
            if value is None
            else f"{series.name}{number(value, shape.decimals)}"
            if named
            else f"{number(value, shape.decimals)}{shape.unit}"
            for value in series.values
        ]
        along = {"y": list(shape.categories), "x": [value or 0 for value in series.values]}
        if not shape.horizontal:
            along = {"x": along["y"], "y": along["x"]}
        figure.add_trace(
            bar(
                **along,
                orientation="h" if shape.horizontal else "v",
                marker={
                    "color": [palette.colour(role) for role in series.roles]
                    or palette.colour(series.role)
                },
                name=series.name,
                text=labels if shape.labelled else None,
                textposition="outside",
                constraintext="none",
                textangle=0,
                textfont={"size": 12, "color": INK},
                cliponaxis=False,
                hovertext=list(series.hovers)
                or [
                    f"{category}：{label}"
                    for category, label in zip(shape.categories, labels, strict=True)
                ],
                hoverinfo="text",
            )
        )
    lying = max(250, 40 + 26 * len(shape.categories) * len(shape.series))
    # Beside each other each upright bar has room for its value, behind a lying one stand its words.
    words = max((len(str(w)) for trace in figure.traces for w in trace["text"] or ()), default=0)
    standing = LABEL * len(shape.categories) * len(shape.series) + 122 if words else 0
    names = max((len(str(name)) for name in shape.categories), default=0)
    lying_wide = 12 * names + 10 * words + 150
    style(
        figure,
        height or (lying if shape.horizontal else 320),
        room_for(lying_wide if shape.horizontal else standing),
    )
    if shape.horizontal:
        figure.update_layout(margin={"r": max(70, 20 + 10 * words)})
    figure.update_layout(barmode="group", bargap=0.25, showlegend=len(shape.series) > 1)
    if shape.horizontal:
        names = {"size": 13, "color": INK}
        figure.update_layout(
            margin={"l": 4, "r": 150, "t": 34, "b": 24},
            yaxis={"autorange": "reversed", "showgrid": False, "tickfont": names},
            xaxis={"gridcolor": LINE, "showgrid": True, "tickfont": {"color": MUTED}},
        )
    highest = max((value or 0 for series in shape.series for value in series.values), default=0)
    if highest >= THOUSAND:
        values, ticks = axis_ticks(highest)
        along_values = "xaxis" if shape.horizontal else "yaxis"
        figure.update_layout(**{along_values: {"tickvals": values, "ticktext": ticks}})
    return figure.figure()
