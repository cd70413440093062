"""Paragraphs and tables of a briefing: words in the styles of its template."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from eldercare.faces.native_shapes import inert

TITLE, UNDER, HEADING, PART, BODY, CAPTION = (
    "Title",
    "Subtitle",
    "Heading 1",
    "Heading 2",
    "Body Text",
    "Caption",
)
SOURCE, REFERENCE, HEAD_CELL, CELL = "来源行", "来源目录", "表头", "表格文字"
WHOLE = 4


def add(paper: Any, words: str, style: str = BODY, keep: bool = False) -> Any:
    """One paragraph; `keep` holds it on the page of the next."""
    paragraph = paper.add_paragraph(inert(words), style=style)
    if keep:
        paragraph.paragraph_format.keep_with_next = True
    return paragraph


def right(paragraph: Any) -> None:
    """What is signed and dated stands at the right."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def in_columns(paper: Any, count: int) -> None:
    """What follows stands in columns on the same page."""
    section = paper.add_section(WD_SECTION.CONTINUOUS)
    columns = section._sectPr.find(qn("w:cols"))
    if columns is None:
        columns = OxmlElement("w:cols")
        section._sectPr.append(columns)
    columns.set(qn("w:num"), str(count))
    columns.set(qn("w:space"), "360")


def table(
    paper: Any,
    head: Sequence[str],
    lines: Sequence[Sequence[str]],
    widths: Sequence[float],
    millimetres: float,
) -> None:
    """A native table: heading row repeated on every page, rows not torn apart."""
    grid = paper.add_table(rows=1 + len(lines), cols=len(head))
    grid.style = "Table Grid"
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    whole = sum(widths)
    for column, width in enumerate(widths):
        grid.columns[column].width = Mm(millimetres * width / whole)
    styles = [paper.styles[HEAD_CELL], *[paper.styles[CELL]] * len(lines)]
    # Cells are reached once: asking the table for each of them anew walks all of it.
    for number, (row, words) in enumerate(zip(grid.rows, [head, *lines], strict=True)):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text, width in zip(row.cells, words, widths, strict=True):
            cell.width = Mm(millimetres * width / whole)
            paragraph = cell.paragraphs[0]
            paragraph.style = styles[number]
            run = paragraph.add_run()
            for place, line in enumerate(str(text).split("\n")):
                if place:
                    run.add_break()
                run.add_text(inert(line))
            # A short table stays on one page; a long one begins with two rows at least.
            paragraph.paragraph_format.keep_with_next = (
                number < len(lines) if len(lines) <= WHOLE else number < 2
            )
