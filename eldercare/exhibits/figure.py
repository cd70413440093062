"""口径卡: one figure with all that must be known before it is said aloud, and what must not be said of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from eldercare import store, tables
from eldercare.exhibits import GAPS, TITLE_LENGTH, Exhibit, Facts, exhibit, kept
from eldercare.exhibits.claims import amount, day, quotable
from eldercare.exhibits.shapes import Items
from eldercare.measures import missing

COLUMNS = {"item": "项目", "words": "内容"}
SAY, NOT_SAY = "可以这样说", "不宜表述"
REACHES = ("达到", "突破", "超", "超过")
# How a sentence joins a figure to what it is, by the kind of its claim.
VERBS = {
    "actual": "为",
    "target": "的目标是",
    "plan": "的计划数是",
    "policy": "的政策标准是",
    "example": "（单个案例）为",
    "price": "（单个案例）为",
    "estimate": "测算为",
    "derived": "推算为",
    "unclear": "：来源所说为",
}
# What the kind of a claim forbids.
KINDS = {
    "target": "这是目标，不说成已经达到",
    "plan": "这是计划，不说成已经做到",
    "policy": "这是政策规定的标准，不说成实际发生的数",
    "example": "单个案例，不代表所在地区",
    "price": "单个案例的价格，不代表所在地区",
    "estimate": "测算数，不说成统计数",
    "derived": "推算数，不说成来源公布的数",
    "unclear": "来源没有写明是实际还是计划，不替它说明",
}
BASES = {
    "户籍": "户籍口径，不与常住口径相减、连线或合成比率",
    "常住": "常住口径，不与户籍口径相减、连线或合成比率",
    "未注明": "来源未写户籍还是常住，不替它补上",
}
SECOND_HAND = {
    "转载": "来源是转载，不说成发布单位原件",
    "二手": "二手转录，待核，不说成官方名单或统计",
    "媒体": "媒体报道的数，不说成统计公报的数",
}


@kept
def card(facts: Facts, figure: str) -> Exhibit:
    """The card of one figure by its code. Raises `KeyError` where there is none."""
    found = known(facts, [figure])
    if found.empty:
        raise KeyError(figure)
    row = found.iloc[0]
    entries = [(head, words) for head, words in _entries(row, found, facts) if words]
    carried = ("date", "date_precision", "date_label", "date_inferred", "kind", "base", "source_id", "evidence")  # fmt: skip
    rows = pd.DataFrame(entries, columns=list(COLUMNS)).assign(
        **{name: [row[name]] * len(entries) for name in carried}
    )
    title = f"口径卡：{row['amount']}"
    return exhibit(
        "figure_card",
        GAPS,
        title if len(title) <= TITLE_LENGTH else "口径卡",
        Items(tuple(entries)),
        rows,
        COLUMNS,
        subtitle=_name(row),
    )


def known(facts: Facts, figures: Sequence[str]) -> pd.DataFrame:
    """The figures of these codes with all their card says; what is no figure of a source is left out."""
    return facts.ask("figure_cards", figures=sorted(set(figures)))


def choices(facts: Facts, rows: pd.DataFrame) -> dict[str, str]:
    """The figures that an exhibit rests on: code and words, in house order; empty where it holds none."""
    if "observation_id" not in rows:
        return {}
    found = known(facts, [str(code) for code in rows["observation_id"].dropna()])
    return {row["observation_id"]: f"{_name(row)}：{row['amount']}" for _i, row in found.iterrows()}


def _name(row: pd.Series) -> str:
    """What the figure is, where and when."""
    parts = [_what(row), day(row), _base(row)]
    return "，".join(filter(None, parts))


def _base(row: pd.Series) -> str:
    told = {"不适用": "", "未注明": "口径未注明"}.get(row["base"], f"{row['base']}口径")
    return told + ("" if missing(row["reading"]) else f"（{row['reading']}）")


def _entries(row: pd.Series, rows: pd.DataFrame, facts: Facts) -> list[tuple[str, str]]:
    return [
        ("数值", f"{row['amount']}（{store.current().package.label('observations', 'kind', row['kind'])}）"),
        ("日期", day(row)),
        ("口径", _base(row)),
        ("说明", _said(row["note"])),
        ("定义与计数", "；".join(_ended(row[name]) for name in ("definition", "counting_rule") if not missing(row[name]))),
        ("来源与原文", _source(row, rows)),
        (SAY, sentence(row)),
        (NOT_SAY, "；".join(must_not(row, rows, facts)) or "数据里没有断点、限定或不同来源数据"),
        ("核定", row["confirmed_words"] if not missing(row["confirmed_words"]) else _unconfirmed(row)),
    ]  # fmt: skip


def _unconfirmed(row: pd.Series) -> str:
    return "待核" if row["source_class"] == "二手" else "公开来源，尚无部门核定"


def _source(row: pd.Series, rows: pd.DataFrame) -> str:
    told = [
        f"“{each.told}”" if each.quoted else each.marked
        for each in tables.evidence_of(rows)
        if not each.confirmed
    ]
    where = f"{row['publisher']}《{row['source_title'].strip('《》')}》（{row['source_class']}）"
    return "——".join(filter(None, ["；".join(told), where]))


def sentence(row: pd.Series) -> str:
    """The figure as one may say it: when, where, what, how much, on which base, by whom."""
    dated = not missing(row["date"])
    when = f"{day(row)}，" if dated else ""
    apart = "；".join(filter(None, [_base(row), "" if dated else "来源未注明日期"]))
    said = row["amount"] if not missing(row["value_text"]) else amount(row)
    verb = VERBS[row["kind"]]
    # 长护险月费（案例） says itself that it is one; 达到480万人 needs no 为.
    verb = "为" if verb.strip("（）为")[-2:] in row["indicator_title"] else verb
    verb = "" if verb == "为" and str(row["qualifier"]) in REACHES else verb
    source = f"据{row['publisher']}“{quotable(row['source_title'])}”"
    return f"{when}{_what(row)}{verb}{said}" + (f"（{apart}）" if apart else "") + f"，{source}。"


def _what(row: pd.Series) -> str:
    """The indicator with its place, which some indicators name themselves."""
    title = row["indicator_title"]
    return title if title.startswith(row["place"]) else f"{row['place']}{title}"


def must_not(row: pd.Series, rows: pd.DataFrame, facts: Facts) -> list[str]:
    """What must not be said of it: only what base, kind, breaks, qualifiers, caveats and rivals in the data forbid."""
    told = [
        "存疑，不引用" if row["doubtful"] else "",
        "" if row["shown"] else f"各页不用它作显示值{_reason(row)}",
        KINDS.get(row["kind"], ""),
        BASES.get(row["base"], ""),
        "" if missing(row["qualifier"]) else f"来源写“{row['qualifier']}”，不去掉这个词说成整数",
        "" if missing(row["break_note"]) else f"{_ended(row['break_note'])}：前后的数不连成一条线",
        "日期是推断的，不说成来源写明的日期" if row["date_inferred"] else "",
        _old(rows, facts),
        "" if missing(row["rival_words"]) else f"另有{row['rival_words']}：并列，不取平均",
        "" if missing(row["caveat"]) else f"说到它须带上：{_ended(row['caveat'])}",
        SECOND_HAND.get(row["source_class"], ""),
        "高低不说成成绩或差距" if row["measure"] == "ratio" and row["polarity"] == "none" else "",
        "" if missing(row["indicator_note"]) else _ended(row["indicator_note"]),
    ]
    return list(dict.fromkeys(filter(None, told)))


def _reason(row: pd.Series) -> str:
    return "" if missing(row["shown_reason"]) else f"（{_ended(row['shown_reason'])}）"


def _old(rows: pd.DataFrame, facts: Facts) -> str:
    old = tables.age_words(rows, facts.as_of)
    return f"{old}，不说成现在的数" if old else ""


def _said(words: Any) -> str:
    return "" if missing(words) else _ended(words)


def _ended(words: Any) -> str:
    return str(words).rstrip("。；")
