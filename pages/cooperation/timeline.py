"""协作历程: dated events and documents, and what changed between two dates as a list to read aloud."""

from datetime import date

import streamlit as st

from eldercare import store
from eldercare.exhibits import Facts, parts, timeline
from eldercare.screen import blocks, filters
from eldercare.screen.desk import versions

FIRST_MONTH = date(2014, 1, 1)

as_of = filters.as_of()
lanes = timeline.kinds(Facts(as_of))
said = parts(timeline.words.history(timeline.known(Facts(as_of)), as_of))
blocks.title(said["title"], f"{said['subtitle']}。标题不随筛选变化。{filters.looking_back()}")

row = st.columns(4, gap="small")
with row[0]:
    cities = filters.cities()
with row[1]:
    platforms = filters.platforms()
with row[2]:
    kinds = filters.several("种类", "timeline_kinds", lanes, "全部种类")
with row[3]:
    party = filters.party(store.ask("event_parties"))
facts = filters.facts(as_of, cities, platforms, "timeline_kinds", "timeline_party")

axis = timeline.axis(facts, kinds, party)
if record := blocks.marked(blocks.show(axis, on_select="rerun")):
    source = axis.rows.set_index("record_id").at[record, "source_id"]
    blocks.open_page("sources", {"source": source})

months = timeline.words.months(FIRST_MONTH, as_of)
left, right = st.columns(2, gap="small")
with left:
    after = filters.from_list("从（该月底以后）", "timeline_from", months, months[24])
with right:
    until = filters.from_list("到（该月底为止）", "timeline_to", months, months[0])
blocks.show(timeline.changes(facts, after, until, kinds, party))
blocks.show(timeline.documents(filters.facts(as_of, cities, platforms, "timeline_party"), party))

with st.expander("两个数据版本之间改了什么"):
    versions.changes_between("timeline")
