"""机构档案: one institution, every field with its source and date, what others claim, lists and insurance."""

import streamlit as st

from eldercare.exhibits import Facts, institutions
from eldercare.faces import screen
from eldercare.screen import blocks, filters, selection

LEAD = "每个字段都有来源和日期；互相矛盾的说法并列，采用哪一条写明；没有来源的写未载。"

facts = Facts(filters.as_of())
row, titles = selection.profile(), selection.titles()
code = row["institution_id"]
blocks.title(institutions.words.profile(row), LEAD)
blocks.cards(institutions.words.bed_cards(row))
selection.left_out(row.to_frame().T, 1)
selection.way_back(row)
changes = institutions.changes(facts, code)
if len(changes.rows):
    blocks.show(changes)

left, right = st.columns([1.7, 1], gap="medium")
with left:
    blocks.show(institutions.fields(facts, code, titles))
    blocks.show(institutions.usable(facts, code))
with right:
    place = institutions.position(row, selection.as_points(row))
    blocks.show(place, figure=screen.figures(place.shape, height=380))
    blocks.show(institutions.lists_of(facts, code))
history = institutions.bed_history(facts, code, titles)
if len(history.rows):
    blocks.show(history, figure=screen.lines(history.shape, height=300, room=440))
