"""数据覆盖: which place reports what since when; what is empty is 公开资料未载."""

from __future__ import annotations

from collections.abc import Sequence

from eldercare.exhibits import GAPS, Exhibit, Facts, Missing, exhibit, kept, number_or_gap, parts
from eldercare.exhibits.coverage import words
from eldercare.exhibits.shapes import Bars, Cell, Grid, Series
from eldercare.measures import class_of, class_words

# Classes of the number of public records of a place on a topic.
RECORDS = (2, 5, 10, 20, 40)
ASKED = "公开资料未载不等于没有；可商请各地民政部门提供，长期护理保险（长护险）商请医保部门"


@kept
def grid(facts: Facts, provinces: Sequence[str]) -> Exhibit:
    """Place × topic: the years that are covered. Of the places of these provinces those that are chosen."""
    rows = facts.ask("coverage_grid", provinces=list(provinces))
    if facts.cities is not None:
        rows = rows[rows["place_code"].isin(facts.cities)]
    cells = tuple(
        Cell(
            row.label,
            row.topic,
            row.span,
            f"class:{class_of(row.records, RECORDS)}" if row.records else "open",
            row.hover,
            row.place_code,
        )
        for row in rows.itertuples()
    )
    legend = tuple((told, f"class:{rank}") for rank, told in enumerate(class_words(RECORDS, "条")))
    return exhibit(
        "coverage_grid",
        GAPS,
        **parts(words.grid(rows)),
        shape=Grid(cells, legend),
        rows=rows,
        columns={"label": "地区", "topic": "主题", "records": "公开记录（条）", "span": "年份"},
        caveats=["颜色为记录条数", words.BED_RULE],
    )


@kept
def topics(facts: Facts) -> Exhibit | Missing:
    """How many of the cities have any public record, by topic: what is not known."""
    rows = facts.ask("coverage_topics")
    if rows.empty:
        return Missing("数据覆盖", "没有记录")
    series = Series(
        "有公开记录的城市",
        tuple(map(number_or_gap, rows["known"])),
        "now",
        labels=tuple(f"{row.known}/{row.ranked}" for row in rows.itertuples()),
        hovers=tuple(rows["hover"]),
    )
    caveats = [ASKED]
    if facts.as_of < facts.ask("release")["as_of"].iloc[0].date():
        caveats.append("按全部所收记录计，不随截至日变化")
    return exhibit(
        "known_topics",
        GAPS,
        **parts(words.topics(rows)),
        shape=Bars(tuple(rows["topic"]), (series,), "个"),
        rows=rows,
        columns=words.KNOWN,
        caveats=caveats,
    )
