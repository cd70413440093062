"""来源与口径: every source with what rests on it, every indicator with all its claims, every correction."""

import streamlit as st

from eldercare import store, tables
from eldercare.exhibits.coverage import words as findings
from eldercare.screen import blocks, filters, ordering

PAGE = 12

sources = store.ask("sources_usage")
blocks.title(
    findings.sources(sources),
    "每个来源支持了什么，每个指标怎样定义、有哪些不同来源数据，为什么显示其中一条。",
)

choose = "查一个来源：选择，或键入编号、标题"
options = {"": choose} | dict(zip(sources["source_id"], sources["label"], strict=True))
code, asked = filters.linked(choose, "source", options, "")
if asked:
    st.warning(f"没有编号为“{asked[:20]}”的来源；请在上面选择，或在下面的清单里找。")
if code:
    source = sources[sources["source_id"] == code].iloc[0]
    total = findings.total(store.ask("source_rows", source=code, count=1, start=0))
    start = filters.page_start("source_page", total, PAGE)
    columns = {"kind": "类别", "place": "地区", "title": "内容"}
    columns |= {"words": "数值或说明", "day": "日期", "quote_words": "原文摘录"}
    with st.container(key="part_source_rows"):
        blocks.exhibit(
            "source_rows",
            ordering.part(
                "source_rows",
                columns,
                lambda count, start: store.ask(
                    "source_rows", source=code, count=count, start=start
                ),
                total,
                start,
                PAGE,
            ),
            None,
            findings.resting(source, total),
            columns,
            findings.source_notes(source),
            empty="；".join(findings.source_notes(source)),
        )

classes = ["全部", *findings.classes(sources)]
chosen = filters.one_of("来源类别", "sources_class", classes)
listed = sources if chosen == classes[0] else sources[sources["source_class"] == chosen]
start = filters.page_start("sources_page", len(listed), PAGE)
columns = {"source_id": "编号", "title": "标题", "publisher": "发布机构", "source_class": "类别"}
columns |= {"published_words": "发布", "rests": "支持的内容"}
listed = findings.with_addresses(listed)
with st.container(key="part_sources"):
    blocks.exhibit(
        "sources_usage",
        ordering.part(
            "sources_usage",
            columns,
            lambda count, start: listed.iloc[start : start + count],
            len(listed),
            start,
            PAGE,
        ),
        None,
        findings.listed(listed, chosen),
        columns,
        findings.of_page(len(listed), PAGE),
        links={"title": "address"},
    )

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
start = filters.page_start("claims_page", findings.total(first), PAGE)
columns = {"place": "地区", "day": "日期", "base": "口径", "value_words": "数值", "state": "显示"}
columns |= {"reason": "理由或断点", "source_words": "来源"}
claims = ordering.part(
    "indicator_claims",
    columns,
    lambda count, start: store.ask(
        "indicator_claims", indicator=code, only_competing=competing, count=count, start=start
    ),
    findings.total(first),
    start,
    PAGE,
)
with st.container(key="part_claims"):
    blocks.exhibit(
        "indicator_claims",
        findings.with_states(claims),
        None,
        findings.claims(indicator, first, competing),
        columns,
        [findings.definition(indicator), *findings.of_page(findings.total(first), PAGE)],
        empty=findings.definition(indicator),
    )

corrections = store.ask("corrections_list", count=200)
columns = {"day": "更正日期", "table_words": "数据表", "row_id": "记录"}
columns |= {"before": "更正前", "after": "更正后", "reason": "理由"}
changed = findings.version_change(tables.release_changes())
nothing = f"{changed}；{findings.corrections(corrections)}"
blocks.exhibit(
    "corrections", corrections, None, "数据更正", columns, subtitle=changed, empty=nothing
)
