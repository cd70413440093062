"""数据覆盖: which place reports what since when; what is empty is 公开资料未载."""

import streamlit as st

from eldercare.exhibits import Facts, coverage, wanted
from eldercare.screen import blocks, filters

known = filters.places("province")
heading = st.container()
row = st.columns(2, gap="small")
with row[0]:
    names = known["label"].tolist()
    chosen = filters.several("省（市）", "coverage_provinces", names, "全部三省一市")
with row[1]:
    cities = filters.cities()
facts = Facts(filters.as_of(), None if filters.everywhere() else tuple(cities))
with heading:
    title, _semicolon, lead = coverage.words.coverage(facts.ask("coverage_topics")).partition("；")
    blocks.title(title, lead)

provinces = known[known["label"].isin(chosen)]["place_code"]
blocks.follow(blocks.show(coverage.grid(facts, provinces), "rerun"), "city", "place")
left, right = st.columns(2, gap="small")
with left:
    blocks.show(coverage.topics(facts))
with right:
    blocks.show(wanted.first(facts))
