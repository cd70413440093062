"""数据更新: what waits for whom, and the tables that units can fill."""

from __future__ import annotations

import pandas as pd

from eldercare.exhibits import GAPS, Exhibit, Missing, listed

REQUESTED = ("已商请", "已回函", "已核定")
REQUESTS = {
    "place_label": "地区",
    "department": "部门",
    "state": "状态",
    "asked_on": "商请日期",
    "reply_by": "请回复日期",
    "replied_on": "回函日期",
    "settled_on": "核定日期",
    "document": "文号",
}
FOR_READERS = "数据更新；各单位报送的数据，经审核后成为新版本；这里可取模板、看版本和报送窗口"


def waiting(to_review: int, drafts: int, missing: int) -> str:
    """What waits for someone: submissions to review, drafts and returned ones to hand in, periods past their due date."""
    parts = [
        (to_review, "待审核{n}份"),
        (drafts, "草稿与退回{n}份"),
        (missing, "过了截止日未报{n}项"),
    ]
    return (
        "，".join(words.format(n=n) for n, words in parts if n)
        or "没有待审核的报送，也没有过期未报的"
    )


def filed(rows: pd.DataFrame) -> Exhibit:
    """The tables that units can fill: how many rows each has, and its newest day."""
    columns = {
        "title": "数据表",
        "filed": "条数",
        "by_units": "单位报送（条）",
        "day": "最新数据",
        "sources": "来源（个）",
    }
    return listed("filed_tables", GAPS, "可报送的表：多少条，最新到哪一天", rows, columns)


def requests(rows: pd.DataFrame) -> Exhibit | Missing:
    """Which departments of which places were asked for data, since when, and what came back. Who was not asked owes nothing."""
    asked = rows[rows["state"] != "未商请"].reset_index(drop=True)
    if asked.empty:
        return Missing("商请", f"还没有登记过商请：{len(rows)}个地区和部门都未商请，不写未回函")
    counts = asked["state"].value_counts()
    told = "，".join(f"{state}{counts[state]}" for state in REQUESTED if state in counts)
    finding = f"商请：{told}；另有{len(rows) - len(asked)}个地区和部门未商请，不写未回函"
    return listed("requests", GAPS, finding, asked, REQUESTS)
