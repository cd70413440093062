"""Findings of the section 数据: what rests on what, what is reported, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

import pandas as pd

from eldercare.measures import IN_USE, day_words, missing, number

# From the strongest to the weakest.
SOURCE_CLASSES = (
    "公文",
    "官方统计",
    "单位报送",
    "官网信息",
    "媒体",
    "转载",
    "二手",
    "推算",
    "演示",
)

BED_RULE = "床位：单家机构的床位不算一个地方的床位；只有每百名、每千名比率的标“仅比率”，不计入有床位数字的城市"

# Of each topic how many cities have a record, and which.
KNOWN = {
    "topic": "主题",
    "known": "有记录的城市（个）",
    "ranked": "城市（个）",
    "named": "哪些城市",
    "inside_named": "只写到所辖区县的城市",
    "last_year": "最新年份",
}


def topics(rows: pd.DataFrame) -> str:
    """Which topics are complete, and which of them fewest cities have a record of."""
    cities = int(rows["ranked"].iloc[0])
    full = rows[rows["known"] == cities]["topic"].tolist()
    first = f"{cities}个城市都有{'、'.join(full)}数据" if full else "没有一个主题各市齐全"
    thin = "、".join(
        f"{whole_name(row.topic)}{row.known}个城市{inside(row)}"
        for row in thinnest(rows).itertuples()
    )
    return f"{first}；写到市一级的所收记录最少的是{thin or '无'}"


def whole_name(topic: str) -> str:
    """The name of a topic where it is read for the first time."""
    return "长期护理保险（长护险）" if topic == "长护险" else topic


def inside(row: Any) -> str:
    """Of how many further cities only a county or district is written of; that is no record of the city itself."""
    return f"（另{row.inside}个只见区县）" if row.inside else ""


def asked(topics: Iterable[str], whom: str = "各地") -> str:
    """Who could supply what is missing, of the place named: insurance is not the business of civil affairs."""
    names = list(topics)
    civil = [whole_name(name) for name in names if name != "长护险"]
    told = [f"{'、'.join(civil)}可商请{whom}民政部门提供"] if civil else []
    insured = [f"长期护理保险（长护险）可商请{whom}医保部门提供"] if "长护险" in names else []
    return "，".join([*told, *insured])


def thinnest(rows: pd.DataFrame) -> pd.DataFrame:
    """The three topics that fewest cities have a record of, with all that tie with the third."""
    known = rows[rows["known"] < rows["ranked"]].sort_values("known", kind="stable")
    return known[known["known"] <= known["known"].head(3).max()]


def grid(rows: pd.DataFrame) -> str:
    """How many cells of the grid are filled."""
    if rows.empty:
        return "没有选择省（市）"
    filled = int((rows["records"] > 0).sum())
    title = f"{filled}格有公开记录，{len(rows) - filled}格公开资料未载"
    return f"{title}；{rows['place_code'].nunique()}个地区×{rows['topic'].nunique()}个主题，最早至最新年份；目标与计划不算记录"


def coverage(rows: pd.DataFrame) -> str:
    """The title of the coverage page: beds against people."""
    known = rows.set_index("topic")["known"]
    beds, homes, people = (int(known.get(topic, 0)) for topic in ("床位", "机构", "普查人口"))
    return (
        f"{int(rows['ranked'].iloc[0])}个城市中{beds}个有公开的床位数字；"
        f"{homes}个有机构数字，普查人口{people}个齐全；空格为公开资料未载，不是零"
    )


def classes(rows: pd.DataFrame) -> list[str]:
    """The classes of source that occur, the strongest first."""
    present = set(rows["source_class"])
    return [word for word in SOURCE_CLASSES if word in present] + sorted(
        present - set(SOURCE_CLASSES)
    )


def sources(rows: pd.DataFrame) -> str:
    """How many sources support something, of which classes; those that only lie beside, like the fictitious list, do not count."""
    rows = rows[(rows["source_class"] != "演示") & (rows["total"] > 0)]
    official = int(rows["source_class"].isin(["公文", "官方统计"]).sum())
    return "{n}个来源支持{all}条记录，其中公文与官方统计{official}个".format(
        n=number(len(rows)), all=number(rows["total"].sum()), official=official
    )


def total(rows: pd.DataFrame) -> int:
    """How many rows there are beyond the page that was asked for."""
    return int(rows["total"].iloc[0]) if len(rows) else 0


def resting(source: pd.Series, total: int) -> str:
    """What rests on one source."""
    return (
        "{title}：支持{n}条记录".format(title=source["title"], n=number(total))
        if total
        else "{title}：没有记录由它支持，仅作参考".format(title=source["title"])
    )


def source_notes(source: pd.Series) -> list[str]:
    """What else is known of a source: class, number, address and how it was read."""
    parts = [
        source["source_class"],
        source["publisher"],
        source["document_number"],
        source["url"] if source["linkable"] else source["host"],
        source["note"],
    ]
    return [str(part) for part in parts if not missing(part)]


def with_addresses(rows: pd.DataFrame) -> pd.DataFrame:
    """Adds the date as words and the address of each source on the page of sources."""
    return rows.assign(
        published_words=[
            day_words(row.published, row.published_precision) for row in rows.itertuples()
        ],
        address=[f"sources?source={quote(code)}" for code in rows["source_id"]],
    )


def listed(rows: pd.DataFrame, chosen: str) -> str:
    """How many sources are listed and how many of them support nothing yet."""
    bare = int((rows["total"] == 0).sum())
    words = f"；{bare}个没有记录由它支持" if bare else ""
    return f"来源清单（{chosen}）：{len(rows)}个{words}"


def of_page(total_: int, length: int) -> list[str]:
    """Where a list is turned page by page, the sources under it are those of the page."""
    return ["来源与日期只算本页各行"] if total_ > length else []


def definition(indicator: pd.Series) -> str:
    """Definition, counting rule and direction of an indicator."""
    direction = {"higher": "高为好", "lower": "低为好", "none": "不作评价"}[indicator["polarity"]]
    return "定义：{definition} 计数口径：{rule} 方向：{direction}".format(
        definition=indicator["definition"], rule=indicator["counting_rule"], direction=direction
    )


def with_states(rows: pd.DataFrame) -> pd.DataFrame:
    """Claims with the words of their state: shown among rivals, shown, or why not."""
    words = {
        "in_use": f"{IN_USE} 显示",
        "shown": "显示",
        "doubtful": "存疑，不显示",
        "kept": "备查，不显示",
    }
    return rows.assign(state=rows["state"].map(words))


def claims(indicator: pd.Series, rows: pd.DataFrame, competing: bool) -> str:
    """How many claims an indicator has, and for how many places and days they differ in their source; `rows` are one page of them."""
    total_ = total(rows)
    if competing and total_:
        return "{title}：{places}处有不同来源数据，共{n}条，显示的标{sign}".format(
            sign=IN_USE,
            title=indicator["title"],
            places=number(rows["contested_in_all"].iloc[0]),
            n=number(total_),
        )
    if competing:
        doubtful = int(indicator["doubtful"])
        beside = f"（另有{doubtful}条存疑，不显示）" if doubtful else ""
        return "{title}：没有同地、同口径、日期相近的不同来源数据{beside}".format(
            title=indicator["title"], beside=beside
        )
    return "{title}：{n}条数据，其中{beside}条不作显示值".format(
        title=indicator["title"], n=number(total_), beside=int(indicator["beside"])
    )


def corrections(rows: pd.DataFrame) -> str:
    """The newest correction, or that there is none yet."""
    if rows.empty:
        return "还没有更正：自第一版数据以来没有改动过已公布的数字"
    return "最近一次更正：{day:%Y年%m月%d日}，{reason}".format(
        day=rows["date"].iloc[0], reason=rows["reason"].iloc[0]
    )


def version_change(counts: Mapping[str, Mapping[str, int]] | None) -> str:
    """What the release in use changed against the one before, by table; None when there is none before."""
    if counts is None:
        return "本版以前没有已发布的版本"
    kinds = {"new": "新增{n}", "changed": "修改{n}", "gone": "删除{n}"}
    words = [
        name
        + "、".join(words.format(n=found[kind]) for kind, words in kinds.items() if found[kind])
        for name, found in counts.items()
    ]
    return "与上一版本相比：{words}".format(words="，".join(words) or "数据没有变化")
