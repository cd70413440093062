"""老龄化: 60+, 65+ and 80+ by city and county, and what ten years changed on equal boundaries."""

from __future__ import annotations

from typing import Any

import pandas as pd

from eldercare import maps
from eldercare.exhibits import (
    STATE,
    Exhibit,
    Facts,
    Missing,
    exhibit,
    kept,
    listed,
    number_or_gap,
    parts,
)
from eldercare.exhibits.ageing import words
from eldercare.exhibits.shapes import Bars, Circles, Dot, Field, Map, Place, Series, Spot, Strip
from eldercare.measures import AGE_BREAKS, CENSUS, class_of, class_words, quantity

AGES = {"60岁以上": 60, "65岁以上": 65, "80岁以上": 80}
SHARES = {
    "name": "地区",
    "elders": "2020年（人）",
    "population": "常住人口（人）",
    "value": "2020年占比（%）",
    "rank": "位次",
    "value_2010": "2010年占比（%）",
    "change": "十年升降（百分点）",
    "change_rank": "升降位次",
    "against_province": "比所在省（百分点）",
    "against_delta": "比长三角（百分点）",
    "boundary_note": "区划",
}
# Among the cities of a province the first twelve fill a slide.
BARS, CORNERS = (
    12,
    (
        "占比较高、上升较快 ↗",
        "↖ 占比较低、上升较快",
        "占比较高、上升较慢 ↘",
        "↙ 占比较低、上升较慢",
    ),
)

# A map or an order of one province; the delta, a city or a county has none of its own.
UNDRAWN = "这里只比较一个省（市）以内；各城市和上海各区的见“老龄化”"


@kept
def shares(facts: Facts, age: int = 60, within: str = "", highlight: str = "") -> Exhibit | Missing:
    """The share of an age on the map; a province alone when `within` is the beginning of its codes."""
    rows = facts.ask("elder_share", age=age)
    if within:
        rows = rows[rows["place_code"].str.startswith(within)]
    digits, breaks = int(age == 80 or bool(within)), AGE_BREAKS[age]
    what = f"{age}岁及以上占比"
    if rows["value"].notna().sum() == 0:
        return Missing(what, UNDRAWN if within else "没有分年龄的普查人口")
    # Beside its districts a province's own row would be a second value of the same ground.
    rows = rows[rows["level"] != "province"] if within == "31" else rows
    found = [_age_place(row, breaks, digits) for row in rows.itertuples()]
    legend = [(words_, f"class:{rank}") for rank, words_ in enumerate(class_words(breaks, "%"))]
    if rows["value"].isna().any():
        legend.append(("未载", "unknown"))
    tiles = tuple(facts.ask("tiles").itertuples(index=False, name=None))
    return exhibit(
        "ageing_share",
        STATE,
        **parts(_of_province(facts, within) + words.shares(rows, age)),
        shape=Map(tuple(found), tuple(legend), what, within, highlight, tiles=tiles),
        rows=rows,
        columns=SHARES,
        caveats=[
            f"{CENSUS}，2020年区划；位次：城市之间、上海各区之间",
            words.matched(rows),
            maps.note(),
        ],
    )


def _of_province(facts: Facts, within: str) -> str:
    """The name of the province that a picture is narrowed to; Shanghai's districts are named by their peers."""
    return "" if within in ("", "31") else facts.place(f"{within}0000").short_name


def _age_place(row: Any, breaks: tuple[float, ...], digits: int) -> Place:
    rank = class_of(row.value, breaks)
    words_ = "未载" if rank is None else f"{row.value:.2f}%"
    short = "未载" if rank is None else f"{row.value:.{digits}f}%"
    return Place(
        row.place_code,
        row.short_name,
        f"{row.short_name}\n{short}",
        words_,
        "unknown" if rank is None else f"class:{rank}",
        number_or_gap(row.value),
        row.hover,
    )


@kept
def spread(facts: Facts, age: int = 60) -> Exhibit:
    """Every city as a dot between the lowest and the highest, the delta as a whole among them."""
    rows = _cities(facts, age)
    ends = {rows["value"].idxmax(), rows["value"].idxmin()} if len(rows) else set()
    dots = [
        Dot(
            row.short_name,
            float(row.value),
            "own" if row.Index in ends else "peer",
            f"{row.short_name}{row.value:.1f}%" if row.Index in ends else "",
            row.place_code,
        )
        for row in rows.itertuples()
    ]
    finding = words.shares(rows, age)
    if len(rows):
        whole = float(rows["delta_value"].iloc[0])
        dots.append(Dot("长三角", whole, "whole", f"长三角{whole:.2f}%", "YRD"))
        finding += f"，长三角{whole:.2f}%"
    return exhibit(
        "elder_share",
        STATE,
        **parts(finding),
        shape=Strip(tuple(dots), "%"),
        rows=rows,
        columns=SHARES,
    )


def _cities(facts: Facts, age: int, known: str = "value") -> pd.DataFrame:
    rows = facts.ask("elder_share", age=age)
    return rows[rows["peers"] == "city"].dropna(subset=[known])


@kept
def people(facts: Facts, age: int = 60) -> Exhibit:
    """How many they are as circles: totals, not shares."""
    rows = _cities(facts, age, "elders")
    drawn = maps.outlines()
    at = [drawn.get(code) or drawn["310115"] for code in rows["place_code"]]
    places = tuple(
        Place(
            row.place_code,
            row.short_name,
            f"{row.short_name}\n{quantity(row.elders)}",
            quantity(row.elders, "人"),
            f"place:{row.place_code}",
            float(row.elders),
            row.hover,
            (outline.label_lon, outline.label_lat),
        )
        for row, outline in zip(rows.itertuples(), at, strict=True)
    )
    return exhibit(
        "ageing_people",
        STATE,
        **parts(words.shares(rows, age)),
        shape=Circles(places),
        rows=rows,
        columns=SHARES,
    )


@kept
def quadrant(facts: Facts, age: int = 60) -> Exhibit:
    """Share against its change in ten years; the lines are the delta as a whole, quotients of sums."""
    rows = _cities(facts, age).dropna(subset=["change"])
    spots = tuple(
        Spot(row.place_code, row.short_name, float(row.value), float(row.change), row.hover)
        for row in rows.itertuples()
    )
    middle = tuple(map(float, rows[["delta_value", "delta_change"]].iloc[0])) if spots else (0, 0)
    axes = ("2020年占比（%）", "十年升降（百分点）")
    return exhibit(
        "ageing_quadrant",
        STATE,
        **parts(words.quadrant(rows, age)),
        shape=Field(spots, axes, ("%", "个百分点"), middle, "长三角", CORNERS),
        rows=rows,
        columns=SHARES,
    )


@kept
def ten_years(facts: Facts, age: int = 60) -> Exhibit | Missing:
    """Delta and provinces in both censuses, side by side."""
    rows = facts.ask("province_ageing", age=age)
    if rows.empty:
        return Missing("两次普查的变化", "没有两次普查可比的数字")
    series = (
        Series("2010年", tuple(number_or_gap(v) for v in rows["value_2010"]), "earlier"),
        Series("2020年", tuple(number_or_gap(v) for v in rows["value"]), "now"),
    )
    columns = {
        "short_name": "地区",
        "value_2010": "2010年（%）",
        "value": "2020年（%）",
        "change": "升降（百分点）",
        "more": "多出（人）",
    }
    return exhibit(
        "ten_years",
        STATE,
        **parts(f"{words.title(rows, age)}；{words.provinces(rows, age)}"),
        shape=Bars(tuple(rows["short_name"]), series, "%", 1, horizontal=False),
        rows=rows,
        columns=columns,
        caveats=["两年均按2020年区划、常住人口；率为人数之和相除，不是各率平均"],
    )


@kept
def ranking(facts: Facts, age: int = 60, within: str = "", most: int = BARS) -> Exhibit | Missing:
    """Cities (districts for Shanghai) from the highest share to the lowest; all of a province, of the delta the first `most`."""
    rows = facts.ask("elder_share", age=age)
    rows = rows[rows["peers"] == ("district" if within == "31" else "city")]
    rows = rows[rows["place_code"].str.startswith(within)].sort_values(
        "value", ascending=False, kind="stable"
    )
    what = f"{age}岁及以上占比"
    if len(rows) < 2:
        return Missing(what, UNDRAWN if within else "没有可以比较的地区")
    shown = rows if within else rows.head(most)
    series = Series(
        what,
        tuple(number_or_gap(value) for value in shown["value"]),
        f"place:{shown['place_code'].iloc[0]}",
        tuple(f"place:{code}" for code in shown["place_code"]),
        hovers=tuple(shown["hover"]),
    )
    listed_ = f"由高到低列{len(shown)}个" if len(shown) < len(rows) else ""
    return exhibit(
        f"city_bars_{age}",
        STATE,
        **parts(_of_province(facts, within) + words.shares(rows, age)),
        shape=Bars(tuple(shown["short_name"]), (series,), "%", 1),
        rows=rows,
        columns=SHARES,
        caveats=[listed_, f"{CENSUS}，常住人口"],
    )


@kept
def counties(facts: Facts, code: str, age: int = 60) -> Exhibit | Missing:
    """The counties of a place, or of all three provinces around one that has none; the highest first."""
    around, within = words.counted_for(facts.ask("profile_places"), code)
    rows = facts.ask("county_ageing", age=age, cities=within)
    if rows.empty:
        return Missing("县（市、区）", "没有县（市、区）的普查数字")
    rows = rows.sort_values("value", ascending=False, kind="stable")
    columns = {
        "label": "县（市、区）",
        "city": "城市",
        "elders": "2020年（人）",
        "value": "2020年（%）",
        "value_2010": "2010年（%）",
        "boundary_note": "区划",
    }
    return listed(
        "ageing_counties",
        STATE,
        words.counties(rows, around, age),
        rows,
        columns,
        [
            f"{CENSUS}；两年各按当年区划，只并列，不算升降；上海各区见上图；开发区等普查单列的不在表内",
            _not_among(facts, code, rows, age),
        ],
        slide={"label": 3, "elders": 2, "value": 2, "value_2010": 2},
    )


def _not_among(facts: Facts, code: str, rows: pd.DataFrame, age: int) -> str:
    """How many elders of a city are in none of its counties: zones that the census counts apart."""
    whole = facts.ask("elder_share", age=age).set_index("place_code")["elders"].get(code)
    left = 0 if whole is None or pd.isna(whole) else int(whole) - int(rows["elders"].sum())
    told = f"所列各地{age}岁及以上人口之和比全市少{left:,}人（开发区等不在表内）"
    return told if left > 0 else ""


@kept
def districts_or_counties(facts: Facts, code: str) -> Exhibit | Missing:
    """What a talk about a city shows of its inside. The map shows the share above 60 of Shanghai's districts: here is another age."""
    if code.startswith("31"):
        return ranking(facts, age=80, within="31")
    found = counties(facts, code)
    if isinstance(found, Exhibit) and len(found.rows) < 2:
        return Missing("县（市、区）", "没有县（市、区）的普查数字")
    return found
