"""Exhibits about the delta as a whole: people, beds, lists, gaps."""

from __future__ import annotations

from eldercare.exhibits import (
    GAPS,
    Exhibit,
    Facts,
    Missing,
    coverage,
    exhibit,
    number_or_gap,
    titles,
)
from eldercare.exhibits.shapes import Bars, Series


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
