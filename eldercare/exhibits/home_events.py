"""Findings on homes that closed, changed their name, moved or merged."""

from __future__ import annotations

import pandas as pd

from eldercare.exhibits.claims import day
from eldercare.measures import missing, number

CHANGES = {
    "change_word": "变动",
    "became": "新名称、新地址或并入的机构",
    "day": "日期",
    "source_title": "来源",
    "note": "说明",
}
CAVEATS = ["没有变动记录不等于仍在营业"]


def changes(rows: pd.DataFrame) -> str:
    """What became of one home, the newest first."""
    parts = []
    for _i, row in rows.iterrows():
        words = f"{day(row)}{row['change_word']}"
        parts.append(words if missing(row["became"]) else f"{words}：{row['became']}")
    return "有变动记录：{events}".format(events="；".join(parts))


def switch(rows: pd.DataFrame) -> str:
    """The words of the switch that shows ended homes too."""
    return f"也列出已停业、已合并的{number(len(rows))}家"
