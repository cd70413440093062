"""Drawings as SVG markup: every word escaped, no script, no reference to anything outside."""

from __future__ import annotations

from collections.abc import Sequence

from eldercare.exhibits.shapes import (
    Bars,
    Cards,
    Circles,
    Field,
    Grid,
    Homes,
    Items,
    Lines,
    Map,
    Matrix,
    Network,
    Panels,
    Shape,
    Strip,
    Table,
    Timeline,
)
from eldercare.faces import boards, mapping, markup, pictures, spots
from eldercare.faces.drawing import Primitive

DRAWN = {
    Map: mapping.drawn,
    Bars: pictures.bars,
    Lines: pictures.lines,
    Timeline: pictures.timeline,
    Cards: boards.cards,
    Items: boards.items,
    Table: boards.table,
    Matrix: boards.matrix,
    Grid: boards.grid,
    Circles: spots.circles,
    Field: spots.field,
    Homes: spots.homes,
    Network: spots.network,
    Panels: spots.panels,
    Strip: spots.strip,
}


def svg(shape: Shape, alt: str, width: float, height: float) -> str:
    """The drawing of an exhibit's shape as one `<svg>` of its own size in points, for a page."""
    return written(drawing(shape, width, height), alt, width, height)


def written(
    parts: Sequence[Primitive], alt: str, width: float, height: float, family: str = ""
) -> str:
    """Primitives as one `<svg>`; with a `family` of fonts as a file of its own."""
    return markup.render(
        "drawing.svg", parts=parts, alt=alt, width=width, height=height, family=family
    )


def drawing(shape: Shape, width: float, height: float) -> list[Primitive]:
    """The primitives of a shape inside width × height points."""
    return DRAWN[type(shape)](shape, width, height)
