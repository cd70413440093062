"""Numbers along time on the screen."""

from __future__ import annotations

from datetime import timedelta

from eldercare import palette
from eldercare.drawing import Drawing, Drawn, Trace, scatter
from eldercare.exhibits.shapes import (
    Lines,
    Path,
)
from eldercare.faces.screen.look import style
from eldercare.keeping import beside
from eldercare.measures import (
    DASHES,
    MUTED,
    POINTS,
    axis_ticks,
)

LABELS = 9
# Signs of a label that fits between the first point and the axis.
SHORT = 7


@beside
def lines(shape: Lines, height: int = 320, ticks: int = 10, room: int = 390) -> Drawn:
    """Claims over time. What is derived is hollow and says 推算; a gap stays a gap, a break says why.

    Targets are short horizontal strokes with their wording, milestones of one target joined by a dotted path; points
    apart are hollow. `ticks` is how many dates fit on the axis, `room` how wide the drawing must be.
    """
    figure = Drawing()
    counted = [path for path in shape.paths if not path.target and not path.apart]
    begin = min((path.points[0].day for path in counted), default=None)
    for rank, path in enumerate(counted):
        figure.add_trace(_line(path, rank, len(counted) <= 2, path.points[0].day == begin, shape))
    _add_breaks(figure, counted)
    for path in shape.paths:
        if path.target:
            _add_target(figure, path, "top center" if shape.by_day else "middle right")
        elif path.apart:
            figure.add_trace(_apart(path))
    style(figure, height, room)
    if len(counted) <= 2 and not shape.by_day:
        # The name of a line stands behind its last point.
        longest = max((len(path.name) for path in counted), default=0)
        figure.update_layout(margin={"r": max(70, 12 * (longest + 5))})
    if any(path.points for path in shape.paths):
        _time_axes(figure, shape, ticks)
    return figure.figure()


def _line(path: Path, rank: int, direct: bool, first: bool, shape: Lines) -> Trace:
    colour, symbol = palette.colour(path.role), POINTS[rank % len(POINTS)]
    above, below = ("bottom center", "top center") if rank % 2 else ("top center", "bottom center")
    known = [index for index, point in enumerate(path.points) if point.value is not None]
    labels = _thinned([path.points[index].words.replace(shape.unit, "", 1) for index in known])
    # The longer words of what is derived, on the side that the labels of its line leave free.
    sides = [below if path.points[index].derived else above for index in known]
    if direct:
        labels[-1] = f"{labels[-1]}　{path.name}"
        sides[-1] = "middle right"
    # On the left only where nothing stands: an earlier point has its words there, and long ones would meet the axis.
    if first and len(known) > 1 and len(labels[0]) <= SHORT:
        sides[0] = "middle left"
    text = dict(zip(known, zip(labels, sides, strict=True), strict=True))
    words, places = zip(*(text.get(i, ("", above)) for i in range(len(path.points))), strict=True)
    return scatter(
        x=[point.day for point in path.points],
        y=[point.value for point in path.points],
        mode="lines+markers+text",
        connectgaps=False,
        line={"color": colour, "width": 2.5, "dash": DASHES[rank % len(DASHES)]},
        marker={
            "size": 8,
            "color": colour,
            "symbol": [f"{symbol}-open" if point.derived else symbol for point in path.points],
            "line": {"width": 2, "color": colour},
        },
        text=list(words),
        textposition=list(places),
        textfont={"size": 12, "color": colour},
        hovertext=[point.hover for point in path.points],
        hoverinfo="text",
        name=path.name,
        legendgroup=path.name,
        showlegend=not direct,
        cliponaxis=False,
    )


def _thinned(labels: list[str], limit: int = LABELS) -> list[str]:
    """Labels of long series: first, last and every few between, so that they do not overlap."""
    if len(labels) <= limit:
        return labels
    step, last = -(-len(labels) // limit), len(labels) - 1
    return [
        words if i in (0, last) or (i % step == 0 and last - i >= step) else ""
        for i, words in enumerate(labels)
    ]


def _add_breaks(figure: Drawing, paths: list[Path]) -> None:
    """Where one path goes on as another series: a line midway between its two points, in its colour and its words."""
    days = [point.day for path in paths for point in path.points]
    middle = min(days) + (max(days) - min(days)) / 2 if days else None
    marks = sorted(
        (point.day, point.words, palette.colour(path.role))
        for path in paths
        for point in path.points
        if point.value is None and point.words
    )
    for place, (day, words, colour) in enumerate(marks):
        left = day < middle
        line = {"dash": "dot", "width": 1, "color": colour}
        figure.add_shape(type="line", x0=day, x1=day, y0=0, y1=1, yref="paper", line=line)
        # Neighbours stand on two levels, so that their words do not meet.
        figure.add_annotation(
            x=day,
            y=1 - 0.07 * (place % 2),
            yref="paper",
            text=words,
            showarrow=False,
            font={"size": 11, "color": colour},
            xanchor="left" if left else "right",
            yanchor="top",
            xshift=3 if left else -3,
        )


def _add_target(figure: Drawing, path: Path, words_at: str) -> None:
    colour = palette.colour(path.role)
    if len(path.points) > 1:
        figure.add_trace(
            scatter(
                x=[point.day for point in path.points],
                y=[point.value for point in path.points],
                mode="lines",
                line={"color": colour, "width": 1.5, "dash": "dot"},
                hoverinfo="skip",
                showlegend=False,
            )
        )
    for point in path.points:
        figure.add_trace(
            scatter(
                x=[point.day - timedelta(days=150), point.day],
                y=[point.value] * 2,
                mode="lines+text",
                line={"color": colour, "width": 3},
                text=["", point.words],
                textposition=words_at,
                textfont={"size": 12, "color": colour},
                hovertext=point.hover,
                hoverinfo="text",
                showlegend=False,
                cliponaxis=False,
            )
        )


def _apart(path: Path) -> Trace:
    colour = palette.colour(path.role)
    return scatter(
        x=[point.day for point in path.points],
        y=[point.value for point in path.points],
        mode="markers+text",
        marker={"symbol": "diamond-open", "size": 10, "color": colour, "line": {"width": 2}},
        text=[point.words for point in path.points],
        textposition="top right",
        textfont={"size": 12, "color": colour},
        hovertext=[point.hover for point in path.points],
        hoverinfo="text",
        showlegend=False,
        cliponaxis=False,
    )


def _time_axes(figure: Drawing, shape: Lines, ticks: int) -> None:
    """Year-end ticks (most figures are year-end figures), or the days themselves; value ticks in 万."""
    points = [p for path in shape.paths for p in path.points if p.value is not None]
    values, words = axis_ticks(max(point.value for point in points))
    days = sorted({point.day for point in points})
    span = days[-1] - days[0]
    if shape.by_day:
        margin = span * 0.1
        axis = {
            "tickvals": days,
            "ticktext": [f"{day:%Y-%m}" for day in days],
            "tickangle": -45,
            "range": [days[0] - margin, days[-1] + margin],
        }
    else:
        years = list(range(days[0].year, days[-1].year + 1))
        years = years[:: -(-len(years) // ticks)]
        margin = max(span * 0.06, timedelta(days=120))
        axis = {
            "tickvals": [f"{year}-12-31" for year in years],
            "ticktext": [f"{year}年底" for year in years],
            "range": [days[0] - margin * 1.6, days[-1] + margin * 1.6],
        }
    figure.update_layout(
        xaxis=axis,
        yaxis={"tickvals": values, "ticktext": words, "range": [0, values[-1] * 1.06]},
    )
    figure.add_annotation(
        x=0,
        y=1,
        xref="paper",
        yref="paper",
        text=f"单位：{shape.unit}" if shape.unit else "",
        showarrow=False,
        xanchor="right",
        yanchor="bottom",
        font={"size": 12, "color": MUTED},
        xshift=8,
        yshift=4,
    )
