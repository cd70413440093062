"""The page of tasks: which list, which task, which unit; and what stands below a task that was chosen."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from eldercare.exhibits import Facts, Missing, proofs, tasks, units
from eldercare.screen import blocks, filters
from eldercare.text import plain

LIST, UNIT, OTHERS = "任务跟踪表", "按单位", "各地清单"
# What narrows a list: heading of the filter and its key, by the column of the board.
FILTERS = {
    "list_short": ("清单", "tasks_list"),
    "units": ("责任单位", "tasks_unit"),
    "section": ("部分", "tasks_section"),
    "places": ("地区", "tasks_place"),
    "status_words": ("状态", "tasks_status"),
    "due_year": ("到期", "tasks_due"),
}
WHOLE = "不分部分"


def view(own: pd.DataFrame, others: pd.DataFrame) -> str:
    """The delta's own list, one unit, or the lists of other places, which an address that asks for their rows opens by itself."""
    if (
        "tasks_view" not in st.session_state
        and "tasks_view" not in st.query_params
        and _only_elsewhere(own, others)
    ):
        st.session_state["tasks_view"] = OTHERS
    return filters.one_of("看法", "tasks_view", [LIST, UNIT, OTHERS])


def _only_elsewhere(own: pd.DataFrame, others: pd.DataFrame) -> bool:
    if st.query_params.get("tasks_task", "").split(" ")[0] in others["task_id"].tolist():
        return True
    for column, (_heading, key) in FILTERS.items():
        asked = set(st.query_params.get_all(key))
        if asked & _options(others, column).keys() and not asked & _options(own, column).keys():
            return True
    return False


def _options(rows: pd.DataFrame, column: str) -> dict[str, None]:
    values = rows[column].fillna(WHOLE) if column == "section" else rows[column].explode().dropna()
    return dict.fromkeys(values)


def narrowed(rows: pd.DataFrame) -> pd.DataFrame:
    """The tasks (with their words) that meet the filters, in one row; a filter that leaves no choice is not shown.

    What the address asks for in vain is said below them; nothing is filtered by it.
    """
    choices = {column: list(_options(rows, column)) for column in FILTERS}
    shown = [column for column, options in choices.items() if len(options) > 1]
    keep = pd.Series(True, index=rows.index)
    past = set(rows[rows["list_is_past"]]["list_short"])
    places = dict(zip(shown, st.columns(max(len(shown), 1), gap="small"), strict=False))
    in_vain = []
    for column, (heading, key) in FILTERS.items():
        options = choices[column]
        in_vain += [
            f"{heading}“{asked[:20]}”"
            for asked in st.query_params.get_all(key)
            if asked not in options
        ]
        if column not in shown:
            continue
        # Lists of years gone by are there for who asks.
        first = (
            [option for option in options if option not in past]
            if column == "list_short" and past
            else None
        )
        with places[column]:
            wanted = set(filters.several(heading, key, options, "全部", first))
        if len(wanted) < len(options):
            cells = rows[column].fillna(WHOLE) if column == "section" else rows[column]
            keep &= cells.map(
                lambda cell, wanted=wanted: (
                    bool(wanted & set(cell)) if isinstance(cell, tuple) else cell in wanted
                )
            )
    if hidden := past - set(rows[keep]["list_short"]):
        st.caption(
            "往年的清单没有列出：{names}；要看请在“清单”里选。".format(
                names=plain("、".join(sorted(hidden)))
            )
        )
    if in_vain:
        st.warning("地址里的{asked}不在选项里，没有按它筛选。".format(asked="、".join(in_vain)))
    return rows[keep]


def chosen(board: pd.DataFrame) -> tuple[str, str | None]:
    """The task to show in full, "" for none; its code stands in the URL.

    The second value is what the address asked for in vain, as in `linked`.
    """
    choose = "查看一项任务：承诺、责任单位、措施、证据与反馈"
    options = {"": choose} | {
        row.task_id: f"{row.task_id} {row.title}" for row in board.itertuples()
    }
    # Addresses of before carried the title too; a title may change, the code stays.
    code = st.query_params.get("tasks_task", "").split(" ")[0]
    if code in options and code:
        st.query_params["tasks_task"] = code
    return filters.linked(choose, "tasks_task", options, "")


def unit(loads: pd.DataFrame) -> tuple[str, str | None]:
    """The responsible unit whose sheet is shown; the one with most tasks past their date unless the URL says otherwise.

    The second value is what the address asked for in vain, as in `linked`.
    """
    own = loads[loads["of_delta"]]
    first = (own if len(own) else loads).sort_values("past", ascending=False, kind="stable")
    return filters.linked("责任单位", "tasks_sheet", units.named(loads), first["unit"].iloc[0])


def below(facts: Facts, board: pd.DataFrame, rows: pd.DataFrame, kept: str, every: bool) -> None:
    """What is behind the task that was chosen; when none is, behind `every` row or nothing. An unknown task is said.

    Lists from outside the delta are for reference: no promise of theirs is measured and nobody there is asked.
    """
    code, asked = chosen(board)
    if asked:
        st.warning(tasks.unknown_task(asked))
    if not (code or every):
        return
    codes = [code] if code else rows["task_id"].tolist()
    known = board.set_index("task_id", drop=False)
    inside = bool(known.loc[codes, "in_delta"].any())
    if code:
        row = known.loc[code]
        blocks.show(tasks.behind(facts, row))
        # A published result asks nothing of a unit any more: it stands on no sheet.
        if row["list_kind"] != "achievement":
            blocks.links(units.sheet_links(row["units"], UNIT, kept))
    if found := proofs.links(facts, codes, bool(code), kept, inside):
        folded = not code and not isinstance(found, Missing)
        with st.expander(found.spoken) if folded else st.container():
            blocks.show(found)
    if inside:
        if goals := proofs.measures(facts, codes):
            blocks.show(goals)
        blocks.show(proofs.reports(facts, codes))
