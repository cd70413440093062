"""Drawings as SVG markup: every word escaped, no script, no reference to anything outside."""

from __future__ import annotations

from html import escape

from eldercare.exhibits.shapes import Bars, Lines, Map, Shape, Timeline
from eldercare.faces import mapping, pictures
from eldercare.faces.drawing import Area, Dot, Primitive, Stroke


def svg(shape: Shape, alt: str, width: float, height: float) -> str:
    """The drawing of an exhibit's shape as one `<svg>` of its own size in points."""
    parts = "".join(_markup(part) for part in drawing(shape, width, height))
    return f'<svg viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{escape(alt)}">{parts}</svg>'


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


def _markup(part: Primitive) -> str:
    if isinstance(part, Area):
        path = "".join(
            "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z" for ring in part.rings
        )
        title = f"<title>{escape(part.name)}</title>" if part.name else ""
        line = f' stroke="{part.line}" stroke-width="{part.width:g}"' if part.line else ""
        return f'<path d="{path}" fill="{part.fill}"{line}>{title}</path>'
    if isinstance(part, Stroke):
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in part.points)
        dashes = ' stroke-dasharray="4 4"' if part.dashed else ""
        return f'<path d="{path}" fill="none" stroke="{part.colour}" stroke-width="{part.width:g}"{dashes}/>'
    if isinstance(part, Dot):
        line = f' stroke="{part.line}" stroke-width="1.5"' if part.line else ""
        return f'<circle cx="{part.x:.1f}" cy="{part.y:.1f}" r="{part.radius:g}" fill="{part.fill}"{line}/>'
    weight = ' font-weight="700"' if part.bold else ""
    lines = "".join(
        f'<tspan x="{part.x:.1f}" dy="{part.size * 1.25 if i else 0:.1f}">{escape(line)}</tspan>'
        for i, line in enumerate(part.lines)
    )
    return (
        f'<text x="{part.x:.1f}" y="{part.y + part.size * 0.36:.1f}" font-size="{part.size:g}" fill="{part.colour}"'
        f' text-anchor="{part.anchor}"{weight}>{lines}</text>'
    )
