"""Homes that a complete list no longer has: what became of each, with its day; only what is confirmed by name goes."""

from __future__ import annotations

import streamlit as st

from eldercare import clock
from eldercare.intake import deleting, home_events, submissions
from eldercare.intake.accepting import Evaluation
from eldercare.intake.decisions import TAKE, Decision
from eldercare.intake.matching import LIKE, as_asked
from eldercare.intake.roles import Person
from eldercare.intake.understood import Doubt
from eldercare.releases.difference import GONE, NEW, Change
from eldercare.screen.desk import asking
from eldercare.text import plain


def part(found: Evaluation, who: Person) -> None:
    """Every missing row by name; nothing goes without a yes, and a home that closed or moved is no deletion."""
    gone = [change for change in found.proposal.changes if change.kind == GONE]
    kept = [
        decision
        for decision in found.submission.decisions
        if decision.written.startswith(deleting.CONFIRM)
    ]
    if not gone and not kept:
        return
    with st.container(border=True, key="desk_gone"):
        homes = found.submission.table == "institutions"
        words = (
            "名单里没有的{n}条：停业、更名、迁址、合并写明日期；录错的才删除"
            if homes
            else "名单里没有的{n}条：逐条确认才删除"
        )
        st.markdown(f"**{words.format(n=len(gone))}**")
        names = {_name(found, change): change for change in gone}
        sure = [name for name, change in names.items() if change.name in found.proposal.confirmed]
        for name in names:
            st.markdown(
                ("☑ " if name in sure else "☐ ")
                + plain(name)
                + ("（将删除）" if name in sure else "")
            )
        if homes and names:
            _event(found, names, who)
        chosen = st.multiselect(
            "删除或保留哪些",
            list(names),
            key=f"desk_gone_which_{found.submission.id}",
            placeholder="选择名称，或不选即全部",
        )
        keys = [names[name].key for name in (chosen or names)]
        with st.container(horizontal=True):
            for words, goes in (("确认删除（录错的）", True), ("保留，不删除", False)):
                decisions = [deleting.confirmation(key, goes) for key in keys]
                st.button(
                    words,
                    key=f"desk_gone_{goes}",
                    on_click=asking.click(found.submission, decisions, who),
                    disabled=not names,
                )


def _event(found: Evaluation, names: dict[str, Change], who: Person) -> None:
    """A form for what became of one home, or of several that closed on one day."""
    kinds = {words: kind for kind, words in home_events.titles(found.context).items()}
    rows = {
        found.proposal.words[c.name]: c
        for c in found.proposal.changes
        if c.kind == NEW and c.table == "institutions"
    }
    with st.form(f"desk_event_{found.submission.id}", border=False):
        one, two, three, four, five = st.columns([2.2, 1, 1.2, 2, 1], vertical_alignment="bottom")
        which = one.multiselect("哪家有变动", list(names), placeholder="选择名称")
        kind = kinds[two.selectbox("变动", list(kinds), placeholder="选择")]
        day = three.text_input("变动日期", placeholder="如 2024年3月")
        # A new name is mostly one of the list; it may be any other.
        became = four.selectbox(
            "新名称、新地址或并入哪一家",
            list(rows),
            index=None,
            placeholder="停业不用填",
            accept_new_options=True,
        )
        if not five.form_submit_button("记为变动", width="stretch"):
            return
        try:
            if not which:
                raise Doubt("请选择有变动的机构")
            if len(which) > 1 and kind == "renamed":
                raise Doubt("更名请一家一家写")
            decisions = [
                deleting.happened(names[name].key, kind, day, became or "", clock.today())
                for name in which
            ]
        except Doubt as doubt:
            st.error(plain(doubt.reason))
            return
    if kind == "renamed" and became in rows:
        decisions.append(_same_home(found, rows[became], names[which[0]]))
    asking.take(submissions.read(found.submission.id), decisions, who)
    st.rerun()


def _same_home(found: Evaluation, row: Change, home: Change) -> Decision:
    """The row of the list that is the home under its new name: not a second one."""
    new = found.proposal.rows[row.name]
    return Decision(
        LIKE, as_asked(new["name"], new["place_code"], found.context), TAKE, home.key[0]
    )


def _name(found: Evaluation, change: Change) -> str:
    row = found.proposal.rows[change.name]
    place = found.context.gazetteer.label(row["place_code"]) if row.get("place_code") else ""
    return f"{' '.join(change.key)} {found.proposal.words[change.name]}" + (
        f"（{place}）" if place else ""
    )
