"""The last word of the delta's deck: where things stand, computed from the same questions as the slides before it."""

from __future__ import annotations

import pandas as pd

from eldercare import tables
from eldercare.exhibits import CONCLUSION, Exhibit, Facts, Missing, coverage, exhibit
from eldercare.exhibits.pairing import words as cooperation
from eldercare.exhibits.shapes import Items
from eldercare.measures import CENSUS, missing, number


def summary(facts: Facts) -> Exhibit | Missing:
    """Five sentences: people, cooperation, the targets, of which ties nothing is on record, what can be reported next."""
    census = facts.ask("province_ageing", age=60)
    signed = facts.ask("signed_series", as_of=facts.as_of)
    places = facts.ask("place_stages", as_of=facts.as_of)
    cells = facts.ask("pair_cells", **facts.narrowed, as_of=facts.as_of)
    target, known = facts.ask("bed_target"), facts.ask("coverage_topics")
    told = [
        ("现状", _state(census), census[census["level"] == "region"]),
        ("进展", _steps(signed, cells), pd.concat([signed, cells[cells["counts_as_signed"]]])),
        ("目标", _distance(signed, target), target),
        ("哪些往来公开资料未载", _silent(places), places),
        ("下一步商请提供什么", _next(known), known),
    ]
    entries = tuple((head, words) for head, words, _rows in told if words)
    if not entries:
        return Missing("小结", "没有记录")
    rows = pd.concat(
        [_rested(head, words, part) for head, words, part in told if words], ignore_index=True
    )
    columns = {"part": "部分", "words": "结论", "evidence": "依据"}
    return exhibit("summary", CONCLUSION, _title(places, cells), Items(entries), rows, columns)


def _title(places: pd.DataFrame, cells: pd.DataFrame) -> str:
    """The one sentence to take home."""
    cities = places[places["level"] == "city"]
    return "小结：公开来源点名双方已签约或结对的{n}对；三省{all}个城市中{known}个被点名与上海各区有养老往来".format(
        n=len(cooperation.pairs_by_name(cells)),
        all=len(cities),
        known=int((cities["stage"] != "none").sum()),
    )


def _state(census: pd.DataFrame) -> str:
    delta = census[census["level"] == "region"].dropna(subset=["value"])
    if delta.empty:
        return ""
    row = delta.iloc[0]
    change = (
        ""
        if missing(row["change"])
        else "，比2010年{how}{n:.2f}个百分点".format(
            how="高" if row["change"] > 0 else "低", n=abs(row["change"])
        )
    )
    return "{census}：长三角常住人口中60岁及以上占{share:.2f}%{change}".format(
        census=CENSUS, share=row["value"], change=change
    )


def _steps(signed: pd.DataFrame, cells: pd.DataFrame) -> str:
    return f"{cooperation.signed(signed)}；{cooperation.pairs(cells)}"


def _distance(signed: pd.DataFrame, target: pd.DataFrame) -> str:
    """What was to be reached. Of none of it a source says that it was, and different words and units are not subtracted."""
    goals = cooperation.linking(signed).removeprefix("；")
    readings = target[target["reading"].notna()].sort_values("value")
    beds = "异地养老机构名单床位的目标{readings}张两种读法".format(
        readings="或".join(map(number, readings["value"]))
    )
    told = [goals, beds if len(readings) else ""]
    return (
        "{told}；是否达到公开资料未载".format(told="；".join(filter(None, told)))
        if any(told)
        else ""
    )


def _silent(places: pd.DataFrame) -> str:
    """Who has no ties on record between Shanghai's districts and the three provinces; whoever has others is named apart."""
    districts = places[(places["level"] == "district") & ~places["signed_by_name"]]
    cities = places[(places["level"] == "city") & (places["stage"] == "none")]

    if districts.empty and cities.empty:
        return ""
    names = "、".join(districts["short_name"])
    parts = [f"上海{len(districts)}个区（{names}）的养老签约"] if len(districts) else []
    parts += [f"三省{len(cities)}个城市与上海各区的往来"] if len(cities) else []
    told = [
        "{parts}未被公开来源点名".format(parts="、".join(parts)),
        cooperation.districts_apart(places),
        *cooperation.beside_silence(places),
    ]
    return "；".join([*filter(None, told), "未被点名不等于没有"])


def _next(known: pd.DataFrame) -> str:
    thin = coverage.thinnest(known)["topic"] if len(known) else []
    return f"所收记录最少的几项里，{coverage.asked(thin)}，注明口径和日期" if len(thin) else ""


def _rested(head: str, words: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows under one sentence: what it rests on, in one form whatever question they are from."""
    named = tables.sources_named(rows)
    found = pd.DataFrame(
        {"part": head, "words": words, "evidence": rows["evidence"].tolist(), "source_ids": named}
    )
    return found[found["source_ids"].map(len) > 0].drop_duplicates(subset=["part", "evidence"])
