"""老龄化: 60+, 65+ and 80+ by city and county, and what ten years changed on equal boundaries."""

import streamlit as st

from eldercare import store
from eldercare.exhibits import Facts, ageing, city
from eldercare.exhibits.ageing import changes
from eldercare.faces import screen
from eldercare.screen import blocks, filters

facts = Facts(filters.as_of())
heading = st.container()
age = ageing.AGES[filters.one_of("年龄", "ageing_age", list(ageing.AGES))]
shares, decade = ageing.shares(facts, age), ageing.ten_years(facts, age)
with heading:
    blocks.title(blocks.said(decade)[0], ageing.words.lead(shares.rows))

left, right = st.columns([1.4, 1], gap="small")
with left:
    ranked, people = ageing.ranking(facts, age, most=99), ageing.people(facts, age)
    views = screen.figures(shares.shape, height=520)
    views["排序"] = lambda: screen.bars(ranked.shape)
    views["人数"] = lambda: screen.circles(people.shape)
    blocks.follow(blocks.show(shares, "rerun", views), "city", "place")
with right:
    blocks.follow(blocks.show(ageing.quadrant(facts, age), "rerun"), "city", "place")

left, right = st.columns([1, 1.5], gap="small")
with left:
    views = {"两次普查的变化": lambda: decade, "变化较大": lambda: changes.larger(facts, age)}
    blocks.show(views[filters.one_of("变化", "ageing_changes", list(views))]())
with right:
    known = store.ask("profile_places")
    code, asked, elsewhere = filters.place(known, "YRD")
    if asked:
        st.warning(city.fallback(asked, facts.place(code).label, elsewhere))
    blocks.show(ageing.counties(facts, code, age))
