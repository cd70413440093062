"""Drawings as SVG markup: every word escaped, no script, no reference to anything outside."""

from __future__ import annotations

from eldercare.exhibits.shapes import Bars, Lines, Map, Shape, Timeline
from eldercare.faces import mapping, markup, pictures
from eldercare.faces.drawing import Primitive


def svg(shape: Shape, alt: str, width: float, height: float) -> str:
    """The drawing of an exhibit's shape as one `<svg>` of its own size in points."""
    parts = drawing(shape, width, height)
    return markup.render("drawing.svg", parts=parts, alt=alt, width=width, height=height)


def drawing(shape: Shape, width: float, height: float) -> list[Primitive]:
    """The primitives of a shape that is drawn. Raises `TypeError` for one that is not."""
    if isinstance(shape, Map):
        return mapping.drawn(shape, width, height)
    if isinstance(shape, Bars):
        return pictures.bars(shape, width, height)
    if isinstance(shape, Lines):
        return pictures.lines(shape, width, height)
    if isinstance(shape, Timeline):
        return pictures.timeline(shape, width, height)
    raise TypeError(type(shape).__name__)
