"""总览: what stands and what is to be supplied, in one screen; people, homes and beds last."""

import streamlit as st

from eldercare.exhibits import Facts, ageing, headline, ladder, pairing, timeline, wanted
from eldercare.faces import screen
from eldercare.screen import blocks, filters

facts = Facts(filters.as_of())
# The strip follows the ages that links to this page may name.
age = {"65岁以上": 65, "80岁以上": 80}.get(st.query_params.get("overview_age", ""), 60)
stands = headline.stands(facts)
blocks.title(*blocks.said(stands), headline.age(facts))
blocks.show(stands)
blocks.note(headline.relation(facts))

left, right = st.columns([1.2, 1], gap="small")
with left:
    places = pairing.stage_map(facts)
    event = blocks.show(places, "rerun", screen.figures(places.shape, height=396))
    blocks.follow(event, "city", "place")
    blocks.links({"每个区与每个城市：城市结对": "pairing", "2021年十项任务：任务进度": "tasks"})
    spread = ageing.spread(facts, age)
    event = blocks.show(spread, "rerun", screen.strip(spread.shape))
    blocks.follow(event, "city", "place")
    blocks.links({"各市各区县：老龄化": "ageing", "床位趋势": "bed-trends"})
with right:
    blocks.show(wanted.first(facts))
    blocks.links({"空白表：数据更新": "intake", "各地各主题：数据覆盖": "coverage"})
    blocks.show(timeline.newest(facts, 3))
    blocks.links({"全部动态：协作历程": "timeline"})
left, right = st.columns([1, 1.2], gap="small")
with left:
    blocks.show(ladder.ladder(facts))
with right:
    blocks.show(ladder.rules(facts))
blocks.links(
    {"商请补充：数据更新": "intake", "待遇异地使用：城市结对": "pairing?pairing_part=待遇异地使用"}
)
blocks.show(headline.basics(facts))
