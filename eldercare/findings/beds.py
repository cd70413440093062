"""Findings about beds: per thousand elders, and what changed from one figure to the next."""

from __future__ import annotations

import pandas as pd

from eldercare.findings import day
from eldercare.measures import day_words, number, quantity
from eldercare.text import _


def ratio(rows: pd.DataFrame, ranks: pd.DataFrame, denominator: str) -> str:
    """The highest on one denominator with both years, and whose rank another denominator moves."""
    known = rows.dropna(subset=["value"])
    if known.empty:
        return _("每千名{denominator}：没有年份相近、可以相除的数字").format(denominator=denominator)
    first = known.iloc[0]
    moved = "、".join(ranks.loc[ranks["moved"], "short_name"])
    return _("每千名{denominator}：{name}{value}张（床位{beds_year}年、分母{elders_year}年）；{moved}").format(
        denominator=denominator,
        name=first["short_name"],
        value=number(first["value"], 1),
        beds_year=int(first["beds_year"]),
        elders_year=int(first["elders_year"]),
        moved=_("换分母后{names}名次改变").format(names=moved) if moved else _("换分母后名次不变"),
    )


def steps(rows: pd.DataFrame) -> str:
    """The newest step in words."""
    if rows.empty:
        return _("没有两个可比的先后数字，不计算增减")
    row = rows.sort_values("date").iloc[-1]
    return _("最近一次可比的增减：{words}").format(words=step(row))


def step(row: pd.Series) -> str:
    """养老床位2022年底16.36万张，比2021年底多5,100张（+3.2%）; a longer gap names its years."""
    earlier = day_words(row["earlier_date"], row["earlier_precision"], row["earlier_label"], bool(row["earlier_inferred"]))
    change = float(row["change"])
    how = (
        _("持平")
        if change == 0
        else (_("多{n}（{p:+.1f}%）") if change > 0 else _("少{n}（{p:+.1f}%）")).format(
            n=quantity(abs(change), row["unit"]), p=row["percent"]
        )
    )
    return _("{what}{day}{value}，比{earlier}{how}").format(
        what=row["indicator_title"], day=day(row), value=quantity(row["value"], row["unit"], row["qualifier"]), earlier=earlier, how=how
    )


def with_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Adds the step in words, and whether it is a year on year step."""
    return rows.assign(
        words=[step(row) for _index, row in rows.iterrows()],
        pace=[_("相邻年份") if one else _("相隔一年以上，中间缺数") for one in rows["one_step"]],
    )


def caveats(rows: pd.DataFrame) -> list[str]:
    """Whether a path to the target can be drawn: it needs a target with more than one dated milestone."""
    targets = rows[rows["kind"] == "target"]
    if targets.empty:
        return []
    stages = int((targets.groupby("series")["date"].nunique() > 1).sum())
    return [_("{n}个目标有分年阶段值，画作虚线路径").format(n=stages) if stages else _("目标只有终点，没有分年阶段值，不画路径")]
