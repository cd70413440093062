"""组合地区: several places as one profile, by the name a source gives them or by one's own choice; another group beside it."""

import streamlit as st

from eldercare import store
from eldercare.exhibits import Exhibit, Facts, groups
from eldercare.screen import blocks, filters

OWN, NOBODY = "own", "none"

facts = Facts(filters.as_of())
known, places = groups.known(facts), store.ask("profile_places")
places = places[places["level"].isin(groups.LEVELS) | (places["place_code"] == groups.SHANGHAI)]
named = dict(zip(known["group_code"], known["label"], strict=True))
heading = st.container()
left, right = st.columns(2, gap="small")
with left:
    choices = {**named, OWN: "自选地区"}
    code, asked = filters.linked("组合", "group", choices, next(iter(choices)))
if asked:
    st.warning(f"没有这个组合，先显示{choices[code]}；请在上方选择。")
with right:
    other, _asked = filters.linked(
        "对照", "group_beside", {NOBODY: "不与另一组对照", **named}, NOBODY
    )
if code == OWN:
    codes = filters.members("groups_members", places)
else:
    codes = known.set_index("group_code").at[code, "place_codes"].tolist()
beside = [] if other == NOBODY else known.set_index("group_code").at[other, "place_codes"].tolist()

cards = groups.cards(facts, *codes)
with heading:
    blocks.title(*blocks.said(cards))
if isinstance(cards, Exhibit):
    blocks.show(cards)
    blocks.links({"用这一组做汇报材料": groups.deck(codes)})
    left, right = st.columns([1, 1.2], gap="small")
    with left:
        blocks.show(groups.shares(facts, *codes, beside=beside))
    with right:
        blocks.show(groups.members(facts, *codes))
    blocks.show(groups.ties(facts, *codes))
    blocks.show(groups.figures(facts, *codes))
st.caption(
    "列出的组合，组成都有来源点名；来源没有写全组成的（例如上海大都市圈）不列，可用“自选地区”逐个选。"
)
