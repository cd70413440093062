"""机构名录: find institutions across the delta; below, what a list adds up to and what was announced."""

import streamlit as st

from eldercare import store
from eldercare.exhibits import Facts, institutions, parts
from eldercare.screen import blocks, filters, finder, selection

LEAD = "按地区、经营性质、床位、开业年份、月费、照护、参保地查找，至多四家并排比较。"

facts = Facts(filters.as_of())
heading, switch = st.columns([6, 1], gap="small")
with switch:
    demo = filters.demo()
search, slots = finder.conditions(demo)
totals = store.ask("institution_totals", **search.parameters).iloc[0]
cities = store.ask("institution_cities", **search.parameters)
with heading:
    said = institutions.words.demonstration(totals)
    known = institutions.words.known(cities, store.ask("homes_listed"))
    told = parts(said if demo else known)
    blocks.title(told["title"], "。".join(filter(None, [told["subtitle"], LEAD])))
counted = finder.numbers_of_choices(search, slots)
finder.chips(search)
for (condition, homes), address in finder.left_out(search, counted).items():
    blocks.nothing(f"left_out_{condition}", *institutions.words.left_out(condition, homes))
    blocks.links({f"看这{homes}家": address})
if totals["institutions"]:
    blocks.cards(institutions.words.cards(totals, demo))

left, right = st.columns([1.5, 1], gap="medium")
with left:
    order = finder.order(int(totals["institutions"]))
    rows = finder.rows(search, order, int(totals["institutions"]))
    with st.container(key="part_institutions"):
        blocks.show(
            institutions.found(rows, totals, finder.columns(search, order, rows)),
            export=finder.export(search, order, int(totals["institutions"])),
        )
    picked = st.container()
    selection.tray(rows, search)
with right:
    points = store.ask(
        "institution_map", **search.parameters, points=finder.MAP_POINTS, cells=finder.MAP_CELLS
    )
    lines, by_city = selection.numbers_of(rows), finder.by_city("institutions_map")
    event = blocks.show(
        institutions.found_map(facts, points, cities, lines, by_city), on_select="rerun"
    )
with picked:
    selection.pick(rows, points, event)

if search.insured and not demo:
    blocks.show(institutions.insured(facts, search.insured, search.insured_name))
if not demo:
    blocks.nothing("institutions_left_out", "这里没有收录的", institutions.words.not_listed(cities))
    left, right = st.columns([1.2, 1], gap="medium")
    with left:
        blocks.show(institutions.registered(facts))
    with right:
        blocks.show(institutions.lists(facts))
        blocks.show(institutions.operators(facts))
