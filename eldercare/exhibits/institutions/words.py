"""What is said of institutions: what was announced, what is known by name, what the finder found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from eldercare.exhibits.claims import day
from eldercare.measures import day_words, missing, number

# What hardly any home reports: less than one in so many.
HARDLY_ANY = 20
WHOM_TO_ASK = "可直接询问机构，或商请所在区县民政部门提供"
# The four states of a bed, as columns of the finder, with their words.
BEDS = {
    "beds_total": "总床位",
    "beds_open": "对外开放",
    "residents": "入住",
    "beds_available": "可接收",
}
# What a person who looks for a home asks first, with the columns that answer it.
ASKED = {
    ("beds_open",): "对外开放床位",
    ("beds_available",): "可接收床位",
    ("price_low", "price_high"): "月费",
}


def coverage(rows: pd.DataFrame) -> str:
    """How much of the first published list is known by name here."""
    total = rows[rows["announced"].notna()].sort_values("announced", ascending=False)
    if total.empty:
        return "还没有公布的名单"
    row = total.iloc[0]
    beds = (
        ""
        if missing(row["announced_beds"])
        else "{beds}张床位；".format(beds=number(row["announced_beds"]))
    )
    beside = "，相关说法{n}条".format(n=number(row["related"])) if row["related"] else ""
    return "{list}：公布{n}家；{beds}能确认名称的{named}家{beside}".format(
        list=row["list_title"].replace("长三角", ""),
        n=number(row["announced"]),
        beds=beds,
        named=number(row["named"]),
        beside=beside,
    )


def by_place(rows: pd.DataFrame) -> str:
    """What the first list says of single places; a place inside another is part of that one's number."""
    first = (
        rows[rows["list_id"] == rows.sort_values("announced", ascending=False)["list_id"].iloc[0]]
        if len(rows)
        else rows
    )
    places = first[(first["line"] != first["list_title"]) & first["part_of"].isna()]
    if places.empty:
        return "没有按地区公布的数"
    told, named = places[places["announced"].notna()], places[places["announced"].isna()]
    parts = "、".join(f"{row.short_name}{number(row.announced)}家" for row in told.itertuples())
    words = [f"首批名单中，所收来源写明地区家数的为{parts}"] if parts else []
    words += (
        ["{names}只点名、家数未载".format(names="、".join(named["short_name"]))]
        if len(named)
        else []
    )
    return "；".join(words)


def known(cities: pd.DataFrame, listed: pd.DataFrame) -> str:
    """The page's sentence: how many homes are known by name, and how many of them by a list that is still to be checked."""
    words = "按名称可知{n}家养老机构".format(n=number(int(cities["known"].sum())))
    whole = listed[listed["part"] == "名单合计"]
    if whole.empty:
        return words
    parts = "、".join(
        "{name}{n}家".format(name=row.short_name.removesuffix("合计"), n=number(row.homes))
        for row in whole.itertuples()
    )
    return f"{words}；其中{parts}出自待核名单"


def not_listed(cities: pd.DataFrame) -> str:
    """What the finder does not hold, once and plainly."""
    bare = int((cities["known"] == 0).sum())
    return (
        f"护理院（医疗机构，不在民政名单内）；{bare}个城市没有一家按名称可知；月费、对外开放床位和可接收床位只在公开资料写明的机构有，其余未载。"
        "有名单的单位可在“数据更新”里上传，按原样的列名即可。"
    )


def listed(rows: pd.DataFrame) -> str:
    """What the list adds up to, beside what was published: two counts of their own."""
    whole = rows[rows["part"] == "名单合计"]
    if whole.empty:
        return "没有待核的名单"
    row = next(whole.itertuples())
    published = "；".join(
        "{day}{beds}张".format(day=day(total), beds=number(total["beds"]))
        for _i, total in rows[(rows["part"] == "公布数") & rows["beds"].notna()].iterrows()
    )
    words = f"待核名单合计{number(row.homes)}家、{number(row.beds)}张"
    return words + (f"；公布的机构养老床位{published}，口径不同" if published else "")


def operators(rows: pd.DataFrame) -> str:
    """Operators and brands stand apart: they are not institutions."""
    return f"运营商与品牌{len(rows)}家；不是机构，不列入查找"


def demonstration(totals: Mapping[str, Any]) -> str:
    """The page's sentence while the fictitious list is shown."""
    return "演示数据：找到{n}家虚构机构，只供试用查找，不是事实".format(
        n=number(totals["institutions"])
    )


def summed(beds: Any, reported: int, listed_beds: Any, listed: int) -> str:
    """Beds of homes added up: a list to be checked is named, and a sum over sources of several years is only a trial."""
    if reported == 1:
        return f"{number(beds)}张"
    if not listed:
        return f"合计{number(beds)}张"
    if listed == reported:
        return f"待核名单加总{number(beds)}张"
    return f"试算合计{number(beds)}张（其中待核名单加总{number(listed_beds)}张，年份与来源不同）"


def found(totals: Mapping[str, Any]) -> str:
    """How many were found and what they report; nothing is summed that was not reported."""
    if not totals["institutions"]:
        # 28 homes of 徐汇 are known by name and none says what it costs: they are not missing, their prices are.
        return "没有一家的公开资料写明合乎所选条件；未写明的不等于不合，也不等于没有"
    told = []
    for column in ("beds_total", "beds_available"):
        reported = totals[f"{column}_reported"]
        if reported:
            own = column == "beds_total"
            beds = summed(
                totals[column],
                int(reported),
                totals["beds_listed"] if own else None,
                int(totals["reported_listed"]) if own else 0,
            )
            told.append(f"{number(reported)}家有公开{BEDS[column]}，{beds}")
    return f"找到{number(totals['institutions'])}家；{'，'.join(told) or '床位未载'}"


def left_out(condition: str, homes: int) -> tuple[str, str]:
    """What a condition leaves out because nobody published it, and whom to ask."""
    return (
        f"另有{number(homes)}家{condition}未载，没有列在下面",
        f"公开资料没有写明，不等于不符合；{WHOM_TO_ASK}",
    )


def unreported(rows: pd.DataFrame) -> list[str]:
    """What none of the homes in sight reports, in one line instead of a column each, and whom to ask."""
    gaps = [
        words
        for columns, words in ASKED.items()
        if len(rows) and rows[list(columns)].isna().all(axis=None)
    ]
    return [f"{'、'.join(gaps)}：所列各家公开资料未载，{WHOM_TO_ASK}"] if gaps else []


def cards(totals: Mapping[str, Any], demo: bool) -> list[dict[str, str]]:
    """Count and the bed states that some report, each with how many; what hardly anyone reports is one card."""
    mark = "（演示）" if demo else ""
    if not totals["institutions"]:
        return []
    entries = [
        {
            "label": "符合条件的机构" + mark,
            "value": number(totals["institutions"]),
            "unit": "家",
            "note": "在{n}个城市".format(n=number(totals["cities"])),
        }
    ]
    count, rare = int(totals["institutions"]), {}
    for column, words in {**BEDS, "price": "月费"}.items():
        reported = int(totals[f"{column}_reported"])
        if reported * HARDLY_ANY < count:
            rare[words] = reported
        elif column in BEDS:
            entries.append(
                {
                    "label": words + mark,
                    "value": number(totals[column]),
                    "unit": "人" if column == "residents" else "张",
                    "note": f"{number(reported)}家有数，{number(count - reported)}家未载"
                    + (_rests(totals) if column == "beds_total" else ""),
                }
            )
    if rare:
        told = [f"{words}{number(reported)}家" for words, reported in rare.items() if reported]
        known = f"有数的：{'、'.join(told)}；" if told else ""
        value = "部分未载" if told else "未载"
        entries.append(_unknown("、".join(rare) + mark, known, value))
    return entries


def _rests(totals: Mapping[str, Any]) -> str:
    """Behind a sum of beds: that it adds up a list to be checked, or is a trial over several sources and years."""
    listed = int(totals["reported_listed"])
    if not listed:
        return ""
    whole = listed == int(totals["beds_total_reported"])
    return "；待核名单加总" if whole else "；试算，含待核名单，年份与来源不同"


def profile(row: pd.Series) -> str:
    """The name and where it is."""
    mark = "演示数据：" if row["demo"] else ""
    before = "" if missing(row["former_names"]) else f"，原名{row['former_names']}"
    return f"{mark}{row['name']}（{row['place_words']}{before}）"


def position(row: pd.Series) -> str:
    """Where the point of one home stands; a home may be registered in one district and lie in another."""
    if missing(row["located_in"]):
        return f"图上的点：{row['point_words']}；位置：{row['place_words']}"
    precision = row["point_words"].replace("区县", row["located_in"])
    return f"图上的点：{precision}；位置：登记在{row['place_words']}，地址在{row['located_in']}"


def noted(row: pd.Series) -> list[str]:
    """What is to be said of this one institution's place, as it was recorded."""
    return [] if missing(row["note"]) else [str(row["note"])]


def bed_cards(row: pd.Series) -> list[dict[str, str]]:
    """The bed states of one institution and its price that are known, each with date and source; what is not is one card."""
    known = "{day}，{source}".format(day=day(row), source=row["source_title"])
    low, high = row["price_low"], row["price_high"]
    price = "—".join(number(value) for value in (low, high) if not missing(value))
    values = {
        words: "" if missing(row[name]) else number(row[name]) for name, words in BEDS.items()
    }
    units = dict.fromkeys(values, "张") | {BEDS["residents"]: "人", "月费": "元/月"}
    values["月费"] = price
    entries = [
        {"label": words, "value": value, "unit": units[words], "note": known}
        for words, value in values.items()
        if value
    ]
    gaps = [words for words, value in values.items() if not value]
    return entries + ([_unknown("、".join(gaps))] if gaps else [])


def _unknown(label: str, known: str = "", value: str = "未载") -> dict[str, str]:
    """The card of what public sources do not hold, and whom to ask."""
    return {"label": label, "value": value, "unit": "", "note": known + WHOM_TO_ASK}


def cities(rows: pd.DataFrame) -> str:
    """Where the found institutions are. In the real list a city without any is one where nobody is known by name, not one that has none."""
    there = rows[rows["institutions"].notna()].sort_values(
        "institutions", ascending=False, kind="stable"
    )
    if rows["demo"].all():
        most = there[there["institutions"] == there["institutions"].max()]
        top = "；最多的是{names}{each}{n}家".format(
            names="、".join(most["short_name"]),
            each="各" if len(most) > 1 else "",
            n=number(most["institutions"].max()),
        )
        return "{n}个城市有、{gap}个没有{top}".format(
            n=len(there), gap=len(rows) - len(there), top=top if len(there) else ""
        )
    unnamed, unfit = (
        int((rows["known"] == 0).sum()),
        int(((rows["known"] > 0) & rows["institutions"].isna()).sum()),
    )
    if unfit and not len(there):
        words = "没有可上图的机构；{unfit}个城市有按名称可知的机构，未写明合乎所选条件或不在所选地区；其余{gap}个城市所收来源未点名机构"
        return words.format(unfit=unfit, gap=unnamed)
    if unfit:
        words = "所选范围内点名的机构在{n}个城市；{unfit}个城市的不在所选范围；其余{gap}个城市所收来源未点名机构"
        return words.format(n=len(there), unfit=unfit, gap=unnamed)
    return f"所收来源点名的机构在{len(there)}个城市；其余{unnamed}个城市未被点名，不等于没有"


def by_name(rows: pd.DataFrame, unchecked: bool = False) -> str:
    """The homes that sources name, by city, and of how many the beds are known: one is named, more are summed.

    A list that is `unchecked` among them is named with the sum: the others are of other years and sources.
    """
    homes, reported = int(rows["institutions"].sum()), rows.dropna(subset=["beds"])
    known = int(reported["reported"].sum())
    where = f"{reported['short_name'].iloc[0]}，" if known == 1 else "试算合计"
    beds = (
        "；其中{k}家有总床位（{where}{beds:,}张{tried}）".format(
            k=known,
            where=where,
            beds=int(reported["beds"].sum()),
            tried="，含待核名单，年份与来源不同" if unchecked else "",
        )
        if known
        else ""
    )
    gap = f"；其余{homes - known}家的总床位未载" if known < homes else ""
    listed_ = "，含待核名单" if unchecked else ""
    return f"所收来源点名的机构{homes}家{listed_}；在{len(rows)}个城市{beds}{gap}"


def invented(rows: pd.DataFrame) -> str:
    """The fictitious list by its own sums; nothing of it is public."""
    return "虚构的{n}家机构在{cities}个城市；床位合计{beds:,}张，照首批名单的公布数编排，不是事实".format(
        n=int(rows["institutions"].sum()), cities=len(rows), beds=int(rows["beds"].sum())
    )


def portability(rows: pd.DataFrame, insured: str) -> str:
    """What is known of using this place's insurance elsewhere."""
    if rows.empty:
        return f"{insured}参保：异地使用办法未载；{insured}市本级参保，所收公开资料未载长期护理保险（长护险）异地使用办法，各机构均为未知，不等于不可；所辖县（市）另有办法的见参保地选项"
    # What a scheme covers and since when belongs to its name.
    rules = [row for _i, row in rows[rows["statement"] == "rule"].iterrows()]
    told = [
        "{scheme}（{day}，{words}）".format(scheme=row["scheme"], day=day(row), words=row["words"])
        for row in rules
    ]
    told = told or list(dict.fromkeys(rows["scheme"]))
    return f"{insured}参保：{len(told)}项异地使用办法；{'；'.join(told)}"


def portability_of(rows: pd.DataFrame) -> str:
    """For one institution: which insurance can be used."""
    usable = rows[rows["answer"] != "未知"]
    if usable.empty:
        return "长护险异地使用：公开资料未载；长期护理保险（长护险）"
    told = "；".join(_use(row) for row in usable.itertuples())
    return f"长护险异地使用：来源提到{len(usable)}个参保地；长期护理保险（长护险）：{told}"


def _use(row: Any) -> str:
    """What one insurance is worth in an institution; a general rule is told in its own words, with its day."""
    general = not missing(row.policy_id) and "未说明" in row.answer
    words = (
        "在参保地内，不属异地"
        if row.answer == "参保地内"
        else row.reason
        if general
        else row.answer
    )
    since = "" if missing(row.policy_id) else f"（{day_words(row.date, row.date_precision)}）"
    return f"{row.insured}参保：{words}{since}" + ("，本机构是否适用未写明" if general else "")


def lists_of(rows: pd.DataFrame) -> str:
    """For one institution: the batches it is on; what a source calls by another name is said in its words."""
    related = rows["list_words"].notna()
    on = rows[~related & (rows["membership"] != "入选记录未载")]["list_title"].tolist()
    told = ["入选名单：{lists}".format(lists="、".join(on))] if on else []
    told += [
        "来源称入选“{words}”（{day}），是否即{list}未写明".format(
            words=row["list_words"],
            day=day(row),
            list=row["list_title"],
        )
        for _i, row in rows[related].iterrows()
    ]
    if not told:
        return "入选名单：未载；所收公开资料里没有它的入选记录"
    return "；".join([f"入选名单{len(on)}份" if on else "入选名单：来源另有说法", *told])


def fields(rows: pd.DataFrame) -> str:
    """How much of one institution is known."""
    unknown = rows["words"] == "未载"
    others = int(rows["standing"].str.contains("说法").sum())
    known, gaps = rows.loc[~unknown, "field"].nunique(), rows.loc[unknown, "field_title"]
    told = [f"{known}项有来源，{len(gaps)}项公开资料未载"]
    told += [f"{others}处另有说法"] if others else []
    told += [f"未载的：{'、'.join(gaps)}，{WHOM_TO_ASK}"] if len(gaps) else []
    return "；".join(told)


def comparison(rows: pd.DataFrame) -> str:
    """The names that stand side by side."""
    mark = "演示数据 · " if rows["demo"].any() else ""
    return f"{mark}{len(rows)}家机构并排比较；{'、'.join(rows['name'])}"


def insured_in(place: str) -> str:
    """Where the reader is insured, as far as it was said."""
    return f"参保地：{place}" if place else "未选参保地，异地使用一行为未知"


def comparison_foot(release: pd.Series, cited: pd.DataFrame, insured: str) -> list[str]:
    """What the printed comparison rests on: the insured place, data version, sources."""
    return [
        insured_in(insured),
        "≠ 为不同；未载、未知的不算不同",
        "数据版本 {version}（{hash}），数据截至 {day}".format(
            version=release["version"],
            hash=release["content_hash"][:8],
            day=day_words(release["as_of"], "day"),
        ),
        "来源：{names}".format(
            names="；".join(f"{row.title}（{row.source_class}）" for row in cited.itertuples())
        ),
    ]


def compared(table: pd.DataFrame, count: int) -> str:
    """How many lines of the comparison differ."""
    # How well we know a position is nothing by which homes differ.
    table = table[table["item"] != "位置精度"]
    differ = int(table["difference"].str.startswith("≠").sum())
    partly = int(table["difference"].str.endswith("部分未载").sum())
    return f"{count}家并列：{differ}项不同，{partly}项部分机构未载"
