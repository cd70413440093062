"""Findings about what lies behind a task: links with their reasons, promises with numbers, reports of units."""

from __future__ import annotations

from typing import Any

import pandas as pd

from eldercare.measures import SELF_REPORTS, day_words, full_quantity, missing
from eldercare.text import _

TRACE = {
    "task_number": _("任务"),
    "relation_words": _("判断"),
    "target_words": _("事件、文件、数字、协议或名单"),
    "when_words": _("日期"),
    "reasoning": _("为什么这样判断"),
    "set_words": _("判断者、日期"),
}
MEASURES = {
    "short_title": _("清单"),
    "wording": _("承诺"),
    "start_words": _("起点"),
    "later_words": _("公布后的新数"),
    "target_words": _("目标"),
    "gap_words": _("差距"),
    "comparison_note": _("可比性"),
}
REPORTS = {
    "task_number": _("任务"),
    "unit": _("责任单位"),
    "day": _("日期"),
    "self_words": _("责任单位反馈"),
    "text": _("进展"),
    "proof": _("佐证材料"),
    "problems": _("存在问题"),
    "next_step": _("下一步"),
    "reported_by": _("反馈岗位"),
}
NO_REPORT = _("责任单位反馈：未载")
UNDER_MEASURES = (
    _("每行各用自己的比例尺；没有起点的承诺见表格"),
    _("名单床位的现值取各批名单床位之和，随名单变动；差距按公布的全部数字算，时限以后公布的另写明时限内的数"),
    _("新一批名单不能在“数据更新”里上传，由数据管理员按操作手册增加"),
)
# Links that say how far a task is; plans, measures and background are shown with a chosen task only.
TELLING = ("result", "partial", "pilot", "start", "unproven")


def proofs(rows: pd.DataFrame) -> str:
    """What the links of the shown tasks amount to."""
    counts = rows["relation"].value_counts()
    parts = [(_("结果"), "result"), (_("部分进展"), "partial"), (_("试点"), "pilot"), (_("起点"), "start"), (_("未证"), "unproven")]
    told = sum(int(counts[code]) for _word, code in parts if code in counts)
    shown = "、".join(_("{word}{n}条").format(word=word, n=int(counts[code])) for word, code in parts if code in counts)
    rest = len(rows) - told
    if not told:
        return _("背景、计划与衡量指标{n}条，公开资料未载结果、进展或试点").format(n=rest)
    return _("证据与线索{n}条：{shown}{rest}").format(
        n=told, shown=shown, rest=_("；另有背景、计划与衡量指标{n}条").format(n=rest) if rest else ""
    )


def trace_columns(one_task: bool) -> dict[str, str]:
    """The columns of the links; beside a single task its name would only repeat."""
    return {name: heading for name, heading in TRACE.items() if not (one_task and name == "task_number")}


def traces(rows: pd.DataFrame, whole: bool, kept: str = "") -> pd.DataFrame:
    """Links with what they point to in words: a number says its value. Not `whole`: only the telling ones.

    `kept` is what the addresses carry along ("&as_of=…").
    """
    rows = rows if whole else rows[rows["relation"].isin(TELLING)]
    words = [
        r.target_title if missing(r.value) else f"{r.target_title} {full_quantity(r.value, r.unit, r.qualifier)}" for r in rows.itertuples()
    ]
    days = [
        "—" if missing(r.date_precision) else day_words(r.date, r.date_precision, r.date_label, r.date_inferred) for r in rows.itertuples()
    ]
    addresses = [address + (kept if "?" in address else kept.replace("&", "?", 1)) for address in rows["address"]]
    return rows.assign(
        target_words=words,
        when_words=days,
        address=addresses,
        set_words=[f"{r.set_by} {day_words(r.set_on, 'day')}" for r in rows.itertuples()],
    )


def with_gap_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Promises with start, newer value, target and gap in words; nothing is subtracted that is counted differently."""

    def gap(row: Any) -> str:
        if not row.comparable and not missing(row.start_value):
            return _("说法或单位不同，不相减")
        if missing(row.gap):
            return _("公开资料未载")
        if missing(row.later_value):
            # The number that the promise starts from is no progress towards it.
            return _("目标比起点多{gap}；此后公开资料未载").format(gap=full_quantity(row.gap, row.unit))
        if row.gap <= 0:
            return _("新数不低于目标数；是否完成公开资料未载")
        return _("差{gap}").format(gap=full_quantity(row.gap, row.unit))

    def amount(row: Any, part: str, note: str = "") -> str:
        """Start or newer number with its qualifier and its day as its source has them."""
        value, qualifier, *when = (
            getattr(row, f"{part}_{name}") for name in ("value", "qualifier", "date", "precision", "label", "inferred")
        )
        if missing(value):
            return _("未载")
        return f"{full_quantity(value, row.unit, qualifier)}（{day_words(*when[:3], when[3] is True)}{note}）"

    def more(row: Any) -> str:
        """What was known for the day the task was due, where the number is of a later day; and that nobody judged it yet."""
        known = _("未载") if missing(row.in_time_value) else full_quantity(row.in_time_value, row.unit)
        late = _("；{day}前{known}").format(day=day_words(row.due, "day"), known=known) if row.later_is_late else ""
        return late + ("" if row.later_judged else _("；新数未判断是否算证据"))

    return rows.assign(
        gap_words=[gap(row) for row in rows.itertuples()],
        start_words=[amount(row, "start") for row in rows.itertuples()],
        later_words=[amount(row, "later", more(row)) for row in rows.itertuples()],
        later_brief=[amount(row, "later") for row in rows.itertuples()],
        target_words=[full_quantity(r.target, r.unit, r.target_qualifier) for r in rows.itertuples()],
    )


def measures(rows: pd.DataFrame) -> str:
    """How many promises carry a number, how many of them are drawn, and for how many a number after the promise is public."""
    # Readings of one promise are one promise: 翻番 and 再新推25,000张 are the two wordings of a task's goal for beds.
    read_in_ways = rows["task_id"].isin(rows.loc[rows["reading"].notna(), "task_id"]) & rows["comparable"]
    one = rows["task_id"].where(read_in_ways, rows["promise_id"])
    by_promise = rows.assign(
        newer=rows["later_value"].notna(), started=rows["start_value"].notna() | rows["later_value"].notna(), lines=1
    ).groupby(one, sort=False)[["newer", "started", "lines"]]
    found = by_promise.agg({"newer": "max", "started": "max", "lines": "sum"})
    n, read = len(found), int((found["lines"] > 1).sum())
    several = _("（{n}个有几种读法）").format(n=read) if read else ""
    if not found["started"].any():
        return _("带数字的承诺{n}个{several}，口径相同的起点与新数公开资料未载").format(n=n, several=several)
    drawn = "" if found["started"].all() else _("，其中{drawn}个有起点、画在图中").format(drawn=int(found["started"].sum()))
    seen, bare = int(found["newer"].sum()), int((~found["newer"].astype(bool)).sum())
    told = [_("公布后见到新数的{n}个").format(n=seen)] if seen else []
    told += [_("此后口径相同的新数公开资料未载的{n}个").format(n=bare)] if bare else []
    return _("带数字的承诺{n}个{several}{drawn}；{told}").format(n=n, several=several, drawn=drawn, told="，".join(told))


def reports_missing(rhythms: pd.DataFrame) -> str:
    """The empty state of the reports: nothing was filed, and no list has a rhythm of its own."""
    practice = "；".join(f"{place}：{'、'.join(part['wording'])}" for place, part in rhythms.groupby("place_label", sort=False))
    sentence = _("没有向任何单位征询过，一律写“未载”，不用证据或日期代替。各清单的来源都没有规定报送节奏。")
    return sentence + (_("别处的做法供参照——{practice}。").format(practice=practice) if practice else "")


def with_self_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Reports with the status in words."""
    return rows.assign(self_words=[SELF_REPORTS[status].marked for status in rows["self_status"]])


def reports(rows: pd.DataFrame) -> str:
    """How many reports there are and the day of the newest."""
    return _("责任单位反馈{n}条，最近一条是{day}").format(n=len(rows), day=day_words(rows["date"].max(), "day"))
