"""Findings of the section 机构: what was announced and what is known by name."""

from __future__ import annotations

import pandas as pd

from eldercare.measures import missing, number
from eldercare.text import _


def coverage(rows: pd.DataFrame) -> str:
    """How much of the first published list is known by name here."""
    total = rows[rows["announced"].notna()].sort_values("announced", ascending=False)
    if total.empty:
        return _("还没有公布的名单")
    row = total.iloc[0]
    beds = "" if missing(row["announced_beds"]) else _("、{beds}张床位").format(beds=number(row["announced_beds"]))
    return _("{list}：公布{n}家{beds}，能查到名称的{named}家").format(
        list=row["list_title"].replace(_("长三角"), ""), n=number(row["announced"]), beds=beds, named=number(row["named"])
    )


def known(rows: pd.DataFrame) -> str:
    """How many institutions are known by name, operators apart."""
    homes = int((rows["kind"] == "institution").sum())
    others = len(rows) - homes
    listed = int(rows["list_titles"].notna().sum())
    return _("按名称可知{homes}家机构（入选名单{listed}家），另有运营商{others}家").format(homes=homes, listed=listed, others=others)
