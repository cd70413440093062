"""Findings on homes that closed, changed their name, moved or merged."""

from __future__ import annotations

import pandas as pd

from eldercare.findings import day
from eldercare.measures import missing, number
from eldercare.text import _

CHANGES = {
    "change_word": _("变动"),
    "became": _("新名称、新地址或并入的机构"),
    "day": _("日期"),
    "source_title": _("来源"),
    "note": _("说明"),
}
CAVEATS = [_("没有变动记录不等于仍在营业")]


def changes(rows: pd.DataFrame) -> str:
    """What became of one home, the newest first."""
    parts = []
    for _i, row in rows.iterrows():
        words = f"{day(row)}{row['change_word']}"
        parts.append(words if missing(row["became"]) else f"{words}：{row['became']}")
    return _("有变动记录：{events}").format(events="；".join(parts))


def switch(rows: pd.DataFrame) -> str:
    """The words of the switch that shows ended homes too."""
    return _("也列出已停业、已合并的{n}家").format(n=number(len(rows)))
