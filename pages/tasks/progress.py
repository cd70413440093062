"""任务进度: whose task, by when, what the unit says, what is proven. Three statuses, never merged."""

import streamlit as st

from eldercare import measures, store, tables
from eldercare.exhibits import other_lists, units
from eldercare.exhibits import tasks as findings
from eldercare.faces import sheets
from eldercare.figures import tasks as figures
from eldercare.screen import blocks, filters, tracking

as_of, kept = filters.as_of(), filters.kept_as_of()
schedule = store.ask("task_schedule", as_of=as_of)
if schedule.empty:
    blocks.title(findings.none_yet(as_of), findings.lead(as_of))
    st.stop()
board = findings.board(schedule, as_of, kept)
own, others = board[board["of_delta"]], board[~board["of_delta"]]
head = st.container()
with st.container(key="screen_filters"):
    left, right = st.columns([1.7, 5], vertical_alignment="bottom")
    with left:
        view = tracking.view(own, others)
if view == tracking.LIST:
    with head:
        blocks.title(findings.standing(findings.delta(own)), findings.lead(as_of))
    with right:
        rows = tracking.narrowed(own)
    blocks.cards(findings.cards(store.ask("task_list_counts", as_of=as_of), rows, as_of))
    event = blocks.exhibit(
        "task_lamps",
        rows,
        {"状态": lambda: figures.lamp_wall(rows), "清单": lambda: None},
        findings.lamps(rows),
        findings.listed(as_of),
        caveats=findings.CAVEATS,
        on_select="rerun",
        links=tracking.LINKS,
        file_columns=findings.TRACKING,
    )
    blocks.legend(
        {
            "时限": measures.LAMPS,
            findings.proof_head(as_of): measures.PROOFS,
            "责任单位反馈": measures.SELF_REPORTS,
        }
    )
    tracking.below(own, rows, event, as_of, kept, every=True)
elif view == tracking.OTHERS:
    with head:
        blocks.title(other_lists.title(others), other_lists.LEAD)
    with right:
        rows = tracking.narrowed(others)
    inside, outside = rows[rows["in_delta"]], rows[~rows["in_delta"]]
    if len(inside):
        columns, files = findings.listed(as_of), findings.TRACKING
        blocks.exhibit(
            "tasks_inside",
            inside,
            None,
            other_lists.inside(inside),
            columns,
            links=tracking.LINKS,
            file_columns=files,
        )
    if len(outside):
        columns, under = other_lists.REFERENCE, other_lists.UNDER
        blocks.exhibit(
            "tasks_outside",
            outside,
            None,
            other_lists.outside(outside),
            columns,
            under,
            links=tracking.LINKS,
        )
    tracking.below(others, rows, None, as_of, kept, every=False)
else:
    loads = store.ask("unit_loads", as_of=as_of)
    with right:
        unit, asked = tracking.unit(loads)
    sheet, called = units.of_unit(board, unit), units.named(loads)[unit]
    finding = units.unit_sheet(sheet, called, as_of)
    with head:
        blocks.title(finding, findings.lead(as_of))
    if asked:
        st.warning(units.unknown_unit(asked, called))
    columns, files = units.sheet_columns(sheet), units.file_columns(sheet)
    blocks.exhibit(
        "unit_sheet",
        sheet,
        None,
        units.sheet_head(called),
        columns,
        links=tracking.LINKS,
        file_columns=files,
    )
    st.caption(units.printed(sheet))
    blocks.sheet(
        sheets.unit(finding, sheet, units.sheet_foot(tables.release(), tables.sources_of(sheet)))
    )
    blocks.links(
        units.list_link(unit, kept, tracking.LIST if sheet["of_delta"].any() else tracking.OTHERS)
    )
    delta = loads[loads["in_delta"]]
    blocks.exhibit("unit_loads", delta, figures.unit_bars(delta), units.units(delta), units.LOADS)
