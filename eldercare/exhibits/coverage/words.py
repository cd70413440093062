"""What is said of 数据覆盖: what is reported, what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

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
        f"所收资料里，{int(rows['ranked'].iloc[0])}个城市中{beds}个有床位数字；"
        f"{homes}个有机构数字，普查人口{people}个齐全；空格为公开资料未载，不是零"
    )
