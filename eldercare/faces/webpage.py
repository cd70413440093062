"""A deck as one web page: opens without server and network, slides with keys, vector drawings, notes inside.

The page forbids itself every request (its own content security policy), and every word in it is escaped.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from eldercare import palette
from eldercare.exhibits import Exhibit
from eldercare.exhibits.shapes import Cards, Items, Matrix, Table
from eldercare.exhibits.talk import Talk
from eldercare.faces import layout, markup, qr, svg
from eldercare.faces.drawing import fitting
from eldercare.faces.notes import closing, notes, opening
from eldercare.tables import DEMO

BODIES = markup.macros("slide_bodies.html")
# Words of the buttons, in the order in which the page shows them; `data-do` is what the script does.
BUTTONS = [
    ("back", "上页", "上一页（← 或 PageUp）"),
    ("on", "下页", "下一页（→、PageDown 或空格）"),
    ("turn", "轮播", "自动轮播（R）"),
    ("blank", "黑屏", "黑屏（B）"),
    ("notes", "备注", "在本窗口显示备注（N）"),
    ("presenter", "演讲者视图", "另开窗口：备注、下一页、时间（P）"),
    ("full", "全屏", "全屏（F），Esc 退出"),
]
WORDS = {
    "turning": "自动轮播中，每{s}秒一页",
    "paused": "轮播已暂停",
    "pause": "暂停",
    "go": "继续",
    "next": "下一页",
    "end": "已是最后一页",
    "elapsed": "已用时",
    "reset": "重新计时",
    "blocked": "浏览器拦下了新窗口，备注改在本窗口显示",
    "blanked": "黑屏中，按任意键继续",
    "black": "黑屏中",
}


@dataclass(frozen=True)
class Slide:
    """One slide: `body` is markup, everything else words."""

    kind: str
    title: str
    body: str
    notes: Sequence[str]
    subtitle: str = ""
    foot: Sequence[str] = ()

    @property
    def head(self) -> layout.Heading:
        return layout.heading(self.title, self.subtitle)


def html(talk: Talk) -> bytes:
    """The whole file."""
    sources = [f"[{i}] {quote.reference}" for i, quote in enumerate(talk.sources, start=1)]
    last = BODIES.closing(talk, sources, qr.svg(talk.link), qr.caption(talk))
    script = markup.own_text("slides.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    page = markup.render(
        "slides.html",
        talk=talk,
        slides=[
            Slide("cover", talk.title, _cover(talk), opening(talk)),
            *map(_slide, talk.exhibits),
            Slide("closing", "数据与来源", last, closing(talk)),
        ],
        digest=digest,
        style=markup.own_text("slides.css"),
        script=script,
        buttons=BUTTONS,
        words=WORDS,
    )
    return page.encode("utf-8")


def _slide(exhibit: Exhibit) -> Slide:
    body = _body(exhibit) + (BODIES.demo(DEMO) if exhibit.demo else "")
    foot = layout.foot_lines(exhibit)
    return Slide(exhibit.kind, exhibit.title, body, notes(exhibit), exhibit.subtitle, foot)


def _body(exhibit: Exhibit) -> str:
    shape = exhibit.shape
    if isinstance(shape, Cards):
        return BODIES.cards(shape, layout.cards(shape, layout.BODY_WIDTH, layout.BODY_HEIGHT))
    if isinstance(shape, Items):
        return BODIES.items(shape)
    if isinstance(shape, Table):
        return BODIES.table(layout.fitted(shape, layout.BODY_WIDTH, layout.BODY_HEIGHT))
    if isinstance(shape, Matrix):
        return BODIES.matrix(shape.marked, palette.colour, palette.ink)
    return svg.svg(shape, exhibit.spoken, layout.BODY_WIDTH, layout.BODY_HEIGHT)


def _cover(talk: Talk) -> str:
    return BODIES.cover(
        talk, fitting(talk.title, layout.BODY_WIDTH - 60, 1, (48, 44, 40, 36, 32, 28))
    )
