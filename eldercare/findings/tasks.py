"""Findings of the section 任务: who does what by when, and what is proven. Three statuses, never merged."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

import pandas as pd

from eldercare.measures import LAMPS, PROOFS, SELF_REPORTS, day_words, missing
from eldercare.text import _, plain

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
    "due_text": _("时限原写法"),
    "lamp_words": _("时限状态"),
    "progress_words": _("进展"),
    "self_problems": _("存在问题"),
    "self_next": _("下一步"),
    "self_words": _("自报状态"),
    "proof_line": _("证据"),
    "evidence": _("任务原文摘录"),
    "task_id": _("任务编号"),
}
PARTS = {"part": _("类别"), "number": _("序号"), "words": _("内容"), "detail": _("说明"), "stated": _("日期")}
SHEET = {
    "number_words": _("清单、序号"),
    "title": _("任务"),
    "role": _("角色"),
    "lead_words": _("牵头"),
    "due_words": _("时限"),
    "lamp_words": _("时限状态"),
    "proof_words": _("证据"),
    "progress_words": _("进展（自报）"),
    "self_problems": _("存在问题"),
    "self_next": _("下一步"),
}
LOADS = {
    "unit": _("责任单位"),
    "leads": _("牵头"),
    "joins": _("参与"),
    "dated": _("有时限"),
    "past": _("已过时限日"),
    "lists": _("清单"),
}

CAVEATS = (
    _("三个状态互不推算：过了日期不等于没办，自报不等于证据，没有证据不等于没有进展"),
    _("来源只写年份的时限按当年12月31日计；长三角十项任务的序号为本项目所加"),
)

NO_PROOF = _("没有公开的事件、文件或数字与这些任务相连。这不等于没有进展；见到来源后在任务联系表里加一行即可。")


def lead(as_of: date) -> str:
    """What the page answers, and the day it reckons with."""
    return _("谁的事、何时到期、单位怎么报、公开来源证明了什么：三个状态各自单列，不合并。时限按{day}计算。").format(
        day=day_words(as_of, "day")
    )


def board(rows: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The tasks (question `task_schedule`) with the words a reader sees; a gap is a word, never a blank."""

    def words(row: Any) -> dict[str, Any]:
        day = "" if missing(row.due) else day_words(row.due, "day")
        revised = "" if missing(row.revised_due) else _("；修订为{day}").format(day=day_words(row.revised_due, "day"))
        lead = NO_LEAD if missing(row.lead_unit) else row.lead_unit
        lamp = LAMPS[row.time_status].marked if row.list_kind != "achievement" else PUBLISHED
        proof = PROOFS[row.proof].marked
        reported = SELF_REPORTS[row.self_status].marked
        return {
            "number_words": row.list_short if missing(row.number) else f"{row.list_short} {int(row.number)}",
            "lead_words": lead if missing(row.lead_unit) or row.lead_stated else _("{lead}（原文未写“牵头”）").format(lead=lead),
            "unit_words": _("未写明") if not len(row.units) else "、".join(row.units),
            "units": tuple(row.units),
            "due_words": (day or (row.due_text if not missing(row.due_text) else NO_DUE)) + revised,
            "due_year": NO_DUE if missing(row.due) else _("{year}年").format(year=row.due.year),
            "lamp_words": lamp,
            "proof_words": proof,
            "self_words": reported,
            "address": f"tasks?tasks_task={quote(f'{row.task_id} {row.title}')}",
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
    """Five cards over all lists: tasks, achievements, leads, dates, proofs; each with its counts by list and the lists' words."""
    own, done = lists[lists["kind"] == "task"], lists[lists["kind"] == "achievement"]
    tasks_ = rows[rows["list_kind"] == "task"]
    proofs = tasks_["proof"].value_counts()

    def by_list(column: str) -> str:
        return "、".join(
            _("{list} {n}项").format(list=r.short_title, n=getattr(r, column)) for r in own.itertuples() if getattr(r, column)
        ) or _("无")

    def card(label: str, value: int, unit: str, note: str, part: pd.DataFrame = own) -> dict[str, str]:
        quotes = "；".join(_("{list}：“{quote}”").format(list=r.short_title, quote=r.evidence) for r in part.itertuples())
        return {"label": label, "value": str(value), "unit": unit, "note": note, "help": plain(quotes)}

    return [
        card(
            _("清单中的任务"),
            int(own["listed"].sum()),
            _("项"),
            _("{list}；另有措施{actions}项、合作内容{content}项").format(
                list=by_list("listed"), actions=int(own["actions"].sum()), content=int(lists[lists["kind"] == "content"]["listed"].sum())
            ),
        ),
        card(
            _("已发布的成果"),
            int(done["listed"].sum()),
            _("项有名称"),
            _("公布{n}项；另有{apart}项同场报道，未说属于其中").format(
                n=int(done["announced"].fillna(0).sum()), apart=int(done["apart"].sum())
            ),
            done,
        ),
        card(
            _("来源写明牵头"),
            int(own["with_lead"].sum()),
            _("项"),
            _("{list}；未明确牵头{none}项；另{recorded}项牵头为采集记载").format(
                list=by_list("with_lead"), none=int(tasks_["lead_unit"].isna().sum()), recorded=int(own["with_recorded_lead"].sum())
            ),
        ),
        card(
            _("写明时限"),
            int(own["dated"].sum()),
            _("项"),
            _("{list}；未定时限{none}项").format(list=by_list("dated"), none=int(tasks_["due"].isna().sum())),
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
    role = [_("牵头") if lead else _("参与") for lead in leads]
    order = pd.Series(leads, index=own.index).sort_values(ascending=False, kind="stable").index
    return own.assign(role=role).loc[order]


def unit_sheet(rows: pd.DataFrame, unit: str, as_of: date) -> str:
    """The head of the sheet that is handed to a unit."""
    leads = int((rows["role"] == _("牵头")).sum())
    past = int(rows["time_status"].isin(["passed", "overdue"]).sum())
    return _("{unit}：牵头{leads}项、参与{joins}项；有时限{dated}项，已过时限日{past}项（{day}）").format(
        unit=unit, leads=leads, joins=len(rows) - leads, dated=int(rows["due"].notna().sum()), past=past, day=day_words(as_of, "day")
    )


def sheet_links(units_: tuple[str, ...], view: str) -> dict[str, str]:
    """The sheet of each unit, by words and address; `view` is the name of the view that shows sheets."""
    return {_("{unit}的任务单").format(unit=unit): f"tasks?tasks_view={quote(view)}&tasks_sheet={quote(unit)}" for unit in units_}


def list_link(unit: str) -> dict[str, str]:
    """The supervision list of one unit, by words and address."""
    return {_("在督办总表里看{unit}的任务").format(unit=unit): f"tasks?tasks_unit={quote(unit)}"}


def sheet_foot(release: pd.Series, cited: pd.DataFrame) -> list[str]:
    """What the printed sheet rests on: data version, rule of the dates, sources."""
    return [
        _("数据版本 {version}（{hash}），数据截至 {day}").format(
            version=release["version"], hash=release["content_hash"][:8], day=day_words(release["as_of"], "day")
        ),
        *CAVEATS,
        _("来源：{names}").format(names="；".join(f"{row.title}（{row.source_class}）" for row in cited.itertuples())),
    ]


def one(row: pd.Series) -> str:
    """One task with its three statuses beside each other."""
    return f"{row['number_words']} {row['title']}：{row['lamp_words']} ｜ {row['proof_words']} ｜ {row['self_words']}"
