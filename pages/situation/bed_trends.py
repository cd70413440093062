"""床位趋势: beds and institutions over time, each definition its own line, targets as wording."""

import streamlit as st

from eldercare import blocks, figures, filters, store
from eldercare.findings import situation
from eldercare.text import _

SUBJECTS = {
    _("床位"): ["beds_eldercare", "beds_institution", "beds_nursing"],
    _("机构"): ["institutions"],
    _("每千名老人床位"): ["beds_per_1000_60plus"],
}

targets = store.ask("bed_target")
blocks.title(situation.bed_target(targets), _("各地养老床位与机构历年是多少；不同口径各成一线，缺数处留空，不连接口径变动前后。"))

columns = st.columns([1, 1.4], vertical_alignment="center")
with columns[0]:
    subject = filters.one_of(_("指标"), "beds_subject", list(SUBJECTS))
known = store.ask("bed_places", indicators=SUBJECTS[subject])
with columns[1]:
    place = filters.place_with_data(known, "beds_place")

rows = store.ask("bed_series", indicators=SUBJECTS[subject], places=[place.place_code])
blocks.exhibit(
    "bed_series",
    rows,
    figures.series(rows, rows["unit"].iloc[0] if len(rows) else ""),
    situation.bed_trend(rows, place.short_name),
    {
        "indicator_title": _("指标"),
        "day": _("日期"),
        "value": _("数值"),
        "qualifier": _("限定词"),
        "kind_words": _("性质"),
        "break_note": _("口径变动"),
    },
    caveats=[_("不同定义、不同来源口径不连线")],
)

left, right = st.columns(2, gap="medium")
with left:
    blocks.exhibit(
        "bed_target",
        targets,
        None,
        _("异地养老床位：起点、目标与两种读法"),
        {
            "indicator_title": _("指标"),
            "reading": _("读法"),
            "value": _("数值（张）"),
            "formula": _("算法"),
            "day": _("日期"),
            "kind_words": _("性质"),
        },
    )
with right:
    blocks.exhibit(
        "bed_places",
        store.ask("bed_gaps"),
        None,
        _("哪些地方有公开床位数字，哪些没有"),
        {"province": _("省（市）"), "with_beds": _("有数字的城市"), "without_beds": _("未见公开数字的城市")},
    )
