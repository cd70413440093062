"""Exhibits about one place: who lives there, what is known of beds, with whom it works, and what is not known."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from eldercare.exhibits import (
    BEDS,
    LISTED,
    STATE,
    TOGETHER,
    Exhibit,
    Facts,
    Missing,
    ageing,
    city,
    comparison,
    exhibit,
    left_out,
    number_or_gap,
    place_records,
    table,
    titles,
)
from eldercare.exhibits.claims import day
from eldercare.exhibits.series import lines
from eldercare.exhibits.shapes import Bars, Cards, Event, Series, Timeline
from eldercare.measures import missing

ROWS, EVENTS = 8, 8


def _records(facts: Facts, code: str) -> pd.DataFrame:
    return city.with_stages(facts.ask("place_records", place=code, as_of=facts.as_of))


def cards(facts: Facts, code: str) -> Exhibit | Missing:
    """Three ages, beds and cooperation of a place."""
    place = facts.place(code)
    profile, standings = (
        facts.ask("age_profile", place=code),
        facts.ask("place_standing", place=code),
    )
    facilities, records = (
        facts.ask("place_facilities", place=code, as_of=facts.as_of),
        _records(facts, code),
    )
    known = pd.concat([part for part in (profile, facilities, records) if len(part)] or [profile])
    if known.empty:
        return Missing(f"{place.short_name}的主要数字", "人口、床位与协作均公开资料未载")
    moves = facts.ask("latest_moves", places=[code], as_of=facts.as_of)
    entries = city.cards(place, profile, standings, facilities, records, moves)
    columns = {
        "age_words": "年龄",
        "year_words": "普查",
        "elders": "人数（人）",
        "population": "常住人口（人）",
        "share": "占比（%）",
    }
    # The newest census first: its figures are the large ones, and its source is named.
    rows = profile.sort_values("year", ascending=False, kind="stable") if len(profile) else known
    columns = columns if len(profile) else {"title": "内容"}
    return exhibit(
        "place_cards", STATE, city.title(place, standings), Cards(entries), rows, columns
    )


def standing(facts: Facts, code: str) -> Exhibit | Missing:
    """The shares of a place beside its province and the delta."""
    rows = facts.ask("place_standing", place=code)
    shares = rows[rows["measure"].isin(["share_60plus", "share_65plus", "share_80plus"])]
    if shares.empty:
        return Missing("与省和长三角比较", city.compared(shares))
    series = [
        Series(shares["short_name"].iloc[0], tuple(map(number_or_gap, shares["value"])), "own")
    ]
    province = shares["province_name"].iloc[0]
    if not missing(province):
        series.append(
            Series(str(province), tuple(map(number_or_gap, shares["province_value"])), "province")
        )
    series.append(Series("长三角", tuple(map(number_or_gap, shares["delta_value"])), "delta"))
    shape = Bars(tuple(shares["title"]), tuple(series), "%", 1, horizontal=False)
    words = city.comparison_words(rows)
    columns = {"title": "指标", "value_words": "数值", "rank_words": "位次"}
    columns |= {"against_province": "比省（百分点）", "against_delta": "比长三角（百分点）"}
    caveats = ["位次由高到低；省与长三角为人数之和相除", *words["peers_note"].dropna().head(1)]
    return exhibit(
        "place_standing",
        STATE,
        titles.standing(facts.place(code), rows),
        shape,
        words,
        columns,
        caveats,
    )


def ages(facts: Facts, code: str) -> Exhibit | Missing:
    """The age groups of two censuses as shares of all inhabitants."""
    rows = facts.ask("age_pyramid", place=code)
    if not (rows["male"].fillna(0) + rows["female"].fillna(0)).any():
        return Missing("年龄结构", "普查分年龄人口公开资料未载")
    groups = list(dict.fromkeys(rows.sort_values("age_from")["age_group"]))
    series = []
    for (_year, part), role in zip(rows.groupby("year"), ("earlier", "now"), strict=False):
        shares = part.set_index("age_group").eval("male_share + female_share")
        series.append(
            Series(
                part["year_words"].iloc[0],
                tuple(number_or_gap(shares.get(group)) for group in groups),
                role,
            )
        )
    # 80-84, 85+: eighteen groups stand side by side.
    short = tuple(group.replace("—", "-").replace("及以上", "+") for group in groups)
    shape = Bars(short, tuple(series), "%", 1, horizontal=False)
    columns = {
        "year_words": "年份",
        "age_group": "年龄组",
        "male": "男（人）",
        "female": "女（人）",
    }
    columns |= {"male_share": "男占总人口（%）", "female_share": "女占总人口（%）"}
    newest = rows.sort_values("year", ascending=False, kind="stable")
    return exhibit(
        "place_ages",
        STATE,
        city.pyramid(facts.place(code), rows),
        shape,
        newest,
        columns,
        [f"各年龄组占总人口的比例；{city.bounds(rows)}"],
    )


def history(facts: Facts, code: str) -> Exhibit | Missing:
    """The share of elders over time, every base a line of its own."""
    rows = facts.ask(
        "population_series", indicator="share_60plus", places=[code], as_of=facts.as_of
    )
    place = facts.place(code)
    if rows["date"].nunique() < 2:
        return Missing("60岁及以上占比的历年数字", "不足两个注明日期的数字")
    columns = {
        "day": "日期",
        "amount": "占比",
        "value": "占比（%）",
        "base": "口径",
        "kind_words": "性质",
        "break_note": "口径变动",
    }
    finding, _semicolon, trend = city.history(place, rows, comparison.trend(rows)).rpartition("；")
    shape = lines(rows, "%", 1)
    return exhibit(
        "place_history",
        STATE,
        finding,
        shape,
        rows,
        columns,
        [trend, "不同口径、相隔一年半以上的不连线"],
    )


def facilities(facts: Facts, code: str) -> Exhibit | Missing:
    """Every figure of beds, institutions and facilities that is known."""
    rows, place = facts.ask("place_facilities", place=code, as_of=facts.as_of), facts.place(code)
    if rows.empty:
        return Missing("床位、机构与设施", city.no_facilities(place).split("：", 1)[-1])
    columns = {
        "indicator_title": "指标",
        "amount": "数值",
        "day": "日期",
        "kind_words": "性质",
        "beside": "说明",
    }
    shape = table(rows, columns, (3, 1.7, 2, 0.9, 3.4), ROWS)
    caveats = ["每个指标取最近一条；性质为目标的不是现状"]
    return exhibit(
        "place_facilities",
        BEDS,
        titles.facilities(place, rows),
        shape,
        rows,
        {**columns, "value": "数值（全部位数）", "unit": "单位"},
        caveats,
    )


def _part(facts: Facts, code: str, part: str) -> pd.DataFrame:
    records = _records(facts, code)
    return records[records["part"] == part]


def agreements(facts: Facts, code: str) -> Exhibit | Missing:
    """The agreements of a place with stage and partners."""
    rows, place = _part(facts, code, "协议"), facts.place(code)
    if rows.empty:
        return Missing("协议", "公开资料未载，不等于没有")
    columns = {"title": "协议", "state": "阶段", "detail": "参与方", "day": "日期"}
    shape = table(rows, columns, (3.4, 1.6, 3.6, 1.6), ROWS)
    finding = titles.agreements(place, rows)
    return exhibit(
        "place_agreements", TOGETHER, finding, shape, rows, {**columns, "evidence": "原文摘录"}
    )


def events(facts: Facts, code: str) -> Exhibit | Missing:
    """What was publicly reported of the place, the newest first."""
    records, place = _records(facts, code), facts.place(code)
    # A plan is not what happened.
    rows = records[(records["part"] == "动态") & (records["state"] != "计划")]
    aside = titles.aside(records, ["动态"])
    if rows.empty:
        return Missing(f"协作动态{aside}", "公开资料未载，不等于没有")
    shown = [row for _index, row in rows.head(EVENTS).iterrows()]
    days = [None if missing(row["date"]) else row["date"].date() for row in shown]
    told = (Event(when, day(row), str(row["title"])) for when, row in zip(days, shown, strict=True))
    shape = Timeline(tuple(told), facts.as_of)
    columns = {"day": "日期", "title": "事件", "detail": "说明", "evidence": "原文摘录"}
    return exhibit(
        "place_events",
        TOGETHER,
        titles.events(place, rows, aside),
        shape,
        rows,
        columns,
        [left_out(rows, EVENTS)],
    )


def others(facts: Facts, code: str) -> Exhibit | Missing:
    """Lists, tasks and insurance that name the place."""
    parts = ["名单", "任务", "长护险"]
    records = _records(facts, code)
    # A plan is no event: it stands here, whatever it is about.
    rows, place = (
        records[records["part"].isin(parts) | place_records.planned(records)],
        facts.place(code),
    )
    if rows.empty:
        return Missing(LISTED, "公开资料未载，不等于没有")
    columns = {"part": "类别", "title": "内容", "state": "状态", "day": "日期"}
    shape = table(rows, columns, (1, 4.6, 2.4, 1.8), ROWS)
    finding = titles.others(place, rows)
    return exhibit(
        "place_others", LISTED, finding, shape, rows, {**columns, "evidence": "原文摘录"}
    )


def records(facts: Facts, code: str, parts: Sequence[str] = ()) -> Exhibit | Missing:
    """Agreements, events, lists, tasks and insurance of a place in one table, for a place that has few of them."""
    rows, place = _records(facts, code), facts.place(code)
    aside = titles.aside(rows, parts) if parts else ""
    rows = rows[rows["part"].isin(parts)] if parts else rows
    if rows.empty:
        return Missing("协作的公开记录", "公开资料未载，不等于没有")
    columns = {"part": "类别", "title": "内容", "state": "状态", "day": "日期"}
    shape = table(rows, columns, (1, 4.6, 2.4, 1.8), ROWS)
    return exhibit(
        "place_records",
        TOGETHER,
        titles.others(place, rows, aside),
        shape,
        rows,
        {**columns, "evidence": "原文摘录"},
    )


def similar(facts: Facts, code: str) -> Exhibit | Missing:
    """The cities most like this one, with the reason."""
    rows, place = facts.ask("similar_cities", place=code, count=4), facts.place(code)
    if rows.empty:
        return Missing("年龄结构、人口规模、城镇化相近的城市", "缺少可比的普查数字")
    columns = {"short_name": "城市", "reason": "与本市相比"}
    shape = table(rows, columns, (1, 6), ROWS)
    return exhibit(
        "place_similar",
        STATE,
        city.similar(place, rows),
        shape,
        rows,
        {**columns, "distance": "距离"},
        [city.DISTANCE],
    )


def around(facts: Facts, code: str) -> Exhibit | Missing:
    """The province of a place as a map, the place outlined."""
    highlight = "" if code.endswith("0000") else code
    return ageing.shares(facts, within=code[:2], highlight=highlight)


def province_bars(facts: Facts, code: str, age: int = 60) -> Exhibit | Missing:
    """The cities of a province side by side."""
    return ageing.ranking(facts, age=age, within=code[:2])
