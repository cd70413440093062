"""Findings of 协作历程: what happened, and what changed between two dates as sentences to read aloud."""

from __future__ import annotations

from datetime import date

import pandas as pd

from eldercare.findings import day
from eldercare.measures import day_words, missing
from eldercare.text import _


def history(rows: pd.DataFrame, as_of: date) -> str:
    """How much is on record, how much of it lately, and the last day."""
    happened = rows[~rows["planned"] & rows["date"].notna()]
    if happened.empty:
        return _("没有注明日期的公开记录")
    last = happened.loc[happened["date"].idxmax()]
    recent = happened[happened["date"] > pd.Timestamp(as_of) - pd.DateOffset(months=24)]
    return _("协作的公开记录{n}条，近24个月{m}条，最近一条在{day}").format(
        n=len(happened), m=len(recent), day=day(last).removeprefix(_("截至"))
    )


def lanes(rows: pd.DataFrame) -> str:
    """The kinds with most records."""
    counts = rows["lane"].value_counts().head(3)
    plans = int(rows["planned"].sum())
    return _("最多的是{kinds}；计划与目标{plans}条，用空心标出").format(
        kinds="、".join(f"{kind}{n}" for kind, n in counts.items()), plans=plans
    )


def changes(rows: pd.DataFrame, after: str, until: str) -> str:
    """The counts a speaker begins with. `rows`: question timeline_changes. What is only known by its year is counted apart."""
    sure = rows[~rows["uncertain"].astype(bool)]
    documents = sure["kind"] == _("文件")
    signed = sure["newly_signed"].astype(bool)
    further = sure["step"].isin([_("有项目"), _("有成果")]) & (sure["kind"] == _("协议"))
    words = _("{after}到{until}：新签协议{signed}份，有项目或成果{further}份，其他事件{events}件，文件{documents}份").format(
        after=after,
        until=until,
        signed=int(signed.sum()),
        further=int(further.sum()),
        events=int((~documents & ~signed & ~further).sum()),
        documents=int(documents.sum()),
    )
    tail = len(rows) - len(sure)
    return words + (_("；另有{n}条只知年份").format(n=tail) if tail else "")


def with_sentences(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with `number` and `sentence`: one sentence each, with its day and its publisher, to be read aloud."""
    return rows.assign(number=range(1, len(rows) + 1), sentence=[_sentence(row) for _index, row in rows.iterrows()])


def _sentence(row: pd.Series) -> str:
    if row["kind"] == _("协议") and missing(row["through"]):
        told = _("{who}：“{title}”，{step}").format(who=row["who"], title=row["title"], step=row["step"])
    elif row["kind"] == _("协议"):
        told = _("“{title}”{step}：{through}").format(title=row["title"], step=row["step"], through=row["through"])
    elif row["kind"] == _("文件") and not missing(row["who"]):
        told = _("{who}：{title}").format(who=row["who"], title=row["title"])
    else:
        told = row["title"]
    doubt = _("（只知年份，不一定在这段时间内）") if row["uncertain"] else ""
    return _("{day}，{told}{doubt}。").format(day=day(row), told=told.rstrip("。"), doubt=doubt)


def documents(rows: pd.DataFrame) -> str:
    """How many documents, how many with a number, how many only planned."""
    return _("登记文件{n}份：有文号的{numbered}份，拟定的{planned}份，未注明日期的{undated}份").format(
        n=len(rows),
        numbered=int(rows["document_number"].notna().sum()),
        planned=int((rows["status_title"] == _("拟定")).sum()),
        undated=int(rows["date"].isna().sum()),
    )


def months(first: date, last: date) -> list[str]:
    """Every month from `first` to `last` in words, newest first."""
    count = (last.year - first.year) * 12 + last.month - first.month
    steps = [divmod(last.year * 12 + last.month - 1 - back, 12) for back in range(count + 1)]
    return [day_words(date(year, month + 1, 1), "month") for year, month in steps]


def end_of(month: str) -> date:
    """The last day of a month in words (2024年11月)."""
    year, number = (int(part) for part in month.removesuffix(_("月")).split(_("年")))
    following = date(year + number // 12, number % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
