"""床位趋势: the target in its two readings, beds over time, per thousand elders on four denominators, welfare units of counties."""

import streamlit as st

from eldercare import store
from eldercare.exhibits import Facts, beds, city
from eldercare.faces import screen
from eldercare.screen import blocks, filters
from eldercare.screen.desk import handing_in

facts = Facts(filters.as_of())
targets = beds.targets(facts)
blocks.title(*blocks.said(targets))
blocks.show(targets)

columns = st.columns([1, 1.4], vertical_alignment="center")
with columns[0]:
    subject = filters.one_of("指标", "beds_subject", list(beds.SUBJECTS))
known = store.ask("profile_places")
with columns[1]:
    figures = store.ask("bed_places", indicators=beds.SUBJECTS[subject])
    code, asked, elsewhere = filters.place(known, beds.words.richest(figures))
if asked:
    st.warning(city.fallback(asked, facts.place(code).label, elsewhere))
trend = beds.trend(facts, code, subject)
blocks.show(trend, figure=screen.lines(trend.shape, 360, room=760))
if trend.rows.empty:
    handing_in.blank_form("observations")
with st.container(horizontal=True):
    definition = filters.one_of("床位口径", "beds_definition", list(beds.DEFINITIONS))
    denominators = list(beds.FOUR.values())
    denominator = filters.one_of("分母", "beds_denominator", denominators, default=beds.DENOMINATOR)
left, right = st.columns([1.15, 1], gap="small")
with left:
    blocks.show(beds.ratio(facts, definition, denominator))
    blocks.show(beds.ratio_of_cities(facts, definition, denominator))
with right:
    blocks.show(beds.steps(facts, code, subject))
    blocks.show(beds.gaps(facts))
blocks.show(beds.ranks(facts, definition))
left, right = st.columns(2, gap="small")
with left:
    blocks.follow(blocks.show(beds.welfare(facts), "rerun"), "city", "place")
with right:
    blocks.show(beds.welfare_ratio(facts))
