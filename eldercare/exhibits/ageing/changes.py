"""变化较大: the cities and districts whose share moved most between the two censuses, on equal boundaries. No judgement, no order by size."""

from __future__ import annotations

import pandas as pd

from eldercare.exhibits import STATE, Exhibit, Facts, Missing, kept, listed
from eldercare.exhibits.claims import peers_words
from eldercare.exhibits.place_tables import with_pages

# A change is large among its peers from here: the upper quarter of them.
LARGE = 0.75
COLUMNS = {
    "name": "地区",
    "value_2010": "2010年占比（%）",
    "value": "2020年占比（%）",
    "change": "十年升降（百分点）",
    "boundary_note": "区划",
}
PEOPLE = {"elders_2010": "2010年（人）", "elders": "2020年（人）"}


@kept
def larger(facts: Facts, age: int = 60) -> Exhibit | Missing:
    """Cities, then Shanghai's districts, whose share rose or fell by at least as much as the upper quarter of their peers."""
    known = facts.ask("elder_share", age=age).dropna(subset=["change"])
    groups = [(peers, part, _limit(part)) for peers, part in known.groupby("peers", sort=False)]
    chosen = [part[part["change"].abs() >= limit] for _peers, part, limit in groups]
    if not chosen:
        return Missing("变化较大", "没有两次普查可比的数字")
    told = [
        f"{peers_words(str(peers), len(part))}为{limit:.2f}个百分点"
        for peers, part, limit in groups
    ]
    counts = "、".join(
        f"{len(part)}个{_unit(str(p))}" for (p, *_), part in zip(groups, chosen, strict=True)
    )
    finding = (
        f"变化较大：{counts}；{age}岁及以上占比十年升降不小于同级地区的上四分位（{'，'.join(told)}）"
        "；两年均按2020年区划，只说变化大小，不作评价"
    )
    return listed(
        "larger_changes",
        STATE,
        finding,
        with_pages(pd.concat(chosen)),
        COLUMNS,
        [
            "只列两次普查按2020年区划可比的数字；按地区次序，不按变化大小",
            "上四分位：同级地区升降（绝对值）由小到大，第75百分位的数",
        ],
        slide={"name": 1.4, "value_2010": 1.5, "value": 1.5, "change": 1.6},
        links={"name": "address"},
        file_columns=COLUMNS | PEOPLE,
    )


def _limit(part: pd.DataFrame) -> float:
    return float(part["change"].abs().quantile(LARGE))


def _unit(peers: str) -> str:
    return "上海的区" if peers == "district" else "城市"
