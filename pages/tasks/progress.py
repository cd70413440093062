"""任务进度: whose task, by when, what the unit says, what is proven. Three statuses, never merged."""

import streamlit as st

from eldercare import blocks, filters, measures, store, tables
from eldercare.figures import tasks as figures
from eldercare.figures.unit_sheet import unit_sheet
from eldercare.findings import proofs, units
from eldercare.findings import tasks as findings
from eldercare.text import _

LIST, UNIT = _("任务跟踪表"), _("按单位")
LINKS, TARGETS = {"title": "address"}, {"target_words": "address"}

as_of, kept = filters.as_of(), filters.kept_as_of()
schedule = store.ask("task_schedule", as_of=as_of)
if schedule.empty:
    blocks.title(findings.none_yet(as_of), findings.lead(as_of))
    st.stop()
board = findings.board(schedule, as_of, kept)
head = st.container()
with st.container(key="screen_filters"):
    left, right = st.columns([1, 5], vertical_alignment="bottom")
    with left:
        view = filters.one_of(_("看法"), "tasks_view", [LIST, UNIT])
if view == LIST:
    with head:
        blocks.title(findings.tasks(board), findings.lead(as_of))
    with right:
        rows = filters.tasks(board)
    blocks.cards(findings.cards(store.ask("task_list_counts", as_of=as_of), rows, as_of))
    event = blocks.exhibit(
        "task_lamps",
        rows,
        {_("状态"): lambda: figures.lamp_wall(rows), _("清单"): lambda: None},
        findings.lamps(rows),
        findings.listed(as_of),
        caveats=findings.CAVEATS,
        on_select="rerun",
        links=LINKS,
        file_columns=findings.TRACKING,
    )
    blocks.legend({_("时限"): measures.LAMPS, findings.proof_head(as_of): measures.PROOFS, _("责任单位反馈"): measures.SELF_REPORTS})
    chosen, asked = filters.task(board, event)
    if asked:
        st.warning(findings.unknown_task(asked))
    codes = [chosen] if chosen else rows["task_id"].tolist()
    if chosen:
        row = board.set_index("task_id").loc[chosen]
        blocks.exhibit("task_parts", store.ask("task_parts", task=chosen, as_of=as_of), None, findings.one(row), findings.PARTS)
        blocks.links(units.sheet_links(row["units"], UNIT, kept))
    trace = proofs.traces(store.ask("task_proofs", tasks=codes, as_of=as_of), bool(chosen), kept)
    if len(trace):
        with st.container() if chosen else st.expander(proofs.proofs(trace)):
            blocks.exhibit("task_proofs", trace, None, proofs.proofs(trace), proofs.trace_columns(bool(chosen)), links=TARGETS)
    else:
        blocks.nothing("task_proofs", findings.no_proof(as_of), findings.NO_PROOF)
    goals = proofs.with_gap_words(store.ask("task_measures", tasks=codes, as_of=as_of))
    if len(goals):
        blocks.exhibit("task_measures", goals, figures.promises(goals), proofs.measures(goals), proofs.MEASURES, proofs.UNDER_MEASURES)
    reports = store.ask("task_reports_of", tasks=codes, as_of=as_of)
    if len(reports):
        blocks.exhibit("task_reports", proofs.with_self_words(reports), None, proofs.reports(reports), proofs.REPORTS)
    else:
        blocks.nothing("task_reports", proofs.NO_REPORT, proofs.reports_missing(store.ask("reporting_rhythms_known")))
else:
    loads = store.ask("unit_loads", as_of=as_of)
    with right:
        unit, asked = filters.unit(loads)
    sheet = units.of_unit(board, unit)
    finding = units.unit_sheet(sheet, unit, as_of)
    with head:
        blocks.title(finding, findings.lead(as_of))
    if asked:
        st.warning(units.unknown_unit(asked, unit))
    blocks.exhibit("unit_sheet", sheet, None, units.sheet_head(unit), units.SHEET, links=LINKS, file_columns=findings.TRACKING)
    st.caption(_("打印本页得到A4任务单，进展、存在问题、下一步留空，交单位填写。"))
    blocks.sheet(unit_sheet(finding, sheet, units.sheet_foot(tables.release(), tables.sources_of(sheet))))
    blocks.links(units.list_link(unit, kept))
    blocks.exhibit("unit_loads", loads, figures.unit_bars(loads), units.units(loads), units.LOADS)
