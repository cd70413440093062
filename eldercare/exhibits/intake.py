"""数据更新: what waits for whom, and the tables that units can fill."""

from __future__ import annotations

import pandas as pd

from eldercare.exhibits import GAPS, Exhibit, listed

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
