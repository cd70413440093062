"""总览: where the delta stands, in one screen."""

import streamlit as st

from eldercare import blocks, figures, filters, findings, maps, store
from eldercare.findings import cooperation, situation
from eldercare.text import _

AGE_BREAKS = (16, 20, 24, 28, 32)

headline = store.ask("headline")
blocks.title(situation.overview(headline), _("沪苏浙皖三省一市41个城市的养老合作：现状、合作、差距与来源。"))
blocks.cards(situation.headline_cards(headline, store.ask("headline_later")))

left, right = st.columns([1.55, 1], gap="small")
with left:
    share = store.ask("elder_share")
    blocks.exhibit(
        "elder_share",
        share,
        {
            _("地图"): lambda: maps.choropleth(share, AGE_BREAKS, "%", height=500),
            _("方格"): lambda: maps.tile_grid(share, store.ask("tiles"), AGE_BREAKS, "%", height=500),
        },
        findings.extremes(share[share["level"] != "district"], _("60岁及以上人口占比")),
        {"name": _("地区"), "elders": _("60岁及以上（人）"), "population": _("常住人口（人）"), "value": _("占比（%）")},
        caveats=[blocks.matched(share), maps.NOTE],
    )
with right:
    as_of = filters.as_of()
    signed = store.ask("signed_series", as_of=as_of)
    signed = signed[signed["indicator_code"].isin(["signed_districts", "signed_places"])]
    blocks.exhibit(
        "signed_series",
        signed,
        figures.series(signed, _("个"), height=280),
        cooperation.signed(signed),
        {"indicator_title": _("指标"), "value": _("数值"), "day": _("日期"), "kind_words": _("性质"), "counting_rule": _("计数口径")},
    )
    events = store.ask("latest_events", as_of=as_of, count=5)
    blocks.exhibit(
        "latest_events",
        events,
        None,
        _("最近的公开动态"),
        {"day": _("日期"), "title": _("事件")},
    )
