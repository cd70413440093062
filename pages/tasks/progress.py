"""任务进度: whose task, by when, what the unit says, what is proven. Three statuses, never merged."""

import streamlit as st

from eldercare import store, tables
from eldercare.exhibits import Facts, other_lists, parts, tasks, units
from eldercare.faces import sheets
from eldercare.screen import blocks, filters, tracking, writing

STATES, ONE_BY_ONE = "状态", "清单"

as_of, kept = filters.as_of(), filters.kept_as_of()
facts = Facts(as_of)
schedule = store.ask("task_schedule", as_of=as_of)
if schedule.empty:
    blocks.title(tasks.none_yet(as_of), tasks.lead(as_of))
    st.stop()
board = tasks.board(schedule, as_of, kept)
own, others = board[board["of_delta"]], board[~board["of_delta"]]
head = st.container()
with st.container(key="screen_filters"):
    left, right = st.columns([1.7, 5], vertical_alignment="bottom")
    with left:
        view = tracking.view(own, others)


def title(finding: str, lead: str) -> None:
    said = parts(finding)
    with head:
        blocks.title(said["title"], "。".join(filter(None, [said["subtitle"], lead])))


if view == tracking.LIST:
    title(tasks.standing(tasks.delta(own)), tasks.lead(as_of))
    with right:
        rows = tracking.narrowed(own)
    form = filters.one_of("列法", "task_lamps_view", [STATES, ONE_BY_ONE])
    export = tables.Export(lambda: rows, len(rows), tasks.TRACKING)
    blocks.show((tasks.alike if form == STATES else tasks.every)(facts, rows), export=export)
    writing.letters(rows, as_of)
    tracking.below(facts, own, rows, kept, every=True)
elif view == tracking.OTHERS:
    title(other_lists.title(others), other_lists.LEAD)
    with right:
        rows = tracking.narrowed(others)
    inside, outside = rows[rows["in_delta"]], rows[~rows["in_delta"]]
    if len(inside):
        blocks.show(other_lists.inside(facts, inside))
        writing.letters(inside, as_of)
    if len(outside):
        blocks.show(other_lists.outside(outside))
    tracking.below(facts, others, rows, kept, every=False)
else:
    loads = store.ask("unit_loads", as_of=as_of)
    with right:
        unit, asked = tracking.unit(loads)
    sheet, called = units.of_unit(board, unit), units.named(loads)[unit]
    finding = units.unit_sheet(sheet, called, as_of)
    title(finding, tasks.lead(as_of))
    if asked:
        st.warning(units.unknown_unit(asked, called))
    blocks.show(units.sheet(sheet, called))
    blocks.sheet(
        sheets.unit(finding, sheet, units.sheet_foot(tables.release(), tables.sources_of(sheet)))
    )
    writing.letters(sheet, as_of, unit)
    listed_in = tracking.LIST if sheet["of_delta"].any() else tracking.OTHERS
    blocks.links(units.list_link(unit, kept, listed_in))
    blocks.show(units.loads(facts))
