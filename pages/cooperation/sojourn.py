"""旅居网络: sojourn care beyond the delta, and Lishui's groups of three. Drawn as networks and tiles, never on a national map."""

import streamlit as st

from eldercare import store
from eldercare.exhibits import Facts, parts, sojourn
from eldercare.screen import blocks, filters

PARTS = {
    "协议清单": sojourn.agreements,
    "各地规模": sojourn.figures,
    "其他基地": sojourn.bases,
}

as_of = filters.as_of()
said = parts(sojourn.total(store.ask("sojourn_total")))
blocks.title(said["title"], f"{said['subtitle']}。{sojourn.LEAD}{filters.looking_back()}")

left, right = st.columns([1.45, 1], gap="small")
with left:
    blocks.show(sojourn.members(Facts(as_of)))
with right:
    blocks.show(sojourn.named_bases(Facts(as_of)))
blocks.show(sojourn.triples(Facts(as_of)))

row = st.columns(2, gap="small")
with row[0]:
    cities = filters.cities()
with row[1]:
    facts = filters.facts(as_of, cities, filters.platforms())
blocks.show(sojourn.ties(facts))
blocks.show(PARTS[filters.one_of("更多", "sojourn_part", list(PARTS))](facts))
