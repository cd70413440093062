"""Institutions side by side: one line an item, the lines that differ marked."""

from __future__ import annotations

import pandas as pd

from eldercare.measures import missing, number

ITEMS = {
    "place_words": ("所在地", ""),
    "address": ("地址", ""),
    "point_words": ("位置精度", ""),
    "type": ("机构类型", ""),
    "ownership": ("经营性质", ""),
    "operator": ("运营方", ""),
    "beds_total": ("总床位", "张"),
    "beds_open": ("对外开放床位", "张"),
    "residents": ("入住", "人"),
    "beds_available": ("可接收床位", "张"),
    "price_low": ("月费下限", "元/月"),
    "price_high": ("月费上限", "元/月"),
    "care_levels": ("照护服务", ""),
    "medical": ("医疗服务", ""),
    "opened": ("开业日期", ""),
    "list_titles": ("入选名单", ""),
    "portability_word": ("长护险异地使用", ""),
}
SAME, DIFFERENT, PARTLY, DIFFERENT_PARTLY, UNKNOWN = (
    "＝ 相同",
    "≠ 不同",
    "部分未载",
    "≠ 不同，部分未载",
    "均{words}",
)
# Words that say that nobody knows: no value, so neither the same as another nor different.
NOT_KNOWN = ("未知", "入选记录未载", "未载")


def side_by_side(rows: pd.DataFrame) -> pd.DataFrame:
    """Columns `item`, one per institution (`a`, `b`, …) and `difference`, with the sources of all.

    A value that is not known of one institution is not a difference; the known ones may still differ.
    """
    letters = list("abcd")[: len(rows)]
    lines = []
    for column, (heading, unit) in ITEMS.items():
        cells = [_words(value, unit) for value in rows[column]]
        known = [words for words in cells if words not in NOT_KNOWN]
        if not known:
            verdict = UNKNOWN.format(words=cells[0])
        elif len(known) < len(cells):
            verdict = PARTLY if len(set(known)) == 1 else DIFFERENT_PARTLY
        else:
            verdict = SAME if len(set(known)) == 1 else DIFFERENT
        lines.append(
            {"item": heading, **dict(zip(letters, cells, strict=True)), "difference": verdict}
        )
    return pd.DataFrame(lines).assign(
        demo=bool(rows["demo"].any()),
        source_ids=[
            pd.concat([rows["source_id"], rows["portability_source"]]).dropna().unique().tolist()
        ]
        * len(lines),
        evidence="；".join(f"{row.name}：{row.evidence}" for row in rows.itertuples(index=False)),
    )


def _words(value: object, unit: str) -> str:
    if missing(value):
        return "未载"
    return f"{number(value)}{unit}" if unit else str(value)
