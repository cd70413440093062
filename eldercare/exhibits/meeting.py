"""What a meeting looks at: what was asked and answered since the last one, obstacles that may be named, topics to propose, rows that changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from eldercare.exhibits import GAPS, TOGETHER, Exhibit, Facts, Missing, kept, listed
from eldercare.exhibits.wanted import first
from eldercare.measures import day_words, number

NO_COMMON = "暂无统一数据"
REQUESTS = {
    "place_label": "地区",
    "department": "部门",
    "state": "状态",
    "evidence": "经过",
}
OBSTACLES = {"title": "事项", "parties_words": "涉及", "resolver": "可由谁协调", "agreed": "各方同意公开"}  # fmt: skip
TOPICS = {"what": "建议议题", "known": "现有数据", "who": "可商请"}
RECORDED = {"table": "数据表", "new": "新增", "changed": "修改", "gone": "删除"}


@kept
def asked(facts: Facts, since: date) -> Exhibit | Missing:
    """The departments that were asked, or answered, since a day; each with the newest step of its request."""
    rows = facts.ask("requests_since", after=since, as_of=facts.as_of)
    if rows.empty:
        return Missing("商请与回函", f"{day_words(since, 'day')}以来没有商请补充数据的记录")
    counts = rows["state"].value_counts(sort=False)
    told = "，".join(f"{state}{count}" for state, count in counts.items())
    finding = f"商请与回函：{number(len(rows))}件；{day_words(since, 'day')}以来有进展的，{told}"
    return listed("meeting_requests", GAPS, finding, rows, REQUESTS)


@kept
def obstacles(facts: Facts) -> Exhibit | Missing:
    """Obstacles to cooperation that every party agreed to name; all others are nobody's business."""
    rows = facts.ask("obstacles_agreed", as_of=facts.as_of)
    if rows.empty:
        return Missing("待解决事项", "没有各方都同意公开的事项")
    rows = rows.assign(
        parties_words=["、".join(names) for names in rows["parties"]],
        agreed=[day_words(day, "day") for day in rows["agreed_on"]],
    )
    finding = f"待解决事项：{number(len(rows))}项；各方均已同意公开"
    return listed("meeting_obstacles", TOGETHER, finding, rows, OBSTACLES)


@kept
def topics(facts: Facts) -> Exhibit:
    """What no source counts in one way for all, first; then what else is to be supplied."""
    moved, cases = facts.ask("moved_people", as_of=facts.as_of), facts.ask("portability_routes")
    settled = facts.ask("settled_cases")
    reported = int(settled["cases"].notna().sum()) if len(settled) else 0
    known = f"；只见单家机构的{len(moved)}个数" if len(moved) else ""
    told = f"；{cases['origin'].nunique()}地有政策，" + (
        f"{reported}行有件数" if reported else "件数未载"
    )
    rows = [
        _topic("统一统计跨省入住养老机构的人数", NO_COMMON + known, "三省一市民政部门", moved),
        _topic("统一统计待遇异地结算的人次", NO_COMMON + told, "三省一市医保部门", cases),
    ]
    # Settled cases stand above already.
    others = first(facts).rows
    others = others[~others["what"].str.contains("结算")]
    table = pd.concat([pd.DataFrame(rows), others], ignore_index=True)
    finding = f"建议议题：{len(table)}项；跨省入住人数、结算人次{NO_COMMON}；按公开资料的缺口提出"
    return listed(
        "meeting_topics", GAPS, finding, table, TOPICS, slide={"what": 3.4, "known": 4, "who": 2}
    )


def _topic(what: str, known: str, who: str, rows: pd.DataFrame) -> dict[str, Any]:
    return {
        "what": what,
        "known": known,
        "who": who,
        "source_ids": sorted(set(rows["source_id"].dropna())) if "source_id" in rows else [],
        "evidence": "；".join(dict.fromkeys(rows["evidence"].dropna())),
    }


def recorded(
    counts: Mapping[str, Mapping[str, int]], sources: Mapping[str, Sequence[str]], before: str
) -> Exhibit | Missing:
    """How many rows of each table are new, changed and gone since another release, by title of the table."""
    if not counts:
        return Missing("数据的增改", f"与版本{before}相比没有改动")
    rows = pd.DataFrame(
        [{"table": table, **kinds, "source_ids": sources[table]} for table, kinds in counts.items()]
    )
    whole = {kind: number(int(rows[kind].sum())) for kind in ("new", "changed", "gone")}
    finding = f"数据改动：{len(rows)}张表；与版本{before}相比，" + "新增{new}行，修改{changed}行，删除{gone}行".format(**whole)  # fmt: skip
    return listed("meeting_recorded", GAPS, finding, rows, RECORDED, ["改动不等于情况变化：含更正与补录"])  # fmt: skip
