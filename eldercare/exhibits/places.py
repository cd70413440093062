"""Exhibits about one place: who lives there, what is known of beds, with whom it works, and what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

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
    kept,
    left_out,
    listed,
    number_or_gap,
    parts,
    place_records,
    titles,
)
from eldercare.exhibits import place_tables as own
from eldercare.exhibits.claims import day
from eldercare.exhibits.series import lines, paths
from eldercare.exhibits.shapes import Bars, Cards, Event, Lines, Series, Timeline
from eldercare.measures import missing

EVENTS, HOMES_SHOWN = 8, 5
BESIDE = {"province": "province", "delta": "peer"}
FACILITIES = {
    "indicator_title": "指标",
    "amount": "数值",
    "day": "日期",
    "kind_words": "性质",
    "beside": "说明",
}
RECORDS = {"part": "类别", "title": "内容", "state": "状态", "detail": "说明", "day": "日期"}
SLIDE = {"part": 1, "title": 4.6, "state": 2.4, "day": 1.8}
# What a profile shows beside the agreements.
OTHERS = ("名单", "任务", "成果", "长护险", "动态", "旅游专列与线路")


def records_of(facts: Facts, code: str) -> pd.DataFrame:
    """All that names a place, with the stage of each agreement and the lamp of each task."""
    return _records(facts, code).copy()


@kept
def _records(facts: Facts, code: str) -> pd.DataFrame:
    rows = city.with_stages(facts.ask("place_records", place=code, as_of=facts.as_of))
    return city.with_lamps(rows, facts.ask("task_schedule", as_of=facts.as_of))


@kept
def cards(facts: Facts, code: str) -> Exhibit | Missing:
    """Three ages, beds and cooperation of a place."""
    place = facts.place(code)
    profile, standings = (
        facts.ask("age_profile", place=code),
        facts.ask("place_standing", place=code),
    )
    facilities, records = (
        facts.ask("place_facilities", place=code, as_of=facts.as_of),
        records_of(facts, code),
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
        "place_cards",
        STATE,
        **parts(city.title(place, standings)),
        shape=Cards(entries),
        rows=rows,
        columns=columns,
    )


@kept
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
    caveats = ["位次由高到低；省与长三角为人数之和相除", *words["peers_note"].dropna().head(1)]
    return exhibit(
        "place_standing",
        STATE,
        **parts(city.ranked(facts.place(code), rows)),
        shape=shape,
        rows=words,
        columns=own.AGAINST,
        caveats=caveats,
    )


@kept
def ages(facts: Facts, code: str) -> Exhibit | Missing:
    """The age groups of two censuses as shares of all inhabitants; of a county its elders alone are known."""
    rows = facts.ask("age_pyramid", place=code)
    profile = facts.ask("age_profile", place=code)
    if rows.empty and len(profile):
        head = f"{facts.place(code).short_name}的普查老年人口；两年各按当年区划，只并列"
        return listed("age_profile", STATE, head, profile, city.AGES)
    if not (rows["male"].fillna(0) + rows["female"].fillna(0)).any():
        return Missing("年龄结构", "普查分年龄人口公开资料未载")
    groups = list(dict.fromkeys(rows.sort_values("age_from")["age_group"]))
    series = []
    for (_year, part), role in zip(rows.groupby("year"), ("earlier", "now"), strict=False):
        shares = part.set_index("age_group").eval("male_share + female_share")
        told = {row.age_group: _group(row) for row in part.itertuples()}
        series.append(
            Series(
                part["year_words"].iloc[0],
                tuple(number_or_gap(shares.get(group)) for group in groups),
                role,
                hovers=tuple(map(told.get, groups)),
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
        **parts(city.pyramid(facts.place(code), rows)),
        shape=shape,
        rows=newest,
        columns=columns,
        caveats=[f"各年龄组占总人口的比例；{city.bounds(rows)}"],
    )


def _group(row: Any) -> str:
    """One age group of a census with men and women."""
    group = f"{row.age_from}岁及以上" if row.age_group.endswith("及以上") else f"{row.age_group}岁"
    share = row.male_share + row.female_share
    return f"{row.year}年 {group}\n男{row.male:,}人，女{row.female:,}人，占总人口{share:.2f}%"


@kept
def history(facts: Facts, code: str) -> Exhibit | Missing:
    """The share of elders over time, every base a line of its own."""
    rows = facts.ask(
        "population_series", indicator="share_60plus", places=[code], as_of=facts.as_of
    )
    place = facts.place(code)
    if rows["date"].nunique() < 2:
        return Missing("60岁及以上占比的历年数字", "不足两个注明日期的数字")
    beside = facts.ask("peer_series", indicator="share_60plus", place=code, as_of=facts.as_of)
    columns = {
        "place_name": "地区",
        "day": "日期",
        "amount": "占比",
        "value": "占比（%）",
        "base": "口径",
        "kind_words": "性质",
        "break_note": "口径变动",
    }
    return exhibit(
        "population_series",
        STATE,
        **parts(city.history(place, rows, comparison.trend(rows))),
        shape=_with_peers(lines(rows, "%", 1), beside),
        rows=pd.concat([rows, beside]) if len(beside) else rows,
        columns=columns,
        caveats=[
            "不同口径、相隔一年半以上的不连线",
            "省与长三角只并列同一指标、同一口径的数；长三角的普查占比为各城市人数之和相除"
            if len(beside)
            else "",
            # The census of the delta is a sum of its cities: worked out, so no point among the published ones.
            "七普常住口径的占比由各城市加总，见“老龄化”，这里不画"
            if place.level == "region"
            else "",
        ],
    )


def _with_peers(own: Lines, beside: pd.DataFrame) -> Lines:
    """The lines of a place with those of its province and the delta behind them, without words at their points."""
    found = [
        replace(
            path, role=BESIDE[side], points=tuple(replace(point, words="") for point in path.points)
        )
        for side, part in beside.groupby("side", sort=False)
        for path in paths(part)
    ]
    return replace(own, paths=(*own.paths, *found))


@kept
def facilities(facts: Facts, code: str) -> Exhibit | Missing:
    """Every figure of beds, institutions and facilities that is known."""
    rows, place = facts.ask("place_facilities", place=code, as_of=facts.as_of), facts.place(code)
    if rows.empty:
        return Missing(*city.no_facilities(place).split("：", 1))
    slide = {"indicator_title": 3, "amount": 1.7, "day": 2, "kind_words": 0.9, "beside": 3.4}
    return listed(
        "place_facilities",
        BEDS,
        city.facilities(place, rows),
        rows,
        FACILITIES,
        ["每个指标取最近一条；性质为目标的不是现状"],
        slide=slide,
        file_columns={**FACILITIES, "value": "数值（全部位数）", "unit": "单位"},
    )


@kept
def homes(facts: Facts, code: str) -> Exhibit:
    """The first few homes that are known by name; the finder has all."""
    rows = facts.ask("place_homes", place=code, count=HOMES_SHOWN, as_of=facts.as_of)
    return listed(
        "place_homes",
        BEDS,
        own.homes(facts.place(code), rows),
        rows,
        own.HOMES,
        links={"name": "link"},
        why=own.NO_HOMES,
    )


@kept
def agreements(facts: Facts, code: str) -> Exhibit | Missing:
    """The agreements of a place with stage and partners."""
    records, place = records_of(facts, code), facts.place(code)
    rows = records[records["part"] == "协议"]
    if rows.empty:
        return Missing(f"点到{place.short_name}的协议，所收公开资料未载", city.NO_RECORDS)
    columns = {"title": "协议", "state": "阶段", "detail": "参与方", "day": "日期"}
    compiled = facts.ask("release")["as_of"].iloc[0].date()
    return _told(
        "place_agreements",
        TOGETHER,
        titles.agreements(place, rows),
        rows,
        columns,
        {"title": 3.4, "state": 1.6, "detail": 3.6, "day": 1.6},
        city.caveats(facts.as_of, compiled),
    )


def _told(
    key: str,
    section: str,
    finding: str,
    rows: pd.DataFrame,
    columns: dict[str, str],
    slide: dict[str, float],
    caveats: Sequence[str] = (),
) -> Exhibit:
    """Records as a table: a task opens among the tasks, everything else where its source is told."""
    return listed(
        key,
        section,
        finding,
        own.with_ways(rows),
        columns,
        caveats,
        slide=slide,
        links={"title": "address"},
        file_columns={**columns, "evidence": "原文摘录"},
    )


@kept
def events(facts: Facts, code: str) -> Exhibit | Missing:
    """What was publicly reported of the place, the newest first."""
    records, place = records_of(facts, code), facts.place(code)
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
        **parts(titles.events(place, rows, aside)),
        shape=shape,
        rows=rows,
        columns=columns,
        caveats=[left_out(rows, EVENTS)],
    )


@kept
def others(facts: Facts, code: str) -> Exhibit | Missing:
    """Lists, tasks and insurance that name the place."""
    kinds = ["名单", "任务", "长护险"]
    records = records_of(facts, code)
    # A plan is no event: it stands here, whatever it is about.
    rows, place = (
        records[records["part"].isin(kinds) | place_records.planned(records)],
        facts.place(code),
    )
    if rows.empty:
        return Missing(LISTED, "公开资料未载，不等于没有")
    return _told("place_others", LISTED, titles.others(place, rows), rows, RECORDS, SLIDE)


@kept
def records(facts: Facts, code: str, kinds: Sequence[str] = ()) -> Exhibit | Missing:
    """Agreements, events, lists, tasks and insurance of a place in one table, for a place that has few of them."""
    rows, place = records_of(facts, code), facts.place(code)
    aside = titles.aside(rows, kinds) if kinds else ""
    rows = rows[rows["part"].isin(kinds)] if kinds else rows
    if rows.empty:
        return Missing("协作的公开记录", "公开资料未载，不等于没有")
    finding = titles.others(place, rows, aside)
    return _told("place_records", TOGETHER, finding, rows, RECORDS, SLIDE)


@kept
def similar(facts: Facts, code: str) -> Exhibit | Missing:
    """The cities most like this one, with the reason."""
    rows, place = facts.ask("similar_cities", place=code, count=4), facts.place(code)
    if rows.empty:
        return Missing(
            "年龄结构、人口规模、城镇化相近的城市",
            "只在41个城市之间比较；其他地方不比，或没有可比的普查数字",
        )
    return listed(
        "similar_cities",
        STATE,
        city.similar(place, rows),
        own.with_pages(rows),
        {"short_name": "城市", "reason": "与本市相比", "distance": "距离"},
        [city.DISTANCE],
        slide={"short_name": 1, "reason": 6},
        links={"short_name": "address"},
    )


@kept
def around(facts: Facts, code: str) -> Exhibit | Missing:
    """The province of a place as a map, the place outlined."""
    highlight = "" if code.endswith("0000") else code
    return ageing.shares(facts, within=code[:2], highlight=highlight)


@kept
def province_bars(facts: Facts, code: str, age: int = 60) -> Exhibit | Missing:
    """The cities of a province side by side."""
    return ageing.ranking(facts, age=age, within=code[:2])
