"""人口情景: people above 60, 65 and 80 until 2040 by cohort, how that met later figures, and the beds that a chosen standard asks for."""

import streamlit as st

from eldercare.exhibits import Exhibit, Facts, city, projection
from eldercare.exhibits.projection import method, need
from eldercare.faces import screen
from eldercare.screen import blocks, filters, planning

facts = Facts(filters.as_of())
heading = st.container()
known = planning.places()
columns = st.columns([1.1, 1.2, 1.4], vertical_alignment="center")
with columns[0]:
    code, asked, elsewhere = filters.place(known, "YRD")
with columns[1]:
    age = projection.AGES[filters.one_of("年龄", "projection_age", list(projection.AGES))]
with columns[2]:
    migration = planning.migration("projection_migration")
if asked:
    st.warning(city.fallback(asked, facts.place(code).label, elsewhere))
people = projection.people(facts, code, age, migration)
with heading:
    blocks.title(*blocks.said(people))
left, right = st.columns([1.15, 1], gap="small")
with left:
    tall = screen.lines(people.shape, 460, room=520) if isinstance(people, Exhibit) else None
    blocks.show(people, figure=tall)
with right:
    blocks.show(projection.checked(facts))

blocks.part("试算：需要多少床位")
chosen = planning.chosen("projection", migration)
if st.toggle("与另一种情景（乙）并列", key="projection_two", bind="query-params"):
    second, other = planning.other("projection_other", known, code, migration)
    blocks.show(need.two(facts, code, second, chosen, other))
    blocks.links(planning.talk("projection_two", (code, second), (chosen, other)))
else:
    blocks.show(need.need(facts, code, chosen))
    blocks.links(planning.talk("projection_need", (code,), (chosen,)))

left, right = st.columns([1.4, 1], gap="small")
with left:
    blocks.show(projection.places(facts, age, chosen.year))
with right:
    blocks.show(need.levels(facts))
left, right = st.columns([1.2, 1], gap="small")
with left:
    blocks.show(method.worked(facts, code))
with right:
    blocks.show(method.method(facts))
