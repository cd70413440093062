"""The part 记住的回答: what each unit's lists were answered before, to be seen by all who may, changed or forgotten by a reviewer."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from eldercare import clock, releases
from eldercare.data import durable
from eldercare.data.validation import BrokenDatasets
from eldercare.intake import accepting, forms, remembered, roles
from eldercare.intake.context import Context
from eldercare.intake.decisions import BLANK, KEEP, LEAVE, TAKE, Decision
from eldercare.intake.roles import Person
from eldercare.releases.difference import Row
from eldercare.screen.desk import asking, showing
from eldercare.text import plain

TROUBLE = (releases.Overtaken, roles.NotAllowed, BrokenDatasets, durable.NotWritten, ValueError)
ACTIONS = {"改为另一个值": TAKE, "这一格不收": BLANK, "不收这些行": LEAVE, "照原样": KEEP}


def part(who: Person | None) -> None:
    """The whole part 记住的回答."""
    showing.told()
    if not roles.may_read(who):
        st.caption("记住的回答只给登录后有报送、审核或查看权限的人看。")
        return
    st.caption(
        "报送时对一种写法的回答，按单位记在版本里；下次只作提示，不自动采用。审核人可以改写或删去，每次成为一个新版本。"
    )
    context = accepting.current_context()
    rows = context.rows(remembered.TABLE)
    if not rows:
        st.caption("还没有记住的回答：接受一份带有回答的报送以后，才会有。")
        return
    units = list(dict.fromkeys(row["unit"] for row in rows))
    unit = st.selectbox("报送单位", units, key="desk_remembered_unit", placeholder="选择单位")
    own = [row for row in rows if row["unit"] == unit]
    st.table(
        pd.DataFrame([_line(row, context) for row in own[: showing.ON_SCREEN]]), hide_index=True
    )
    if who is not None and who.reviews:
        _edit(own, context, who)


def _line(row: Row, context: Context) -> dict[str, str]:
    return {
        "数据表": showing.TITLES.get(row["table_name"], row["table_name"]),
        "列": plain(_column(row, context)),
        "写法": plain(asking.words_of(remembered.decision_of(row))),
        "回答": plain(asking.done(remembered.decision_of(row), context)),
        "日期": row["decided_on"],
    }


def _column(row: Row, context: Context) -> str:
    """The title of the column that an answer is about."""
    form = forms.form(context.package.table(row["table_name"]))
    return next((column.title for column in form.columns if column.name == row["column_name"]), "—")


def _edit(own: list[Row], context: Context, who: Person) -> None:
    names = {
        f"{_column(row, context)} {asking.words_of(remembered.decision_of(row))}（{showing.TITLES.get(row['table_name'], '')}）": row
        for row in own
    }
    with st.form("desk_remembered"):
        one, two, three = st.columns([2, 1.2, 1.5])
        chosen = one.selectbox("哪一条", list(names), index=None, placeholder="选择写法")
        action = ACTIONS[two.selectbox("新的回答", list(ACTIONS), placeholder="选择")]
        value = three.text_input("改为", placeholder="写法与表格里相同")
        four, five, six = st.columns([3, 1, 1], vertical_alignment="bottom")
        reason = four.text_input("理由", placeholder="如 单位来函更正")
        write = five.form_submit_button("改写", width="stretch")
        forget = six.form_submit_button("删去", width="stretch")
    if not write and not forget:
        return
    if not chosen:
        st.error("请选择一条。")
        return
    row = names[chosen]
    new = None if forget else Decision(row["column_name"], row["written"], action, value)
    showing.new_release(
        lambda: remembered.replace(row, new, who, reason, clock.today().isoformat()), TROUBLE
    )
