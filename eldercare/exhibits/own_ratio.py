"""自定比值: any count over any other, place by place: only of one base, one area and near dates; else the reason why not. 试算."""

from __future__ import annotations

from typing import Any

import pandas as pd

from eldercare.exhibits import STATE, Exhibit, Facts, Missing, kept, listed
from eldercare.exhibits.place_tables import with_pages
from eldercare.measures import day_words, quantity

SUBJECT = "自定比值（试算）"
BASES = ["常住", "户籍"]
LEVELS = {
    "省市与长三角": ("region", "province"),
    "城市": ("city",),
    "上海的区": ("district",),
    "县（市、区）": ("county",),
}
# Beds and homes are counted by several definitions; one is divided by another only where it is a part of it.
DEFINED = ("床位", "机构")
# All residential welfare units are no homes for the elderly: their beds are not divided by what counts these.
WELFARE = ("welfare_units", "welfare_beds")
FIRST = ("pop_80plus", "pop_60plus")
COLUMNS = {
    "label": "地区",
    "ratio": "比值",
    "over_words": "分子",
    "under_words": "分母",
    "reason_words": "不相除的原因",
}


def choices(facts: Facts) -> pd.DataFrame:
    """What can be divided: indicator_code, title, topic, unit, wholes."""
    return facts.ask("ratio_indicators")


def first(known: pd.DataFrame, place: int) -> str:
    """What stands in the boxes at first: those 80 and over by those 60 and over, where both are known."""
    titles = known.set_index("indicator_code")["title"]
    return str(titles.get(FIRST[place], titles.iloc[min(place, len(titles) - 1)]))


def refusal(over: Any, under: Any) -> str:
    """Why one indicator is not divided by another wherever it is; empty where it may be. Rows of `choices`."""
    if over.indicator_code == under.indicator_code:
        return "分子和分母是同一个指标，请换一个"
    welfare = [each.indicator_code in WELFARE for each in (over, under)]
    both = over.topic in DEFINED and under.topic in DEFINED
    if both and any(welfare) and not all(welfare):
        return "各种社会福利收养性单位含儿童等机构，与养老床位、养老机构的定义不同，不相除"
    part = under.indicator_code in over.wholes or over.indicator_code in under.wholes
    if both and over.topic == under.topic and not part:
        return f"“{over.title}”与“{under.title}”的定义不同，一个不是另一个的一部分，不相除"
    return ""


@kept
def ratio(
    facts: Facts, over_code: str, under_code: str, base: str = BASES[0], level: str = "城市"
) -> Exhibit | Missing:
    """One row for each place of the level that has both numbers. Raises `KeyError` for what is no choice."""
    known = choices(facts).set_index("indicator_code", drop=False)
    over, under = known.loc[over_code], known.loc[under_code]
    if why := refusal(over, under):
        return Missing(SUBJECT, why)
    rows = facts.ask("own_ratio", over=over_code, under=under_code, base=base, as_of=facts.as_of)
    rows = rows[rows["level"].isin(LEVELS[level])]
    if rows.empty:
        return Missing(
            SUBJECT, f"{level}里没有一地同时有“{over.title}”和“{under.title}”，换一个层级或指标"
        )
    rows = with_pages(
        rows.assign(
            over_words=[_number(row, "over") for row in rows.itertuples()],
            under_words=[_number(row, "under") for row in rows.itertuples()],
            reason_words=rows["reason"].fillna("—"),
        )
    )
    scale = "%" if over.unit == under.unit else f"{over.unit}/千{under.unit}"
    done, refused = int(rows["reason"].isna().sum()), int(rows["reason"].notna().sum())
    columns = {**COLUMNS, "ratio": f"比值（{scale}）"}
    told = [
        f"{over.title}÷{under.title}，单位{scale}",
        f"人口取{base}口径",
        f"另有{refused}个合不上，写明原因" if refused else "",
        "按地区次序，不排名",
    ]
    return listed(
        "own_ratio",
        STATE,
        f"{SUBJECT}：{f'{level}{done}个' if done else '没有一地合得上'}；{'，'.join(filter(None, told))}",
        rows,
        {n: words for n, words in columns.items() if refused or n != "reason_words"},
        [
            "试算：同一地区，口径相同、区划年份相同、年份相差不过三年才相除；两个数的日期都写明",
            over.definition,
            under.definition,
        ],
        slide={"label": 1.2, "ratio": 1.4, "over_words": 3, "under_words": 3},
        links={"label": "address"},
    )


def _number(row: Any, side: str) -> str:
    part = {
        name: getattr(row, f"{side}_{name}")
        for name in ("unit", "qualifier", "date", "precision", "label", "inferred", "base")
    }
    when = day_words(part["date"], part["precision"], part["label"], bool(part["inferred"]))
    base = "" if part["base"] == "不适用" else f"，{part['base']}"
    return f"{quantity(getattr(row, side), part['unit'], part['qualifier'])}（{when}{base}）"
