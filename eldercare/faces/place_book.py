"""One page a place as a PDF, set by Typst from the values of the printed pages: embedded fonts, contents, page numbers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typst

from eldercare.exhibits.place_sheet import CHARACTERS, HEADING, Sheet
from eldercare.exhibits.talk import Book
from eldercare.faces import fonts, markup, sheets
from eldercare.faces.native_shapes import inert
from eldercare.measures import INK, LINE, MUTED

BESIDE = 3


def pdf(book: Book) -> bytes:
    """The whole file. Raises `MissingFont`."""
    written = fonts.found()
    data = {
        "title": book.title,
        "author": "长三角养老一体化看板",
        "foot": book.dated,
        "lead": book.lead,
        "date": [book.data_date.year, book.data_date.month, book.data_date.day],
        "font": written.family,
        "colours": [INK, MUTED, LINE],
        "places": [_place(sheet) for sheet in book.sheets],
    }
    return typst.compile(
        (markup.TEMPLATES / "place_book.typ").read_bytes(),
        font_paths=typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=sorted({str(Path(name).parent) for name in written.files}),
        ),
        format="pdf",
        sys_inputs={"data": inert(json.dumps(data, ensure_ascii=False))},
        timestamp=0,
    )


def _place(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "title": sheet.title,
        "subtitle": sheet.subtitle,
        "cards": [
            {key: str(card[key]) for key in ("label", "value", "unit", "note")}
            for card in sheet.cards
        ],
        "pyramid": str(sheets.pyramid(sheet.ages)),
        "pyramid_words": sheets.PYRAMID,
        "headings": [str(words) for words in sheet.standings.columns],
        "rows": [[str(cell) for cell in row] for row in sheet.standings.values.tolist()],
        "columns": halves(sheet),
        "notes": list(sheet.notes),
        "sources": thirds(sheet.sources),
    }


def halves(sheet: Sheet) -> list[list[tuple[str, str]]]:
    """The lists of a page in two columns of about the same height; each line is a heading or a line of a list."""
    lines = [
        line
        for heading, words in sheet.lists.items()
        for line in [("heading", heading), *(("line", each) for each in words)]
    ]
    heights = [
        HEADING if kind == "heading" else -(-len(words) // CHARACTERS) for kind, words in lines
    ]
    at, left = 0, 0
    while at < len(lines) and left + heights[at] <= (sum(heights) + 1) / 2:
        left += heights[at]
        at += 1
    # A heading does not end a column.
    at -= at > 0 and lines[at - 1][0] == "heading"
    return [lines[:at], lines[at:]]


def thirds(sources: Sequence[str]) -> list[list[str]]:
    """The sources beside each other, in their order down the columns."""
    rows = max(1, -(-len(sources) // BESIDE))
    return [list(sources[start : start + rows]) for start in range(0, rows * BESIDE, rows)]
