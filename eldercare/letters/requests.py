"""商请补充数据: for each place and department what public sources do not hold, what they do, and what it all rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from eldercare import store, tables
from eldercare.citing import reference
from eldercare.measures import day_words, missing

CIVIL = "民政"
# The words of a letter for what is asked and is no figure, by topic.
ASKED = {
    "协议": "与外地签署的养老协议、备忘录（名称、日期、各方）",
    "其他往来": "与外地未签协议的结对或共同活动（名称、日期、各方）",
    "名单": "公布的异地养老机构名单（批次、名称、日期）",
    "动态": "养老合作的公开动态（标题、日期）",
    "养老服务补贴异地使用办法": "现行文件的标题和日期",
}


@dataclass(frozen=True)
class Item:
    """One blank that is asked for. `asked` says what, `why` from how many cities it is known; `base` is that of people."""

    topic: str
    table: str
    asked: str
    why: str
    indicator: str = ""
    unit: str = ""
    definition: str = ""
    rule: str = ""
    base: str = ""
    in_grid: bool = True


@dataclass(frozen=True)
class Task:
    """A task whose unit lies in the place; `due` in the source's words."""

    task_id: str
    title: str
    unit: str
    due: str


@dataclass(frozen=True)
class Request:
    """A letter to one department of one place. `grid` is its coverage row: topic, records, years, whether it is asked for.

    `homes` are numbers of institutions, `references` the sources of what is known, `as_of` the day of the data.
    """

    place_code: str
    place: str
    label: str
    department: str
    items: tuple[Item, ...]
    grid: tuple[tuple[str, int, str, bool], ...]
    homes: tuple[str, ...]
    tasks: tuple[Task, ...]
    references: tuple[str, ...]
    as_of: date
    version: str

    @property
    def addressee(self) -> str:
        return f"{self.place}{self.department}部门"

    @property
    def blanks(self) -> tuple[str, ...]:
        """The topics of the coverage row that the letter asks for."""
        return tuple(dict.fromkeys(item.topic for item in self.items if item.in_grid))

    @property
    def number(self) -> str:
        """What names the letter and its workbook: place, department and the day of the data."""
        return f"{self.place_code}-{self.department}-{self.as_of:%Y%m%d}"


def every(places: Iterable[str] | None = None) -> list[Request]:
    """The letters to the departments of the 41 cities and 16 districts, or of these places, in the order of the house.

    A department of which nothing is asked gets none.
    """
    wanted = None if places is None else set(places)
    asked = store.ask("letter_items")
    provinces = store.ask("places_of_level", level="province")["place_code"].tolist()
    parts = (
        store.ask("coverage_grid", provinces=provinces),
        store.ask("letter_homes"),
        store.ask("letter_tasks"),
    )
    return [
        request
        for code, items in asked.groupby("place_code", sort=False)
        if wanted is None or code in wanted
        for request in _of_place(items, *(part[part["place_code"] == code] for part in parts))
    ]


def _of_place(
    asked: pd.DataFrame, grid: pd.DataFrame, homes: pd.DataFrame, duties: pd.DataFrame
) -> list[Request]:
    """The letters to the departments of one place. Homes and tasks are asked of civil affairs."""
    release, row = tables.release(), asked.iloc[0]
    found = []
    for department, part in asked.groupby("department", sort=False):
        is_civil = department == CIVIL
        items = tuple(_item(each) for each in part.itertuples())
        blanks = {item.topic for item in items}
        rests = [source for named in grid["source_ids"] for source in named]
        rests += [*homes["source_id"], *duties["source_id"]] if is_civil else []
        tasks = (
            Task(
                each.task_id, each.title, each.unit, "" if missing(each.due_text) else each.due_text
            )
            for each in duties.itertuples()
        )
        found.append(
            Request(
                row["place_code"],
                row["place"],
                row["place_label"],
                department,
                items,
                tuple(
                    (each.topic, int(each.records), each.span, each.topic in blanks)
                    for each in grid.itertuples()
                ),
                tuple(homes["institution_id"]) if is_civil else (),
                tuple(tasks) if is_civil else (),
                _references(rests),
                release["as_of"].date(),
                f"{release['version']}（{release['content_hash'][:8]}）",
            )
        )
    return found


def one(place: str, department: str) -> Request | None:
    """The letter to one department of one place; None when nothing is asked of it."""
    return next((each for each in every([place]) if each.department == department), None)


def _item(row: object) -> Item:
    indicator = "" if missing(row.indicator) else row.indicator
    base = "" if missing(row.base) else row.base
    # Of what stands in no column of the coverage nothing is known of any place.
    why = (
        f"按收录的公开资料，{row.ranked}个城市中{row.known}个有“{row.topic}”记录，{row.place_label}未载"
        if row.in_grid
        else "所收公开资料未载"
    )
    people = f"{base}，" if base else ""
    asked = f"{indicator}（{people}{row.unit}）" if indicator else ASKED[row.topic]
    return Item(
        row.topic,
        row.table_name,
        asked,
        why,
        indicator,
        row.unit if indicator else "",
        row.definition if indicator else "",
        row.counting_rule if indicator else "",
        base,
        bool(row.in_grid),
    )


def _references(sources: list[str]) -> tuple[str, ...]:
    if not sources:
        return ()
    rows = pd.DataFrame({"source_ids": [[source] for source in sources]})
    return tuple(reference(each) for each in tables.sources_of(rows).itertuples())


def day(value: date | None) -> str:
    """A day as a letter writes it; a visible blank where none was given."""
    return "　　年　月　日" if value is None else day_words(value, "day")
