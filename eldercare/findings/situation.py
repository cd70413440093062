"""Findings of the section 现状: headline figures, beds and their targets."""

from __future__ import annotations

from typing import Any

import pandas as pd

from eldercare.findings import amount, claim, claim_traces, day, short_day, trace
from eldercare.measures import LAMPS, headline, missing, number
from eldercare.text import _


def overview(rows: pd.DataFrame) -> str:
    """The state of the delta in one sentence."""
    elders, share = claim(rows, "pop_60plus"), claim(rows, "share_60plus")
    beds = claim(rows, "list_beds", kind="actual")
    if elders is None or share is None or beds is None:
        return _("长三角养老一体化")
    return _("长三角{day}每百人中有{share}位60岁以上老人{base}，首批异地名单开放床位{beds}").format(
        day=short_day(share), share=number(round(share["value"])), base=f"（{_base(share)}）" if _base(share) else "", beds=amount(beds)
    )


def headline_cards(rows: pd.DataFrame, later: pd.DataFrame, census: pd.DataFrame | None = None) -> list[dict[str, Any]]:
    """Six cards: label, value, unit, note (date, base, what came later) and what each number rests on.

    `census` is the answer of `province_ageing`: what ten years did on equal boundaries and one base.
    """

    def card(label: str, indicator: str, note: str, *others: pd.DataFrame) -> dict[str, Any]:
        row = claim(rows, indicator, kind="actual")
        if row is None:
            return {"label": label, "value": _("未载"), "unit": "", "note": note, "help": _("没有公开来源")}
        digits, unit = headline(row["value"], row["unit"], row["qualifier"])
        dated = "，".join(filter(None, [short_day(row), _base(row)]))
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

    facilities = claim(rows, "community_facilities")
    share = card(_("老龄化率（60+）"), "share_60plus", "；".join(filter(None, [_shares(later), _census(census)])), of("share_60plus"))
    if "traces" in share:
        share["traces"] += _census_traces(census)
    return [
        card(_("60岁及以上人口"), "pop_60plus", _later(later, "pop_60plus"), of("pop_60plus")),
        share,
        card(
            _("养老机构"),
            "institutions",
            "；".join(filter(None, [_later(later, "institutions"), _("社区设施{n}").format(n=amount(facilities))])),
            of("institutions"),
            of("community_facilities", among=rows),
        ),
        card(_("养老床位"), "beds_eldercare", _other_beds(later), of("beds_eldercare", "beds_institution")),
        card(
            _("首批异地名单床位"),
            "list_beds",
            "".join(amount(claim(rows, code, kind="actual")).replace("个", "城") for code in ("list_cities", "list_institutions")),
            of("list_cities", "list_institutions", among=rows[rows["kind"] == "actual"]),
        ),
        _pairs(
            card(
                _("已签协议"),
                "signed_districts",
                "",
                of("signed_districts", "signed_places", "signed_places_counties", among=rows),
                of("signed_districts"),
            ),
            rows,
            later,
        ),
    ]


def _base(row: pd.Series) -> str:
    """口径未注明, 户籍口径; empty for what is not a number of people."""
    if row["base"] == "不适用":
        return ""
    return (_("口径{base}") if row["base"] == "未注明" else _("{base}口径")).format(base=row["base"])


def _pairs(card: dict[str, Any], rows: pd.DataFrame, later: pd.DataFrame) -> dict[str, Any]:
    """The card of signed agreements: districts and places are two counts with two goals, never one sum."""
    counties, places = claim(rows, "signed_places_counties"), claim(rows, "signed_places", kind="actual")
    goals = [claim(rows, code, kind="target") for code in ("signed_districts", "signed_places")]
    note = _("上海区＋三省市（区县），含{n}个区县；目标{goals}").format(n=_bare(counties), goals="＋".join(_bare(goal) for goal in goals))
    newest = later[later["indicator_code"] == "signed_districts"].sort_values("date").tail(1)
    since = [_("{day}为{n}区").format(day=short_day(row), n=_bare(row)) for _i, row in newest.iterrows()]
    return {
        **card,
        "value": f"{card['value']}＋{_bare(places)}",
        "unit": "",
        "note": "；".join(filter(None, [card["note"], note, *since])),
    }


def _bare(row: pd.Series | None) -> str:
    return amount(row).removesuffix("个")


def _shares(later: pd.DataFrame) -> str:
    """The later shares by base, each with its year."""
    found = later[later["indicator_code"] == "share_60plus"].sort_values("date")
    told = found.assign(words=[f"{amount(row)}（{row['date'].year}）" for _i, row in found.iterrows()])
    return "；".join(base + "、".join(part["words"]) for base, part in told.groupby("base", sort=False))


def _census(rows: pd.DataFrame | None) -> str:
    """What the two censuses say of the delta: their own base, so beside the card's figure, not against it."""
    delta = rows[rows["level"] == "region"].dropna(subset=["change"]) if rows is not None else pd.DataFrame()
    if delta.empty:
        return ""
    row = delta.iloc[0]
    return _("普查常住{before:.1f}%（2010）、{now:.1f}%（2020）").format(before=row["value_2010"], now=row["value"])


def _census_traces(rows: pd.DataFrame | None) -> list[dict[str, Any]]:
    words = _census(rows)
    delta = rows[rows["level"] == "region"] if words else pd.DataFrame()
    return [trace(words, row["evidence"], row["source_ids"]) for _i, row in delta.iterrows()]


def _other_beds(later: pd.DataFrame) -> str:
    """The newest count of beds in institutions: another definition, so it is named beside and not compared."""
    found = later[later["indicator_code"] == "beds_institution"].sort_values("date")
    if found.empty:
        return ""
    return _("与{day}“机构养老床位”{n}口径不同").format(day=short_day(found.iloc[-1]), n=amount(found.iloc[-1]))


def _later(later: pd.DataFrame, indicator: str) -> str:
    """The newest later claim of the same indicator, with its own date and base: beside, never joined."""
    found = later[later["indicator_code"] == indicator].sort_values("date")
    if found.empty:
        return ""
    row = found.iloc[-1]
    base = f"{row['base']} " if row["base"] not in ("不适用", "未注明") else ""
    return _("{day}{base}{value}").format(day=short_day(row), base=base, value=amount(row))


def bed_trend(rows: pd.DataFrame, place: str) -> str:
    """First and last published claim of the longest comparable series of a place; what is derived leads only where nothing else is."""
    actual = rows[rows["kind"] == "actual"]
    actual = rows[rows["kind"] == "derived"] if actual.empty else actual
    if actual.empty:
        return _("{place}：没有注明日期的公开床位数字").format(place=place)
    series = actual.groupby("series")["date"].nunique().sort_values(ascending=False)
    part = actual[actual["series"] == series.index[0]].sort_values("date")
    first, last = part.iloc[0], part.iloc[-1]
    if len(part) < 2:
        return _("{place}{what}{value}（{day}），没有可比的前后数字").format(
            place=place, what=last["indicator_title"], value=amount(last), day=day(last)
        )
    return _("{place}{what}从{first}（{from_day}）到{last}（{to_day}）").format(
        place=place, what=last["indicator_title"], first=amount(first), from_day=day(first), last=amount(last), to_day=day(last)
    )


def bed_target(rows: pd.DataFrame) -> str:
    """The 2021 target in its two readings; neither is declared reached."""
    readings = rows[rows["reading"].notna()].sort_values("value", ascending=False)
    start = rows[rows["kind"] == "actual"]
    if readings.empty or start.empty:
        return _("2021年异地养老床位目标：没有公开数字")
    return _("2021年异地床位目标两种读法：{readings}张；起点{start}，是否达标未见公开来源").format(
        readings=_("张或").join(number(r.value) for r in readings.itertuples()),
        start=amount(start.iloc[0]),
    )


def tasks_only(rows: pd.DataFrame) -> pd.DataFrame:
    """The tasks among the entries of the lists: achievements and contents of agreements are none."""
    return rows[rows["list_kind"] == "task"].reset_index(drop=True)


def task_times(rows: pd.DataFrame) -> str:
    """What is past its date, near it, without one. A date alone never says that a task failed."""
    if rows.empty:
        return _("没有任务清单")
    counts = rows["time_status"].value_counts()
    order = ("overdue", "passed", "near", "running", "closed", "undated")
    return _("{n}项任务：{words}").format(
        n=len(rows), words="，".join(f"{LAMPS[key].word}{counts[key]}项" for key in order if key in counts)
    )


def of_the_delta(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The delta's own tasks, and those on lists of other places."""
    own = rows["place_code"] == "YRD"
    return rows[own].reset_index(drop=True), rows[~own].reset_index(drop=True)


def delta_tasks(rows: pd.DataFrame) -> str:
    """How the delta's own tasks stand, and how many of them nobody is named to lead."""
    if rows.empty:
        return _("长三角没有任务清单")
    leaderless = int((rows["lead"] == _("未明确牵头")).sum())
    return _("长三角") + task_times(rows) + (_("；{n}项未明确牵头").format(n=leaderless) if leaderless else "")


def other_lists(rows: pd.DataFrame) -> str:
    """The lists of other places as counts apart, with the province of those outside the delta."""
    words = []
    for (name, province), part in rows.groupby(["list_short", "outside"], sort=False, dropna=False):
        where = "" if missing(province) else f"（{province}）"
        words.append(f"{name}{where}{task_times(part).replace(_('项任务：'), _('项（'))}）")
    return _("另有{lists}").format(lists="、".join(words)) if words else ""


def lamp_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Adds shape and word of the time status, and the lead or 未明确牵头, for the table twin."""
    return rows.assign(
        lamp=[f"{LAMPS[key].shape} {LAMPS[key].word}" for key in rows["time_status"]],
        lead=[_("未明确牵头") if missing(lead) else lead for lead in rows["lead_unit"]],
        due_words=[_("未定时限") if missing(words) else words for words in rows["due_text"]],
    )


def events(rows: pd.DataFrame) -> str:
    """The newest public event."""
    if rows.empty:
        return _("没有已注明日期的动态")
    return _("长三角最近的公开动态在{day}").format(day=day(rows.iloc[0]).removeprefix(_("截至")))
