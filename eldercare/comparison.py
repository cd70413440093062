"""Institutions side by side: one line an item, the lines that differ marked."""

from __future__ import annotations

import pandas as pd

from eldercare.measures import missing, number
from eldercare.text import _

ITEMS = {
    "place_words": (_("所在地"), ""),
    "address": (_("地址"), ""),
    "point_words": (_("位置精度"), ""),
    "type": (_("机构类型"), ""),
    "ownership": (_("经营性质"), ""),
    "operator": (_("运营方"), ""),
    "beds_total": (_("总床位"), _("张")),
    "beds_open": (_("对外开放床位"), _("张")),
    "residents": (_("入住"), _("人")),
    "beds_available": (_("可接收床位"), _("张")),
    "price_low": (_("月费下限"), _("元/月")),
    "price_high": (_("月费上限"), _("元/月")),
    "care_levels": (_("照护服务"), ""),
    "medical": (_("医疗服务"), ""),
    "list_titles": (_("入选名单"), ""),
    "portability_word": (_("长护险异地使用"), ""),
}
SAME, DIFFERENT, PARTLY, UNKNOWN = _("＝ 相同"), _("≠ 不同"), _("部分未上报"), _("均未上报")


def side_by_side(rows: pd.DataFrame) -> pd.DataFrame:
    """Columns `item`, one per institution (`a`, `b`, …) and `difference`, with the sources of all.

    A value that is missing in one institution is not a difference: nobody knows it.
    """
    letters = list("abcd")[: len(rows)]
    lines = []
    for column, (heading, unit) in ITEMS.items():
        values = rows[column].tolist()
        known = [value for value in values if not missing(value)]
        if not known:
            verdict = UNKNOWN
        elif len(known) < len(values):
            verdict = PARTLY
        else:
            verdict = SAME if len(set(known)) == 1 else DIFFERENT
        lines.append({"item": heading, **{k: _words(v, unit) for k, v in zip(letters, values, strict=True)}, "difference": verdict})
    return pd.DataFrame(lines).assign(
        demo=bool(rows["demo"].any()),
        source_ids=[rows["source_id"].dropna().unique().tolist()] * len(lines),
        evidence="；".join(f"{row.name}：{row.evidence}" for row in rows.itertuples(index=False)),
    )


def _words(value: object, unit: str) -> str:
    if missing(value):
        return _("未上报")
    return f"{number(value)}{unit}" if unit else str(value)
