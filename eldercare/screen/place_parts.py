"""The page of one place: its records by kind, and the A4 sheet that a print of it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from eldercare import store, tables
from eldercare.exhibits import city, place_sheet
from eldercare.exhibits import place_tables as own
from eldercare.faces import sheets
from eldercare.measures import STAGES
from eldercare.screen import blocks

# How many institutions of the place stand on its page; the finder has all.
SHOWN = 5
AGREEMENTS, OTHERS = ["协议"], ["名单", "任务", "成果", "长护险", "动态", "旅游专列与线路"]
RECORDS = {"title": "内容", "state": "状态", "detail": "说明", "day": "日期"}


def agreements(place: Any, records: pd.DataFrame, as_of: date) -> None:
    """The agreements that name the place, with the stages they stand at."""
    if _records(
        "place_agreements",
        place,
        records,
        AGREEMENTS,
        RECORDS,
        city.caveats(as_of, tables.release()["as_of"].date()),
    ):
        blocks.legend({"协议的阶段": STAGES})


def others(place: Any, records: pd.DataFrame) -> None:
    """Everything else that names the place: lists, tasks, results, insurance, moves."""
    _records("place_records", place, records, OTHERS, {"part": "类别", **RECORDS}, [])


def _records(
    key: str,
    place: Any,
    records: pd.DataFrame,
    parts: Sequence[str],
    columns: Mapping[str, str],
    caveats: Sequence[str],
) -> int:
    """All of these kinds; returns how many they are."""
    shown = own.with_ways(records[records["part"].isin(parts)])
    finding = city.records(place, records, parts)
    blocks.exhibit(
        key,
        shown,
        None,
        finding,
        columns,
        caveats,
        links={"title": "address"},
        empty=city.NO_RECORDS,
    )
    return len(shown)


def sheet(
    place: Any,
    title: str,
    cards: Sequence[Mapping[str, Any]],
    profile: pd.DataFrame,
    ages: pd.DataFrame,
    compared: pd.DataFrame,
    similar: pd.DataFrame,
    facilities: pd.DataFrame,
    records: pd.DataFrame,
    as_of: date,
) -> None:
    """What a print of the page shows: one A4 page with numbered sources. The delta's also has its headline."""
    headline = store.ask("headline", as_of=as_of)
    lists = place_sheet.lists(
        place,
        similar,
        facilities,
        records,
        headline if place.place_code == "YRD" else headline.iloc[:0],
    )
    codes = place_sheet.sources(lists, profile)
    notes, sources = place_sheet.foot(
        tables.release(), codes, store.ask("sources_cited", source_ids=codes)
    )
    table = place_sheet.table(compared, own.AGAINST)
    blocks.sheet(
        sheets.place(title, cards, table, ages, place_sheet.numbered(lists, codes), notes, sources)
    )
