"""Findings about the lists of single places: those inside the delta, and those from outside, which stand for reference only."""

from __future__ import annotations

import pandas as pd

from eldercare.findings.tasks import dates, kinds, seen
from eldercare.text import _

LEAD = _("长三角以外的清单只作做法参考：不标本看板的状态，不与长三角的任务合计，也不向当地单位征询。")
REFERENCE = {
    "number_words": _("清单、序号"),
    "section": _("部分"),
    "title": _("任务或内容"),
    "lead_words": _("牵头"),
    "unit_words": _("责任单位"),
    "due_text": _("时限原写法"),
    "summary": _("内容"),
}
UNDER = (_("外省做法参考：各地自己的清单，照原文列出"),)


def title(rows: pd.DataFrame) -> str:
    """All lists of single places by name, with what each holds."""
    parts = [(_("长三角内"), rows[rows["in_delta"]]), (_("外省做法参考"), rows[~rows["in_delta"]])]
    told = [_("{where}：{lists}").format(where=where, lists="、".join(_by_list(part))) for where, part in parts if len(part)]
    return "；".join(told) or _("公开资料未载其他地方的任务清单")


def inside(rows: pd.DataFrame) -> str:
    """The lists of places in the delta, what their dates say and what public sources show."""
    return _("长三角内：{lists}；{dates}；{seen}").format(lists="、".join(_by_list(rows)), dates=dates(rows), seen=seen(rows))


def outside(rows: pd.DataFrame) -> str:
    """Lists from outside the delta: what they hold, how many name a lead and how many a date of their own."""
    led, dated = int(rows["lead_unit"].notna().sum()), int(rows["due"].notna().sum())
    actions = int(rows["actions"].map(len).sum())
    measures = _("，另列措施{n}项").format(n=actions) if actions else ""
    return _("外省做法参考：{lists}{measures}；{led}项写明牵头，{dated}项有单独时限").format(
        lists="、".join(_by_list(rows)), measures=measures, led=led or _("无一"), dated=dated or _("无一")
    )


def _by_list(rows: pd.DataFrame) -> list[str]:
    return [f"{name}（{kinds(part)}）" for name, part in rows.groupby("list_short", sort=False)]
