"""Findings of the section 任务: who does what by when, and what is proven. Three statuses, never merged."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from eldercare.measures import LAMPS, PROOFS, SELF_REPORTS, Status, day_words, full_quantity, missing
from eldercare.text import _

NO_LEAD, NO_DUE = _("未明确牵头"), _("未定时限")
PUBLISHED = _("已发布的成果，不设时限")
# The columns of a supervision list as offices exchange it.
SUPERVISION = {
    "list_short": _("清单"),
    "number": _("序号"),
    "title": _("任务"),
    "lead_words": _("牵头单位"),
    "unit_words": _("责任单位"),
    "due_words": _("时限"),
    "lamp_words": _("时限状态"),
    "progress_words": _("进展"),
    "self_problems": _("存在问题"),
    "self_next": _("下一步"),
    "self_words": _("自报状态"),
    "proof_line": _("证据"),
    "evidence": _("任务原文摘录"),
    "task_id": _("任务编号"),
}
PARTS = {"part": _("类别"), "number": _("序号"), "words": _("内容"), "detail": _("说明"), "day": _("日期")}
TRACE = {
    "task_number": _("任务"),
    "relation_words": _("判断"),
    "target_words": _("事件、文件、数字、协议或名单"),
    "day": _("日期"),
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
    "self_words": _("自报状态"),
    "text": _("进展"),
    "proof": _("佐证材料"),
    "problems": _("存在问题"),
    "next_step": _("下一步"),
    "reported_by": _("报送岗位"),
}
LOADS = {
    "unit": _("责任单位"),
    "leads": _("牵头"),
    "joins": _("参与"),
    "dated": _("有时限"),
    "past": _("已过时限日"),
    "lists": _("清单"),
}
# Links that say how far a task is; plans, measures and background are shown with a chosen task only.
TELLING = ("result", "partial", "pilot", "start", "unproven")


def _marked(status: Status) -> str:
    return f"{status.shape} {status.word}"


def board(rows: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The tasks (question `task_schedule`) with the words a reader sees; a gap is a word, never a blank."""

    def words(row: Any) -> dict[str, Any]:
        day = "" if missing(row.due) else f"{row.due:%Y-%m-%d}"
        revised = "" if missing(row.revised_due) else _("；修订为{day}").format(day=f"{row.revised_due:%Y-%m-%d}")
        lead = NO_LEAD if missing(row.lead_unit) else row.lead_unit
        lamp = _marked(LAMPS[row.time_status]) if row.list_kind != "achievement" else PUBLISHED
        proof = _marked(PROOFS[row.proof])
        reported = _marked(SELF_REPORTS[row.self_status])
        return {
            "number_words": row.list_short if missing(row.number) else f"{row.list_short} {int(row.number)}",
            "lead_words": lead if missing(row.lead_unit) or row.lead_stated else _("{lead}（原文未写“牵头”）").format(lead=lead),
            "unit_words": _("未写明") if row.units is None or not len(row.units) else "、".join(row.units),
            "units": () if row.units is None else tuple(row.units),
            "due_words": (day or (row.due_text if not missing(row.due_text) else NO_DUE)) + revised,
            "due_year": NO_DUE if missing(row.due) else _("{year}年").format(year=row.due.year),
            "lamp_words": lamp,
            "proof_words": proof,
            "self_words": reported,
            "status_words": (lamp, proof, reported),
            "proof_line": no_proof(as_of) if row.proof == "none" else row.proof_text.replace("\n", "；"),
            "progress_words": SELF_REPORTS["none"].word if missing(row.self_text) else row.self_text,
        }

    return rows.assign(**pd.DataFrame([words(row) for row in rows.itertuples()], index=rows.index).to_dict("series"))


def no_proof(as_of: date) -> str:
    """The words for a task that no public source proves; an absence, not a verdict."""
    return _("暂无公开证据（截至{day}）").format(day=day_words(as_of, "day"))


def tasks(rows: pd.DataFrame) -> str:
    """The page's sentence: tasks past their date and what public sources show of them."""
    due = rows[(rows["list_kind"] == "task") & rows["due"].notna()]
    past = due[due["time_status"].isin(["passed", "overdue"])]
    if past.empty:
        open_ = rows[rows["list_kind"] == "task"]
        return _("{n}项任务，其中{dated}项写明时限，尚无一项过时限日").format(n=len(open_), dated=len(due))
    seen = int((past["proof"] == "result").sum())
    part = int(past["proof"].isin(["partial", "pilot"]).sum())
    closed = int((due["time_status"] == "closed").sum())
    return _("{past}项任务已过时限日：{seen}{part}项见部分进展或试点，{none}项暂无公开证据{closed}").format(
        past=len(past),
        seen=_("{n}项见公开结果，").format(n=seen) if seen else "",
        part=part,
        none=len(past) - seen - part,
        closed=_("；另{n}项办结").format(n=closed) if closed else "",
    )


def lamps(rows: pd.DataFrame) -> str:
    """How many of the shown tasks carry each of the three statuses' most telling value."""
    real = rows[rows["list_kind"] != "achievement"]
    return _("所选{n}项：{undated}项未定时限，{no_lead}项未明确牵头，{no_proof}项暂无公开证据，{silent}项未报送").format(
        n=len(rows),
        undated=int((real["time_status"] == "undated").sum()),
        no_lead=int(real["lead_unit"].isna().sum()),
        no_proof=int((rows["proof"] == "none").sum()),
        silent=int((rows["self_status"] == "none").sum()),
    )


def cards(lists: pd.DataFrame, rows: pd.DataFrame) -> list[dict[str, str]]:
    """Five cards over all lists: tasks, achievements, leads, dates, proofs; each with its counts by list."""
    own, done = lists[lists["kind"] == "task"], lists[lists["kind"] == "achievement"]
    tasks_ = rows[rows["list_kind"] == "task"]

    def by_list(column: str, part: pd.DataFrame = own) -> str:
        return "、".join(f"{r.short_title}{getattr(r, column)}" for r in part.itertuples() if getattr(r, column))

    def card(label: str, value: int, unit: str, note: str) -> dict[str, str]:
        return {"label": label, "value": str(value), "unit": unit, "note": note}

    actions = "、".join(
        _("{list}{n}（措施{actions}）").format(list=r.short_title, n=r.listed, actions=r.actions) if r.actions else f"{r.short_title}{r.listed}"
        for r in own.itertuples()
    )
    content = "、".join(f"{r.short_title}{r.listed}" for r in lists[lists["kind"] == "content"].itertuples())
    proofs = tasks_["proof"].value_counts()
    return [
        card(_("清单中的任务"), int(own["listed"].sum()), _("项"), actions + (_("；另有合作内容：{list}").format(list=content) if content else "")),
        card(
            _("已发布的成果"),
            int(done["listed"].sum()),
            _("项有名称"),
            _("公布{n}项；另有{apart}项同场报道，未说属于其中").format(n=int(done["announced"].fillna(0).sum()), apart=int(done["apart"].sum())),
        ),
        card(
            _("来源写明牵头"),
            int(own["with_lead"].sum()),
            _("项"),
            _("{list}；未明确牵头{none}项；另{recorded}项为采集记载，原文未写“牵头”").format(
                list=by_list("with_lead") or _("无"),
                none=int(tasks_["lead_unit"].isna().sum()),
                recorded=int(own["with_recorded_lead"].sum()),
            ),
        ),
        card(
            _("写明时限"),
            int(own["dated"].sum()),
            _("项"),
            _("{list}；未定时限{none}项").format(list=by_list("dated") or _("无"), none=int(tasks_["due"].isna().sum())),
        ),
        card(
            _("任务见公开证据"),
            int((tasks_["proof"] != "none").sum()),
            _("项"),
            _("公开结果{result}、部分进展{partial}、试点{pilot}；暂无公开证据{none}项").format(
                **{name: int(proofs.get(name, 0)) for name in PROOFS}
            ),
        ),
    ]


def proofs(rows: pd.DataFrame) -> str:
    """What the links of the shown tasks amount to."""
    counts = rows["relation"].value_counts()
    parts = [(_("结果"), "result"), (_("部分进展"), "partial"), (_("试点"), "pilot"), (_("起点"), "start"), (_("未证"), "unproven")]
    shown = "、".join(f"{word}{int(counts[code])}" for word, code in parts if code in counts)
    return _("证据与线索：{shown}").format(shown=shown or _("只有背景与计划，没有证据"))


def traces(rows: pd.DataFrame, whole: bool) -> pd.DataFrame:
    """Links with what they point to in words: a number says its value. Not `whole`: only the telling ones."""
    rows = rows if whole else rows[rows["relation"].isin(TELLING)]
    words = [
        r.target_title if missing(r.value) else f"{r.target_title} {full_quantity(r.value, r.unit, r.qualifier)}" for r in rows.itertuples()
    ]
    return rows.assign(target_words=words, set_words=[f"{r.set_by} {r.set_on:%Y-%m-%d}" for r in rows.itertuples()])


def with_gap_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Promises with start, newer value, target and gap in words; nothing is subtracted that is counted differently."""

    def gap(row: Any) -> str:
        if not row.comparable and not missing(row.start_value):
            return _("单位不同，不相减")
        if missing(row.gap):
            return _("现值未上报")
        if row.gap <= 0:
            return _("现值不低于目标数；是否完成未见公开来源")
        basis = _("（按起点计）") if missing(row.later_value) else ""
        return _("差{gap}").format(gap=full_quantity(row.gap, row.unit)) + basis

    def amount(value: Any, unit: str, when: Any, nothing: str) -> str:
        return nothing if missing(value) else f"{full_quantity(value, unit)}（{day_words(when, 'month')}）"

    return rows.assign(
        gap_words=[gap(row) for row in rows.itertuples()],
        start_words=[amount(r.start_value, r.unit, r.start_date, _("未上报")) for r in rows.itertuples()],
        later_words=[amount(r.later_value, r.unit, r.later_date, _("未见新数")) for r in rows.itertuples()],
        target_words=[full_quantity(r.target, r.unit, r.target_qualifier) for r in rows.itertuples()],
    )


def measures(rows: pd.DataFrame) -> str:
    """How many promises carry a number, and for how many a number after the promise is public."""
    newer = rows["later_value"].notna()
    return _("带数字的承诺{n}个，公布后见到新数的{newer}个，可比并算出差距的{gap}个").format(
        n=len(rows), newer=int(newer.sum()), gap=int(rows["gap"].notna().sum())
    )


def reports_missing(rhythms: pd.DataFrame) -> str:
    """The empty state of the reports: nothing was filed, and no list has a rhythm of its own."""
    practice = "；".join(f"{place}：{'、'.join(part['wording'])}" for place, part in rhythms.groupby("place_label", sort=False))
    sentence = _("单位报送：目前没有一条。自报状态一律显示“未报送”，不用证据或日期代替。各清单的来源都没有规定报送节奏。")
    return sentence + (_("别处的做法供参照——{practice}。").format(practice=practice) if practice else "")


def units(rows: pd.DataFrame) -> str:
    """The units with most tasks, and how few lead."""
    if rows.empty:
        return _("没有责任单位")
    top = "、".join(f"{r.unit}{r.leads + r.joins}" for r in rows.head(3).itertuples())
    return _("{n}个责任单位，写作牵头的{leads}个；任务最多的：{top}").format(n=len(rows), leads=int((rows["leads"] > 0).sum()), top=top)


def of_unit(rows: pd.DataFrame, unit: str) -> pd.DataFrame:
    """The tasks of one unit, those it leads first, with its role."""
    own = rows[[unit in names for names in rows["units"]]]
    leads = [not missing(r.lead_unit) and unit in r.lead_unit.split("、") for r in own.itertuples()]
    role = [_("牵头") if lead else _("按职责分工负责") for lead in leads]
    order = pd.Series(leads, index=own.index).sort_values(ascending=False, kind="stable").index
    return own.assign(role=role).loc[order]


def unit_sheet(rows: pd.DataFrame, unit: str, as_of: date) -> str:
    """The head of the sheet that is handed to a unit."""
    leads = int((rows["role"] == _("牵头")).sum())
    past = int(rows["time_status"].isin(["passed", "overdue"]).sum())
    return _("{unit}：牵头{leads}项、参与{joins}项；有时限{dated}项，已过时限日{past}项（{day}）").format(
        unit=unit, leads=leads, joins=len(rows) - leads, dated=int(rows["due"].notna().sum()), past=past, day=day_words(as_of, "day")
    )


def one(row: pd.Series) -> str:
    """One task with its three statuses beside each other."""
    return f"{row['number_words']} {row['title']}：{row['lamp_words']} ｜ {row['proof_words']} ｜ {row['self_words']}"


def with_self_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Reports with the status in words."""
    return rows.assign(self_words=[_marked(SELF_REPORTS[status]) for status in rows["self_status"]])


def reports(rows: pd.DataFrame) -> str:
    """How many reports there are and the day of the newest."""
    return _("单位报送{n}条，最近一条是{day}").format(n=len(rows), day=day_words(rows["date"].max(), "day"))
