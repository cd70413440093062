"""数据覆盖: which place reports what since when; what is empty is 公开资料未载."""

import streamlit as st

from eldercare import store
from eldercare.exhibits import coverage as findings
from eldercare.figures import coverage as figures
from eldercare.screen import blocks, filters

topics = store.ask("coverage_topics")
blocks.title(
    findings.coverage(topics),
    "哪个地区在哪个主题上有公开记录、从哪年到哪年；空格为公开资料未载，不是零。",
)

known = filters.places("province")
row = st.columns(2, gap="small")
with row[0]:
    chosen = filters.several(
        "省（市）", "coverage_provinces", known["label"].tolist(), "全部三省一市"
    )
with row[1]:
    cities = filters.cities()
codes = known[known["label"].isin(chosen)]["place_code"].tolist()
grid = store.ask("coverage_grid", provinces=codes)
if not filters.everywhere():
    grid = grid[grid["place_code"].isin(cities)]

left, right = st.columns([2, 1], gap="small")
with left:
    event = blocks.exhibit(
        "coverage_grid",
        grid,
        figures.grid(grid),
        findings.grid(grid),
        {"label": "地区", "topic": "主题", "records": "公开记录（条）", "span": "年份"},
        caveats=["格内为最早至最新年份，颜色为记录条数；目标与计划不算记录", findings.BED_RULE],
        on_select="rerun",
    )
    blocks.follow(event, "city", "place")
with right:
    blocks.exhibit(
        "coverage_topics",
        topics,
        figures.known_bars(topics),
        findings.topics(topics),
        {
            "topic": "主题",
            "known": "有记录的城市（个）",
            "named": "哪些城市",
            "inside_named": "只写到所辖区县的城市",
            "last_year": "最新年份",
        },
    )
    blocks.exhibit(
        "coverage_cities",
        topics,
        None,
        "各主题有公开记录的城市",
        {
            "topic": "主题",
            "named": "城市",
            "inside_named": "只写到所辖区县的城市",
            "last_year": "最新年份",
        },
        caveats=["没有列名的城市公开资料未载，可商请当地民政部门（长护险为医保部门）提供"],
    )
