"""地方档案: all that is known about one place, beside its province, the delta and its peers; prints on one A4 page."""

import streamlit as st

from eldercare import store
from eldercare.exhibits import Exhibit, Facts, city, place_tables, places
from eldercare.faces import screen
from eldercare.measures import STAGES
from eldercare.screen import blocks, filters, place_parts

facts = Facts(filters.as_of())
heading = st.container()
with st.container(key="screen_place"):
    code, asked, elsewhere = filters.place(store.ask("profile_places"), "YRD")
place, cards = facts.place(code), places.cards(facts, code)
with heading:
    blocks.title(*blocks.said(cards))
if asked is not None:
    (st.warning if asked else st.caption)(city.fallback(asked, place.label, elsewhere))
blocks.show(cards)
blocks.links(place_tables.ways(place))

left, right = st.columns([1, 1.15], gap="small")
with left:
    blocks.show(places.ages(facts, code))
    history = places.history(facts, code)
    if isinstance(history, Exhibit):
        drawn = screen.lines(history.shape, 300, 5, 440)
        blocks.show(history, figure=drawn)
    similar = places.similar(facts, code)
    if isinstance(similar, Exhibit):
        blocks.show(similar)
with right:
    blocks.show(places.standing(facts, code))
    blocks.show(places.facilities(facts, code))
    homes = places.homes(facts, code)
    blocks.show(homes)
    if len(homes.rows):
        blocks.links(place_tables.homes_page(place))
with left:
    agreements = places.agreements(facts, code)
    blocks.show(agreements)
    if isinstance(agreements, Exhibit):
        blocks.legend({"协议的阶段": STAGES})
with right:
    blocks.show(places.records(facts, code, places.OTHERS))
place_parts.sheet(facts, code)
