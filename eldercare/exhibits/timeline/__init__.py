"""历程: dated events and documents, and what changed between two dates as a list to read aloud."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from eldercare import tables
from eldercare.exhibits import TOGETHER, Exhibit, Facts, exhibit, kept, listed, parts, table
from eldercare.exhibits.claims import day
from eldercare.exhibits.shapes import Event, Timeline
from eldercare.exhibits.timeline import words
from eldercare.measures import day_words, missing

DOCUMENTS, NEWEST, ROWS = "文件", 8, 9
# What lies before stands at the edge of the axis.
FIRST = date(2018, 1, 1)


def kinds(facts: Facts) -> list[str]:
    """Every kind of event, documents last."""
    return [*facts.ask("event_lanes")["lane"], DOCUMENTS]


def known(facts: Facts, chosen: Sequence[str] | None = None, party: str = "") -> pd.DataFrame:
    """The events and documents of the `chosen` kinds, those of a `party` alone where one is named."""
    return facts.ask(
        "timeline_events",
        **facts.narrowed,
        everywhere=facts.cities is None,
        party=party,
        kinds=kinds(facts) if chosen is None else list(chosen),
        as_of=facts.as_of,
    )


@kept
def axis(facts: Facts, chosen: Sequence[str] | None = None, party: str = "") -> Exhibit:
    """All that is on record along time, by kind; what has no date stands in the table alone."""
    rows = known(facts, chosen, party)
    dated = rows[rows["date"].notna()].sort_values(["lane_order", "date"])
    shape = Timeline(tuple(_event(row) for _i, row in dated.iterrows()), facts.as_of, FIRST)
    columns = {
        "day": "日期",
        "lane": "类",
        "kind_title": "种类",
        "title": "事件或文件",
        "place_text": "地点",
        "parties": "参与方",
        "planned": "计划",
        "source_title": "来源",
    }
    caveats = [
        "实心已发生，空心为计划与目标；同一类里日期相近的上下错开",
        "未注明日期的只在表中",
        "选定城市后列该市（含所辖区县）参与的和在该市举行的",
    ]
    return exhibit(
        "timeline",
        TOGETHER,
        **parts(words.lanes(rows), facts.scope),
        shape=shape,
        rows=rows,
        columns=columns,
        caveats=caveats,
    )


def _event(row: Any) -> Event:
    when, planned = day(row), bool(row["planned"])
    # What is only to be says so beside its day: the hollow sign is not in the words.
    hover = f"{when}{'（计划与目标）' if planned else ''}\n{row['title']}\n{row['source_title']}"
    return Event(
        row["date"].date(), when, str(row["title"]), row["lane"], planned, hover, row["record_id"]
    )


@kept
def latest(facts: Facts) -> Exhibit:
    """The newest public events of the delta; its rows are all that the title counts."""
    rows = facts.ask("latest_events", as_of=facts.as_of, count=NEWEST)
    told = known(facts)
    counted = told[~told["planned"] & told["date"].notna() & told["cooperation"]]
    counted = counted.sort_values("date", ascending=False, kind="stable")
    shape = Timeline(
        tuple(Event(row["date"].date(), day(row), _with_place(row)) for _i, row in rows.iterrows()),
        facts.as_of,
    )
    columns = {"day": "日期", "title": "事件", "place_text": "地点", "parties": "参与方"}
    listed = "图中为长三角最近{n}条事件，只知年份的按年初排；共{all}条，含文件与外省做法参考，全部见 Excel 与数据页"
    caveats = [listed.format(n=len(rows), all=len(counted))]
    return exhibit(
        "events",
        TOGETHER,
        **parts(words.history(told, facts.as_of)),
        shape=shape,
        rows=counted,
        columns=columns,
        caveats=caveats,
    )


@kept
def newest(facts: Facts, count: int = NEWEST) -> Exhibit:
    """The last few events of the delta, each with the way to its source."""
    rows = facts.ask("latest_events", as_of=facts.as_of, count=count)
    return listed(
        "latest_events",
        TOGETHER,
        words.newest(rows),
        tables.with_source_pages(rows),
        {"day": "日期", "title": "事件"},
        links={"title": "address"},
    )


def _with_place(row: Any) -> str:
    return row["title"] if missing(row["place_text"]) else f"{row['title']}（{row['place_text']}）"


@kept
def changes(
    facts: Facts, after: str, until: str, chosen: Sequence[str] | None = None, party: str = ""
) -> Exhibit:
    """What changed between the ends of two months, each as a sentence to read aloud."""
    rows = _changed(facts, words.end_of(after), words.end_of(until), chosen, party)
    fault = words.no_days_between(after, until)
    said = parts(fault) if fault else parts(words.changes(rows, after, until), facts.scope)
    return _changes(rows, said, "请另选两个月份，“从”早于“到”。" if fault else "")


@kept
def since(facts: Facts, day: date) -> Exhibit:
    """What changed after a day, each as a sentence to read aloud."""
    rows = _changed(facts, day, facts.as_of)
    first, last = day_words(day, "day"), day_words(facts.as_of, "day")
    _between, _semicolon, told = words.changes(rows, first, last).partition("；")
    return _changes(rows, parts(f"{first}以来的变化；{told}"))


def _changed(
    facts: Facts,
    after: date,
    until: date,
    chosen: Sequence[str] | None = None,
    party: str = "",
) -> pd.DataFrame:
    found = facts.ask(
        "timeline_changes",
        **facts.narrowed,
        everywhere=facts.cities is None,
        party=party,
        kinds=kinds(facts) if chosen is None else list(chosen),
        after=after,
        until=min(until, facts.as_of),
    )
    return words.with_sentences(found)


def _changes(rows: pd.DataFrame, said: dict[str, str], why: str = "") -> Exhibit:
    columns = {
        "number": "序号",
        "kind": "类",
        "sentence": "可以直接读出的说法",
        "publisher": "来源",
    }
    caveats = [
        "签约由协议列一次，不再列同一次签约的事件",
        "“截至某日”的签署在该日以前，日期未知，不算这段时间新签",
        "公开资料未载的变化、未注明日期的协议与文件不在其中；含外省做法参考和不专为养老的",
    ]
    shape = table(rows, columns, (0.6, 1, 6, 2), ROWS)
    return exhibit(
        "timeline_changes",
        TOGETHER,
        **said,
        shape=shape,
        rows=rows,
        columns=columns,
        caveats=caveats,
        why=why,
    )


@kept
def documents(facts: Facts, party: str = "") -> Exhibit:
    """The register of documents."""
    rows = facts.ask(
        "documents_register",
        **facts.narrowed,
        everywhere=facts.cities is None,
        party=party,
        as_of=facts.as_of,
    )
    columns = {
        "number": "序号",
        "title": "文件",
        "document_number": "文号",
        "issuer": "发文机构",
        "day": "日期",
        "kind": "种类",
        "status_title": "状态",
        "source_title": "来源",
    }
    said = parts(words.documents(rows), facts.scope)
    shape = table(rows, columns, (0.6, 4, 1.6, 2, 1.4, 1, 1, 2.4), ROWS)
    caveats = ["状态为来源所写", "不随种类变化"]
    return exhibit(
        "documents_register",
        TOGETHER,
        **said,
        shape=shape,
        rows=rows,
        columns=columns,
        caveats=caveats,
    )
