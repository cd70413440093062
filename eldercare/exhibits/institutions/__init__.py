"""机构: what was announced, what is known by name, what was found, one home and several side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from eldercare import maps, tables
from eldercare.exhibits import (
    BEDS,
    Exhibit,
    Facts,
    Missing,
    exhibit,
    home_events,
    kept,
    left_out,
    listed,
    number_or_gap,
    parts,
)
from eldercare.exhibits.institutions import words
from eldercare.exhibits.institutions.side_by_side import UNKNOWN
from eldercare.exhibits.series import lines
from eldercare.exhibits.shapes import Bars, Home, Homes, Map, Place, Series
from eldercare.measures import class_of, missing, number

SHOWN = 12
# How many homes of a city make the next darker square.
CLASSES = (1, 5, 20, 100, 500)
# What a reader can narrow homes by; none of it is chosen in a talk.
NO_FACETS = (
    "province", "city", "county", "portability", "available", "price", "type", "open", "size", "ownership", "care", "medical",
    "list", "opened", "ended",
)  # fmt: skip
STATED = {
    "day": "日期",
    "source_title": "来源",
    "note": "说明",
}


# --- what was found ---


def found(rows: pd.DataFrame, totals: Mapping[str, Any], columns: Mapping[str, str]) -> Exhibit:
    """The homes of the page that is shown, and what all that were found report."""
    said = "；".join([words.found(totals), *words.unreported(rows)])
    caveats = ["公开资料未载的机构不因筛选而消失，各筛选都有“未载”一项"]
    return listed("institutions", BEDS, said, rows, columns, caveats, links={"called": "link"})


def found_map(
    facts: Facts,
    points: pd.DataFrame,
    cities: pd.DataFrame,
    listed_: Mapping[str, int],
    by_city: bool,
) -> Exhibit:
    """The same homes on the map, with their line in the list (`listed_`); or `by_city` as squares, whose table is by city."""
    demo = bool(cities["demo"].all())
    known = [] if demo else cities[cities["known"] > 0]["place_code"].tolist()
    squares = Map(
        tuple(_city(row) for row in cities.itertuples()),
        (),
        "点名的机构（家）",
        tiles=tuple(facts.ask("tiles").itertuples(index=False, name=None)),
        squares=True,
    )
    shape = Homes(spots(points, listed_), tuple(known), squares)
    if by_city:
        rows, columns = (
            cities,
            {
                "short_name": "城市",
                "institutions": "符合条件的具名机构（家）",
                "known": "具名机构（家）",
                "beds": "总床位（张）",
                "reported": "有公开床位的机构（家）",
                "announced_words": "名单公布",
            },
        )
        caveats = (
            []
            if demo
            else [
                "未具名：没有一家按名称可知，不等于没有",
                "公布、点名：名单上的家数或只有城市名，与此处具名的不必是同一家",
            ]
        )
    else:
        rows, columns = (
            points,
            {
                "label": "名称或家数",
                "city_names": "城市",
                "institutions": "机构（家）",
                "beds": "总床位（张）",
            },
        )
        caveats = ["数字为左表序号，放得下才写；形状表示位置的精度，中心点不是门牌地址"]
    said = parts(words.cities(cities))
    rest = {"rows": rows, "columns": columns, "caveats": [*caveats, maps.note()]}
    return exhibit("institutions_map", BEDS, **said, shape=shape, **rest)


def spots(rows: pd.DataFrame, numbers: Mapping[str, int] | None = None) -> tuple[Home, ...]:
    """Homes as points of a map; `numbers`: the line of each in the list beside it."""
    return tuple(
        Home(
            row.point_id,
            (row.lon, row.lat),
            int(row.institutions),
            row.point_precision,
            (numbers or {}).get(row.point_id, 0),
            row.hover,
        )
        for row in rows.itertuples()
    )


def _city(row: Any) -> Place:
    """A city where nobody is known by name is grey and says so; only of the fictitious list all is known, so there it says 无."""
    if not missing(row.institutions):
        said, role = number(row.institutions), f"class:{class_of(row.institutions, CLASSES)}"
    else:
        said = "无" if row.demo else "范围外" if row.known else "未点名"
        role = "class:0" if row.demo or row.known else "unknown"
    # Beside it, in the real list, what a published list says of the city.
    announced = (
        ""
        if missing(row.announced_words)
        else "点名"
        if missing(row.announced)
        else f"入选{row.announced}"
    )
    label = "\n".join(filter(None, [row.short_name, said, announced]))
    return Place(row.place_code, row.short_name, label, said, role, hover=row.hover)


@kept
def insured(facts: Facts, place: str, name: str) -> Exhibit:
    """What is known of using the insurance of a place elsewhere."""
    rows = facts.ask("portability_statements", insured=place, as_of=facts.as_of)
    columns = {"part": "类别", "words": "内容", **STATED}
    caveats = ["没有点名的机构一律为未知，不等于不可"]
    return listed("portability", BEDS, words.portability(rows, name), rows, columns, caveats)


# --- what is known, and what was announced ---


@kept
def registered(facts: Facts) -> Exhibit:
    """What the list that is to be checked adds up to by district, beside what was published."""
    rows = facts.ask("homes_listed")
    columns = {
        "short_name": "登记的区",
        "part": "性质",
        "homes": "家数",
        "beds": "床位（张）",
        "elders": "60岁及以上（七普，2020年）",
        "per_thousand": "每千名老人床位（试算）",
        "day": "日期",
    }
    caveats = [
        "名单少于公布的家数，不是全部，不作区与区的比较",
        "每千名老人床位为试算：2025年名单床位÷第七次全国人口普查（2020年）常住60岁及以上人口，只作参考",
        "名单加总与公布数各是一个口径，不相减、不连线",
    ]
    return listed("homes_listed", BEDS, words.listed(rows), rows, columns, caveats)


@kept
def lists(facts: Facts) -> Exhibit | Missing:
    """Institutions announced by the published lists beside those known by name."""
    rows = facts.ask("list_coverage")
    known = rows[rows["announced"].notna()]
    if known.empty:
        return Missing("异地养老机构名单", words.coverage(rows))
    series = (
        Series("公布（家）", tuple(map(number_or_gap, known["announced"])), "announced"),
        Series("能查到名称（家）", tuple(map(number_or_gap, known["named"])), "named"),
    )
    columns = {
        "line": "名单与地区",
        "announced": "公布家数",
        "announced_beds": "公布床位（张）",
        "named": "已知名称家数",
    }
    caveats = [
        words.by_place(rows),
        "未具名的机构不编造；来源点名而未给家数的地区，公布数为公开资料未载",
        "“其中”各行已含在上一行内",
    ]
    shape = Bars(tuple(known["line"]), series, "家")
    rest = {"rows": rows, "columns": columns, "caveats": caveats}
    return exhibit("lists", BEDS, **parts(words.coverage(rows)), shape=shape, **rest)


@kept
def operators(facts: Facts) -> Exhibit:
    """Operators and brands stand apart: they are not institutions."""
    cities = facts.ask("cities")["place_code"].tolist()
    rows = facts.ask("institutions_known", in_delta=True, cities=cities)
    rows = rows[rows["kind"] == "operator"]
    columns = {
        "name": "名称",
        "type": "类型",
        "place_label": "所在地",
        "day": "日期",
        "note": "说明",
    }
    return listed("operators", BEDS, words.operators(rows), rows, columns)


@kept
def homes(facts: Facts, demo: bool = False) -> Exhibit | Missing:
    """Beds of the institutions known by name, by city; the fictitious list instead when asked for."""
    asked = {"words": "", "insured": None, "chosen": dict.fromkeys(NO_FACETS)}
    rows = facts.ask("institution_cities", demo=demo, as_of=facts.as_of, **asked)
    rows = rows[rows["institutions"].notna()].sort_values("beds", ascending=False, kind="stable")
    if rows.empty:
        return Missing("按名称可知的机构", "没有按名称可知的机构")
    shown = rows.head(SHOWN)
    series = Series(
        "总床位（虚构）" if demo else "具名机构的总床位",
        tuple(map(number_or_gap, shown["beds"])),
        "now",
        tuple(f"place:{code}" for code in shown["place_code"]),
    )
    columns = {
        "short_name": "城市",
        "institutions": "机构（家）",
        "reported": "有总床位数的（家）",
        "beds": "总床位（张）",
    }
    unchecked = any("待核" in said for said in tables.warnings(tables.sources_of(rows)))
    said = parts(words.invented(rows) if demo else words.by_name(rows, unchecked))
    rest = {"rows": rows, "columns": columns, "caveats": [left_out(rows, SHOWN)]}
    shape = Bars(tuple(shown["short_name"]), (series,), "张")
    return exhibit("homes_demo" if demo else "homes", BEDS, **said, shape=shape, **rest)


# --- one home ---


@kept
def changes(facts: Facts, code: str) -> Exhibit:
    """What became of one home."""
    rows = facts.ask("institution_changes", institution=code, as_of=facts.as_of)
    columns = {"change_word": "变动", "became": "新名称、新地址或并入的机构", **STATED}
    more = {"caveats": ["没有变动记录不等于仍在营业"], "links": {"became": "link"}}
    finding = home_events.changes(rows)
    return listed("institution_changes", BEDS, finding, rows, columns, **more)


@kept
def fields(facts: Facts, code: str, titles: Mapping[str, str]) -> Exhibit:
    """Every field of one home that a source fills, with what others claim; those that none fills are named in the sentence."""
    rows = with_titles(facts.ask("institution_fields", institution=code, as_of=facts.as_of), titles)
    columns = {"field_title": "项目", "words": "内容", "standing": "采用与否", **STATED}
    known = rows[rows["words"] != "未载"]
    caveats = ["公开资料未载不等于没有"]
    return listed("institution_fields", BEDS, words.fields(rows), known, columns, caveats)


def with_titles(rows: pd.DataFrame, titles: Mapping[str, str]) -> pd.DataFrame:
    """Adds `field_title`; a description that is no field stays as it is."""
    return rows.assign(field_title=[titles.get(name, name) for name in rows["field"]])


def position(row: pd.Series, points: pd.DataFrame) -> Exhibit:
    """Where one home stands; `points` holds it as a point of the map."""
    columns = {"label": "名称", "city_names": "城市", "point_words": "位置精度"}
    rest = {"rows": points, "columns": columns, "caveats": [*words.noted(row), maps.note()]}
    said = parts(words.position(row))
    return exhibit("institution_place", BEDS, **said, shape=Homes(spots(points)), **rest)


@kept
def lists_of(facts: Facts, code: str) -> Exhibit:
    """The published lists, and whether one home is on them."""
    rows = facts.ask("institution_lists_of", institution=code)
    columns = {
        "list_title": "名单",
        "batch": "批次",
        "membership": "是否入选",
        "day": "名单日期",
    }
    return listed("institution_lists", BEDS, words.lists_of(rows), rows, columns)


@kept
def usable(facts: Facts, code: str) -> Exhibit:
    """Which insurance can be used in one home."""
    rows = facts.ask("institution_portability_of", institution=code, as_of=facts.as_of)
    columns = {
        "insured": "参保地",
        "answer": "能否使用",
        "reason": "依据",
        "day": "日期",
        "note": "说明",
    }
    finding, caveats = words.portability_of(rows), ["其他参保地的办法公开资料未载，均为未知"]
    return listed("institution_portability", BEDS, finding, rows, columns, caveats)


@kept
def bed_history(facts: Facts, code: str, titles: Mapping[str, str]) -> Exhibit:
    """What different days say of the beds of one home."""
    rows = with_titles(facts.ask("institution_bed_history", institution=code), titles)
    columns = {"field_title": "项目", "value": "数值", "day": "日期", "source_title": "来源"}
    said = parts(f"床位历史：{len(rows)}个数；各来源各日的说法")
    rest = {"rows": rows, "columns": columns}
    return exhibit("institution_bed_history", BEDS, **said, shape=lines(rows, "张"), **rest)


# --- several side by side ---


def compared(table: pd.DataFrame, names: Sequence[str], place: str) -> Exhibit:
    """The lines of `side_by_side` under the names of the homes; what nobody knows of any is one line. `place`: where the reader is insured."""
    of_home = dict(zip("abcd", names, strict=False))
    columns = {"item": "项目", **of_home, "difference": "差异"}
    nobody = table["difference"].str.startswith(UNKNOWN.partition("{")[0])
    bare = f"均未载或未知：{'、'.join(table[nobody]['item'])}，{words.WHOM_TO_ASK}"
    told = [
        words.compared(table, len(names)),
        words.insured_in(place),
        bare if nobody.any() else "",
    ]
    finding = "；".join(filter(None, told))
    return listed("institutions_compared", BEDS, finding, table[~nobody], columns)
