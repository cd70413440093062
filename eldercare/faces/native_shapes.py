"""Shapes, tables and text of PowerPoint, in points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from eldercare import palette
from eldercare.exhibits.shapes import Cards, Items, Map, Matrix, Timeline
from eldercare.faces import layout, svg
from eldercare.faces.charts import colour
from eldercare.faces.drawing import (
    MIDDLE,
    RIGHT,
    Area,
    Dot,
    Stroke,
    Words,
    width_of,
    wrapped,
)
from eldercare.faces.layout import LEAST, LINE_HEIGHT, MARGIN, PADDING, WIDTH, Fitted
from eldercare.faces.office_templates import Box
from eldercare.measures import ACCENT, GROUND, INK, LINE, MUTED, PANEL, PRIMARY

NAMESPACES = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
# What is ours by role and not by meaning takes the colour that a template's theme has in its place.
THEME = {
    INK: MSO_THEME_COLOR.TEXT_1,
    MUTED: MSO_THEME_COLOR.TEXT_2,
    PANEL: MSO_THEME_COLOR.BACKGROUND_2,
    PRIMARY: MSO_THEME_COLOR.ACCENT_1,
    LINE: MSO_THEME_COLOR.ACCENT_2,
}


def points(value: float) -> Emu:
    """Points as the file counts them."""
    return Emu(int(value * 12700))


# They turn the words behind them around: a name must not make a sentence say something else.
TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def inert(words: str) -> str:
    """Words without control characters, which cannot stand in XML, and without those that turn a line around."""
    return "".join(
        letter for letter in words if (letter >= " " or letter == "\t") and letter not in TURNING
    )


def write(paragraph: Any, words: str, size: float, ink: str, bold: bool = False) -> None:
    """One run of text."""
    run = paragraph.add_run()
    run.text = inert(words)
    run.font.size, run.font.bold = Pt(size), bold
    paint(run.font.color, ink)


def paint(target: Any, ink: str) -> None:
    """A colour of the theme where it is one of those that a template may change, else the colour itself."""
    if ink in THEME:
        target.theme_color = THEME[ink]
    else:
        target.rgb = colour(ink)


def fill(placeholder: Any, lines: Sequence[str], size: float = 0) -> None:
    """Words in a placeholder, a paragraph a line: all but a size that was reckoned is as the template has it."""
    frame = placeholder.text_frame
    for index, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = inert(line)
        # Where the fonts are named later, for text runs of every program.
        run._r.get_or_add_rPr()
        if size:
            run.font.size = Pt(size)


def bare(frame: Any) -> None:
    """No inner margins, words from the top, no growing or shrinking."""
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.TOP


def add_words(
    slide: Any,
    lines: Sequence[str],
    x: float,
    y: float,
    width: float,
    height: float,
    size: float,
    ink: str,
    right: bool = False,
    bold: bool = False,
) -> Any:
    """A text box, one paragraph a line."""
    shape = slide.shapes.add_textbox(*map(points, (x, y, width, height)))
    frame = shape.text_frame
    frame.word_wrap = True
    bare(frame)
    for index, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        paragraph.line_spacing = Pt(size * LINE_HEIGHT)
        write(paragraph, line, size, ink, bold)
    return shape


def add_lines(
    slide: Any, lines: Sequence[str], x: float, y: float, width: float, height: float, size: float
) -> None:
    """Lines with a little room between them, as many as fit."""
    kept, used = [], 0.0
    for line in lines:
        used += len(wrapped(line, size, width)) * size * 1.2 + 5
        if used > height:
            break
        kept.append(line)
    shape = add_words(slide, kept, x, y, width, height, size, INK)
    for paragraph in shape.text_frame.paragraphs:
        paragraph.space_after = Pt(5)


def rectangle(
    slide: Any, x: float, y: float, width: float, height: float, fill: str, line: str = ""
) -> Any:
    """A filled rectangle without shadow."""
    shape = slide.shapes.add_shape(
        MSO_SHAPE.RECTANGLE, *map(points, (x, y, max(width, 0.5), height))
    )
    shape._element.remove(shape._element.find(qn("p:style")))
    shape.fill.solid()
    paint(shape.fill.fore_color, fill)
    if line:
        shape.line.width = Pt(1)
        paint(shape.line.color, line)
    else:
        shape.line.fill.background()
    return shape


def badge(slide: Any, words: str) -> None:
    """A mark in the corner of the picture, part of the slide itself."""
    shape = rectangle(slide, WIDTH - MARGIN - 96, 4, 96, 22, GROUND, ACCENT)
    paragraph = shape.text_frame.paragraphs[0]
    bare(shape.text_frame)
    paragraph.alignment = PP_ALIGN.CENTER
    write(paragraph, words, 14, ACCENT, bold=True)


def add_cards(slide: Any, shape: Cards, room: Box) -> None:
    """Equal boxes: label, large value with unit, note."""
    made = layout.cards(shape, room.width, room.height)
    for index, entry in enumerate(shape.entries):
        row = index // made.columns
        x = room.x + (index % made.columns) * (made.width + layout.CARD_GAP)
        y = room.y + sum(made.heights[:row]) + layout.CARD_GAP * row
        height, inner = made.heights[row], made.inner
        rectangle(slide, x, y, made.width, height, PANEL, LINE)
        add_words(slide, [entry["label"]], x + 14, y + made.label, inner, 22, 16, MUTED)
        size, top = made.sizes[index], y + made.value
        words = [entry["value"]]
        value = add_words(slide, words, x + 14, top, inner, size * 1.3, size, PRIMARY, bold=True)
        if entry["unit"]:
            write(value.text_frame.paragraphs[0], f" {entry['unit']}", max(size * 0.5, 14), MUTED)
        under = height - made.note - 4
        add_words(slide, [entry["note"]], x + 14, y + made.note, inner, under, LEAST, INK)


def add_items(slide: Any, shape: Items, room: Box) -> None:
    """A list to read: bold head, then its words, one paragraph each."""
    box = slide.shapes.add_textbox(*map(points, (room.x, room.y, room.width, room.height)))
    frame = box.text_frame
    frame.word_wrap = True
    bare(frame)
    size = next((s for s in (18, 16, 15) if _height(shape, s, room.width) <= room.height), LEAST)
    for index, (head, words) in enumerate(shape.entries):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        paragraph.space_after, paragraph.line_spacing = Pt(size * 0.6), Pt(size * LINE_HEIGHT)
        write(paragraph, f"{head}　", size, PRIMARY, bold=True)
        write(paragraph, words, size, INK)


def _height(shape: Items, size: float, width: float) -> float:
    return sum(
        len(wrapped(f"{head}　{words}", size, width)) * size * 1.25 + size * 0.6
        for head, words in shape.entries
    )


def add_table(slide: Any, fitted: Fitted, x: float, y: float, alt: str) -> None:
    """A native table with our own quiet lines."""
    rows, columns = len(fitted.cells), len(fitted.widths)
    frame = slide.shapes.add_table(
        rows, columns, *map(points, (x, y, sum(fitted.widths), sum(fitted.heights)))
    )
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    table = frame.table
    plain_style(table)
    for index, width in enumerate(fitted.widths):
        table.columns[index].width = points(width)
    for row, lines in enumerate(fitted.cells):
        table.rows[row].height = points(fitted.heights[row])
        for column, words in enumerate(lines):
            cell(
                table.cell(row, column),
                "".join(words),
                fitted.size,
                MUTED if row == 0 else INK,
                bold=row == 0,
            )


def add_matrix(
    slide: Any, shape: Matrix, x: float, y: float, width: float, height: float, alt: str
) -> None:
    """A native table: rows × columns with shapes as characters on coloured cells, and its legend."""
    rows, columns = len(shape.rows) + 1, len(shape.columns) + 1
    high = (height - 24) / rows
    head = max(width_of(name, LEAST) for name in (*shape.rows, shape.corner)) + 14
    # A name that breaks makes its row higher, and the table runs into what stands below it.
    least = [width_of(name, LEAST) + 10 for name in shape.columns]
    spare = max(0, (width - head - sum(least)) / len(least))
    wide = [head, *(min(own + spare, max(60, own)) for own in least)]
    frame = slide.shapes.add_table(rows, columns, *map(points, (x, y, sum(wide), high * rows)))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    table = frame.table
    plain_style(table)
    for index in range(columns):
        table.columns[index].width = points(wide[index])
    for row in range(rows):
        table.rows[row].height = points(high)
        for column in range(columns):
            mark = shape.cells.get((row - 1, column - 1)) if row and column else None
            if row == 0:
                words = shape.corner if column == 0 else shape.columns[column - 1]
            else:
                words = shape.rows[row - 1] if column == 0 else (mark.sign if mark else "")
            ink, fill = (palette.ink(mark.role), palette.colour(mark.role)) if mark else (INK, "")
            cell(
                table.cell(row, column), words, LEAST, ink, fill=fill, centre=column > 0, tight=True
            )
    legend = "　".join(f"{sign} {words}" for sign, words, _role in shape.legend)
    add_words(slide, [legend], x, y + high * rows + 3, width, 18, LEAST, MUTED)


def plain_style(table: Any) -> None:
    """Takes the built-in colours of a table away."""
    properties = table._tbl.tblPr
    for name in ("bandRow", "firstRow"):
        properties.set(name, "0")
    style = properties.find(qn("a:tableStyleId"))
    if style is not None:
        # "No style, no grid"
        style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def cell(
    target: Any,
    words: str,
    size: float,
    ink: str,
    bold: bool = False,
    fill: str = "",
    centre: bool = False,
    tight: bool = False,
) -> None:
    """The words of a cell, its fill and a thin line below it."""
    target.margin_left = target.margin_right = points(2 if tight else PADDING / 2)
    target.margin_top = target.margin_bottom = points(0 if tight else 4)
    target.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = target.text_frame.paragraphs[0]
    target.text_frame.word_wrap = True
    paragraph.alignment = PP_ALIGN.CENTER if centre else PP_ALIGN.LEFT
    # Exact, because fonts of one size differ in height and a taller row would push the table over the source line.
    paragraph.line_spacing = Pt(size * (1.1 if tight else LINE_HEIGHT))
    if words:
        write(paragraph, words, size, ink, bold)
    else:
        paragraph.font.size = Pt(size)
    properties = target._tc.get_or_add_tcPr()
    line = f'<a:lnB {NAMESPACES} w="9525"><a:solidFill><a:srgbClr val="{LINE[1:]}"/></a:solidFill></a:lnB>'
    properties.insert(0, parse_xml(line))
    if fill:
        target.fill.solid()
        target.fill.fore_color.rgb = colour(fill)
    else:
        target.fill.background()


def add_drawing(
    slide: Any, shape: Map | Timeline, x: float, y: float, width: float, height: float, alt: str
) -> None:
    """A map or a timeline as a group of native shapes that can be moved, recoloured and taken apart."""
    group = slide.shapes.add_group_shape()
    group.name = alt[:60]
    group._element.nvGrpSpPr.cNvPr.set("descr", alt)
    tree = group._element
    # Written at once: python-pptx measures the whole group anew for every shape added to it.
    for number, part in enumerate(svg.drawing(shape, width, height), start=2):
        own = slide.slide_id * 10_000 % 10_000_000 + number
        tree.append(
            _label(part, x, y, own) if isinstance(part, Words) else _freeform(part, x, y, own)
        )
    _frame(group, x, y, width, height)


def _label(part: Words, x: float, y: float, number: int) -> etree._Element:
    """A text box; fonts differ in width, so it has room to spare and a line stays a line."""
    wide = max(width_of(line, part.size) for line in part.lines) * 1.25 + 8
    left = x + part.x - (wide / 2 if part.anchor == MIDDLE else wide if part.anchor == RIGHT else 0)
    place = (left, y + part.y - part.size * 0.625, wide, len(part.lines) * part.size * 1.2 + 2)
    off_x, off_y, across, down = map(points, place)
    side = {MIDDLE: "ctr", RIGHT: "r"}.get(part.anchor, "l")
    ink = f'<a:solidFill><a:srgbClr val="{part.colour[1:]}"/></a:solidFill>'
    run = f'<a:r><a:rPr lang="zh-CN" sz="{round(part.size * 100)}" b="{int(part.bold)}">{ink}</a:rPr><a:t/></a:r>'
    paragraphs = f'<a:p><a:pPr algn="{side}"/>{run}</a:p>' * len(part.lines)
    shape = parse_xml(
        f"<p:sp {NAMESPACES}><p:nvSpPr><p:cNvPr id='{number}' name='label'/><p:cNvSpPr txBox='1'/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>"
        f"<a:off x='{off_x}' y='{off_y}'/><a:ext cx='{across}' cy='{down}'/></a:xfrm><a:prstGeom prst='rect'><a:avLst/></a:prstGeom><a:noFill/>"
        f"</p:spPr><p:txBody><a:bodyPr wrap='square' lIns='0' tIns='0' rIns='0' bIns='0'/><a:lstStyle/>{paragraphs}</p:txBody></p:sp>"
    )
    for target, line in zip(shape.iter(qn("a:t")), part.lines, strict=True):
        target.text = inert(line)
    return shape


def _frame(group: Any, x: float, y: float, width: float, height: float) -> None:
    """The group's own coordinates are those of the slide."""
    place = group._element.grpSpPr.get_or_add_xfrm()
    for name, (one, other) in {
        "off": (x, y),
        "ext": (width, height),
        "chOff": (x, y),
        "chExt": (width, height),
    }.items():
        node = place.find(qn(f"a:{name}"))
        if node is None:
            node = etree.SubElement(place, qn(f"a:{name}"))
        keys = ("cx", "cy") if name in ("ext", "chExt") else ("x", "y")
        node.set(keys[0], str(points(one)))
        node.set(keys[1], str(points(other)))


def _freeform(part: Area | Stroke | Dot, x: float, y: float, number: int) -> etree._Element:
    """A native freeform (or circle) of exact coordinates, written at once: thousands of points are many objects otherwise."""
    fill, line, width, name = "", "", 0.6, "shape"
    if isinstance(part, Dot):
        left, top, wide, high = (
            part.x - part.radius,
            part.y - part.radius,
            part.radius * 2,
            part.radius * 2,
        )
        geometry, fill, line, width = (
            '<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom>',
            part.fill,
            part.line,
            1.2,
        )
    else:
        rings = part.rings if isinstance(part, Area) else [part.points]
        across, down = (
            [p[0] for ring in rings for p in ring],
            [p[1] for ring in rings for p in ring],
        )
        left, top, wide, high = (
            min(across),
            min(down),
            max(across) - min(across),
            max(down) - min(down),
        )
        if isinstance(part, Area):
            fill, line, width, name = part.fill, part.line, part.width, part.name or "shape"
        else:
            line, width = part.colour, part.width
        geometry = _geometry(rings, left, top, wide, high, closed=isinstance(part, Area))
    filled = f'<a:solidFill><a:srgbClr val="{fill[1:]}"/></a:solidFill>' if fill else "<a:noFill/>"
    outline = f'<a:solidFill><a:srgbClr val="{line[1:]}"/></a:solidFill>' if line else "<a:noFill/>"
    shape = parse_xml(
        f"<p:sp {NAMESPACES}><p:nvSpPr><p:cNvPr id='{number}' name=''/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>"
        f"<a:off x='{points(x + left)}' y='{points(y + top)}'/><a:ext cx='{points(wide)}' cy='{points(high)}'/></a:xfrm>{geometry}{filled}"
        f"<a:ln w='{points(width)}'>{outline}</a:ln></p:spPr></p:sp>"
    )
    shape.find(qn("p:nvSpPr")).find(qn("p:cNvPr")).set("name", name)
    return shape


def _geometry(
    rings: Sequence[Sequence[tuple[float, float]]],
    left: float,
    top: float,
    wide: float,
    high: float,
    closed: bool,
) -> str:
    def point(at: tuple[float, float]) -> str:
        return f"<a:pt x='{round((at[0] - left) * 100)}' y='{round((at[1] - top) * 100)}'/>"

    parts = []
    for ring in rings:
        steps = "".join(f"<a:lnTo>{point(at)}</a:lnTo>" for at in ring[1:])
        parts.append(
            f"<a:moveTo>{point(ring[0])}</a:moveTo>{steps}{'<a:close/>' if closed else ''}"
        )
    return (
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l='0' t='0' r='r' b='b'/><a:pathLst>"
        f"<a:path w='{round(wide * 100)}' h='{round(high * 100)}'>{''.join(parts)}</a:path></a:pathLst></a:custGeom>"
    )
