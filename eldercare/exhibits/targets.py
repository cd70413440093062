"""分段目标: a path to a target only where a source states milestones; else its start and the target, without a path between."""

from __future__ import annotations

from typing import Any

import pandas as pd

from eldercare.exhibits import TASKS, Exhibit, Facts, Missing, exhibit, kept, listed, parts
from eldercare.exhibits.claims import amount, day
from eldercare.exhibits.series import lines
from eldercare.measures import day_words, missing

STAGED, PLAIN = "写明分段", "未写分段"
COLUMNS = {
    "label": "地区",
    "indicator_title": "指标",
    "start_words": "起点（此前最近的实际数）",
    "goal_words": "目标",
    "stage_words": "分段",
    "tasks_words": "对应的任务",
}
STAGES = {
    "label": "地区",
    "indicator_title": "指标",
    "amount": "目标",
    "day": "目标年份",
    "tasks_words": "对应的任务",
}
# Two years make a path.
FEWEST = 2


@kept
def paths(facts: Facts) -> Exhibit | Missing:
    """The targets of which a source states two years or more, each as a dotted path; what was counted stands apart."""
    rows = _known(facts)
    rows = rows[rows["stages"] >= FEWEST]
    if rows.empty:
        return Missing("分段目标", "所收来源没有一个目标写明两个以上的年份，所以不画路径")
    told = "；".join(
        f"{legend}{'、'.join(f'{day(row)}{amount(row)}' for _at, row in part.iterrows())}"
        for legend, part in rows.groupby("legend", sort=False)
    )
    count = rows["series"].nunique()
    return exhibit(
        "target_paths",
        TASKS,
        **parts(f"写明分段的目标：{count}个；{told}；只是同一来源写明的年份，不是实际数"),
        # Each target says its own unit.
        shape=lines(rows, ""),
        rows=rows,
        columns=STAGES,
        caveats=["目标不是现状；各年之间来源没有写，不内插", *_bare(rows)],
        links={"tasks_words": "task_page"},
    )


@kept
def every(facts: Facts) -> Exhibit | Missing:
    """Every target with a number: start, target, whether its source states stages, and the task that the links hold."""
    rows = _known(facts)
    if rows.empty:
        return Missing("有数字的目标", "所收来源没有写明数字的目标")
    staged = rows[rows["stages"] >= FEWEST]["series"].nunique()
    linked = int((rows["tasks_words"] != "—").sum())
    finding = (
        f"有数字的目标：{len(rows)}条；{staged or '没有一'}个目标写明分段"
        f"，其余只有起点与目标，不画路径；{linked}条对应任务；是否达到以来源为准"
    )
    return listed(
        "target_list",
        TASKS,
        finding,
        rows,
        COLUMNS,
        [
            "起点取目标年份以前同一地区、同一指标、同一口径最近的实际数；没有的写未载",
            "任务与指标的对应见任务台账的关联，未作新的推断",
        ],
        slide={
            "label": 1.3,
            "indicator_title": 2.4,
            "start_words": 2,
            "goal_words": 2,
            "stage_words": 1,
        },
        links={"tasks_words": "task_page"},
    )


def _known(facts: Facts) -> pd.DataFrame:
    rows = facts.ask("target_stages", as_of=facts.as_of)
    return rows.assign(
        goal=[amount(row) for _at, row in rows.iterrows()],
        start_words=[_start(row) for row in rows.itertuples()],
        goal_words=[_goal(row) for _at, row in rows.iterrows()],
        stage_words=[STAGED if n >= FEWEST else PLAIN for n in rows["stages"]],
        tasks_words=["—" if missing(words) else words for words in rows["tasks"]],
        task_page=["" if missing(code) else f"tasks?tasks_task={code}" for code in rows["task_id"]],
    )


def _start(row: Any) -> str:
    if missing(row.start_value):
        return "未载"
    when = day_words(row.start_date, row.start_precision, row.start_label, bool(row.start_inferred))
    told = f"{row.start_value:,.0f}{row.unit}" if missing(row.start_amount) else row.start_amount
    return f"{told}（{when}）"


def _goal(row: pd.Series) -> str:
    read = "" if missing(row["reading"]) else f"，按“{row['reading']}”读"
    # A day is that of the paper: the target has no year of its own.
    when = "目标年份未写" if row["date_precision"] == "day" else day(row)
    return f"{amount(row)}（{when}{read}）"


def _bare(rows: pd.DataFrame) -> list[str]:
    gone = rows[rows["start_value"].isna()]["legend"].drop_duplicates()
    return [f"{'、'.join(gone)}的现值公开资料未载"] if len(gone) else []
