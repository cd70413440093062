"""Exhibits about the delta as a whole: people, beds, lists, gaps."""

from __future__ import annotations

from eldercare import tables
from eldercare.exhibits import (
    BEDS,
    GAPS,
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
from eldercare.exhibits.shapes import Bars, Series

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
