"""The units that tasks name: how many each has, and the sheet that is handed to one of them."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

import pandas as pd

from eldercare.exhibits import TASKS, Exhibit, Facts, kept, known_columns, listed
from eldercare.exhibits.tasks import CAVEATS, LINKS, PAIRED, TRACKING, dates, kinds
from eldercare.measures import day_words, missing

SHEET = {
    "number_words": "清单、序号",
    "title": "任务",
    "role": "角色",
    "lead_words": "牵头",
    "due_words": "时限",
    "lamp_words": "时限状态",
    "proof_dated": "证据",
    "self_words": "责任单位反馈",
    "progress_words": "进展（责任单位反馈）",
    "self_problems": "存在问题",
    "self_next": "下一步",
}
# What this project says of a task, not its list.
OURS = {
    "lamp_words", "proof_dated", "proof_words", "proof_line", "self_words", "self_by", "progress_words", "self_problems", "self_next",
}  # fmt: skip


def unknown_unit(asked: str, shown: str) -> str:
    """What the page says when an address names a unit that no list has."""
    return f"没有“{asked[:20]}”这个责任单位，先显示{shown}；请在上方选择。"


def named(loads: pd.DataFrame) -> dict[str, str]:
    """Each unit as it is called: what stands in a list of one place carries that place."""
    return {
        row.unit: row.unit if row.of_delta else f"{row.unit}（{row.places}）"
        for row in loads.itertuples()
    }


def sheet(rows: pd.DataFrame, unit: str) -> Exhibit:
    """The tasks of one unit (`of_unit`), those it leads first; tasks from outside the delta carry no status of ours."""
    ours = set() if rows["in_delta"].any() else OURS
    columns, files = (
        {name: words for name, words in all_.items() if name not in ours}
        for all_ in (SHEET, TRACKING)
    )
    columns, unsaid = known_columns(rows, columns)
    finding = "；".join(filter(None, [f"{unit}的任务单", unsaid, printed(rows)]))
    more = {"links": LINKS, "file_columns": files}
    return listed("unit_sheet", TASKS, finding, rows, columns, **more)


def printed(rows: pd.DataFrame) -> str:
    """What a print of the page is: in the delta a form that goes with a letter, elsewhere the list as its source has it."""
    if rows["in_delta"].any():
        return (
            "打印本页得到A4任务单，进展、存在问题、下一步留空，供附商请函使用，请有关单位自愿填写。"
        )
    return "打印本页得到这个单位的任务原文（外省做法参考），不作填报。"


@kept
def loads(facts: Facts) -> Exhibit:
    """The delta's units with their tasks, and how few lead."""
    rows = facts.ask("unit_loads", as_of=facts.as_of)
    rows = rows[rows["in_delta"]]
    columns = {
        "unit": "责任单位",
        "leads": "牵头",
        "joins": "其他责任",
        "dated": "有时限",
        "past": "期限已过",
        "lists": "清单",
    }
    return listed("unit_loads", TASKS, counted(rows), rows, columns)


def counted(rows: pd.DataFrame) -> str:
    """The units with most tasks, and how few lead."""
    if rows.empty:
        return "没有责任单位"
    top = "、".join(f"{r.unit}{r.leads + r.joins}" for r in rows.head(3).itertuples())
    leads = int((rows["leads"] > 0).sum())
    return f"责任单位{len(rows)}种，写作牵头的{leads}种；来源所写；任务最多的：{top}"


def of_unit(rows: pd.DataFrame, unit: str) -> pd.DataFrame:
    """The tasks of one unit, those it leads first, with its role; published results ask nothing of it."""
    own = rows[
        (rows["list_kind"] != "achievement") & rows["units"].map(lambda names: unit in names)
    ]
    leads = [not missing(r.lead_unit) and unit in r.lead_unit.split("、") for r in own.itertuples()]
    role = [
        "牵头" if lead else r.roles[r.units.index(unit)]
        for lead, r in zip(leads, own.itertuples(), strict=True)
    ]
    order = pd.Series(leads, index=own.index).sort_values(ascending=False, kind="stable").index
    return own.assign(role=role).loc[order]


def unit_sheet(rows: pd.DataFrame, unit: str, as_of: date) -> str:
    """The head of the sheet that is handed to a unit."""
    leads = int((rows["role"] == "牵头").sum())
    if set(rows["role"]) == {PAIRED}:
        # Whom the source pairs with others it does not charge with the single tasks.
        return "{unit}：来源写“{paired}”，列在{kinds}中，没有分项写责任；{dates}（状态截至{day}）".format(
            unit=unit,
            paired=PAIRED,
            kinds=kinds(rows),
            dates=dates(rows),
            day=day_words(as_of, "day"),
        )
    head = "{unit}：{kinds}，{lead}".format(
        unit=unit,
        kinds=kinds(rows),
        lead=f"牵头{leads}项" if leads else f"{'均' if len(rows) > 1 else ''}未写由其牵头",
    )
    if not rows["in_delta"].any():
        return f"{head}（外省做法参考）"
    return "{head}；{dates}（状态截至{day}）".format(
        head=head, dates=dates(rows), day=day_words(as_of, "day")
    )


def sheet_links(units_: tuple[str, ...], view: str, kept: str) -> dict[str, str]:
    """The sheet of each unit, by words and address; `view` is the name of the view that shows sheets."""
    return {
        f"{unit}的任务单": f"tasks?tasks_view={quote(view)}&tasks_sheet={quote(unit)}{kept}"
        for unit in units_
    }


def list_link(unit: str, kept: str, view: str) -> dict[str, str]:
    """The tasks of one unit in the view that lists them, by words and address."""
    address = f"tasks?tasks_view={quote(view)}&tasks_unit={quote(unit)}{kept}"
    return {f"在{view}里看{unit}的任务": address}


def sheet_foot(release: pd.Series, cited: pd.DataFrame) -> list[str]:
    """What the printed sheet rests on: data version, rule of the dates, sources."""
    return [
        "数据版本 {version}（{hash}），汇编止于{day}".format(
            version=release["version"],
            hash=release["content_hash"][:8],
            day=day_words(release["as_of"], "day"),
        ),
        *CAVEATS,
        "来源：{names}".format(
            names="；".join(f"{row.title}（{row.source_class}）" for row in cited.itertuples())
        ),
    ]
