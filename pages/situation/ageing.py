"""老龄化: 60+, 65+ and 80+ by city and county, and what ten years changed on equal boundaries."""

import streamlit as st

from eldercare import maps, store
from eldercare.exhibits import city
from eldercare.exhibits.ageing import words as findings
from eldercare.figures import ageing as figures
from eldercare.measures import AGE_BREAKS
from eldercare.screen import blocks, filters

AGES = {"60岁以上": 60, "65岁以上": 65, "80岁以上": 80}

heading = st.container()
age = AGES[filters.one_of("年龄", "ageing_age", list(AGES))]
share, provinces = store.ask("elder_share", age=age), store.ask("province_ageing", age=age)
with heading:
    blocks.title(findings.title(provinces, age), findings.lead(share))

cities = share[share["peers"] == "city"]
columns = {
    "name": "地区",
    "elders": "2020年（人）",
    "value": "2020年占比（%）",
    "rank": "位次",
    "value_2010": "2010年占比（%）",
    "change": "十年升降（百分点）",
    "change_rank": "升降位次",
    "against_province": "比所在省（百分点）",
    "against_delta": "比长三角（百分点）",
    "boundary_note": "区划",
}
left, right = st.columns([1.4, 1], gap="small")
with left:
    event = blocks.exhibit(
        "ageing_share",
        share,
        {
            "地图": lambda: maps.choropleth(
                share, AGE_BREAKS[age], "%", int(age == 80), height=520
            ),
            "方格图": lambda: maps.tile_grid(
                share, store.ask("tiles"), AGE_BREAKS[age], "%", int(age == 80), height=520
            ),
            "排序": lambda: figures.ten_years(cities),
            "人数": lambda: figures.counts(share, height=520),
        },
        findings.shares(share, age),
        columns,
        caveats=[blocks.matched(share), "位次：城市之间、上海各区之间", maps.note()],
        on_select="rerun",
    )
    blocks.follow(event, "city", "place")
with right:
    event = blocks.exhibit(
        "ageing_quadrant",
        cities,
        figures.quadrant(cities, height=520),
        findings.quadrant(cities, age),
        columns,
        on_select="rerun",
    )
    blocks.follow(event, "city", "place")

left, right = st.columns([1, 1.9], gap="small")
with left:
    rows = {
        "short_name": "地区",
        "value": "2020年（%）",
        "value_2010": "2010年（%）",
        "change": "升降（百分点）",
    }
    caveats = ["长三角与各省为城市人数之和相除，不是各率平均"]
    blocks.exhibit(
        "ageing_provinces",
        provinces,
        None,
        findings.provinces(provinces, age),
        {**rows, "more": "多出（人）"},
        caveats,
    )
with right:
    known = store.ask("profile_places")
    code, asked, elsewhere = filters.place(known, "YRD")
    if asked:
        st.warning(city.fallback(asked, known.set_index("place_code").at[code, "label"], elsewhere))
    around, within = findings.counted_for(known, code)
    counties = store.ask("county_ageing", age=age, cities=within)
    rows = {
        "label": "县（市、区）",
        "city": "城市",
        "elders": "2020年（人）",
        "value": "2020年（%）",
    }
    rows |= {"value_2010": "2010年（%）", "boundary_note": "区划"}
    blocks.exhibit(
        "ageing_counties",
        counties,
        None,
        findings.counties(counties, around, age),
        rows,
        ["两年各按当年区划，只并列，不算升降；上海各区见上图；开发区等普查单列的不在表内"],
    )
