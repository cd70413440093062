"""可及性试算: beds within reach per thousand elders, and what a wider reach changes; one kind of supply a run, every assumption the planner's."""

import streamlit as st

from eldercare.exhibits import Exhibit, Facts, access
from eldercare.faces import screen
from eldercare.screen import blocks, filters, trying

facts = Facts(filters.as_of())
heading = st.container()
trial, wrong = trying.trial(facts)
for words in wrong:
    blocks.note(words)
change = access.change(facts, trial)
with heading:
    blocks.title(blocks.said(change)[0], access.words.LEAD)
figures = screen.figures(change.shape, height=430) if isinstance(change, Exhibit) else None
blocks.follow(blocks.show(change, "rerun", figures), "city", "place")
if isinstance(change, Exhibit):
    blocks.links(trying.talk(trial))
    blocks.show(access.listing(facts, trial))
    known = change.rows
    options = dict(zip(known["place_code"], known["label"], strict=True))
    code, _asked = filters.linked("算哪个地方", "access_place", options, access.simplest(known))
    blocks.show(access.example(facts, code, trial))
    blocks.show(access.method(facts, trial))
