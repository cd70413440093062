"""From the list to the settlement: what is known on each rung, and by which rules a benefit goes along."""

from __future__ import annotations

from typing import Any

import pandas as pd

from eldercare import tables
from eldercare.exhibits import TOGETHER, Exhibit, Facts, kept, listed
from eldercare.exhibits.claims import amount, day
from eldercare.measures import day_words, missing

NONE = "暂无统一数据"
UNSAID, MISSING = "公开资料未载", "未载"
RUNGS = {
    "rung": "环节",
    "figure": "最新的数",
    "when": "日期",
    "beside": "说明",
    "who": "可商请",
}
TOPICS = {
    "assessment": "评估",
    "subsidy": "养老服务补贴",
    "insurance": "长护险",
}
DAY = ("date", "date_precision", "date_label", "date_inferred", "kind")


@kept
def ladder(facts: Facts) -> Exhibit:
    """List, beds, people who moved in, settled cases: the latest figure of each, in totals only, or that there is none."""
    rows = pd.DataFrame([_list(facts), _beds(facts), _moved(facts), _settled(facts)])
    known = [row.name for row in rows.itertuples(index=False) if row.figure != NONE]
    none = [row.name for row in rows.itertuples(index=False) if row.figure == NONE]
    told = [f"{'、'.join(known)}有数"] * bool(known) + [f"{'、'.join(none)}{NONE}"] * bool(none)
    return listed(
        "ladder",
        TOGETHER,
        f"{'，'.join(told)}；名单 → 床位 → 入住 → 结算：四个数各是一回事，不相除、不相减",
        rows,
        RUNGS,
        ["只用汇总数；不足10件的写少于10"],
        slide={"rung": 1.3, "figure": 2, "when": 1.6, "beside": 4, "who": 1.8},
    )


def _rung(
    name: str, sign: str, rests_on: pd.DataFrame, beside: str, who: str, row: Any = None
) -> dict[str, Any]:
    """One rung; `row` is the claim of its figure, without one there is no figure for the whole."""
    sources = [code for named in tables.sources_named(rests_on) for code in named]
    found = {
        "name": name,
        "rung": f"{sign}{name}",
        "figure": NONE,
        "when": "—",
        "beside": beside,
        "who": who,
        "source_ids": list(dict.fromkeys(sources)),
        "evidence": "；".join(dict.fromkeys(rests_on["evidence"].dropna())),
        "observation_id": None,
        **dict.fromkeys(DAY),
        "date_inferred": False,
    }
    if row is None:
        return found
    own = {column: row[column] for column in (*DAY, "observation_id")}
    own["date_inferred"] = bool(row["date_inferred"])
    return found | own | {"figure": amount(row), "when": day(row)}


def _latest(facts: Facts, indicator: str) -> pd.DataFrame:
    """What was counted for an indicator of the whole delta, the newest last."""
    rows = facts.ask("headline", as_of=facts.as_of)
    return rows[(rows["indicator_code"] == indicator) & (rows["kind"] == "actual")].sort_values(
        "date", kind="stable"
    )


def _list(facts: Facts) -> dict[str, Any]:
    homes, cities = _latest(facts, "list_institutions"), _latest(facts, "list_cities")
    beside = "首批异地养老机构名单" + (f"，{amount(cities.iloc[-1])}城市" if len(cities) else "")
    rests_on = pd.concat([homes.tail(1), cities.tail(1)])
    row = homes.iloc[-1] if len(homes) else None
    return _rung(
        "名单", "①", rests_on, f"{beside}；此后各批{UNSAID}", "民政部门、名单发布单位", row
    )


def _beds(facts: Facts) -> dict[str, Any]:
    beds = _latest(facts, "list_beds")
    row = beds.iloc[-1] if len(beds) else None
    beside = f"名单所列机构的床位；空余床位数{UNSAID}"
    return _rung("床位", "②", beds.tail(1), beside, "民政部门", row)


def _moved(facts: Facts) -> dict[str, Any]:
    """Nobody counts who moved; single homes are no sum of it."""
    rows = facts.ask("moved_people", as_of=facts.as_of)
    single = f"；只见单家机构的{len(rows)}个数，不相加" if len(rows) else ""
    return _rung("入住", "③", rows, f"跨省入住老年人总数{UNSAID}{single}", "民政部门")


def _settled(facts: Facts) -> dict[str, Any]:
    """The newest period that was reported, route by route: periods and schemes are no sum."""
    cases = facts.ask("settled_cases")
    cases = cases[cases["cases_words"].notna() & (cases["date"] <= pd.Timestamp(facts.as_of))]
    if len(cases):
        newest = cases[cases["date"] == cases["date"].max()]
        told = [
            f"{row.origin}参保人在{row.destination}：{row.scheme_title}{row.cases_words}件"
            for row in newest.itertuples()
        ]
        row = newest.iloc[0]
        beside = "按参保地与服务地报送，不加总" + (f"；另有{len(told) - 1}行" if told[1:] else "")
        found = _rung("结算", "④", newest, beside, "医保部门")
        when = day_words(row["date"], row["date_precision"])
        return found | {"figure": told[0], "when": when, "date": row["date"]} | {
            "date_precision": row["date_precision"], "date_inferred": False, "kind": "actual"
        }  # fmt: skip
    routes = facts.ask("portability_routes")
    routes = routes[routes["date"] <= pd.Timestamp(facts.as_of)]
    policies = f"{routes['origin'].nunique()}地有长护险异地使用的政策，" if len(routes) else ""
    return _rung("结算", "④", routes, f"{policies}结算件数{UNSAID}", "医保部门")


@kept
def rules(facts: Facts) -> Exhibit:
    """Assessment, subsidies and insurance of whoever moves, by the place that insures them."""
    rows = facts.ask("benefit_rules", as_of=facts.as_of)
    known = rows[rows[list(TOPICS)].notna().any(axis=1)]
    blank = rows.drop(known.index)
    bare = [TOPICS[name] for name in TOPICS if rows[name].isna().all()]
    title = f"待遇接续：{len(known)}地写明，{len(blank)}省（市）未载"
    told = [title] + [f"{'、'.join(bare)}的异地接续规则{UNSAID}"] * bool(bare)
    insurer, payer = rows["insurance_department"].iloc[0], rows["subsidy_department"].iloc[0]
    columns = {
        "place": "参保地",
        "assessment": f"评估（{insurer}部门）",
        "subsidy": f"养老服务补贴（{payer}部门）",
        "insurance": f"长期护理保险（长护险，{insurer}部门）",
        "documents": "依据",
        "validity": "起止",
    }
    return listed(
        "benefit_rules",
        TOGETHER,
        "；".join(told),
        _worded(known, blank),
        columns,
        [
            "未载不等于没有规则；括号内是可商请的部门",
            "省（市）是全省（市）的办法，其中的城市另列；试点连锁、分支与点名机构见“待遇异地使用”",
        ],
        slide={"place": 1.4, "assessment": 2.2, "subsidy": 1.8, "insurance": 4, "validity": 2.2},
        file_columns={**columns, "evidence": "原文摘录"},
    )


def _worded(known: pd.DataFrame, blank: pd.DataFrame) -> pd.DataFrame:
    """Blanks as words, from when a rule holds; provinces of which nothing is known in one row."""
    rows = known
    if len(blank):
        joined = blank.head(1).assign(place="、".join(blank["place"]), place_code=None)
        rows = pd.concat([known, joined]) if len(known) else joined
    filled = {
        name: [MISSING if missing(words) else words for words in rows[name]]
        for name in (*TOPICS, "documents")
    }
    return rows.assign(**filled, validity=[_validity(row) for _i, row in rows.iterrows()])


def _validity(row: pd.Series) -> str:
    if missing(row["date"]):
        return MISSING
    return f"{day(row)}；止期{MISSING}"
