"""Findings about age: how old, how fast, where."""

from __future__ import annotations

from typing import Any

import pandas as pd

from eldercare.findings import extremes
from eldercare.measures import missing, points, quantity
from eldercare.text import _


def title(rows: pd.DataFrame, age: int) -> str:
    """What ten years did to the delta; `rows` are delta and provinces."""
    delta = rows[rows["level"] == "region"]
    if delta.empty or missing(delta["change"].iloc[0]):
        return _("老龄化：没有可比的普查数字")
    row = delta.iloc[0]
    return _("长三角{age}岁及以上占比十年从{before:.2f}%升到{now:.2f}%，多{more}").format(
        age=age, before=row["value_2010"], now=row["value"], more=quantity(row["more"], _("人"))
    )


def shares(rows: pd.DataFrame, age: int) -> str:
    """The oldest and the youngest of the cities."""
    return extremes(rows[rows["peers"] == "city"], _("{age}岁及以上占比").format(age=age), count=2)


def faster(rows: pd.DataFrame) -> pd.DataFrame:
    """Cities above the delta in both share and change, the highest share first."""
    known = rows[(rows["peers"] == "city")].dropna(subset=["value", "change"])
    both = (known["value"] > known["delta_value"]) & (known["change"] > known["delta_change"])
    return known[both].sort_values("value", ascending=False, kind="stable")


def quadrant(rows: pd.DataFrame) -> str:
    """How many cities are older than the delta and age faster than it, by name."""
    known = rows[rows["peers"] == "city"].dropna(subset=["value", "change"])
    if known.empty:
        return _("没有两次普查可比的城市")
    both = faster(rows)
    names = "、".join(both["short_name"].head(4))
    more = _("等") if len(both) > 4 else ""
    return (
        _("{n}个城市比长三角更老、也老得更快：{names}{more}").format(n=len(both), names=names, more=more)
        if len(both)
        else _("没有城市同时比长三角更老、老得更快")
    )


def provinces(rows: pd.DataFrame) -> str:
    """The province with the largest change."""
    known = rows[rows["level"] == "province"].dropna(subset=["change"]).sort_values("change", ascending=False)
    if known.empty:
        return _("三省一市：没有两次普查可比的数字")
    row = known.iloc[0]
    return _("三省一市中{name}升得最多：{change}").format(name=row["short_name"], change=points(row["change"]))


def counties(rows: pd.DataFrame, city: Any) -> str:
    """The oldest counties, of one city or of the delta."""
    if rows.empty:
        return _("没有县（市、区）的普查数字")
    first = rows.iloc[0]
    where = city["short_name"] if city is not None else _("长三角{n}个县（市、区）").format(n=len(rows))
    return _("{where}中{name}占比最高：{value:.2f}%").format(where=where, name=first["short_name"], value=first["value"])
