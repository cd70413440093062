"""Exhibits about the delta as a whole: people, beds, lists, gaps."""

from __future__ import annotations

from typing import Any

from eldercare import maps, tables
from eldercare.exhibits import (
    BEDS,
    GAPS,
    STATE,
    Exhibit,
    Facts,
    Missing,
    coverage,
    exhibit,
    institutions,
    left_out,
    number_or_gap,
    titles,
)
from eldercare.exhibits.ageing import words as ageing
from eldercare.exhibits.shapes import Bars, Map, Place, Series
from eldercare.measures import (
    AGE_BREAKS,
    CENSUS,
    class_of,
    class_words,
)

NO_FACETS = (
    "province",
    "city",
    "county",
    "portability",
    "available",
    "price",
    "type",
    "open",
    "size",
    "ownership",
    "care",
    "medical",
    "list",
    "opened",
    "ended",
)


def share_map(
    facts: Facts, age: int = 60, within: str = "", highlight: str = ""
) -> Exhibit | Missing:
    """The share of an age on the map; a province alone when `within` is the beginning of its codes."""
    rows = facts.ask("elder_share", age=age)
    if within:
        rows = rows[rows["place_code"].str.startswith(within)]
    digits, breaks = int(age == 80 or bool(within)), AGE_BREAKS[age]
    what = f"{age}岁及以上占比"
    if rows["value"].notna().sum() == 0:
        return Missing(what, "没有分年龄的普查人口")
    # Beside its districts a province's own row would be a second value of the same ground.
    rows = rows[rows["level"] != "province"] if within == "31" else rows
    found = [_age_place(row, breaks, digits) for row in rows.itertuples()]
    legend = [(words, f"class:{rank}") for rank, words in enumerate(class_words(breaks, "%"))]
    if rows["value"].isna().any():
        legend.append(("未载", "unknown"))
    columns = {
        "name": "地区",
        "elders": "人数（人）",
        "population": "常住人口（人）",
        "value": "占比（%）",
        "rank": "位次",
    }
    tiles = tuple(facts.ask("tiles").itertuples(index=False, name=None))
    shape = Map(tuple(found), tuple(legend), what, within, highlight, tiles=tiles)
    return exhibit(
        f"share_map_{age}",
        STATE,
        _of_province(facts, within) + ageing.shares(rows, age),
        shape,
        rows,
        columns,
        [f"{CENSUS}，2020年区划", maps.note()],
    )


def _of_province(facts: Facts, within: str) -> str:
    """The name of the province that a picture is narrowed to; Shanghai's districts are named by their peers."""
    return "" if within in ("", "31") else facts.place(f"{within}0000").short_name + "，"


def _age_place(row: Any, breaks: tuple[float, ...], digits: int) -> Place:
    rank = class_of(row.value, breaks)
    words = "未载" if rank is None else f"{row.value:.2f}%"
    short = "未载" if rank is None else f"{row.value:.{digits}f}%"
    return Place(
        row.place_code,
        row.short_name,
        f"{row.short_name}\n{short}",
        words,
        "unknown" if rank is None else f"class:{rank}",
        number_or_gap(row.value),
    )


def ten_years(facts: Facts, age: int = 60) -> Exhibit | Missing:
    """Delta and provinces in both censuses, side by side."""
    rows = facts.ask("province_ageing", age=age)
    if rows.empty:
        return Missing("两次普查的变化", "没有两次普查可比的数字")
    series = (
        Series("2010年", tuple(number_or_gap(v) for v in rows["value_2010"]), "earlier"),
        Series("2020年", tuple(number_or_gap(v) for v in rows["value"]), "now"),
    )
    shape = Bars(tuple(rows["short_name"]), series, "%", 1, horizontal=False)
    columns = {
        "short_name": "地区",
        "value_2010": "2010年（%）",
        "value": "2020年（%）",
        "change": "升降（百分点）",
    }
    caveats = ["两年均按2020年区划、常住人口；率为人数之和相除"]
    return exhibit(
        "ten_years",
        STATE,
        ageing.title(rows, age),
        shape,
        rows,
        {**columns, "more": "多出（人）"},
        caveats,
    )


def city_bars(facts: Facts, age: int = 60, within: str = "") -> Exhibit | Missing:
    """Cities (districts for Shanghai) from the highest share to the lowest."""
    rows = facts.ask("elder_share", age=age)
    rows = rows[rows["peers"] == ("district" if within == "31" else "city")]
    rows = rows[rows["place_code"].str.startswith(within)].sort_values(
        "value", ascending=False, kind="stable"
    )
    what = f"{age}岁及以上占比"
    if len(rows) < 2:
        return Missing(what, "没有可以比较的地区")
    shown = rows if within else rows.head(12)
    roles = tuple(f"place:{code}" for code in shown["place_code"])
    values = tuple(number_or_gap(value) for value in shown["value"])
    shape = Bars(tuple(shown["short_name"]), (Series(what, values, roles[0], roles),), "%", 1)
    columns = {
        "name": "地区",
        "elders": "人数（人）",
        "value": "占比（%）",
        "value_2010": "2010年（%）",
        "change": "升降（百分点）",
    }
    caveats = [f"由高到低列{len(shown)}个" if len(shown) < len(rows) else "", f"{CENSUS}，常住人口"]
    return exhibit(
        f"city_bars_{age}",
        STATE,
        _of_province(facts, within) + ageing.shares(rows, age),
        shape,
        rows,
        columns,
        caveats,
    )


def lists(facts: Facts) -> Exhibit | Missing:
    """Institutions announced by the published lists beside those known by name."""
    rows = facts.ask("list_coverage")
    known = rows[rows["announced"].notna()]
    if known.empty:
        return Missing("异地养老机构名单", institutions.coverage(rows))
    series = (
        Series("公布（家）", tuple(map(number_or_gap, known["announced"])), "announced"),
        Series("能查到名称（家）", tuple(map(number_or_gap, known["named"])), "named"),
    )
    columns = {
        "line": "名单与地区",
        "announced": "公布家数",
        "announced_beds": "公布床位（张）",
        "named": "已知名称家数",
    }
    caveats = ["未具名的机构不编造；“其中”各行已含在上一行内"]
    return exhibit(
        "lists",
        BEDS,
        institutions.coverage(rows),
        Bars(tuple(known["line"]), series, "家"),
        rows,
        columns,
        caveats,
    )


def homes(facts: Facts, demo: bool = False) -> Exhibit | Missing:
    """Beds of the institutions known by name, by city; the fictitious list instead when asked for."""
    chosen = dict.fromkeys(NO_FACETS)
    rows = facts.ask(
        "institution_cities", demo=demo, words="", insured=None, as_of=facts.as_of, chosen=chosen
    )
    rows = rows[rows["institutions"].notna()].sort_values("beds", ascending=False, kind="stable")
    if rows.empty:
        return Missing("按名称可知的机构", "没有按名称可知的机构")
    shown = rows.head(12)
    series = Series(
        "总床位（虚构）" if demo else "具名机构的总床位",
        tuple(map(number_or_gap, shown["beds"])),
        "now",
        tuple(f"place:{code}" for code in shown["place_code"]),
    )
    columns = {
        "short_name": "城市",
        "institutions": "机构（家）",
        "reported": "有总床位数的（家）",
        "beds": "总床位（张）",
    }
    shape = Bars(tuple(shown["short_name"]), (series,), "张")
    unchecked = any("待核" in words for words in tables.warnings(tables.sources_of(rows)))
    finding = institutions.invented(rows) if demo else institutions.by_name(rows, unchecked)
    return exhibit(
        "homes_demo" if demo else "homes", BEDS, finding, shape, rows, columns, [left_out(rows, 12)]
    )


def known_topics(facts: Facts) -> Exhibit | Missing:
    """How many of the cities have any public record, by topic: what is not known."""
    rows = facts.ask("coverage_topics")
    if rows.empty:
        return Missing("数据覆盖", "没有记录")
    shape = Bars(
        tuple(rows["topic"]),
        (Series("有公开记录的城市", tuple(map(number_or_gap, rows["known"])), "now"),),
        "个",
    )
    caveats = ["公开资料未载不等于没有；可商请各地民政部门提供，长期护理保险（长护险）商请医保部门"]
    if facts.as_of < facts.ask("release")["as_of"].iloc[0].date():
        caveats.append("按全部所收记录计，不随截至日变化")
    return exhibit("known_topics", GAPS, titles.topics(rows), shape, rows, coverage.KNOWN, caveats)
