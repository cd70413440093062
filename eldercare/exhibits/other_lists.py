"""Findings about the lists of single places: those inside the delta, and those from outside, which stand for reference only."""

from __future__ import annotations

import pandas as pd

from eldercare.exhibits.tasks import dates, kinds, seen

LEAD = "长三角以外的清单只作做法参考：不标本看板的状态，不与长三角的任务合计，也不向当地单位征询。"
REFERENCE = {
    "number_words": "清单、序号",
    "section": "部分",
    "title": "任务或内容",
    "lead_words": "牵头",
    "unit_words": "责任单位",
    "due_text": "时限原写法",
    "summary": "内容",
}
UNDER = ("外省做法参考：各地自己的清单，照原文列出",)


def title(rows: pd.DataFrame) -> str:
    """All lists of single places by name, with what each holds."""
    parts = [("长三角内", rows[rows["in_delta"]]), ("外省做法参考", rows[~rows["in_delta"]])]
    told = [
        "{where}：{lists}".format(where=where, lists="、".join(_by_list(part)))
        for where, part in parts
        if len(part)
    ]
    return "；".join(told) or "公开资料未载其他地方的任务清单"


def inside(rows: pd.DataFrame) -> str:
    """The lists of places in the delta, what their dates say and what public sources show."""
    return "长三角内：{lists}；{dates}；{seen}".format(
        lists="、".join(_by_list(rows)), dates=dates(rows), seen=seen(rows)
    )


def outside(rows: pd.DataFrame) -> str:
    """Lists from outside the delta: what they hold, how many name a lead and how many a date of their own."""
    led, dated = int(rows["lead_unit"].notna().sum()), int(rows["due"].notna().sum())
    actions = int(rows["actions"].map(len).sum())
    measures = f"，另列措施{actions}项" if actions else ""
    return "外省做法参考：{lists}{measures}；{led}项写明牵头，{dated}项有单独时限".format(
        lists="、".join(_by_list(rows)), measures=measures, led=led or "无一", dated=dated or "无一"
    )


def _by_list(rows: pd.DataFrame) -> list[str]:
    return [f"{name}（{kinds(part)}）" for name, part in rows.groupby("list_short", sort=False)]
