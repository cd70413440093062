"""Sentences for 数据更新."""

from __future__ import annotations

import pandas as pd

from eldercare.measures import number
from eldercare.text import _


def filed(rows: pd.DataFrame) -> str:
    """How much of what can be filed was filed by units."""
    words = _("机构、观测、任务、协议、事件共{all}条，其中单位报送{units}条")
    return words.format(all=number(rows["filed"].sum()), units=number(rows["by_units"].sum()))
