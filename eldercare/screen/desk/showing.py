"""How findings and differences look: tables of plain text, the first rows on screen and all of them in a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

import pandas as pd
import streamlit as st

from eldercare.data import catalogue
from eldercare.intake import accepting, questions, roles, submissions, windows, wording
from eldercare.intake.accepting import Evaluation
from eldercare.intake.checking import ERROR, LEVELS, Checked, Finding
from eldercare.intake.context import Context
from eldercare.intake.roles import Person
from eldercare.intake.sheets import where
from eldercare.intake.submissions import Submission
from eldercare.measures import DESK_SIGNS
from eldercare.releases import Release
from eldercare.releases.difference import CHANGED, GONE, NEW, Change, Conflict, Row
from eldercare.text import plain

ON_SCREEN = 100
# What people call the tables that can be filed; a row of `observations` is a value of an indicator.
TITLES = {
    "institutions": "机构",
    "institution_events": "机构停业、更名、迁址、合并",
    "institution_lists": "公布名单的批次",
    "institution_list_members": "名单里的机构",
    "observations": "指标数值",
    "confirmations": "部门核定",
    "task_lists": "任务清单",
    "tasks": "清单里的任务",
    "task_units": "任务的责任单位",
    "task_reports": "责任单位反馈",
    "agreements": "协议",
    "agreement_parties": "协议参与方及角色",
    "events": "事件",
    "data_requests": "商请补充数据的函",
    "obstacles": "堵点（内部）",
    "obstacle_parties": "堵点涉及的各方（内部）",
}
PRIVATE = re.compile(
    r"法定代表人|法人代表|负责人|联系人|院长|经办人|填报人|电话|手机|传真|身份证|邮箱|微信"
)
Told = TypeVar("Told", Change, Conflict)
KIND_WORDS = {NEW: "＋ 新增", CHANGED: "≠ 修改", GONE: "－ 删除"}


def titles(who: Person | None) -> dict[str, str]:
    """The tables that someone may see, by what people call them; those for internal use only for who files or reviews."""
    package = accepting.current_context().package
    return {
        words: name
        for name, words in TITLES.items()
        if roles.may_read(who) or not package.table(name).is_internal
    }


def public(changes: list[Told], package: catalogue.Package, who: Person | None) -> list[Told]:
    """The changes or conflicts that someone may see."""
    return [c for c in changes if roles.may_read(who) or not package.table(c.table).is_internal]


def troubles(who: Person | None) -> None:
    """What cannot be read on this page, by name, for those who may know of it; the rest of the page goes on without it."""
    if not roles.may_read(who):
        return
    lost = [
        f"报送 {number} 的记录读不出来，不在下面的清单里。" for number in submissions.unreadable()
    ]
    for words in filter(None, [*lost, windows.fault()]):
        st.error(plain(words), icon=":material/error:")


def told(key: str = "desk_told") -> None:
    """What the last step did, said once."""
    if words := st.session_state.pop(key, None):
        st.success(words, icon=":material/check:")


def new_release(step: Callable[[], Release], trouble: tuple[type[Exception], ...]) -> None:
    """Takes a step that activates a release and draws the page anew with its number; says why it could not."""
    try:
        release = step()
    except trouble as error:
        st.error(plain(error))
        return
    st.session_state["desk_told"] = f"已启用版本 {release.short}（{release.version}）。"
    st.rerun()


def evaluated(submission: Submission) -> Evaluation:
    """The submission against the present data; computed once until one of the two changes. Raises `Refused`."""
    key = (submission, accepting.state())
    kept = st.session_state.get("desk_evaluated")
    if kept is None or kept[0] != repr(key):
        bar = st.progress(0.0, text="逐行检查…")
        try:
            found = accepting.evaluate(
                submission, lambda share: bar.progress(min(share, 1.0), text="逐行检查…")
            )
        finally:
            bar.empty()
        kept = st.session_state["desk_evaluated"] = (repr(key), found)
    return kept[1]


def summary(found: Evaluation) -> None:
    """One line: rows read, good, wrong, changed."""
    checked = found.proposal.checked
    bad = sum(not line.good for line in checked.lines)
    kinds = {
        kind: sum(change.kind == kind for change in found.proposal.changes) for kind in KIND_WORDS
    }
    st.markdown(
        "读到 **{all}** 行：**{bad}** 行有错误，{same} 行没有变化{left}；将新增 **{new}**、修改 **{changed}**、删除 **{gone}**。".format(
            all=len(checked.lines),
            bad=bad,
            same=found.proposal.unchanged,
            left=f"，{len(checked.left)} 行按决定不收" if checked.left else "",
            new=kinds[NEW],
            changed=kinds[CHANGED],
            gone=kinds[GONE],
        )
    )


def understood(found: Evaluation) -> None:
    """How each column of the file was taken."""
    checked = found.proposal.checked
    with st.expander(f"列的理解（工作表“{plain(checked.sheet)}”）"):
        st.table(
            pd.DataFrame(
                [
                    (
                        use.letter,
                        plain(use.heading),
                        plain(checked.form.column(use.column).title),
                        use.filled,
                        use.errors,
                    )
                    for use in checked.uses
                ],
                columns=["列", "表头", "理解为", "有内容（格）", "错误（处）"],
            ),
            hide_index=True,
        )


def findings(found: Evaluation, with_questions: bool = False) -> None:
    """What no single answer settles first, then what a reader should know; the same thing on many rows is one line."""
    checked = found.proposal.checked
    errors = checked.errors if with_questions else questions.others(checked)
    listed = [*errors, *(f for f in checked.findings if f.level != ERROR)]
    if not listed:
        if not checked.errors:
            st.success("没有发现问题。", icon=":material/check:")
        return
    grouped: dict[tuple[str, ...], list[Finding]] = {}
    for f in listed:
        # Notes that say the same of different values are one line; what is wrong is said value by value.
        own = f.value if f.level == ERROR or f.value in f.reason else ""
        grouped.setdefault((f.level, f.column, own, f.reason, f.proposal), []).append(f)
    rows = [
        (
            f"{DESK_SIGNS[level]} {LEVELS[level]}",
            _lines(same, checked),
            plain(column),
            plain(own or _values(same)),
            plain(reason),
            plain(proposal),
        )
        for (level, column, own, reason, proposal), same in list(grouped.items())[:ON_SCREEN]
    ]
    st.table(
        pd.DataFrame(rows, columns=["级别", "行", "列", "写法", "问题", "建议"]).astype(str),
        hide_index=True,
    )
    if len(grouped) > ON_SCREEN or checked.unlisted:
        words = f"这里显示前{ON_SCREEN}种，共{len(grouped)}种；全部见错误报告。"
        st.caption(words + (f"另有{checked.unlisted}处没有逐条列出。" if checked.unlisted else ""))


def _lines(same: list[Finding], checked: Checked) -> str:
    """The rows of a finding: the first of them, and how many there are."""
    named = [checked.place_of(f.line) for f in same[:3] if f.line]
    return "、".join(named) + (f"等{len(same)}行" if len(same) > 3 else "")


def _values(same: list[Finding]) -> str:
    """What is written in the cells of a note, the first few of different values."""
    values = list(dict.fromkeys(f.value for f in same if f.value))
    return "、".join(values[:3]) + (f"等{len(values)}种" if len(values) > 3 else "")


def private(found: Evaluation) -> None:
    """Says what becomes of columns that look like a person's name or number."""
    headings = [
        f.value
        for f in found.proposal.checked.findings
        if f.column and f.field in ("", f.column) and PRIVATE.search(f.value)
    ]
    if headings:
        words = "文件里有像个人联系方式的列：{names}。数据里不会收；但原件会随版本保存，能看版本文件夹的人都看得到。不宜保存的，请删去这些列再上传。"
        st.warning(words.format(names=plain("、".join(headings))), icon=":material/person_off:")


def differences(
    changes: list[Change],
    package: catalogue.Package,
    words: dict[str, str] | None = None,
    after: dict[str, Row] | None = None,
) -> None:
    """Changes as a table: what, which row, and field by field the old and the new value; `after` holds whole rows by name of change."""
    if not changes:
        st.caption("没有变化。")
        return
    rows, context = [], accepting.current_context()
    for change in changes[:ON_SCREEN]:
        table = package.table(change.table)
        name = (words or {}).get(change.name) or next(
            (after or before for n, before, after in change.fields if n in ("name", "title")), ""
        )
        key = (
            (where(change.line, []) if change.line else "")
            if change.key[0].startswith("+")
            else " ".join(change.key)
        )
        rows.append(
            (
                KIND_WORDS[change.kind],
                plain(table.title),
                plain(key),
                plain(name),
                _fields(change, context, (after or {}).get(change.name)),
            )
        )
    headings = ["变化", "数据表", "编号", "名称", "字段：原值 → 新值"]
    st.table(pd.DataFrame(rows, columns=headings), hide_index=True)
    if len(changes) > ON_SCREEN:
        st.caption(f"这里显示前{ON_SCREEN}处，共{len(changes)}处。")


def _fields(change: Change, context: Context, after: Row | None) -> str:
    parts = []
    for title, *values in wording.of_change(change, context, after):
        old, new = (plain(value[:80]) or "（空）" for value in values)
        parts.append(
            f"**{plain(title)}** {old} → {new}"
            if change.kind == CHANGED
            else f"**{plain(title)}** {new if change.kind == NEW else old}"
        )
    return "；".join(parts)
