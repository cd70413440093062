"""床位: beds and institutions over time, per thousand elders on four denominators, targets as wording, welfare units of counties."""

from __future__ import annotations

import pandas as pd

from eldercare import maps
from eldercare.exhibits import (
    BEDS,
    Exhibit,
    Facts,
    Missing,
    exhibit,
    kept,
    listed,
    number_or_gap,
    parts,
)
from eldercare.exhibits import series as along
from eldercare.exhibits.beds import words
from eldercare.exhibits.claims import claim_traces
from eldercare.exhibits.comparison import trend as trend_of
from eldercare.exhibits.coverage.words import BED_RULE
from eldercare.exhibits.shapes import Bars, Cards, Circles, Place, Series
from eldercare.measures import headline

SUBJECTS = {
    "床位": ["beds_eldercare", "beds_institution", "beds_nursing"],
    "机构": ["institutions"],
    "每千名老人床位": ["beds_per_1000_60plus"],
}
FOUR = {
    "registered60": "户籍60岁及以上",
    "registered65": "户籍65岁及以上",
    "resident60": "常住60岁及以上",
    "resident65": "常住65岁及以上",
}
DENOMINATOR = FOUR["resident60"]
DEFINITIONS = {"机构养老床位": "beds_institution", "养老床位（来源未限定范围）": "beds_eldercare"}
RANKED = (
    "分母取年份最近的同口径人数；床位与分母相差不过三年、各地床位也相差不过三年的同级地区才排名"
)


@kept
def targets(facts: Facts) -> Exhibit | Missing:
    """The start, then the target of 2021 in its two readings: three numbers beside each other, no way from one to the other."""
    rows = facts.ask("bed_target")
    said = words.bed_target(rows)
    readings = rows[rows["reading"].notna()].sort_values("value")
    shown = pd.concat([rows[rows["kind"] == "actual"], readings])
    if readings.empty:
        return Missing("异地养老机构名单床位目标", said)
    entries = []
    for _i, row in shown.iterrows():
        digits, unit = headline(row["value"], row["unit"], row["qualifier"])
        label = row["reading"] if isinstance(row["reading"], str) else ""
        entries.append(
            {
                "label": f"目标，按“{label}”读" if label else "起点：首批名单",
                "value": digits,
                "unit": unit,
                "note": words.reading(row),
                "traces": claim_traces(row.to_frame().T),
            }
        )
    columns = {**words.TARGET, "evidence": "原文摘录", **words.DIGITS}
    return exhibit(
        "bed_target", BEDS, **parts(said), shape=Cards(entries), rows=rows, columns=columns
    )


@kept
def trend(facts: Facts, code: str, subject: str = "床位") -> Exhibit:
    """What became of a place's beds; what is not comparable is not joined. Without figures: what else is known, whom to ask."""
    place, rows = facts.place(code), _series(facts, code, subject)
    lines = along.lines(rows, rows["unit"].iloc[0] if len(rows) else "")
    caveats = [
        *words.caveats(rows),
        trend_of(rows),
        "不同定义、不同来源口径不连线；相隔一年半以上不连线",
    ]
    known = facts.ask("place_facilities", place=code, as_of=facts.as_of)
    return exhibit(
        "bed_series",
        BEDS,
        **parts(words.trend_title(rows, place, subject)),
        shape=lines,
        rows=rows,
        columns=words.SERIES,
        caveats=caveats,
        why=words.no_series(place, known),
        file_columns=words.SERIES | words.DIGITS,
    )


@kept
def of_place(facts: Facts, code: str) -> Exhibit | Missing:
    """The beds of a place for a talk: two dated figures at least."""
    found = trend(facts, code)
    if found.rows["date"].nunique() < 2:
        return Missing("床位的历年数字", "不足两个注明日期的数字")
    return found


def _series(facts: Facts, code: str, subject: str) -> pd.DataFrame:
    return facts.ask("bed_series", indicators=SUBJECTS[subject], places=[code])


@kept
def steps(facts: Facts, code: str, subject: str = "床位") -> Exhibit:
    """What changed from one figure to the next of the same series."""
    rows = facts.ask("bed_steps", indicators=SUBJECTS[subject], places=[code])
    return listed(
        "bed_steps",
        BEDS,
        f"{facts.place(code).short_name}：{words.steps(rows, _series(facts, code, subject))}",
        words.with_words(rows),
        {"words": "增减", "pace": "间隔"},
        ["只在同一口径内相减"],
        slide={"words": 5, "pace": 2},
        why="同一口径、同一序列段内有两个数字才计算增减。",
    )


@kept
def ratio(
    facts: Facts, definition: str = "机构养老床位", denominator: str = DENOMINATOR
) -> Exhibit | Missing:
    """Beds per thousand elders of the provinces, in the order of the house: years differ, so this is no ranking.

    A delta that its provinces do not add up to is no bar beside them: it stands in the subtitle and in the table.
    """
    known = facts.ask("province_ageing", age=60)
    order = known["place_code"].tolist()
    rows = _ratios(facts, definition, denominator)
    rows = rows[rows["place_code"].isin(order)].sort_values(
        "place_code", key=lambda codes: codes.map(order.index), kind="stable"
    )
    if rows.empty:
        return Missing(f"每千名老人的{definition}", words.NO_RATIO)
    bare = known[~known["place_code"].isin(rows["place_code"])]["short_name"]
    caveats = [
        RANKED,
        "机构养老床位不是全部养老床位" if definition == "机构养老床位" else "",
        "{}没有可以相除的数字".format("、".join(bare)) if len(bare) else "",
    ]
    return _bars(
        "bed_ratio",
        words.ratio(rows, definition, denominator),
        rows,
        rows[rows["note"].isna()],
        caveats,
    )


@kept
def ratio_of_cities(
    facts: Facts, definition: str = "机构养老床位", denominator: str = DENOMINATOR
) -> Exhibit | Missing:
    """Cities and counties, each by its own years: beside each other only."""
    rows = _ratios(facts, definition, denominator)
    rows = rows[~rows["level"].isin(["region", "province"])]
    if rows.empty:
        return Missing("城市与县（市、区）的每千名老人床位", words.NO_RATIO)
    return _bars("bed_ratio_cities", words.old_ratios(rows), rows, rows, [RANKED])


def _ratios(facts: Facts, definition: str, denominator: str) -> pd.DataFrame:
    rows = facts.ask("bed_ratio", indicator=DEFINITIONS[definition], denominator=denominator)
    return rows[rows["value"].notna()]


def _bars(
    key: str, said: str, rows: pd.DataFrame, drawn: pd.DataFrame, caveats: list[str]
) -> Exhibit:
    names = [
        f"{row.label}{'，约' if row.ratio_words.startswith('约') else ''}"
        for row in drawn.itertuples()
    ]
    series = Series(
        "每千名老人的床位",
        tuple(map(number_or_gap, drawn["value"])),
        "now",
        tuple(f"place:{code}" for code in drawn["place_code"]),
        labels=tuple(drawn["words"]),
        hovers=tuple(drawn["hover"]),
    )
    shape = Bars(tuple(names), (series,), "张", 1)
    return exhibit(
        key, BEDS, **parts(said), shape=shape, rows=rows, columns=words.RATIO, caveats=caveats,
        file_columns={**words.RATIO, "value": "每千人（全部位数）"},
    )  # fmt: skip


@kept
def ranks(facts: Facts, definition: str = "机构养老床位") -> Exhibit:
    """The same beds over four kinds of elders: whether another one moves a rank."""
    rows = facts.ask("bed_ranks", indicator=DEFINITIONS[definition])
    caveats = ["同一批床位除以四种老年人口；括号内为床位÷分母的年份与同级名次"]
    return listed(
        "bed_ranks", BEDS, words.moves(rows), rows, {"short_name": "地区", **FOUR}, caveats
    )


@kept
def gaps(facts: Facts) -> Exhibit:
    """Which cities have a public count of beds, and which have none."""
    rows = facts.ask("bed_gaps")
    return listed("bed_places", BEDS, words.gaps(rows), rows, words.GAPS, [BED_RULE])


@kept
def welfare(facts: Facts) -> Exhibit:
    """Residential social-welfare units of counties as circles: a count of its own, never summed."""
    rows = facts.ask("county_welfare")
    drawn = rows.dropna(subset=["lon", "beds"]).sort_values("beds", ascending=False)
    places = tuple(
        Place(
            row.place_code,
            row.short_name,
            "",
            f"{row.beds:,}张",
            "now",
            float(row.beds),
            row.hover,
            (row.lon, row.lat),
        )
        for row in drawn.itertuples()
    )
    return exhibit(
        "welfare_map",
        BEDS,
        **parts(words.welfare(rows)),
        shape=Circles(places),
        rows=rows,
        columns=words.WELFARE,
        caveats=[words.welfare_missing(rows), maps.note()],
    )


@kept
def welfare_ratio(facts: Facts) -> Exhibit:
    """The same per thousand elders, with the years of both numbers."""
    rows = facts.ask("county_welfare")
    return listed(
        "welfare_ranks",
        BEDS,
        words.welfare_ranks(rows),
        rows,
        words.WELFARE,
        words.WELFARE_CAVEATS,
        links={"label": "link"},
    )
