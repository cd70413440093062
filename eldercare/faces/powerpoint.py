"""A deck as a PowerPoint file: 16:9, native charts, tables and shapes, speaker notes with sources."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from typing import Any

from pptx import Presentation
from pptx.enum.text import PP_ALIGN
from pptx.util import Pt

from eldercare.exhibits import Exhibit
from eldercare.exhibits.shapes import Bars, Cards, Items, Lines, Map, Matrix, Table, Timeline
from eldercare.exhibits.talk import Talk
from eldercare.faces import charts, layout, native_shapes, qr
from eldercare.faces.drawing import fitting
from eldercare.faces.layout import (
    BODY_HEIGHT,
    BODY_TOP,
    BODY_WIDTH,
    FOOT_SIZE,
    FOOT_TOP,
    HEIGHT,
    MARGIN,
    WIDTH,
)
from eldercare.faces.native_shapes import add_words, points
from eldercare.faces.notes import notes
from eldercare.measures import ACCENT, INK, LINE, MUTED, PRIMARY
from eldercare.tables import DEMO

TITLE_ONLY = 5
SOURCES_SHOWN = 6
SOURCES_IN_NOTES = 20


def pptx(talk: Talk) -> bytes:
    """The whole file."""
    deck = _template()
    total = len(talk.exhibits) + 2
    _cover(deck, talk, total)
    for number, exhibit in enumerate(talk.exhibits, start=2):
        slide = _slide(deck, exhibit.title, exhibit.subtitle)
        _body(slide, exhibit)
        _foot(slide, talk, number, total, layout.foot_lines(exhibit))
        if exhibit.demo:
            native_shapes.badge(slide, DEMO)
        _notes(slide, talk, notes(_brief(exhibit)))
    _closing(deck, talk, total)
    _name(deck, talk)
    for slide in deck.slides:
        charts.with_fonts(slide._element)
        charts.with_fonts(slide.notes_slide._element)
    buffer = io.BytesIO()
    deck.save(buffer)
    return buffer.getvalue()


def _template() -> Any:
    """A blank 16:9 file with one layout, whose title stands where ours do; East-Asian font in the theme."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = points(WIDTH), points(HEIGHT)
    layouts = deck.slide_layouts
    for other in [each for index, each in enumerate(layouts) if index != TITLE_ONLY]:
        layouts.remove(other)
    for part in (deck.slide_master, layouts[0]):
        for placeholder in list(part.placeholders):
            if placeholder.placeholder_format.type is not None and "TITLE" in str(
                placeholder.placeholder_format.type
            ):
                place = (MARGIN, layout.TITLE_TOP, BODY_WIDTH, layout.TITLE_HEIGHT)
                placeholder.left, placeholder.top, placeholder.width, placeholder.height = map(
                    points, place
                )
            else:
                placeholder._element.getparent().remove(placeholder._element)
        charts.with_fonts(part._element)
    native_shapes.theme_fonts(deck)
    return deck


def _slide(deck: Any, title: str, subtitle: str = "") -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    frame = slide.shapes.title.text_frame
    frame.word_wrap = True
    native_shapes.bare(frame)
    head = layout.heading(title, subtitle)
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    native_shapes.write(frame.paragraphs[0], title, head.size, INK, bold=True)
    if subtitle:
        below = layout.TITLE_TOP + head.height
        high = BODY_TOP - below
        add_words(slide, [subtitle], MARGIN, below, BODY_WIDTH, high, head.under, MUTED)
    return slide


def _body(slide: Any, exhibit: Exhibit) -> None:
    shape = exhibit.shape
    if isinstance(shape, Bars | Lines):
        high = BODY_HEIGHT
        if isinstance(shape, Bars) and shape.horizontal:
            high = min(BODY_HEIGHT, 80 * len(shape.categories) + 50)
        charts.add(slide, shape, MARGIN, BODY_TOP, BODY_WIDTH, high, 14, exhibit.spoken)
    elif isinstance(shape, Table):
        native_shapes.add_table(
            slide, layout.fitted(shape, BODY_WIDTH, BODY_HEIGHT), MARGIN, BODY_TOP, exhibit.spoken
        )
    elif isinstance(shape, Matrix):
        native_shapes.add_matrix(
            slide, shape.marked, MARGIN, BODY_TOP - 4, BODY_WIDTH, BODY_HEIGHT + 4, exhibit.spoken
        )
    elif isinstance(shape, Map | Timeline):
        native_shapes.add_drawing(
            slide, shape, MARGIN, BODY_TOP, BODY_WIDTH, BODY_HEIGHT, exhibit.spoken
        )
    elif isinstance(shape, Cards):
        native_shapes.add_cards(slide, shape)
    elif isinstance(shape, Items):
        native_shapes.add_items(slide, shape)


def _foot(slide: Any, talk: Talk, number: int, total: int, lines: list[str]) -> None:
    """Source line, then deck, date, release and page; a thin bar shows how far the talk is."""
    if lines:
        add_words(
            slide,
            lines,
            MARGIN,
            layout.SOURCE_TOP,
            BODY_WIDTH,
            layout.SOURCE_HEIGHT,
            layout.SOURCE_SIZE,
            MUTED,
        )
    add_words(
        slide,
        [f"{talk.title} · {talk.dated}"],
        MARGIN,
        FOOT_TOP,
        BODY_WIDTH - 80,
        18,
        FOOT_SIZE,
        MUTED,
    )
    add_words(
        slide,
        [f"{number} / {total}"],
        WIDTH - MARGIN - 80,
        FOOT_TOP,
        80,
        18,
        FOOT_SIZE,
        MUTED,
        right=True,
    )
    native_shapes.rectangle(slide, 0, HEIGHT - 4, WIDTH, 4, LINE)
    native_shapes.rectangle(slide, 0, HEIGHT - 4, WIDTH * number / total, 4, PRIMARY)


def _cover(deck: Any, talk: Talk, total: int) -> None:
    slide = _slide(deck, talk.title)
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = map(
        points, (MARGIN + 20, 150, BODY_WIDTH - 40, 90)
    )
    title.text_frame.paragraphs[0].runs[0].font.size = Pt(
        fitting(talk.title, BODY_WIDTH - 40, 1, (44, 40, 36, 32, 28))
    )
    native_shapes.rectangle(slide, MARGIN, 160, 6, 150, PRIMARY)
    add_words(slide, [talk.subtitle], MARGIN + 20, 246, BODY_WIDTH - 40, 30, 20, MUTED)
    add_words(slide, [talk.dated], MARGIN + 20, 280, BODY_WIDTH - 40, 26, 16, MUTED)
    if talk.demo:
        add_words(
            slide, ["含演示数据，逐页标明"], MARGIN + 20, 320, BODY_WIDTH - 40, 26, 16, ACCENT
        )
    _foot(slide, talk, 1, total, ["每个数字的来源与原文摘录见备注；公开资料未载不等于零"])
    _notes(
        slide,
        talk,
        [talk.title, talk.subtitle, f"共{len(talk.sources)}个来源，全部列在最后一页的备注里。"],
    )


def _closing(deck: Any, talk: Talk, total: int) -> None:
    """Where the numbers come from, and the QR code of the same view."""
    slide = _slide(deck, "数据与来源")
    shown = talk.sources[:SOURCES_SHOWN]
    lines = [f"[{number}] {quote.reference}" for number, quote in enumerate(shown, start=1)]
    if len(talk.sources) > len(shown):
        lines.append(f"……共{len(talk.sources)}个来源，全部见备注")
    native_shapes.add_lines(
        slide, lines, MARGIN, BODY_TOP, BODY_WIDTH - 230, BODY_HEIGHT, layout.LEAST
    )
    picture = slide.shapes.add_picture(
        io.BytesIO(qr.png(talk.link)), *map(points, (WIDTH - MARGIN - 180, BODY_TOP, 180, 180))
    )
    picture._element.nvPicPr.cNvPr.set("descr", talk.link)
    add_words(
        slide, qr.caption(talk), WIDTH - MARGIN - 200, BODY_TOP + 190, 200, 130, layout.LEAST, MUTED
    )
    _foot(slide, talk, total, total, [])
    _notes(
        slide,
        talk,
        [
            "全部来源",
            *(f"[{i}] {quote.reference}" for i, quote in enumerate(talk.sources, start=1)),
        ],
    )


def _brief(exhibit: Exhibit) -> Exhibit:
    """The exhibit with as many sources as notes can be read with; the rest is counted, and listed on the last slide."""
    extra = len(exhibit.quotes) - SOURCES_IN_NOTES
    if extra <= 0:
        return exhibit
    more = f"另有{extra}个来源，见最后一页的备注"
    return replace(
        exhibit, quotes=exhibit.quotes[:SOURCES_IN_NOTES], caveats=(*exhibit.caveats, more)
    )


def _notes(slide: Any, talk: Talk, lines: list[str]) -> None:
    frame = slide.notes_slide.notes_text_frame
    frame.text = ""
    for index, line in enumerate([*lines, talk.dated]):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        native_shapes.write(paragraph, line, 12, INK)


def _name(deck: Any, talk: Talk) -> None:
    about = deck.core_properties
    about.title, about.subject, about.author = talk.title, talk.dated, "长三角养老一体化看板"
    about.keywords, about.comments, about.language = talk.fingerprint, talk.subtitle, "zh-CN"
    about.last_modified_by = about.author
    # The date of the data, not of the making: the same deck gives the same file.
    about.created = about.modified = datetime(
        talk.data_date.year, talk.data_date.month, talk.data_date.day
    )
