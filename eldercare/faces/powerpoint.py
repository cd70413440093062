"""A deck as a PowerPoint file: 16:9, native charts, tables and shapes, speaker notes with sources."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pptx.util import Pt

from eldercare.exhibits import Exhibit
from eldercare.exhibits.shapes import Bars, Cards, Items, Lines, Map, Matrix, Table, Timeline
from eldercare.exhibits.talk import Talk
from eldercare.faces import charts, layout, native_shapes, office_templates, qr
from eldercare.faces.drawing import fitting
from eldercare.faces.layout import HEIGHT, WIDTH
from eldercare.faces.native_shapes import add_words, points
from eldercare.faces.notes import closing, notes, opening
from eldercare.faces.office_templates import (
    CONTENT,
    COVER,
    DATED,
    FOOT,
    PAGE,
    PICTURE,
    SOURCE,
    SUBTITLE,
    TITLE,
    Box,
)
from eldercare.measures import ACCENT, INK, LINE, MUTED, PRIMARY
from eldercare.tables import DEMO

SOURCES_SHOWN = 6
# As many as can be read in notes; all stand in those of the last slide.
SOURCES_IN_NOTES = 20


def pptx(talk: Talk) -> bytes:
    """The whole file. Raises `UnusableTemplate`."""
    deck = office_templates.slides()
    fonts = office_templates.fonts(deck)
    total = len(talk.exhibits) + 2
    _cover(deck, talk, total)
    for number, exhibit in enumerate(talk.exhibits, start=2):
        slide = _headed(deck, exhibit.title, exhibit.subtitle)
        room = slide.picture()
        _body(slide.slide, exhibit, room, fonts)
        lines = layout.foot_lines(exhibit, slide.box(SOURCE).width, (room.width, room.height))
        _foot(slide, talk, number, total, lines)
        if exhibit.demo:
            native_shapes.badge(slide.slide, DEMO)
        _notes(slide.slide, talk, notes(exhibit, SOURCES_IN_NOTES))
    _closing(deck, talk, total)
    _name(deck, talk)
    for slide in deck.slides:
        charts.with_fonts(slide._element, fonts)
        charts.with_fonts(slide.notes_slide._element, fonts)
    buffer = io.BytesIO()
    deck.save(buffer)
    return buffer.getvalue()


@dataclass(frozen=True)
class Filled:
    """A slide and the layout it follows: its placeholders are found by the names they have there."""

    slide: Any
    layout: Any

    def box(self, name: str) -> Box:
        return office_templates.box(office_templates.placeholder(self.layout, name))

    def own(self, name: str) -> Any:
        """The placeholder on the slide itself."""
        index = office_templates.placeholder(self.layout, name).placeholder_format.idx
        return self.slide.placeholders[index]

    def write(self, name: str, lines: list[str], size: float = 0) -> None:
        """Words in a placeholder; without any it goes, as an empty one asks for words."""
        place = self.own(name)
        if not any(lines):
            place._element.getparent().remove(place._element)
            return
        native_shapes.fill(place, lines, size)
        # Written last, read last: a screen reader goes by the order in the file.
        self.slide.shapes._spTree.append(place._element)

    def picture(self) -> Box:
        """Where the exhibit stands; the placeholder has done its duty."""
        room = self.box(PICTURE)
        self.write(PICTURE, [])
        return room


def _slide(deck: Any, name: str) -> Filled:
    its = office_templates.layout_of(deck, name)
    return Filled(deck.slides.add_slide(its), its)


def _headed(deck: Any, title: str, subtitle: str = "") -> Filled:
    """A slide with its title and, right under its last line, the subtitle."""
    slide = _slide(deck, CONTENT)
    place, largest = slide.box(TITLE), office_templates.title_size(slide.layout)
    head = layout.heading(title, subtitle, place.width, place.height, largest)
    slide.write(TITLE, [title], head.size)
    if subtitle:
        under, top = slide.own(SUBTITLE), place.y + head.height
        wide, left = slide.box(SUBTITLE).width, slide.box(SUBTITLE).x
        high = max(slide.box(PICTURE).y - top, 0)
        under.left, under.top, under.width, under.height = map(points, (left, top, wide, high))
        under.text_frame.paragraphs[0].line_spacing = Pt(head.under * layout.LINE_HEIGHT)
    slide.write(SUBTITLE, [subtitle], head.under)
    return slide


def _body(slide: Any, exhibit: Exhibit, room: Box, fonts: tuple[str, str]) -> None:
    shape, alt = exhibit.shape, exhibit.spoken
    x, y, width, height = room.x, room.y, room.width, room.height
    if isinstance(shape, Bars | Lines):
        if isinstance(shape, Bars) and shape.horizontal:
            height = min(height, 80 * len(shape.categories) + 50)
        charts.add(slide, shape, x, y, width, height, 14, alt, fonts)
    elif isinstance(shape, Table):
        native_shapes.add_table(slide, layout.fitted(shape, width, height), x, y, alt)
    elif isinstance(shape, Matrix):
        native_shapes.add_matrix(slide, shape.marked, x, y - 4, width, height + 4, alt)
    elif isinstance(shape, Map | Timeline):
        native_shapes.add_drawing(slide, shape, x, y, width, height, alt)
    elif isinstance(shape, Cards):
        native_shapes.add_cards(slide, shape, room)
    elif isinstance(shape, Items):
        native_shapes.add_items(slide, shape, room)


def _foot(slide: Filled, talk: Talk, number: int, total: int, lines: list[str]) -> None:
    """Source line, then deck, date, release and page; a thin bar shows how far the talk is."""
    slide.write(SOURCE, lines)
    slide.write(FOOT, [f"{talk.title} · {talk.dated}"])
    slide.write(PAGE, [f"{number} / {total}"])
    native_shapes.rectangle(slide.slide, 0, HEIGHT - 4, WIDTH, 4, LINE)
    native_shapes.rectangle(slide.slide, 0, HEIGHT - 4, WIDTH * number / total, 4, PRIMARY)


def _cover(deck: Any, talk: Talk, total: int) -> None:
    slide = _slide(deck, COVER)
    largest = office_templates.title_size(slide.layout)
    sizes = (largest, *(size for size in (40, 36, 32, 28) if size < largest))
    slide.write(TITLE, [talk.title], fitting(talk.title, slide.box(TITLE).width, 1, sizes))
    slide.write(SUBTITLE, [talk.subtitle])
    slide.write(DATED, [talk.dated])
    if talk.demo:
        dated = slide.box(DATED)
        below = dated.y + dated.height + 14
        add_words(
            slide.slide, ["含演示数据，逐页标明"], dated.x, below, dated.width, 26, 16, ACCENT
        )
    _foot(slide, talk, 1, total, ["每个数字的来源与原文摘录见备注；公开资料未载不等于零"])
    _notes(slide.slide, talk, opening(talk))


def _closing(deck: Any, talk: Talk, total: int) -> None:
    """Where the numbers come from, and the QR code of the same view."""
    slide = _headed(deck, "数据与来源")
    room = slide.picture()
    shown = talk.sources[:SOURCES_SHOWN]
    lines = [f"[{number}] {quote.reference}" for number, quote in enumerate(shown, start=1)]
    if len(talk.sources) > len(shown):
        lines.append(f"……共{len(talk.sources)}个来源，全部见备注")
    native_shapes.add_lines(
        slide.slide, lines, room.x, room.y, room.width - 230, room.height, layout.LEAST
    )
    right = room.x + room.width
    picture = slide.slide.shapes.add_picture(
        io.BytesIO(qr.png(talk.link)), *map(points, (right - 180, room.y, 180, 180))
    )
    picture._element.nvPicPr.cNvPr.set("descr", talk.link)
    add_words(
        slide.slide, qr.caption(talk), right - 200, room.y + 190, 200, 130, layout.LEAST, MUTED
    )
    _foot(slide, talk, total, total, [])
    _notes(slide.slide, talk, closing(talk))


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
