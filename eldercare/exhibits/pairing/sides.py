"""Two places of which no tie is on record: what is known of each, whom each works with already, and who could say more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from eldercare import tables
from eldercare.exhibits import TOGETHER, Exhibit, Facts, kept, listed
from eldercare.exhibits.claims import amount, dated, departments
from eldercare.measures import PRESENT, STAGES, missing, number

BEDS = ("beds_eldercare", "beds_institution")
NOTHING = "未载"
COLUMNS = {
    "label": "地区",
    "beds": "养老床位",
    "homes": "按名称可知的机构",
    "lists": "异地养老机构名单",
    "others": "已有往来",
    "who": "可商请",
}


@kept
def sides(facts: Facts, *codes: str) -> Exhibit:
    """One row for each side. What is empty is 公开资料未载, never nothing."""
    rows = pd.DataFrame([_side(facts, facts.place(code)) for code in codes])
    names = " × ".join(rows["label"])
    finding = f"{names}：两边各有什么；往来公开资料未载，不等于没有"
    return listed("pair_sides", TOGETHER, finding, rows, COLUMNS)


def ways(one: str, other: str) -> dict[str, str]:
    """What can be done with a pair: shown to others, or supplied with what is missing."""
    return {
        "用这一对做演示": f"present?{urlencode({'deck': f'pair:{one}|{other}'})}",
        "报一份协议：空白表": f"intake?{urlencode({'intake_table': '协议'})}",
    }


def _side(facts: Facts, place: Any) -> dict[str, Any]:
    code = place.place_code
    found = facts.ask("place_facilities", place=code, as_of=facts.as_of)
    beds = found[found["indicator_code"].isin(BEDS) & found["kind"].isin(PRESENT)]
    homes = facts.ask("place_homes", place=code, count=1, as_of=facts.as_of)
    lists = facts.ask("list_coverage")
    lists = lists[lists["place_code"] == code]
    ties = facts.ask("place_stages", as_of=facts.as_of)
    ties = ties[ties["place_code"] == code]
    named = [
        sources for part in (beds, homes, lists, ties) for sources in tables.sources_named(part)
    ]
    words = [part["evidence"].dropna() for part in (beds, homes, lists, ties)]
    return {
        "label": place.label,
        "beds": _joined(
            f"{row['indicator_title']}{amount(row)}（{dated(row)}）" for _at, row in beds.iterrows()
        ),
        "homes": _joined(
            f"{number(row.in_all)}家，{number(row.reported)}家有床位数"
            for row in homes.itertuples()
        ),
        "lists": _joined(_of_list(row) for row in lists.itertuples()),
        "others": _joined(words for row in ties.itertuples() for words in _ties(row)),
        "who": departments(place),
        "source_ids": sorted({code for sources in named for code in sources}),
        "evidence": "；".join(dict.fromkeys(pd.concat(words))),
    }


def _ties(row: Any) -> list[str]:
    named = (
        ("已签约", row.partners),
        ("已结对", row.paired_partners),
        ("意向或共同活动", row.other_contacts),
    )
    found = [f"{kind}：{names}" for kind, names in named if not missing(names) and names]
    return found + [STAGES["counterpart_unknown"].word] * bool(row.counterpart_unknown)


def _of_list(row: Any) -> str:
    announced = "点名，家数未载" if missing(row.announced) else f"入选{number(row.announced)}家"
    return f"{row.list_title}：{announced}"


def _joined(parts: Iterable[str]) -> str:
    return "；".join(parts) or NOTHING
