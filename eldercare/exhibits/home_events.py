"""Findings on homes that closed, changed their name, moved or merged."""

from __future__ import annotations

import pandas as pd

from eldercare.exhibits.claims import day
from eldercare.measures import missing, number


def changes(rows: pd.DataFrame) -> str:
    """What became of one home, the newest first."""
    told = []
    for _i, row in rows.iterrows():
        words = f"{day(row)}{row['change_word']}"
        told.append(words if missing(row["became"]) else f"{words}：{row['became']}")
    kinds = "、".join(dict.fromkeys(rows["change_word"]))
    return f"有变动记录：{kinds}；{'；'.join(told)}"


def switch(rows: pd.DataFrame) -> str:
    """The words of the switch that shows ended homes too."""
    return f"也列出已停业、已合并的{number(len(rows))}家"
