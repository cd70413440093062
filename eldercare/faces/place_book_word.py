"""One page a place in Word: the same values as the PDF, native tables and charts, contents with page numbers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm, Pt

from eldercare.exhibits.place_sheet import Sheet
from eldercare.exhibits.talk import Book
from eldercare.faces import contents, office_templates, word_charts
from eldercare.faces.native_shapes import inert
from eldercare.faces.official import HEADING, TITLE, UNDER, add
from eldercare.faces.place_book import halves, thirds

MARGIN_MM, CONTENTS = 13, (8.5, 1.2)
CHART_MM = (84, 44)
# Styles of our own: name, size in points, bold. Lines are as high as the type says, so that a page ends where it shall.
FINDING, SAID, LABEL, VALUE, NOTE, LIST_HEAD, LIST, FOOT = (
    ("城页结论", 14, True),
    ("城页副题", 8, False),
    ("城页指标", 7.5, False),
    ("城页数值", 13, True),
    ("城页说明", 7, False),
    ("城页小题", 8.5, True),
    ("城页条目", 8, False),
    ("城页来源", 6.5, False),
)
LINE = 1.28


def docx(book: Book) -> bytes:
    """The whole file. Raises `UnusableTemplate`."""
    paper = office_templates.paper()
    _dress(paper)
    add(paper, book.title, TITLE)
    add(paper, f"（{book.dated}）", UNDER)
    for words in book.lead:
        add(paper, words, LIST[0])
    names = [(sheet.name, ()) for sheet in book.sheets]
    contents.add_to(paper, names, range(2, 2 + len(names)), CONTENTS)
    for number, sheet in enumerate(book.sheets):
        _page(paper, sheet, number)
    about = paper.core_properties
    about.title, about.subject, about.author = book.title, book.dated, "长三角养老一体化看板"
    about.language, about.comments = "zh-CN", ""
    day = book.data_date
    about.created = about.modified = datetime(day.year, day.month, day.day)
    buffer = io.BytesIO()
    paper.save(buffer)
    return buffer.getvalue()


def _dress(paper: Any) -> None:
    """Narrow margins, and the styles of a full page; fonts stay those of the template."""
    section = paper.sections[-1]
    section.left_margin = section.right_margin = section.top_margin = Mm(MARGIN_MM)
    section.bottom_margin, section.footer_distance = Mm(MARGIN_MM), Mm(6)
    # The lines of a grid for sixteen points would set small type as wide apart.
    for grid in section._sectPr.xpath("./w:docGrid"):
        section._sectPr.remove(grid)
    for name, size, bold in (FINDING, SAID, LABEL, VALUE, NOTE, LIST_HEAD, LIST, FOOT):
        style = paper.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = paper.styles["Normal"]
        style.font.size, style.font.bold = Pt(size), bold
        _tight(style.paragraph_format, size)
    paper.styles[LIST_HEAD[0]].paragraph_format.space_before = Pt(3)
    heading = paper.styles[HEADING]
    heading.font.size = Pt(9)
    _tight(heading.paragraph_format, 9)


def _tight(layout: Any, size: float) -> None:
    layout.line_spacing = Pt(size * LINE)
    layout.space_before = layout.space_after = Pt(0)
    layout.first_line_indent = layout.left_indent = Mm(0)


def _page(paper: Any, sheet: Sheet, number: int) -> None:
    width = office_templates.text_width(paper)
    add(paper, sheet.name, HEADING).paragraph_format.page_break_before = True
    add(paper, sheet.title, FINDING[0])
    add(paper, sheet.subtitle, SAID[0])
    if sheet.cards:
        cards = _row(paper, [width / len(sheet.cards)] * len(sheet.cards), "Table Grid")
        for cell, card in zip(cards, sheet.cards, strict=True):
            _fill(cell, [(LABEL, card["label"]), (VALUE, card["value"] + card["unit"]), (NOTE, card["note"])])  # fmt: skip
        add(paper, "", FOOT[0])
    left, right = _row(paper, [CHART_MM[0] + 2, width - CHART_MM[0] - 2])
    _fill(left, [])
    _fill(right, [])
    if sheet.chart is not None:
        word_charts.add(left, sheet.chart, *CHART_MM, "年龄结构：占总人口（%）", number + 1)
        _add(left, "各年龄组占总人口（%）：深色2020年，浅色2010年", NOTE)
    lines = [list(sheet.standings.columns), *sheet.standings.values.tolist()]
    grid = right.add_table(len(lines), len(lines[0]))
    for row, words in zip(grid.rows, lines, strict=True):
        for cell, each in zip(row.cells, words, strict=True):
            _fill(cell, [(NOTE, str(each))])
    _add(right, "", FOOT)
    for cell, part in zip(_row(paper, [width / 2] * 2), halves(sheet), strict=True):
        _fill(cell, [(LIST_HEAD, words) if kind == "heading" else (LIST, f"· {words}") for kind, words in part])  # fmt: skip
    for words in ("", *sheet.notes):
        add(paper, words, FOOT[0])
    parts = thirds(sheet.sources)
    for cell, part in zip(_row(paper, [width / len(parts)] * len(parts)), parts, strict=True):
        _fill(cell, [(FOOT, words) for words in part])


def _row(paper: Any, widths: Sequence[float], style: str = "") -> Sequence[Any]:
    """The cells of a table of one row, which has borders in the style that is named alone."""
    grid = paper.add_table(1, len(widths))
    if style:
        grid.style = style
    grid.autofit = False
    for column, cell, width in zip(grid.columns, grid.rows[0].cells, widths, strict=True):
        column.width = cell.width = Mm(width)
    return grid.rows[0].cells


def _fill(cell: Any, lines: Sequence[tuple[Any, str]]) -> None:
    """Paragraphs of a cell; the one that every cell has is the first of them."""
    first, *others = lines or [(FOOT, "")]
    paragraph = cell.paragraphs[0]
    paragraph.style = cell.part.document.styles[first[0][0]]
    paragraph.add_run(inert(first[1]))
    for style, words in others:
        _add(cell, words, style)


def _add(cell: Any, words: str, style: Any) -> None:
    cell.add_paragraph(inert(words), style=cell.part.document.styles[style[0]])
