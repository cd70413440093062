"""商请: letters to departments for what public sources do not hold, one or all of them, and how far each request came."""

from __future__ import annotations

from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from eldercare import clock, store
from eldercare.data import durable
from eldercare.exhibits import intake as findings
from eldercare.faces import office_templates
from eldercare.intake import accepting, dates, registering, roles
from eldercare.intake.reading import Refused
from eldercare.intake.roles import Person
from eldercare.intake.submissions import Source
from eldercare.intake.understood import Doubt
from eldercare.letters import batch, check_sheet, official_letter, requests
from eldercare.letters.requests import Request
from eldercare.measures import day_words
from eldercare.screen import blocks, filters
from eldercare.screen.desk import handing_in, showing
from eldercare.text import plain

TROUBLE = (ValueError, roles.NotAllowed, durable.NotWritten, Doubt, Refused)
WORD, EXCEL = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)


SENT = findings.REQUESTED[0]


def part(who: Person | None) -> None:
    """The whole part 商请."""
    showing.told("desk_requested")
    rows = store.ask("requests_listed")
    places = dict(zip(rows["place_code"], rows["place_label"], strict=True))
    one, two, three = st.columns([2, 1.2, 1.6], vertical_alignment="bottom")
    with one:
        place, asked = filters.linked("地区", "intake_request", places, next(iter(places)))
    if asked:
        st.warning(f"没有“{plain(asked[:20])}”这个地区，先显示{places[place]}。")
    own = {each.department: each for each in requests.every([place])}
    department = two.selectbox("主管部门", list(own), placeholder="选择部门")
    reply_by = _day(three.text_input("请回复日期", placeholder="如 2027年1月15日，不写则留空"))
    if department:
        _letter(own[department], reply_by)
    # Two hundred letters are work for the server: for those it knows.
    if roles.may_read(who):
        _all(reply_by)
    if who is not None and who.submits:
        _register(who, own, rows, place)
    blocks.show(findings.requests(rows))


def _day(words: str) -> date | None:
    """The day that was typed; what is no single day is said and counts for none."""
    try:
        return dates.single(words)
    except Doubt as doubt:
        st.error(plain(doubt.reason))
        return None


def _letter(asked: Request, reply_by: date | None) -> None:
    """What one letter asks for, and its two files."""
    words = "；".join(dict.fromkeys(f"{item.topic}：{item.asked}" for item in asked.items))
    more = [f"核对养老机构{len(asked.homes)}家"] if asked.homes else []
    more += [f"反馈任务{len(asked.tasks)}项"] if asked.tasks else []
    st.markdown(f"**{plain(asked.addressee)}**　{plain('；'.join([words, *more]))}")
    letter, workbook = batch.names(asked)
    if fault := office_templates.fault(office_templates.PAPER):
        st.error(plain(fault))
        return
    left, right, _rest = st.columns([1, 1, 2])
    left.download_button(
        "商请函（Word）",
        partial(official_letter.request, asked, workbook, reply_by),
        letter,
        WORD,
        on_click="ignore",
        icon=":material/download:",
    )
    right.download_button(
        "核对表（Excel）",
        partial(check_sheet.xlsx, asked, accepting.current_context(), reply_by),
        workbook,
        EXCEL,
        on_click="ignore",
        icon=":material/download:",
    )


def _all(reply_by: date | None) -> None:
    """Every letter in one archive; made on request, since two hundred take a while."""
    if office_templates.fault(office_templates.PAPER):
        return
    left, right = st.columns([1, 3], vertical_alignment="center")
    if left.button("生成41个城市和16个区的全部商请函", key="desk_letters"):
        bar = right.progress(0.0, text="生成商请函与核对表…")
        try:
            made = batch.zipped(
                requests.every(),
                accepting.current_context(),
                reply_by,
                lambda share: bar.progress(share, text=f"生成商请函与核对表…{share:.0%}"),
            )
            st.session_state["desk_letters_made"] = (reply_by, accepting.state()), made
        finally:
            bar.empty()
    kept = st.session_state.get("desk_letters_made")
    # Letters with another day, or of other data, are not those that are asked for now.
    if kept and kept[0] == (reply_by, accepting.state()):
        right.download_button(
            "下载全部（压缩包）", kept[1], "商请函.zip", "application/zip", on_click="ignore",
            icon=":material/download:",
        )  # fmt: skip


def _register(who: Person, own: dict[str, Request], rows: pd.DataFrame, place: str) -> None:
    """Writes down what was sent, what came back and what was settled; it is reviewed like any other file."""
    with st.form("desk_request", clear_on_submit=True):
        st.markdown(
            "**登记**　函发出、收到回函、核定之后各登记一次；经审核成为新版本，覆盖页随之显示。"
        )
        one, two, three, four, five = st.columns(
            [1, 1.2, 1.4, 1.4, 1.4], vertical_alignment="bottom"
        )
        department = one.selectbox("部门", list(own), placeholder="选择部门")
        step = two.selectbox("到哪一步", list(findings.REQUESTED), placeholder="选择")
        day = three.text_input("日期", placeholder="如 2026年12月1日")
        until = four.text_input("请回复日期（已商请时）", placeholder="可不填")
        unit = five.text_input("登记单位", placeholder="如 某市民政局")
        everywhere = st.checkbox("发往各地同一部门的函一并登记（只限已商请）")
        if not st.form_submit_button("提交登记"):
            return
        try:
            # What was sent to all goes in at once; replies come one by one.
            whom = requests.every() if everywhere and step == SENT else [own[department]]
            states = {(row.place_code, row.department): row for row in rows.itertuples()}
            told = [
                _row(each, states[each.place_code, department], step, day.strip(), until.strip())
                for each in whom
                if each.department == department
            ]
            today = day_words(clock.today(), "day")
            registering.register(told, Source(unit=unit.strip(), day=today), who)
        except TROUBLE as error:
            st.error(f"没有登记。{plain(error)}")
            return
    st.session_state["desk_requested"] = handing_in.handed_in_words("商请登记", who)
    st.rerun()


def _row(asked: Request, state: object, step: str, day: str, until: str) -> dict[str, str]:
    """A row of the register: a new request, or the one that is open with one more day."""
    if not day:
        raise ValueError("请写日期")
    if step == SENT:
        return {
            "place_code": asked.label, "department": asked.department, "asked_on": day, "reply_by": until,
        }  # fmt: skip
    if state.state == "未商请":
        raise ValueError("还没有登记商请，不能登记回函")
    column = "replied_on" if step == "已回函" else "settled_on"
    return {
        "request_id": state.request_id, "place_code": asked.label, "department": asked.department,
        "asked_on": f"{state.asked_on:%Y-%m-%d}", column: day,
    }  # fmt: skip
