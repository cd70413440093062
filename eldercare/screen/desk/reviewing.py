"""The second pair of eyes: what was submitted, what it would change, accept all or a part, or send it back."""

from __future__ import annotations

from functools import partial

import streamlit as st

from eldercare import clock, releases
from eldercare.data import durable
from eldercare.data.validation import BrokenDatasets
from eldercare.intake import accepting, reading, roles, submissions
from eldercare.intake.accepting import Evaluation
from eldercare.intake.roles import Person
from eldercare.intake.submissions import Submission
from eldercare.releases import Release
from eldercare.screen.desk import asking, mending, showing
from eldercare.text import plain

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
    showing.told()
    if not roles.may_read(who):
        st.caption("待审核的报送只给登录后有报送、审核或查看权限的人看。")
        return
    _take_step()
    waiting = {s.id: s for s in submissions.listed(submissions.SUBMITTED)}
    if not waiting:
        st.caption("没有待审核的报送。")
        return
    if (open_ := st.session_state.get("desk_review")) and open_ not in waiting:
        # The box would show another one in its place, and the next click would fall on that.
        st.session_state["desk_review"] = None
        st.info("您打开的那一份已在别处处理，请另选一份。")
    first = next(iter(waiting)) if len(waiting) == 1 else None
    st.session_state.setdefault("desk_review", first)
    chosen = st.selectbox(
        f"待审核（{len(waiting)}份）",
        list(waiting),
        format_func=partial(_words, waiting),
        key="desk_review",
        placeholder="选择一份",
    )
    if not chosen:
        return
    submission = waiting[chosen]
    try:
        found = showing.evaluated(submission)
    except TROUBLE as error:
        st.error(plain(error))
        return
    if submission.correction:
        st.caption(f"更正一格。理由：{plain(submission.reason)}")
    else:
        source = submission.source
        words = (
            source.source_id or f"{source.unit}，{source.day}" if source.given else "各行自带来源"
        )
        st.caption(f"来源：{plain(words)}")
        showing.summary(found)
        showing.private(found)
    if found.proposal.checked.findings:
        with st.expander(f"问题与提醒（{len(found.proposal.checked.findings)}条）"):
            showing.findings(found, with_questions=True)
    _what_was_decided(found)
    showing.differences(
        found.proposal.changes, found.context.package, found.proposal.words, found.proposal.rows
    )
    if who is None or not who.reviews:
        st.caption("只有审核人可以接受或退回。")
    elif who.name in submission.worked_on_by and not who.own_eyes_suffice:
        st.info("您上传、修改或提交过这份报送，请由另一位审核人接受。")
    else:
        _decide(found, who)


def _words(waiting: dict[str, Submission], identifier: str) -> str:
    s = waiting[identifier]
    return " · ".join(
        (s.filename or "更正一格", s.state_words, s.by, s.created[:16].replace("T", " "), s.id)
    )


def _what_was_decided(found: Evaluation) -> None:
    """What the unit answered and put right on the page: a reviewer accepts that too."""
    submission, checked = found.submission, found.proposal.checked
    if not submission.decisions and not submission.fixes:
        return
    words = "报送人的回答（{n}个）和改正（{m}格）"
    with st.expander(words.format(n=len(submission.decisions), m=len(submission.fixes))):
        for decision in submission.decisions:
            st.markdown(
                "- "
                + plain(f"{asking.words_of(decision)} → {asking.done(decision, found.context)}")
            )
        for fix in submission.fixes:
            st.markdown("- " + plain(mending.words_of(fix, checked.form, checked.place_of(fix[0]))))


def _decide(found: Evaluation, who: Person) -> None:
    """The buttons carry what was on screen: its number, its state, its difference. A click on anything else does nothing."""
    mark = f"{found.submission.id}_{found.digest[:8]}"
    labels = {
        c.name: f"{showing.KIND_WORDS[c.kind]} {' '.join(c.key)} {found.proposal.words[c.name]}"
        for c in found.acceptable
    }
    left = f"desk_left_out_{mark}"
    if len(labels) > 1:
        st.multiselect(
            "不接受的行（不选即全部接受）",
            list(labels),
            format_func=labels.get,
            placeholder="选择要留下的行",
            key=left,
        )
    accepted = len(labels) - len(st.session_state.get(left, ()))
    one, two = st.columns([5, 1], vertical_alignment="bottom")
    one.text_input(
        "新版本的说明", placeholder="如 某市民政局2024年9月报送", key=f"desk_reason_{mark}"
    )
    words = f"接受{accepted}处变化"
    step = partial(_remember, "accept", found, who, mark)
    two.button(
        words,
        type="primary",
        disabled=not accepted,
        key=f"desk_accept_{mark}",
        width="stretch",
        on_click=step,
    )
    one, two = st.columns([5, 1], vertical_alignment="bottom")
    one.text_input("退回理由", placeholder="写给报送单位", key=f"desk_reply_{mark}")
    two.button(
        "退回",
        key=f"desk_return_{mark}",
        width="stretch",
        on_click=partial(_remember, "return", found, who, mark),
    )
    if found.submission.releases:
        one, two = st.columns([5, 1], vertical_alignment="bottom")
        one.caption(
            "已经接受过其中一部分。其余的行可以继续接受、退回给单位改正，或就此结束：不再收，原件保留，记入日志。"
        )
        two.button(
            "结束，余下不收",
            key=f"desk_finish_{mark}",
            width="stretch",
            on_click=partial(_remember, "finish", found, who, mark),
        )


def _remember(what: str, found: Evaluation, who: Person, mark: str) -> None:
    """Keeps a click with what its page showed, before anything else is looked at."""
    state = st.session_state
    words = state.get(f"desk_reason_{mark}" if what == "accept" else f"desk_reply_{mark}", "")
    st.session_state["desk_step"] = (
        what,
        found,
        who,
        words,
        set(state.get(f"desk_left_out_{mark}", ())),
    )


def _take_step() -> None:
    """Carries out the last click on the submission that it was made on, or says why not."""
    if (step := st.session_state.pop("desk_step", None)) is None:
        return
    what, seen, who, words, left_out = step
    try:
        if what == "accept":
            with st.spinner("正在建立新版本…"):
                chosen = {change.name for change in seen.acceptable} - left_out
                told = _accepted(accepting.accept(seen, who, words, chosen, clock.today()))
        elif what == "return":
            told = _returned(submissions.send_back(seen.submission.id, who, words, seen.submission))
        else:
            told = _finished(submissions.finish(seen.submission.id, who, seen.submission))
    except TROUBLE as error:
        st.session_state.pop("desk_evaluated", None)
        st.error(f"没有执行。{plain(error)}", icon=":material/block:")
        return
    st.session_state["desk_told"] = told
    st.rerun()


def _accepted(release: Release) -> str:
    return f"已启用版本 {release.short}（{plain(release.version)}），所有人下次操作即看到。"


def _returned(submission: Submission) -> str:
    return f"已退回。{plain(submission.filename)}出现在“导入”的草稿与退回件里，带着您的理由和错误报告。"


def _finished(submission: Submission) -> str:
    return f"已结束，余下的行没有收。{plain(submission.filename)}的原件保留。"
