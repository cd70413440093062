"""待补充: what is to be supplied first, what is known of it, and who could say more. An absence is no verdict."""

from __future__ import annotations

from typing import Any

import pandas as pd

from eldercare import tables
from eldercare.exhibits import GAPS, Exhibit, Facts, kept, listed
from eldercare.exhibits.institutions import NO_FACETS

COLUMNS = {"what": "内容", "known": "已知", "who": "可商请"}


@kept
def first(facts: Facts) -> Exhibit:
    """Beds of the cities, names of the first list, insurance used elsewhere, beds of homes outside Shanghai."""
    rows = pd.DataFrame([_beds(facts), *_list(facts), _settled(facts), _homes(facts)])
    return listed(
        "wanted",
        GAPS,
        f"待补充的数据：{len(rows)}项；公开资料未载的，不等于没有；按收录的公开资料",
        rows,
        COLUMNS,
        slide={"what": 4, "known": 3, "who": 2},
        links={"what": "address"},
    )


def _row(what: str, known: str, who: str, address: str, rows: pd.DataFrame) -> dict[str, Any]:
    return {
        "what": what,
        "known": known,
        "who": who,
        "address": address,
        "source_ids": sorted({code for named in tables.sources_named(rows) for code in named}),
        "evidence": "；".join(dict.fromkeys(rows["evidence"].dropna())),
    }


def _beds(facts: Facts) -> dict[str, Any]:
    topics = facts.ask("coverage_topics")
    rows = topics[topics["topic"] == "床位"]
    row = rows.iloc[0]
    known = f"{row['known']}/{row['ranked']}个城市有数"
    return _row("各市养老床位（同一时点、口径）", known, "各市民政部门", "coverage", rows)


def _list(facts: Facts) -> list[dict[str, Any]]:
    """The first list of the whole delta, while not every home of it is known by name."""
    lists = facts.ask("list_coverage")
    rows = lists[(lists["place_code"] == "YRD") & (lists["named"] < lists["announced"])].head(1)
    return [
        _row(
            f"首批{row.announced}家的名称与现状",
            f"具名{row.named}家，线索{row.related}条待核",
            "名单发布单位",
            "institutions",
            rows,
        )
        for row in rows.itertuples()
    ]


def _settled(facts: Facts) -> dict[str, Any]:
    routes, cases = facts.ask("portability_routes"), facts.ask("settled_cases")
    n = int(cases["cases"].notna().sum()) if len(cases) else 0
    known = f"{routes['origin'].nunique()}地有政策，" + (f"{n}行有件数" if n else "件数未载")
    what = "长期护理保险异地结算件数"
    return _row(what, known, "医保部门", "pairing", routes)


def _homes(facts: Facts) -> dict[str, Any]:
    chosen = dict.fromkeys(NO_FACETS)
    rows = facts.ask(
        "institution_cities", demo=False, words="", insured=None, as_of=facts.as_of, chosen=chosen
    )
    rows = rows[(rows["place_code"] != "310000") & rows["institutions"].notna()]
    known = f"具名{int(rows['institutions'].sum())}家，{int(rows['reported'].sum())}家有床位数"
    return _row("上海以外各机构的床位", known, "设区市民政部门", "institutions", rows)
