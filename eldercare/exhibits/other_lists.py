"""The lists of single places: those inside the delta, and those from outside, which stand for reference only."""

from __future__ import annotations

import pandas as pd

from eldercare.exhibits import TASKS, Exhibit, Facts, known_columns, listed
from eldercare.exhibits.tasks import LINKS, TRACKING, asked_for, dates, kinds, listing, seen

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


def title(rows: pd.DataFrame) -> str:
    """All lists of single places by name, with what each holds."""
    parts = [("长三角内", rows[rows["in_delta"]]), ("外省做法参考", rows[~rows["in_delta"]])]
    told = [
        "{where}：{lists}".format(where=where, lists="、".join(_by_list(part)))
        for where, part in parts
        if len(part)
    ]
    return "；".join(told) or "公开资料未载其他地方的任务清单"


def inside(facts: Facts, rows: pd.DataFrame) -> Exhibit:
    """The lists of places in the delta (`rows` of the board), what their dates say and what public sources show."""
    columns, unsaid = known_columns(rows, listing(facts.as_of))
    told = [_lists("长三角内", rows), dates(rows), seen(rows), asked_for(unsaid)]
    finding = "；".join(filter(None, told))
    more = {"links": LINKS, "file_columns": TRACKING}
    return listed("tasks_inside", TASKS, finding, rows, columns, **more)


def outside(rows: pd.DataFrame) -> Exhibit:
    """Lists from outside the delta: what they hold, how many name a lead and how many a date of their own."""
    led, dated = int(rows["lead_unit"].notna().sum()), int(rows["due"].notna().sum())
    actions = int(rows["actions"].map(len).sum())
    measures = f"，另列措施{actions}项" if actions else ""
    finding = f"{_lists('外省做法参考', rows)}{measures}；{led or '无一'}项写明牵头，{dated or '无一'}项有单独时限"
    columns, _unsaid = known_columns(rows, REFERENCE)
    caveats = ["各地自己的清单，照原文列出"]
    return listed("tasks_outside", TASKS, finding, rows, columns, caveats, links=LINKS)


def _lists(where: str, rows: pd.DataFrame) -> str:
    return f"{where}：{rows['list_short'].nunique()}份清单；{'、'.join(_by_list(rows))}"


def _by_list(rows: pd.DataFrame) -> list[str]:
    return [f"{name}（{kinds(part)}）" for name, part in rows.groupby("list_short", sort=False)]
