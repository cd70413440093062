"""Findings about one pair or one place: its agreements by what they are, the latest move, what is open, how a stage is judged."""

from __future__ import annotations

import re

import pandas as pd

from eldercare.exhibits import TITLE_LENGTH
from eldercare.exhibits.claims import day, quotable
from eldercare.measures import QUIET, STAGES, missing, number
from eldercare.text import plain


def kinds(records: pd.DataFrame) -> list[str]:
    """Rows of agreements counted by what they are: only what a source calls signed is an agreement, a name in a report is none."""
    signed, stage = records["counts_as_signed"].astype("bool"), records["stage"]
    told = [
        (signed, "已签协议{n}份"),
        (stage == "paired", "结对{n}项"),
        (stage == "intent", "意向或拟议{n}项"),
        (stage == "joint_activity", "共同活动{n}项"),
        (~signed & stage.isin(["signed", "counterpart_unknown"]), "汇总报道点名{n}次"),
    ]
    return [
        words.format(n=int(which.sum()))
        + _brackets(unspecific(records[which], "份" if which is signed else "项"))
        for which, words in told
        if which.any()
    ]


def unspecific(records: pd.DataFrame, unit: str = "份") -> str:
    """How many of them are not about eldercare alone; empty when none. Agreements are counted in 份."""
    n = int((~records["eldercare_specific"].astype("bool")).sum())
    words = "不专为养老" if n == len(records) else f"其中{n}{unit}不专为养老"
    return words if n else ""


def _brackets(words: str) -> str:
    return f"（{words}）" if words else ""


def title(names: str, records: pd.DataFrame, place: pd.Series | None = None) -> str:
    """The pair or place and how many of each kind there are. A name in a report is no agreement.

    A `place` alone stands for the places and units inside it, and its title says so.
    """
    if records.empty:
        return f"{names}：{STAGES['none'].word}；点名的协议、结对与共同活动"
    inside = ""
    if place is not None:
        inside = (
            "含当地单位：" if place["level"] in ("district", "county") else "含所辖区县和当地单位："
        )
    led, told = _led(names, records), "、".join(kinds(records))
    return led if led == f"{names}：{told}" and not inside else f"{led}；{inside}{told}"


def _led(names: str, records: pd.DataFrame) -> str:
    """The place or pair with its first kind; where what must be said of the number finds no room, without the number."""
    first = kinds(records)[0]
    full = f"{names}：{first}"
    return full if len(full) <= TITLE_LENGTH else f"{names}：{re.split('[0-9]', first)[0]}"


def cards(
    records: pd.DataFrame,
    questions: pd.DataFrame,
    moves: pd.DataFrame,
    place: pd.Series | None = None,
) -> list[dict[str, str]]:
    """Four cards above a dossier: stage, agreements, latest public move (question latest_moves), what is open.

    `place` is the row of a place alone (question place_stages): its stage is that of the map, which looks at its ties
    across Shanghai's border; of two places it is the furthest stage of what names both.
    """
    top = None if records.empty else records.iloc[0]
    if place is not None:
        stage, note = (
            STAGES[place["stage"]],
            "与三省市县的养老往来" if place["level"] == "district" else "与上海各区的养老往来",
        )
    else:
        stage, note = (
            STAGES["none"] if top is None else STAGES[top["stage"]],
            "" if top is None else "两地各项中最高的一档",
        )
    counted = records[records["counts_as_signed"]]
    others = kinds(records[~records["counts_as_signed"].astype(bool)])
    return [
        {
            "label": "阶段",
            "value": stage.marked,
            "unit": "",
            "note": note,
        },
        {
            "label": "已签协议",
            "value": number(len(counted)) if len(counted) else STAGES["none"].word,
            "unit": "份" if len(counted) else "",
            "note": "；".join(
                filter(
                    None,
                    [
                        unspecific(counted),
                        "另有{others}".format(others="、".join(others)) if others else "",
                    ],
                )
            ),
        },
        latest(moves),
        {
            "label": "待查",
            "value": number(len(questions) if len(records) else 1),
            "unit": "项",
            "note": "是否有往来"
            if top is None
            else "；".join(_asked(questions, len(records))) or "没有",
        },
    ]


def _asked(questions: pd.DataFrame, records: int) -> list[str]:
    """What is open, each once; of several records with how many of them it is open."""
    counts = questions["question"].value_counts(sort=False)
    return [f"{words}（{n}项）" if records > 1 else words for words, n in counts.items()]


def latest(moves: pd.DataFrame) -> dict[str, str]:
    """The card of the latest public move of a place or of two places together. `moves`: question latest_moves."""
    row = moves.iloc[0]
    known = not missing(row["latest_words"])
    return {
        "label": "最近公开动态",
        "value": row["latest_words"] if known else "注明日期的未载",
        "unit": "",
        # Tourist trains stand in the history and are no move: a silence without these words would deny them.
        "note": f"{row['quiet_words']}（不计旅游专列与线路）"
        if known and row["quiet_words"] == QUIET.word
        else "不计旅游专列与线路；公开资料未载不等于没有往来",
    }


def questions(rows: pd.DataFrame) -> str:
    """How many open questions stand with how many agreements."""
    if rows.empty:
        return "没有待核的问题；点名的往来公开资料未载，或记录里没有缺项"
    return f"{rows['agreement_id'].nunique()}项往来有{len(rows)}个问题待核"


def pair(names: str, records: pd.DataFrame) -> str:
    """What two places agreed, how far it came and since when."""
    dated = records[records["date"].notna()].sort_values("date")
    # By a day is not since a day: then the record says when it was reported, no beginning.
    known = len(dated) and dated.iloc[0]["date_precision"] != "by_date"
    since = f"{day(dated.iloc[0])}起，" if known else ""
    top = records.iloc[0]
    # One activity is over: it has a day and no beginning.
    once = len(records) == 1 and top["stage"] == "joint_activity"
    return "{led}；{since}{n}“{title}”（{stage}）".format(
        led=_led(names, records),
        since=since.replace("起，", "，") if once else since,
        n="" if len(records) == 1 else f"{'、'.join(kinds(records))}，阶段最高的是",
        title=quotable(top["title"]),
        stage=top["stage_title"],
    )


def agreement(rows: pd.DataFrame) -> str:
    """The head of one block of a dossier. `rows`: question agreement_detail of one agreement."""
    return f"阶段：{rows['stage_title'].iloc[0]}；{rows['title'].iloc[0]}"


def stage_rules(rows: pd.DataFrame) -> str:
    """The published rule as a Markdown list: shape, word, rule and the words of the sources that fall under it."""
    lines = []
    for row in rows.itertuples():
        mark = STAGES[row.stage].shape if row.stage in STAGES else "Σ"
        words = "" if missing(row.words) else f"　归入的说法：{row.words}"
        lines.append(
            f"- {plain(mark)} **{plain(row.title)}**　{plain(row.rule)}:gray[{plain(words)}]"
        )
    lines.append(
        f"- {QUIET.shape} **{QUIET.word}**　不是阶段。一份协议看它的签署、后续事件与文本；一个地方（连同所辖区县）看点到它的协议、事件、名单、文件、基地与长护险政策；两地看点到双方的。只知年份或起止、可能早也可能晚的，不判断。"
    )
    return "\n".join(lines)
