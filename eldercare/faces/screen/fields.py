"""Places between two measures on the screen, parted by the middle of both."""

from __future__ import annotations

from collections.abc import Sequence

from eldercare.drawing import Drawing, Drawn, scatter
from eldercare.exhibits.shapes import Field, Spot
from eldercare.faces.screen.look import STILL, style
from eldercare.keeping import beside
from eldercare.measures import GROUND, INK, MUTED, PROVINCES, province_colour, province_point

SHORT = ("上海", "江苏", "浙江", "安徽")
# So many places farthest from the middle are named, where a name has room; the others at the pointer and in the table.
NAMED = 16


@beside
def field(shape: Field, height: int = 520) -> Drawn:
    """A point for each place in the colour and sign of its province."""
    figure = Drawing()
    spots, named = shape.spots, _outermost(shape.spots)
    figure.add_trace(
        scatter(
            x=[spot.x for spot in spots],
            y=[spot.y for spot in spots],
            mode="markers+text",
            marker={
                "symbol": [province_point(spot.code) for spot in spots],
                "size": 10,
                "color": [province_colour(spot.code) for spot in spots],
                "line": {"width": 1, "color": GROUND},
            },
            text=[spot.name if spot.name in named else "" for spot in spots],
            textposition="top center",
            textfont={"size": 11, "color": INK},
            hovertext=[spot.hover for spot in spots],
            hoverinfo="text",
            customdata=[spot.code for spot in spots],
            cliponaxis=False,
            showlegend=False,
            **STILL,
        )
    )
    style(figure, height, 390)
    _add_middle(figure, shape)
    for code, name in zip(PROVINCES, SHORT, strict=True):
        figure.add_sign(name, symbol=province_point(code), size=10, color=province_colour(code))
    title = {"size": 12, "color": MUTED}
    figure.update_layout(
        margin={"l": 46, "r": 16, "t": 50, "b": 40},
        legend={"x": 0, "y": 1, "yref": "container", "yanchor": "top"},
        clickmode="event+select",
        xaxis={"title": {"text": shape.axes[0], "font": title}, "ticksuffix": shape.units[0]},
        yaxis={
            "title": {"text": shape.axes[1], "font": title},
            "rangemode": "normal",
            "zeroline": False,
            **_roomy([spot.y for spot in spots]),
        },
    )
    return figure.figure()


def _add_middle(figure: Drawing, shape: Field) -> None:
    """The lines of the whole with its values, and what lies in the four corners: of much and fast, little and fast, much and slow, little and slow."""
    x, y = shape.middle
    figure.add_vline(x=x, line={"width": 1, "dash": "dot", "color": MUTED})
    figure.add_hline(y=y, line={"width": 1, "dash": "dot", "color": MUTED})
    corners = ((1, 1, "right"), (0, 1, "left"), (1, 0, "right"), (0, 0, "left"))
    for (right, top, anchor), words in zip(corners, shape.corners, strict=True):
        figure.add_annotation(
            x=right, y=top, xref="paper", yref="paper", xanchor=anchor, yanchor="bottom", text=words,
            showarrow=False, font={"size": 13, "color": MUTED},
        )  # fmt: skip
    small = {"showarrow": False, "font": {"size": 11, "color": MUTED}}
    name, unit = shape.middle_name, shape.units[0]
    figure.add_annotation(
        x=x, y=0.06, yref="paper", text=f"{name}{x:.1f}{unit}", xanchor="left", **small
    )
    figure.add_annotation(
        x=1.0, xref="paper", y=y, text=f"{name}{y:+.1f}", xanchor="right", yanchor="bottom", **small
    )


def _roomy(values: Sequence[float]) -> dict:
    """An axis range with room above and below for the words of the corners."""
    if not values:
        return {}
    span = (max(values) - min(values)) or 1.0
    return {"range": [min(values) - 0.12 * span, max(values) + 0.08 * span]}


def _outermost(spots: Sequence[Spot]) -> set[str]:
    """Names of the points farthest from the middle that do not stand on a name already placed."""
    if not spots:
        return set()
    apart = {
        spot.name: (along, up)
        for spot, along, up in zip(
            spots, _standard([s.x for s in spots]), _standard([s.y for s in spots]), strict=True
        )
    }
    named: list[str] = []
    for name in sorted(apart, key=lambda one: -sum(part**2 for part in apart[one])):
        x, y = apart[name]
        if len(named) < NAMED and all(
            abs(x - apart[other][0]) > 0.35 or abs(y - apart[other][1]) > 0.2 for other in named
        ):
            named.append(name)
    return set(named)


def _standard(values: Sequence[float]) -> list[float]:
    mean = sum(values) / len(values)
    spread = (sum((value - mean) ** 2 for value in values) / len(values)) ** 0.5 or 1.0
    return [(value - mean) / spread for value in values]
