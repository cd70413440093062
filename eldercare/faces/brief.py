"""Short papers for a meeting in Word: a briefing of two pages, the conclusion first; and the 口径卡 of its figures."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from eldercare.exhibits import Exhibit
from eldercare.exhibits.shapes import Items, Table
from eldercare.exhibits.talk import Talk
from eldercare.faces import office_templates, official
from eldercare.faces.official import BODY, HEADING, PART, SOURCE, TITLE, UNDER, add
from eldercare.faces.word import NUMERALS

# Lines of two pages of GB/T 9704 and letters of a line; title, headings and the last lines take some of them.
LINES, LETTERS, RESERVED, SMALL = 46, 28, 5, 44
# Rows of one part, and the longest sentence.
ROWS, LONGEST = 5, 110


def docx(talk: Talk) -> bytes:
    """The whole file; more than two pages never fill. Raises `UnusableTemplate`."""
    paper = office_templates.paper()
    add(paper, talk.title, TITLE)
    add(paper, f"（{talk.dated}）", UNDER)
    for words, style in _lines(talk):
        add(paper, words, style)
    return saved(paper, talk)


def cards(talk: Talk) -> bytes:
    """Each figure of the talk with what must be known before it is said aloud: items and words. Raises `UnusableTemplate`."""
    paper = office_templates.paper()
    add(paper, talk.title, TITLE)
    add(paper, f"（{talk.dated}）", UNDER)
    width = office_templates.text_width(paper)
    for exhibit in talk.exhibits:
        add(paper, exhibit.name, PART, keep=True)
        assert isinstance(exhibit.shape, Items)
        official.table(paper, ("项目", "内容"), exhibit.shape.entries, (1, 5), width)
        add(paper, exhibit.source_line, SOURCE)
    return saved(paper, talk)


def saved(paper: Any, talk: Talk) -> bytes:
    """The bytes of a document; it is as old as its data, so that the same contents are the same file."""
    about = paper.core_properties
    about.title, about.subject, about.author = talk.title, talk.dated, "长三角养老一体化看板"
    about.keywords, about.language, about.comments = talk.fingerprint, "zh-CN", talk.subtitle
    day = talk.data_date
    about.created = about.modified = datetime(day.year, day.month, day.day)
    buffer = io.BytesIO()
    paper.save(buffer)
    return buffer.getvalue()


def _lines(talk: Talk) -> list[tuple[str, str]]:
    """Paragraphs with their styles: conclusions of every part, then its rows as long as there is room."""
    # What there is no row of stands below by name; as a conclusion its count says nothing.
    told = [exhibit for exhibit in talk.exhibits if exhibit.key != "gaps"]
    conclusions = [(_cut(f"{n}．{e.title}{_rest(e)}。"), BODY) for n, e in enumerate(told, 1)]
    sources = f"来源共{len(talk.sources)}个公开来源，逐条列在会议演示与数据表；“未载”不等于零，也不等于没有做。"
    end = [(sources, SOURCE), (f"内容指纹 {talk.fingerprint}", SOURCE)]
    room = LINES - RESERVED - sum(_height(*line) for line in (*conclusions, *end))
    parts: list[tuple[str, list[str], int]] = []
    for exhibit in talk.exhibits:
        rows = _rows(exhibit)
        count = exhibit.shape.total if isinstance(exhibit.shape, Table) else 0
        parts.append((exhibit.name, rows[:ROWS], max(count, len(rows))))
    shown = [0] * len(parts)
    room -= 2 * sum(bool(rows) for _name, rows, _count in parts)
    # A row of each part in turn, so that no part takes the room of another.
    for place in range(ROWS):
        for number, (_name, rows, _count) in enumerate(parts):
            if place < len(rows) and shown[number] == place and _height(rows[place], BODY) <= room:
                room -= _height(rows[place], BODY)
                shown[number] += 1
    found = [("一、结论", HEADING), *conclusions]
    numeral = iter(NUMERALS[1:])
    for (name, rows, count), some in zip(parts, shown, strict=True):
        if not some:
            continue
        found.append((f"{next(numeral)}、{name}", HEADING))
        found += [(words, BODY) for words in rows[:some]]
        if count > some:
            found.append((f"另有{count - some}条，见会议演示与数据表。", SOURCE))
    return [*found, *end]


def _rest(exhibit: Exhibit) -> str:
    return f"；{exhibit.subtitle.rstrip('。')}" if exhibit.subtitle else ""


def _rows(exhibit: Exhibit) -> list[str]:
    """The rows of a part as sentences, without the numbers of lines."""
    shape = exhibit.shape
    if isinstance(shape, Items):
        return [_cut(f"{head}：{words.rstrip('。')}。") for head, words in shape.entries]
    if not isinstance(shape, Table):
        return []
    kept = [n for n, head in enumerate(shape.headings) if head not in ("序号", "来源", "类")]
    heads = [shape.headings[n] for n in kept]
    return [_cut(_sentence(heads, [line[n] for n in kept])) for line in shape.lines]


def _sentence(heads: Sequence[str], cells: Sequence[str]) -> str:
    """The first cell, what the second says of it, and the others under their headings; what is not recorded is left out."""
    first, *others = [cell.rstrip("。") for cell in cells]
    told = [
        words if place == 0 else f"{head}：{words}"
        for place, (head, words) in enumerate(zip(heads[1:], others, strict=True))
        if words not in ("", "—")
    ]
    return f"{first}：{'；'.join(told)}。" if told else f"{first}。"


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def _height(words: str, style: Any) -> int:
    """Lines on paper; Latin letters and digits are half as wide."""
    wide = sum(1 if letter > "\u2e80" else 0.55 for letter in words)
    return -int(-(wide + 2) // (SMALL if style == SOURCE else LETTERS))
