"""来源与口径: every source with what rests on it, every indicator with all its claims, every correction."""

import streamlit as st

from eldercare import store, tables
from eldercare.exhibits import Facts, figure, parts, sources
from eldercare.screen import blocks, filters, ordering
from eldercare.text import plain

PAGE = 12

known = store.ask("sources_usage")
said = parts(sources.sources(known))
blocks.title(said["title"], f"{said['subtitle']}。{sources.LEAD}")

if asked := st.query_params.get("figure", ""):
    try:
        blocks.show(figure.card(Facts(filters.as_of()), asked))
    except KeyError:
        st.warning(f"没有编号为“{plain(asked[:60])}”的数；请用左上的搜索按地区和指标名查找。")

choose = "查一个来源：选择，或键入编号、标题"
options = {"": choose} | dict(zip(known["source_id"], known["label"], strict=True))
code, asked = filters.linked(choose, "source", options, "")
if asked:
    st.warning(f"没有编号为“{asked[:20]}”的来源；请在上面选择，或在下面的清单里找。")
if code:
    source = known[known["source_id"] == code].iloc[0]
    count = sources.total(store.ask("source_rows", source=code, count=1, start=0))
    rows = ordering.part(
        "source_rows",
        sources.RESTING,
        lambda count, start: store.ask("source_rows", source=code, count=count, start=start),
        count,
        filters.page_start("source_page", count, PAGE),
        PAGE,
    )
    with st.container(key="part_source_rows"):
        blocks.show(sources.rests_on(source, rows, count))

classes = ["全部", *sources.classes(known)]
chosen = filters.one_of("来源类别", "sources_class", classes)
listed = known if chosen == classes[0] else known[known["source_class"] == chosen]
listed = sources.with_addresses(listed)
rows = ordering.part(
    "sources_usage",
    sources.USAGE,
    lambda count, start: listed.iloc[start : start + count],
    len(listed),
    filters.page_start("sources_page", len(listed), PAGE),
    PAGE,
)
with st.container(key="part_sources"):
    blocks.show(sources.usage(listed, rows, chosen, PAGE))

indicators = store.ask("indicator_dictionary")
options = dict(zip(indicators["indicator_code"], indicators["title"], strict=True))
left, right = st.columns([2, 1], vertical_alignment="center")
with left:
    code, asked = filters.linked("选择指标", "indicator", options, "pop_60plus")
with right:
    competing = st.toggle(
        "只看不同来源数据", value=True, key="sources_competing", bind="query-params"
    )
if asked:
    st.warning(f"没有“{asked[:20]}”这个指标，先显示{options[code]}。")
indicator = indicators[indicators["indicator_code"] == code].iloc[0]
first = store.ask("indicator_claims", indicator=code, only_competing=competing, count=1, start=0)
rows = ordering.part(
    "indicator_claims",
    sources.CLAIMS,
    lambda count, start: store.ask(
        "indicator_claims", indicator=code, only_competing=competing, count=count, start=start
    ),
    sources.total(first),
    filters.page_start("claims_page", sources.total(first), PAGE),
    PAGE,
)
with st.container(key="part_claims"):
    blocks.show(sources.disputed(indicator, rows, first, competing, PAGE))

blocks.show(sources.corrected(store.ask("corrections_list", count=200), tables.release_changes()))
