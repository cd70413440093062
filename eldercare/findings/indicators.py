"""Findings of the indicator ledger and of the comparison of practices."""

from __future__ import annotations

from typing import Any

import pandas as pd

from eldercare.measures import day_words, full_quantity, missing, number, points
from eldercare.text import _

NOT_SET = _("未规定")
# With these words a target is the least that is wanted, so what is missing is at least the difference.
AT_LEAST = (_("不少于"), _("以上"), _("超过"))
# What is no count of the present says so before its value.
NOT_PRESENT = {"policy": _("政策："), "example": _("案例："), "price": _("案例："), "estimate": _("测算：")}
LEDGER = {
    "topic": _("专题"),
    "indicator_title": _("指标"),
    "base_words": _("口径"),
    "value_words": _("现值"),
    "value_day": _("日期"),
    "beside": _("说明"),
    "target_words": _("目标"),
    "gap_words": _("差距"),
    "trend_words": _("变化"),
    "reporter": _("由谁报"),
    "rhythm": _("节奏"),
    "next_due": _("下次报送"),
    "tasks": _("相关任务"),
}
LEDGER_FILE = {
    "topic": _("专题"),
    "indicator_title": _("指标"),
    "unit": _("单位"),
    "base": _("口径"),
    "value": _("现值"),
    "qualifier": _("限定词"),
    "value_text": _("现值（文字）"),
    "value_day": _("日期"),
    "beside": _("说明"),
    "target": _("目标"),
    "reading": _("目标读法"),
    "gap": _("差距"),
    "gap_words": _("差距说明"),
    "comparison_note": _("可比性"),
    "points": _("可比的数"),
    "change": _("变化"),
    "reporter": _("由谁报"),
    "rhythm": _("节奏"),
    "next_due": _("下次报送"),
    "tasks": _("相关任务"),
    "counting_rule": _("计数口径"),
    "evidence": _("原文摘录"),
}
REGIONS = {
    "short_name": _("地区"),
    "department": _("部门"),
    "practices": _("做法"),
    "measures": _("举措"),
    "figures": _("数字"),
    "plans": _("计划与目标"),
    "themes": _("主题"),
}
MATRIX = {
    "common_theme": _("共同主题"),
    "region": _("地区"),
    "practices": _("做法"),
    "figures": _("其中数字"),
    "items": _("事项"),
}
UNDER_MATRIX = (_("共同主题为本项目所归；空格表示来源没有讲到，不表示当地没有做"),)
PRACTICES = {
    "common_theme": _("共同主题"),
    "region": _("地区"),
    "theme": _("来源的主题"),
    "item": _("事项"),
    "detail": _("内容"),
    "kind_title": _("性质"),
    "figure_words": _("数字"),
    "quote": _("原话"),
}


def with_words(rows: pd.DataFrame, kept: str = "") -> pd.DataFrame:
    """The ledger (question `indicator_ledger`) with value, target, gap and trend in words.

    `kept` is what the addresses of tasks carry along ("&as_of=…").
    """

    def value(row: Any) -> str:
        kind = NOT_PRESENT.get(row.kind, "") if not missing(row.kind) else ""
        if not missing(row.value_text):
            return kind + row.value_text
        one_list = "" if missing(row.list_id) else _("（最近一份名单）")
        return kind + full_quantity(row.value, row.unit, row.qualifier) + one_list if not missing(row.value) else _("未载")

    def day(row: Any) -> str:
        return "—" if missing(row.date_precision) else day_words(row.date, row.date_precision, row.date_label, bool(row.date_inferred))

    def target(row: Any) -> str:
        if missing(row.target):
            return "—"
        kind = _("计划") if row.target_kind == "plan" else _("目标")
        reading = "" if missing(row.reading) else _("（读法：{reading}）").format(reading=row.reading)
        return f"{kind}{full_quantity(row.target, row.unit, row.target_qualifier)}{reading}"

    def gap(row: Any) -> str:
        if missing(row.target):
            return "—"
        if not row.is_goal:
            return _("计划的项数，不是要达到的数")
        if missing(row.value):
            return _("现值未载")
        if missing(row.gap):
            return _("口径不同，不相减")
        if row.before_goal:
            return _("目标比起点多{gap}；此后公开资料未载").format(gap=full_quantity(row.gap, row.unit))
        if row.gap <= 0:
            return _("现值不低于目标数；是否完成公开资料未载")
        exact = missing(row.qualifier) and missing(row.target_qualifier)
        about = "" if exact else _("至少") if missing(row.qualifier) and row.target_qualifier in AT_LEAST else _("约")
        return _("{about}差{gap}").format(about=about, gap=full_quantity(row.gap, row.unit))

    def trend(row: Any) -> str:
        if missing(row.points):
            return _("不足3个可比的数")
        about = "" if missing(row.qualifier) and missing(row.first_qualifier) else _("约")
        change = points(row.change) if row.unit == "%" else f"{'+' if row.change > 0 else ''}{number(round(row.change, 2))}{row.unit}"
        return _("共{n}个数，最早{day}{first}，{about}{change}").format(
            day=day_words(row.first_date, row.first_precision, row.first_label, bool(row.first_inferred)),
            first=full_quantity(row.first_value, row.unit, row.first_qualifier),
            n=int(row.points),
            about=about,
            change=change,
        )

    return rows.assign(
        value_words=[value(r) for r in rows.itertuples()],
        value_day=[day(r) for r in rows.itertuples()],
        target_words=[target(r) for r in rows.itertuples()],
        gap_words=[gap(r) for r in rows.itertuples()],
        trend_words=[trend(r) for r in rows.itertuples()],
        base_words=["—" if r.base == "不适用" else r.base for r in rows.itertuples()],
        task_address=["" if missing(r.task_id) else f"tasks?tasks_task={r.task_id}{kept}" for r in rows.itertuples()],
    )


def unknown_place(asked: str, shown: str) -> str:
    """What the page says when an address names a place that has no indicators."""
    return _("没有“{asked}”这个地区的指标，先显示{shown}；请在上方选择。").format(asked=asked[:20], shown=shown)


def ledger(rows: pd.DataFrame, place: str) -> str:
    """How many indicators a place has, how old their values are, how many have a target and a rhythm."""
    single = rows.drop_duplicates(["indicator_code", "base"])
    dated = single.dropna(subset=["date"])
    if single.empty:
        return _("{place}：没有公开的指标数字").format(place=place)
    n = single["indicator_code"].nunique()
    lines = _("（按口径{lines}行）").format(lines=len(single)) if len(single) > n else ""
    goals = rows[rows["target"].notna() & rows["is_goal"]]["indicator_code"].nunique()
    rhythm = single[single["rhythm"] != NOT_SET]["indicator_code"].nunique()
    told = [words.format(n=k) for k, words in ((goals, _("有目标的{n}个")), (rhythm, _("写明节奏的{n}个"))) if k]
    return _("{place}{n}个指标{lines}{middle}；{told}").format(
        place=place, n=n, lines=lines, middle=_ages(dated["date"].dt.year), told="，".join(told) or _("目标与报送节奏公开资料未载")
    )


def _ages(years: pd.Series) -> str:
    """How many of the dated values are of which year or earlier: a count, of the year that about half of them reach."""
    if years.empty:
        return ""
    year, newest, n = int(years.median()), int(years.max()), len(years)
    older = int((years <= year).sum())
    if newest == int(years.min()):
        return _("：有日期的{n}项是{year}年的").format(n=n, year=newest)
    if older == n:
        return _("：有日期的{n}项都是{year}年或更早的").format(n=n, year=newest)
    return _("：有日期的{n}项中{older}项是{year}年或更早的").format(n=n, older=older, year=year)


def gaps(rows: pd.DataFrame) -> str:
    """The gaps that may be computed, by name."""
    known = rows[rows["gap"].notna() & (rows["gap"] > 0) & ~rows["before_goal"]]
    if not (rows["target"].notna() & rows["is_goal"]).any():
        return _("公开资料未载目标，只列现值")
    if known.empty:
        return _("没有目标提出以后的、口径相同的数可以与目标相减")
    parts = []
    for title, part in known.groupby("indicator_title", sort=False):
        gaps_ = [("" if missing(r.reading) else _("按“{reading}”").format(reading=r.reading)) + r.gap_words for r in part.itertuples()]
        parts.append(title + "、".join(gaps_))
    return _("目标减现值：{gaps}").format(gaps="；".join(parts))


def trends(rows: pd.DataFrame, place: str) -> str:
    """How many indicators of a place have a trend at all."""
    n = rows["series"].nunique()
    if not n:
        return _("{place}没有一个指标有三个以上可比的数").format(place=place)
    return _("{place}有{n}个指标能看出变化：同一定义、同一口径、同一区划下至少三个数").format(place=place, n=n)


def practices(rows: pd.DataFrame) -> str:
    """Practices by region, most first; how many of them are figures."""
    parts = "、".join(f"{r.short_name}{r.practices}" for r in rows.itertuples())
    return _("各地做法{n}条（{parts}），其中性质为数字的{figures}条").format(
        n=number(rows["practices"].sum()), figures=number(rows["figures"].sum()), parts=parts
    )


def with_figures(rows: pd.DataFrame) -> pd.DataFrame:
    """Practices with number, unit and qualifier in one cell, as the source counts them."""
    words = ["—" if missing(r.value) else full_quantity(r.value, r.unit or "", r.qualifier) for r in rows.itertuples()]
    return rows.assign(figure_words=words)


def chosen_practices(rows: pd.DataFrame, regions: list[str]) -> str:
    """The practices shown, by region."""
    return _("{regions}：{n}条做法，{themes}个共同主题").format(
        regions="、".join(dict.fromkeys(rows["region"])) or "、".join(regions), n=len(rows), themes=rows["common_theme"].nunique()
    )


def matrix(rows: pd.DataFrame) -> str:
    """How many themes several regions share, and those that most regions share: all of them where several tie."""
    regions = rows.groupby("common_theme", sort=False)["region"].agg(list)
    shared = sorted((r for r in regions.items() if len(r[1]) > 1), key=lambda r: -len(r[1]))
    if not shared:
        return _("{n}个共同主题，没有一个是几个地区都讲到的").format(n=len(regions))
    parts = "；".join(f"{theme}（{'、'.join(names)}）" for theme, names in shared if len(names) == len(shared[0][1]))
    return _("{n}个共同主题，{shared}个有两地以上讲到，最多的是{parts}").format(n=len(regions), shared=len(shared), parts=parts)


def rhythms(rows: pd.DataFrame) -> str:
    """Which place reports which indicators how often, as its own source says."""
    if rows.empty:
        return _("没有来源写明报送节奏")
    parts = []
    for (place, subject), part in rows.groupby(["place_label", "subject"], sort=False):
        count = part["value"].iloc[0]
        amount = "" if missing(count) else _("（{n}）").format(n=full_quantity(count, part["unit"].iloc[0]))
        parts.append(f"{place}{subject}{amount}：{'、'.join(part['wording'])}")
    return _("写明报送节奏的只有——{parts}").format(parts="；".join(parts))
