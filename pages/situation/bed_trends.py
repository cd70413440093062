"""床位趋势: beds and institutions over time, per thousand elders on four denominators, targets as wording."""

import streamlit as st

from eldercare import figures, maps, store
from eldercare.exhibits import beds, city, comparison, coverage, series
from eldercare.faces import screen as drawn
from eldercare.figures.welfare import welfare_map
from eldercare.screen import blocks, filters
from eldercare.screen.desk import handing_in

SUBJECTS = {
    "床位": ["beds_eldercare", "beds_institution", "beds_nursing"],
    "机构": ["institutions"],
    "每千名老人床位": ["beds_per_1000_60plus"],
}
FOUR = {"registered60": "户籍60岁及以上", "registered65": "户籍65岁及以上"}
FOUR |= {"resident60": "常住60岁及以上", "resident65": "常住65岁及以上"}
NO_RATIO = "没有同时公开床位与同口径老年人口的地区；可由当地民政部门报送。"
DEFINITIONS = {"机构养老床位": "beds_institution", "养老床位（来源未限定范围）": "beds_eldercare"}

targets = store.ask("bed_target")
blocks.title(
    beds.bed_target(targets),
    "各地养老床位与机构历年是多少；不同口径各成一线，缺数处留空，不连接口径变动前后。",
)

columns = st.columns([1, 1.4], vertical_alignment="center")
with columns[0]:
    subject = filters.one_of("指标", "beds_subject", list(SUBJECTS))
known = store.ask("profile_places")
with columns[1]:
    code, asked, elsewhere = filters.place(
        known, beds.richest(store.ask("bed_places", indicators=SUBJECTS[subject]))
    )
place = next(known[known["place_code"] == code].itertuples())
if asked:
    st.warning(city.fallback(asked, place.label, elsewhere))
rows = store.ask("bed_series", indicators=SUBJECTS[subject], places=[place.place_code])
steps = store.ask("bed_steps", indicators=SUBJECTS[subject], places=[place.place_code])
blocks.exhibit(
    "bed_series",
    rows,
    drawn.lines(series.lines(rows, rows["unit"].iloc[0] if len(rows) else ""), 360, room=760),
    beds.trend_title(rows, place, subject),
    beds.SERIES,
    caveats=[
        *beds.caveats(rows),
        comparison.trend(rows),
        "不同定义、不同来源口径不连线；相隔一年半以上不连线",
    ],
    file_columns=beds.SERIES | beds.DIGITS,
    empty=beds.no_series(place, store.ask("place_facilities", place=code, as_of=filters.as_of())),
)
if rows.empty:
    handing_in.blank_form("observations")
with st.container(horizontal=True):
    definition_words = filters.one_of("床位口径", "beds_definition", list(DEFINITIONS))
    denominator = filters.one_of(
        "分母", "beds_denominator", list(FOUR.values()), default=FOUR["resident60"]
    )
definition = DEFINITIONS[definition_words]
ratio, ranks = (
    store.ask("bed_ratio", indicator=definition, denominator=denominator),
    store.ask("bed_ranks", indicator=definition),
)
left, right = st.columns([1.15, 1], gap="small")
with left:
    drawn = ratio.assign(
        short_name=ratio["label"].str.replace("，", "，\n")
    )  # On a phone the bars need the room.
    above = drawn["level"].isin(["region", "province"])
    caveats = [
        "分母取年份最近的同口径人数；床位与分母相差不过三年、各地床位也相差不过三年的同级地区才排名"
    ]
    for key, part, title in (
        ("bed_ratio", drawn[above], beds.ratio(ratio, definition_words, denominator)),
        ("bed_ratio_cities", drawn[~above], beds.old_ratios(ratio)),
    ):
        figure = figures.ranked_bars(part[part["note"].isna()], "张", height=34 * len(part) + 30)
        blocks.exhibit(key, part, figure, title, beds.RATIO, caveats, empty=NO_RATIO)
    caveats = ["同一批床位除以四种老年人口；括号内为床位÷分母的年份与同级名次"]
    blocks.exhibit(
        "bed_ranks", ranks, None, beds.moves(ranks), {"short_name": "地区", **FOUR}, caveats
    )
with right:
    worded, columns = beds.with_words(steps), {"words": "增减", "pace": "间隔"}
    why = "同一口径、同一序列段内有两个数字才计算增减。"
    blocks.exhibit(
        "bed_steps",
        worded,
        None,
        beds.steps(steps, rows),
        columns,
        ["只在同一口径内相减"],
        empty=why,
    )
    blocks.exhibit(
        "bed_target",
        targets,
        None,
        "异地养老床位：起点、目标与两种读法",
        beds.TARGET,
        file_columns=beds.TARGET | beds.DIGITS,
    )
    blocks.exhibit(
        "bed_places",
        store.ask("bed_gaps"),
        None,
        "哪些地方有公开床位数字，哪些没有",
        beds.GAPS,
        [coverage.BED_RULE],
    )

welfare = store.ask("county_welfare")
left, right = st.columns([1, 1], gap="small")
with left:
    caveats = [beds.welfare_missing(welfare), maps.note()]
    event = blocks.exhibit(
        "welfare_map",
        welfare,
        welfare_map(welfare),
        beds.welfare(welfare),
        beds.WELFARE,
        caveats,
        on_select="rerun",
    )
    blocks.follow(event, "city", "place")
with right:
    title = beds.welfare_ranks(welfare)
    blocks.exhibit(
        "welfare_ranks",
        welfare,
        None,
        title,
        beds.WELFARE,
        beds.WELFARE_CAVEATS,
        links={"label": "link"},
    )
