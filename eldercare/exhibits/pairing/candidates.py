"""Who could talk with whom: what is on record of every place of the other provinces beside one place. Facts in house order, no score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from eldercare.exhibits import TOGETHER, Exhibit, Facts, Missing, kept, listed
from eldercare.exhibits.claims import departments
from eldercare.measures import missing

WHO = "可以与谁商谈"
# What the planner can ask of a candidate; each is a fact of the rows, none weighs more than another.
NO_TIE, OLDER, YOUNGER = "点名的往来未载", "占比高于本地", "占比低于本地"
LISTED, BEDS, RULES = "见于名单", "床位有数", "另有待遇规则"
NETWORK, CONTACT = "同一协作圈", "有共同动态"
REASONS = (NO_TIE, OLDER, YOUNGER, LISTED, BEDS, RULES, NETWORK, CONTACT)
# Levels of places for which the question has an answer.
PROPOSED = ("district", "city", "county")
LEVELS = ("上海的区", "地级市", "县（市、区）")
ANYWHERE = "距离不限"
DISTANCES = {ANYWHERE: None, "100公里以内": 100, "200公里以内": 200, "300公里以内": 300}
NOTHING = "未载"
COLUMNS = {
    "label": "候选地区",
    "tie": "点名的往来",
    "rank": "层级与可商请的部门",
    "kilometres": "距离（公里）",
    "share": "60岁及以上占比（%）",
    "lists_words": "名单",
    "beds_words": "床位",
    "rules_words": "另有的长护险与补贴规则",
    "networks_words": "共同的协作圈",
    "contact": "共同动态",
    "deck": "汇报材料",
}
LINKS = {
    "label": "place_page",
    "tie": "tie_page",
    "share": "place_page",
    "lists_words": "lists_page",
    "beds_words": "beds_page",
    "rules_words": "rules_page",
    "networks_words": "networks_page",
    "contact": "contact_page",
    "deck": "deck_page",
}
SLIDE = {
    "label": 1.3,
    "tie": 1.5,
    "kilometres": 1.1,
    "share": 1.3,
    "lists_words": 2.2,
    "networks_words": 1.8,
}
CAVEATS = (
    "逐项列出所收的事实，不打分、不排名，按地区次序；没有的写未载，不等于没有",
    "候选为外省（市）的区、地级市，以及名单、协议或组合地区点名的县（市、区）；是否对口、是否对等由双方按规定商定",
    "距离为两地轮廓中心之间的大圆距离（地球半径6,371公里），不是路程",
    "床位取各指标最近一条，定义不同的不相加；占比为第七次全国人口普查（2020年）",
)


@kept
def who(
    facts: Facts,
    code: str,
    reasons: Sequence[str] = (),
    levels: Sequence[str] = (),
    within: str = ANYWHERE,
) -> Exhibit | Missing:
    """Every place of the other provinces that meets all the `reasons`, is of one of the `levels` and lies `within` the distance.

    Raises `KeyError` for an unknown place.
    """
    place = facts.place(code)
    known = facts.ask("pair_candidates", place=code, as_of=facts.as_of)
    if known.empty:
        return Missing(WHO, "只对上海的区、地级市与县（市、区）逐一列出；请选其中一个")
    rows, common = _worded(place, known)
    kept = rows[_met(rows, reasons, levels, within)]
    return listed(
        "pair_candidates",
        TOGETHER,
        _finding(place, rows, kept, [*levels, *reasons, *_within(within)]),
        kept,
        COLUMNS,
        [f"对全部候选都适用的规则：{'；'.join(common)}" if common else "", *CAVEATS],
        slide=SLIDE,
        links=LINKS,
        why="没有一个地区同时符合所选的条件；少选一条，或放宽距离",
    )


def page(label: str) -> dict[str, str]:
    """The way to the candidates of a place, by the name that its box shows."""
    asked = urlencode({"pairing_part": WHO, "pairing_who": label})
    return {WHO: f"pairing?{asked}"}


def _met(
    rows: pd.DataFrame, reasons: Sequence[str], levels: Sequence[str], within: str
) -> pd.Series:
    facts = {
        NO_TIE: rows["stage"].isna(),
        OLDER: rows["share"] > rows["own_share"],
        YOUNGER: rows["share"] < rows["own_share"],
        LISTED: rows["lists"].notna(),
        BEDS: rows["beds"].notna(),
        RULES: rows["rules_words"] != NOTHING,
        NETWORK: rows["networks"].notna(),
        CONTACT: rows["events"].fillna(0) > 0,
    }
    met = rows["level_title"].isin(levels or LEVELS)
    for reason in reasons:
        met &= facts[reason]
    limit = DISTANCES[within]
    return met if limit is None else met & (rows["kilometres"] <= limit)


def _within(within: str) -> list[str]:
    return [] if DISTANCES[within] is None else [within]


def _finding(place: Any, rows: pd.DataFrame, kept: pd.DataFrame, asked: list[str]) -> str:
    """How many are shown of how many, under which conditions, and of how many of these no tie is on record."""
    told = f"所选：{'、'.join(asked)}；共{len(rows)}个中的{len(kept)}个" if asked else ""
    open_ = (
        f"其中{int(kept['stage'].isna().sum())}个与本地点名的往来公开资料未载" if len(kept) else ""
    )
    shares = rows["own_share"].dropna().head(1)
    own = "".join(f"本地60岁及以上占{share:.2f}%" for share in shares)
    head = f"{place.short_name}可商谈的地区：{len(kept)}个"
    return f"{head}；{'，'.join(filter(None, [told, open_, own, '不打分、不排名']))}"


def _worded(place: Any, rows: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The rows with the words of each reason and the address of its figure; and the rules that hold for each of them alike."""
    rules = [_rules(row) for row in rows.itertuples()]
    common = [rule for rule in rules[0] if all(rule in others for others in rules)]
    own = [[rule for rule in each if rule not in common] for each in rules]
    told = [_words(place, row, beside) for row, beside in zip(rows.itertuples(), own, strict=True)]
    return rows.assign(**pd.DataFrame(told, index=rows.index)), common


def _rules(row: Any) -> list[str]:
    return [
        rule for words in (row.there, row.here) if not missing(words) for rule in words.split("；")
    ]


def _words(place: Any, row: Any, rules: list[str]) -> dict[str, str]:
    pair = f"{place.place_code}|{row.place_code}"
    profile, party = f"city?place={row.place_code}", urlencode({"timeline_party": row.label})
    many = 0 if missing(row.events) else int(row.events)
    return {
        "tie": NOTHING if missing(row.stage) else str(row.stage_title),
        "rank": f"{row.level_title} · {departments(row)}",
        "lists_words": _or_nothing(row.lists),
        "beds_words": _or_nothing(row.beds),
        "rules_words": "；".join(rules) or NOTHING,
        "networks_words": _or_nothing(row.networks),
        "contact": f"{many}条，最近{row.latest_words}" if many else NOTHING,
        "deck": "用这一对做汇报材料",
        "place_page": profile,
        "tie_page": _tie_page(place, row) or ("" if missing(row.stage) else profile),
        "lists_page": "" if missing(row.lists) else "institutions",
        "beds_page": "" if missing(row.beds) else f"bed-trends?place={row.place_code}",
        "rules_page": f"pairing?{urlencode({'pairing_part': '待遇异地使用'})}" if rules else "",
        "networks_page": "" if missing(row.networks) else f"timeline?{party}",
        "contact_page": f"timeline?{party}" if many else "",
        "deck_page": f"present?{urlencode({'deck': f'pair:{pair}'})}",
    }


def _tie_page(place: Any, row: Any) -> str:
    """Both sides on the page of Shanghai's districts, which has the cities and who else is tied; "" for all others."""
    districts = [each.label for each in (place, row) if each.level == "district"]
    others = [each.label for each in (place, row) if each.level != "district"]
    bare_county = missing(row.stage) and "county" in (place.level, row.level)
    if len(districts) != 1 or bare_county:
        return ""
    return f"pairing?{urlencode({'pairing_district': districts[0], 'pairing_partner': others[0]})}"


def _or_nothing(words: Any) -> str:
    return NOTHING if missing(words) else str(words)
