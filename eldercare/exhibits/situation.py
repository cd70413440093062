"""Findings of the section 现状: headline figures, beds and their targets."""

from __future__ import annotations

from typing import Any

import pandas as pd

from eldercare.exhibits.claims import (
    amount,
    claim,
    claim_traces,
    dated,
    day,
    published_after,
    trace,
)
from eldercare.exhibits.pairing import words as cooperation
from eldercare.measures import CENSUS_SHORT, headline, number

# Two numbers further apart are not said to go from one to the other.
LONGEST_GAP = pd.Timedelta(days=3 * 366)


def overview(rows: pd.DataFrame, census: pd.DataFrame | None = None) -> str:
    """People by the census, what was reported beside it, and the list: the state of the delta in one sentence."""
    homes, beds = (
        claim(rows, "list_institutions", kind="actual"),
        claim(rows, "list_beds", kind="actual"),
    )
    named = "首批异地养老机构名单{homes}、{beds}床位（{day}）"
    parts = [
        people(rows, census),
        named.format(homes=amount(homes), beds=amount(beds), day=day(beds))
        if beds is not None
        else "",
    ]
    return "；".join(filter(None, parts)) or "长三角养老一体化"


def people(rows: pd.DataFrame, census: pd.DataFrame | None) -> str:
    """The share of elders by the census, whose base is known; then what was reported, with its own date and base."""
    share, counted = claim(rows, "share_60plus"), _of_the_delta(census)
    parts = []
    if counted is not None:
        parts.append(
            "第七次全国人口普查：长三角60岁及以上常住人口占{share:.2f}%（2020年）".format(
                share=counted["value"]
            )
        )
    if share is not None:
        reported = (
            "公开报道的{day}数为{value}"
            if parts
            else "公开报道：长三角{day}60岁及以上人口占{value}"
        )
        parts.append(
            "，".join(
                filter(None, [reported.format(day=day(share), value=amount(share)), _base(share)])
            )
        )
    return "；".join(parts)


def headline_cards(
    rows: pd.DataFrame, later: pd.DataFrame, census: pd.DataFrame | None = None
) -> list[dict[str, Any]]:
    """Six cards: label, value, unit, note (date, base, what came later) and what each number rests on.

    `census` is the answer of `province_ageing`: it leads, since its base is known.
    """

    def card(label: str, indicator: str, note: str, *others: pd.DataFrame) -> dict[str, Any]:
        row = claim(rows, indicator, kind="actual")
        if row is None:
            return {
                "label": label,
                "value": "未载",
                "unit": "",
                "note": note,
                "help": "公开资料未载",
            }
        digits, unit = headline(row["value"], row["unit"], row["qualifier"])
        dated = "，".join(filter(None, [day(row), _base(row)]))
        shown = pd.concat([row.to_frame().T, *others])
        return {
            "label": label,
            "value": digits,
            "unit": unit,
            "note": "；".join(filter(None, [dated, note])),
            "traces": claim_traces(shown.drop_duplicates("observation_id")),
        }

    def of(*indicators: str, among: pd.DataFrame = later) -> pd.DataFrame:
        return among[among["indicator_code"].isin(indicators)]

    elders, shares = _later(later, "pop_60plus"), _shares(later)
    return [
        _counted(
            card("60岁及以上人口", "pop_60plus", elders, of("pop_60plus")),
            _beside(rows, "pop_60plus", elders),
            "elders",
            census,
        ),
        _counted(
            card("60岁及以上占比", "share_60plus", shares, of("share_60plus")),
            _beside(rows, "share_60plus", shares),
            "value",
            census,
        ),
        card(
            "养老机构",
            "institutions",
            "；".join(filter(None, [_later(later, "institutions"), _facilities(rows)])),
            of("institutions"),
            of("community_facilities", among=rows),
        ),
        card(
            "养老床位",
            "beds_eldercare",
            _other_beds(later),
            of("beds_eldercare", "beds_institution"),
        ),
        card(
            "首批异地养老机构名单床位",
            "list_beds",
            "；".join(filter(None, [_listed(rows), _list_goal(rows)])),
            of("list_cities", "list_institutions", among=rows[rows["kind"] == "actual"]),
            of(
                "cross_region_beds_added", "cross_region_beds", among=rows[rows["kind"] == "target"]
            ),
        ),
        _pairs(
            card(
                "签署协作备忘录",
                "signed_districts",
                "",
                of(
                    "signed_districts",
                    "signed_places",
                    "signed_places_counties",
                    "linked_districts",
                    "linked_places",
                    among=rows,
                ),
                of("signed_districts"),
            ),
            rows,
            later,
        ),
    ]


def _listed(rows: pd.DataFrame) -> str:
    """20城57家: what the list of the beds holds."""
    return "".join(
        amount(claim(rows, code, kind="actual")).replace("个", "城")
        for code in ("list_cities", "list_institutions")
    )


def _list_goal(rows: pd.DataFrame) -> str:
    """What was to be added to the list, in both of its wordings; whether it was, no source says."""
    added = claim(rows, "cross_region_beds_added", kind="target")
    if added is None:
        return ""
    double = rows[(rows["indicator_code"] == "cross_region_beds") & (rows["reading"] == "翻番")]
    return "{year}年计划再新推{beds}{double}，完成情况公开资料未载".format(
        year=added["date"].year,
        beds=amount(added),
        double="（另有“翻番”表述）" if len(double) else "",
    )


def _base(row: pd.Series) -> str:
    """口径未注明, 户籍口径; empty for what is not a number of people."""
    if row["base"] == "不适用":
        return ""
    return ("口径{base}" if row["base"] == "未注明" else "{base}口径").format(base=row["base"])


def _pairs(card: dict[str, Any], rows: pd.DataFrame, later: pd.DataFrame) -> dict[str, Any]:
    """The card of signed memoranda: districts and places are two counts, never one sum, and the goals speak of 对接."""
    counties, places = (
        claim(rows, "signed_places_counties"),
        claim(rows, "signed_places", kind="actual"),
    )
    note = f"上海的区、三省的市（区县）{cooperation.linking(rows)}"
    inner = (
        []
        if counties is None
        else [f"另一篇报道称{_bare(places)}个城市含{_bare(counties)}个区县，未写签署"]
    )
    newest = later[later["indicator_code"] == "signed_districts"].sort_values("date").tail(1)
    since = [f"{day(row)}另称{_bare(row)}个区" for _i, row in newest.iterrows()]
    return {
        **card,
        "value": "{n}个区".format(n=card["value"]),
        "unit": f"{_bare(places)}个市（区县）",
        "note": "；".join(filter(None, [card["note"], note, *since, *inner])),
    }


def _bare(row: pd.Series | None) -> str:
    return amount(row).removesuffix("个")


def _of_the_delta(census: pd.DataFrame | None) -> pd.Series | None:
    """The delta's own row of question `province_ageing`, where both censuses are known."""
    found = (
        census[census["level"] == "region"].dropna(subset=["change"])
        if census is not None
        else pd.DataFrame()
    )
    return None if found.empty else found.iloc[0]


def _beside(rows: pd.DataFrame, indicator: str, later: str) -> str:
    """What was reported, with its day and base, and what came later, for a card that another number leads."""
    row = claim(rows, indicator, kind="actual")
    if row is None:
        return later
    reported = f"公开报道{day(row)}{amount(row)}"
    return "；".join(filter(None, ["，".join(filter(None, [reported, _base(row)])), later]))


def _counted(
    card: dict[str, Any], beside: str, column: str, census: pd.DataFrame | None
) -> dict[str, Any]:
    """The card led by the census, whose base and day are known; `beside` is what else is known, each with its own."""
    row = _of_the_delta(census)
    if row is None:
        return card
    (digits, unit), before = (
        headline(round(row[name], 2), "%" if column == "value" else "人")
        for name in (column, f"{column}_2010")
    )
    counted = "{census}，常住人口，2010年{before}".format(
        census=CENSUS_SHORT, before="".join(before)
    )
    words = "{what}{value}（{counted}）".format(
        what=card["label"], value=f"{digits}{unit}", counted=counted
    )
    return {
        "label": card["label"],
        "value": digits,
        "unit": unit,
        "note": "；".join(filter(None, [counted, beside])),
        "traces": [trace(words, row["evidence"], row["source_ids"]), *card.get("traces", [])],
    }


def _shares(later: pd.DataFrame) -> str:
    """The later shares by base, each with its day."""
    found = later[later["indicator_code"] == "share_60plus"].sort_values("date")
    told = found.assign(words=[f"{amount(row)}（{day(row)}）" for _i, row in found.iterrows()])
    return "；".join(
        base + "、".join(part["words"]) for base, part in told.groupby("base", sort=False)
    )


def _facilities(rows: pd.DataFrame) -> str:
    row = claim(rows, "community_facilities")
    return (
        ""
        if row is None
        else "{what}{n}（{day}）".format(what=row["indicator_title"], n=amount(row), day=day(row))
    )


def _other_beds(later: pd.DataFrame) -> str:
    """The newest count of beds in institutions: another definition, so it is named beside and not compared."""
    found = later[later["indicator_code"] == "beds_institution"].sort_values("date")
    if found.empty:
        return ""
    row = found.iloc[-1]
    return "另一口径“{what}”{n}（{day}），不比较".format(
        what=row["indicator_title"], n=amount(row), day=day(row)
    )


def _later(later: pd.DataFrame, indicator: str) -> str:
    """The newest later claim of the same indicator, with its own date and base: beside, never joined."""
    found = later[later["indicator_code"] == indicator].sort_values("date")
    if found.empty:
        return ""
    row = found.iloc[-1]
    base = row["base"] if row["base"] not in ("不适用", "未注明") else ""
    return f"{day(row)}{base}{amount(row)}"


def bed_trend(rows: pd.DataFrame, place: str) -> str:
    """First and last published claim of the longest comparable series of a place; what is derived leads only where nothing else is."""
    actual = rows[rows["kind"] == "actual"]
    actual = rows[rows["kind"] == "derived"] if actual.empty else actual
    if actual.empty:
        return f"{place}：所收公开资料里未见注明日期的床位现值"
    series = actual.groupby("series")["date"].nunique().sort_values(ascending=False)
    part = actual[actual["series"] == series.index[0]].sort_values("date")
    first, last = part.iloc[0], part.iloc[-1]
    if len(part) < 2:
        return "{place}{what}{value}（{day}），没有可比的前后数字{after}".format(
            place=place,
            what=last["indicator_title"],
            value=amount(last),
            day=dated(last),
            after=published_after(rows, last),
        )
    # Years without a number between two of them: what was counted may have changed, and no source says.
    torn = len(part) == 2 and part["date"].diff().max() > LONGEST_GAP
    words = (
        "{place}{what}：{first}（{from_day}）；{last}（{to_day}），其间缺数，口径是否相同未说明"
        if torn
        else ""
    )
    return (words or "{place}{what}从{first}（{from_day}）到{last}（{to_day}）").format(
        place=place,
        what=last["indicator_title"],
        first=amount(first),
        from_day=dated(first),
        last=amount(last),
        to_day=dated(last),
    ) + published_after(rows, last)


def bed_target(rows: pd.DataFrame) -> str:
    """The 2021 target in its two readings; neither is declared reached."""
    readings = rows[rows["reading"].notna()].sort_values("value", ascending=False)
    start = rows[rows["kind"] == "actual"]
    if readings.empty or start.empty:
        return "2021年异地养老床位目标：所收公开资料未载"
    return "2021年异地养老床位目标：{readings}（按提法推算）；起点{start}（{day}首批名单），完成情况公开资料未载".format(
        readings="、".join(f"按“{r.reading}”读{number(r.value)}张" for r in readings.itertuples()),
        start=amount(start.iloc[0]),
        day=day(start.iloc[0]),
    )


def events(rows: pd.DataFrame) -> str:
    """The newest public event."""
    if rows.empty:
        return "没有已注明日期的动态"
    return f"长三角最近的养老合作动态：{day(rows.iloc[0])}"
