"""Reports that take a while: asked for with a button, made under a bar, then handed over. Each is frozen to one release and date."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from eldercare import store
from eldercare.faces.fonts import MissingFont
from eldercare.faces.native import DOCX, XLSX
from eldercare.faces.office_templates import UnusableTemplate
from eldercare.screen import filters
from eldercare.talks import place_books, reports
from eldercare.talks.decks import Deck, UnknownDeck
from eldercare.talks.files_of import File
from eldercare.text import plain

HEADING = "报告与材料"
# The file that was made last in this session, and what it was made for.
MADE, MADE_FOR = "materials_made", "materials_made_for"


@dataclass(frozen=True)
class Kind:
    """What a button offers; `steps` yields how many parts are done and of how many, at last the file."""

    words: str
    steps: Callable[..., Iterator[tuple[int, int] | File]]


KINDS = {
    "report": Kind("养老数据报告（Word）", partial(reports.file, format_=DOCX)),
    "report_book": Kind("报告的数据（Excel）", partial(reports.file, format_=XLSX)),
    "book": Kind("一城一页（PDF）", place_books.file),
    "book_paper": Kind("一城一页（Word）", partial(place_books.file, format_=DOCX)),
}


def part(shown: Deck) -> None:
    """The buttons, and the file of the one that was pressed last. `shown` says of which release and date."""
    known = store.ask("profile_places")
    codes = dict(zip(known["label"], known["place_code"], strict=True))
    st.subheader(HEADING, anchor=False)
    st.caption(
        "数据报告按题目分章，有目录、方法、来源目录与公开资料未载的内容；一城一页是41个城市与上海16个区各一页。"
        "都冻结在上面这份演示的数据版本和日期；做好以后出现下载按钮。"
    )
    everywhere = "不选：报告写长三角，一城一页写全部57个"
    labels = filters.several("写哪些地区", "report_places", list(codes), everywhere)
    chosen = () if len(labels) == len(codes) else tuple(codes[label] for label in labels)
    columns = st.columns(len(KINDS), gap="small")
    for column, (name, kind) in zip(columns, KINDS.items(), strict=True):
        asked = (name, chosen, shown.release, shown.as_of)
        if column.button(kind.words, key=f"materials_{name}", width="stretch"):
            _make(kind, asked)
    _hand_over(chosen, shown)


def _make(kind: Kind, asked: tuple[Any, ...]) -> None:
    """Makes a file under a bar; what keeps it from being made is said in words."""
    _name, chosen, release, day = asked
    bar = st.progress(0.0, text=f"正在做{kind.words}……")
    try:
        for step in kind.steps(chosen, release, day):
            if isinstance(step, File):
                st.session_state[MADE], st.session_state[MADE_FOR] = step, asked
            else:
                done, total = step
                bar.progress(done / total, text=f"正在做{kind.words}：{done}/{total}")
    except (UnknownDeck, UnusableTemplate, MissingFont) as fault:
        st.warning(plain(str(fault)))
    bar.empty()


def _hand_over(chosen: tuple[str, ...], shown: Deck) -> None:
    """The file that was made last, while it is of what stands above it."""
    asked = st.session_state.get(MADE_FOR)
    if asked is None or asked[1:] != (chosen, shown.release, shown.as_of):
        return
    file: File = st.session_state[MADE]
    size = f"{len(file.content) / 1e6:.1f} MB"
    st.download_button(
        f"下载 {plain(file.name)}（{size}）",
        file.content,
        file.name,
        file.media,
        key="materials_download",
        type="primary",
        on_click="ignore",
    )
