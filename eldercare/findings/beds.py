"""Findings about beds: per thousand elders, and what changed from one figure to the next."""

from __future__ import annotations

import pandas as pd

from eldercare.findings import day
from eldercare.measures import day_words, quantity
from eldercare.text import _


def ratio(rows: pd.DataFrame, definition: str, denominator: str) -> str:
    """Delta and provinces on one denominator, each group with the years of its beds; cities and counties stand apart."""
    known = rows[rows["level"].isin(["region", "province"])].dropna(subset=["value"])
    if known.empty:
        return _("每千名{denominator}的{definition}：长三角与三省一市没有年份相近、可以相除的数字").format(
            denominator=denominator, definition=definition
        )
    return _("每千名{denominator}的{definition}：{words}").format(denominator=denominator, definition=definition, words=_dated(known))


def old_ratios(rows: pd.DataFrame) -> str:
    """Cities and counties with the year of each: too far apart to be ranked."""
    known = rows[~rows["level"].isin(["region", "province"])].dropna(subset=["value"])
    if known.empty:
        return _("城市与县（市）：没有年份相近、可以相除的数字")
    return _("城市与县（市）各按自己的年份，只并列：{words}").format(words=_dated(known))


def _dated(rows: pd.DataFrame) -> str:
    return "，".join(f"{row.short_name}{row.ratio_words}（{row.beds_year}{_('年')}）" for row in rows.itertuples())


def moves(rows: pd.DataFrame) -> str:
    """Whether another denominator moves a rank, among the places of one level that have all four; who is added by some is named."""
    levels = rows[rows["everywhere"]].groupby("level").filter(lambda part: len(part) > 1)
    if levels.empty:
        return _("没有两个同级、年份相近的地区四种分母都齐，不比较名次")
    moved = levels.loc[levels["moved"], "short_name"]
    words = _("四种分母都有的{names}之间，{moved}").format(
        names="、".join(levels["short_name"]),
        moved=_("换分母后{names}名次改变").format(names="、".join(moved)) if len(moved) else _("换分母后名次不变"),
    )
    added = rows[rows["level"].isin(levels["level"]) & ~rows["everywhere"]]["short_name"]
    return words + (_("；{names}只有部分分母，加入后同级的个数不同").format(names="、".join(added)) if len(added) else "")


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
    """What a hollow point is, and whether a path to the target can be drawn: it needs more than one dated milestone."""
    hollow = [_("空心点为推算，不计增减")] if (rows["kind"] == "derived").any() else []
    targets = rows[rows["kind"] == "target"]
    if targets.empty:
        return hollow
    stages = int((targets.groupby("series")["date"].nunique() > 1).sum())
    path = _("{n}个目标有分年阶段值，画作虚线路径").format(n=stages) if stages else _("目标只有终点，没有分年阶段值，不画路径")
    return [*hollow, path]
