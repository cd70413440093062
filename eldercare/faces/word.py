"""A deck as a briefing in Word: the layout of GB/T 9704, text from findings, native tables and charts, a list of sources."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from docx.shared import Mm

from eldercare import maps
from eldercare.exhibits import CONCLUSION, Exhibit
from eldercare.exhibits.shapes import Bars, Cards, Items, Lines, Map, Matrix, Table, Timeline
from eldercare.exhibits.talk import Talk
from eldercare.faces import contents, office_templates, official, qr, word_charts
from eldercare.faces.layout import caveat_line
from eldercare.faces.official import CAPTION, HEADING, PART, REFERENCE, SOURCE, TITLE, UNDER, add
from eldercare.tables import DEMO

NUMERALS = "一二三四五六七八九十"
MOST_ROWS = 45
CHART_MM = 54
# Columns of places side by side in the table of a map.
ACROSS = 3


def docx(talk: Talk) -> bytes:
    """The whole file."""
    paper = office_templates.paper()
    if talk.demo:
        add(paper, "含演示数据，有关图表已标明", UNDER)
    add(paper, talk.title, TITLE)
    add(paper, f"（{talk.dated}）", UNDER)
    add(paper, "")
    counts = {"figure": 0, "table": 0}
    sections = _sections(talk)
    concluded = sections.pop(CONCLUSION, [])
    names = ["结论", "方法与口径" if talk.method else "说明", *sections, "来源目录"]
    headings = [f"{_numeral(place)}、{name}" for place, name in enumerate(names, start=1)]
    if talk.method:
        parts = [[_part(n, e) for n, e in enumerate(each, 1)] for each in sections.values()]
        contents.add_to(paper, list(zip(headings, [[], [], *parts, []], strict=True)))
        paper.add_page_break()
    numbers = {quote.source_id: place for place, quote in enumerate(talk.sources, start=1)}
    told = iter(headings)
    add(paper, next(told), HEADING)
    for words in _told(concluded) if concluded else _conclusions(sections):
        add(paper, words)
    add(paper, next(told), HEADING)
    for words in (*_introduction(talk), *talk.method):
        add(paper, words)
    for exhibits in sections.values():
        add(paper, next(told), HEADING)
        for place, exhibit in enumerate(exhibits, start=1):
            _exhibit(paper, exhibit, place, counts)
        if talk.method:
            add(paper, _chapter_sources(exhibits, numbers), SOURCE)
    add(paper, next(told), HEADING)
    official.in_columns(paper, 2)
    for place, quote in enumerate(talk.sources, start=1):
        add(paper, f"[{place}] {quote.reference}", REFERENCE)
    _colophon(paper, talk)
    about = paper.core_properties
    about.title, about.subject, about.author = talk.title, talk.dated, "长三角养老一体化看板"
    about.keywords, about.language, about.comments = talk.fingerprint, "zh-CN", talk.subtitle
    about.created = about.modified = datetime(
        talk.data_date.year, talk.data_date.month, talk.data_date.day
    )
    buffer = io.BytesIO()
    paper.save(buffer)
    return buffer.getvalue()


def _introduction(talk: Talk) -> list[str]:
    """What data this rests on, as of when, and how its words are meant."""
    found = dict.fromkeys(
        base
        for e in talk.exhibits
        if "人口口径：" in e.source_line
        # How old the newest number is stands behind the bases in the same line.
        for base in e.source_line.split("人口口径：")[1].split(" · ")[0].split("、")
    )
    unsaid = "，部分来源未写口径" if "未注明" in found else ""
    bases = "、".join(sorted((base for base in found if base != "未注明"), key=len))
    approved = (
        f"地图为行政区划示意，{maps.mark()}。"
        if any(isinstance(e.shape, Map) and not e.shape.squares for e in talk.exhibits)
        else ""
    )
    return [
        f"{'本报告' if talk.method else '本简报'}由看板数据生成，{talk.dated}；共用{len(talk.sources)}个公开来源，逐个列在文末，原文摘录见同名工作簿“来源”表。",
        "{bases}“未载”“公开资料未载”指所查的公开来源里没有，不等于零，也不等于没有做；目标与实际分开列，口径不同的数字不相减、不连线。{maps}".format(
            bases=f"人口口径有{bases}{unsaid}，各处分别标出，不互相比较。"
            if len(found) > 1
            else f"人口口径为{bases}。"
            if bases
            else "",
            maps=approved,
        ),
    ]


def _sections(talk: Talk) -> dict[str, list[Exhibit]]:
    """Exhibits by section, sections in the order in which the deck first comes to them."""
    found: dict[str, list[Exhibit]] = {}
    for exhibit in talk.exhibits:
        found.setdefault(exhibit.section, []).append(exhibit)
    return found


def _told(exhibits: list[Exhibit]) -> list[str]:
    """The slides that sum up, as sentences."""
    found = []
    for exhibit in exhibits:
        found.append(f"{exhibit.spoken.rstrip('。')}。")
        if isinstance(exhibit.shape, Items):
            found += [f"{head}：{words.rstrip('。')}。" for head, words in exhibit.shape.entries]
    return found


def _conclusions(sections: dict[str, list[Exhibit]]) -> list[str]:
    """The finding that opens each section, and what there is no public figure for."""
    found = []
    for section, made in sections.items():
        # The cards above the records of two places say the same in fewer words.
        told = [exhibit for exhibit in made if exhibit.key != "pair_cards"] or made
        facts = [exhibit.spoken.rstrip("。") for exhibit in told if not exhibit.demo]
        # What is invented never shares a sentence with what is so.
        found += [f"{section}：{'；'.join(facts[:2])}。"] if facts else []
        found += [f"{exhibit.spoken.rstrip('。')}。" for exhibit in made if exhibit.demo]
    return found


def _exhibit(paper: Any, exhibit: Exhibit, place: int, counts: dict[str, int]) -> None:
    """The finding as a sentence of the text, then its figure or table with caption and source."""
    add(paper, _part(place, exhibit), PART)
    add(paper, f"{exhibit.spoken.rstrip('。')}。", keep=True)
    shape = exhibit.shape
    if isinstance(shape, Items):
        for head, words in shape.entries:
            add(paper, f"{head}：{words}")
        return
    if isinstance(shape, Bars | Lines):
        counts["figure"] += 1
        word_charts.add(
            paper,
            shape,
            office_templates.text_width(paper),
            CHART_MM,
            exhibit.spoken,
            counts["figure"],
        )
        caption = "图{n}　{name}".format(n=counts["figure"], name=exhibit.name)
        add(paper, _marked(caption, exhibit), CAPTION, keep=True)
    else:
        counts["table"] += 1
        caption = "表{n}　{name}".format(n=counts["table"], name=exhibit.name)
        add(paper, _marked(caption, exhibit), CAPTION, keep=True)
        head, lines, widths = table_of(exhibit)
        left = len(lines) - MOST_ROWS
        official.table(paper, head, lines[:MOST_ROWS], widths, office_templates.text_width(paper))
        if left > 0:
            add(paper, f"另有{left}行，见同名工作簿。", SOURCE)
    notes = caveat_line(exhibit)
    add(paper, exhibit.source_line + (f"。{notes}" if notes else ""), SOURCE)
    for rule in (*exhibit.confirmations, *exhibit.rules[:4]):
        add(paper, rule, SOURCE)


def _part(place: int, exhibit: Exhibit) -> str:
    return f"（{_numeral(place)}）{exhibit.name}"


def _chapter_sources(exhibits: list[Exhibit], numbers: dict[str, int]) -> str:
    """The sources of a chapter by their numbers in the list at the end."""
    used = sorted({numbers[quote.source_id] for e in exhibits for quote in e.quotes})
    runs: list[list[int]] = []
    for number in used:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = [f"[{run[0]}]" if len(run) == 1 else f"[{run[0]}—{run[-1]}]" for run in runs]
    return f"本章来源：{'、'.join(told)}" if told else "本章来源：无公开来源"


def _marked(caption: str, exhibit: Exhibit) -> str:
    return f"{caption}（{DEMO}）" if exhibit.demo else caption


def _numeral(number: int) -> str:
    """1 to 99 in Chinese: 一, 十, 十二, 二十三."""
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else f"{NUMERALS[tens - 1]}十") + (
        NUMERALS[ones - 1] if ones else ""
    )


def table_of(exhibit: Exhibit) -> tuple[list[str], list[list[str]], list[float]]:
    """Headings, lines and relative widths of an exhibit that is a table on paper."""
    shape = exhibit.shape
    if isinstance(shape, Cards):
        lines = [[e["label"], f"{e['value']}{e['unit']}", e["note"]] for e in shape.entries]
        return ["指标", "数值", "说明"], lines, [2.4, 1.8, 4]
    if isinstance(shape, Map):
        return _map(shape)
    if isinstance(shape, Matrix):
        lines = []
        for down, name in enumerate(shape.rows):
            found = [
                f"{shape.columns[x]}（{mark.sign}{mark.words}）"
                for (y, x), mark in sorted(shape.cells.items())
                if y == down
            ]
            lines.append([name, "、".join(found) or shape.open_words])
        return [shape.corner, "对方与阶段"], lines, [1, 5]
    if isinstance(shape, Timeline):
        return ["日期", "事件"], [[event.when, event.words] for event in shape.newest], [1.4, 5]
    assert isinstance(shape, Table)
    return list(shape.headings), [list(line) for line in shape.lines], list(shape.widths)


def _map(shape: Map) -> tuple[list[str], list[list[str]], list[float]]:
    """Places beside each other in columns: a map's values take half a page then. A status groups its places."""
    if all(place.value is None for place in shape.places):
        groups: dict[str, list[str]] = {}
        for words, _role in shape.legend:
            groups[words] = [place.name for place in shape.places if place.words == words]
        return (
            [shape.heading, "地区"],
            [[words, "、".join(names) or "—"] for words, names in groups.items()],
            [1.6, 5],
        )
    ranked = sorted(shape.places, key=lambda place: (place.value is None, -(place.value or 0)))
    rows = -(-len(ranked) // ACROSS)
    padded = [(place.name, place.words) for place in ranked] + [("", "")] * (
        rows * ACROSS - len(ranked)
    )
    lines = [
        [words for side in range(ACROSS) for words in padded[row + side * rows]]
        for row in range(rows)
    ]
    return ["地区", shape.heading] * ACROSS, lines, [1, 1] * ACROSS


def _colophon(paper: Any, talk: Talk) -> None:
    """How to find the same numbers again."""
    add(paper, "", SOURCE)
    paper.add_paragraph().add_run().add_picture(io.BytesIO(qr.png(talk.link)), width=Mm(28))
    for words in qr.caption(talk):
        add(paper, words, SOURCE)
