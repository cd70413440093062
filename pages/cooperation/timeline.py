"""协作历程: dated events and documents, and what changed between two dates as a list to read aloud."""

from datetime import date

import streamlit as st

from eldercare import store
from eldercare.exhibits import cooperation_tables as tables
from eldercare.exhibits import timeline as findings
from eldercare.figures import timeline as drawn
from eldercare.screen import blocks, filters
from eldercare.screen.desk import versions

FIRST_YEAR, FIRST_MONTH = date(2018, 1, 1), date(2014, 1, 1)

as_of = filters.as_of()
lanes = [*store.ask("event_lanes")["lane"], "文件"]
everything = {
    "cities": store.ask("cities")["place_code"].tolist(),
    "platforms": store.ask("platforms")["platform"].tolist(),
}
history = store.ask(
    "timeline_events", **everything, everywhere=True, party="", kinds=lanes, as_of=as_of
)
blocks.title(
    findings.history(history, as_of),
    "协作的大事与文件：何时、何地、谁；两个日期之间有了哪些变化。标题不随筛选变化。"
    + filters.looking_back(),
)

row = st.columns(4, gap="small")
with row[0]:
    cities, everywhere = filters.cities(), filters.everywhere()
with row[1]:
    platforms = filters.platforms()
with row[2]:
    kinds = filters.several("种类", "timeline_kinds", lanes, "全部种类")
with row[3]:
    party = filters.party(store.ask("event_parties"))
narrowed = {"cities": cities, "everywhere": everywhere, "platforms": platforms, "party": party}
scope, apart = filters.scope("timeline_kinds", "timeline_party"), filters.scope("timeline_party")

events = store.ask("timeline_events", **narrowed, kinds=kinds, as_of=as_of)
event = blocks.exhibit(
    "timeline",
    events,
    drawn.axis(events, as_of, FIRST_YEAR),
    scope + findings.lanes(events),
    tables.RECORDS,
    tables.UNDER_TIMELINE,
    on_select="rerun",
)
if record := blocks.marked(event):
    source = events.set_index("record_id").at[record, "source_id"]
    blocks.open_page("sources", {"source": source})

months = findings.months(FIRST_MONTH, as_of)
left, right = st.columns(2, gap="small")
with left:
    after = filters.month("从（该月底以后）", "timeline_from", months, months[24])
with right:
    until = filters.month("到（该月底为止）", "timeline_to", months, months[0])
changed = findings.with_sentences(
    store.ask(
        "timeline_changes",
        **narrowed,
        kinds=kinds,
        after=findings.end_of(after),
        until=min(findings.end_of(until), as_of),
    )
)
fault = findings.no_days_between(after, until)
told, hint = (
    fault or scope + findings.changes(changed, after, until),
    "请另选两个月份，“从”早于“到”。" if fault else "",
)
blocks.exhibit(
    "timeline_changes", changed, None, told, tables.CHANGES, tables.UNDER_CHANGES, empty=hint
)

register = store.ask("documents_register", **narrowed, as_of=as_of)
blocks.exhibit(
    "documents_register",
    register,
    None,
    apart + findings.documents(register),
    tables.DOCUMENTS,
    tables.UNDER_DOCUMENTS,
)

with st.expander("两个数据版本之间改了什么"):
    versions.changes_between("timeline")
