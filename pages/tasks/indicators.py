"""指标台账: each indicator of a place with value, target, gap, trend and rhythm; what other regions do."""

import streamlit as st

from eldercare import store
from eldercare.exhibits import Facts, city, indicators, own_ratio, parts, targets
from eldercare.screen import blocks, filters

LEAD = "每个指标现在是多少、哪天的数、目标多少、差多少、由谁报、多久报一次；来源没有规定的一律写“未规定”。"

as_of, kept = filters.as_of(), filters.kept_as_of()
facts = Facts(as_of)
head = st.container()
left, right = st.columns([1, 3], vertical_alignment="bottom")
with left:
    known = indicators.all_places(store.ask("profile_places"), store.ask("ledger_places"))
    code, asked, elsewhere = filters.place(known, "YRD")
    place = known.set_index("place_code").loc[code]
ledger = indicators.ledger_of(facts, code, kept)
with right:
    topics = list(dict.fromkeys(ledger["topic"]))
    topics = filters.several("专题", "ledger_topics", topics, "全部专题")
if asked:
    st.warning(city.fallback(asked, place.label, elsewhere))
with head:
    said = parts(indicators.ledger(ledger, place.called))
    blocks.title(said["title"], "。".join(filter(None, [said["subtitle"], LEAD])))

blocks.show(indicators.held_of(facts, code, topics, kept))
lines = indicators.lines(facts, code, place.called, topics)
if len(lines.rows):
    blocks.show(lines)

left, right = st.columns([1.5, 1], gap="medium")
with left:
    blocks.show(indicators.by_region(facts))
with right:
    blocks.show(indicators.reporting(facts))

columns = st.columns(2)
with columns[0]:
    regions = store.ask("practice_regions")["short_name"].tolist()
    regions = filters.several("地区", "practice_regions", regions, "全部地区")
with columns[1]:
    themes = store.ask("practice_themes", regions=regions)["theme"].tolist()
    themes = filters.several("共同主题", "practice_themes", themes, "全部共同主题")
blocks.show(indicators.by_theme(facts, regions, themes))
blocks.show(indicators.one_by_one(facts, regions, themes))

left, right = st.columns([1, 1.6], gap="medium")
with left:
    blocks.show(targets.paths(facts))
with right:
    blocks.show(targets.every(facts))

offered = own_ratio.choices(facts)
titles = offered["title"].tolist()
codes = dict(zip(titles, offered["indicator_code"], strict=True))
columns = st.columns([1.4, 1.4, 0.8, 1.8], gap="small", vertical_alignment="bottom")
with columns[0]:
    over = filters.from_list("分子", "ratio_over", titles, own_ratio.first(offered, 0))
with columns[1]:
    under = filters.from_list("分母", "ratio_under", titles, own_ratio.first(offered, 1))
with columns[2]:
    base = filters.one_of("口径", "ratio_base", own_ratio.BASES)
with columns[3]:
    level = filters.one_of("层级", "ratio_level", list(own_ratio.LEVELS), "城市")
blocks.show(own_ratio.ratio(facts, codes[over], codes[under], base, level))
