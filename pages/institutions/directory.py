"""机构名录: what was announced, what is known by name, and what is known only as a count."""

import streamlit as st

from eldercare import blocks, filters, maps, store
from eldercare.figures import institutions as figures
from eldercare.findings import institutions as findings
from eldercare.text import _

coverage = store.ask("list_coverage")
blocks.title(findings.coverage(coverage), _("跨区域养老机构名单“可查、可用、可选”：公布了多少，能查到名称的有多少，在哪里。"))

cities = filters.cities()
known = store.ask("institutions_known", in_delta=True, cities=cities)
first = coverage[coverage["list_id"] == coverage["list_id"].iloc[0]]

left, right = st.columns([1, 1.15], gap="medium")
with left:
    blocks.exhibit(
        "list_coverage",
        first,
        figures.announced_bars(figures.with_unnamed(first)),
        findings.coverage(first),
        {"short_name": _("地区"), "announced": _("公布机构（家）"), "announced_beds": _("公布床位（张）"), "named": _("已知名称（家）")},
        caveats=[_("未具名的机构不编造；来源点名而未给家数的地区，公布数为未上报")],
    )
with right:
    blocks.exhibit(
        "institutions_map",
        known,
        figures.institution_points(known),
        findings.known(known),
        {
            "number": _("序号"),
            "name": _("名称"),
            "place_label": _("所在地"),
            "type": _("类型"),
            "list_titles": _("入选名单"),
            "beds_total": _("总床位（张）"),
            "day": _("日期"),
        },
        caveats=[_("数字为下表序号；空心圈为乡镇、区县或城市的中心，不是门牌地址"), maps.NOTE],
    )
blocks.exhibit(
    "institutions_known",
    known,
    None,
    _("按名称可知的机构与运营商"),
    {
        "number": _("序号"),
        "name": _("名称"),
        "kind_title": _("类别"),
        "place_label": _("所在地"),
        "type": _("类型"),
        "beds_total": _("总床位（张）"),
        "beds_open": _("对外开放（张）"),
        "beds_available": _("可接收（张）"),
        "list_titles": _("入选名单"),
        "day": _("日期"),
    },
    caveats=[_("运营商与品牌不是机构，单独标明")],
)
