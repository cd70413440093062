"""From a file to a submission: template, upload, errors, fixes, source, difference, hand in."""

from __future__ import annotations

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx

from eldercare import clock
from eldercare.data import durable
from eldercare.data.validation import BrokenDatasets
from eldercare.intake import (
    accepting,
    admission,
    forms,
    reading,
    remembered,
    replies,
    returned,
    roles,
    submissions,
    templates,
    windows,
)
from eldercare.intake.accepting import Evaluation
from eldercare.intake.roles import Person
from eldercare.intake.submissions import Source, Submission
from eldercare.intake.understood import Doubt
from eldercare.releases.difference import GONE, Change
from eldercare.screen.desk import asking, mending, missing, showing
from eldercare.text import plain

TROUBLE = (reading.Refused, Doubt, durable.NotWritten, roles.NotAllowed, BrokenDatasets, ValueError)


def part(who: Person | None) -> None:
    """The whole part 导入."""
    showing.told("desk_handed_in")
    titles = showing.titles(who)
    left, right = st.columns([1, 2], gap="medium", vertical_alignment="bottom")
    table = titles[
        left.selectbox(
            "数据表",
            list(titles),
            key="intake_table",
            bind="query-params",
            placeholder="选择数据表",
        )
    ]
    with right:
        _downloads(table)
    may = who is not None and who.submits
    if visit := get_script_run_ctx(suppress_warning=True):
        admission.decide(visit.session_id, may)
    if not may:
        return
    # Any kind of file may be chosen: what is not taken is answered in Chinese, with how to save it.
    upload = st.file_uploader(
        f"把填好的表拖到这里，或点按钮选择（{reading.LIMITS}）", type=None, key="intake_file"
    )
    if upload is not None and st.session_state.get("desk_taken") != upload.file_id:
        st.session_state["desk_taken"] = upload.file_id
        st.session_state.pop("desk_refused", None)
        try:
            sheets = reading.read(upload.name, upload.getvalue())
            if said := returned.about(sheets):
                drafts = replies.take(upload.name, upload.getvalue(), sheets, said, who)
                st.session_state["intake_draft"] = drafts[0].id
                names = "、".join(showing.TITLES[draft.table] for draft in drafts)
                st.session_state["desk_handed_in"] = f"认出商请的核对表，已分表收下：{names}。"
                st.rerun()
            draft = submissions.start(upload.name, upload.getvalue(), table, who)
            # Its columns are checked too before it counts as a draft worth keeping on screen.
            st.session_state["intake_draft"] = draft.id
            showing.evaluated(draft)
        except TROUBLE as error:
            st.session_state["desk_refused"] = f"{upload.name}：{error}"
            if "intake_draft" in st.session_state and isinstance(error, reading.Refused):
                submissions.discard(st.session_state.pop("intake_draft"), who)
        else:
            # The page's first sentence counts it.
            st.rerun()
    if refused := st.session_state.get("desk_refused"):
        st.error(f"没有收下。{plain(refused)}", icon=":material/block:")
    drafts = {_words(s): s.id for s in submissions.listed(submissions.DRAFT, submissions.RETURNED)}
    if not drafts:
        return
    current = next(
        (
            words
            for words, identifier in drafts.items()
            if identifier == st.session_state.get("intake_draft")
        ),
        None,
    )
    one, two = st.columns([6, 1], vertical_alignment="bottom")
    chosen = one.selectbox(
        "草稿与退回件",
        list(drafts),
        index=list(drafts).index(current) if current else None,
        placeholder="选择一份继续",
    )
    if not chosen:
        return
    st.session_state["intake_draft"] = drafts[chosen]
    draft = submissions.read(drafts[chosen])
    if two.button(
        "撤回", key=f"desk_withdraw_{draft.id}", disabled=who.name not in draft.worked_on_by
    ):
        submissions.withdraw(draft.id, who)
        st.session_state.pop("intake_draft", None)
        st.rerun()
    _draft(draft, who)


def _form(table: str, filled: bool) -> bytes:
    context = accepting.current_context()
    return templates.template(forms.form(context.package.table(table)), context, filled)


def blank_form(table: str) -> None:
    """The empty form of a table, to be filled in and handed in."""
    st.download_button(
        "空白模板",
        partial(_form, table, False),
        f"{table}.xlsx",
        key=f"blank_{table}",
        on_click="ignore",
        icon=":material/download:",
    )


def _downloads(table: str) -> None:
    one, two, _rest = st.columns([1, 1.4, 1])
    with one:
        blank_form(table)
    two.download_button(
        "现有数据（改后可再上传）",
        partial(_form, table, True),
        f"{table}_current.xlsx",
        on_click="ignore",
        icon=":material/download:",
    )


def _words(submission: Submission) -> str:
    when = submission.created[:16].replace("T", " ")
    return " · ".join(
        (
            submission.filename,
            submissions.STATES[submission.state],
            submission.by,
            when,
            submission.id,
        )
    )


def _draft(draft: Submission, who: Person) -> None:
    if draft.answer:
        st.warning(f"退回理由：{plain(draft.answer)}")
    _settings(draft, who)
    draft = submissions.read(draft.id)
    try:
        found = showing.evaluated(draft)
    except TROUBLE as error:
        st.error(plain(error))
        return
    showing.summary(found)
    showing.understood(found)
    asking.part(found, who, remembered.of_unit(found.context, draft.source.unit, draft.table))
    missing.part(found, who)
    showing.findings(found)
    showing.private(found)
    mending.part(found, who)
    st.markdown("**与当前版本的差异**")
    showing.differences(
        found.proposal.changes, found.context.package, found.proposal.words, found.proposal.rows
    )
    _hand_in(found, who)


def _settings(draft: Submission, who: Person) -> None:
    """Source and scope: without a source the rows stay a draft."""
    with st.form(f"source_{draft.id}", border=True):
        st.markdown(
            "**来源** 单位报送写单位和日期；已有来源写编号。没有来源的行留作草稿，不会应用。"
        )
        one, two, three, four = st.columns([2, 1.2, 2, 1])
        unit = _unit(one, draft.source.unit)
        day = two.text_input("报送日期", draft.source.day, placeholder="如 2024年9月")
        title = three.text_input("材料标题", draft.source.title, placeholder="可不填")
        source = four.text_input("来源编号", draft.source.source_id, placeholder="如 S001")
        complete = st.checkbox("这是完整名单：文件里没有的行，逐条确认后删除", draft.complete)
        within = _within(draft)
        if not st.form_submit_button("保存来源与范围"):
            return
        try:
            known = {row["source_id"] for row in accepting.current_context().rows("sources")}
            if source.strip() and source.strip() not in known:
                raise Doubt(f"没有来源“{source}”")
            given = Source(source.strip(), unit, day.strip(), title.strip())
            submissions.change(
                draft.id, who, clock.today(), source=given, complete=complete, within=within
            )
        except TROUBLE as error:
            st.error(plain(error))


def _within(draft: Submission) -> tuple[str, ...]:
    """The places that a complete list speaks of; none chosen are those that its rows name."""
    gazetteer = accepting.current_context().gazetteer
    here = {
        row["label"]: code
        for code, row in gazetteer.by_code.items()
        if row["in_delta"] == "true" and not row["valid_to_year"]
    }
    labels = [gazetteer.label(code) for code in draft.within]
    chosen = st.multiselect(
        "完整名单包括哪些地区（不选就是文件里写到的地区）",
        list(here),
        labels,
        placeholder="如 苏州市",
    )
    return tuple(here[label] for label in chosen)


def _unit(column: DeltaGenerator, now: str) -> str:
    """A unit of the reporting plan, so that its report is found again, or any other, written out."""
    planned = list(dict.fromkeys(duty.unit for duty in windows.plan()))
    chosen = None
    if planned:
        index = planned.index(now) if now in planned else None
        chosen = column.selectbox("报送计划里的单位", planned, index=index, placeholder="选择单位")
    other = column.text_input(
        "报送单位",
        "" if now in planned else now,
        placeholder="不在计划里的写全称" if planned else "如 某市民政局",
    )
    return other.strip() or chosen or ""


def _hand_in(found: Evaluation, who: Person) -> None:
    waits = found.proposal.checked.waits
    if waits:
        st.warning("上面关于整个文件的问题还没有回答：答完才能提交。")
    lacking: list[Change] = [
        c for c in found.proposal.changes if c not in found.acceptable and c.kind != GONE
    ]
    if lacking and not waits:
        st.warning(
            f"有{len(lacking)}处变化没有来源，留作草稿：请在上面写明报送单位和日期，或来源编号。"
        )
    if st.button(
        "提交审核",
        type="primary",
        disabled=not found.acceptable,
        key=f"desk_submit_{found.submission.id}",
    ):
        submissions.submit(found.submission.id, who)
        st.session_state.pop("intake_draft", None)
        st.session_state["desk_handed_in"] = handed_in_words(found.submission.filename, who)
        st.rerun()


def handed_in_words(what: str, who: Person) -> str:
    """What happens next with something that was handed in."""
    if who.own_eyes_suffice:
        next_ = "下一步：在上面选“审核”，看一遍差异，接受后成为新版本。"
    else:
        next_ = (
            "下一步：由另一位审核人在“审核”里看差异，接受后成为新版本；退回的会带着理由回到这里。"
        )
    return f"已提交 {plain(what)}，看板上的数据还没有变。{next_}"
