"""Sentences computed from data: the title of a page, the finding and alt text of an exhibit."""

from __future__ import annotations

from typing import Any

import pandas as pd

from eldercare.measures import day_words, missing, number, quantity, short_number
from eldercare.text import _, plain


def claim(rows: pd.DataFrame, indicator: str, **conditions: Any) -> pd.Series | None:
    """The one row of an indicator that meets the conditions; None when there is none."""
    found = rows[rows["indicator_code"] == indicator]
    for column, wanted in conditions.items():
        found = found[found[column] == wanted]
    return None if found.empty else found.iloc[0]


def amount(row: pd.Series | None) -> str:
    """A claim as people write it, or 未上报."""
    return _("未上报") if row is None else quantity(row["value"], row["unit"], row["qualifier"])


def overview(rows: pd.DataFrame) -> str:
    """The state of the delta in one sentence."""
    elders, share = claim(rows, "pop_60plus"), claim(rows, "share_60plus")
    beds = claim(rows, "list_beds", kind="actual")
    if elders is None or share is None or beds is None:
        return _("长三角养老一体化")
    return _("长三角每百人中有{share}位60岁以上老人，首批异地养老名单开放{beds}").format(
        share=number(round(share["value"])), beds=amount(beds)
    )


def headline_cards(rows: pd.DataFrame, later: pd.DataFrame) -> list[dict[str, str]]:
    """Six cards: label, value, unit, note (date, base, what came later) and the quoted words as help."""

    def card(label: str, indicator: str, note: str = "", **conditions: Any) -> dict[str, str]:
        row = claim(rows, indicator, **conditions)
        if row is None:
            return {"label": label, "value": _("未上报"), "unit": "", "note": note, "help": _("没有公开来源")}
        digits, unit = short_number(row["value"], row["unit"])
        base = _("，口径{base}").format(base=row["base"]) if row["base"] != "不适用" else ""
        words = [f"{_day(row)}{base}", note or _later(later, indicator)]
        quote = _("“{quote}”——{source}").format(quote=row["evidence"], source=row["source_title"])
        return {"label": label, "value": digits, "unit": unit, "note": "；".join(filter(None, words)), "help": plain(quote)}

    listed = [claim(rows, code, kind="actual") for code in ("list_cities", "list_institutions")]
    counties = claim(rows, "signed_places_counties")
    goals = [claim(rows, code, kind="target") for code in ("signed_districts", "signed_places")]
    pairs = card(
        _("已签协议"),
        "signed_districts",
        _("含{n}个区县；目标{goals}").format(n=amount(counties).removesuffix("个"), goals="＋".join(amount(goal).removesuffix("个") for goal in goals)),
        kind="actual",
    )
    pairs["value"] = f"{pairs['value']}＋{amount(claim(rows, 'signed_places', kind='actual')).removesuffix('个')}"
    pairs["unit"] = _("区＋市（区县）")
    return [
        card(_("60岁及以上人口"), "pop_60plus"),
        card(_("老龄化率（60+）"), "share_60plus"),
        card(_("养老机构"), "institutions"),
        card(_("养老床位"), "beds_eldercare"),
        card(_("社区养老服务设施"), "community_facilities"),
        card(_("首批异地名单床位"), "list_beds", _("{cities}城{institutions}").format(cities=amount(listed[0]).removesuffix("个"), institutions=amount(listed[1])), kind="actual"),
        pairs,
    ]


def _later(later: pd.DataFrame, indicator: str) -> str:
    """The newest later claim of the same indicator, with its own date and base: beside, never joined."""
    found = later[later["indicator_code"] == indicator].sort_values("date")
    if found.empty:
        return ""
    row = found.iloc[-1]
    base = f"{row['base']} " if row["base"] not in ("不适用", "未注明") else ""
    return _("{day}{base}{value}").format(day=_day(row) + " ", base=base, value=amount(row))


def extremes(rows: pd.DataFrame, what: str, unit: str = "%", count: int = 4) -> str:
    """The oldest and the youngest: names in order of value, with the first and last value."""
    known = rows.dropna(subset=["value"]).sort_values("value", ascending=False, kind="stable")
    if known.empty:
        return _("{what}：没有可比的数据").format(what=what)
    top, low = known.head(count), known.tail(count).iloc[::-1]
    return _("{what}：{top}最高（{high:.1f}{unit}起），{low}最低（{least:.1f}{unit}起）").format(
        what=what,
        top="、".join(top["short_name"]),
        high=top["value"].iloc[0],
        low="、".join(low["short_name"]),
        least=low["value"].iloc[0],
        unit=unit,
    )


def signed(rows: pd.DataFrame) -> str:
    """Latest signed counts beside the targets. No percentage: 市(区县) and 城市 are different units."""
    parts = []
    for code, words in (("signed_districts", _("上海{n}个区")), ("signed_places", _("三省{n}个市（区县）"))):
        done = rows[(rows["indicator_code"] == code) & (rows["kind"] == "actual")].sort_values("date")
        if not done.empty:
            last = done.iloc[-1]
            parts.append(
                words.format(n=quantity(last["value"], "", last["qualifier"]))
                + f"（{day_words(last['date'], last['date_precision'], last['date_label'])}）"
            )
    goals = [claim(rows, code, kind="target") for code in ("signed_districts", "signed_places")]
    if not parts:
        return _("已签协议：没有公开数字")
    sentence = _("已签：{done}").format(done="、".join(parts))
    if all(goal is not None for goal in goals):
        sentence += _("；2021年目标{districts}个区、{cities}个城市，达标与否未见公开来源").format(
            districts=number(goals[0]["value"]), cities=number(goals[1]["value"])
        )
    return sentence


def coverage(rows: pd.DataFrame) -> str:
    """How much of the first published list is known by name here."""
    total = rows[rows["announced"].notna()].sort_values("announced", ascending=False)
    if total.empty:
        return _("还没有公布的名单")
    row = total.iloc[0]
    beds = "" if missing(row["announced_beds"]) else _("、{beds}张床位").format(beds=number(row["announced_beds"]))
    return _("{list}公布{n}家机构{beds}，公开来源中能查到名称的{named}家").format(
        list=row["list_title"], n=number(row["announced"]), beds=beds, named=number(row["named"])
    )


def bed_trend(rows: pd.DataFrame, place: str) -> str:
    """First and last claim of the longest comparable series of a place."""
    actual = rows[rows["kind"] != "target"]
    if actual.empty:
        return _("{place}：没有注明日期的公开床位数字").format(place=place)
    series = actual.groupby("series")["date"].nunique().sort_values(ascending=False)
    part = actual[actual["series"] == series.index[0]].sort_values("date")
    first, last = part.iloc[0], part.iloc[-1]
    if len(part) < 2:
        return _("{place}{what}{value}（{day}），没有可比的前后数字").format(
            place=place, what=last["indicator_title"], value=amount(last), day=_day(last)
        )
    return _("{place}{what}从{first}（{from_day}）到{last}（{to_day}）").format(
        place=place, what=last["indicator_title"], first=amount(first), from_day=_day(first), last=amount(last), to_day=_day(last)
    )


def bed_target(rows: pd.DataFrame) -> str:
    """The 2021 target in its two readings; neither is declared reached."""
    readings = rows[rows["reading"].notna()].sort_values("value", ascending=False)
    start = rows[rows["kind"] == "actual"]
    if readings.empty or start.empty:
        return _("2021年异地养老床位目标：没有公开数字")
    return _("2021年目标有两种读法：{readings}张；起点{start}，达标与否未见公开来源").format(
        readings=_("张或").join(f"“{r.reading}”{number(r.value)}" for r in readings.itertuples()),
        start=amount(start.iloc[0]),
    )


def pairing(districts: pd.DataFrame, partners: pd.DataFrame) -> str:
    """Known by name against announced."""
    named = int(districts["signed_by_name"].sum())
    unknown = int(districts["counterpart_unknown"].sum())
    return _("公开来源点名签约的有上海{d}个区、三省{p}个市（区县），其中{u}个区对方未知").format(d=named, p=len(partners), u=unknown)


def matrix(districts: pd.DataFrame, cells: pd.DataFrame) -> str:
    """Filled cells and empty rows of the district × partner matrix."""
    signed_cells = cells[cells["counts_as_signed"]][["district_code", "partner_code"]].drop_duplicates()
    silent = districts[~districts["signed_by_name"]]
    return _("点名到双方的已签结对{cells}格、{n}份协议；{silent}个区未见公开签约记录").format(
        cells=len(signed_cells), n=cells[cells["counts_as_signed"]]["agreement_id"].nunique(), silent=len(silent)
    )


def agreement(cells: pd.DataFrame, agreement_id: str) -> str:
    """Title, stage and date of one agreement."""
    row = cells[cells["agreement_id"] == agreement_id].iloc[0]
    return _("{title}：{stage}，{day}").format(title=row["title"], stage=row["status_title"], day=_day(row))


def institutions(rows: pd.DataFrame) -> str:
    """How many institutions are known by name, operators apart."""
    homes = int((rows["kind"] == "institution").sum())
    others = len(rows) - homes
    listed = int(rows["list_titles"].notna().sum())
    return _("按名称可知{homes}家机构（入选名单{listed}家），另有运营商{others}家").format(homes=homes, listed=listed, others=others)


def _day(row: pd.Series) -> str:
    return day_words(row["date"], row["date_precision"], row["date_label"], bool(row["date_inferred"]))
