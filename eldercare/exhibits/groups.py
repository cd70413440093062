"""组合地区: several places as one. Counts are added, rates are sums divided by sums, and what is missing or of another year is named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from eldercare.exhibits import (
    BEDS,
    STATE,
    TOGETHER,
    Exhibit,
    Facts,
    Missing,
    exhibit,
    kept,
    listed,
    number_or_gap,
    parts,
)
from eldercare.exhibits.comparison import distance
from eldercare.exhibits.pairing import dossier
from eldercare.exhibits.place_tables import with_pages
from eldercare.exhibits.shapes import Bars, Cards, Series
from eldercare.measures import CENSUS, missing, number, points, quantity

SUBJECT = "组合地区"
# So many names stand in a title.
NAMED, NAMES_LENGTH = 3, 9
LEVELS = ("city", "district", "county")
SHANGHAI = "310000"
AGES = {
    "age_words": "年龄",
    "year_words": "普查",
    "elders": "人数之和（人）",
    "population": "常住人口之和（人）",
    "share": "占比（%）",
    "parts_words": "有数的地区",
    "notes": "区划",
}
MEMBERS = {
    "label": "地区",
    "elders": "60岁及以上（人）",
    "population": "常住人口（人）",
    "share": "60岁及以上占比（%）",
    "earlier_share": "2010年占比（%）",
    "oldest_share": "80岁及以上占比（%）",
    "note": "区划",
}
FIGURES = {
    "indicator_title": "指标",
    "sum_words": "相加（推算）",
    "known_words": "有数的地区",
    "missing_words": "缺",
    "years": "年份",
    "each_words": "各是多少",
}
ONE_ALONE = "只有一地，不相加"
TIES = {"title": "协议、结对与活动", "stage_title": "阶段", "day": "日期"}
BY_PRINT = "区、地级市取分年龄表（两年均按2020年区划），县（市、区）取分县表（各按当年区划）"


def known(facts: Facts) -> pd.DataFrame:
    """The groups whose members a source names together: group_code, label, short_name, note, place_codes, members."""
    return facts.ask("groups_known")


def name(facts: Facts, codes: Sequence[str]) -> str:
    """What the group is called: as its source does where these are its members, else by its first members."""
    groups = known(facts)
    called = groups[groups["place_codes"].map(set) == set(codes)]["short_name"]
    if len(called) and len(called.iloc[0]) <= NAMES_LENGTH:
        return str(called.iloc[0])
    names = facts.ask("group_parts", places=list(codes))["short_name"].tolist()
    told = "、".join(names)
    if len(names) <= NAMED and len(told) <= NAMES_LENGTH:
        return told
    return f"{names[0]}等{len(names)}地"


def fault(facts: Facts, codes: Sequence[str]) -> Missing | None:
    """Why these places make no group: too few, one inside another, or a whole province. Raises `KeyError` for an unknown place."""
    places = [facts.place(code) for code in codes]
    if len(set(codes)) < 2:
        chosen = f"只选了{places[0].label}" if places else "一个地区也没有选"
        return Missing(SUBJECT, f"{chosen}；请选两个以上的区、市或县")
    wide = [p.label for p in places if p.level not in LEVELS and p.place_code != SHANGHAI]
    if wide:
        return Missing(
            SUBJECT, f"{'、'.join(wide)}是省或更大的范围，请看它的地方档案；组合只收区、市、县"
        )
    inside = facts.ask("group_parts", places=list(codes)).dropna(subset=["inside"])
    if len(inside):
        told = "、".join(f"{row.label}在{row.inside}之内" for row in inside.itertuples())
        return Missing(SUBJECT, f"{told}，人数会算两遍；请去掉其中一个")
    return None


@kept
def cards(facts: Facts, *codes: str) -> Exhibit | Missing:
    """Three ages of the group with counts, the change since 2010 where it can be told, and who is missing."""
    if found := fault(facts, codes):
        return found
    rows = _ages(facts, codes)
    called, now = name(facts, codes), rows[rows["year"] == 2020]
    entries = [_card(row, rows) for row in now.itertuples()]
    entries.append(_members_card(facts, codes, now.iloc[0]))
    return exhibit(
        "group_cards",
        STATE,
        **parts(_title(called, now.iloc[0], len(codes))),
        shape=Cards(entries),
        rows=rows,
        columns=AGES,
        caveats=[*_notes(facts, codes), BY_PRINT],
    )


@kept
def shares(facts: Facts, *codes: str, beside: Sequence[str] = ()) -> Exhibit | Missing:
    """The shares of the group beside those of its provinces, the delta and, if any, another group (`beside`)."""
    found = fault(facts, codes) or (fault(facts, beside) if beside else None)
    if found:
        return found
    sides = [(name(facts, codes), list(codes), "own")]
    sides += [(name(facts, beside), list(beside), "other")] if beside else []
    provinces = list({f"{code[:2]}0000" for code in codes})
    if len(provinces) == 1 and not beside:
        sides.append((facts.place(provinces[0]).short_name, provinces, "province"))
    sides.append(("长三角", ["YRD"], "delta"))
    each = [_ages(facts, side).assign(group=called) for called, side, _role in sides]
    each = [rows[rows["year"] == 2020] for rows in each]
    if not each[0]["share"].notna().any():
        return Missing("与省和长三角比较", "所选地区的普查分年龄人口公开资料未载")
    series = [
        Series(called, tuple(map(number_or_gap, rows["share"])), role)
        for (called, _codes, role), rows in zip(sides, each, strict=True)
    ]
    told = [f"{s.name}{s.values[0]:.2f}%" for s in series if s.values[0] is not None]
    return exhibit(
        "group_shares",
        STATE,
        f"{sides[0][0]}：{_against_delta(series)}",
        Bars(tuple(each[0]["age_words"]), tuple(series), "%", 1, horizontal=False),
        pd.concat(each),
        {"group": "范围", **AGES},
        ["占比为人数之和除以常住人口之和，不是各地占比的平均", *_missing(each), BY_PRINT],
        subtitle=f"60岁及以上占常住人口：{'，'.join(told)}；{CENSUS}",
    )


@kept
def members(facts: Facts, *codes: str) -> Exhibit | Missing:
    """Each member with its own people and share, and what is known of its boundaries."""
    if found := fault(facts, codes):
        return found
    rows = with_pages(facts.ask("group_parts", places=list(codes)))
    lacking = rows[rows["share"].isna()]["short_name"].tolist()
    told = (
        f"其中{'、'.join(lacking)}的普查分年龄人口公开资料未载" if lacking else "均有普查分年龄人口"
    )
    return listed(
        "group_members",
        STATE,
        f"{name(facts, codes)}：{len(rows)}个地区；{told}；按地区次序，不排名",
        rows,
        MEMBERS,
        [BY_PRINT],
        slide={"label": 1.4, "elders": 1.6, "population": 1.6, "share": 1.6, "oldest_share": 1.6},
        links={"label": "address"},
    )


@kept
def figures(facts: Facts, *codes: str) -> Exhibit | Missing:
    """Beds, homes and facilities: the newest figure of each member of one indicator and base, added."""
    if found := fault(facts, codes):
        return found
    rows = facts.ask("group_figures", places=list(codes), as_of=facts.as_of)
    if rows.empty:
        return Missing("床位、机构与设施", "所选地区没有一个有公开的数字")
    sums = zip(rows["value"], rows["unit"], rows["known"], rows["rough"], strict=True)
    spans = zip(rows["first_year"], rows["last_year"], strict=True)
    rows = rows.assign(
        sum_words=[
            ONE_ALONE if k < 2 else quantity(value, unit, "约" if rough else None)
            for value, unit, k, rough in sums
        ],
        known_words=[f"{k}/{n}" for k, n in zip(rows["known"], rows["parts"], strict=True)],
        missing_words=["无" if missing(words) else words for words in rows["missing_places"]],
        years=[f"{a}年" if a == b else f"{a}—{b}年，年份不同" for a, b in spans],
    )
    whole, added = int((rows["known"] == rows["parts"]).sum()), int((rows["known"] > 1).sum())
    finding = (
        f"{name(facts, codes)}：床位与机构{len(rows)}个指标"
        f"；{whole or '没有一'}个各地都有数，{added or '没有一'}个有两地以上的数可以相加，缺谁写明"
    )
    return listed(
        "group_figures",
        BEDS,
        finding,
        rows,
        FIGURES,
        [
            "推算：同一指标、同一口径各地最近一条相加；年份不同的写明，不当作同一时点；缺的地区不当作零"
        ],
        file_columns={**FIGURES, "value": "数值之和（全部位数）", "unit": "单位"},
        slide={
            "indicator_title": 2.6,
            "sum_words": 1.6,
            "known_words": 1.2,
            "missing_words": 2,
            "years": 2,
        },
    )


@kept
def ties(facts: Facts, *codes: str) -> Exhibit | Missing:
    """Agreements and activities that name at least two of the members."""
    if found := fault(facts, codes):
        return found
    rows = _ties(facts, codes)
    if rows.empty:
        return Missing(
            "成员之间的协议", "点名其中两地以上的协议、结对与活动公开资料未载，不等于没有"
        )
    first, *rest = dossier.kinds(rows)
    told = "，".join(
        filter(None, ["、".join(rest), "点名其中两地以上（含所辖区县）的，一份只计一次"])
    )
    finding = f"成员之间：{first}；{told}"
    return listed("group_ties", TOGETHER, finding, rows, TIES)


def deck(codes: Sequence[str]) -> str:
    """The address of the deck of the group."""
    return f"present?{urlencode({'deck': 'group:' + '|'.join(codes)})}"


def _ages(facts: Facts, codes: Sequence[str]) -> pd.DataFrame:
    rows = facts.ask("group_ages", places=list(codes))
    told = zip(rows["known"], rows["parts"], rows["missing_places"], strict=True)
    words = [f"{k}/{n}" + ("" if missing(gone) else f"，缺{gone}") for k, n, gone in told]
    return rows.assign(parts_words=words)


def _ties(facts: Facts, codes: Sequence[str]) -> pd.DataFrame:
    rows = facts.ask("agreements_of_places", places=list(codes), together=False, as_of=facts.as_of)
    return rows[rows["places_found"] >= 2]


def _title(called: str, row: pd.Series, count: int) -> str:
    if missing(row["share"]):
        return f"{called}：占比未载；{count}个地区的普查分年龄人口公开资料未载"
    short = "" if row["known"] == row["parts"] else f"，缺{row['missing_places']}"
    return (
        f"{called}：60岁及以上占{row['share']:.1f}%"
        f"；{row['known']}个地区{quantity(row['elders'], '人')}，人数之和相除，{CENSUS}{short}"
    )


def _card(row: Any, rows: pd.DataFrame) -> dict[str, Any]:
    label = f"{row.age}岁及以上占比"
    if missing(row.share):
        return {"label": label, "value": "未载", "unit": "", "note": f"缺{row.missing_places}"}
    before = rows[(rows["age"] == row.age) & (rows["year"] == 2010)].iloc[0]
    notes = [quantity(row.elders, "人"), f"缺{row.missing_places}" if row.missing_places else ""]
    return {
        "label": label,
        "value": f"{row.share:.2f}",
        "unit": "%",
        "note": "，".join(filter(None, [*notes, _change(row, before)])),
    }


def _change(row: Any, before: pd.Series) -> str:
    """The change since 2010 of the same places on the same boundaries; else both years only stand side by side."""
    if missing(before["share"]):
        return "2010年未载"
    same = before["missing_places"] == row.missing_places or (
        missing(before["missing_places"]) and missing(row.missing_places)
    )
    if same and before["comparable"] and row.comparable:
        return f"比2010年{points(row.share - before['share'])}"
    return f"2010年{before['share']:.2f}%，区划或范围不同，只并列"


def _members_card(facts: Facts, codes: Sequence[str], row: pd.Series) -> dict[str, Any]:
    rows = _ties(facts, codes)
    told = "、".join(dossier.kinds(rows)) if len(rows) else "公开资料未载"
    return {
        "label": "地区",
        "value": number(len(codes)),
        "unit": "个",
        "note": f"{int(row['known'])}个有普查数；成员之间{told}",
    }


def _notes(facts: Facts, codes: Sequence[str]) -> list[str]:
    groups = known(facts)
    notes = groups[groups["place_codes"].map(set) == set(codes)]["note"]
    return [str(words) for words in notes.dropna()]


def _against_delta(series: Sequence[Series]) -> str:
    own, delta = series[0].values[0], series[-1].values[0]
    return distance(own, delta, "长三角", "%") or "与更大范围并列"


def _missing(each: Sequence[pd.DataFrame]) -> list[str]:
    gone = [(rows["group"].iloc[0], rows["missing_places"].iloc[0]) for rows in each]
    return [f"{called}缺{words}" for called, words in gone if not missing(words)]
