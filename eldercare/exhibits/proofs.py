"""What lies behind a task: links with their reasons, promises with numbers, reports of units."""

from __future__ import annotations

from typing import Any

import pandas as pd

from eldercare.exhibits import TASKS, Exhibit, Facts, Missing, kept, known_columns, listed
from eldercare.exhibits.tasks import NO_PROOF, no_proof
from eldercare.measures import SELF_REPORTS, day_words, full_quantity, missing

TRACE = {
    "task_number": "任务",
    "relation_words": "判断",
    "target_words": "事件、文件、数字、协议或名单",
    "when_words": "日期",
    "reasoning": "为什么这样判断",
    "set_words": "判断者、日期",
}
MEASURES = {
    "short_title": "清单",
    "wording": "承诺",
    "start_words": "起点",
    "later_words": "公布后的新数",
    "target_words": "目标",
    "gap_words": "差距",
    "comparison_note": "可比性",
}
REPORTS = {
    "task_number": "任务",
    "unit": "责任单位",
    "day": "日期",
    "self_words": "责任单位反馈",
    "text": "进展",
    "proof": "佐证材料",
    "problems": "存在问题",
    "next_step": "下一步",
    "reported_by": "反馈岗位",
}
NO_REPORT = "责任单位反馈：未载"
UNDER_MEASURES = (
    "名单床位的现值取各批名单床位之和，随名单变动；差距按公布的全部数字算，时限以后公布的另写明时限内的数",
    "新一批名单不能在“数据更新”里上传，由数据管理员按操作手册增加",
)
# Links that say how far a task is; plans, measures and background are shown with a chosen task only.
TELLING = ("result", "partial", "pilot", "start", "unproven")


def told(rows: pd.DataFrame) -> str:
    """What the links of the shown tasks amount to."""
    counts = rows["relation"].value_counts()
    parts = [
        ("结果", "result"),
        ("部分进展", "partial"),
        ("试点", "pilot"),
        ("起点", "start"),
        ("未证", "unproven"),
    ]
    told = sum(int(counts[code]) for _word, code in parts if code in counts)
    shown = "、".join(f"{word}{int(counts[code])}条" for word, code in parts if code in counts)
    rest = len(rows) - told
    if not told:
        return f"背景、计划与衡量指标{rest}条；公开资料未载结果、进展或试点"
    return "证据与线索{n}条；{shown}{rest}".format(
        n=told, shown=shown, rest=f"；另有背景、计划与衡量指标{rest}条" if rest else ""
    )


def traces(rows: pd.DataFrame, whole: bool, kept: str = "") -> pd.DataFrame:
    """Links with what they point to in words: a number says its value. Not `whole`: only the telling ones.

    `kept` is what the addresses carry along ("&as_of=…").
    """
    rows = rows if whole else rows[rows["relation"].isin(TELLING)]
    words = [
        r.target_title
        if missing(r.value)
        else f"{r.target_title} {full_quantity(r.value, r.unit, r.qualifier)}"
        for r in rows.itertuples()
    ]
    days = [
        "—"
        if missing(r.date_precision)
        else day_words(r.date, r.date_precision, r.date_label, r.date_inferred)
        for r in rows.itertuples()
    ]
    addresses = [
        address + (kept if "?" in address else kept.replace("&", "?", 1))
        for address in rows["address"]
    ]
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
            return "说法或单位不同，不相减"
        if missing(row.gap):
            return "公开资料未载"
        if missing(row.later_value):
            # The number that the promise starts from is no progress towards it.
            return f"目标比起点多{full_quantity(row.gap, row.unit)}；此后公开资料未载"
        if row.gap <= 0:
            return "新数不低于目标数；是否完成公开资料未载"
        return f"差{full_quantity(row.gap, row.unit)}"

    def amount(row: Any, part: str, note: str = "") -> str:
        """Start or newer number with its qualifier and its day as its source has them."""
        value, qualifier, *when = (
            getattr(row, f"{part}_{name}")
            for name in ("value", "qualifier", "date", "precision", "label", "inferred")
        )
        if missing(value):
            return "未载"
        return f"{full_quantity(value, row.unit, qualifier)}（{day_words(*when[:3], when[3] is True)}{note}）"

    def more(row: Any) -> str:
        """What was known for the day the task was due, where the number is of a later day; and that nobody judged it yet."""
        known = "未载" if missing(row.in_time_value) else full_quantity(row.in_time_value, row.unit)
        late = (
            "；{day}前{known}".format(day=day_words(row.due, "day"), known=known)
            if row.later_is_late
            else ""
        )
        return late + ("" if row.later_judged else "；新数未判断是否算证据")

    return rows.assign(
        gap_words=[gap(row) for row in rows.itertuples()],
        start_words=[amount(row, "start") for row in rows.itertuples()],
        later_words=[amount(row, "later", more(row)) for row in rows.itertuples()],
        later_brief=[amount(row, "later") for row in rows.itertuples()],
        target_words=[
            full_quantity(r.target, r.unit, r.target_qualifier) for r in rows.itertuples()
        ],
    )


def promised(rows: pd.DataFrame) -> str:
    """How many promises carry a number, how many of them have one to start from, and for how many a number after the promise is public."""
    # Readings of one promise are one promise: 翻番 and 再新推25,000张 are the two wordings of a task's goal for beds.
    read_in_ways = (
        rows["task_id"].isin(rows.loc[rows["reading"].notna(), "task_id"]) & rows["comparable"]
    )
    one = rows["task_id"].where(read_in_ways, rows["promise_id"])
    by_promise = rows.assign(
        newer=rows["later_value"].notna(),
        started=rows["start_value"].notna() | rows["later_value"].notna(),
        lines=1,
    ).groupby(one, sort=False)[["newer", "started", "lines"]]
    found = by_promise.agg({"newer": "max", "started": "max", "lines": "sum"})
    n, read = len(found), int((found["lines"] > 1).sum())
    several = f"{read}个有几种读法；" if read else ""
    if not found["started"].any():
        return f"带数字的目标{n}个；{several}口径相同的起点与新数公开资料未载"
    drawn = (
        ""
        if found["started"].all()
        else "其中{drawn}个有起点；".format(drawn=int(found["started"].sum()))
    )
    seen, bare = int(found["newer"].sum()), int((~found["newer"].astype(bool)).sum())
    newer = [f"公布后见到新数的{seen}个"] if seen else []
    newer += [f"此后口径相同的新数公开资料未载的{bare}个"] if bare else []
    return f"带数字的目标{n}个；{several}{drawn}{'，'.join(newer)}"


def reports_missing(rhythms: pd.DataFrame) -> str:
    """The empty state of the reports: nothing was filed, and no list has a rhythm of its own."""
    practice = "；".join(
        f"{place}：{'、'.join(part['wording'])}"
        for place, part in rhythms.groupby("place_label", sort=False)
    )
    sentence = (
        "没有向任何单位征询过，一律写“未载”，不用证据或日期代替。各清单的来源都没有规定报送节奏。"
    )
    return sentence + (f"别处的做法供参照——{practice}。" if practice else "")


def with_self_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Reports with the status in words."""
    return rows.assign(self_words=[SELF_REPORTS[status].marked for status in rows["self_status"]])


@kept
def links(
    facts: Facts, codes: list[str], whole: bool, kept: str, inside: bool
) -> Exhibit | Missing | None:
    """The links of the tasks `codes`; all of them (`whole`) beside a single task, where its name would only repeat."""
    rows = traces(facts.ask("task_proofs", tasks=codes, as_of=facts.as_of), whole, kept)
    if rows.empty:
        return Missing(no_proof(facts.as_of), NO_PROOF) if inside else None
    columns = {name: head for name, head in TRACE.items() if not (whole and name == "task_number")}
    target = {"target_words": "address"}
    return listed("task_proofs", TASKS, told(rows), rows, columns, links=target)


@kept
def measures(facts: Facts, codes: list[str]) -> Exhibit | None:
    """Start, newer number and target of each promise with a number; None where there is none."""
    rows = with_gap_words(facts.ask("task_measures", tasks=codes, as_of=facts.as_of))
    if rows.empty:
        return None
    columns, _unsaid = known_columns(rows, MEASURES)
    more = {"file_columns": MEASURES}
    return listed("task_measures", TASKS, promised(rows), rows, columns, UNDER_MEASURES, **more)


@kept
def reports(facts: Facts, codes: list[str]) -> Exhibit | Missing:
    """What the units themselves said."""
    rows = facts.ask("task_reports_of", tasks=codes, as_of=facts.as_of)
    if rows.empty:
        return Missing(NO_REPORT, reports_missing(facts.ask("reporting_rhythms_known")))
    newest = day_words(rows["date"].max(), "day")
    finding = f"责任单位反馈{len(rows)}条；最近一条是{newest}"
    return listed("task_reports", TASKS, finding, with_self_words(rows), REPORTS)
