"""What is said of a claim and of several: amounts, days, traces, extremes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from eldercare.measures import day_words, missing, quantity


def claim(rows: pd.DataFrame, indicator: str, **conditions: Any) -> pd.Series | None:
    """The one row of an indicator that meets the conditions; None when there is none."""
    columns = [rows[column].tolist() for column in ("indicator_code", *conditions)]
    wanted = (indicator, *conditions.values())
    place = next((i for i, cells in enumerate(zip(*columns, strict=True)) if cells == wanted), None)
    return None if place is None else rows.iloc[place]


def amount(row: pd.Series | None) -> str:
    """A claim as people write it, or 公开资料未载."""
    return "未载" if row is None else quantity(row["value"], row["unit"], row["qualifier"])


def departments(place: Any) -> str:
    """Who could supply what is not known of a place: the delta has no department of its own, nor has a group of places."""
    if place.level == "region":
        return "沪苏浙皖四省市民政部门"
    return "有关民政部门" if place.level == "group" else f"{place.name}民政部门"


def day(row: pd.Series) -> str:
    return day_words(
        row["date"], row["date_precision"], row["date_label"], bool(row["date_inferred"])
    )


def dated(row: pd.Series) -> str:
    """The day of a number as it stands in brackets behind it: 2009年，推断; what was reckoned says so."""
    words = day(row).replace("（推断）", "，推断")
    return words + ("，推算" if row.get("kind") == "derived" else "")


def published_after(rows: pd.DataFrame, last: pd.Series) -> str:
    """The newest published number of the same indicator after `last`: it stands in another series, so nothing is subtracted."""
    found = rows[
        (rows["indicator_title"] == last["indicator_title"])
        & (rows["kind"] == "actual")
        & (rows["date"] > last["date"])
    ]
    if found.empty:
        return ""
    row = found.sort_values("date").iloc[-1]
    return f"；此后另有{amount(row)}（{dated(row)}），不相减"


def trace(words: str, evidence: Any, source_ids: Iterable[str], figure: str = "") -> dict[str, Any]:
    """What a number on a card rests on: the number with its date, the quote or the computation, the sources; the code of a figure."""
    told = {"words": words, "evidence": evidence, "source_ids": list(source_ids)}
    return told | {"figure": figure}


def claim_traces(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The same for claims, one each, in the order given, with date, base and whether it is a target."""
    found = []
    for _i, row in rows.iterrows():
        beside = [
            day(row),
            *([row["base"]] if row.get("base", "不适用") not in ("不适用", "未注明") else []),
        ]
        beside += ["口径未注明"] if row.get("base") == "未注明" else []
        beside += ["目标"] if row.get("kind") == "target" else []
        beside += (
            []
            if missing(row.get("formula"))
            else ["推算：{formula}".format(formula=row["formula"])]
        )
        beside += [row["beside"]] if not missing(row.get("beside")) else []
        words = "{what}{value}（{beside}）".format(
            what=row["indicator_title"], value=amount(row), beside="，".join(beside)
        )
        figure = row.get("observation_id", "")
        found.append(trace(words, row["evidence"], [row["source_id"]], figure))
    return found


def quotable(title: str) -> str:
    """A title that is to stand in quotation marks: those inside it become single."""
    return title.replace("“", "‘").replace("”", "’")


def peers_words(peers: str, count: int) -> str:
    """Who stands beside each other: 41个城市, 上海16个区, 4个省市, 苏浙皖291个县（市、区）.

    Shanghai's districts are no counties here: they are peers of each other alone.
    """
    words = {
        "city": "{n}个城市",
        "district": "上海{n}个区",
        "province": "{n}个省市",
        "county": "苏浙皖{n}个县（市、区）",
    }
    return words.get(peers, "{n}个地区").format(n=count)


def told_apart(value: float, among: pd.DataFrame) -> str:
    """One digit after the point; two where the next one would read the same."""
    same = among["value"].map("{:.1f}".format) == f"{value:.1f}"
    return f"{value:.2f}" if same.sum() > 1 else f"{value:.1f}"


def extremes(rows: pd.DataFrame, what: str, unit: str = "%") -> str:
    """The highest and the lowest with their values, of each set of equals in the picture: 41个城市中…；上海16个区中….

    `rows` are all places that are drawn, with `peers`; an end is said of its own set alone, and the set is named.
    """
    known = rows.dropna(subset=["value"])
    if known.empty:
        return f"{what}：没有可比的数据"
    told = []
    for peers, part in known.groupby("peers", sort=False):
        high, low = (
            part.loc[end, ["short_name", "value"]]
            for end in (part["value"].idxmax(), part["value"].idxmin())
        )
        ends = [f"{high['short_name']}{told_apart(high['value'], part)}{unit}最高"]
        ends += (
            [f"{low['short_name']}{told_apart(low['value'], part)}{unit}最低"]
            if len(part) > 1
            else []
        )
        told.append(
            "{peers}中{ends}".format(peers=peers_words(str(peers), len(part)), ends="，".join(ends))
        )
    return "{what}：{told}".format(what=what, told="；".join(told))
