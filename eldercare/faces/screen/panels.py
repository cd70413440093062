"""Short lines beside each other."""

from __future__ import annotations

from datetime import timedelta

from plotly.subplots import make_subplots

from eldercare import palette
from eldercare.drawing import Drawing, Drawn, scatter
from eldercare.exhibits.shapes import Panels, Path
from eldercare.faces.screen.look import style
from eldercare.keeping import beside
from eldercare.measures import INK, MUTED

# How much higher than its line a panel is: room for the words of the highest point.
HEADROOM = 1.55


@beside
def panels(shape: Panels, columns: int = 4) -> Drawn:
    """One small line a path with the words and the year of its first and last point."""
    columns = min(columns, max(len(shape.paths), 1))
    lines = max(1, -(-len(shape.paths) // columns))
    grid = make_subplots(
        rows=lines,
        cols=columns,
        subplot_titles=[path.name for path in shape.paths],
        vertical_spacing=min(0.5 / lines, 0.3),
        horizontal_spacing=0.05,
    ).to_dict()["layout"]
    figure = Drawing()
    figure.update_layout(**{name: part for name, part in grid.items() if name != "template"})
    style(figure, 60 + 150 * lines, 760)
    for number, path in enumerate(shape.paths, start=1):
        _add_panel(figure, path, number)
    figure.update_layout(margin={"l": 12, "r": 12, "t": 30, "b": 6})
    for title in figure.layout.get("annotations", []):
        title["font"] = {"size": 12, "color": MUTED}
    return figure.figure()


def _add_panel(figure: Drawing, path: Path, number: int) -> None:
    days, values = [p.day for p in path.points], [p.value for p in path.points]
    ends = {0, len(days) - 1}
    figure.add_trace(
        scatter(
            x=days,
            y=values,
            mode="lines+markers+text",
            line={"color": palette.colour(path.role), "width": 2},
            marker={"size": 5},
            text=[
                f"{point.words}\n{point.day.year}" if place in ends else ""
                for place, point in enumerate(path.points)
            ],
            textposition="top center",
            textfont={"size": 11, "color": INK},
            hovertext=[point.hover for point in path.points],
            hoverinfo="text",
            showlegend=False,
            cliponaxis=False,
            xaxis=f"x{number}",
            yaxis=f"y{number}",
        )
    )
    room = max((days[-1] - days[0]) * 0.16, timedelta(days=60))
    hidden, own = {"visible": False, "fixedrange": True}, str(number) if number > 1 else ""
    figure.update_layout(
        **{
            f"xaxis{own}": {**hidden, "range": [days[0] - room, days[-1] + room]},
            f"yaxis{own}": {**hidden, "range": [0, max(values) * HEADROOM]},
        }
    )
