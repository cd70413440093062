"""任务: who does what by when, and what is proven. Three statuses, never merged."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

import pandas as pd

from eldercare.exhibits import (
    TASKS,
    TITLE_LENGTH,
    Exhibit,
    Facts,
    Missing,
    exhibit,
    kept,
    known_columns,
    left_out,
    listed,
    parts,
    table,
)
from eldercare.exhibits.place_records import with_limit
from eldercare.measures import LAMPS, PROOFS, SELF_REPORTS, day_words, missing

NO_LEAD, NO_DUE, URGED = "未写牵头", "未定时限", "鼓励"
NOT_UNDONE = "（不等于未完成）"
PUBLISHED = "已发布的成果，不设时限"
# Reported at the same event as published results, not said to be one of them.
APART, NO_TASK = "同场报道", "不属任务，不设时限"
GOAL_OF_ALL = "总目标"
# The role of those whom a source pairs with others without saying who answers for what.
PAIRED = "结对"
# The columns of a list of tasks as offices exchange it.
TRACKING = {
    "list_short": "清单",
    "place_label": "地区",
    "section": "部分",
    "number": "序号",
    "title": "任务",
    "lead_words": "牵头单位",
    "unit_words": "责任单位",
    "due_words": "时限",
    "due_day": "按此日计算",
    "lamp_words": "时限状态",
    "progress_words": "进展",
    "self_problems": "存在问题",
    "self_next": "下一步",
    "self_words": "责任单位反馈",
    "self_by": "反馈人（单位与岗位）",
    "proof_words": "证据状态",
    "proof_line": "证据（日期、判断者）",
    "evidence": "任务原文摘录",
    "task_id": "任务编号",
}
LINKS = {"title": "address"}
# Tasks that say the same in all of these stand in one line.
ALIKE = ["list_short", "charge_words", "lamp_words", "proof_words", "self_words"]
SHOWN, TITLE = 10, 24
CAVEATS = (
    "“办结”“逾期”只来自责任单位自己的反馈：写明牵头的只看牵头，没有写明的须各单位都反馈；“办结”还须见公开结果",
    "三个状态互不推算：过了日期不等于没办，反馈不等于证据，公开资料未载不等于没有进展",
    "来源只写年份的时限按当年12月31日计；长三角十项任务的序号为本项目所加",
)

NO_PROOF = "没有公开的事件、文件或数字与这些任务相连。这不等于没有进展；见到来源后在任务联系表里加一行即可。"


def lead(as_of: date) -> str:
    """What the page answers, and the day it reckons with."""
    return "责任单位、时限、单位反馈、公开证据：三个状态各自单列，不合并。时限按{day}计算。".format(
        day=day_words(as_of, "day")
    )


def board(rows: pd.DataFrame, as_of: date, kept: str = "") -> pd.DataFrame:
    """The tasks (question `task_schedule`) with the words a reader sees; a gap is a word, never a blank.

    `kept` is what the addresses of the tasks carry along ("&as_of=…").
    """

    def words(row: Any) -> dict[str, Any]:
        day = "" if missing(row.due) else day_words(row.due, "day")
        revised = (
            ""
            if missing(row.revised_due)
            else "；修订为{day}".format(day=day_words(row.revised_due, "day"))
        )
        lead = NO_LEAD if missing(row.lead_unit) else row.lead_unit
        apart = row.list_kind == "achievement" and row.membership != "listed"
        lamp = (
            NO_TASK
            if apart
            else PUBLISHED
            if row.list_kind == "achievement"
            else LAMPS[row.time_status].marked
        )
        proof, reported = PROOFS[row.proof].marked, SELF_REPORTS[row.self_status].marked
        proofs = [
            f"{found['title']}：{found['reason']}（{_proof_day(found)}，{_judged(found)}）"
            for found in row.proofs
        ]
        said = {
            "lamp_words": lamp,
            "proof_words": f"{proof}（{_proof_day(row.proofs[0])}）" if proofs else proof,
            "proof_dated": f"{PROOFS[row.proof].shape} " + no_proof(as_of)
            if not proofs
            else f"{proof}（{_proof_day(row.proofs[0])}）",
            "self_words": reported + _who_said(row),
            "proof_line": "；".join(proofs) or no_proof(as_of),
            "progress_words": SELF_REPORTS["none"].word
            if missing(row.self_text)
            else row.self_text,
        }
        return {
            "number_words": APART
            if apart
            else row.list_short
            if missing(row.number)
            else f"{row.list_short} {int(row.number)}",
            "lead_words": lead
            if missing(row.lead_unit) or row.lead_stated
            else f"{lead}（原文未写“牵头”）",
            "who": _who(row),
            "charge_words": _charge(row),
            "unit_words": "未写明" if not len(row.units) else "、".join(row.units),
            "units": tuple(row.units),
            "places": tuple(row.places),
            "roles": tuple(row.roles),
            "due_words": "—"
            if apart
            else (row.due_text if not missing(row.due_text) else day or NO_DUE) + revised,
            "due_day": day or "—",
            "due_year": NO_DUE if missing(row.due) else f"{row.due.year}年",
            "address": f"tasks?tasks_task={quote(row.task_id)}{kept}",
            "status_words": (lamp, proof, reported) if row.in_delta else (),
            # Lists from outside the delta stand for reference: nothing of ours is said of their tasks.
            **(said if row.in_delta else dict.fromkeys(said, "")),
        }

    return rows.assign(
        **pd.DataFrame([words(row) for row in rows.itertuples()], index=rows.index).to_dict(
            "series"
        )
    )


def _who(row: Any) -> str:
    """Who is to act, as far as the source says: a lead, or those it names without saying who leads."""
    if row.list_kind == "achievement":
        # What is done asks nothing of anybody.
        return (
            "涉及单位：{units}".format(units="、".join(row.units))
            if len(row.units)
            else "涉及单位未写明"
        )
    if not missing(row.lead_unit):
        return ("牵头：{lead}" if row.lead_stated else "{lead}（原文未写“牵头”）").format(
            lead=row.lead_unit
        )
    if PAIRED in list(row.roles):
        return "涉及各方：{units}（来源写{roles}，没有写责任）".format(
            units="、".join(row.units),
            roles="".join(f"“{role}”" for role in dict.fromkeys(row.roles)),
        )
    return (
        "责任单位：{units}（未写牵头）".format(units="、".join(row.units))
        if len(row.units)
        else "责任单位未写明"
    )


def _charge(row: Any) -> str:
    """A lead with those beside it, or what `_who` says."""
    beside = [] if missing(row.lead_unit) else [u for u in row.units if u not in row.lead_unit]
    return "；".join([_who(row), *([f"责任单位：{'、'.join(beside)}"] if beside else [])])


def _proof_day(found: dict[str, Any]) -> str:
    """The day of a proof as it stands in brackets: none of its own."""
    return (
        day_words(found["date"], found["precision"], found["label"], bool(found["inferred"]))
        .replace("（", "，")
        .replace("）", "")
    )


def _judged(found: dict[str, Any]) -> str:
    return "{who}{day}判断".format(who=found["set_by"], day=day_words(found["set_on"], "day"))


def _who_said(row: Any) -> str:
    """Who stands behind the self-status and since when: each unit with its own word where they differ."""
    if not len(row.said):
        return ""
    differ = row.self_status in ("mixed", "joint_only")
    heard = [said for said in row.said if differ or said["speaks"]]
    parts = [
        f"{s['unit']}{' ' + SELF_REPORTS[s['status']].word if differ else ''}，{day_words(s['day'], 'day')}"
        for s in heard
    ]
    silent = f"；另{row.silent}家未载" if row.silent and row.self_status == "mixed" else ""
    return f"（{'；'.join(parts)}{silent}）"


def reckoned(as_of: date) -> str:
    """By which day the dates are judged, and what a date never says."""
    return "时限按{day}计算；过了日期不等于没办，只有责任单位反馈才写逾期或办结".format(
        day=day_words(as_of, "day")
    )


def no_proof(as_of: date) -> str:
    """The words for a task that no public source proves; an absence, not a verdict."""
    return "公开资料未载结果（截至{day}）".format(day=day_words(as_of, "day"))


def proof_head(as_of: date) -> str:
    """The heading of the proofs, with the day until which nothing was seen where nothing is shown."""
    return "证据（截至{day}）".format(day=day_words(as_of, "day"))


def unknown_task(asked: str) -> str:
    """What the page says when an address names a task that no list has."""
    return f"没有编号为“{asked[:20]}”的任务，先不展开任何一项；请在上方选择。"


def none_yet(as_of: date) -> str:
    """The page's sentence for a day before the first list."""
    return "截至{day}，所收公开资料里还没有长三角的任务清单".format(day=day_words(as_of, "day"))


def delta(rows: pd.DataFrame) -> pd.DataFrame:
    """The delta's own tasks: neither lists of single places nor published results and contents of agreements."""
    return rows[rows["of_delta"] & (rows["list_kind"] == "task")].reset_index(drop=True)


def standing(rows: pd.DataFrame) -> str:
    """How the tasks of `delta` stand: what the dates say, then what public sources show. The same words on every face."""
    if rows.empty:
        return "公开资料未载长三角的任务清单"
    names = rows["list_short"].unique()
    claim, _semicolon, rest = dates(rows).partition("；")
    claim, counted, _ = claim.partition(NOT_UNDONE)
    told = [names[0] if len(names) == 1 else "", f"期限已过{NOT_UNDONE[1:-1]}" if counted else ""]
    # A list whose name says how many they are (十项) says which ones better than a number does.
    title = f"{names[0]}：{claim}"
    if len(names) == 1 and "项" in names[0] and len(title) <= TITLE_LENGTH:
        told = told[1:]
    else:
        title = f"{len(rows)}项任务：{claim}"
    return "；".join([title, *filter(None, [*told, rest, seen(rows)])])


def dates(rows: pd.DataFrame) -> str:
    """5项期限已过，结果待核（不等于未完成）；5个平台原文为“鼓励”，未定时限."""
    counts = rows["time_status"].value_counts()
    told = [
        f"{counts[key]}项{LAMPS[key].word}"
        for key in ("overdue", "passed", "near", "running", "closed")
        if key in counts
    ]
    told = [words + NOT_UNDONE if words.endswith(LAMPS["passed"].word) else words for words in told]
    undated = rows[rows["time_status"] == "undated"]
    urged = undated[undated["due_text"].str.contains(URGED, na=False)]
    unit = "个平台" if urged["title"].str.endswith("平台").all() else "项"
    told += [f"{len(urged)}{unit}原文为“{URGED}”，{NO_DUE}"] if len(urged) else []
    rest = undated.drop(urged.index)
    for goal, part in rest[rest["due_text"].str.contains(GOAL_OF_ALL, na=False)].groupby(
        "due_text", sort=False
    ):
        whole = str(goal).replace(f"（{GOAL_OF_ALL}）", "").replace(GOAL_OF_ALL, "").split("；")[-1]
        told.append(f"{len(part)}项没有单独的时限（{GOAL_OF_ALL}{whole}）")
        rest = rest.drop(part.index)
    told += [f"{len(rest)}项{NO_DUE}"] if len(rest) else []
    return "；".join(told)


def seen(rows: pd.DataFrame) -> str:
    """2项见进展或试点，8项公开资料未载结果: results, progress and pilots are never added up to one word for less."""
    counts = rows["proof"].value_counts()
    result, partial, pilot, none = (
        int(counts.get(key, 0)) for key in ("result", "partial", "pilot", "none")
    )
    told = [f"{result}项见公开结果"] if result else []
    if partial or pilot:
        words = "见进展或试点" if partial and pilot else "见部分进展" if partial else "仅见试点"
        told.append(f"{partial + pilot}项{words}")
    return "，".join([*told, f"{none}项{PROOFS['none'].word}"] if none else told)


def responsible(rows: pd.DataFrame) -> str:
    """Who is named to act, for how many of the tasks: 5项责任单位：沪苏浙皖民政部门（未写牵头）."""
    counts = {} if rows.empty else rows["who"].value_counts(sort=False)
    return "；".join(f"{n}项{who}" for who, n in counts.items())


def kinds(rows: pd.DataFrame) -> str:
    """22项任务, 3项合作内容: entries of a list by what they are."""
    named = {"task": "{n}项任务", "achievement": "{n}项已发布的成果", "content": "{n}项合作内容"}
    apart = (rows["list_kind"] == "achievement") & (rows["membership"] != "listed")
    told = {kind: int(((rows["list_kind"] == kind) & ~apart).sum()) for kind in named}
    beside = f"{int(apart.sum())}项同场报道（是否属于这些成果，来源未写明）"
    return "、".join(
        [
            *(named[kind].format(n=n) for kind, n in told.items() if n),
            *([beside] if apart.any() else []),
        ]
    )


def chosen(rows: pd.DataFrame, announced: int = 0) -> str:
    """How many of the shown tasks carry each status' most telling value; what is no task is counted apart, none is not.

    `announced`: how many results were published, of which those with a name are here.
    """
    own = rows[rows["list_kind"] == "task"]
    other = kinds(rows[rows["list_kind"] != "task"])
    named = "项已发布的成果"
    other = other.replace(named, f"{named}（公布{announced}项）") if announced else other
    beside = [f"另有{other}"] if other else []
    if own.empty:
        return "；".join(["所选没有任务", *beside])
    bare = own["lead_unit"].isna()
    unproven = int((own["proof"] == "none").sum())
    title = f"所选任务{len(own)}项"
    told = [f"{title}：{unproven}项{PROOFS['none'].word}" if unproven else title]
    acting = int((own[bare]["units"].map(len) > 0).sum())
    counts = {
        "未定时限": own["time_status"] == "undated",
        # No lead is not nobody.
        f"未写牵头（其中{acting}项写明责任单位）": bare,
        "责任单位反馈未载": own["self_status"] == "none",
    }
    said = "，".join(
        f"{int(which.sum())}项{words}" for words, which in counts.items() if which.any()
    )
    # Without these words the rest would read as reached: what is seen of it is progress or a pilot.
    others = seen(own[own["proof"] != "none"]) if unproven < len(own) else ""
    return "；".join([*told, *filter(None, [others, said]), *beside])


def _announced(facts: Facts, rows: pd.DataFrame) -> int:
    lists = facts.ask("task_list_counts", as_of=facts.as_of)
    shown = lists["task_list_id"].isin(rows[rows["list_kind"] == "achievement"]["task_list_id"])
    return int(lists[shown & (lists["kind"] == "achievement")]["announced"].fillna(0).sum())


def alike(facts: Facts, rows: pd.DataFrame) -> Exhibit:
    """The tasks `rows` (of `board`), those of which the same is known in one line: no wall of equal marks."""
    lines = [
        {
            **dict(zip(ALIKE, key, strict=True)),
            "tasks": f"{len(part)}项：" * (len(part) > 1)
            + "；".join(_numbered(row) for row in part.itertuples()),
            "limit": with_limit(
                part["lamp_words"].iloc[0], "、".join(dict.fromkeys(part["due_words"])).strip("—")
            ),
            "evidence": "；".join(dict.fromkeys(part["evidence"])),
            "source_ids": list(dict.fromkeys(part["source_ids"].explode())),
        }
        for key, part in rows.groupby(ALIKE, sort=False)
    ]
    columns = {
        "tasks": "任务",
        "charge_words": "谁负责",
        "limit": "时限",
        "proof_words": proof_head(facts.as_of),
        "self_words": "责任单位反馈",
    }
    lines = pd.DataFrame(
        lines, columns=[*dict.fromkeys([*ALIKE, *columns]), "evidence", "source_ids"]
    )
    return _tracked(facts, rows, lines, columns)


def _numbered(row: Any) -> str:
    return row.title if missing(row.number) else f"{int(row.number)} {row.title}"


def every(facts: Facts, rows: pd.DataFrame) -> Exhibit:
    """The same tasks one by one, each with the way to what is behind it."""
    return _tracked(facts, rows, rows, listing(facts.as_of))


def _tracked(facts: Facts, tasks: pd.DataFrame, lines: pd.DataFrame, columns: dict) -> Exhibit:
    columns, unsaid = known_columns(lines, columns)
    caveats = [*CAVEATS, asked_for(unsaid)]
    finding = chosen(tasks, _announced(facts, tasks))
    return listed("task_lamps", TASKS, finding, lines, columns, caveats, links=LINKS)


def asked_for(unsaid: str) -> str:
    """The line for columns that would be empty throughout, with the way to ask."""
    return f"{unsaid}，可把“按单位”里的任务单附商请函征询" if unsaid else ""


def listing(as_of: date) -> dict[str, str]:
    """The columns of tasks one by one."""
    return {
        "number_words": "清单、序号",
        "title": "任务",
        "charge_words": "谁负责",
        "due_words": "时限",
        "lamp_words": "时限状态",
        "proof_words": proof_head(as_of),
        "self_words": "责任单位反馈（单位，日期）",
    }


@kept
def times(facts: Facts) -> Exhibit | Missing:
    """The delta's own tasks, one by one: what the date alone says and what public sources show."""
    rows = delta(board(facts.ask("task_schedule", as_of=facts.as_of), facts.as_of))
    if rows.empty:
        return Missing("任务清单", none_yet(facts.as_of))
    columns = {"number": "序号", "title": "任务", "lamp_words": "时限", "proof_words": "公开来源"}
    shape = table(rows, columns, (0.7, 4.4, 3.2, 3.8), SHOWN)
    more = {"list_short": "清单", **columns, "due_words": "时限原写法", "who": "责任单位"}
    caveats = [reckoned(facts.as_of), left_out(rows, SHOWN)]
    said = parts(standing(rows))
    return exhibit(
        "task_times", TASKS, **said, shape=shape, rows=rows, columns=more, caveats=caveats
    )


def behind(facts: Facts, task: pd.Series) -> Exhibit:
    """One task of the board: its promises, units, measures and reports, under its statuses."""
    rows = facts.ask("task_parts", task=task["task_id"], as_of=facts.as_of)
    columns = {
        "part": "类别",
        "number": "序号",
        "words": "内容",
        "detail": "说明",
        "stated": "日期",
    }
    return listed("task_parts", TASKS, one(task), rows, columns)


def one(row: pd.Series) -> str:
    """One task with its three statuses beside each other; from outside the delta with those who are to act."""
    said = (
        [row["lamp_words"], row["proof_dated"], f"责任单位反馈：{row['self_words']}"]
        if row["in_delta"]
        else ["外省做法参考", row["who"]]
    )
    # A title of its own that is too long for a heading stands below its number.
    short = len(row["title"]) <= TITLE
    name, beside = row["title"], row["number_words"]
    return "；".join([name, beside, *said] if short else [beside, name, *said])
