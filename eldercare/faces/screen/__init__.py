"""The shapes of exhibits as Plotly figures, for the pages, each kept beside its shape. Cards and tables are drawn by the page itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from eldercare import maps
from eldercare.drawing import Drawn
from eldercare.exhibits.shapes import (
    Bars,
    Circles,
    Field,
    Grid,
    Homes,
    Lines,
    Map,
    Matrix,
    Network,
    Panels,
    Shape,
    Strip,
    Timeline,
)
from eldercare.faces.screen.bar_charts import bars
from eldercare.faces.screen.circle_maps import circles
from eldercare.faces.screen.fields import field
from eldercare.faces.screen.grids import grid
from eldercare.faces.screen.line_charts import lines
from eldercare.faces.screen.look import style
from eldercare.faces.screen.matrices import matrix
from eldercare.faces.screen.networks import network
from eldercare.faces.screen.panels import panels
from eldercare.faces.screen.place_maps import outlines, squares
from eldercare.faces.screen.point_maps import points
from eldercare.faces.screen.strip_charts import strip
from eldercare.faces.screen.time_axes import timeline

__all__ = [
    "Figures",
    "bars",
    "circles",
    "field",
    "figures",
    "grid",
    "lines",
    "matrix",
    "network",
    "outlines",
    "panels",
    "points",
    "squares",
    "strip",
    "style",
    "timeline",
]

Figures = Drawn | Mapping[str, Callable[[], Drawn]] | None


def figures(shape: Shape, **size: int) -> Figures:
    """The figure of a shape, several views of it by name, or None for one that is words; of another `size` where one is given."""
    if isinstance(shape, Bars):
        return bars(shape, **size)
    if isinstance(shape, Lines):
        return lines(shape, **size)
    if isinstance(shape, Matrix):
        return matrix(shape)
    if isinstance(shape, Panels):
        return panels(shape)
    if isinstance(shape, Network):
        return network(shape)
    if isinstance(shape, Timeline):
        return timeline(shape, **size)
    if isinstance(shape, Circles):
        return circles(shape, **size)
    if isinstance(shape, Grid):
        return grid(shape)
    if isinstance(shape, Field):
        return field(shape, **size)
    if isinstance(shape, Strip):
        return strip(shape, **size)
    if isinstance(shape, Homes):
        if shape.cities is None:
            return points(shape, **size)
        return {
            maps.OUTLINES: lambda: points(shape, **size),
            maps.SQUARES: lambda: squares(shape.cities),
        }
    if isinstance(shape, Map):
        return {
            maps.OUTLINES: lambda: outlines(shape, **size),
            maps.SQUARES: lambda: squares(shape, **size),
        }
    return None
