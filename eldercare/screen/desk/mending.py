"""One cell of the file put right on the page, recorded as a correction of who did it; and the report for the unit."""

from __future__ import annotations

from functools import partial

import streamlit as st

from eldercare.intake import error_report, submissions
from eldercare.intake.accepting import Evaluation
from eldercare.intake.findings import ERROR, Finding
from eldercare.intake.forms import Form
from eldercare.intake.roles import Person
from eldercare.intake.submissions import Submission
from eldercare.measures import DESK_SIGNS
from eldercare.text import plain


def part(found: Evaluation, who: Person) -> None:
    """Any cell of any row, whether something is wrong with it or not; what was put right so far, each to be taken back."""
    checked, draft = found.proposal.checked, found.submission
    if checked.findings:
        st.download_button(
            "错误报告（.xlsx，可发回单位）",
            partial(error_report.report, checked, draft.filename),
            "错误报告" + ".xlsx",
            on_click="ignore",
            icon=":material/download:",
        )
    with st.expander("改正一格（不用回到 Excel）", expanded=bool(draft.fixes)):
        _form(found, who)
        for number, (line, name, value) in enumerate(draft.fixes):
            one, two = st.columns([6, 1], vertical_alignment="center")
            one.markdown(plain(words_of((line, name, value), checked.form, checked.place_of(line))))
            if two.button(
                "撤销", key=f"desk_unfix_{number}_{draft.id}_{line}_{name}", width="stretch"
            ):
                submissions.change(
                    draft.id,
                    who,
                    fixes=tuple(fix for fix in draft.fixes if fix != (line, name, value)),
                )
                st.rerun()


def words_of(fix: tuple[int, str, str], form: Form, place: str) -> str:
    """A correction of a cell, in words."""
    _line, name, value = fix
    title = next((column.title for column in form.columns if column.name == name), f"{name}列")
    return f"{place} {title} 改为“{value}”"


def _form(found: Evaluation, who: Person) -> None:
    checked, draft = found.proposal.checked, found.submission
    lines = {line.number: line for line in checked.lines}
    unknown = {
        _name(f, checked.place_of(f.line)): f
        for f in checked.findings
        if f.level != ERROR and f.field and f.field == f.column
    }
    titles = {c.title: c.name for c in checked.form.columns if c.name != "price"}
    with st.form(f"mend_{draft.id}", border=False, clear_on_submit=True):
        one, two, three, four = st.columns([2, 2, 2, 1], vertical_alignment="bottom")
        wrong = {f.line for f in checked.errors if f.line}
        rows = {
            _row(lines[n].written, checked.place_of(n), n in wrong): n
            for n in sorted(lines, key=lambda n: n not in wrong)
        }
        row = one.selectbox(
            "哪一行", [*unknown, *rows], index=None, placeholder="输入行号或名称查找"
        )
        title = two.selectbox("哪一列", list(titles), index=None, placeholder="选择列")
        value = three.text_input("改为", placeholder="写法与表格里相同")
        if not four.form_submit_button("改正", width="stretch") or not row or not title:
            return
        if row in unknown:
            fix = (unknown[row].line, unknown[row].field, title)
        elif value.strip():
            fix = (rows[row], titles[title], value.strip())
        else:
            st.error("请写出正确的值。")
            return
        submissions.change(draft.id, who, fixes=with_fix(draft, fix))
        st.rerun()


def with_fix(draft: Submission, fix: tuple[int, str, str]) -> tuple[tuple[int, str, str], ...]:
    """The corrections of a draft with one more; a later one on the same cell counts."""
    return (*(other for other in draft.fixes if other[:2] != fix[:2]), fix)


def _row(written: dict[str, str], place: str, is_wrong: bool) -> str:
    mark = f"{DESK_SIGNS['error']} " if is_wrong else ""
    return f"{mark}{place} {next(iter(written.values()), '')}"


def _name(finding: Finding, place: str) -> str:
    return f"{place} 不认识的{finding.field}列“{finding.value}”是…"
