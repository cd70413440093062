"""The tables of a place profile and its homes: what each column is called, how many homes are known by name, where all of them stand."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pandas as pd

from eldercare.exhibits.institutions import words as institutions
from eldercare.measures import number

AGAINST = {
    "title": "指标",
    "value_words": "数值",
    "rank_words": "位次",
    "against_province": "比省（百分点）",
    "against_delta": "比长三角（百分点）",
}
HOMES = {
    "name": "名称",
    "place_label": "所在地",
    "ownership": "经营性质",
    "beds_total": "总床位（张）",
    "day": "日期",
}
NO_HOMES = "公开资料未载不等于没有；有名单的单位可在“数据更新”里上传。"


def homes(place: Any, rows: pd.DataFrame) -> str:
    """How many homes of a place are known by name, and what beds they report; `rows` are the first of them."""
    if rows.empty:
        return f"{place.short_name}：养老机构名称公开资料未载"
    row = rows.iloc[0]
    head = f"{place.short_name}按名称可知{number(row['in_all'])}家养老机构"
    listed = row["listed"] and row["listed"] < row["in_all"]
    told = [f"其中{number(row['listed'])}家出自待核名单"] if listed else []
    if not row["reported"]:
        return f"{head}；{'，'.join([*told, '床位均未载'])}"
    beds = institutions.summed(
        row["beds_in_all"], row["reported"], row["beds_listed"], row["reported_listed"]
    )
    return f"{head}；{'，'.join([*told, number(row['reported']) + '家有床位', beds])}"


def with_pages(rows: pd.DataFrame) -> pd.DataFrame:
    """Adds `address`: the profile of each place."""
    return rows.assign(address=[f"city?place={code}" for code in rows["place_code"]])


def ways(place: Any) -> dict[str, str]:
    """From the profile of a place to what other pages have of it, by words and address."""
    sides = {"district": "pairing_district", "city": "pairing_partner", "county": "pairing_partner"}
    side = {sides[place.level]: place.label} if place.level in sides else {}
    pages = {
        "结对": ("pairing", side),
        "机构名单": ("institutions", {}),
        "床位": ("bed-trends", {}),
        "指标": ("indicators", {}),
        "任务": ("tasks", {}),
        "数据覆盖": ("coverage", {}),
        "演示": ("present", {}),
    }
    return {
        words: f"{page}?{urlencode({'place': place.place_code, **more})}"
        for words, (page, more) in pages.items()
    }


def with_ways(records: pd.DataFrame) -> pd.DataFrame:
    """Adds `address` to the records of a place: a task opens among the tasks, everything else where its source is told."""
    return records.assign(
        address=[
            f"tasks?tasks_task={row.id}"
            if row.part == "任务"
            else f"sources?source={row.source_id}"
            for row in records.itertuples()
        ]
    )


def homes_page(place: Any) -> dict[str, str]:
    """The way to the finder with this place chosen; of the whole delta the finder itself."""
    keys = {
        "province": "institutions_province",
        "city": "cities",
        "district": "institutions_county",
        "county": "institutions_county",
    }
    key = "cities" if place.place_code == "310000" else keys.get(place.level)
    label = place.short_name if key == "cities" else place.label
    return {
        "全部机构：机构名录": f"institutions?{urlencode({key: label})}" if key else "institutions"
    }
