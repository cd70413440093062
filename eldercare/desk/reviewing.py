"""The second pair of eyes: what was submitted, what it would change, accept all or a part, or send it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from eldercare import durable, releases
from eldercare.desk import showing
from eldercare.intake import accepting, reading, roles, submissions
from eldercare.intake.accepting import Evaluation
from eldercare.intake.roles import Person
from eldercare.intake.submissions import Submission
from eldercare.releases import Release
from eldercare.text import _, plain
from eldercare.validation import BrokenDatasets

TROUBLE = (
    releases.Overtaken,
    roles.NotAllowed,
    accepting.NothingToAccept,
    BrokenDatasets,
    durable.NotWritten,
    reading.Refused,
    ValueError,
)


def part(who: Person | None) -> None:
    """The whole part 审核."""
    if told := st.session_state.pop("desk_told", None):
        st.success(told, icon=":material/check:")
    if not roles.may_read(who):
        st.caption(_("待审核的报送只给登录后有报送、审核或查看权限的人看。"))
        return
    waiting = submissions.listed(submissions.SUBMITTED)
    if not waiting:
        st.caption(_("没有待审核的报送。"))
        return
    names = {f"{s.filename or _('更正一格')} · {s.state_words} · {s.by} · {s.created[:16].replace('T', ' ')} · {s.id}": s for s in waiting}
    chosen = st.selectbox(_("待审核（{n}份）").format(n=len(names)), list(names), placeholder=_("选择一份"))
    submission = submissions.read(names[chosen].id)
    try:
        found = showing.evaluated(submission)
    except TROUBLE as error:
        st.error(plain(error))
        return
    if submission.correction:
        st.caption(_("更正一格。理由：{words}").format(words=plain(submission.reason)))
    else:
        source = submission.source
        words = source.source_id or _("{unit}，{day}").format(unit=source.unit, day=source.day) if source.given else _("各行自带来源")
        st.caption(_("来源：{words}").format(words=plain(words)))
        showing.summary(found)
        showing.private(found)
    if found.proposal.checked.findings:
        with st.expander(_("问题与提醒（{n}条）").format(n=len(found.proposal.checked.findings))):
            showing.findings(found)
    showing.differences(found.proposal.changes, found.context.package, found.proposal.words, found.proposal.rows)
    if who is None or not who.reviews:
        st.caption(_("只有审核人可以接受或退回。"))
    elif who.name in submission.worked_on_by and not who.own_eyes_suffice:
        st.info(_("您上传、修改或提交过这份报送，请由另一位审核人接受。"))
    else:
        _decide(found, who)


def _decide(found: Evaluation, who: Person) -> None:
    labels = {f"{showing.KIND_WORDS[c.kind]} {c.key[0]} {found.proposal.words[c.name]}": c.name for c in found.acceptable}
    left_out = (
        []
        if len(labels) < 2
        else st.multiselect(_("不接受的行（不选即全部接受）"), list(labels), placeholder=_("选择要留下的行"), key="desk_left_out")
    )
    one, two = st.columns([5, 1], vertical_alignment="bottom")
    reason = one.text_input(_("新版本的说明"), placeholder=_("如 某市民政局2024年9月报送"), key="desk_reason")
    accepted = len(labels) - len(left_out)
    if two.button(_("接受{n}处变化").format(n=accepted), type="primary", disabled=not accepted, key="desk_accept", width="stretch"):
        with st.spinner(_("正在建立新版本…")):
            chosen = {name for words, name in labels.items() if words not in left_out}
            _try(lambda: _accepted(accepting.accept(found, who, reason, chosen, date.today())))
    one, two = st.columns([5, 1], vertical_alignment="bottom")
    answer = one.text_input(_("退回理由"), placeholder=_("写给报送单位"), key="desk_answer")
    if two.button(_("退回"), key="desk_return", width="stretch"):
        _try(lambda: _returned(submissions.send_back(found.submission.id, who, answer)))
    if found.submission.releases:
        one, two = st.columns([5, 1], vertical_alignment="bottom")
        one.caption(_("已经接受过其中一部分。其余的行可以继续接受、退回给单位改正，或就此结束：不再收，原件保留，记入日志。"))
        if two.button(_("结束，余下不收"), key="desk_finish", width="stretch"):
            _try(lambda: _finished(submissions.finish(found.submission.id, who)))


def _try(step: Callable[[], str]) -> None:
    """Takes the step and says on the next run what came of it; what went wrong is said here."""
    try:
        st.session_state["desk_told"] = step()
    except TROUBLE as error:
        st.session_state.pop("desk_evaluated", None)
        st.error(plain(error))
        return
    st.rerun()


def _accepted(release: Release) -> str:
    return _("已启用版本 {id}（{version}），所有人下次操作即看到。").format(id=release.short, version=plain(release.version))


def _returned(submission: Submission) -> str:
    return _("已退回。{name}出现在“导入”的草稿与退回件里，带着您的理由和错误报告。").format(name=plain(submission.filename))


def _finished(submission: Submission) -> str:
    return _("已结束，余下的行没有收。{name}的原件保留。").format(name=plain(submission.filename))
