"""会议包: what a meeting needs since the last one, in one zip: briefing, deck, sheets of the units, 口径卡, workbook, frozen to one release."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

import pandas as pd

from eldercare import releases, store, tables
from eldercare.data import catalogue
from eldercare.exhibits import (
    Exhibit,
    Facts,
    Missing,
    figure,
    headline,
    meeting,
    tasks,
    timeline,
    units,
)
from eldercare.exhibits.talk import Talk
from eldercare.faces import brief, unit_sheets
from eldercare.faces.excel import xlsx
from eldercare.faces.powerpoint import pptx
from eldercare.measures import day_words
from eldercare.releases import difference
from eldercare.talks import decks, making
from eldercare.talks.decks import UnknownDeck
from eldercare.talks.files_of import File

TITLE = "长三角养老协作会议"
BRIEF, DECK, SHEETS, CARDS, BOOK = (
    "会前简报.docx",
    "会议演示.pptx",
    "任务单.docx",
    "口径卡.docx",
    "数据.xlsx",
)
ZIP = "application/zip"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# Zip knows no day before; the same contents give the same file.
MADE = (1980, 1, 1, 0, 0, 0)

Wanted = list[tuple[str, Callable[[], Exhibit | Missing]]]


@dataclass(frozen=True)
class Since:
    """The last meeting: its day, and the release that was in force then, "" where none is kept here."""

    day: date
    release: str = ""


def since(words: str) -> Since:
    """The last meeting as a user gives it: a day (2025-11-22) or the id of a release. Raises `UnknownDeck`."""
    if DAY.fullmatch(words.strip()):
        day = decks.day_of(words.strip())
        kept = [each for each in releases.listed() if each.created[:10] <= words.strip()]
        return Since(day, kept[0].id if kept else "")
    try:
        found = releases.find(words.strip())
    except KeyError:
        raise UnknownDeck(
            f"“{words[:20]}”既不是日期（写成 2025-11-22），也不是这台机器上的数据版本（至少8位编号）"
        ) from None
    return Since(date.fromisoformat(found.as_of[:10]), found.id)


def kept() -> list[releases.Release]:
    """The releases that are kept here, newest first."""
    return releases.listed()


def file(
    last: str, release: str = "", as_of: date | None = None
) -> Iterator[tuple[int, int] | File]:
    """How many parts are made and of how many, at last the zip. Raises `UnknownDeck`, `UnusableTemplate`."""
    before, chosen = since(last), making.release_of(release)
    with store.frozen(chosen):
        version = tables.release()
        day = as_of or version["as_of"].date()
        if before.day >= day:
            raise UnknownDeck(f"上次会议（{before.day}）不早于这份材料的日期（{day}）；请选更早的")
        wanted = _wanted(before, chosen, Facts(day))
    whole, made, gaps = len(wanted) + 5, [], []
    for number, part in enumerate(wanted):
        yield number, whole
        with store.frozen(chosen):
            exhibits, missing = making.made([part], day)
        made += exhibits
        gaps += missing
    if gaps:
        made.append(making.gaps(gaps))
    talk = _talk(made, version, day, before)
    parts: dict[str, Callable[[], bytes]] = {
        BRIEF: lambda: brief.docx(talk),
        DECK: lambda: pptx(talk),
        SHEETS: lambda: _unit_sheets(talk),
        CARDS: lambda: brief.cards(_cards(talk)),
        BOOK: lambda: xlsx(talk),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as pack:
        for number, (name, make) in enumerate(parts.items(), start=len(wanted)):
            yield number, whole
            with store.frozen(chosen):
                content = make()
            pack.writestr(zipfile.ZipInfo(name, MADE), content)
    with store.frozen(chosen):
        if tables.release()["content_hash"] != version["content_hash"]:
            raise UnknownDeck("数据刚刚更新，会议包没有做完；请再试一次")
    yield File(f"会议包_{talk.data_date:%Y%m%d}.zip", buffer.getvalue(), ZIP)


def _wanted(before: Since, chosen: str, facts: Facts) -> Wanted:
    """What changed, what is due, what was asked, what hinders, what to talk about; the state of things last."""
    parts: Wanted = [
        ("上次会议以来的变化", lambda: timeline.since(facts, before.day)),
        ("到期与未定时限的任务", lambda: tasks.times(facts)),
        ("商请与回函", lambda: meeting.asked(facts, before.day)),
        ("待解决事项", lambda: meeting.obstacles(facts)),
        ("建议议题", lambda: meeting.topics(facts)),
        ("名单、备忘录与2021年任务", lambda: headline.stands(facts)),
    ]
    if before.release and before.release != chosen:
        parts.insert(1, ("数据的增改", lambda: _recorded(before.release, chosen)))
    return parts


def _recorded(before: str, chosen: str) -> Exhibit | Missing:
    """The rows that changed between two releases, by table, with the sources that they name; what is internal is left out."""
    earlier = releases.read(before)
    after = releases.read(chosen).datasets if chosen else releases.repository_datasets()
    package = catalogue.read_package(after)
    told = {table.name: table.title for table in package.tables if table.open_data}
    changes = [each for each in releases.changes(earlier.datasets, after) if each.table in told]
    counts = difference.counts(changes)
    known = set(store.ask("sources_usage")["source_id"])
    sources = {
        told[table]: sorted(
            known
            & {
                value
                for change in changes
                if change.table == table
                for name, old, new in change.fields
                if name == "source_id"
                for value in (old, new)
            }
        )
        for table in counts
    }
    return meeting.recorded(
        {told[table]: kinds for table, kinds in counts.items()}, sources, earlier.short
    )


def _talk(made: list[Exhibit], version: pd.Series, day: date, before: Since) -> Talk:
    address = {"release": version["content_hash"], "as_of": day.isoformat()}
    return making.of_release(
        version,
        day,
        about="会议",
        title=TITLE,
        subtitle=f"{day_words(before.day, 'day')}（上次会议）以来",
        address=f"present?{urlencode({'deck': decks.REGION, **address})}",
        exhibits=tuple(making.told_apart(made)),
    )


def _unit_sheets(talk: Talk) -> bytes:
    """The delta's units with what is asked of them."""
    facts = Facts(talk.as_of)
    board = tasks.board(facts.ask("task_schedule", as_of=talk.as_of), talk.as_of)
    loads = facts.ask("unit_loads", as_of=talk.as_of)
    called = units.named(loads)
    sheets = {}
    for unit in loads.loc[loads["of_delta"], "unit"]:
        rows = units.of_unit(board, unit)
        foot = units.sheet_foot(tables.release(), tables.sources_of(rows))
        sheets[units.unit_sheet(rows, called[unit], talk.as_of)] = (rows, foot)
    return unit_sheets.docx(sheets, talk)


def _cards(talk: Talk) -> Talk:
    """The figures that the pack rests on, each with what must be known before it is said aloud."""
    facts = Facts(talk.as_of)
    rows = [e.rows for e in talk.exhibits if "observation_id" in e.rows]
    codes = figure.choices(facts, pd.concat(rows)) if rows else {}
    wanted = [(name, _card(facts, code)) for code, name in codes.items()]
    made, _missing = making.made(wanted, talk.as_of)
    return replace(
        talk,
        about="口径卡",
        title="会议口径卡",
        subtitle="",
        exhibits=tuple(making.told_apart(made)),
    )


def _card(facts: Facts, code: str) -> Callable[[], Exhibit]:
    return lambda: figure.card(facts, code)
