"""任务进度: whose task, by when, what the unit says, what is proven. Three statuses, never merged."""

import streamlit as st

from eldercare import blocks, filters, measures, store, tables
from eldercare.figures import tasks as figures
from eldercare.figures.unit_sheet import unit_sheet
from eldercare.findings import proofs
from eldercare.findings import tasks as findings
from eldercare.text import _

LIST, UNIT = _("督办总表"), _("按单位")
LINKS = {"title": "address"}
STATUS = {"due_words": _("时限"), "lamp_words": _("时限状态"), "proof_words": _("证据"), "self_words": _("自报")}

as_of = filters.as_of()
board = findings.board(store.ask("task_schedule", as_of=as_of), as_of)
blocks.title(findings.tasks(board), findings.lead(as_of))
with st.container(key="screen_filters"):
    left, right = st.columns([1, 5], vertical_alignment="bottom")
    with left:
        view = filters.one_of(_("看法"), "tasks_view", [LIST, UNIT])
if view == LIST:
    with right:
        rows = filters.tasks(board)
    blocks.cards(findings.cards(store.ask("task_list_counts"), board))
    event = blocks.exhibit(
        "task_lamps",
        rows,
        {_("灯"): lambda: figures.lamp_wall(rows), _("清单"): lambda: None},
        findings.lamps(rows),
        {"number_words": _("清单、序号"), "title": _("任务"), "lead_words": _("牵头"), "unit_words": _("责任单位"), **STATUS},
        caveats=findings.CAVEATS,
        on_select="rerun",
        links=LINKS,
        file_columns=findings.SUPERVISION,
    )
    blocks.legend({_("时限"): measures.LAMPS, _("证据"): measures.PROOFS, _("自报"): measures.SELF_REPORTS})
    chosen = filters.task(board, event)
    codes = [chosen] if chosen else rows["task_id"].tolist()
    if chosen:
        row = board.set_index("task_id").loc[chosen]
        blocks.exhibit("task_parts", store.ask("task_parts", task=chosen, as_of=as_of), None, findings.one(row), findings.PARTS)
        blocks.links(findings.sheet_links(row["units"], UNIT))
    trace = proofs.traces(store.ask("task_proofs", tasks=codes, as_of=as_of), whole=bool(chosen))
    if len(trace):
        blocks.exhibit("task_proofs", trace, None, proofs.proofs(trace), proofs.trace_columns(bool(chosen)))
    else:
        blocks.nothing("task_proofs", findings.no_proof(as_of), findings.NO_PROOF)
    goals = proofs.with_gap_words(store.ask("task_measures", tasks=codes, as_of=as_of))
    if goals["start_value"].notna().any():
        blocks.exhibit(
            "task_measures",
            goals,
            figures.promises(goals),
            proofs.measures(goals),
            proofs.MEASURES,
            caveats=[_("每行各用自己的比例尺；异地床位的现值取各批名单床位之和，随名单变动；没有起点的承诺见表格")],
        )
    reports = store.ask("task_reports_of", tasks=codes, as_of=as_of)
    if len(reports):
        blocks.exhibit("task_reports", proofs.with_self_words(reports), None, proofs.reports(reports), proofs.REPORTS)
    else:
        blocks.nothing("task_reports", proofs.NO_REPORT, proofs.reports_missing(store.ask("reporting_rhythms_known")))
else:
    loads = store.ask("unit_loads", as_of=as_of)
    with right:
        unit = filters.unit(loads)
    sheet = findings.of_unit(board, unit)
    finding = findings.unit_sheet(sheet, unit, as_of)
    blocks.exhibit("unit_sheet", sheet, None, finding, findings.SHEET, links=LINKS, file_columns=findings.SUPERVISION)
    st.caption(_("打印本页得到A4任务单，进展、存在问题、下一步留空，交单位填写。"))
    blocks.sheet(unit_sheet(finding, sheet, findings.sheet_foot(tables.release(), tables.sources_of(sheet))))
    blocks.links(findings.list_link(unit))
    blocks.exhibit("unit_loads", loads, figures.unit_bars(loads), findings.units(loads), findings.LOADS)
