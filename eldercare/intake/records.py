"""From the tables of a file to records: one per thing that is reported, with what lies outside of its row filled in once decided."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from openpyxl.utils import get_column_letter

from eldercare.intake import forms, grouping, layout, said_units
from eldercare.intake.decisions import (
    COLUMN,
    GONE,
    GROUPS,
    KEEP,
    LEAVE,
    SHEETS,
    SUMS,
    TAKE,
    YEARS,
    Decided,
)
from eldercare.intake.findings import ERROR, WARNING, Checked, Finding
from eldercare.intake.forms import Form
from eldercare.intake.grouping import Groups
from eldercare.intake.layout import Table
from eldercare.intake.places import Gazetteer, Near
from eldercare.intake.sheets import Sheet, numbered
from eldercare.intake.understood import one_line

# What stands in a cell for the one above it.
SPREAD = {
    "date": ("年份", "几年"),
    "indicator_code": ("指标", "几个指标"),
    "place_code": ("地区", "几个地区"),
}
_DITTO = {"〃", "″", '"', "“", "”", "同上", "同前"}


@dataclass(frozen=True)
class Above:
    """An empty cell below a filled one, or merged with it: `value` is what stands there, `at` says where."""

    at: str
    value: object
    merged: bool


@dataclass
class Record:
    """Cells by field. `shifted` says why the cells of this row may have lost their order, `units` what is said beside its
    numbers, `near` what stands around the table,
    `open` which fields a question about the file is to fill.
    """

    number: int
    raw: dict[str, object]
    shifted: str = ""
    units: dict[str, str] = field(default_factory=dict)
    near: tuple[Near, ...] = ()
    open: frozenset[str] = frozenset()


class Records:
    """Reads the records of a file, and says of the file what it needs to be told."""

    def __init__(
        self,
        sheets: list[Sheet],
        form: Form,
        gazetteer: Gazetteer,
        decided: Decided,
        fixes: Mapping[tuple[int, str], str],
        indicators: Container[str] = (),
    ):
        self.form, self.gazetteer, self.decided = form, gazetteer, decided
        self.fixes: dict[int, dict[str, str]] = {}
        for (number, name), value in fixes.items():
            self.fixes.setdefault(number, {})[name] = value
        named = {
            key: value
            for key, value in fixes.items()
            if re.fullmatch(r"[A-Z]{1,3}|第[0-9]+行", key[1])
        }
        self._indicators, self.groups = indicators, Groups(gazetteer, form)
        self.tables = layout.tables(sheets, form, _Named(named, decided), self._spread)
        self.hidden = layout.hidden_tables(sheets, form)
        # Where a row may do without a place, an empty cell says nothing of the one above.
        self._place = "place_code" if "place_code" in form.needed else ""
        self._choose_sheets()
        self.grouped = {table.sheet.name for table in self.tables if self._is_grouped(table)}
        self.by_sheet, self.place_from = self._sheet_places()
        self.lacking = {
            table.sheet.name: layout.require(
                table, form, table.sheet.name in self.grouped or table.sheet.name in self.by_sheet
            )
            for table in self.tables
        }

    def _spread(self, words: str) -> tuple[str, str] | None:
        """Which field of a figure the heading of its column is, and what it says: a year, an indicator, a place."""
        if self.form.name != "observations":
            return None
        if year := layout.year_of(words):
            return "date", year
        if words in self._indicators or said_units.split(words)[0] in self._indicators:
            return "indicator_code", words
        return ("place_code", words) if self.groups.named(words) else None

    @property
    def count(self) -> int:
        return sum(len(table.sheet.rows) - table.at - 1 for table in self.tables)

    def _choose_sheets(self) -> None:
        choice = self.decided.get(("", SHEETS))
        self.asks_sheets = len(self.tables) > 1 and choice is None
        if choice is not None and choice.action == LEAVE:
            self.tables = [
                table for table in self.tables if table.sheet.name == choice.value
            ] or self.tables[:1]

    def _is_grouped(self, table: Table) -> bool:
        """Whether rows of a table without a column of places head groups of others."""
        return "place_code" not in table.columns and any(
            self.groups.head(table, cells) for _line, cells in table.sheet.rows[table.at + 1 :]
        )

    def _sheet_places(self) -> tuple[dict[str, str], str]:
        """The places by sheet that the names of the sheets say, where they have no column for it, and where that stands.

        Beside sheets of places one with another name (汇总, 高新区) is asked about by its name, like a cell that says so. One
        sheet without any takes the one place that its title or the file names.
        """
        placeless = [t for t in self.tables if self._place and "place_code" not in t.columns]
        names = [table.sheet.name for table in placeless]
        places = {name: self.groups.named(name) for name in names}
        if any(places.values()):
            return {
                name: place or grouping.bare(name) for name, place in places.items()
            }, "工作表名"
        if len(self.tables) == 1 and names and not self.grouped:
            for near in self._near(self.tables[0])[1:]:
                if len(only := self.gazetteer.lowest(near.places)) == 1:
                    return {names[0]: self.gazetteer.written(only[0])}, near.what
        return {}, ""

    def describe(self, checked: Checked) -> None:
        """Findings about the file as a whole: columns, sheets, years, groups."""
        say = checked.say
        for table in self.tables:
            lacking = self.lacking[table.sheet.name]
            titles = "、".join(self.form.column(name).title for name in lacking)
            for letter, words in table.unknown:
                proposal = _like(words, self.form)
                if lacking and ("", f"{COLUMN} {letter}") not in self.decided:
                    words = f"没有认出{titles}是哪一列；{letter}列“{words}”是什么"
                    options, topic = (proposal,) if proposal else (), f"{COLUMN} {letter}"
                    say(Finding(ERROR, 0, letter, words, words, options, field="", topic=topic))
                    continue
                say(
                    Finding(
                        WARNING,
                        table.line,
                        letter,
                        words,
                        "不认识这一列，没有使用",
                        (proposal,) if proposal else (),
                        letter,
                    )
                )
            for letter, words in table.nameless:
                column = letter if table.sheet.turned else f"{letter}列"
                reason = f"{column}没有列名，却有内容（如“{words}”）"
                say(Finding(ERROR, 0, letter, words, reason, field="", topic=f"{COLUMN} {letter}"))
            self._ask_for_columns(table, say)
            if table.sheet.turned:
                say(Finding(WARNING, 0, "", "", "列名在一列里，每一列是一条：按列读入"))
            for note in table.sheet.notes:
                say(Finding(WARNING, 0, "", "", note))
            if table.spread and ("", YEARS) not in self.decided:
                words = "、".join(dict.fromkeys(said for _name, said in table.spread.values()))
                what = SPREAD[next(iter(table.spread.values()))[0]]
                reason = f"{what[0]}在列名里（{words}）：一行是{what[1]}的数"
                say(Finding(ERROR, 0, "", words, reason, topic=YEARS))
        if self.hidden:
            names = "、".join(self.hidden)
            say(Finding(WARNING, 0, "", "", f"隐藏的工作表没有读：{names}；要报它，请取消隐藏"))
        if self.asks_sheets:
            names = tuple(table.sheet.name for table in self.tables)
            reason = "有{n}个工作表都像数据表：{names}".format(n=len(names), names="、".join(names))
            if self.by_sheet:
                reason += "；没有所在地区列，工作表名是地区"
            say(Finding(ERROR, 0, "", "、".join(names), reason, names, topic=SHEETS))
        elif self.by_sheet and len(self.tables) == 1 and ("", SHEETS) not in self.decided:
            (place,) = self.by_sheet.values()
            reason = f"没有所在地区列，{self.place_from}写的地区是“{place}”"
            say(Finding(ERROR, 0, "", place, reason, (place,), topic=SHEETS))

    def _ask_for_columns(self, table: Table, say: Callable[[Finding], None]) -> None:
        """Says which columns a form of ours went out with and has no more: without a needed one no row is read."""
        for name in table.sheet.expected:
            title = self.form.column(name).title
            if name in table.columns or (
                name == "place_code" and table.sheet.name in self.by_sheet
            ):
                continue
            if name in self.lacking[table.sheet.name]:
                words = f"核对表的“{title}”列没有了，缺了它读不出各行：请补上这一列再上传"
                say(Finding(ERROR, 0, "", title, words))
            elif ("", f"{GONE} {title}") not in self.decided:
                words = f"核对表的“{title}”列没有了"
                say(Finding(ERROR, 0, "", title, words, topic=f"{GONE} {title}"))

    def __iter__(self) -> Iterator[Record | Finding]:
        """Records, and findings about rows that are none."""
        for index, table in enumerate(self.tables):
            yield from self._of(index, table)

    def _of(self, index: int, table: Table) -> Iterator[Record | Finding]:
        rows, by_line = (
            table.sheet.rows[table.at + 1 :],
            dict(table.sheet.rows) if table.sheet.merged else {},
        )
        last: dict[int, tuple[str, object]] = {}
        over, near = "", self._near(table)
        group = self._first_group(table, near)
        sheet_place = self.by_sheet.get(table.sheet.name, "")
        in_groups = self.decided.get(("", GROUPS))
        sums = self.decided.get(("", SUMS))
        has_places = "place_code" in table.columns
        for line, cells in rows:
            raw = self._raw(table, line, cells, by_line, last)
            number = table.sheet.number(line, index)
            if place := self.groups.head(table, cells):
                # 鼓楼区 below 徐州市 is that of 徐州.
                over = group if group and self.gazetteer.bearers(place)[0] else over
                group = place
                last.clear()
                if not has_places and in_groups is None:
                    words = "有的行只有一个地区名，像是分组的标题"
                    yield Finding(ERROR, 0, "", place, words, (place,), topic=GROUPS)
                said = max((cell for cell in cells if isinstance(cell, str)), key=len)
                yield Finding(WARNING, number, "", one_line(said), "这一行不是一条数据，没有读入")
                continue
            if word := layout.left_out(table, cells, [raw.get(name) for name in self.form.needed]):
                yield Finding(WARNING, number, "", word, "这一行不是一条数据，没有读入")
                if self.groups.is_of_another(cells, group):
                    group = ""
                continue
            if all(value is None for value in raw.values()):
                continue
            if self.groups.is_sum(table, cells, raw) and (sums is None or sums.action != KEEP):
                said = "、".join(one_line(str(cell)) for cell in cells if cell is not None)
                if sums is None:
                    words = "有的行只有数字，没有名称，像是小计"
                    yield Finding(ERROR, 0, "", said, words, topic=SUMS)
                yield Finding(WARNING, number, "", said, "这一行没有名称，当作小计，没有读入")
                continue
            open_ = self.lacking[table.sheet.name]
            if self._place and not has_places:
                raw["place_code"] = sheet_place or None
                if group and in_groups is None:
                    raw["place_code"], open_ = None, open_ | {"place_code"}
                elif group and in_groups.action == TAKE:
                    raw["place_code"] = group
                if raw["place_code"] is None and "address" not in table.columns:
                    del raw["place_code"]
            above = (self.gazetteer.beside("分组标题", over), *near) if over else near
            yield from self._records(index, table, line, cells, raw, above, open_)

    def _first_group(self, table: Table, near: tuple[Near, ...]) -> str:
        """The place of the rows above the first group: that which the title names."""
        titles = [one for one in near if one.what == "标题"]
        if table.sheet.name not in self.grouped or not titles:
            return ""
        only = self.gazetteer.lowest(titles[0].places)
        return self.gazetteer.written(only[0]) if len(only) == 1 else ""

    def _near(self, table: Table) -> tuple[Near, ...]:
        """What the sheet, the lines above the heading and the file say of places, the nearest first."""
        above = " ".join(
            one_line(cell)
            for _line, cells in table.sheet.rows[: table.at]
            for cell in cells
            if isinstance(cell, str)
        )
        named = (("工作表名", table.sheet.name), ("标题", above), ("文件名", table.sheet.file))
        return tuple(self.gazetteer.beside(what, words) for what, words in named if words)

    def _records(
        self,
        index: int,
        table: Table,
        line: int,
        cells: list[object],
        raw: dict[str, object],
        near: tuple[Near, ...],
        open_: frozenset[str],
    ) -> Iterator[Record]:
        shifted = ""
        if table.sheet.separated and len(cells) > table.width:
            words = (
                "这一行有{n}格，表头只有{m}格：值可能错了位（如 1,200 没有加引号）；请改好这一行"
            )
            shifted = words.format(n=len(cells), m=table.width)
        units = table.units
        if 0 <= table.units_at < len(cells) and (unit := said_units.alone(cells[table.units_at])):
            units = {**units, "value": unit}
        if isinstance(raw.get("indicator_code"), str):
            raw["indicator_code"], unit = said_units.split(raw["indicator_code"])
            units = {**units, "value": unit} if unit else units
        make = partial(Record, shifted=shifted, units=units, near=near, open=open_)
        each = self.decided.get(("", YEARS))
        if table.spread and each and each.action == TAKE:
            for i, (name, said) in table.spread.items():
                if i < len(cells) and cells[i] is not None:
                    number = numbered(line, index, i + 1)
                    own, unit = said_units.split(said) if name == "indicator_code" else (said, "")
                    make = partial(make, units={**units, "value": unit} if unit else units)
                    figure = {**raw, "value": cells[i], name: own}
                    yield make(number, self._fixed(number, figure))
            return
        if table.spread and each is None:
            names = {name for name, _said in table.spread.values()}
            make = partial(make, open=open_ | names | {"value"})
        number = table.sheet.number(line, index)
        yield make(number, self._fixed(number, raw))

    def _fixed(self, number: int, raw: dict[str, object]) -> dict[str, object]:
        fixes = self.fixes.get(number, {})
        return raw | {
            name: fix
            for name, fix in fixes.items()
            if any(column.name == name for column in self.form.columns)
        }

    def _raw(
        self,
        table: Table,
        line: int,
        cells: list[object],
        by_line: dict[int, list[object]],
        last: dict[int, tuple[str, object]],
    ) -> dict[str, object]:
        """The cells by field; an empty one takes with it what stands above it."""
        raw: dict[str, object] = {}
        places: list[object] = []
        several = sum(use.column == "place_code" for use in table.used.values()) > 1
        has_key = any(
            use.column == self.form.key and i < len(cells) and cells[i] is not None
            for i, use in table.used.items()
        )
        may_be_left = not has_key and sum(cell is not None for cell in cells) > 1
        for i, use in table.used.items():
            value = cells[i] if i < len(cells) else None
            is_place = use.column == "place_code"
            if value is None and (top := table.sheet.top_of(line, i + 1)):
                above = by_line.get(top, [])
                value = Above(f"上面第{top}行", above[i] if i < len(above) else None, True)
            elif (
                is_place
                and self._place
                and i in last
                and (value in _DITTO or (value is None and may_be_left))
            ):
                value = Above(*last[i], False)
            elif value is not None and is_place:
                at = f"左边{get_column_letter(line)}列" if table.sheet.turned else f"上面第{line}行"
                last[i] = at, value
            if is_place and several:
                places.append(value)
                raw["place_code"] = _joined(places)
            else:
                raw[use.column] = value
        return raw


class _Named(Mapping):
    """Names of columns: by fixes of single cells, or by decisions on columns without a heading."""

    def __init__(self, fixes: Mapping[tuple[int, str], str], decided: Decided):
        self._fixes, self._decided = fixes, decided

    def __getitem__(self, key: tuple[int, str]) -> str:
        if key in self._fixes:
            return self._fixes[key]
        decision = self._decided[("", f"{COLUMN} {key[1]}")]
        return decision.value if decision.action == TAKE else ""

    def __iter__(self) -> Iterator[tuple[int, str]]:
        return iter(self._fixes)

    def __len__(self) -> int:
        return len(self._fixes)


def _joined(places: list[object]) -> object:
    """Province, city and county in columns of their own, as one place."""
    filled = [place for place in places if place is not None]
    words = [str(place.value if isinstance(place, Above) else place).strip() for place in filled]
    text = "".join(word for i, word in enumerate(words) if word not in words[:i])
    above = next((place for place in filled if isinstance(place, Above)), None)
    return Above(above.at, text, above.merged) if above else text or None


def _like(words: str, form: Form) -> str:
    """The title of the column with the longest heading that these words hold or that holds them; "" where it could be several."""
    key = forms.heading_key(words)
    hits = [
        (len(known), name)
        for known, name in forms.names_of(form).items()
        if min(len(known), len(key)) > 1 and _overlap(known, key)
    ]
    best = {name for length, name in hits if length == max(hits)[0]}
    return form.column(best.pop()).title if len(best) == 1 else ""


def _overlap(one: str, other: str) -> bool:
    return one in other or other in one
