"""Turns the raw cells of a record into stored values, one row at a time; what is not sure is a question with what it could be."""

from __future__ import annotations

import re
from datetime import date

from eldercare.intake import (
    amounts,
    choices,
    dates,
    decisions,
    forms,
    parties,
    personal,
    said_units,
    units,
)
from eldercare.intake.choices import Choices
from eldercare.intake.context import Context
from eldercare.intake.decisions import (
    ABOVE,
    BLANK,
    FORMULA,
    KEEP,
    LEAVE,
    MISSING,
    TAKE,
    UNIT,
    Decided,
)
from eldercare.intake.findings import ERROR, WARNING, Checked, Line, finding
from eldercare.intake.forms import Column, Form
from eldercare.intake.number_formats import Masked
from eldercare.intake.placing import Placing
from eldercare.intake.records import Above, Record
from eldercare.intake.sheets import Failed, Formula
from eldercare.intake.understood import (
    Doubt,
    Understood,
    half_width,
    one_line,
    read_once,
    text_of,
)
from eldercare.releases.difference import Row

# Kinds of values that may lie ahead.
AHEAD = {"target", "plan", "policy", "estimate"}
WRITTEN = 200
_BATCH = re.compile(r"第?([0-9]+|[一二三四五六七八九十首])批")
_ORDINALS = {word: str(number) for number, word in enumerate("一二三四五六七八九十", start=1)} | {
    "首": "1"
}
_FIRST = {"date": 0, "indicator_code": 1, "observation_id": 1}


class _Left(Exception):
    """A decision leaves the row out."""


class Reader:
    """Reads records against the present data and what was decided."""

    def __init__(self, form: Form, context: Context, today: date, decided: Decided):
        self.form, self.context, self.today, self.decided = form, context, today, decided
        self.labels = context.gazetteer.names()
        self.existing = context.by_key(form.name) if form.key else {}
        self.named = {
            c.name: context.named(c.refers_to) for c in form.columns if c.kind == "reference"
        }
        self.units = {row["indicator_code"]: row["unit"] for row in context.rows("indicators")}
        self.columns = {column.name: column for column in form.columns}
        self._required = [column for column in form.columns if column.required]
        self._blanks: dict[frozenset[str], frozenset[str]] = {}
        self.choices = Choices(context)
        self._amount, self._prices, self._day = map(
            read_once, (amounts.amount, amounts.price_range, dates.day)
        )
        self.places = Placing(context.gazetteer, form.name == "institutions", self._choice)

    def line(self, record: Record, checked: Checked) -> Line | None:
        """The row that a record states; None for one that a decision leaves out."""
        line, raw = Line(record.number, {}, set(), {}), record.raw
        key = raw.get(self.form.key) if self.form.key else None
        stored = self.existing.get(str(key or "").strip())
        before = len(checked.findings)
        try:
            # The date and the indicator first: whether a place existed and which unit is meant depend on them.
            for name in sorted(raw, key=lambda name: _FIRST.get(name, 2)):
                self._read(name, raw[name], line, record, stored, checked)
            self._complete(line, record, stored, checked, before)
        except _Left:
            del checked.findings[before:]
            checked.left.append(
                (record.number, one_line(str(raw.get("name") or raw.get("title") or "")))
            )
            return None
        self._not_ahead(line, stored, checked)
        # Most rows lack the same columns: one set for all of them.
        line.blank = self._blanks.setdefault(frozenset(line.blank), frozenset(line.blank))
        return line

    def _complete(
        self, line: Line, record: Record, stored: Row | None, checked: Checked, before: int
    ) -> None:
        """Spoils a line whose cells lost their order or that lacks what every row needs; `before` counts the findings above it."""
        if record.shifted:
            checked.spoil(
                line, finding(ERROR, line, self.columns[self.form.needed[0]], record.shifted)
            )
        doubtful = {f.field for f in checked.findings[before:] if f.level == ERROR}
        if record.open:
            line.good = False
        for column in self._required:
            if column.name in record.open:
                continue
            lacks = not line.cells.get(column.name) and (
                stored is None or column.name in line.blank
            )
            if lacks and column.name not in doubtful:
                self._lacking(line, column, checked)

    def _lacking(self, line: Line, column: Column, checked: Checked) -> None:
        """A needed cell that is empty: one question for all rows where it is one of a few words, else an error of the row."""
        indicator = self.context.row("indicators", (line.cells.get("indicator_code", ""),))
        if column.name == "base" and indicator.get("base") == "none":
            return
        if column.kind != "choice":
            checked.spoil(line, finding(ERROR, line, column, "不能为空"))
        elif (choice := self._choice(column.name, MISSING)) is None:
            words = tuple(column.choices)
            checked.spoil(line, finding(ERROR, line, column, "没有写", words, topic=MISSING))
        else:
            line.cells[column.name] = column.choices.get(choice.value, choice.value)

    def _read(
        self,
        name: str,
        value: object,
        line: Line,
        record: Record,
        stored: Row | None,
        checked: Checked,
    ) -> None:
        column = self.columns[name]
        note = ""
        if isinstance(value, Failed):
            line.written[column.title] = value.words
            checked.spoil(
                line, finding(WARNING, line, column, f"“{value.words}”是公式没有找到值，按空白处理")
            )
            value = None
        if isinstance(value, str):
            text = one_line(value)
            if (
                text != value
                and set("\n\r\t").intersection(value.strip())
                and text != half_width(value)
            ):
                note = "格内的换行、制表符改成了空格"
            value = text
        if value is None or value == "":
            if name == "place_code" and record.raw.get("address") and (stored is None):
                value = ""
            else:
                line.blank.add(name)
                return
        written = _written(value)
        if written:
            line.written[column.title] = written
        try:
            value = self._decided(column, value, written)
            if value is not None and column.kind in ("amount", "price"):
                value, said = self._in_unit(column, value, line, record)
                note = note or said
            if value is None:
                line.blank.add(name)
                return
            if stored is not None and value == self._as_filed(column, stored):
                line.cells |= {n: stored.get(n, "") for n in fields_of(column)}
                return
            said = self._take(column, value, line, record, stored)
        except Doubt as doubt:
            marks = {"certain": doubt.certain, "topic": doubt.topic}
            checked.spoil(line, finding(ERROR, line, column, doubt.reason, doubt.options, **marks))
        else:
            for words in (note, said):
                if words:
                    checked.spoil(line, finding(WARNING, line, column, words))

    def _decided(self, column: Column, value: object, written: str) -> object:
        """What a cell says after the decisions on it; None for nothing. Raises `Doubt` where one is needed."""
        if isinstance(value, Above):
            choice = self._choice(column.name, ABOVE)
            if choice is None:
                words = (
                    f"这一格与{value.at}合并，Excel 只在那一行存了值"
                    if value.merged
                    else f"这一格空着，{value.at}有值"
                )
                raise Doubt(
                    words,
                    "" if value.value is None else str(value.value),
                    topic=ABOVE,
                )
            if choice.action == BLANK or value.value is None:
                return None
            value = value.value
            written = _written(value)
        if isinstance(value, Formula):
            choice = self._choice(column.name, FORMULA)
            if choice is None or (choice.action == TAKE and value.result is None):
                result = "" if value.result is None else str(value.result)
                raise Doubt(
                    f"单元格是公式“{value.words}”；请粘贴为数值，或按表里显示的收",
                    result,
                    topic=FORMULA,
                )
            if choice.action == BLANK:
                return None
            value = value.result
            written = _written(value)
        choice = self._choice(column.name, written)
        if choice is None:
            if isinstance(value, Masked):
                words = "单元格存的是{number}，却按格式“{code}”显示；请直接写出要报的数"
                raise Doubt(words.format(number=value.number, code=value.code), value.number)
            return value
        if choice.action == TAKE and (kind := personal.in_text(choice.value)):
            raise Doubt(f"改成的内容里有{kind}；看板不收个人信息")
        return {TAKE: choice.value, KEEP: value, BLANK: None}[choice.action]

    def _in_unit(
        self, column: Column, value: object, line: Line, record: Record
    ) -> tuple[object, str]:
        """A bare number in the unit that its heading, its row or the table says, and a note of that. Raises `Doubt`."""
        said = record.units.get(column.name, "")
        unit = self._unit_of_value(line) if column.name == "value" else column.unit
        whole = said_units.beside(value, said, unit) if unit else value
        if whole is value:
            return value, ""
        topic = f"{UNIT} {said}"
        if (choice := self._choice(column.name, topic)) is not None:
            return (None if choice.action == BLANK else value), ""
        is_price = column.kind == "price"
        try:
            read = self._prices(whole) if is_price else (self._amount(whole, unit, column.whole),)
            words = "-".join(dict.fromkeys(one.value for one in read))
        except Doubt as doubt:
            if not doubt.certain:
                words = f"旁边写的单位是“{said}”，本列是“{unit}”"
                raise Doubt(words, topic=topic) from None
            words = whole = doubt.options[0]
        return whole, f"旁边写的单位是“{said}”：{value}读作{words}"

    def _choice(self, name: str, written: str) -> decisions.Decision | None:
        """The decision on a value or a topic. One to leave the row out is carried out here."""
        choice = self.decided.get((name, written))
        if choice is not None and choice.action == LEAVE:
            raise _Left
        return choice

    def _not_ahead(self, line: Line, stored: Row | None, checked: Checked) -> None:
        """What is said to be so cannot be dated later than today; targets and plans can."""
        day, today = line.cells.get("date", ""), self.today.isoformat()
        if day <= today:
            return
        row = forms.DEFAULTS.get(self.form.name, {}) | (stored or {}) | line.cells
        marks = ("date", "kind", "planned")
        same = stored is not None and all(row.get(name) == stored.get(name) for name in marks)
        if same or row.get("kind") in AHEAD or row.get("planned") == "true":
            return
        running = {"year": day[:4] == today[:4], "month": day[:7] == today[:7]}.get(
            row.get("date_precision", ""), False
        )
        proposal = f"截至{self.today.year}年{self.today.month}月{self.today.day}日"
        words = f"{day}在今天（{today}）之后，不会是已有的事实；目标或计划请写明性质"
        checked.spoil(
            line, finding(ERROR, line, self.columns["date"], words, (proposal,) if running else ())
        )

    def _as_filed(self, column: Column, stored: Row) -> object:
        if column.kind in forms.COMPANIONS:
            return companion_words(column, stored[self.form.key], self.context)
        return forms.cell_of(column, stored, self.labels)

    def _take(
        self, column: Column, value: object, line: Line, record: Record, stored: Row | None
    ) -> str:
        """Stores what a cell says in the line and returns a note for the reader; raises `Doubt`."""
        if column.name == "batch" and isinstance(value, str) and (found := _BATCH.fullmatch(value)):
            value = _ORDINALS.get(found[1], found[1])
        if column.kind == "amount":
            unit = self._unit_of_value(line) if column.name == "value" else column.unit
            return _store(line, column, self._amount(value, unit, column.whole))
        if column.kind == "price":
            low, high = self._prices(value)
            if {low.value, line.cells.get("price_low", low.value)} != {low.value}:
                raise Doubt("与“月费下限”不一致")
            line.cells |= {"price_low": low.value, "price_high": high.value}
            return low.note or high.note
        if column.kind == "day":
            return self._take_day(column, value, line)
        if column.kind == "place":
            return self._take_place(column, value, line, record, stored)
        text = text_of(value)
        if column.kind == "parties":
            line.cells[column.name] = "；".join(parties.parse(text, self.context.gazetteer))
        elif column.kind == "units":
            line.cells[column.name] = "、".join(units.parse(text))
        elif column.kind == "choice":
            written = line.written.get(column.title, text)
            if column.name == choices.OWNERSHIP and written not in column.choices:
                line.kept[column.name] = written
            return _store(line, column, self.choices.stored(text, column))
        elif column.kind == "flag":
            line.cells[column.name] = choices.flag(text)
        elif column.kind == "reference":
            line.cells[column.name] = self._reference(text, column)
        elif column.kind == "key":
            if text not in self.existing:
                raise Doubt(f"当前版本没有编号“{text}”；新增的行请把编号留空")
            line.cells[column.name] = text
        elif (kind := personal.in_text(text)) and column.name not in ("source_id",):
            raise Doubt(f"里面有{kind}；看板不收个人信息")
        else:
            line.cells[column.name] = text
        return ""

    def _unit_of_value(self, line: Line) -> str:
        """The unit of the indicator that a figure, or what a department says of one, belongs to."""
        claim = self.context.row("observations", (line.cells.get("observation_id", ""),))
        return self.units.get(
            line.cells.get("indicator_code") or claim.get("indicator_code", ""), ""
        )

    def _take_day(self, column: Column, value: object, line: Line) -> str:
        taken = self._day(value)
        line.cells[column.name] = taken.value
        if column.name == "due":
            line.cells["due_text"] = line.written.get(column.title, "")
        if column.name == "date" and "date_precision" in {f.name for f in self.form.table.fields}:
            line.cells |= {
                "date_precision": taken.precision,
                "date_label": "",
                "date_inferred": "false",
            }
        return taken.note

    def _take_place(
        self, column: Column, value: object, line: Line, record: Record, stored: Row | None
    ) -> str:
        is_home = self.form.name == "institutions"
        year = int(line.cells["date"][:4]) if line.cells.get("date") and not is_home else None
        code, note = self.places.read(column.name, value, record, stored, year)
        if code:
            line.cells[column.name] = code
        else:
            line.blank.add(column.name)
        return note

    def _reference(self, text: str, column: Column) -> str:
        keys = self.named[column.name].get(text, [])
        if len(keys) == 1:
            return keys[0]
        title = self.context.package.table(column.refers_to).title
        if keys:
            raise Doubt(f"“{text}”在{title}中有{len(keys)}条，请写编号", *keys[:5])
        near = [
            name
            for name in self.named[column.name]
            if len(text) > 1 and (text in name or (len(name) > 1 and name in text))
        ]
        raise Doubt(f"{title}中没有“{text}”", *near[:5])


def companion_words(column: Column, key: str, context: Context) -> str:
    """What a column that stands for rows of another table says of a stored row."""
    return (
        parties.words(key, context)
        if column.kind == "parties"
        else units.words(key, column.name, context)
    )


def fields_of(column: Column) -> tuple[str, ...]:
    """The stored fields that a column of the form speaks of."""
    if column.kind == "day" and column.name == "date":
        return ("date", "date_precision", "date_inferred", "date_label")
    if column.name == "due":
        return ("due", "due_text")
    if column.kind in forms.COMPANIONS:
        return ()
    return ("price_low", "price_high") if column.kind == "price" else (column.name,)


def _store(line: Line, column: Column, taken: Understood) -> str:
    line.cells[column.name] = taken.value
    return taken.note


def _written(value: object) -> str:
    """What stands in a cell, in one line: the words that decisions go by and quotes are made of."""
    if isinstance(value, Above):
        value = value.value if value.value is not None else ""
    if isinstance(value, Formula):
        value = value.words
    if isinstance(value, Masked):
        value = value.number
    return one_line(str(value))[:WRITTEN].strip()
