"""来源与口径: every source with what rests on it, every indicator with all its claims, every correction."""

import streamlit as st

from eldercare import blocks, filters, store
from eldercare.findings import coverage as findings
from eldercare.text import _

PAGE = 12

sources = store.ask("sources_usage")
blocks.title(findings.sources(sources), _("每个来源支持了什么，每个指标怎样定义、有哪些不同来源数据，为什么显示其中一条。"))

choose = _("查一个来源：选择，或键入编号、标题")
options = {"": choose} | dict(zip(sources["source_id"], sources["label"], strict=True))
code, asked = filters.linked(choose, "source", options, "")
if asked:
    st.warning(_("没有编号为“{asked}”的来源；请在上面选择，或在下面的清单里找。").format(asked=asked[:20]))
if code:
    source = sources[sources["source_id"] == code].iloc[0]
    total = findings.total(store.ask("source_rows", source=code, count=1, start=0))
    start = filters.page_start("source_page", total, PAGE)
    columns = {"kind": _("类别"), "place": _("地区"), "title": _("内容")}
    columns |= {"words": _("数值或说明"), "day": _("日期"), "quote_words": _("原文摘录")}
    blocks.exhibit(
        "source_rows",
        store.ask("source_rows", source=code, count=PAGE, start=start),
        None,
        findings.resting(source, total),
        columns,
        findings.source_notes(source),
        empty="；".join(findings.source_notes(source)),
    )

classes = [_("全部"), *findings.classes(sources)]
chosen = filters.one_of(_("来源类别"), "sources_class", classes)
listed = sources if chosen == classes[0] else sources[sources["source_class"] == chosen]
start = filters.page_start("sources_page", len(listed), PAGE)
columns = {"source_id": _("编号"), "title": _("标题"), "publisher": _("发布机构"), "source_class": _("类别")}
blocks.exhibit(
    "sources_usage",
    findings.with_addresses(listed.iloc[start : start + PAGE]),
    None,
    findings.listed(listed, chosen),
    {**columns, "published_words": _("发布"), "rests": _("支持的内容")},
    findings.of_page(len(listed), PAGE),
    links={"title": "address"},
)

indicators = store.ask("indicator_dictionary")
options = dict(zip(indicators["indicator_code"], indicators["title"], strict=True))
left, right = st.columns([2, 1], vertical_alignment="center")
with left:
    code, asked = filters.linked(_("选择指标"), "indicator", options, "pop_60plus")
with right:
    competing = st.toggle(_("只看不同来源数据"), value=True, key="sources_competing", bind="query-params")
if asked:
    st.warning(_("没有“{asked}”这个指标，先显示{title}。").format(asked=asked[:20], title=options[code]))
indicator = indicators[indicators["indicator_code"] == code].iloc[0]
first = store.ask("indicator_claims", indicator=code, only_competing=competing, count=1, start=0)
start = filters.page_start("claims_page", findings.total(first), PAGE)
columns = {"place": _("地区"), "day": _("日期"), "base": _("口径"), "value_words": _("数值"), "state": _("显示")}
claims = store.ask("indicator_claims", indicator=code, only_competing=competing, count=PAGE, start=start)
columns |= {"confirmed_words": _("部门核定")} if claims["confirmed_words"].notna().any() else {}
blocks.exhibit(
    "indicator_claims",
    findings.with_states(claims),
    None,
    findings.claims(indicator, first, competing),
    {**columns, "reason": _("理由或断点"), "source_words": _("来源")},
    [findings.definition(indicator), *findings.of_page(findings.total(first), PAGE)],
    empty=findings.definition(indicator),
)

corrections = store.ask("corrections_list", count=200)
columns = {"day": _("更正日期"), "table_words": _("数据表"), "row_id": _("记录")}
columns |= {"before": _("更正前"), "after": _("更正后"), "reason": _("理由")}
blocks.exhibit("corrections", corrections, None, _("数据更正"), columns, empty=findings.corrections(corrections))
