"""What goes out from the page of tasks: letters to the units of the tasks in sight, and the days ahead for a calendar."""

from __future__ import annotations

from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from eldercare import store
from eldercare.faces import office_templates
from eldercare.intake import dates
from eldercare.intake.understood import Doubt
from eldercare.letters import calendar_file, task_letters
from eldercare.letters.task_letters import DEPARTMENTS, NotFitting, Sender
from eldercare.text import plain

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def letters(rows: pd.DataFrame, as_of: date, unit: str = "") -> None:
    """Letters to the units of these tasks (`tasks.board`), or to one of them; what kind each is follows from who writes."""
    # A task that was chosen to be looked at is the one to write about.
    chosen = st.query_params.get("tasks_task", "").split(" ")[0]
    rows = rows[rows["task_id"] == chosen] if chosen in rows["task_id"].tolist() else rows
    if days := calendar_file.due(rows, as_of):
        st.download_button(
            f"日历（{len(days)}个将来的时限）",
            partial(calendar_file.ics, days, as_of),
            "任务时限.ics",
            "text/calendar",
            on_click="ignore",
            icon=":material/calendar_month:",
        )
    if not ((rows["list_kind"] != "achievement") & rows["in_delta"]).any():
        return
    with st.expander("生成公函：工作提示、商请函、会商函"):
        provinces = store.ask("places_of_level", level="province").set_index("label")["place_code"]
        one, two, three, four = st.columns(4, vertical_alignment="bottom")
        province = one.selectbox(
            "发函单位在", list(provinces.index), key="tasks_from", placeholder="选择省（市）"
        )
        department = two.selectbox(
            "发函部门", list(DEPARTMENTS), key="tasks_department", placeholder="选择部门"
        )
        until = three.text_input(
            "反馈时间", key="tasks_reply", placeholder="可不填，如 2027年1月15日"
        )
        decision = four.text_input(
            "督办立项依据", key="tasks_decision", placeholder="有立项才填，限本省（市）"
        )
        st.caption(
            "本省（市）内用工作提示，部门之间用会商函，跨省（市）用商请函或会商函；督办单须写明立项依据。"
        )
        try:
            sender = Sender(provinces[province], department, decision, dates.single(until))
            made = task_letters.by_unit(rows, sender, as_of)
        except (NotFitting, Doubt) as error:
            st.error(plain(error))
            return
        made = [letter for letter in made if not unit or letter.unit == unit]
        if fault := office_templates.fault(office_templates.PAPER):
            st.error(plain(fault))
            return
        st.markdown(
            "；".join(f"{plain(each.unit)}：{each.kind}（{len(each.rows)}项）" for each in made)
        )
        if len(made) == 1:
            data, name, kind = partial(task_letters.docx, made[0]), task_letters.name(made[0]), WORD
        else:
            data, name, kind = partial(task_letters.zipped, made), "公函.zip", "application/zip"
        st.download_button(
            "下载公函（Word）" if len(made) == 1 else f"下载{len(made)}份公函（压缩包）",
            data,
            name,
            kind,
            on_click="ignore",
            icon=":material/download:",
            disabled=not made,
        )
