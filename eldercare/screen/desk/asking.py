"""Questions on the page: one card for each, answered by one button, several at once, and taken back one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from eldercare.intake import home_events, questions, submissions
from eldercare.intake.accepting import Evaluation
from eldercare.intake.context import Context
from eldercare.intake.decisions import ACTIONS, BLANK, COLUMN, EVENT, KEEP, LEAVE, TAKE, Decision
from eldercare.intake.questions import Answer, Question
from eldercare.intake.roles import Person
from eldercare.intake.submissions import Submission
from eldercare.text import plain

ON_SCREEN = 12
BUTTONS = 7
DONE = {
    TAKE: "改为“{value}”",
    BLANK: "这一格不收",
    LEAVE: "不收这些行",
    KEEP: "照原样",
    EVENT: "记为变动",
}
assert DONE.keys() == set(ACTIONS)


def part(found: Evaluation, who: Person, offered: Sequence[Decision]) -> None:
    """All open questions with their answers; what was decided so far; what was decided the last time."""
    draft = found.submission
    asked = questions.of(found.proposal.checked, found.context)
    _offer(found, asked, offered, who)
    if asked:
        st.markdown(f"**有{len(asked)}个问题**　每个回答一次，同样写法的都照办；回答随时可以撤销。")
        _certain(draft, asked, who)
        for number, question in enumerate(asked[:ON_SCREEN]):
            _card(found, question, number, who)
        if len(asked) > ON_SCREEN:
            st.caption(f"先列前{ON_SCREEN}个，答完再列其余{len(asked) - ON_SCREEN}个。")
        _together(draft, asked, who)
    _decided(found, who)


def take(draft: Submission, decisions: Sequence[Decision], who: Person) -> None:
    """Adds decisions to a draft; a later one on the same thing counts."""
    new = {(decision.field, decision.written) for decision in decisions}
    kept = [
        decision for decision in draft.decisions if (decision.field, decision.written) not in new
    ]
    submissions.change(draft.id, who, decisions=(*kept, *decisions))


def click(draft: Submission, decisions: Sequence[Decision], who: Person) -> Callable[[], None]:
    """A button's step that adds decisions to a draft."""

    def step() -> None:
        try:
            take(submissions.read(draft.id), decisions, who)
        except (ValueError, LookupError) as error:
            st.session_state["desk_refused"] = str(error)

    return step


def _card(found: Evaluation, question: Question, number: int, who: Person) -> None:
    checked, draft = found.proposal.checked, found.submission
    with st.container(border=True, key=f"desk_question_{number}"):
        st.markdown(f"**{plain(question.title)}**")
        if not question.is_of_file:
            shown = list(question.examples.items())[: questions.SHOWN_EXAMPLES]
            examples = "、".join(
                f"{value}×{count}" if count > 1 else value for value, count in shown if value
            )
            more = (
                f"……共{len(question.examples)}种写法" if len(question.examples) > len(shown) else ""
            )
            where = "、".join(checked.place_of(line) for line in question.lines[:3]) + (
                "等" if len(question.lines) > 3 else ""
            )
            st.caption(
                plain(
                    f"{question.reason}　{where}"
                    if len(question.examples) == 1
                    else f"{examples}{more}　{where}"
                )
            )
        # Which answer belongs to which question stands in the key: a click never lands on another one.
        mark = f"{draft.id}_{question.field}_{question.written}"
        with st.container(horizontal=True):
            for at, answer in enumerate(question.answers[:BUTTONS]):
                st.button(
                    plain(answer.words),
                    key=f"desk_answer_{at}_{mark}",
                    on_click=click(draft, [answer.decision], who),
                )
            if question.free or len(question.answers) > BUTTONS:
                with st.popover("另写一个值" if question.free else "其他回答"):
                    _others(draft, question, mark, who)


def _others(draft: Submission, question: Question, mark: str, who: Person) -> None:
    """Answers without a button, and the value someone types."""
    rest = {answer.words: answer for answer in question.answers[BUTTONS:]}
    if rest:
        chosen = st.selectbox(
            "其他回答", list(rest), index=None, placeholder="选择", key=f"desk_more_{mark}"
        )
        if chosen:
            take(draft, [rest[chosen].decision], who)
            st.rerun()
    if question.free:
        with st.form(f"desk_type_{mark}", border=False):
            one, two = st.columns([4, 1], vertical_alignment="bottom")
            value = one.text_input(
                f"改为“{plain(question.column)}”的另一个值", placeholder="写法与表格里相同"
            )
            if two.form_submit_button("都改成这样", width="stretch") and value.strip():
                take(draft, [question.answer(value.strip())], who)
                st.rerun()


def _certain(draft: Submission, asked: list[Question], who: Person) -> None:
    """What may be taken without looking: exactly the same in other words."""
    sure = questions.certain(asked)
    if len(sure) > 1:
        with st.popover(f"采用全部唯一建议（{len(sure)}条）", icon=":material/done_all:"):
            st.table(
                {"写法": [plain(d.written) for d in sure], "改为": [plain(d.value) for d in sure]}
            )
            st.button(
                "都改成这样", key="desk_take_all", type="primary", on_click=click(draft, sure, who)
            )


def _together(draft: Submission, asked: list[Question], who: Person) -> None:
    """Several written values of a column answered at once."""
    several = [q for q in asked if not q.is_of_file and not q.written.startswith("#")]
    if len(several) < 2:
        return
    with st.expander("几种写法一起回答"):
        titles = {question.title: question for question in several}
        chosen = [
            titles[t]
            for t in st.multiselect(
                "哪些写法", list(titles), placeholder="选择几种", key="desk_several"
            )
        ]
        shared: list[Answer] = [
            answer
            for answer in (chosen[0].answers if chosen else [])
            if all(
                any(other.words == answer.words for other in question.answers)
                for question in chosen
            )
        ]
        words = st.selectbox(
            "都",
            [answer.words for answer in shared],
            index=None,
            placeholder="选择回答",
            key="desk_several_answer",
        )
        decisions = (
            [next(a.decision for a in question.answers if a.words == words) for question in chosen]
            if words
            else []
        )
        st.button(
            "一起回答",
            key="desk_several_take",
            disabled=not decisions,
            on_click=click(draft, decisions, who),
        )


def _offer(
    found: Evaluation, asked: list[Question], offered: Sequence[Decision], who: Person
) -> None:
    """What this unit decided the last time on the same words: shown, never taken by itself."""
    wanted = {(question.field, question.written) for question in asked}
    fit = [decision for decision in offered if (decision.field, decision.written) in wanted]
    if not fit:
        return
    with st.container(border=True, key="desk_offered"):
        st.markdown(f"**上次这样回答过（{len(fit)}条）**")
        st.table(
            {
                "写法": [plain(words_of(d)) for d in fit],
                "上次的回答": [plain(done(d, found.context)) for d in fit],
            }
        )
        st.button("都照上次", key="desk_take_offered", on_click=click(found.submission, fit, who))


def _decided(found: Evaluation, who: Person) -> None:
    """Every decision so far, each with a button that takes it back."""
    draft = found.submission
    if not draft.decisions:
        return
    with st.expander(f"已经回答的（{len(draft.decisions)}个）"):
        for number, decision in enumerate(reversed(draft.decisions)):
            one, two = st.columns([6, 1], vertical_alignment="center")
            one.markdown(plain(f"{words_of(decision)} → {done(decision, found.context)}"))
            mark = f"{draft.id}_{decision.field}_{decision.written}"
            two.button(
                "撤销",
                key=f"desk_undo_{number}_{mark}",
                on_click=_undo(draft, decision, who),
                width="stretch",
            )


def _undo(draft: Submission, decision: Decision, who: Person) -> Callable[[], None]:
    def step() -> None:
        now = submissions.read(draft.id)
        submissions.change(
            draft.id, who, decisions=tuple(other for other in now.decisions if other != decision)
        )

    return step


def words_of(decision: Decision) -> str:
    """What was decided on, in words."""
    topics = {
        "#outside": "长三角以外的地区",
        "#address": "地址比所在地区细",
        "#elsewhere": "地址和所在地区不在一处",
        "#above": "空着或与上面合并的格",
        "#formula": "公式",
        "#groups": "只有地区名的行",
        "#sums": "没有名称的数字行",
        "#years": "列名里的年份",
        "#sheets": "几个工作表",
    }
    if decision.written.startswith("#gone"):
        return "名单里没有的 {key}".format(key=decision.written.removeprefix("#gone "))
    if decision.written.startswith(COLUMN):
        return "没有列名的{letter}列".format(letter=decision.written.removeprefix(f"{COLUMN} "))
    return topics.get(decision.written, f"“{decision.written}”")


def done(decision: Decision, context: Context) -> str:
    """What was decided, in words."""
    if decision.action == EVENT:
        return home_events.said(decision.value, context)
    if decision.written.startswith("#gone"):
        return "删除" if decision.action == TAKE else "保留"
    if decision.action == TAKE and not decision.value:
        return "是，照此办理"
    return DONE[decision.action].format(value=decision.value)
