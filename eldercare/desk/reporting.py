"""Who owes which table for the present window, one click for 无变化, one cell to correct, and the log."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from eldercare import catalogue, durable, journal, releases, store
from eldercare.intake import accepting, forms, roles, submissions, windows
from eldercare.intake.roles import Person
from eldercare.intake.understood import Doubt
from eldercare.text import _, plain

TROUBLE = (ValueError, roles.NotAllowed, durable.NoSpace, Doubt)
SHAPES = {windows.REPORTED: "✓ ", windows.UNCHANGED: "✓ ", windows.WAITING: "● ", windows.MISSING: "■ "}
DID = {
    "upload": _("上传"), "edit": _("修改草稿"), "submit": _("提交"), "withdraw": _("撤回"), "return": _("退回"), "accept": _("接受"),
    "activate": _("启用版本"), "correct": _("更正一格"), "plan": _("报送计划"), "no_change": _("无变化"), "discard": _("未收下"),
}  # fmt: skip


def reporting_windows(who: Person | None) -> None:
    """The whole part 报送窗口."""
    package = store.current().package
    found = windows.windows(date.today())
    if not found:
        st.caption(_("还没有报送计划：哪个单位、哪张表、什么节奏、每期几号前。由审核人在下面添加。"))
    for number, window in enumerate(found):
        one, two = st.columns([6, 1], vertical_alignment="center")
        duty = window.duty
        one.markdown(
            _("{shape}**{status}**　{unit} · {table} · {rhythm} · {period}（{due}前）").format(
                shape=SHAPES[window.status],
                status=window.status,
                unit=plain(duty.unit),
                table=package.table(duty.table).title,
                rhythm=windows.RHYTHMS[duty.rhythm],
                period=window.period,
                due=_("{m}月{d}日").format(m=window.due.month, d=window.due.day),
            )
        )
        open_ = window.status in (windows.WAITING, windows.MISSING)
        if open_ and who is not None and who.submits and two.button(_("无变化"), key=f"desk_no_change_{number}"):
            windows.no_change(duty, window.period, who)
            st.rerun()
    if who is not None and who.reviews:
        _plan(who, package)


def _plan(who: Person, package: catalogue.Package) -> None:
    titles = {package.table(name).title: name for name in forms.TABLES}
    rhythms = {words: name for name, words in windows.RHYTHMS.items()}
    with st.form("desk_plan", clear_on_submit=True):
        one, two, three, four, five = st.columns([2, 1.5, 1, 1, 1], vertical_alignment="bottom")
        unit = one.text_input(_("报送单位"), placeholder=_("如 某市民政局"))
        table = two.selectbox(_("数据表"), list(titles), placeholder=_("选择数据表"))
        rhythm = three.selectbox(_("节奏"), list(rhythms), placeholder=_("选择节奏"))
        due = four.selectbox(_("下月几日前"), list(range(1, 29)), index=9, placeholder=_("选择"))
        if five.form_submit_button(_("添加")):
            try:
                windows.set_plan([*windows.plan(), windows.Duty(unit.strip(), titles[table], rhythms[rhythm], due)], who)
            except TROUBLE as error:
                st.error(plain(error))
            else:
                st.rerun()


def correcting(who: Person | None) -> None:
    """The whole part 更正一格."""
    st.caption(_("不用 Excel 改正一个单元格：写明理由，经审核后成为新版本，并记入更正表。来源不变；换来源请用导入。"))
    context = accepting.current_context()
    titles = {context.package.table(name).title: name for name in forms.TABLES if forms.form(context.package.table(name)).key}
    one, two = st.columns([1, 2])
    form = forms.form(context.package.table(titles[one.selectbox(_("数据表"), list(titles), key="desk_cell_table", placeholder=_("选择"))]))
    rows = {
        " ".join(filter(None, (r[form.key], r.get("name") or r.get("title") or r.get("quote", "")[:30]))): r
        for r in context.rows(form.name)
    }
    chosen = two.selectbox(_("哪一行"), list(rows), index=None, key="desk_cell_row", placeholder=_("输入编号或名称查找"))
    if not chosen:
        return
    row = rows[chosen]
    labels = {code: place["label"] for code, place in context.gazetteer.by_code.items()}
    columns = {c.title: c for c in form.columns if c.kind not in ("key", "price", "parties") and c.name not in ("source_id", "quote")}
    column = columns[one.selectbox(_("哪一列"), list(columns), key="desk_cell_column", placeholder=_("选择"))]
    now = forms.cell_of(column, row, labels)
    two.text_input(_("现在的值"), str(now) if now != "" else _("（空）"), disabled=True)
    if who is None or not who.submits:
        return
    with st.form("desk_cell", clear_on_submit=True):
        value = st.text_input(_("改为（留空即改为未上报）"), placeholder=_("写法与表格里相同"))
        reason = st.text_input(_("理由与依据"), placeholder=_("如 录入时抄错，原文为……"))
        if st.form_submit_button(_("提交更正")):
            try:
                submissions.correct(form.name, {form.key: row[form.key], column.name: value.strip()}, reason, who)
            except TROUBLE as error:
                st.error(plain(error))
            else:
                st.success(_("已提交，见“审核”。"))


def log(_who: Person | None) -> None:
    """The whole part 日志: everything that was done, newest first, and whether the chain is whole."""
    entries = journal.entries(releases.home())
    if broken := journal.broken(releases.home()):
        st.error(_("日志第{lines}行与前一行对不上：文件可能被改动过。").format(lines="、".join(map(str, broken[:10]))))
    if not entries:
        st.caption(_("还没有记录。"))
        return
    rows = [
        (
            plain(e["at"][:19].replace("T", " ")),
            plain(e["who"]),
            DID.get(e["did"], plain(e["did"])),
            plain(e["what"][:40]),
            plain("；".join(str(e[n]) for n in ("file", "unit", "reason", "answer", "release") if e.get(n))),
        )
        for e in reversed(entries[-200:])
    ]
    st.table(pd.DataFrame(rows, columns=[_("时间"), _("谁"), _("做了什么"), _("对象"), _("说明")]), hide_index=True)
    st.caption(_("只追加，不修改；每行带有前一行的校验值。全部记录在 ELDERCARE_HOME 的 log.jsonl。共{n}条。").format(n=len(entries)))
