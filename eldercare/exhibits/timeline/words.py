"""Findings of 协作历程: what happened, and what changed between two dates as sentences to read aloud."""

from __future__ import annotations

from datetime import date

import pandas as pd

from eldercare.exhibits.claims import day, quotable
from eldercare.measures import day_words, missing

NAMED_KINDS = 3


def history(rows: pd.DataFrame, as_of: date) -> str:
    """How much is on record, how much of it lately, and the last day; tourist trains are none of it. What may lie before the 24 months is counted apart."""
    dated = rows[~rows["planned"] & rows["date"].notna()]
    happened = dated[dated["cooperation"]]
    trips = len(dated) - len(happened)
    if happened.empty:
        return "注明日期的事件与文件：所收公开资料未载"
    # A stretch, a year, or a report of what was by its day, has no day of its own.
    exact = happened[happened["date_precision"].isin(["day", "month"])]
    last = exact.loc[exact["date"].idxmax()] if len(exact) else None
    cut = pd.Timestamp(as_of) - pd.DateOffset(months=24)
    recent = happened[happened["date"] >= cut]
    # What happened by a day has no first day: like in the list of changes it is not certain.
    vague = int((~(recent["first_day"] >= cut)).sum())
    return (
        "所收注明日期的事件与文件{n}条；含外省做法参考{trips}；近24个月{m}条{vague}{last}".format(
            n=len(happened),
            trips=f"，不含旅游专列与线路{trips}条" if trips else "",
            m=len(recent) - vague,
            vague=f"（另有{vague}条只知年份、起止或不晚于某日）" if vague else "",
            last="" if last is None else f"，写到月日的最近一条{day(last)}",
        )
    )


def newest(rows: pd.DataFrame) -> str:
    """The day of the newest public event; `rows` are the newest first."""
    last = day(rows.iloc[0]) if len(rows) else "公开资料未载"
    return f"最近的养老合作动态；长三角最新一条：{last}"


def lanes(rows: pd.DataFrame) -> str:
    """How many are drawn, by kind; what has no date stands in the table alone."""
    drawn = rows[rows["date"].notna()]
    happened = drawn[~drawn["planned"]]
    undated, plans = len(rows) - len(drawn), int(drawn["planned"].sum())
    told = "图上已发生的{n}条；{kinds}".format(n=len(happened), kinds=_by_lane(happened["lane"]))
    tails = [(plans, "；计划与目标{n}条，用空心标出"), (undated, "；未注明日期的{n}条只在表中")]
    first = told if len(happened) else "注明日期的事件与文件：公开资料未载"
    return first + "".join(words.format(n=n) for n, words in tails if n)


def _by_lane(kinds: pd.Series) -> str:
    """The kinds by number; of many the first three, the rest summed."""
    counts = list(kinds.value_counts().items())
    named = counts if len(counts) <= NAMED_KINDS + 1 else counts[:NAMED_KINDS]
    rest = [n for _kind, n in counts[len(named) :]]
    told = [f"{kind}{n}" for kind, n in named]
    return "、".join([*told, *([f"其余{len(rest)}类{sum(rest)}"] if rest else [])])


def no_days_between(after: str, until: str) -> str:
    """Why the two months chosen enclose nothing; empty when they do enclose days."""
    if after == until:
        return "“从”与“到”是同一个月底，没有可比的时段"
    return f"起止颠倒：从{after}到{until}" if end_of(after) > end_of(until) else ""


def changes(rows: pd.DataFrame, after: str, until: str) -> str:
    """The counts a speaker begins with. `rows`: question timeline_changes. What may lie before the first date is counted apart."""
    sure = rows[~(rows["uncertain"] | rows["before"]).astype(bool)]
    documents = sure["kind"] == "文件"
    signed = sure["newly_signed"].astype(bool)
    further = sure["step"].isin(["有项目", "有成果"]) & (sure["kind"] == "协议")
    loose = sure["kind"] == "协议"
    both = int((signed & further).sum())
    parts = [
        (signed, "新签协议{n}份" + (f"（其中{both}份当日即有项目或成果）" if both else "")),
        (further & ~signed, "此前已签而新有项目或成果{n}份"),
        (loose & ~signed & ~further, "结对、意向与共同活动{n}项"),
        (~documents & ~loose & ~signed & ~further, "其他事件{n}件"),
        (documents, "文件{n}份"),
    ]
    told = [words.format(n=int(which.sum())) for which, words in parts if which.any()]
    # Nothing found is no count of nothing.
    bare = [] if signed.any() else ["点名各方的新签协议未载"]
    words = "{after}到{until}的变化；所收公开资料：{told}".format(
        after=after, until=until, told="；".join(filter(None, ["，".join(told), *bare]))
    )
    earlier = rows[rows["before"].astype(bool)]
    agreed = int(earlier["newly_signed"].sum())
    tails = [
        (agreed, "；另有{n}份协议在报道日以前已签，日期未知"),
        (len(earlier) - agreed, "；另有{n}条只知不晚于某日"),
        (int(rows["uncertain"].sum()), "；另有{n}条只知年份或起止，不一定在这段时间内"),
    ]
    return words + "".join(tail.format(n=n) for n, tail in tails if n)


def with_sentences(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with `number` and `sentence`: one sentence each, with its day and its publisher, to be read aloud."""
    return rows.assign(
        number=range(1, len(rows) + 1), sentence=[_sentence(row) for _index, row in rows.iterrows()]
    )


def _sentence(row: pd.Series) -> str:
    if row["kind"] == "协议" and missing(row["through"]):
        told = "{who}：“{title}”，{step}".format(
            who=row["who"], title=quotable(row["title"]), step=row["step"]
        )
    elif row["kind"] == "协议":
        told = (
            "{who}：“{title}”，已签约，{step}：{through}"
            if row["newly_signed"]
            else "“{title}”{step}：{through}"
        ).format(**{**row, "title": quotable(row["title"])})
    elif row["kind"] == "文件" and not missing(row["who"]):
        told = "{who}：{title}".format(who=row["who"], title=row["title"])
    else:
        told = row["title"]
    doubt = ""
    if row["before"]:
        doubt = "（确切日期未知）"
    elif row["uncertain"]:
        spans = {"year": "只知年份", "month": "只知月份"}
        doubt = "（{span}，不一定在这段时间内）".format(
            span=spans.get(row["date_precision"], "写的是一段期间")
        )
    return "{day}，{told}{doubt}。".format(day=day(row), told=told.rstrip("。"), doubt=doubt)


def documents(rows: pd.DataFrame) -> str:
    """How many documents, how many with a number or without a day; what is only planned is none yet."""
    planned = rows["status_title"] == "拟定"
    issued = rows[~planned]
    numbered, undated = (
        int(issued["document_number"].notna().sum()),
        int(issued["date"].isna().sum()),
    )
    parts = [(numbered, "有文号的{n}份"), (undated, "未注明日期的{n}份")]
    told = "，".join(words.format(n=n) for n, words in parts if n)
    first = f"登记文件{len(issued)}份" if len(issued) else "登记文件：所收公开资料未载"
    tail = f"；另有拟定的{int(planned.sum())}份" if planned.any() else ""
    return first + (f"；{told}" if told else "") + tail


def months(first: date, last: date) -> list[str]:
    """Every month from `first` to `last` in words, newest first."""
    count = (last.year - first.year) * 12 + last.month - first.month
    steps = [divmod(last.year * 12 + last.month - 1 - back, 12) for back in range(count + 1)]
    return [day_words(date(year, month + 1, 1), "month") for year, month in steps]


def end_of(month: str) -> date:
    """The last day of a month in words (2024年11月)."""
    year, number = (int(part) for part in month.removesuffix("月").split("年"))
    following = date(year + number // 12, number % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
