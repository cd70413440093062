"""Who owes which table for which period, one click for 无变化, one cell to correct, and the log."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from eldercare import clock, files, releases
from eldercare.data import durable
from eldercare.intake import accepting, forms, roles, submissions, windows
from eldercare.intake.roles import Person
from eldercare.intake.understood import Doubt
from eldercare.measures import DESK_SIGNS
from eldercare.releases import journal
from eldercare.screen.desk import handing_in, showing
from eldercare.text import plain

TROUBLE = (ValueError, roles.NotAllowed, durable.NotWritten, Doubt)
SHAPES = {
    windows.REPORTED: DESK_SIGNS["reported"],
    windows.UNCHANGED: DESK_SIGNS["unchanged"],
    windows.WAITING: DESK_SIGNS["waiting"],
    windows.MISSING: DESK_SIGNS["missing"],
}
ON_SCREEN = 200
DID = {
    "upload": "上传", "edit": "修改草稿", "submit": "提交", "withdraw": "撤回", "return": "退回", "accept": "接受",
    "activate": "启用版本", "correct": "更正一格", "plan": "报送计划", "no_change": "无变化", "discard": "未收下",
    "finish": "结束，余下不收", "ask_merge": "提请合并", "command_line": "命令行代报",
    "mend": "恢复登记簿",
}  # fmt: skip


def waiting(who: Person | None) -> dict[str, int]:
    """How much waits for someone, for the page's first sentence; nothing for who may not know."""
    if not roles.may_read(who):
        return {}
    return {
        "to_review": len(submissions.listed(submissions.SUBMITTED)),
        "drafts": len(submissions.listed(submissions.DRAFT, submissions.RETURNED)),
        "missing": sum(
            window.status == windows.MISSING for window in windows.windows(clock.today())
        ),
    }


def reporting_windows(who: Person | None) -> None:
    """The whole part 报送窗口."""
    duties, found = windows.plan(), windows.windows(clock.today())
    if not found:
        st.caption("还没有报送计划：哪个单位、哪张表、什么节奏、每期几号前。由审核人在下面添加。")
    else:
        words = "已提交和已接受的算已报，草稿和退回的不算。报送日期写期间（如 2024年9月）的算那一期；写某一天的算那天所在的一期，在上期截止日前的算上一期。"
        st.caption(words)
    for number, window in enumerate(found):
        one, two, three = st.columns([6, 1, 1], vertical_alignment="center")
        duty = window.duty
        one.markdown(
            "{shape} **{status}**　{unit} · {table} · {rhythm} · {period}（{due}前）".format(
                shape=SHAPES[window.status],
                status=window.status,
                unit=plain(duty.unit),
                table=showing.TITLES[duty.table],
                rhythm=windows.RHYTHMS[duty.rhythm],
                period=window.period,
                due=f"{window.due.year}年{window.due.month}月{window.due.day}日",
            )
        )
        ended = window.last < clock.today() and window.status in (windows.WAITING, windows.MISSING)
        if (
            ended
            and who is not None
            and who.submits
            and two.button("无变化", key=f"desk_no_change_{number}")
        ):
            _try(partial(windows.no_change, duty, window.period, who))
        is_first = number == 0 or found[number - 1].duty != duty
        if (
            is_first
            and who is not None
            and who.reviews
            and three.button("删除", key=f"desk_drop_{number}", help="从报送计划里删去")
        ):
            _try(partial(windows.set_plan, [d for d in duties if d != duty], who))
    if who is not None and who.reviews:
        _plan(duties, who)


def _try(step: Callable[[], object]) -> None:
    try:
        step()
    except TROUBLE as error:
        st.error(plain(error))
    else:
        st.rerun()


def _plan(duties: list[windows.Duty], who: Person) -> None:
    titles = {words: name for name, words in showing.TITLES.items()}
    rhythms = {words: name for name, words in windows.RHYTHMS.items()}
    with st.form("desk_plan", clear_on_submit=True):
        one, two, three, four, five, six = st.columns(
            [2, 1.3, 1, 1, 1.3, 0.8], vertical_alignment="bottom"
        )
        unit = one.text_input("报送单位", placeholder="如 某市民政局")
        table = two.selectbox("数据表", list(titles), placeholder="选择数据表")
        rhythm = three.selectbox("节奏", list(rhythms), placeholder="选择节奏")
        due = four.selectbox("下月几日前", list(range(1, 29)), index=9, placeholder="选择")
        since = five.text_input("从哪天起", clock.today().isoformat(), placeholder="如 2024-09-01")
        if six.form_submit_button("添加"):
            _try(
                lambda: windows.set_plan(
                    [
                        *duties,
                        windows.begun(unit.strip(), titles[table], rhythms[rhythm], due, since),
                    ],
                    who,
                )
            )


def correcting(who: Person | None) -> None:
    """The whole part 更正一格."""
    st.caption(
        "不用 Excel 改正一个单元格：写明理由，经审核后成为新版本，并记入更正表。来源不变；换来源请用导入。"
    )
    context = accepting.current_context()
    titles = {
        words: name
        for words, name in showing.titles(who).items()
        if forms.form(context.package.table(name)).key
    }
    one, two = st.columns([1, 2])
    form = forms.form(
        context.package.table(
            titles[one.selectbox("数据表", list(titles), key="desk_cell_table", placeholder="选择")]
        )
    )
    rows = {
        " ".join(
            filter(None, (r[form.key], r.get("name") or r.get("title") or r.get("quote", "")[:30]))
        ): r
        for r in context.rows(form.name)
    }
    chosen = two.selectbox(
        "哪一行", list(rows), index=None, key="desk_cell_row", placeholder="输入编号或名称查找"
    )
    if not chosen:
        return
    row = rows[chosen]
    labels = {code: place["label"] for code, place in context.gazetteer.by_code.items()}
    columns = {
        c.title: c
        for c in form.columns
        if c.kind not in ("key", "price", *forms.COMPANIONS)
        and c.name not in ("source_id", "quote")
    }
    column = columns[
        one.selectbox("哪一列", list(columns), key="desk_cell_column", placeholder="选择")
    ]
    now = forms.cell_of(column, row, labels)
    two.text_input("现在的值", str(now) if now != "" else "（空）", disabled=True)
    if who is None or not who.submits:
        return
    if told := st.session_state.pop("desk_corrected", None):
        st.success(told, icon=":material/check:")
    with st.form("desk_cell"):
        value = st.text_input("改为（留空即改为公开资料未载）", placeholder="写法与表格里相同")
        reason = st.text_input("理由与依据", placeholder="如 录入时抄错，原文为……")
        if st.form_submit_button("提交更正"):
            try:
                accepting.correct(
                    form.name, {form.key: row[form.key], column.name: value.strip()}, reason, who
                )
            except TROUBLE as error:
                proposal = (
                    f"　建议：{plain(error.proposal)}" if getattr(error, "proposal", "") else ""
                )
                st.error(f"没有提交。{plain(error)}" + proposal)
            else:
                st.session_state["desk_corrected"] = handing_in.handed_in_words(
                    f"{chosen} · {column.title}", who
                )
                st.rerun()


def log(who: Person | None) -> None:
    """The whole part 日志: everything that was done, newest first, and whether the chain is whole."""
    if not roles.may_read(who):
        st.caption("日志记有经办人，只给登录后有报送、审核或查看权限的人看。")
        return
    entries = journal.entries(releases.home())
    if broken := journal.broken(releases.home()):
        st.error(
            "日志第{lines}行与前一行对不上：文件可能被改动过。".format(
                lines="、".join(map(str, broken[:10]))
            )
        )
    if not entries:
        st.caption("还没有记录。")
        return
    names = {s.id: s.filename or "更正一格" for s in submissions.listed()}
    versions = {r.id: f"{r.short}（{r.version}）" for r in releases.listed()}
    rows = pd.DataFrame(
        [_logged(e, names, versions) for e in reversed(entries)],
        columns=["时间", "谁", "做了什么", "对象", "说明"],
    )
    one, two, three = st.columns([1.5, 2.5, 1], vertical_alignment="bottom")
    did = one.multiselect(
        "做了什么", list(dict.fromkeys(rows["做了什么"])), key="desk_log_did", placeholder="全部"
    )
    words = two.text_input(
        "找（人、文件、单位、版本）", key="desk_log_words", placeholder="如 九月.csv"
    ).strip()
    if did:
        rows = rows[rows["做了什么"].isin(did)]
    if words:
        rows = rows[rows.apply(lambda row: any(words in cell for cell in row), axis=1)]
    notes = [("内容", "数据更新日志"), ("条数", str(len(rows)))]
    file = partial(files.workbook, notes, {"日志": rows})
    three.download_button(
        "下载 Excel", file, "日志" + ".xlsx", on_click="ignore", icon=":material/download:"
    )
    st.table(rows[:ON_SCREEN].map(plain), hide_index=True)
    shown = f"筛出{len(rows)}条，这里显示最近{min(len(rows), ON_SCREEN)}条。"
    st.caption(
        shown
        + f"只追加，不修改；每行带有前一行的校验值。全部记录在 ELDERCARE_HOME 的 ledger.sqlite，共{len(entries)}条。"
    )


def _logged(entry: dict, names: dict[str, str], versions: dict[str, str]) -> tuple[str, ...]:
    """One action in words: files and releases by their names."""
    what = names.get(entry["what"]) or versions.get(entry["what"]) or entry["what"][:40]
    said = {
        name: str(entry[name])
        for name in ("table", "unit", "author", "reason", "answer", "release", "before")
        if entry.get(name)
    }
    if "table" in said:
        said["table"] = showing.TITLES.get(said["table"], said["table"])
    for name in ("release", "before"):
        if name in said:
            said[name] = versions.get(said[name], said[name][:8])
    if "before" in said:
        said["before"] = "原为 {id}".format(id=said["before"])
    if entry.get("left_over"):
        said["left_over"] = "余下{n}行".format(n=entry["left_over"])
    done = DID.get(entry["did"], entry["did"])
    return entry["at"][:19].replace("T", " "), entry["who"], done, what, "；".join(said.values())
