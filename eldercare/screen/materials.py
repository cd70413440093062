"""Reports that take a while: asked for with a button, made under a bar, then handed over. Each is frozen to one release and date."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from eldercare import store
from eldercare.exhibits import timeline
from eldercare.faces.fonts import MissingFont
from eldercare.faces.native import DOCX, XLSX
from eldercare.faces.office_templates import UnusableTemplate
from eldercare.screen import filters
from eldercare.talks import meetings, place_books, reports
from eldercare.talks.decks import Deck, UnknownDeck
from eldercare.talks.files_of import File
from eldercare.text import plain

HEADING = "报告与材料"
# The file that was made last in this session, and what it was made for.
MADE, MADE_FOR = "materials_made", "materials_made_for"
EVERYWHERE = "不选：报告写长三角，一城一页写全部57个"
FIRST_MONTH = date(2018, 12, 1)
# A year before the pack, as meetings are yearly.
A_YEAR = 12


@dataclass(frozen=True)
class Asked:
    """What a file is made for: its kind, places, the last meeting (a day or a release), and the release and day it is frozen to."""

    kind: str
    places: tuple[str, ...]
    since: str
    release: str
    as_of: date


Steps = Iterator[tuple[int, int] | File]
# What the buttons offer: how many parts are done and of how many, at last the file.
KINDS: dict[str, tuple[str, Callable[[Asked], Steps]]] = {
    "report": ("养老数据报告（Word）", lambda asked: reports.file(*_of(asked), DOCX)),
    "report_book": ("报告的数据（Excel）", lambda asked: reports.file(*_of(asked), XLSX)),
    "book": ("一城一页（PDF）", lambda asked: place_books.file(*_of(asked))),
    "book_paper": ("一城一页（Word）", lambda asked: place_books.file(*_of(asked), DOCX)),
    "meeting": (
        "会议包（zip）",
        lambda asked: meetings.file(asked.since, asked.release, asked.as_of),
    ),
}


def _of(asked: Asked) -> tuple[tuple[str, ...], str, date]:
    return asked.places, asked.release, asked.as_of


def part(shown: Deck) -> None:
    """The buttons, and the file of the one that was pressed last. `shown` says of which release and date."""
    assert shown.as_of is not None
    known = store.ask("profile_places")
    codes = dict(zip(known["label"], known["place_code"], strict=True))
    st.markdown(f"**{HEADING}**")
    st.caption(
        "数据报告按题目分章，有目录、方法、来源目录与公开资料未载的内容；一城一页是41个城市与上海16个区各一页；"
        "会议包是上次会议以来的简报（两页）、演示、任务单、口径卡和数据。"
        "都冻结在上面这份演示的数据版本和日期；做好以后出现下载按钮。"
    )
    left, right = st.columns([2, 1], gap="small")
    with left:
        labels = filters.several("写哪些地区", "report_places", list(codes), EVERYWHERE)
    with right:
        offered = _meetings(shown.as_of)
        words = filters.from_list(
            "上次会议（会议包用）", "report_since", list(offered), _a_year_ago(offered)
        )
    chosen = () if len(labels) == len(codes) else tuple(codes[label] for label in labels)
    columns = st.columns(len(KINDS), gap="small")
    for column, (kind, (called, _steps)) in zip(columns, KINDS.items(), strict=True):
        asked = Asked(kind, chosen, offered[words], shown.release, shown.as_of)
        if column.button(called, key=f"materials_{kind}", width="stretch"):
            _make(asked)
    _hand_over(asked)


def _meetings(day: date) -> dict[str, str]:
    """When the last meeting may have been: the ends of months before the day, then the releases that are kept here."""
    months = timeline.words.months(FIRST_MONTH, day)[1:]
    found = {f"{month}底": timeline.words.end_of(month).isoformat() for month in months}
    kept = [each for each in meetings.kept() if each.as_of[:10] < day.isoformat()]
    return found | {f"版本 {each.short}（{each.as_of[:10]}）": each.id for each in kept}


def _a_year_ago(offered: dict[str, str]) -> str:
    return list(offered)[min(A_YEAR, len(offered)) - 1]


def _make(asked: Asked) -> None:
    """Makes a file under a bar; what keeps it from being made is said in words."""
    called, steps = KINDS[asked.kind]
    bar = st.progress(0.0, text=f"正在做{called}……")
    try:
        for step in steps(asked):
            if isinstance(step, File):
                st.session_state[MADE], st.session_state[MADE_FOR] = step, asked
            else:
                done, whole = step
                bar.progress(done / whole, text=f"正在做{called}：{done}/{whole}")
    except (UnknownDeck, UnusableTemplate, MissingFont) as fault:
        st.warning(plain(str(fault)))
    bar.empty()


def _hand_over(shown: Asked) -> None:
    """The file that was made last, while it is of what stands above it."""
    made_for: Asked | None = st.session_state.get(MADE_FOR)
    if made_for is None or replace(made_for, kind="") != replace(shown, kind=""):
        return
    file: File = st.session_state[MADE]
    st.download_button(
        f"下载 {plain(file.name)}（{len(file.content) / 1e6:.1f} MB）",
        file.content,
        file.name,
        file.media,
        key="materials_download",
        type="primary",
        on_click="ignore",
    )
