"""Findings of the section 协作: who signed with whom, beside what was announced."""

from __future__ import annotations

import pandas as pd

from eldercare.findings import claim, day
from eldercare.measures import day_words, number, quantity
from eldercare.text import _


def signed(rows: pd.DataFrame) -> str:
    """Latest signed counts beside the targets. No percentage: 市(区县) and 城市 are different units."""
    parts = []
    for code, words in (("signed_districts", _("上海{n}个区")), ("signed_places", _("三省{n}个市（区县）"))):
        done = rows[(rows["indicator_code"] == code) & (rows["kind"] == "actual")].sort_values("date")
        if not done.empty:
            last = done.iloc[-1]
            month = day_words(last["date"], "month" if last["date"].month < 12 else "year_end")
            parts.append(f"{words.format(n=quantity(last['value'], '', last['qualifier']))}（{month}）")
    if not parts:
        return _("已签协议：没有公开数字")
    goals = [claim(rows, code, kind="target") for code in ("signed_districts", "signed_places")]
    sentence = _("已签：{done}").format(done="、".join(parts))
    if all(goal is not None for goal in goals):
        sentence += _("；目标{districts}个区、{cities}个城市").format(districts=number(goals[0]["value"]), cities=number(goals[1]["value"]))
    return sentence


def pairing(districts: pd.DataFrame, partners: pd.DataFrame) -> str:
    """Known by name against announced."""
    named = int(districts["signed_by_name"].sum())
    unknown = int(districts["counterpart_unknown"].sum())
    return _("公开来源点名签约的有上海{d}个区、三省{p}个市（区县），其中{u}个区对方未知").format(d=named, p=len(partners), u=unknown)


def matrix(districts: pd.DataFrame, cells: pd.DataFrame) -> str:
    """Filled cells and empty rows of the district × partner matrix."""
    signed_cells = cells[cells["counts_as_signed"]][["district_code", "partner_code"]].drop_duplicates()
    silent = districts[~districts["signed_by_name"]]
    return _("点名到双方的已签结对{cells}格、{n}份协议；{silent}个区未见公开签约记录").format(
        cells=len(signed_cells), n=cells[cells["counts_as_signed"]]["agreement_id"].nunique(), silent=len(silent)
    )


def agreement(cells: pd.DataFrame, agreement_id: str) -> str:
    """Title, stage and date of one agreement."""
    row = cells[cells["agreement_id"] == agreement_id].iloc[0]
    return _("{title}：{stage}，{day}").format(title=row["title"], stage=row["status_title"], day=day(row))
