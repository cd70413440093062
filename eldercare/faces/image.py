"""An exhibit as one picture: title, subtitle, the drawing of its shape, source line, mark, date and QR code; SVG, and PNG from it.

Drawn in points from the same shape as its slide, without a browser. A picture is looked at on a telephone: at 750 pixels
across nothing in it is smaller than 12.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import resvg_py

from eldercare import maps
from eldercare.exhibits import Exhibit, in_squares
from eldercare.exhibits.shapes import Bars, Circles, Homes, Lines, Table
from eldercare.faces import boards, fonts, layout, qr, svg
from eldercare.faces.drawing import (
    RIGHT,
    Area,
    Primitive,
    Stroke,
    Words,
    box,
    lowest,
    moved,
    paragraph,
    width_of,
    wrapped,
)
from eldercare.faces.layout import LEAST, LINE_HEIGHT, RESERVE
from eldercare.faces.native_shapes import inert
from eldercare.measures import ACCENT, GROUND, INK, LINE, MUTED, PRIMARY

# What a reader's machine may have, best first; the file of letters that we draw with is among them.
FAMILIES = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Source Han Sans SC',sans-serif"
PRODUCT = "长三角养老一体化看板"
EDGE, CODE, TITLE_MOST = 28.0, 84.0, 28
PIXELS, STEEPEST = 2.0, 0.8


@dataclass(frozen=True)
class Format:
    """A size in points, and how many lines stand under the picture where they are needed."""

    name: str
    width: float
    height: float
    lines: int


WIDE = Format("16:9", 864.0, 486.0, 4)
TALL = Format("3:4", 660.0, 880.0, 7)
FORMATS = (WIDE, TALL)


@dataclass(frozen=True)
class Stamp:
    """Of which release and day a picture is, what its code says, and what a scan of it does."""

    dated: str
    link: str
    opens: bool = False


def png(exhibit: Exhibit, stamp: Stamp, format_: Format) -> bytes:
    """The picture in pixels, written in a font of this machine. Raises `fonts.MissingFont`."""
    letters = fonts.found()
    return resvg_py.svg_to_bytes(
        svg_string=_written(exhibit, stamp, format_, f"'{letters.family}'"),
        width=round(format_.width * PIXELS),
        background=GROUND,
        skip_system_fonts=True,
        font_files=list(letters.files),
    )


def vector(exhibit: Exhibit, stamp: Stamp, format_: Format) -> bytes:
    """The picture as SVG; its words stay words and are written in a font of the reader."""
    return _written(exhibit, stamp, format_, FAMILIES).encode()


def _written(exhibit: Exhibit, stamp: Stamp, format_: Format, family: str) -> str:
    parts = [_clean(part) for part in picture(exhibit, stamp, format_)]
    alt = inert(f"{exhibit.spoken}。{exhibit.source_line}")
    return str(svg.written(parts, alt, format_.width, format_.height, family))


def _clean(part: Primitive) -> Primitive:
    """Words that stand in XML and run in one direction, whatever was in the data."""
    if isinstance(part, Words):
        return replace(part, lines=[inert(line) for line in part.lines])
    return replace(part, name=inert(part.name)) if isinstance(part, Area) else part


def picture(exhibit: Exhibit, stamp: Stamp, format_: Format) -> list[Primitive]:
    """Everything that stands in the picture, in points."""
    width = format_.width - 2 * EDGE
    exhibit = as_drawn(exhibit, width)
    head, y = _heading(exhibit, width)
    text_width = width - CODE - 20
    source = wrapped(exhibit.source_line, LEAST, text_width * RESERVE)
    # The height of the foot must be known before the rows that a table has room for, which the foot names.
    most = max(format_.lines, len(source) + 1)
    notes = len(wrapped("；".join(layout.remarks(exhibit)), LEAST, text_width * RESERVE))
    lines = min(most, len(source) + max(notes, 1))
    dated = wrapped(_dated(stamp), LEAST, text_width)
    foot = max((lines + len(dated)) * LEAST * LINE_HEIGHT + 14, CODE + 4)
    top = y + 12
    room = format_.height - top - foot - 22
    drawn = svg.drawing(exhibit.shape, width, _natural(exhibit, width, room))
    spare = max(room - lowest(drawn), 0) * 0.4
    told = _foot(exhibit, source, lines, text_width, _shown(exhibit, width, room))
    return [
        Area(box(0, 0, format_.width, format_.height), GROUND),
        *moved(head, EDGE, 0),
        *moved(drawn, EDGE, top + spare),
        *moved(_under(told, dated, stamp, width, foot), EDGE, format_.height - foot - 8),
    ]


def _natural(exhibit: Exhibit, width: float, room: float) -> float:
    """How high a drawing is at most: upright bars and lines that are taller than wide are read wrongly."""
    shape = exhibit.shape
    upright = isinstance(shape, Lines) or (isinstance(shape, Bars) and not shape.horizontal)
    return min(room, width * STEEPEST) if upright else room


def as_drawn(exhibit: Exhibit, width: float) -> Exhibit:
    """The exhibit without outlines unless a map office approved them, which points never have; and without columns that have no room."""
    exhibit = exhibit if maps.approval() else in_squares(exhibit)
    if isinstance(exhibit.shape, Table):
        shape, left = boards.with_room(exhibit.shape, width)
        told = [f"未画出的列：{'、'.join(left)}"] if left else []
        return replace(exhibit, shape=shape, caveats=(*told, *exhibit.caveats))
    if isinstance(exhibit.shape, Homes | Circles):
        told = [words for words in exhibit.caveats if words != maps.note()]
        what = "圆在所在地的位置，不画界线" if isinstance(exhibit.shape, Circles) else ""
        squares = "方格位置示意，不是地图" if getattr(exhibit.shape, "cities", None) else what
        return replace(exhibit, caveats=tuple(filter(None, (*told, squares))))
    return exhibit


def _heading(exhibit: Exhibit, width: float) -> tuple[list[Primitive], float]:
    """Title and subtitle, the mark on their right; and how far down they reach."""
    mark = exhibit.mark
    room = width - (width_of(mark, 16) + 40 if mark else 0)
    head = layout.heading(exhibit.title, exhibit.subtitle, room, layout.TITLE_HEIGHT, TITLE_MOST)
    y = 22.0
    title = wrapped(exhibit.title, head.size, room * RESERVE)
    found: list[Primitive] = [paragraph(0, y, title, head.size, INK, bold=True)]
    y += len(title) * head.size * LINE_HEIGHT + 2
    if exhibit.subtitle:
        lines = wrapped(exhibit.subtitle, head.under, room * RESERVE)
        found.append(paragraph(0, y, lines, head.under, MUTED))
        y += len(lines) * head.under * LINE_HEIGHT
    if mark:
        wide = width_of(mark, 16) + 20
        found += [
            Area(box(width - wide, 24, wide, 28), GROUND, ACCENT, 1.5),
            Words(width - 10, 38, [mark], 16, ACCENT, RIGHT, True),
        ]
    return found, y


def _shown(exhibit: Exhibit, width: float, room: float) -> int | None:
    """How many rows of its table there is room for; None where there is no table."""
    if not isinstance(exhibit.shape, Table):
        return None
    return len(boards.fitted(exhibit.shape, width, room).cells) - 1


def _foot(
    exhibit: Exhibit, source: Sequence[str], lines: int, width: float, shown: int | None
) -> list[str]:
    """The whole source line, then as many whole notes as fit; of the others it says how many there are."""
    notes = layout.remarks(exhibit, shown)
    for kept in range(len(notes), -1, -1):
        left = len(notes) - kept
        told = [*notes[:kept], *([f"另有{left}条说明见原页"] if left else [])]
        under = wrapped("；".join(told), LEAST, width * RESERVE) if told else []
        if len(source) + len(under) <= lines or not kept:
            break
    return [*source, *under]


def _dated(stamp: Stamp) -> str:
    return f"{PRODUCT} · {stamp.dated}" + (" · 扫码打开原页" if stamp.opens else "")


def _under(
    told: Sequence[str], dated: Sequence[str], stamp: Stamp, width: float, height: float
) -> list[Primitive]:
    """Source and notes, then product, date and release; the code on the right."""
    code = moved([Area(qr.rings(stamp.link, CODE), INK, name=stamp.link)], width - CODE, 6)
    top = height - len(dated) * LEAST * LINE_HEIGHT
    return [
        Stroke([(0, 0), (width, 0)], LINE, 1),
        paragraph(0, 8, told, LEAST, MUTED),
        paragraph(0, top, dated, LEAST, PRIMARY),
        *code,
    ]
