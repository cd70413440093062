"""The layout of official documents (GB/T 9704): A4, margins 37/35/28/26 mm, its fonts with free ones named beside them, page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree

from eldercare.faces.native_shapes import inert

__all__ = ["BODY", "HEADING", "KAITI", "TITLE", "add", "in_columns", "inert", "prepare", "table"]

TITLE, BODY, HEADING, KAITI, FOLIO = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
# The fonts of the standard are licensed and not shipped; a reader without them gets the first of these that is there.
FALLBACKS = {
    TITLE: "Noto Serif CJK SC,Source Han Serif SC,宋体",
    BODY: "仿宋,FangSong,Zhuque Fangsong,Noto Serif CJK SC",
    HEADING: "SimHei,Noto Sans CJK SC,Source Han Sans SC",
    KAITI: "楷体,KaiTi,LXGW WenKai,Noto Serif CJK SC",
    FOLIO: "SimSun,Noto Serif CJK SC",
}
MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
LINE = 28
WHOLE = 4


def prepare(paper: Any) -> None:
    """Page, styles, font table and page numbers of an empty document."""
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, millimetres in MARGINS.items():
        setattr(section, name, Mm(millimetres))
    # The folio stands 7 mm below the text.
    section.footer_distance = Mm(24)
    paper.settings.odd_and_even_pages_header_footer = True
    for name, face, size in (
        ("Normal", BODY, 16),
        ("Title", TITLE, 22),
        ("Heading 1", HEADING, 16),
        ("Heading 2", KAITI, 16),
    ):
        style = paper.styles[name]
        style.font.size, style.font.bold, style.font.italic = Pt(size), False, False
        _face(style.element.get_or_add_rPr(), face)
        properties = style.element.get_or_add_pPr()
        for border in properties.findall(qn("w:pBdr")):
            properties.remove(border)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        colour = style.element.rPr.find(qn("w:color"))
        if colour is not None:
            style.element.rPr.remove(colour)
    language = paper.styles.element.find(f".//{qn('w:lang')}")
    # Without it a reader may take the Japanese or traditional forms of characters.
    language.set(qn("w:eastAsia"), "zh-CN")
    _folio(section.footer, WD_ALIGN_PARAGRAPH.RIGHT, right=16)
    _folio(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, left=16)
    _font_table(paper)


def _face(properties: Any, face: str) -> None:
    """One font for all scripts: digits of official documents stand in the font of the text."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), face)


def _font_table(paper: Any) -> None:
    """Names the free fonts beside those of the standard (`altName`), so that nothing falls back to whatever comes first."""
    part = next(
        rel.target_part for rel in paper.part.rels.values() if rel.reltype.endswith("/fontTable")
    )
    root = etree.fromstring(part.blob)
    for face, others in FALLBACKS.items():
        font = etree.SubElement(root, qn("w:font"), {qn("w:name"): face})
        etree.SubElement(font, qn("w:altName"), {qn("w:val"): others})
        etree.SubElement(font, qn("w:charset"), {qn("w:val"): "86"})
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def add(
    paper: Any,
    words: str,
    face: str,
    size: float,
    centre: bool = False,
    style: str = "Normal",
    indent: bool = False,
    lines: float = LINE,
    keep: bool = False,
) -> Any:
    """One paragraph of a fixed line height; `indent` is two characters wide."""
    paragraph = paper.add_paragraph(style=style)
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(max(lines, size * 1.35))
    form.space_before = form.space_after = Pt(0)
    form.keep_with_next = keep or style.startswith("Heading")
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indent:
        form.first_line_indent = Pt(2 * size)
    _run(paragraph, words, face, size)
    return paragraph


def _run(paragraph: Any, words: str, face: str, size: float) -> Any:
    run = paragraph.add_run(inert(words))
    run.font.size = Pt(size)
    _face(run._element.get_or_add_rPr(), face)
    return run


def _folio(footer: Any, side: Any, left: float = 0, right: float = 0) -> None:
    """— 1 — in 4号 half-width digits, one character in from the outer edge."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = side
    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.right_indent = (
        Pt(left),
        Pt(right),
    )
    _run(paragraph, "— ", FOLIO, 14)
    run = _run(paragraph, "", FOLIO, 14)
    for kind, words in (("begin", ""), ("", " PAGE "), ("end", "")):
        node = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            node.set(qn("w:fldCharType"), kind)
        else:
            node.set(qn("xml:space"), "preserve")
            node.text = words
        run._element.append(node)
    _run(paragraph, " —", FOLIO, 14)


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
    # Cells are reached once: asking the table for each of them anew walks all of it.
    for number, (row, words) in enumerate(zip(grid.rows, [head, *lines], strict=True)):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text, width in zip(row.cells, words, widths, strict=True):
            cell.width = Mm(millimetres * width / whole)
            paragraph = cell.paragraphs[0]
            form = paragraph.paragraph_format
            form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(16)
            form.space_before = form.space_after = Pt(1.5)
            # A short table stays on one page; a long one begins with two rows at least.
            form.keep_with_next = number < len(lines) if len(lines) <= WHOLE else number < 2
            _run(paragraph, str(text), HEADING if number == 0 else BODY, 10.5)
