"""How the records of one place are counted and named: by what each of them is, never by the heading it stands under."""

from __future__ import annotations

import pandas as pd

from eldercare.exhibits.pairing import dossier

# What is counted by its own words though it stands in the part of another thing.
APART = {
    "来源点名": "首批名单点名{n}条",
    "机构入选": "名单入选机构{n}家",
    "相关说法": "名单相关说法{n}条",
    "列入": "首批试点{n}条",
    "旅居地与目的地": "旅居地与目的地{n}处",
    "同场另报": "同一活动另行报道{n}条",
}


def planned(rows: pd.DataFrame) -> pd.Series:
    """Which records of a place say what is to be, not what was."""
    return rows["state"].astype("str").str.startswith(("计划", "目标："))


def told(part: str, rows: pd.DataFrame) -> list[str]:
    """One part of the records counted by kind: signed is not paired, a pilot is no list, a plan is no event."""
    if part == "协议":
        return dossier.kinds(rows)
    plans = int(planned(rows).sum())
    found = [words for words, which in kinds(part, rows) if which.any()]
    if plans and found:
        return [*found[:-1], found[-1] + f"（另有计划与目标{plans}条）"]
    return [*found, *([f"计划与目标{plans}条（{part}）"] if plans else [])]


def kinds(part: str, rows: pd.DataFrame) -> list[tuple[str, pd.Series]]:
    """Words with the records they count, of one part and without its plans; several of the words may count none."""
    own = (rows["part"] == part) & ~planned(rows)
    plain_ones = own & ~rows["state"].isin(list(APART))
    note = _beside(rows.loc[plain_ones, "detail"].astype("str"))
    found = [(f"{part}{int(plain_ones.sum())}条{note}", plain_ones)]
    for state, words in APART.items():
        which = own & (rows["state"] == state)
        found.append((words.format(n=int(which.sum())), which))
    return found


def _beside(details: pd.Series) -> str:
    """Whom they concern, where that is so of all that are counted; else how many are those of a place within."""
    concerned = details.str.extract("（(涉及[^）]+)）$", expand=False)
    if len(details) and concerned.notna().all() and concerned.nunique() == 1:
        return f"（{concerned.iloc[0]}）"
    within = details.str.extract("（(所辖[^）]+)）$", expand=False).value_counts()
    return (
        "（其中{}）".format("、".join(f"{name}{n}条" for name, n in within.items()))
        if len(within)
        else ""
    )


def with_limit(lamp: str, limit: str) -> str:
    """The sign, 未定时限 and, in brackets, the words of the source or 2025年，总目标: what the lamp says is not said again, no brackets in brackets."""
    inner = limit.removeprefix(lamp.split(" ", 1)[-1])
    inner = inner[1:-1] if inner != limit and inner.startswith("（") else inner
    return f"{lamp}（{inner.replace('（', '，').replace('）', '')}）" if inner else lamp
