"""The contents of a document in Word: a field that Word fills with page numbers, and until then the headings as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from eldercare.faces import office_templates
from eldercare.faces.native_shapes import inert
from eldercare.faces.official import UNDER, add

INDENT_MM = 7


def add_to(
    paper: Any,
    entries: Sequence[tuple[str, Sequence[str]]],
    pages: Sequence[int] = (),
    size: tuple[float, float] = (12, 1.5),
) -> None:
    """Headings of two levels; `pages`: the page of each first heading, where that is known; `size`: of the letters in points, and of a line in letters."""
    add(paper, "目录", UNDER)
    lines = [
        (level, words, page)
        for (head, below), page in zip(entries, pages or [0] * len(entries), strict=True)
        for level, words, page in [(1, head, page), *((2, part, 0) for part in below)]
    ]
    depth = max(level for level, _words, _page in lines)
    for number, (level, words, page) in enumerate(lines):
        paragraph = paper.add_paragraph(style=_style(paper, level, *size))
        if number == 0:
            _field(paragraph, f'TOC \\o "1-{depth}" \\h \\z \\u')
        paragraph.add_run(inert(words) + (f"\t{page}" if page else ""))
        if number == len(lines) - 1:
            _mark(paragraph, "end")


def _style(paper: Any, level: int, size: float, line: float) -> Any:
    """The style of Word's own contents, made where the template has none."""
    name = f"toc {level}"
    if name not in [style.name for style in paper.styles]:
        made = paper.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = paper.styles["Normal"]
        made.font.size = Pt(size)
        made.paragraph_format.line_spacing = Pt(size * line)
        made.paragraph_format.left_indent = Mm(INDENT_MM * (level - 1))
        made.paragraph_format.tab_stops.add_tab_stop(
            Mm(office_templates.text_width(paper)),
            WD_TAB_ALIGNMENT.RIGHT,
            WD_TAB_LEADER.DOTS,
        )
    return paper.styles[name]


def _field(paragraph: Any, instruction: str) -> None:
    # What is marked as dirty Word fills when it opens the file.
    _mark(paragraph, "begin").set(qn("w:dirty"), "true")
    told = OxmlElement("w:instrText")
    told.set(qn("xml:space"), "preserve")
    told.text = f" {instruction} "
    paragraph.add_run()._r.append(told)
    _mark(paragraph, "separate")


def _mark(paragraph: Any, kind: str) -> Any:
    character = OxmlElement("w:fldChar")
    character.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(character)
    return character
