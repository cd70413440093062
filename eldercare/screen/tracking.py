"""The page of tasks: which list, which task, which unit; and what stands below a task that was chosen."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from eldercare import store
from eldercare.exhibits import proofs, units
from eldercare.exhibits import tasks as findings
from eldercare.figures import tasks as figures
from eldercare.screen import blocks, filters
from eldercare.text import plain

LIST, UNIT, OTHERS = "任务跟踪表", "按单位", "各地清单"
LINKS, TARGETS = {"title": "address"}, {"target_words": "address"}
# What narrows a list: heading of the filter and its key, by the column of the board.
FILTERS = {
    "list_short": ("清单", "tasks_list"),
    "units": ("责任单位", "tasks_unit"),
    "section": ("部分", "tasks_section"),
    "place_label": ("地区", "tasks_place"),
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


def chosen(board: pd.DataFrame, event: Any) -> tuple[str, str | None]:
    """The task to show in full, "" for none: the mark that was clicked, or the same choice by keyboard. Its code stands in the URL.

    The second value is what the address asked for in vain, as in `linked`.
    """
    name = "tasks_task"
    choose = (
        "查看一项任务：承诺、责任单位、措施、证据与反馈"
        if event is None
        else "查看一项任务（也可点选上图的标记）：承诺、责任单位、措施、证据与反馈"
    )
    options = {"": choose} | {
        row.task_id: f"{row.task_id} {row.title}" for row in board.itertuples()
    }
    clicked = blocks.marked(event)
    # A selection outlives the click; only a new one may override what was chosen below since.
    if clicked and clicked != st.session_state.get("tasks_clicked"):
        st.query_params[name] = clicked
        blocks.bring("tasks_task_box")
    st.session_state["tasks_clicked"] = clicked
    # Addresses of before carried the title too; a title may change, the code stays.
    code = st.query_params.get(name, "").split(" ")[0]
    if code in options and code:
        st.query_params[name] = code
    return filters.linked(choose, name, options, "")


def unit(loads: pd.DataFrame) -> tuple[str, str | None]:
    """The responsible unit whose sheet is shown; the one with most tasks past their date unless the URL says otherwise.

    The second value is what the address asked for in vain, as in `linked`.
    """
    own = loads[loads["of_delta"]]
    first = (own if len(own) else loads).sort_values("past", ascending=False, kind="stable")
    return filters.linked("责任单位", "tasks_sheet", units.named(loads), first["unit"].iloc[0])


def below(
    board: pd.DataFrame, rows: pd.DataFrame, event: Any, as_of: date, kept: str, every: bool
) -> None:
    """What is behind the task that was chosen; when none is, behind `every` row or nothing. An unknown task is said."""
    code, asked = chosen(board, event)
    if asked:
        st.warning(findings.unknown_task(asked))
    if code or every:
        detail(board, rows, code, as_of, kept)


def detail(board: pd.DataFrame, rows: pd.DataFrame, code: str, as_of: date, kept: str) -> None:
    """What is behind the task `code`, or behind all of `rows`: parts and units, links with their reasons, promises, reports.

    Lists from outside the delta are for reference: no promise of theirs is measured and nobody there is asked.
    """
    codes = [code] if code else rows["task_id"].tolist()
    inside = bool(board.set_index("task_id").loc[codes, "in_delta"].any())
    if code:
        row = board.set_index("task_id").loc[code]
        blocks.exhibit(
            "task_parts",
            store.ask("task_parts", task=code, as_of=as_of),
            None,
            findings.one(row),
            findings.PARTS,
        )
        # A published result asks nothing of a unit any more: it stands on no sheet.
        if row["list_kind"] != "achievement":
            blocks.links(units.sheet_links(row["units"], UNIT, kept))
    trace = proofs.traces(store.ask("task_proofs", tasks=codes, as_of=as_of), bool(code), kept)
    if len(trace):
        with st.container() if code else st.expander(proofs.proofs(trace)):
            blocks.exhibit(
                "task_proofs",
                trace,
                None,
                proofs.proofs(trace),
                proofs.trace_columns(bool(code)),
                links=TARGETS,
            )
    elif inside:
        blocks.nothing("task_proofs", findings.no_proof(as_of), findings.NO_PROOF)
    if not inside:
        return
    goals = proofs.with_gap_words(store.ask("task_measures", tasks=codes, as_of=as_of))
    if len(goals):
        blocks.exhibit(
            "task_measures",
            goals,
            figures.promises(goals),
            proofs.measures(goals),
            proofs.MEASURES,
            proofs.UNDER_MEASURES,
        )
    reports = store.ask("task_reports_of", tasks=codes, as_of=as_of)
    if len(reports):
        blocks.exhibit(
            "task_reports",
            proofs.with_self_words(reports),
            None,
            proofs.reports(reports),
            proofs.REPORTS,
        )
    else:
        blocks.nothing(
            "task_reports",
            proofs.NO_REPORT,
            proofs.reports_missing(store.ask("reporting_rhythms_known")),
        )
