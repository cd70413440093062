"""The shapes of exhibits as Plotly figures, for the pages. Cards and tables are drawn by the page itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import plotly.graph_objects as go

from eldercare.exhibits.shapes import Bars, Lines, Map, Matrix, Network, Shape, Timeline
from eldercare.faces.screen.bar_charts import bars
from eldercare.faces.screen.line_charts import lines
from eldercare.faces.screen.look import style
from eldercare.faces.screen.matrices import matrix
from eldercare.faces.screen.networks import network
from eldercare.faces.screen.place_maps import outlines, squares
from eldercare.faces.screen.time_axes import timeline

__all__ = [
    "Figures",
    "bars",
    "figures",
    "lines",
    "matrix",
    "network",
    "outlines",
    "squares",
    "style",
    "timeline",
]

Figures = go.Figure | Mapping[str, Callable[[], go.Figure]] | None


def figures(shape: Shape) -> Figures:
    """The figure of a shape, several views of it by name, or None for one that is words."""
    if isinstance(shape, Bars):
        return bars(shape)
    if isinstance(shape, Lines):
        return lines(shape)
    if isinstance(shape, Matrix):
        return matrix(shape)
    if isinstance(shape, Network):
        return network(shape)
    if isinstance(shape, Timeline):
        return timeline(shape)
    if isinstance(shape, Map):
        return {"地图": lambda: outlines(shape), "方格": lambda: squares(shape)}
    return None
